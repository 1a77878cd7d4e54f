"""The outline of one glyph, in a form that SVG and PDF both take."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from fontTools.pens.basePen import BasePen

Step = tuple[str, tuple[float, ...]]
"""One command ("M", "L", "C" or "Z") and its coordinates, absolute."""


@dataclass(frozen=True, slots=True)
class Outline:
    """One glyph where it stands on its line: fill with the non-zero rule.

    `path` is SVG path data with M, L, C and Z only (PDF's m, l, c, h), in px, y downwards, the
    origin of the line at (0, 0). `x` is where the glyph begins, `advance` how far it moves the
    pen.
    """

    character: str
    path: str
    x: float
    advance: float


class StepPen(BasePen):  # type: ignore[misc]
    """Collects absolute moves, lines and cubic curves; quadratic ones are raised to cubic."""

    def __init__(self, glyphs: Any) -> None:
        super().__init__(glyphs)
        self.steps: list[Step] = []

    def _moveTo(self, pt: Sequence[float]) -> None:  # noqa: N802
        self.steps.append(("M", (*pt,)))

    def _lineTo(self, pt: Sequence[float]) -> None:  # noqa: N802
        self.steps.append(("L", (*pt,)))

    def _curveToOne(  # noqa: N802
        self, pt1: Sequence[float], pt2: Sequence[float], pt3: Sequence[float]
    ) -> None:
        self.steps.append(("C", (*pt1, *pt2, *pt3)))

    def _closePath(self) -> None:  # noqa: N802
        self.steps.append(("Z", ()))

    def _endPath(self) -> None:  # noqa: N802
        self._closePath()


def path_data(steps: Sequence[Step], scale: float, x: float) -> str:
    """SVG path data of `steps` (y upwards) at `scale`, moved right by `x`, y downwards."""
    return "".join(
        name
        + " ".join(
            f"{value * scale + x:.3f}" if place % 2 == 0 else f"{-value * scale:.3f}"
            for place, value in enumerate(values)
        )
        for name, values in steps
    )
