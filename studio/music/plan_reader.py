"""Read a plan out of a description in English or Chinese.

What is said outright (6/8, D minor, 120 bpm, 16 bars, 五声音阶, not too fast) is taken as said;
the rest follows from the mood and the style that the words tell or hint at.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from studio.music import plan_words as said
from studio.music.mood_words import HINTS, NAMES
from studio.music.plan import (
    BARS_BOUNDS,
    FEELING,
    METERS,
    MOODS,
    TEMPO_BOUNDS,
    MelodyPlan,
)
from studio.music.wording import strengths, weight

TEMPO: Mapping[str, int] = MappingProxyType(
    {
        "happy": 123, "sad": 63, "angry": 129, "calm": 62, "tense": 110, "playful": 121,
        "romantic": 82, "heroic": 105, "mysterious": 78, "nostalgic": 87,
        "ballad": 76, "chinese": 84, "chiptune": 128, "cinematic": 93, "folk": 91, "hymn": 68,
        "jig": 118, "jingle": 108, "lullaby": 64, "march": 110, "reel": 120, "waltz": 96,
        "hornpipe": 112,
    }
)  # fmt: skip
DENSITY: Mapping[str, float] = MappingProxyType(
    {
        "happy": 0.68, "sad": 0.27, "angry": 0.72, "calm": 0.23, "tense": 0.53, "playful": 0.65,
        "romantic": 0.37, "heroic": 0.52, "mysterious": 0.38, "nostalgic": 0.42,
        "ballad": 0.35, "chinese": 0.44, "chiptune": 0.65, "cinematic": 0.41, "folk": 0.46,
        "hymn": 0.28, "jig": 0.74, "jingle": 0.49, "lullaby": 0.28, "march": 0.55, "reel": 0.82,
        "waltz": 0.4, "hornpipe": 0.75,
    }
)  # fmt: skip
MODE = MappingProxyType(
    {
        "happy": "major", "sad": "minor", "angry": "minor", "calm": "major", "tense": "minor",
        "playful": "major", "romantic": "major", "heroic": "major", "mysterious": "dorian",
        "nostalgic": "major",
    }
)  # fmt: skip
STYLE = MappingProxyType(
    {
        "happy": "folk", "sad": "ballad", "angry": "march", "calm": "ballad",
        "tense": "cinematic", "playful": "jingle", "romantic": "ballad", "heroic": "march",
        "mysterious": "cinematic", "nostalgic": "folk",
    }
)  # fmt: skip
TONIC = MappingProxyType(
    {
        "happy": "D", "sad": "D", "angry": "C", "calm": "F", "tense": "E", "playful": "G",
        "romantic": "Eb", "heroic": "Bb", "mysterious": "E", "nostalgic": "G",
    }
)  # fmt: skip
REGISTER = MappingProxyType({"angry": "low", "playful": "high"})
STYLE_METER = MappingProxyType({"jig": "6/8", "waltz": "3/4", "lullaby": "6/8"})
STYLE_MOOD = MappingProxyType(
    {
        "lullaby": ("calm", 1.5), "march": ("heroic", 0.7), "jig": ("playful", 0.8),
        "reel": ("happy", 0.8), "waltz": ("romantic", 0.7), "chinese": ("calm", 0.3),
        "jingle": ("happy", 0.5), "ballad": ("romantic", 0.4), "cinematic": ("tense", 0.3),
        "hornpipe": ("happy", 0.7), "hymn": ("heroic", 0.3), "folk": ("nostalgic", 0.2),
        "chiptune": ("playful", 0.3),
    }
)  # fmt: skip
INSTRUMENT = MappingProxyType(
    {
        "chinese": "guzheng", "chiptune": "chip", "lullaby": "music_box", "march": "brass",
        "hymn": "organ", "reel": "flute", "jig": "flute", "hornpipe": "flute",
        "waltz": "strings", "cinematic": "strings", "folk": "guitar",
    }
)  # fmt: skip
DANCES = frozenset({"jig", "reel", "hornpipe", "march", "chiptune"})
LIGHT = "hope hopeful hopefully warm warmth bright light sunrise comfort* 希望 温暖 光 暖 明亮"
HEAVY = "hopeless dark bitter grim cold desolate 绝望 黑暗 冰冷 沉重"
LETTER = r"([A-Ga-g])[\s-]?(#|b|♯|♭|sharp|flat)?"
EN_MODES = "major|minor|dorian|mixolydian|lydian|phrygian|pentatonic"
ZH_MODES = MappingProxyType(
    {
        "大调": "major", "小调": "minor", "宫": "pentatonic", "商": "shang", "角": "jue",
        "徵": "zhi", "羽": "yu",
    }
)  # fmt: skip


def read_plan(text: str, mood: str = "", style: str = "") -> MelodyPlan:
    """A complete plan for any text; an empty one gives a calm default. A mood or style that is
    given stands, and what the text leaves open follows it."""
    named = style or _best(text, said.STYLE)
    scores = mood_scores(text, named)
    told = max(MOODS, key=lambda each: scores[each]) if any(scores.values()) else "calm"
    mood = mood or told
    style = named or _default_style(text, mood)
    tempo = _tempo(text, mood, named)
    valence, arousal = _feeling(text, scores)
    tonic, mode = _key(text, mood, style)
    return MelodyPlan(
        mood=mood,
        valence=valence,
        arousal=arousal,
        tonic=tonic,
        mode=mode,
        meter=_meter(text, mood, style),
        tempo_bpm=tempo,
        bars=_bars(text, tempo, style),
        density=_density(text, mood, named),
        register=_best(text, said.REGISTER) or REGISTER.get(mood, "mid"),
        style=style,
        instrument=_best(text, said.INSTRUMENT) or INSTRUMENT.get(style, "piano"),
    )


def mood_scores(text: str, style: str = "") -> dict[str, float]:
    """How strongly a text tells each mood; all 0 when it tells none."""
    scores = {}
    for mood in MOODS:
        named, hinted = weight(text, NAMES[mood]), weight(text, HINTS[mood])
        scores[mood] = max(0.0, 2.0 * named + hinted)
    if style in STYLE_MOOD:
        mood, vote = STYLE_MOOD[style]
        scores[mood] += vote
    return scores


def _best(text: str, table: Mapping[str, str]) -> str:
    """The entry whose words weigh most, "" when none is found; earlier entries win ties."""
    weights = {name: weight(text, words) for name, words in table.items()}
    name = max(weights, key=lambda each: weights[each])
    return name if weights[name] > 0 else ""


def _default_style(text: str, mood: str) -> str:
    chinese = bool(re.search("[\u4e00-\u9fff]", text))
    return "chinese" if chinese and mood == "calm" else STYLE[mood]


def _feeling(text: str, scores: Mapping[str, float]) -> tuple[float, float]:
    """Valence and arousal: the moods' own, weighted by their scores, and moved by the words."""
    weights = {mood: score**2 for mood, score in scores.items()}
    total = sum(weights.values()) + 0.8
    valence = sum(FEELING[mood][0] * each for mood, each in weights.items()) / total
    arousal = sum(FEELING[mood][1] * each for mood, each in weights.items()) / total
    valence += 0.25 * _signed(text, LIGHT) - 0.25 * _signed(text, HEAVY)
    arousal += 0.25 * _signed(text, said.FAST) - 0.25 * _signed(text, said.SLOW)
    return round(max(-1.0, min(1.0, valence)), 2), round(max(-1.0, min(1.0, arousal)), 2)


