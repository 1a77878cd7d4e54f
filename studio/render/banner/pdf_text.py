"""Text in a PDF as outlines: any printer shows it as it was set, whatever fonts it has."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from reportlab.lib.colors import HexColor

from studio.render.typography import Typeface

_STEP = re.compile(r"([MLCZ])([^MLCZ]*)")
_NON_ZERO = 1


def draw_outlines(
    canvas: Any, face: Typeface, text: str, size: float, at: tuple[float, float], colour: str
) -> None:
    """One line with its pen at `at` in points from the page's lower left corner, filled with a hex
    colour; `size` in points."""
    canvas.setFillColor(HexColor(colour))
    for glyph in face.outlines(text, size):
        if glyph.path:
            path = canvas.beginPath()
            for step, values in _steps(glyph.path):
                _add(path, step, [_placed(each, n, at) for n, each in enumerate(values)])
            canvas.drawPath(path, stroke=0, fill=1, fillMode=_NON_ZERO)


def _steps(path: str) -> Iterator[tuple[str, list[float]]]:
    for found in _STEP.finditer(path):
        yield found[1], [float(each) for each in found[2].split()]


def _placed(value: float, number: int, at: tuple[float, float]) -> float:
    """A coordinate on the page, whose y runs up."""
    return at[0] + value if number % 2 == 0 else at[1] - value


def _add(path: Any, step: str, values: list[float]) -> None:
    if step == "M":
        path.moveTo(*values)
    elif step == "L":
        path.lineTo(*values)
    elif step == "C":
        path.curveTo(*values)
    else:
        path.close()
