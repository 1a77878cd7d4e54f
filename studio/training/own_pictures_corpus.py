"""Own pictures as the generator learns them: crops, each in its own eight tones and relief.

Colours are kept apart from forms, as in the studio's own corpus, so a tuned generator paints in
any palette too. A picture has no style of the studio's: it is told with any, so that what was
learnt shows whichever style is asked for.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from PIL import Image
from torch import Tensor

from studio.crafts.palette import SLOTS
from studio.families.composition import STYLES, TEXT
from studio.families.drawings.paint import Paint
from studio.training.own_pictures import ROWS, OwnPicture, PictureSet
from studio.training.paintings import reduced
from studio.training.picture_batches import PictureBatches, coloured
from studio.training.picture_card import tiled
from studio.training.picture_corpus import EDGE, LEVELS, PictureCorpus, Row, numbers_of
from studio.training.picture_texts import PictureTexts

CROPS = 4
"""Parts of each picture: the whole, then closer and closer."""
_CLOSER = ((0.95, 1.0), (0.65, 0.85), (0.45, 0.6))
"""Side of a part as shares of the shorter edge; the last for all further ones."""
_TOLD_STYLE, _TOLD_WORDS = 0.85, 0.5
"""Shares of pictures that are told with a style, and with words."""
_HELD_BACK = 8
"""Pictures on the preview sheet."""

Palette = tuple[tuple[int, int, int], ...]


def own_corpus(
    pictures: PictureSet, cache: Path, voices: Tensor, crops: int = CROPS, workers: int = 1
) -> PictureCorpus:
    """All crops reduced, once into the folder `cache`; later runs read them.

    `voices` [n, TEXT]: sentence vectors that the generator is told, so that words do not throw it;
    n may be 0."""
    key = hashlib.sha256((pictures.folder / ROWS).read_bytes() + bytes([crops])).hexdigest()
    path = cache / "corpus.npz"
    if not path.is_file() or _key(path) != key:
        _gather(pictures, path, key, crops, workers)
    with np.load(path, allow_pickle=False) as found:
        rows = tuple(_row(each) for each in json.loads(str(found["rows"])))
        own = [np.array(row.palette, np.uint8) for row in rows if not row.held]
        return PictureCorpus(
            found["tones"], found["reliefs"], rows, np.stack(own), _texts(voices, len(rows))
        )


class OwnPictureBatches(PictureBatches):
    """Windows of own pictures, told with chance styles and words; mirrored, never turned."""

    def plans(self, ids: Sequence[int]) -> Tensor:
        """Plans [n, PLAN]: measured numbers, a style or none, words or none."""
        plans = np.stack([self._told(each) for each in ids])
        return torch.from_numpy(plans.astype(np.float32))

    def turn(self, picture: int) -> tuple[bool, int]:  # noqa: ARG002
        """Mirrored or not; nobody knows whether the picture may stand on its head."""
        return bool(self.rng.random() < 0.5), 0

    def _told(self, picture: int) -> NDArray[np.float64]:
        hot = np.zeros(len(STYLES))
        if self.rng.random() < _TOLD_STYLE:
            hot[int(self.rng.integers(len(STYLES)))] = 1
        voices = self.corpus.texts.vectors
        voice = voices[int(self.rng.integers(len(voices)))]
        heard = voice if self.rng.random() < _TOLD_WORDS else np.zeros(TEXT)
        return np.concatenate([hot, self.corpus.rows[picture].numbers, heard])


def preview_sheet(pictures: PictureSet) -> Image.Image:
    """The first pictures' crops as they are, and below each as the generator sees it."""
    parts = [_crop(pictures.image(each), each, 0) for each in pictures.pictures[:_HELD_BACK]]
    seen = [_repainted(*reduced(part)) for part in parts]
    small = [part.resize((EDGE // 2, EDGE // 2), Image.Resampling.BOX) for part in parts]
    as_is = torch.from_numpy(np.stack([np.asarray(each) for each in small]))
    rows = torch.cat([as_is.permute(0, 3, 1, 2).float() / 127.5 - 1, torch.cat(seen)])
    return tiled(torch.nn.functional.avg_pool2d(rows, 2), len(parts))


def _repainted(paint: Paint, palette: Palette) -> Tensor:
    tones = torch.from_numpy(paint.tone)[None]
    relief = torch.from_numpy(_halved(paint.relief))[None]
    return coloured(tones, relief, torch.tensor([palette]).float() / 127.5 - 1)


def _gather(pictures: PictureSet, path: Path, key: str, crops: int, workers: int) -> None:
    """Reduce everything into one file, put in place by one rename."""
    path.parent.mkdir(parents=True, exist_ok=True)
    jobs = [(picture, turn) for picture in pictures.pictures for turn in range(crops)]
    parts = (_crop(pictures.image(picture), picture, turn) for picture, turn in jobs)
    tones, reliefs, rows = list[NDArray[np.uint8]](), list[NDArray[np.int8]](), list[Row]()
    for (picture, _), (paint, palette) in zip(jobs, _reduced(parts, workers), strict=True):
        tones.append(np.round(np.clip(paint.tone, 0, SLOTS - 1) * LEVELS).astype(np.uint8))
        reliefs.append(np.round(np.clip(_halved(paint.relief), -1, 1) * 127).astype(np.int8))
        held, number = picture.split == "val", pictures.pictures.index(picture)
        rows.append(Row(STYLES[0], "own", numbers_of(paint), held, number, (), palette))
    young = path.with_name("young.npz")
    listed = json.dumps([[each.numbers, each.held, each.painting, each.palette] for each in rows])
    np.savez(young, tones=np.stack(tones), reliefs=np.stack(reliefs), rows=listed, key=key)
    shutil.move(young, path)


def _reduced(parts: Iterator[Image.Image], workers: int) -> Iterator[tuple[Paint, Palette]]:
    if workers < 2:
        yield from map(reduced, parts)
        return
    with ProcessPoolExecutor(workers, get_context("spawn")) as pool:
        yield from pool.map(reduced, parts, chunksize=4)


def _crop(image: Image.Image, picture: OwnPicture, turn: int) -> Image.Image:
    """A square part, 512 px; the same for the same picture and turn."""
    chance = np.random.default_rng([int(picture.sha256[:12], 16), turn])
    side = min(image.size) * float(chance.uniform(*_CLOSER[min(turn, len(_CLOSER) - 1)]))
    left, top = (float(chance.uniform(0, each - side)) for each in image.size)
    box = (left, top, left + side, top + side)
    return image.resize((EDGE, EDGE), Image.Resampling.BICUBIC, box=box)


def _halved(relief: NDArray[np.floating]) -> NDArray[np.floating]:
    return np.asarray(relief.reshape(EDGE // 2, 2, EDGE // 2, 2).mean((1, 3)))


def _row(told: Sequence[object]) -> Row:
    numbers, held, number, palette = told
    # The style is a place to stand: plans are drawn anew for every window.
    return Row(STYLES[0], "own", tuple(numbers), bool(held), int(str(number)), (), tuple(palette))  # type: ignore[arg-type]


def _key(path: Path) -> str:
    with np.load(path, allow_pickle=False) as found:
        return str(found["key"])


def _texts(voices: Tensor, count: int) -> PictureTexts:
    known = voices.numpy() if len(voices) else np.zeros((1, TEXT), np.float32)
    return PictureTexts(known, tuple(np.zeros(1, np.int64) for _ in range(count)))
