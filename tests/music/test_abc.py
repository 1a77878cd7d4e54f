"""ABC is read as written and written so that it reads the same."""

from __future__ import annotations

import contextlib
from dataclasses import replace
from fractions import Fraction

import pytest

from studio.errors import InvalidInput
from studio.music.abc_reader import read_abc, read_lead_sheet
from studio.music.abc_writer import write_abc
from studio.music.coding import decode, encode, tonic_below
from studio.music.meter import read_meter
from studio.music.tune import bar_ticks

JIG = """X:1
T:A test jig
M:6/8
L:1/8
Q:3/8=110
K:G
D | GBd g2d | ed^c d2B | cBA BAG | AB^c d2 D |
GBd g2d | ed^c d2B | cBA ABc | AFD G2 z |]
"""


def pitches(abc: str) -> list[int]:
    return [note.pitch for note in read_abc(abc).notes()]


def body(music: str, key: str = "C", meter: str = "4/4", unit: str = "1/8") -> str:
    return f"X:1\nM:{meter}\nL:{unit}\nK:{key}\n{music}\n"


def test_a_tune_is_read_whole() -> None:
    tune = read_abc(JIG)
    assert (tune.title, str(tune.meter), tune.key.abc, tune.tempo_bpm) == (
        "A test jig", "6/8", "G", 110,
    )  # fmt: skip
    assert tune.upbeat
    assert tune.full_bars == 8
    assert all(bar_ticks(bar) == tune.meter.bar for bar in tune.bars[1:])


def test_accidentals_last_to_the_bar_line() -> None:
    assert pitches(body("^FF f F | F4 z4", key="C")) == [66, 66, 77, 66, 65]


def test_key_signatures_sharpen_and_flatten() -> None:
    assert pitches(body("B e =B", key="Bb")) == [70, 75, 71]


def test_broken_rhythm_and_triplets_are_exact() -> None:
    notes = read_abc(body("A>B c<d (3efg z")).notes()
    lengths = [note.duration for note in notes]
    quarter = Fraction(1, 4)
    third = Fraction(1, 3)
    assert lengths == [3 * quarter, quarter, quarter, 3 * quarter, third, third, third]


def test_a_tie_over_the_bar_is_one_note_and_keeps_its_accidental() -> None:
    notes = read_abc(body("z6 ^F2- | F4 F4")).notes()
    assert [(note.pitch, note.duration) for note in notes] == [(66, 3), (65, 2)]


def test_chords_keep_their_top_note_and_graces_and_words_are_dropped() -> None:
    abc = body('"Am"[A2c2e2] {gf}e2 !trill!c4')
    assert pitches(abc + "w: la la la\n") == [76, 76, 72]


def test_the_second_ending_is_kept() -> None:
    assert pitches(body("|: C8 |1 D8 :|2 E8 |]")) == [60, 64]


def test_words_stand_under_their_notes_and_are_written_back() -> None:
    abc = body("A2 B c | d2- d e | f4 |]", meter="2/4") + "w: The har-bour is_ my~own\n"
    tune = read_abc(abc)
    assert tune.words == ("The", "har-", "bour", "is", "my own", "")
    assert read_abc(write_abc(tune)).words == tune.words
    assert "w: The har-bour is _ my~own" in write_abc(tune)


def test_words_go_on_from_line_to_line_and_only_the_first_verse_is_kept() -> None:
    abc = body("A B c d |\nw: one two * four\nw: verse two is not\ne f g a |\nw: 我 爱 海 港",
               meter="2/4")  # fmt: skip
    assert read_abc(abc).words == ("one", "two", "", "four", "我", "爱", "海", "港")


def test_words_may_count_struck_notes_only() -> None:
    abc = body("A2- A B | c4 |]", meter="2/4") + "w: rain on roofs\n"
    assert read_abc(abc).words == ("rain", "on", "roofs")


