"""Prompts of one length in tokens, unlike each other and from round to round."""

from __future__ import annotations

from collections.abc import Sequence

TEXT = (
    "The lighthouse keeper climbed the spiral stairs every evening before dusk, carrying a lamp, "
    "a loaf of bread and a notebook bound in blue leather. On the third of October the sea brought "
    "him a bottle with a letter inside, addressed to no one, and it began with his own name. He "
    "read it twice, put it down, and looked at the horizon, where a small red sail was moving "
    "against the wind. Write an advertisement for a yard that mends old boats and teaches people "
    "to sail them, in a warm voice, with the smell of tar, rope and coffee, and a closing line "
    "that somebody remembers when they walk along the harbour at night."
)
_ROW_STEP, _ROUND_STEP = 7, 31


class BenchPrompts:
    """Windows on the tokens of one text, which goes round."""

    def __init__(self, ids: Sequence[int], length: int, short: int) -> None:
        """`length` of a prompt, `short` of one that joins, in tokens."""
        self._ids, self._length, self._short = ids, length, short

    def rows(self, count: int, number: int) -> list[list[int]]:
        """So many prompts for a round."""
        return [self._window(row, number, self._length) for row in range(count)]

    def joiner(self, number: int) -> list[int]:
        """A short prompt for a round."""
        return self._window(1000, number, self._short)

    def _window(self, row: int, number: int, length: int) -> list[int]:
        begin = row * _ROW_STEP + number * _ROUND_STEP
        return [self._ids[(begin + i) % len(self._ids)] for i in range(length)]
