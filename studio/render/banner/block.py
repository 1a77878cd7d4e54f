"""One thing set on a banner: some lines of text, a button with its label, or a logo."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from PIL import Image

from studio.render.banner.box import Box
from studio.render.typography import SetLine, Typeface

Name = Literal["headline", "subline", "cta", "logo", "rule"]


@dataclass(frozen=True, slots=True)
class Block:
    """Where a text or a logo stands, in the banner's pixels.

    `box` is the ink of a text, the whole of a button or of a logo's picture.
    """

    name: Name
    box: Box
    lines: tuple[SetLine, ...] = ()
    face: Typeface | None = None
    size: float = 0.0
    logo: Image.Image | None = None
    radius: float = 0.0
    """Of a button's corners."""

    def moved(self, x: float, y: float) -> Block:
        lines = tuple(SetLine(each.text, each.x + x, each.baseline + y) for each in self.lines)
        return replace(self, box=self.box.moved(x, y), lines=lines)

    def at(self, left: float, top: float) -> Block:
        """Moved so that its box begins there."""
        return self.moved(left - self.box.left, top - self.box.top)

    @property
    def ink(self) -> Box:
        """What its glyphs cover; the box of a logo's picture."""
        inks = [
            self.face.ink(each.text, self.size, (each.x, each.baseline))
            for each in self.lines
            if self.face
        ]
        boxes = [Box(*each) for each in inks if each is not None]
        whole = boxes[0] if boxes else self.box
        for each in boxes[1:]:
            whole = whole.joined(each)
        return whole


def around(blocks: tuple[Block, ...]) -> Box:
    """The smallest box around all of them."""
    whole = blocks[0].box
    for each in blocks[1:]:
        whole = whole.joined(each.box)
    return whole