@pytest.mark.parametrize("words", [("a-b", "c-", "d e", "_"), ("100%", "x_y", "*", "-"), ("",) * 4])
def test_whatever_is_sung_the_music_stays(words: tuple[str, ...]) -> None:
    tune = replace(read_abc(body("A B c d |]", meter="2/4")), words=words)
    again = read_abc(write_abc(tune))
    assert again.notes() == tune.notes()
    assert len(again.words) in (0, 4)


def test_chord_names_keep_their_places() -> None:
    sheet = read_lead_sheet(body('"Am"A2 "^slowly"B2 "G7"c2 d2 | "C"e8 |]'))
    assert sheet.chords == ((Fraction(0), "Am"), (Fraction(2), "G7"), (Fraction(4), "C"))


def test_a_lenient_reading_plays_repeats_and_rounds_what_is_odd() -> None:
    music = "|: C2 D2 E2 F2 |1 G8 :|2 c8 |]"
    assert pitches(body(music)) == [60, 62, 64, 65, 72]
    heard = read_abc(body(music), lenient=True)
    assert [note.pitch for note in heard.notes()] == [60, 62, 64, 65, 67, 60, 62, 64, 65, 72]
    odd = read_abc(body("(5ABcde f4 | [K:G] f4 {a}§ A/5"), lenient=True)
    assert [note.pitch for note in odd.notes()][:7] == [69, 71, 72, 74, 76, 77, 78]


@pytest.mark.parametrize(
    "music", ["A/0", "A0", "A99999999999999999999", "(3", "|||::|", "[]", "Z99999"]
)
def test_senseless_lengths_never_break_the_reader(music: str) -> None:
    for lenient in (False, True):
        with contextlib.suppress(InvalidInput):
            assert len(read_abc(body(f"C2 {music} D2"), lenient=lenient).bars) < 200


@pytest.mark.parametrize("music", ["(5ABcde", "A [M:3/4] B", "A/5", "§"])
def test_what_can_not_be_told_is_refused(music: str) -> None:
    with pytest.raises(InvalidInput):
        read_abc(body(music))


@pytest.mark.parametrize(
    "abc",
    [
        JIG,
        body("G | ^c2 d>e =f_e d2 | (3efg (3:2:2a2 b ^g3 a- | a4 z4 |]", key="Dm"),
        body("(3G/A/B/ c2 d e2 f | g3 (3fed c |]", key="G", meter="6/8"),
        body("c6 d2- | d2 _e2 =e4 | C,4 c'4 |]", key="Eb"),
    ],
)
def test_writing_keeps_every_note(abc: str) -> None:
    tune = read_abc(abc)
    again = read_abc(write_abc(tune))
    assert again.notes() == tune.notes()
    assert (again.key, again.meter, again.tempo_bpm) == (tune.key, tune.meter, tune.tempo_bpm)


def test_a_score_breaks_every_four_bars_and_beams_by_the_beat() -> None:
    lines = write_abc(read_abc(JIG)).splitlines()[7:]
    assert [line.count("|") - line.endswith("|]") for line in lines] == [5, 3]
    assert lines[0].startswith("D | GBd g2 d |")


def test_low_melodies_get_the_bass_clef() -> None:
    assert "clef=bass" in write_abc(read_abc(body("C,4 G,,4")))
    assert "clef" not in write_abc(read_abc(JIG))


def test_symbols_give_the_tune_back_in_any_key() -> None:
    tune = read_abc(JIG)
    symbols = encode(tune)
    assert symbols[:2] == ("^", "n-5d12")
    assert "|8" in symbols[:4]
    again = decode(symbols, tune.meter, tune.key, tonic_below(tune))
    assert again.notes() == tune.notes()
    higher = decode(symbols, read_meter("6/8"), tune.key, tonic_below(tune) + 2)
    assert [note.pitch - 2 for note in higher.notes()] == [note.pitch for note in tune.notes()]
