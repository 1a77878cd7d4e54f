from __future__ import annotations

from studio.crafts.craft import Check
from studio.ui.scansion import sung_line


def test_every_character_stands_over_its_tone() -> None:
    shown = sung_line("白日依山尽，", (Check("tones", True, "仄仄平平仄/中仄平平仄"),))
    assert shown.count("<ruby") == 5
    assert '<ruby class="free">白<rt aria-hidden="true">●</rt></ruby>' in shown
    assert shown.endswith("，</span>")


def test_a_missed_tone_is_marked() -> None:
    shown = sung_line("白日依山流", (Check("tones", False, "仄仄平平平/中仄平平仄"),))
    assert '<ruby class="missed">流' in shown


def test_beats_stand_below_an_english_line() -> None:
    shown = sung_line("The river ran", (Check("stress", True, "x/x/"),))
    assert "The river ran" in shown
    assert "˘ / ˘ /" in shown


def test_a_line_without_either_is_shown_as_it_is() -> None:
    assert sung_line("a < b", ()) == "<span>a &lt; b</span>"
