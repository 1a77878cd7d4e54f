"""A text set into lines."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from PIL import Image

from studio.render.typography.glyph_mask import Colour, InkBox
from studio.render.typography.typeface import Typeface

Align = Literal["left", "center", "right"]


@dataclass(frozen=True, slots=True)
class SetLine:
    """One line: where its pen starts and its baseline lies, px from the corner of the box."""

    text: str
    x: float
    baseline: float


@dataclass(frozen=True, slots=True)
class Setting:
    """A text in lines at one size, placed in a box whose upper left corner is (0, 0).

    `width` is that of the widest line's ink and `height` reaches from the tallest letter of the
    first line to the deepest of the last. `ink` is what `draw_setting` touches at a whole px.
    """

    lines: tuple[SetLine, ...]
    size: float
    width: float
    height: float
    ink: InkBox


def draw_setting(
    image: Image.Image, setting: Setting, face: Typeface, at: tuple[int, int], fill: Colour
) -> None:
    """Draw all lines with the corner of their box at `at` (whole px)."""
    for line in setting.lines:
        face.draw(image, (at[0] + line.x, at[1] + line.baseline), line.text, setting.size, fill)
