"""A banner with its colours, ready to be drawn as pixels, SVG or PDF."""

from __future__ import annotations

from dataclasses import dataclass

from PIL import Image

from studio.render.banner.banner_size import BannerSize
from studio.render.banner.block import Block
from studio.render.banner.box import Box
from studio.render.banner.scrim import Scrim


@dataclass(frozen=True, slots=True)
class Fill:
    """A box of one hex colour with rounded corners."""

    box: Box
    colour: str
    radius: float = 0.0


@dataclass(frozen=True, slots=True)
class Words:
    """A block's lines in one hex colour."""

    block: Block
    colour: str


@dataclass(frozen=True, slots=True)
class Logo:
    """A picture of a logo, scaled into its box."""

    box: Box
    image: Image.Image


@dataclass(frozen=True, slots=True)
class Drawing:
    """From below: paper, panel, picture, scrim, fills, logos, words. The picture has the pixels of
    its box; panel and picture may reach into the bleed."""

    size: BannerSize
    paper: str
    picture: Image.Image
    picture_box: Box
    panel: Fill | None
    scrim: Scrim | None
    fills: tuple[Fill, ...]
    logos: tuple[Logo, ...]
    words: tuple[Words, ...]

    @property
    def shown(self) -> Image.Image:
        """The picture under its scrim."""
        return self.scrim.laid_on(self.picture) if self.scrim else self.picture
