"""No row can exceed its limit, whatever it is made to write; it ends at a word."""

from __future__ import annotations

import random
from collections.abc import Callable, Hashable, Sequence
from typing import Any

import pytest

from studio.ads.constraint import WithinLimit
from studio.ads.widths import width

_PIECES = (
    " water bottle steel the and keep cold for hikers café 24 h a of refill able s ing — … , . ! ? "
    'BUY NOW SALE ** " “ http:// .com ★ 冷 泡 乌龙 茶 ， 。 ！ 👍 \ufffd'
)
WORDS = tuple(dict.fromkeys(_PIECES.split(" ")))


class Tokens:
    """A vocabulary of pieces; 0 ends a sequence."""

    eos = 0

    def __init__(self, texts: Sequence[str]) -> None:
        self._texts = ("", *dict.fromkeys(texts))
        self._built: dict[Hashable, Any] = {}

    def __len__(self) -> int:
        return len(self._texts)

    def text(self, token: int) -> str:
        return self._texts[token]

    def encode(self, text: str) -> tuple[int, ...]:
        raise NotImplementedError

    def cached(self, key: Hashable, build: Callable[[], Any]) -> Any:
        if key not in self._built:
            self._built[key] = build()
        return self._built[key]


VOCABULARY = Tokens([*WORDS, *(f" {word}" for word in WORDS if word), "\n", "\t", "x" * 40])


def written(constraint: WithinLimit, seed: int, vocabulary: Tokens = VOCABULARY) -> list[int]:
    """A row that writes as long as it may: the end is chosen only when nothing else is left."""
    draw, rule, tokens = random.Random(seed), constraint.bind(vocabulary), []
    while len(tokens) < 400:
        allowed = rule.allowed(tokens)
        assert allowed is not None
        assert len(allowed) > 0
        longer = [token for token in allowed if token != vocabulary.eos]
        longer = [token for token in longer if vocabulary.text(token) != "\n"]
        if not longer:
            return tokens
        tokens.append(draw.choice(longer))
    raise AssertionError("the row never ends")


def text_of(tokens: Sequence[int], vocabulary: Tokens = VOCABULARY) -> str:
    return "".join(map(vocabulary.text, tokens))


@pytest.mark.parametrize("counter", ["plain", "double_width", "weighted"])
@pytest.mark.parametrize("limit", [1, 2, 15, 30, 90, 280])
def test_the_limit_holds_for_every_row(counter, limit):
    for seed in range(40):
        text = text_of(written(WithinLimit(limit, counter, forbidden=frozenset("!！")), seed))
        assert width(counter, text) <= limit
        assert not set('!！\n\t"“*\ufffd') & set(text)
        assert "http" not in text
        assert ".com" not in text


def test_limits_are_nearly_used_up():
    used = [width("plain", text_of(written(WithinLimit(90, "plain"), seed))) for seed in range(20)]
    assert min(used) >= 75


def test_a_row_may_not_end_before_its_minimum_and_always_after():
    rule = WithinLimit(30, "plain", minimum=10).bind(VOCABULARY)
    water = next(t for t in range(len(VOCABULARY)) if VOCABULARY.text(t) == " water")
    assert VOCABULARY.eos not in rule.allowed([])
    assert VOCABULARY.eos not in rule.allowed([water])
    assert VOCABULARY.eos in rule.allowed([water, water])


def test_after_a_new_line_only_the_end_is_left():
    rule = WithinLimit(30, "plain").bind(VOCABULARY)
    line = next(t for t in range(len(VOCABULARY)) if VOCABULARY.text(t) == "\n")
    assert {VOCABULARY.text(token) for token in rule.allowed([line])} == {"", "\n"}


def test_a_word_that_may_go_on_is_not_begun_without_room_to_finish_it():
    rule = WithinLimit(10, "plain").bind(VOCABULARY)
    tokens = {VOCABULARY.text(t): t for t in range(len(VOCABULARY))}
    left = {VOCABULARY.text(t) for t in rule.allowed([tokens["cold"]])}
    assert " cold" in left  # complete as it stands
    assert " refill" not in left  # fits, but could become "refillable"


def test_shouting_is_allowed_only_for_brands_that_shout():
    quiet, loud = WithinLimit(30, "plain"), WithinLimit(30, "plain", shouts=True)
    without, with_capitals = (
        {VOCABULARY.text(t) for t in each.bind(VOCABULARY).allowed([])} for each in (quiet, loud)
    )
    assert "SALE" not in without
    assert "SALE" in with_capitals


def test_rows_share_their_tables_and_keep_their_own_count():
    one, other = (WithinLimit(limit, "plain").bind(VOCABULARY) for limit in (40, 90))
    assert one.allowed([]) is other.allowed([])
    water = next(t for t in range(len(VOCABULARY)) if VOCABULARY.text(t) == " water")
    assert one.allowed([water] * 6) is not other.allowed([water] * 6)
    assert one.allowed([water]) is other.allowed([water] * 3)


def test_a_vocabulary_in_which_nothing_fits_ends_at_once():
    wide = Tokens(["冷冷冷冷冷冷"])
    assert text_of(written(WithinLimit(5, "double_width", minimum=3), 1, wide), wide) == ""
