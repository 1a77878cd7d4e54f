"""Copy, looks and pictures for tests of banners."""

from __future__ import annotations

import numpy as np
from PIL import Image, ImageDraw

from studio.ads.banner_copy import BannerCopy
from studio.render.banner import SIZES, BannerLook

COPY = {
    "en": BannerCopy(
        "Cold at noon, cold at the summit",
        "Cold for 24 hours",
        "A refillable steel bottle with a cap you can repair.",
        "Shop bottles",
    ),
    "zh": BannerCopy(
        "冷水三分钟，一杯清乌龙",
        "冷水三分钟",
        "无糖乌龙冷泡茶，茶袋可降解，办公室也能喝。",
        "尝一盒",
    ),
}
LOOK = BannerLook(("#1f4e5f", "#d9783a", "#f2ede4"), "sans", "Morrow")
SCREENS = tuple(name for name, size in SIZES.items() if not size.printed)
SHAPES = {"wide": (800, 320), "square": (512, 512), "tall": (320, 640)}


def noise(size: tuple[int, int]) -> Image.Image:
    """Black and white dust: the worst ground there is."""
    random = np.random.default_rng(5)
    grain = random.integers(0, 2, (size[1] // 4, size[0] // 4, 1), np.uint8) * 255
    return Image.fromarray(np.repeat(grain, 3, 2)).resize(size, Image.Resampling.NEAREST)


def busy(size: tuple[int, int]) -> Image.Image:
    """Discs in many colours."""
    random, image = np.random.default_rng(9), Image.new("RGB", size, "#808080")
    draw = ImageDraw.Draw(image)
    for _ in range(160):
        x, y, radius = random.integers(0, size[0]), random.integers(0, size[1]), 18
        colour = tuple(int(each) for each in random.integers(0, 256, 3))
        draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=colour)
    return image


def flat(colour: str) -> dict[str, Image.Image]:
    return {shape: Image.new("RGB", size, colour) for shape, size in SHAPES.items()}


PICTURES = {
    "noise": {shape: noise(size) for shape, size in SHAPES.items()},
    "busy": {shape: busy(size) for shape, size in SHAPES.items()},
    "white": flat("#ffffff"),
    "black": flat("#000000"),
    "grey": flat("#777777"),
}


def a_logo(colour: str, size: tuple[int, int] = (240, 80)) -> Image.Image:
    """A ring on nothing."""
    image = Image.new("RGBA", size, (0, 0, 0, 0))
    ImageDraw.Draw(image).ellipse((4, 4, size[1] - 4, size[1] - 4), outline=colour, width=14)
    ImageDraw.Draw(image).rectangle((size[1] + 8, 26, size[0] - 6, size[1] - 26), fill=colour)
    return image
