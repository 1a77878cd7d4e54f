"""An ad speaks of the thing that is sold and invents nothing."""

from __future__ import annotations

import pytest

from studio.ads.grounding import distinct, invented, mentions, near_equal, strange

BRIEF = "Morrow\nrefillable steel water bottle for hikers\nkeeps cold 24 h\nfrom £18"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("A steel bottle for the hike", 3),
        ("Refill it on the trail", 1),
        ("Something nice for you", 0),
    ],
)
def test_words_of_the_brief_are_recognised_in_other_forms(text, found):
    assert mentions(text, BRIEF) == found


def test_chinese_is_compared_by_pairs_of_characters():
    assert mentions("乌龙茶，冷水就好", "冷泡乌龙茶包，冷水三分钟") == 3
    assert mentions("今天天气好", "冷泡乌龙茶包") == 0


@pytest.mark.parametrize(
    ("text", "made_up"),
    [
        ("Cold for 48 hours", ("48",)),
        ("Free shipping on steel bottles", ("Free shipping",)),
        ("Only $9", ("9", "$")),
        ("Five stars from hikers", ("Five stars",)),
        ("Keeps cold 24 h, from £18", ()),
        ("全场包邮", ("包邮",)),
    ],
)
def test_numbers_offers_and_praise_out_of_thin_air_are_named(text, made_up):
    assert set(invented(text, BRIEF)) == set(made_up)


def test_slips_of_a_small_model_are_strange_and_everyday_words_are_not():
    assert strange("Great for the potluck", BRIEF) == {"great", "potluck"}
    assert strange("Cold water on the long walk home", BRIEF) == set()


def test_near_equal_lines_count_once():
    assert near_equal("Steel bottle for hikers", "A bottle of steel for hiking")
    assert not near_equal("Steel bottle", "Repairable cap")
    assert distinct(["Cold for 24 h", "cold for 24 h", "Repairable cap"]) == [0, 2]
