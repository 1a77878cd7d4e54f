"""Whether two lines stand word against word."""

from __future__ import annotations

import pytest

from studio.verse.parallel import parallel_verdicts, word_classes


@pytest.mark.parametrize(
    ("upper", "lower"),
    [
        ("明月松间照", "清泉石上流"),
        ("大漠孤烟直", "长河落日圆"),
        ("两个黄鹂鸣翠柳", "一行白鹭上青天"),
    ],
)
def test_famous_couplets_pass(upper: str, lower: str) -> None:
    (verdict,) = parallel_verdicts([upper, lower], [(0, 1)], word_classes())
    assert verdict.passed, verdict.facts
    assert verdict.line == 2


@pytest.mark.parametrize(
    ("upper", "lower"),
    [("床前明月光", "疑是地上霜"), ("夜来风雨声", "花落知多少"), ("明月松间照", "明月松间照")],
)
def test_lines_that_are_no_couplet_do_not(upper: str, lower: str) -> None:
    (verdict,) = parallel_verdicts([upper, lower], [(0, 1)], word_classes())
    assert not verdict.passed, verdict.facts


def test_a_pair_that_is_not_there_is_not_judged() -> None:
    assert parallel_verdicts(["明月松间照"], [(0, 1)], word_classes()) == ()


def test_likeness_is_the_same_either_way() -> None:
    classes = word_classes()
    assert classes.likeness("山", "水") == classes.likeness("水", "山")
    assert classes.likeness("𪚥", "山") is None
