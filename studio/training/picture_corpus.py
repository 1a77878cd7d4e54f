"""The pictures a generator learns from, as maps of palette slots with palettes, styles and plans.

Three sources: paintings (public domain) and older procedural pictures from the corpora's folder,
both reduced to eight colours, and drawings made here by rules (families/sketches.py, CC0).
"""

from __future__ import annotations

import io
import json
import tarfile
import tempfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

from studio.crafts.image_measure import measured, to_lab
from studio.crafts.palette import SLOTS, harmony, hex_to_rgb, spread_over
from studio.families.composition import NUMBERS, STYLES
from studio.families.sketches import DRAWERS, EDGE, drawn

Bytes = NDArray[np.uint8]
Floats = NDArray[np.float64]

PAINTINGS = "images_kandinsky_1910_1930_pd.tar"
PROCEDURAL = "images_procedural_cc0.tar"
PLANS = "image_plans_written.jsonl"
_PAINTING_STYLES: Mapping[str, str] = MappingProxyType(
    {"abstract expressionism": "lyrical", "geometric abstraction": "geometric"}
)
_CROPS = 5
_DRAWINGS_A_STYLE = 150
_OLD_A_STYLE = 40
_MUDDY = frozenset({"colorfield", "geometric"})
"""Styles of the older set whose noise hides their shapes once reduced to eight colours."""


@dataclass(frozen=True, slots=True)
class PictureCorpus:
    """N pictures. `held` ones are never trained on; `painting` is -1 or the painting's number."""

    slots: Bytes
    """[N, 256, 256] palette slots 0 (dark) .. 7 (light)."""
    palettes: Bytes
    """[N, 8, 3] RGB of the picture itself."""
    styles: NDArray[np.int64]
    numbers: Floats
    """[N, 3] density, movement, angularity."""
    held: NDArray[np.bool_]
    painting: NDArray[np.int64]
    captions: NDArray[np.str_]
    pool: Bytes
    """[M, 8, 3] palettes any picture may be repainted in."""

    @classmethod
    def load(cls, data: Path, cache: Path) -> PictureCorpus:
        """Read and reduce the corpora in `data` once; later runs read `cache` (an .npz file)."""
        if not cache.exists():
            _gathered(data)._save(cache)
        with np.load(cache, allow_pickle=False) as found:
            return cls(**{name: found[name] for name in cls.__slots__})

    @classmethod
    def of(cls, data: Path) -> PictureCorpus:
        """`load` with a cache in the temporary folder, for commands that have no other place."""
        print_of_data = zlib.crc32(str(data.resolve()).encode())
        return cls.load(data, Path(tempfile.gettempdir()) / f"atelier-pictures-{print_of_data}.npz")

    def _save(self, cache: Path) -> None:
        cache.parent.mkdir(parents=True, exist_ok=True)
        partial = cache.with_suffix(".partial.npz")
        np.savez_compressed(partial, **{name: getattr(self, name) for name in self.__slots__})
        partial.replace(cache)


@dataclass(frozen=True, slots=True)
class _Entry:
    slots: Bytes
    palette: Bytes
    style: str
    held: bool
    painting: int
    caption: str


def _gathered(data: Path) -> PictureCorpus:
    entries = [*_paintings(data / PAINTINGS), *_old_drawings(data / PROCEDURAL)]
    written = _written_palettes(data / PLANS)
    pool = np.stack([each.palette for each in entries if each.painting >= 0] + written)
    entries.extend(_new_drawings(pool))
    numbers = [measured(each.palette[each.slots]) for each in entries]
    return PictureCorpus(
        slots=np.stack([each.slots for each in entries]),
        palettes=np.stack([each.palette for each in entries]),
        styles=np.array([STYLES.index(each.style) for each in entries]),
        numbers=np.array([[each[name] for name in NUMBERS] for each in numbers]),
        held=np.array([each.held for each in entries]),
        painting=np.array([each.painting for each in entries]),
        captions=np.array([each.caption for each in entries]),
        pool=pool,
    )


def _archive(path: Path) -> Iterator[tuple[dict[str, object], Image.Image]]:
    with tarfile.open(path) as tar:
        listing = tar.extractfile("metadata.jsonl")
        assert listing is not None, f"{path} has no metadata.jsonl"
        for line in listing.read().decode("utf-8").splitlines():
            row = json.loads(line)
            file = tar.extractfile(str(row["file"]))
            if file is not None:
                yield row, Image.open(io.BytesIO(file.read())).convert("RGB")


