"""Which lines a text is set in: as even as can be, with every line within a width.

After Knuth and Plass 1981, "Breaking Paragraphs into Lines": the best set of breaks over the whole
text, by dynamic programming. Lengths are in em of the type, so one choice serves every size.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from studio.render.typography.breaking import Break
from studio.render.typography.characters import is_han, is_sign
from studio.render.typography.placed_glyph import PlacedGlyph

UNEVEN = 0.5
"""Cost of lines that are uneven by their whole mean length."""
ANOTHER_LINE = 0.04
WIDOW = 0.5
"""A last line of one word is a widow when it is shorter than this share of the mean line."""
_SHORT_CHINESE = 2
"""So many Chinese characters count as one word at the end of a text."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Lines as (first, end, hyphen) of the text, the widest in em, and what they cost."""

    lines: tuple[tuple[int, int, bool], ...]
    widest: float
    cost: float


@dataclass(frozen=True, slots=True)
class _Line:
    """A line that could be: text[first:end], its width in em."""

    first: int
    end: int
    width: float
    whole: bool
    """No line break that the text asks for is inside."""
    lone: bool
    """Fewer than two letters or digits."""
    word: bool
    """One word, or two Chinese characters."""


_NO_LINE = _Line(0, 0, math.inf, whole=False, lone=True, word=True)


@dataclass(frozen=True)
class LineChoice:
    """A text with its glyphs and the places where lines may end.

    `forced` are places where a line must end. `hyphen` is the width of a hyphen in em.
    """

    text: str
    glyphs: tuple[PlacedGlyph, ...]
    breaks: tuple[Break, ...]
    forced: frozenset[int] = frozenset()
    hyphen: float = 0.0
    widows: bool = False
    """Whether short last lines are let pass."""

    @cached_property
    def nodes(self) -> tuple[Break, ...]:
        """Every place a line may begin or end, with both ends of the text."""
        must = (Break(place, 0.0) for place in self.forced)
        inner = {each.index: each for each in (*self.breaks, *must)}
        ends = {0: Break(0, 0.0), len(self.text): Break(len(self.text), 0.0)}
        return tuple(sorted({**inner, **ends}.values(), key=lambda each: each.index))

    @cached_property
    def whole(self) -> float:
        """Width of everything in one line, em."""
        return self._lines[0][-1].width

    def narrowest(self, count: int) -> float:
        """The least width in em that `count` lines need; infinite when they can not be."""
        ends = range(len(self.nodes))
        best = [0.0] + [math.inf] * (len(self.nodes) - 1)
        for line in range(count):
            best = [
                min(
                    (
                        max(best[s], self._lines[s][e].width)
                        for s in self._starts(best, e, count, line)
                    ),
                    default=math.inf,
                )
                for e in ends
            ]
        return best[-1]

    def best(self, count: int, most: float) -> Choice | None:
        """The evenest `count` lines of at most `most` em each; None when there are none."""
        ends = range(len(self.nodes))
        costs = [0.0] + [math.inf] * (len(self.nodes) - 1)
        paths: list[tuple[int, ...]] = [(0,) for _ in ends]
        for line in range(count):
            ways = [self._way(costs, end, count, line, most) for end in ends]
            paths = [(*paths[start], end) for end, (_, start) in enumerate(ways)]
            costs = [cost for cost, _ in ways]
        return self._chosen(paths[-1], costs[-1]) if costs[-1] < math.inf else None

    def _way(
        self, costs: Sequence[float], end: int, count: int, line: int, most: float
    ) -> tuple[float, int]:
        """The least cost of `line` + 1 lines up to node `end`, and where the last one begins."""
        return min(
            (
                (costs[start] + self._cost(start, end, count), start)
                for start in self._starts(costs, end, count, line)
                if self._lines[start][end].width <= most
            ),
            default=(math.inf, 0),
        )

    def _starts(self, reached: Sequence[float], end: int, count: int, line: int) -> Iterator[int]:
        """The nodes from which the given line of `count` may run to node `end`."""
        last = line == count - 1
        if (end == len(self.nodes) - 1) != last:
            return
        shortest = WIDOW * self.whole / count if last and not self.widows else 0.0
        for start in range(end):
            one = self._lines[start][end]
            if reached[start] == math.inf or not one.whole or (count > 1 and one.lone):
                continue
            if count == 1 or not one.word or one.width >= shortest:
                yield start

    def _cost(self, start: int, end: int, count: int) -> float:
        mean = self.whole / count
        uneven = ((self._lines[start][end].width - mean) / mean) ** 2 if mean else 0.0
        even = 0.0 if self.forced else UNEVEN * uneven / count
        return even + self.nodes[end].cost + (ANOTHER_LINE if start else 0.0)

    def _chosen(self, path: Sequence[int], cost: float) -> Choice:
        lines = [self._lines[one][other] for one, other in pairwise(path)]
        hyphens = [self.nodes[each].hyphen for each in path[1:]]
        spans = tuple(
            (each.first, each.end, hyphen) for each, hyphen in zip(lines, hyphens, strict=True)
        )
        return Choice(spans, max(each.width for each in lines), cost)

    @cached_property
    def _lines(self) -> list[list[_Line]]:
        """Every line from node to node: [start][end]; an empty one where end <= start."""
        count = len(self.nodes)
        return [[self._line(start, end) for end in range(count)] for start in range(count)]

    def _line(self, start: int, end: int) -> _Line:
        first, last = self.nodes[start].index, self.nodes[end].index
        while last > first and self.text[last - 1] in " \u3000":
            last -= 1
        if first >= last:
            return _NO_LINE
        tail = self.hyphen if self.nodes[end].hyphen else 0.0
        text = self.text[first:last]
        seen = sum(not is_sign(each) and not each.isspace() for each in text)
        return _Line(
            first,
            last,
            width=self.glyphs[last - 1].right - self.glyphs[first].left + tail,
            whole=not any(first < place < last for place in self.forced),
            lone=seen < 2,
            word=" " not in text and sum(map(is_han, text)) <= _SHORT_CHINESE,
        )
