"""Batches for the picture models: windows of the corpus, repainted in palettes of the pool."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import NDArray
from torch import Tensor

from studio.families.composition import SCALE, STYLES
from studio.families.sketches import EDGE
from studio.training.picture_corpus import PictureCorpus

PICTURE_EDGE = 64
"""Pixels of a training picture; a window of this size out of a picture of 128."""
_FIXED_DOWN = frozenset({"waves", "colorfield"})
"""Styles that know up from down: not turned by 90 degrees."""
STYLE_WEIGHTS: Mapping[str, float] = MappingProxyType({"lyrical": 1.5, "geometric": 2.0})
"""How much oftener the painters' styles are drawn; 1 for the others."""
_PAINTED_SHARE = 0.5


@dataclass(frozen=True, slots=True)
class PictureBatch:
    """n pictures [n,3,64,64] in -1..1, layouts [n,3,8,8], palettes [n,8,3], plans [n,15]."""

    pictures: Tensor
    layouts: Tensor
    palettes: Tensor
    plans: Tensor


def plan_rows(styles: NDArray[np.int64], numbers: NDArray[np.float64]) -> Tensor:
    """[n] style indices and [n,3] numbers -> [n,15] as the generator is told."""
    eye = np.eye(len(STYLES))[styles]
    return torch.from_numpy(np.concatenate([eye, numbers], 1).astype(np.float32))


class PictureBatches:
    """Draws pictures, window, mirror, turn and colours from one seeded generator."""

    def __init__(self, corpus: PictureCorpus, seed: int, held: bool = False) -> None:
        self.corpus = corpus
        self.rng = np.random.default_rng(seed)
        painted = corpus.painting >= 0
        mine = corpus.held == held
        self._members = [
            (np.nonzero(mine & painted & (corpus.styles == k))[0],
             np.nonzero(mine & ~painted & (corpus.styles == k))[0])
            for k in range(len(STYLES))
        ]  # fmt: skip
        weights = np.array([STYLE_WEIGHTS.get(each, 1.0) for each in STYLES])
        self._weights = weights / weights.sum()

    def drawn(self, count: int, whole: float = 0.2) -> PictureBatch:
        """`count` pictures; a share `whole` of them entire, the others windows of a quarter."""
        ids = [self._one(int(k)) for k in self.rng.choice(len(STYLES), count, p=self._weights)]
        return self.of(ids, whole)

    def of(self, ids: Sequence[int], whole: float = 0.2) -> PictureBatch:
        """These pictures of the corpus, windows and colours drawn."""
        palettes = np.stack([self._palette(each) for each in ids])
        windows = [self._window(i, p, whole) for i, p in zip(ids, palettes, strict=True)]
        pictures = torch.stack(windows)
        chosen = np.array(ids)
        return PictureBatch(
            pictures=pictures,
            layouts=F.avg_pool2d(pictures, SCALE),
            palettes=torch.from_numpy(palettes.astype(np.float32) / 127.5 - 1),
            plans=plan_rows(self.corpus.styles[chosen], self.corpus.numbers[chosen]),
        )

    def _one(self, style: int) -> int:
        painted, other = self._members[style]
        from_paintings = len(painted) and (not len(other) or self.rng.random() < _PAINTED_SHARE)
        return int(self.rng.choice(painted if from_paintings else other))

    def _palette(self, picture: int) -> NDArray[np.uint8]:
        keeps = self.rng.random() < (0.5 if self.corpus.painting[picture] >= 0 else 0.2)
        if keeps:
            return np.asarray(self.corpus.palettes[picture])
        return np.asarray(self.corpus.pool[int(self.rng.integers(len(self.corpus.pool)))])

    def _window(self, picture: int, palette: NDArray[np.uint8], whole: float) -> Tensor:
        slots = self.corpus.slots[picture]
        step = EDGE // PICTURE_EDGE
        if self.rng.random() >= whole:
            top, left = self.rng.integers(0, EDGE // 2 + 1, 2)
            slots = slots[top : top + EDGE // 2, left : left + EDGE // 2]
            step //= 2
        slots = slots[:, ::-1] if self.rng.random() < 0.5 else slots
        if STYLES[self.corpus.styles[picture]] not in _FIXED_DOWN:
            slots = np.rot90(slots, int(self.rng.integers(4)))
        painted = torch.from_numpy(palette[slots].astype(np.float32))
        small = F.avg_pool2d(painted.permute(2, 0, 1).contiguous(), step)
        return small / 127.5 - 1