def _held_out(name: str, share: float = 0.06) -> bool:
    return zlib.crc32(name.encode()) % 1000 < 1000 * share


def _paintings(path: Path) -> Iterator[_Entry]:
    for number, (row, image) in enumerate(_archive(path)):
        style = _PAINTING_STYLES[str(row["style"])]
        rng = np.random.default_rng(number)
        for turn in range(_CROPS):
            picture = _cropped(image, rng, (0.82, 0.94) if turn < 3 else (0.5, 0.75))
            caption = f"{style} painting, after {row['artist']}, {row['year']}"
            held = _held_out(str(row["file"]))
            yield _Entry(*reduced(picture), style, held, number, caption)


def _cropped(
    image: Image.Image, rng: np.random.Generator, scale: tuple[float, float]
) -> Image.Image:
    """A square inside the frame, 256 px, its grain smoothed."""
    width, height = image.size
    side = min(width, height) * float(rng.uniform(*scale))
    margin = 0.03 * min(width, height)
    left = float(rng.uniform(margin, max(margin, width - side - margin)))
    top = float(rng.uniform(margin, max(margin, height - side - margin)))
    box = (left, top, min(left + side, width), min(top + side, height))
    square = image.resize((EDGE, EDGE), Image.Resampling.LANCZOS, box=box)
    return square.filter(ImageFilter.MedianFilter(5))


def _old_drawings(path: Path) -> Iterator[_Entry]:
    seen: dict[str, int] = {}
    for row, image in _archive(path):
        style = str(row["style"])
        seen[style] = seen.get(style, 0) + 1
        if style in _MUDDY or seen[style] > _OLD_A_STYLE:
            continue
        smooth = image.resize((EDGE, EDGE), Image.Resampling.LANCZOS).filter(
            ImageFilter.MedianFilter(5)
        )
        caption = str(row.get("caption", f"{style} pattern"))
        yield _Entry(*reduced(smooth), style, _held_out(str(row["file"])), -1, caption)


def _new_drawings(pool: Bytes) -> Iterator[_Entry]:
    for style in DRAWERS:
        for seed in range(_DRAWINGS_A_STYLE):
            drawing = drawn(style, seed)
            palette = pool[(seed * 7919 + len(style) * 131) % len(pool)]
            held = _held_out(f"{style}{seed}")
            yield _Entry(drawing.slots, palette, style, held, -1, drawing.caption)


def _written_palettes(path: Path) -> list[Bytes]:
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    chosen = [spread_over(row["palette"]) for row in rows if row["split"] == "train"]
    rng = np.random.default_rng(0)
    for seed in range(300):
        warm, bright, full, strong = rng.uniform(0, 1, 4)
        count = int(rng.integers(3, 9))
        tones = harmony(
            seed, warmth=warm, brightness=bright, saturation=full, contrast=strong, count=count
        )
        chosen.append(spread_over(tones))
    return [np.array([hex_to_rgb(each) for each in eight], np.uint8) for eight in chosen]


def reduced(image: Image.Image) -> tuple[Bytes, Bytes]:
    """A picture in its own eight colours: slots [256, 256] dark to light, palette [8, 3].

    k-means in Lab on every fourth pixel, then a majority filter, so that areas are closed.
    """
    rgb = np.asarray(image)
    lab = to_lab(rgb / 255)
    sample = lab[::4, ::4].reshape(-1, 3)
    centres = _means(sample)
    far = ((lab[:, :, None] - centres) ** 2).sum(-1)
    image_slots = Image.fromarray(far.argmin(-1).astype(np.uint8)).filter(ImageFilter.ModeFilter(5))
    areas = np.asarray(image_slots)
    flat = rgb.reshape(-1, 3)
    near = ((sample[:, None] - centres) ** 2).sum(-1).argmin(1)
    colours = np.stack(
        [
            rgb[::4, ::4].reshape(-1, 3)[near == k].mean(0) if (near == k).any() else flat.mean(0)
            for k in range(SLOTS)
        ]
    )
    return areas, colours.round().astype(np.uint8)


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
