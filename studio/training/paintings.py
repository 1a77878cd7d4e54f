"""Paintings by Wassily Kandinsky, 1910-1930 (public domain), as tones and relief.

Each is reduced to its own eight colours, sorted by lightness: a pixel's tone is its colour's place,
its relief how much lighter or darker the paint is there. Frames and figures are left out.
"""

from __future__ import annotations

import io
import json
import tarfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

from studio.crafts.image_measure import to_lab
from studio.crafts.palette import SLOTS
from studio.families.drawings.paint import Paint

Floats = NDArray[np.floating[Any]]

PAINTINGS = "images_kandinsky_1910_1930_pd.tar"
_EDGE = 512
_STYLES: Mapping[str, str] = MappingProxyType(
    {"abstract expressionism": "lyrical", "geometric abstraction": "geometric"}
)
_LEFT_OUT = frozenset(
    {
        *(1, 2, 3, 12, 13, 16, 21, 22, 25, 27, 28, 30, 31, 32, 33, 34, 35, 37, 40, 42, 43, 46, 47),
        *(48, 49, 53, 54, 55, 59, 62, 82, 85, 86, 100, 102, 104, 106, 109, 113, 114, 115, 116, 117),
        *(118, 121, 124, 125, 126, 127, 129, 132, 133, 134, 135, 136, 138, 139, 140, 141, 142, 143),
        *(210, 212, 221, 223),
    }
)
"""Places in the archive: framed, photographed on a wall, or showing people, houses, riders."""
_CROPS = ((0.86, 0.95), (0.7, 0.85), (0.45, 0.6))
"""Side of a square part of a painting, as shares of its shorter edge."""
_RELIEF_LIGHTNESS = 11.0
"""Lab lightness that counts as full relief."""
_CAPTIONS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "lyrical": (
            "a lyrical abstract painting, loose colours and nervous black lines",
            "improvisation of colour patches and lines, like music",
            "抒情的抽象画，流动的色块与跳跃的线条",
            "即兴的色彩与线条，像一段音乐",
        ),
        "geometric": (
            "a geometric composition of circles, triangles and straight lines",
            "floating circles, wedges and thin lines in balance",
            "几何抽象，圆形、三角与直线的构成",
            "漂浮的圆与楔形，细线穿过",
        ),
    }
)


@dataclass(frozen=True, slots=True)
class Part:
    """A square part of one painting, 512 px, as it hangs."""

    image: Image.Image
    style: str
    file: str
    number: int
    """Its painting's place in the archive."""

    @property
    def captions(self) -> tuple[str, ...]:
        """What a person might write to get such a picture."""
        return _CAPTIONS[self.style]


def parts(archive: Path) -> Iterator[Part]:
    """Three parts of each painting that shows neither frame nor figure."""
    for number, (row, image) in enumerate(_archive(archive)):
        if number in _LEFT_OUT:
            continue
        rng = np.random.default_rng(number)
        for scale in _CROPS:
            part = _part(image, rng, scale)
            yield Part(part, _STYLES[str(row["style"])], str(row["file"]), number)


def _archive(path: Path) -> Iterator[tuple[dict[str, object], Image.Image]]:
    with tarfile.open(path) as tar:
        listing = tar.extractfile("metadata.jsonl")
        assert listing is not None, f"{path} has no metadata.jsonl"
        for line in listing.read().decode("utf-8").splitlines():
            row = json.loads(line)
            file = tar.extractfile(str(row["file"]))
            assert file is not None, f"{path} lacks {row['file']}"
            yield row, Image.open(io.BytesIO(file.read())).convert("RGB")


def _part(image: Image.Image, rng: np.random.Generator, scale: tuple[float, float]) -> Image.Image:
    """A square inside the edges, 512 px."""
    width, height = image.size
    side = min(width, height) * float(rng.uniform(*scale))
    margin = 0.025 * min(width, height)
    left = float(rng.uniform(margin, max(margin, width - side - margin)))
    top = float(rng.uniform(margin, max(margin, height - side - margin)))
    box = (left, top, left + side, top + side)
    return image.resize((_EDGE, _EDGE), Image.Resampling.BICUBIC, box=box)


def reduced(image: Image.Image) -> tuple[Paint, tuple[tuple[int, int, int], ...]]:
    """A picture in its own eight colours, dark to light: its paint, and the colours.

    k-means in Lab on every fourth pixel, then a majority filter, so that areas are closed.
    """
    rgb = np.asarray(image)
    lab = to_lab(rgb / 255)
    sample = lab[::4, ::4].reshape(-1, 3)
    centres = _means(sample)
    far = (centres**2).sum(1) - 2 * lab @ centres.T
    areas = Image.fromarray(far.argmin(-1).astype(np.uint8)).filter(ImageFilter.ModeFilter(5))
    tone = np.asarray(areas)
    lighter = (lab[..., 0] - centres[tone][..., 0]) / _RELIEF_LIGHTNESS
    near = ((sample[:, None] - centres) ** 2).sum(-1).argmin(1)
    flat = rgb[::4, ::4].reshape(-1, 3)
    colours = [flat[near == k].mean(0) if (near == k).any() else flat.mean(0) for k in range(SLOTS)]
    palette = tuple((round(r), round(g), round(b)) for r, g, b in np.array(colours).tolist())
    relief = np.clip(lighter, -1, 1).astype(np.float32)
    return Paint(tone.astype(np.float32), relief), palette


def _means(sample: Floats, rounds: int = 12) -> Floats:
    """k-means centres sorted by lightness; starts spread out (k-means++ without chance)."""
    centres = [sample.mean(0)]
    for _ in range(SLOTS):
        far = np.min([((sample - each) ** 2).sum(1) for each in centres], axis=0)
        centres.append(sample[int(np.argsort(far)[int(0.995 * len(far))])])
    spread = np.stack(centres[1:])
    for _ in range(rounds):
        near = ((sample[:, None] - spread) ** 2).sum(-1).argmin(1)
        spread = np.stack(
            [sample[near == k].mean(0) if (near == k).any() else spread[k] for k in range(SLOTS)]
        )
    return np.asarray(spread[np.argsort(spread[:, 0])])
