from __future__ import annotations

import pytest

from studio.verse.zh_lexicon import LEVEL, OBLIQUE, zh_lexicon


@pytest.mark.parametrize(
    ("character", "book", "tones"),
    [
        ("风", "both", {LEVEL}),
        ("月", "both", {OBLIQUE}),
        ("白", "平水韵", {OBLIQUE}),  # an old entering tone
        ("白", "中华新韵", {LEVEL}),  # level in Mandarin
        ("白", "both", set()),  # the books disagree
        ("中", "平水韵", {LEVEL}),
        ("☃", "both", set()),
    ],
)
def test_tones(character: str, book: str, tones: set[str]) -> None:
    assert zh_lexicon().tones(character, book) == tones  # type: ignore[arg-type]


def test_rhymes_of_the_old_book_part_what_mandarin_joins() -> None:
    lexicon = zh_lexicon()
    # 东 and 冬 sound alike today, the 平水韵 keeps them apart.
    assert lexicon.rhymes("东", "中华新韵") & lexicon.rhymes("冬", "中华新韵")
    assert not lexicon.rhymes("东", "平水韵") & lexicon.rhymes("冬", "平水韵")
    assert not lexicon.rhymes("东", "both") & lexicon.rhymes("冬", "both")
    # 楼, 流, 秋 rhyme in both.
    shared = [lexicon.rhymes(each, "both") for each in "楼流秋"]
    assert frozenset.intersection(*shared)


def test_oblique_characters_have_no_level_rhyme() -> None:
    assert zh_lexicon().rhymes("雨", "both") == frozenset()
