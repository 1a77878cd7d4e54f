"""The sizes banners come in. Adding one is one entry.

Type sizes are of the finished pixels: a social post of 1080 px is shown about 375 points wide on a
phone, so 34 px there is 12 points; on paper 300 px are an inch, so 50 px are 12 points.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from studio.render.banner.banner_size import BannerSize, Kind, Range, Shape, TypeScale

LAYOUTS: Mapping[int, str] = MappingProxyType({1: "full", 2: "split", 3: "editorial"})
"""1: the picture everywhere, text on its quiet side; 2: a panel in the brand's colour beside the
picture; 3: a framed picture on much white."""

_CHECKED = "2026-11-22"
_GOOGLE = "Google Ads Help, 'Responsive and uploaded display ads: image sizes', 150 KB"
_META = "Meta Ads Guide, image ads: feed 1:1 and 4:5, link 1.91:1"
_STORY = "Meta Ads Guide, stories: 14 % at the top and 20 % at the bottom free of text"
_PAPER = "ISO 216; 300 dpi and 3 mm bleed as printers ask (ISO 12647-2 work flows)"
_DISPLAY_BYTES = 150_000


def _display(
    width: int, height: int, shape: Shape, margin: float, scale: tuple[Range, Range, Range, Range]
) -> BannerSize:
    return BannerSize(
        name=f"{width}x{height}",
        width=width,
        height=height,
        kind="display",
        shape=shape,
        margin=margin,
        type=TypeScale(*scale),
        source=_GOOGLE,
        checked_on=_CHECKED,
        most_bytes=_DISPLAY_BYTES,
    )


def _social(
    size: tuple[int, int],
    shape: Shape,
    margin: float,
    scale: tuple[Range, Range, Range, Range],
    safe: tuple[float, float] = (0, 0),
) -> BannerSize:
    return BannerSize(
        name=f"{size[0]}x{size[1]}",
        width=size[0],
        height=size[1],
        kind="social",
        shape=shape,
        margin=margin,
        type=TypeScale(*scale),
        safe_top=safe[0],
        safe_bottom=safe[1],
        source=_STORY if safe != (0, 0) else _META,
        checked_on=_CHECKED,
    )


def _print(name: str, width: int, height: int, times: float) -> BannerSize:
    kind: Kind = "print"
    ranges = ((180, 340), (62, 100), (56, 78), (62, 96))
    scale = TypeScale(*((low * times, high * times) for low, high in ranges))
    return BannerSize(
        name=name,
        width=width,
        height=height,
        kind=kind,
        shape="tall",
        margin=round(190 * times),
        type=scale,
        dpi=300,
        bleed=36,
        source=_PAPER,
        checked_on=_CHECKED,
    )


_ALL = (
    _display(300, 250, "rectangle", 16, ((20, 34), (13, 16), (13, 15), (13, 17))),
    _display(336, 280, "rectangle", 18, ((22, 38), (14, 17), (14, 16), (14, 18))),
    _display(728, 90, "row", 14, ((18, 28), (13, 15), (14, 15), (14, 20))),
    _display(970, 250, "wide", 28, ((28, 50), (16, 20), (16, 18), (16, 22))),
    _display(160, 600, "tall", 14, ((19, 28), (13, 15), (13, 15), (13, 17))),
    _display(300, 600, "tall", 24, ((28, 46), (16, 19), (16, 18), (16, 20))),
    _display(320, 50, "row", 8, ((13, 18), (11, 12), (11, 13), (11, 14))),
    _social((1080, 1080), "tall", 72, ((64, 124), (34, 42), (34, 38), (34, 44))),
    _social((1080, 1350), "tall", 72, ((68, 132), (36, 44), (36, 40), (36, 46))),
    _social((1080, 1920), "tall", 80, ((76, 148), (40, 50), (40, 46), (40, 52)), (270, 384)),
    _social((1200, 628), "wide", 56, ((46, 88), (26, 32), (26, 30), (26, 34))),
    _print("a4", 2480, 3508, 1.0),
    _print("a3", 3508, 4961, 1.414),
)
SIZES: Mapping[str, BannerSize] = MappingProxyType({each.name: each for each in _ALL})
