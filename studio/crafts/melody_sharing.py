"""The lines of a text shared among the phrases of a melody: at the ends of lines where they fit,
else between words, and about as many syllables as each phrase has room for."""

from __future__ import annotations

from collections.abc import Sequence

_BETWEEN_WORDS, _INSIDE_A_WORD = 0.6, 5.0
"""How much worse than the end of a line it is to end a phrase there."""
_NEVER = float("inf")
Way = tuple[float, tuple[int, ...]]
"""What a way to share the text costs, and the syllables of each phrase so far."""


def shared(lines: Sequence[Sequence[str]], rooms: Sequence[tuple[int, int]]) -> tuple[int, ...]:
    """Syllables of each phrase; `rooms` are the fewest and most of each. By dynamic programming.

    All syllables together must be as many as the rooms take.
    """
    costs = _cut_costs(lines)
    total, most = len(costs) - 1, sum(high for _, high in rooms)
    best: list[Way] = [(0.0, ()), *[(_NEVER, ())] * total]
    for low, high in rooms:
        ideal = max(1.0, total * high / most)
        best = [_best_end(best, end, (low, high), ideal, costs[end]) for end in range(total + 1)]
    return best[total][1]


def _best_end(
    best: Sequence[Way],
    end: int,
    room: tuple[int, int],
    ideal: float,
    cost: float,
) -> Way:
    """The cheapest way to end the next phrase before syllable `end`."""
    options = (
        (best[end - count][0] + ((count - ideal) / ideal) ** 2 + cost, count)
        for count in range(room[0], min(room[1], end) + 1)
    )
    price, count = min(options, default=(_NEVER, 0))
    return (price, (*best[end - count][1], count)) if price < _NEVER else (_NEVER, ())


def _cut_costs(lines: Sequence[Sequence[str]]) -> list[float]:
    """What it costs to end a phrase after so many syllables."""
    costs = [0.0]
    for line in lines:
        costs += [_INSIDE_A_WORD if each.endswith("-") else _BETWEEN_WORDS for each in line]
        costs[-1] = 0.0
    return costs
