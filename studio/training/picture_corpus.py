"""The pictures a generator learns from: tones and relief, with styles, numbers and captions.

Two sources: paintings (public domain) from the corpora's folder, each reduced to eight tones, and
drawings made here by rules (families/drawings, CC0). Colours are kept apart from forms, so that a
picture can be repainted in any palette. Kept as memory-mapped arrays: 4,000 pictures are 1.3 GB.
"""

from __future__ import annotations

import json
import shutil
import tempfile
import zlib
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from studio.crafts.image_measure import structure
from studio.crafts.palette import harmony, hex_to_rgb, spread_over
from studio.families.composition import NUMBERS, STYLES
from studio.families.drawings.families import DRAWINGS, drawing
from studio.families.drawings.paint import Paint, Wish
from studio.training.paintings import PAINTINGS, Part, parts, reduced
from studio.training.picture_texts import PictureTexts, picture_texts

Bytes = NDArray[np.uint8]
Floats = NDArray[np.float64]

PLANS = "image_plans_written.jsonl"
EDGE = 512
"""Pixels of a picture's tones; its relief has half as many."""
LEVELS = 36
"""Steps between two tones in the stored bytes."""
_DRAWINGS_A_FAMILY = 60
_HELD_SHARE = 0.06


@dataclass(frozen=True, slots=True)
class Row:
    """What is known of one picture."""

    style: str
    family: str
    """The family of drawings, or "painting"."""
    numbers: tuple[float, float, float]
    """Measured density, movement, angularity, in a ramp of greys."""
    held: bool
    """Never trained on."""
    painting: int
    """The painting's number; -1 for drawings."""
    captions: tuple[str, ...]
    palette: tuple[tuple[int, int, int], ...]
    """The painting's own eight colours, dark to light; () for drawings."""


@dataclass(frozen=True, slots=True)
class PictureCorpus:
    """N pictures and what is known of them."""

    tones: Bytes
    """[N, 512, 512] tone times LEVELS."""
    reliefs: NDArray[np.int8]
    """[N, 256, 256] relief times 127."""
    rows: tuple[Row, ...]
    pool: Bytes
    """[M, 8, 3] palettes that any picture may be repainted in."""
    texts: PictureTexts

    @property
    def held(self) -> NDArray[np.bool_]:
        """[N] which pictures are held out."""
        return np.array([row.held for row in self.rows])

    @property
    def styles(self) -> NDArray[np.int64]:
        """[N] places in STYLES."""
        return np.array([STYLES.index(row.style) for row in self.rows])

    @classmethod
    def load(cls, data: Path, cache: Path, workers: int = 1) -> PictureCorpus:
        """Draw and reduce once into the folder `cache` (minutes); later runs read it."""
        if not (cache / "rows.json").exists():
            _gather(data, cache, workers)
        listed = json.loads((cache / "rows.json").read_text("utf-8"))
        rows = tuple(Row(**{**each, "numbers": tuple(each["numbers"])}) for each in listed)
        return cls(
            np.load(cache / "tones.npy", mmap_mode="r"),
            np.load(cache / "reliefs.npy", mmap_mode="r"),
            rows,
            np.load(cache / "pool.npy"),
            picture_texts(rows, data / PLANS, cache / "texts.npz"),
        )

    @classmethod
    def of(cls, data: Path) -> PictureCorpus:
        """`load` with a cache in the temporary folder, for commands that have no other place."""
        mark = zlib.crc32(str(data.resolve()).encode())
        return cls.load(data, Path(tempfile.gettempdir()) / f"atelier-pictures-{mark}")


