"""The checks judge poems that no rule wrote."""

from __future__ import annotations

from studio.verse.zh_check import check_regular, verse_lines
from studio.verse.zh_form import zh_form
from studio.verse.zh_lexicon import zh_lexicon

# 王之涣 登鹳雀楼: in the public domain since the Tang.
TOWER = "白日依山尽，黄河入海流。\n欲穷千里目，更上一层楼。"


def failed(text: str, form: str = "五言绝句", book: str = "平水韵") -> list[tuple[str, int]]:
    verdicts = check_regular(verse_lines(text), zh_form(form), zh_lexicon(), book)  # type: ignore[arg-type]
    return [(each.name, each.line) for each in verdicts if not each.passed]


def test_a_classic_passes() -> None:
    assert failed(TOWER) == []


def test_a_broken_rhyme_is_found_in_its_line() -> None:
    assert ("rhyme", 4) in failed(TOWER.replace("楼", "台"))


def test_a_wrong_tone_is_found_in_its_line() -> None:
    assert ("tones", 2) in failed(TOWER.replace("入海流", "入江流"))


def test_a_short_line_and_a_missing_line_are_found() -> None:
    assert ("line_length", 1) in failed(TOWER.replace("白日", "日"))
    assert ("line_count", 0) in failed(TOWER.split("\n")[0])


def test_seven_is_not_five() -> None:
    names = {name for name, _ in failed(TOWER, "七言绝句")}
    assert "line_length" in names


def test_an_empty_text_fails_and_does_not_break() -> None:
    assert failed("") == [("line_count", 0)]
