# ruff: noqa: E501
"""What is said outright is obeyed, whatever is guessed; what only looks like music is not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import pytest

from studio.music.key import PENTATONIC
from studio.music.plan import METERS, MOODS, REGISTERS, STYLES, MelodyPlan
from studio.music.plan_estimate import MODES
from studio.music.plan_reader import read_plan
from studio.music.said_plan import said_plan

EN = """
a slow waltz in 6/8 | meter=6/8 style=waltz tempo<=80
in 3/4 time, bright | meter=3/4
six-eight, rolling | meter=6/8
a nine-eight thing for teaspoons | meter=9/8
twelve-eight ballad | meter=12/8 style=ballad
cut time, snappy | meter=2/2
common time please | meter=4/4
a polka for the cows | meter=2/4
something in three, for turning | meter=3/4
a waltz | meter=3/4 style=waltz
a slip jig for nobody | meter=9/8 style=jig
a jig | meter=6/8 style=jig
2/4 march, boots | meter=2/4 style=march
12/8, slow blues feel | meter=12/8 tempo<=80
in 4 / 4, calm | meter=4/4 mood=calm
a lullaby in waltz time | meter=3/4 style=lullaby
3/4, not 4/4 | meter=3/4
not a waltz, please: a march in 4/4 | meter=4/4 style=march
in D minor | tonic=D mode=minor
in d minor, small and cold | tonic=D mode=minor
E-flat major, warm | tonic=Eb mode=major
in F sharp minor | tonic=F# mode=minor
key of G | tonic=G
Bb major march | tonic=Bb mode=major style=march
A minor pentatonic, desert | tonic=A mode=yu
in A minor, please | tonic=A mode=minor
in Am, slow | tonic=A mode=minor tempo<=80
D dorian, drone | tonic=D mode=dorian
a tune in C# minor | tonic=Db mode=minor
something mixolydian and rowdy | mode=mixolydian
lydian, floating | mode=lydian
phrygian menace | mode=phrygian
pentatonic, sparse, wooden | mode=five-note density<=0.3
major, then | mode=major
mostly minor but hopeful | mode=minor
ends on a minor chord | mode=minor
in a minor key | mode=minor
in a minor mood, walking pace | mode=minor tempo=84..112
a sad song in C major | tonic=C mode=major mood=sad
not in a minor key | mode!=minor
no minor, please | mode!=minor
a happy tune in E minor | tonic=E mode=minor mood=happy
120 bpm | tempo=120
Spring cleaning, about 132 bpm | tempo=132
a reel at about 112 | tempo=112 style=reel
tempo: 92 | tempo=92
♩=90, strings | tempo=90 instrument=strings
ninety bpm | tempo=90
a hundred and twenty beats per minute | tempo=120
no more than 80 bpm | tempo<=80
at most 70 bpm, a march | tempo<=70 style=march
under 90 bpm, angry | tempo<=90 mood=angry
at least 140 bpm, calm | tempo>=140 mood=calm
80 to 96 bpm | tempo=80..96
999 bpm | tempo=200
not too fast | tempo<=104
a jig, not too fast | style=jig tempo<=106
nothing fast, please | tempo<=104
fast | tempo>=112
a very fast reel | tempo>=132 style=reel
quick, waddling, silly | tempo>=112 mood=playful
slow | tempo<=80
very slow, almost still | tempo<=60
slow but not sleepy | tempo<=80
a march, not too slow | tempo>=76 style=march
adagio | tempo<=76
andante for a walk home | tempo=70..98
allegro, brass | tempo>=114 instrument=brass
presto! | tempo>=150
mid-tempo, relentless | tempo=84..112
16 bars | bars=16
sixteen bars of mud | bars=16
a two-bar sting | bars=4
a thirty-two bar tune | bars=32
64 bars, an epic | bars=64
100 bars | bars=64
eight measures, in G | bars=8 tonic=G
24-bar hymn | bars=24 style=hymn
high, thin, glassy | register=high
keep it low | register=low
in a low register, strings | register=low instrument=strings
high notes only | register=high
sung high and clear | register=high
middle register | register=mid
not too high | register!=high
on a music box | instrument=music_box
on the piano, late | instrument=piano
for solo guitar | instrument=guitar
erhu by the river | instrument=strings
a shakuhachi in fog | instrument=dizi
bagpipes over the hill | instrument=organ
trumpets and flags | instrument=brass
a marimba in the rain | instrument=bell
double bass, alone | instrument=bass
a soft synth pad | instrument=pad
flute instead of piano | instrument=flute
no piano; a harp | instrument=guitar
a march, no brass | style=march instrument!=brass
a hymn, but not on the organ | style=hymn instrument!=organ
a low cello tune, sad | register=low instrument=strings mood=sad
play it an octave higher | register=high
a reel at 118, in B minor | tempo=118 tonic=B mode=minor
between 90 and 100 bpm | tempo=90..100
6/8 but not a jig | meter=6/8 style!=jig
8-bit lead | instrument=chip style=chiptune
cello, very slow, in E minor | instrument=strings tempo<=60 tonic=E mode=minor
a march | style=march
a hymn for the miners | style=hymn
Chinese style, bamboo flute | style=chinese instrument=dizi
jingle for a bank | style=jingle
folk song from the hills | style=folk
a hornpipe | style=hornpipe
a ballad, not a lullaby | style=ballad
not a march | style!=march
HAPPY | mood=happy
SAD | mood=sad
ANGRY | mood=angry
not sad, just playful | mood=playful
not sad | mood!=sad
anything but romantic | mood!=romantic
calm, no tension | mood=calm
nostalgic, without being sad | mood=nostalgic
sparse, few notes | density<=0.3
busy, many notes | density>=0.6
not too busy | density<=0.5
calm, in G major, 3/4, 72 bpm, 24 bars, on a flute | mood=calm tonic=G mode=major meter=3/4 tempo=72 bars=24 instrument=flute
angry jig in B minor, 9/8, 32 bars, very fast, high | mood=angry style=jig tonic=B mode=minor meter=9/8 bars=32 tempo>=132 register=high
"""
ZH = """
四三拍的摇篮曲 | meter=3/4 style=lullaby
八六拍，摇晃 | meter=6/8
六八拍，针锋相对 | meter=6/8
九八拍，轻巧 | meter=9/8
三拍子，歪歪扭扭 | meter=3/4
四分之三拍 | meter=3/4
八分之六拍，海上 | meter=6/8
四分之四拍 | meter=4/4
二四拍的进行曲 | meter=2/4 style=march
6/8拍，慢 | meter=6/8 tempo<=80
四四拍，稳 | meter=4/4
六拍子晃啊晃 | meter=6/8
九拍子的慢舞 | meter=9/8
华尔兹 | meter=3/4 style=waltz
圆舞曲，要快 | meter=3/4 style=waltz tempo>=112
不要三拍子 | meter!=3/4
D小调 | tonic=D mode=minor
升F小调，夜 | tonic=F# mode=minor
降B大调进行曲 | tonic=Bb mode=major style=march
C大调，明亮 | tonic=C mode=major
e小调，提琴 | tonic=E mode=minor instrument=strings
G羽，悲伤 | tonic=G mode=yu mood=sad
羽调式 | mode=yu
A徵调式 | tonic=A mode=zhi
商调，古意 | mode=shang
角调式，冷 | mode=jue
宫调式 | mode=pentatonic
五声音阶 | mode=five-note
五声，竹 | mode=five-note
多利亚调式 | mode=dorian
混合利底亚 | mode=mixolydian
大调，不要小调 | mode=major
不要小调 | mode!=minor
1=G，四二拍 | tonic=G meter=2/4
F调，轻快 | tonic=F tempo>=112
每分钟80拍 | tempo=80
速度120 | tempo=120
大约七十拍，慢而不拖 | tempo=70
一百二十拍 | tempo=120
不超过80拍每分 | tempo<=80
最多90bpm，欢快 | tempo<=90 mood=happy
至少一百二十拍 | tempo>=120
80到96bpm | tempo=80..96
速度不要太快 | tempo<=104
别太快，欢快 | tempo<=104 mood=happy
不要太慢 | tempo>=76
速度要快 | tempo>=112
非常快的曲子，很快很快 | tempo>=132
慢一点，再慢一点 | tempo<=80
很慢 | tempo<=60
慢板 | tempo<=76
行板 | tempo=70..98
快板 | tempo>=114
急板，追逐 | tempo>=150
中速 | tempo=84..112
十六小节 | bars=16
12小节 | bars=12
三十二小节，颂歌 | bars=32 style=hymn
六十四个小节 | bars=64
两小节 | bars=4
八个小节，G大调 | bars=8 tonic=G mode=major
低音 | register=low
高音，亮 | register=high
低沉的调子 | register=low
高亢，唢呐 | register=high instrument=brass
中音区 | register=mid
音不要太高，不要高音 | register!=high
二胡 | instrument=strings
古筝独奏 | instrument=guzheng
琵琶，急雨 | instrument=guzheng
竹笛，清晨 | instrument=dizi
箫声，夜 | instrument=dizi
八音盒 | instrument=music_box
用钢琴弹 | instrument=piano
别用钢琴 | instrument!=piano
低八度，低沉 | register=low
稍快，明快 | tempo>=104
快慢适中 | tempo=84..112
四分之三拍子，C大调，速度每分钟九十拍 | meter=3/4 tonic=C mode=major tempo=90
不要钢琴，要吉他 | instrument=guitar
编钟，庄严 | instrument=bell
手风琴，街角 | instrument=organ
小号，冲锋 | instrument=brass
红白机音乐 | instrument=chip style=chiptune
长笛 | instrument=flute
进行曲 | style=march
摇篮曲，给月亮 | style=lullaby
中国风，茶 | style=chinese
民歌，赶集 | style=folk
情歌 | style=ballad
广告曲，牙膏 | style=jingle
不要进行曲 | style!=march
不是摇篮曲，是进行曲 | style=march
快乐 | mood=happy
悲伤 | mood=sad
愤怒 | mood=angry
非常悲伤 | mood=sad
特别快乐 | mood=happy
不要悲伤 | mood!=sad
不要悲伤，要紧张 | mood=tense
不要那么浪漫 | mood!=romantic
神秘，但不要阴森 | mood=mysterious
怀旧 | mood=nostalgic
留白，极简 | density<=0.3
密集，华彩 | density>=0.6
平静，G大调，四三拍，每分钟72拍，二十四小节，长笛 | mood=calm tonic=G mode=major meter=3/4 tempo=72 bars=24 instrument=flute
愤怒的进行曲，降E小调，二四拍，很快，低音 | mood=angry style=march tonic=Eb mode=minor meter=2/4 tempo>=132 register=low
深夜的末班车，忧伤，D小调，四三拍 | mood=sad tonic=D mode=minor meter=3/4
江南水乡的清晨，悠扬，五声音阶，速度不要太快 | mode=pentatonic tempo<=104 mood=calm
"""
NOT_MUSIC = """
a minor incident at the bakery | mode
she is a minor, lost at the fair | mode
drum major on holiday | mode
major city at night | mode
a major road, trucks | mode
ursa minor over the lake | mode
in a flat in London | key
In A dark wood | key
3/4 cup of sugar, a cosy kitchen | meter
three quarters of the way home, 3/4 of the map | meter
two bars in town, one lamp | bars
three bars of soap | bars
film reel flickering | style
the jig is up | style
rain in March | style
fast asleep | tempo
fast food on the kerb | tempo
high school corridor | register
high tide, low sun | register
a car horn outside | instrument
a kite string | instrument
he is nervous, she already knows | mood
一次小调整 | mode
大调查的结果 | mode
奶奶哼着小调 | mode
江南小调 | mode
一段欢快的小调 | mode
很快就要毕业了 | tempo
快乐的一天 | tempo
慢镜头 | tempo
傲慢的猫 | tempo
三拍照片 | bars
去年三月 | style
高端品牌 | register
低调的人 | register
放风筝 | instrument
"""


@dataclass(frozen=True)
class Stubborn:
    """A guess that is sure of itself and has understood nothing."""

    turned: int
    numbers: Mapping[str, float] = field(
        default_factory=lambda: {"pace": 0.1, "valence": 0.0, "arousal": 0.0, "density": 0.5}
    )

    @property
    def choices(self) -> dict[str, dict[str, float]]:
        names = {
            "mood": MOODS,
            "style": STYLES,
            "mode": MODES,
            "meter": METERS,
            "register": REGISTERS,
        }
        return {
            name: {each: float(place == self.turned % len(labels)) * 0.98 + 0.002
                   for place, each in enumerate(labels)}
            for name, labels in names.items()
        }  # fmt: skip


def lines(table: str) -> list[tuple[str, str]]:
    return [tuple(line.split(" | ")) for line in table.strip().splitlines()]  # type: ignore[misc]


def obeyed(plan: MelodyPlan, wish: str) -> bool:
    name = next(op for op in ("!=", "<=", ">=", "=") if op in wish)
    key, value = wish.split(name, 1)
    found = getattr(plan, {"tempo": "tempo_bpm"}.get(key, key))
    if name == "!=":
        return bool(found != value)
    if name == "=" and ".." in value:
        least, most = map(int, value.split(".."))
        return bool(least <= found <= most)
    if value == "five-note":
        return found in PENTATONIC
    if name == "=":
        return str(found) == value
    return bool(found <= float(value) if name == "<=" else found >= float(value))


@pytest.mark.parametrize(("text", "wishes"), lines(EN) + lines(ZH))
def test_what_is_said_is_obeyed_whatever_is_guessed(text: str, wishes: str) -> None:
    for guess in (None, *map(Stubborn, range(10))):
        plan = read_plan(text, guess=guess)
        missed = [wish for wish in wishes.split() if not obeyed(plan, wish)]
        assert not missed, (guess, plan)


@pytest.mark.parametrize(("text", "name"), lines(NOT_MUSIC))
def test_what_only_looks_like_music_says_nothing(text: str, name: str) -> None:
    assert name not in said_plan(text).fields


def test_the_table_is_large_and_half_of_it_chinese() -> None:
    english, chinese = len(lines(EN)), len(lines(ZH))
    assert english + chinese >= 200
    assert 0.4 < chinese / (english + chinese) < 0.6


def test_one_word_of_feeling_gives_three_different_plans() -> None:
    happy, sad, angry = (read_plan(word) for word in ("HAPPY", "SAD", "ANGRY"))
    assert (happy.mode, sad.mode) == ("major", "minor")
    assert sad.tempo_bpm < 80 < 110 < min(happy.tempo_bpm, angry.tempo_bpm)
    assert sad.valence < 0 < happy.valence
    assert sad.arousal < 0 < angry.arousal
    assert angry.valence < 0
    assert {happy.style, sad.style, angry.style} == {"folk", "ballad", "march"}


def test_a_feeling_of_the_form_leads_what_a_card_guesses() -> None:
    guess = Stubborn(0)
    calm, angry = (read_plan("music for a film", mood, guess=guess) for mood in ("calm", "angry"))
    assert calm.tempo_bpm + 30 < angry.tempo_bpm
    assert angry.valence < calm.valence
    assert calm.arousal < angry.arousal
    assert angry.mode in ("minor", "dorian")