def _gather(data: Path, cache: Path, workers: int) -> None:
    """Write the arrays of the cache; `rows.json` last, so that a broken run starts again."""
    young = cache.with_name(cache.name + ".young")
    shutil.rmtree(young, ignore_errors=True)
    young.mkdir(parents=True)
    painted = list(parts(data / PAINTINGS))
    plans = [(name, seed) for name in DRAWINGS for seed in range(_DRAWINGS_A_FAMILY)]
    total = len(painted) + len(plans)
    tones = _array(young / "tones.npy", (total, EDGE, EDGE), np.uint8)
    reliefs = _array(young / "reliefs.npy", (total, EDGE // 2, EDGE // 2), np.int8)
    rows: list[Row] = []
    with ProcessPoolExecutor(workers, get_context("spawn")) as pool:
        reductions = pool.map(reduced, [each.image for each in painted], chunksize=4)
        for part, (paint, palette) in zip(painted, reductions, strict=True):
            _stored(tones, reliefs, len(rows), paint)
            rows.append(_painting_row(part, paint, palette))
        for (name, seed), paint in zip(plans, pool.map(_one, plans, chunksize=4), strict=True):
            _stored(tones, reliefs, len(rows), paint)
            rows.append(_drawing_row(name, seed, paint))
    np.save(young / "pool.npy", _pool(rows, data / PLANS))
    tones.flush()
    reliefs.flush()
    text = json.dumps([asdict(each) for each in rows], ensure_ascii=False)
    (young / "rows.json").write_text(text, "utf-8")
    shutil.rmtree(cache, ignore_errors=True)
    young.rename(cache)


def _painting_row(part: Part, paint: Paint, palette: tuple[tuple[int, int, int], ...]) -> Row:
    held = held_out(part.file)
    numbers = numbers_of(paint)
    return Row(part.style, "painting", numbers, held, part.number, part.captions, palette)


def _drawing_row(name: str, seed: int, paint: Paint) -> Row:
    family = DRAWINGS[name]
    held, captions = held_out(f"{name}{seed}"), (*family.english, *family.chinese)
    return Row(family.style, name, numbers_of(paint), held, -1, captions, ())


def _array(path: Path, shape: tuple[int, ...], kind: type) -> np.memmap[Any, Any]:
    return np.lib.format.open_memmap(path, "w+", kind, shape)


def _stored(tones: Bytes, reliefs: NDArray[np.int8], place: int, paint: Paint) -> None:
    tones[place] = np.round(np.clip(paint.tone, 0, 7) * LEVELS)
    halved = paint.relief.reshape(EDGE // 2, 2, EDGE // 2, 2).mean((1, 3))
    reliefs[place] = np.round(np.clip(halved, -1, 1) * 127)


def _one(plan: tuple[str, int]) -> Paint:
    name, seed = plan
    chance = np.random.default_rng([seed, zlib.crc32(name.encode())])
    density, movement, angularity = chance.uniform(0.03, 0.97, len(NUMBERS)).tolist()
    return drawing(name, seed, Wish(density, movement, angularity), (EDGE, EDGE))


def numbers_of(paint: Paint) -> tuple[float, float, float]:
    """Density, movement and angularity of a drawing in a ramp of greys."""
    step = paint.tone.shape[0] // 64
    light = paint.tone.reshape(64, step, 64, step).mean((1, 3)) / 7
    found = structure(np.asarray(light, np.float64))
    return found["density"], found["movement"], found["angularity"]


def held_out(name: str) -> bool:
    """Whether a picture of this name is never trained on."""
    return zlib.crc32(name.encode()) % 1000 < 1000 * _HELD_SHARE


def _pool(rows: Sequence[Row], plans: Path) -> Bytes:
    """Palettes of the paintings, of written plans, and harmonies drawn for moods."""
    own = [np.array(row.palette, np.uint8) for row in rows if row.palette and not row.held]
    written = [json.loads(line) for line in plans.read_text("utf-8").splitlines()]
    chosen = [spread_over(row["palette"]) for row in written if row["split"] == "train"]
    rng = np.random.default_rng(0)
    for seed in range(300):
        warm, bright, full, strong = rng.uniform(0, 1, 4)
        count = int(rng.integers(3, 9))
        tones = harmony(
            seed, warmth=warm, brightness=bright, saturation=full, contrast=strong, count=count
        )
        chosen.append(spread_over(tones))
    mixed = [np.array([hex_to_rgb(each) for each in eight], np.uint8) for eight in chosen]
    return np.stack(own + mixed)
