"""What stands where on one banner, before it has colours."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from studio.render.banner.block import Block, around
from studio.render.banner.box import Box

Ground = Literal["picture", "card", "panel", "paper"]
Edge = Literal["left", "right", "top", "bottom"]


@dataclass(frozen=True, slots=True)
class Composition:
    """Boxes in the banner's pixels. `picture` and `panel` may reach into the bleed; where the
    ground is a card, `panel` is that card on the picture."""

    picture: Box
    blocks: tuple[Block, ...]
    ground: Ground
    """What lies under the text."""
    panel: Box | None = None
    edge: Edge = "left"
    """Of a text on the picture: from where a scrim would come."""

    @property
    def text(self) -> Box:
        """The box around all that is set."""
        return around(self.blocks)
