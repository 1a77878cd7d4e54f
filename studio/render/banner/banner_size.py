"""A size that banners are asked in, and how its type is set."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from studio.render.banner.box import Box

Kind = Literal["display", "social", "print"]
Shape = Literal["row", "rectangle", "wide", "tall"]
"""row: all in one line; wide: text beside the picture; tall: text over or under it; rectangle: a
small one, where the name stands beside the button."""
Range = tuple[float, float]
"""Least and largest type size in pixels."""


@dataclass(frozen=True, slots=True)
class TypeScale:
    """Least and largest type size in pixels of each text; below the least a screen at arm's length
    or a phone does not show it well."""

    headline: Range
    subline: Range
    cta: Range
    brand: Range

    def up_to(self, share: float) -> TypeScale:
        """The largest sizes lowered to a share 0..1 of the way from the least, in equal ratios."""
        ranges = (self.headline, self.subline, self.cta, self.brand)
        return TypeScale(*((low, low * (high / low) ** share) for low, high in ranges))

    def lowered(self, share: float) -> TypeScale:
        """Below the least sizes, down to a share of them."""
        ranges = (self.headline, self.subline, self.cta, self.brand)
        return TypeScale(*((share * low, low) for low, _ in ranges))


@dataclass(frozen=True, slots=True, kw_only=True)
class BannerSize:
    """One size: pixels of the finished banner, its margin, and where no text may stand."""

    name: str
    width: int
    height: int
    kind: Kind
    shape: Shape
    margin: float
    type: TypeScale
    source: str
    checked_on: str
    safe_top: float = 0
    safe_bottom: float = 0
    """Pixels that the app's own controls may cover."""
    dpi: int = 72
    bleed: int = 0
    """Pixels of picture and panels beyond the trim, on every side."""
    most_bytes: int = 0
    """What an ad server takes; 0: no such limit."""

    @property
    def whole(self) -> Box:
        return Box(0, 0, self.width, self.height)

    @property
    def printed(self) -> bool:
        return self.kind == "print"

    @property
    def safe(self) -> Box:
        """Where text may stand: inside the margin and the app's controls."""
        top = max(self.margin, self.safe_top)
        bottom = max(self.margin, self.safe_bottom)
        return Box(self.margin, top, self.width - self.margin, self.height - bottom)

    @property
    def aspect(self) -> float:
        return self.width / self.height