def _signed(text: str, words: str) -> float:
    return max(-1.5, min(1.5, weight(text, words)))


def _tempo(text: str, mood: str, style: str) -> int:
    exact = re.search(r"(\d{2,3})\s*(?:bpm|拍每分|拍/分)|(?:=|每分钟)\s*(\d{2,3})", text, re.I)
    if exact:
        return _clipped(int(exact[1] or exact[2]), TEMPO_BOUNDS)
    usual = TEMPO[style or mood]
    tempo = 0.6 * TEMPO[mood] + 0.4 * usual
    for strength in strengths(text, said.FAST):
        # "not too fast" is slower than the style's own pace, "fast" is faster than both.
        tempo = tempo * (1 + 0.15 * strength) if strength > 0 else min(tempo, usual) * 0.9
    for strength in strengths(text, said.SLOW):
        tempo *= 1 - 0.13 * strength if strength > 0 else 1.08
    if weight(text, said.MIDDLING) > 0:
        tempo = (tempo + 96) / 2
    return _clipped(round(tempo / 2) * 2, TEMPO_BOUNDS)


def _density(text: str, mood: str, style: str) -> float:
    density = 0.5 * DENSITY[mood] + 0.5 * DENSITY[style or mood]
    density += 0.18 * (_signed(text, said.BUSY) - _signed(text, said.SPARSE))
    return round(max(0.05, min(1.0, density)), 2)


