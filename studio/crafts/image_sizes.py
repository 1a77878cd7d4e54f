"""Sizes of finished pictures: what a post, a cover or a sheet of paper asks for, and free ones."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from studio.errors import InvalidInput
from studio.requests import Picture

SCREEN_DPI, PRINT_DPI = 72, 300
EDGES = (256, 5000)
"""Shortest and longest edge in pixels; A3 at 300 dpi is 4961."""
ASPECTS = (0.4, 3.0)
"""Narrowest and widest, width / height: what the picture model composes."""
FREE = "free"


@dataclass(frozen=True, slots=True)
class Size:
    """Pixels of a finished picture, and how many of them make an inch on paper."""

    width: int
    height: int
    dpi: int = SCREEN_DPI

    @property
    def aspect(self) -> float:
        """Width / height, four decimals: what recipes carry."""
        return round(self.width / self.height, 4)

    @property
    def plain(self) -> int | list[int]:
        """As an output's data has it: the edge of a square, else [width, height]."""
        return self.width if self.width == self.height else [self.width, self.height]


PRESETS: Mapping[str, Size] = MappingProxyType(
    {
        **{str(edge): Size(edge, edge) for edge in (256, 512, 1024, 2048, 4096)},
        "post": Size(1080, 1080),
        "portrait": Size(1080, 1350),
        "story": Size(1080, 1920),
        "cover": Size(1500, 500),
        "link": Size(1200, 628),
        "a4": Size(2480, 3508, PRINT_DPI),
        "a4_wide": Size(3508, 2480, PRINT_DPI),
        "a3": Size(3508, 4961, PRINT_DPI),
        "a3_wide": Size(4961, 3508, PRINT_DPI),
    }
)
"""ISO 216 at 300 dpi; the others are what the networks show uncropped."""


def asked_size(inputs: Mapping[str, object]) -> Size:
    """The preset, or width x height where the size is free. Raises InvalidInput("size")."""
    name = str(inputs["size"])
    if name != FREE:
        return PRESETS[name]
    width, height = (int(float(str(inputs[each]))) for each in ("width", "height"))
    low, high = EDGES
    if not (low <= width <= high and low <= height <= high):
        raise InvalidInput(
            "size",
            f"Width and height must be {low} to {high} pixels.",
            code="image_edges",
            least=low,
            most=high,
        )
    if not ASPECTS[0] <= width / height <= ASPECTS[1]:
        raise InvalidInput(
            "size",
            "A picture is at most 3 times as wide as high, and 2.5 times as high as wide.",
            code="image_aspect",
        )
    return Size(width, height)


def cropped(picture: Picture, aspect: float) -> Picture:
    """The largest middle part of width / height = `aspect`; the picture itself when it fits."""
    width = min(picture.width, max(1, round(picture.height * aspect)))
    height = min(picture.height, max(1, round(picture.width / aspect)))
    if (width, height) == (picture.width, picture.height):
        return picture
    left, top = (picture.width - width) // 2, (picture.height - height) // 2
    pixels = np.frombuffer(picture.rgb, np.uint8).reshape(picture.height, picture.width, 3)
    return Picture(width, height, pixels[top : top + height, left : left + width].tobytes())
