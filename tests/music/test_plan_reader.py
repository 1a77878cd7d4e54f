"""What a person says outright is taken as said, in both languages; the rest follows the mood."""

from __future__ import annotations

import pytest

from studio.music.plan_reader import read_plan


@pytest.mark.parametrize(
    ("text", "mood"),
    [
        ("HAPPY", "happy"),
        ("SAD", "sad"),
        ("ANGRY", "angry"),
        ("calm", "calm"),
        ("愤怒", "angry"),
        ("一段充满活力的乐曲，节奏明快，旋律优美，具有跳跃感和动感。", "happy"),
        ("深夜的末班车，忧伤", "sad"),
        ("not sad, just playful", "playful"),
        ("不要悲伤，要紧张", "tense"),
    ],
)
def test_moods(text: str, mood: str) -> None:
    assert read_plan(text).mood == mood


def test_a_lullaby_in_a_minor_six_eight() -> None:
    plan = read_plan("a slow lullaby for a rainy harbour, minor but hopeful, 6/8")
    assert (plan.style, plan.mode, plan.meter) == ("lullaby", "minor", "6/8")
    assert plan.tempo_bpm <= 66
    assert plan.valence > read_plan("a slow lullaby for a rainy harbour, 6/8").valence


def test_not_too_fast_is_slower_than_fast_and_than_saying_nothing() -> None:
    plain = read_plan("Irish jig for a shop opening")
    gentle = read_plan("Irish jig for a shop opening, not too fast")
    fast = read_plan("Irish jig for a shop opening, very fast")
    assert gentle.tempo_bpm < plain.tempo_bpm < fast.tempo_bpm
    assert (gentle.style, gentle.meter) == ("jig", "6/8")


def test_chinese_pentatonic_not_too_fast() -> None:
    plan = read_plan("江南水乡的清晨，悠扬，五声音阶，速度不要太快")
    assert (plan.mode, plan.style, plan.mood) == ("pentatonic", "chinese", "calm")
    assert plan.tempo_bpm < 80


@pytest.mark.parametrize(
    ("text", "tonic", "mode"),
    [
        ("a waltz in Eb major", "Eb", "major"),
        ("something in F# minor", "F#", "minor"),
        ("Double jig in D", "D", "major"),
        ("D小调华尔兹", "D", "minor"),
        ("降B大调进行曲", "Bb", "major"),
        ("G羽，悲伤", "G", "yu"),
        ("a tune in C# minor", "Db", "minor"),
    ],
)
def test_keys_that_are_said(text: str, tonic: str, mode: str) -> None:
    plan = read_plan(text)
    assert (plan.tonic, plan.mode) == (tonic, mode)


@pytest.mark.parametrize(
    ("text", "bars"), [("16 bars", 16), ("eight bars", 8), ("十六小节", 16), ("12小节", 12)]
)
def test_bars_that_are_said(text: str, bars: int) -> None:
    assert read_plan(f"calm, {text}").bars == bars


@pytest.mark.parametrize(("text", "tempo"), [("92 bpm", 92), ("每分钟80拍", 80), ("999 bpm", 200)])
def test_tempi_that_are_said_stay_within_bounds(text: str, tempo: int) -> None:
    assert read_plan(text).tempo_bpm == tempo


@pytest.mark.parametrize(
    ("text", "meter"),
    [("a slip jig", "9/8"), ("四三拍的摇篮曲", "3/4"), ("march, 2/4", "2/4"), ("华尔兹", "3/4")],
)
def test_meters(text: str, meter: str) -> None:
    assert read_plan(text).meter == meter


def test_a_given_mood_leads_what_the_words_leave_open() -> None:
    plan = read_plan("music for my video", mood="angry")
    assert (plan.mood, plan.mode) == ("angry", "minor")
    assert plan.tempo_bpm > 110


@pytest.mark.parametrize("text", ["", "   ", "1234", "🎵", "x" * 900, "]](((**"])
def test_any_text_gives_a_plan_that_can_be_composed(text: str) -> None:
    plan = read_plan(text)
    assert plan.form().bars == plan.bars
    assert len(plan.words()) == 8