def _meter(text: str, mood: str, style: str) -> str:
    written = re.search(r"(?<!\d)(\d{1,2})\s*/\s*([248])(?!\d)", text)
    if written and f"{written[1]}/{written[2]}" in METERS:
        return f"{written[1]}/{written[2]}"
    spoken = _best(
        text, {meter: said.METER[meter] for meter in ("9/8", "6/8", "12/8", *said.METER)}
    )
    if spoken:
        return spoken
    if style in STYLE_METER:
        return STYLE_METER[style]
    return "2/4" if mood == "playful" or (style == "march" and mood != "sad") else "4/4"


def _key(text: str, mood: str, style: str) -> tuple[str, str]:
    """(tonic, mode)."""
    tonic, mode = _said_key(text)
    mode = mode or _best(text, said.MODE)
    if not mode:
        mode = "pentatonic" if style == "chinese" else MODE[mood]
    if mode == "pentatonic" and mood in ("sad", "angry", "tense") and not _said_key(text)[1]:
        mode = "yu"
    return tonic or TONIC[mood], mode


def _said_key(text: str) -> tuple[str, str]:
    named = re.search(rf"\b{LETTER}[\s-]+({EN_MODES})\b", text, re.I)
    if named and (named[1].isupper() or named[3]):
        return _tonic(named[1], named[2]), named[3].lower()
    chinese = re.search(r"(升|降)?([A-Ga-g])\s*(大调|小调|宫|商|角|徵|羽)", text)
    if chinese:
        sign = {"升": "#", "降": "b"}.get(chinese[1] or "", "")
        return _tonic(chinese[2], sign), ZH_MODES[chinese[3]]
    plain = re.search(r"\bin ([A-G])(#|b|♯|♭| sharp| flat)?(?=[\s,.;!?]|$)", text)
    return (_tonic(plain[1], plain[2]), "") if plain else ("", "")


def _tonic(letter: str, sign: str | None) -> str:
    """One of the twelve tonics of the form: C# becomes Db."""
    sharp = {"♯": "#", "sharp": "#", "♭": "b", "flat": "b"}.get((sign or "").strip(), sign or "")
    name = letter.upper() + sharp.strip()
    same = {"C#": "Db", "D#": "Eb", "G#": "Ab", "A#": "Bb", "Gb": "F#", "Cb": "B", "Fb": "E"}
    return (same | {"E#": "F", "B#": "C"}).get(name, name)


def _bars(text: str, tempo: int, style: str) -> int:
    written = re.search(r"(\d{1,2})[\s-]*(?:bars?\b|measures?\b|个?小节)", text, re.I)
    if written:
        return _clipped(int(written[1]), BARS_BOUNDS)
    words = "|".join(sorted(said.NUMBERS, key=len, reverse=True))
    spoken = re.search(rf"({words})[\s-]*(?:bars?\b|measures?\b|个?小节)", text, re.I)
    if spoken:
        return _clipped(said.NUMBERS[spoken[1].lower()], BARS_BOUNDS)
    return 16 if style in DANCES or tempo > 96 else 8


def _clipped(value: int, bounds: tuple[int, int]) -> int:
    return max(bounds[0], min(bounds[1], value))
