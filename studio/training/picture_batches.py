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

from studio.families.composition import RELIEF, STYLES, TEXT
from studio.families.layouts import CELLS, SCALE, pooled, tone_shares
from studio.training.picture_corpus import EDGE, LEVELS, PictureCorpus

WINDOW_CELLS = 12
"""Cells per side of a training window (of 32): 96 px."""
_FIXED_DOWN = frozenset({"waves", "colorfield", "drip", "minimal"})
"""Styles that know up from down: not turned by 90 degrees."""
STYLE_WEIGHTS: Mapping[str, float] = MappingProxyType({"lyrical": 1.6, "geometric": 1.6})
"""How much oftener the painters' styles are drawn; 1 for the others."""
_PAINTED_SHARE = 0.4
_SILENT = 0.2
"""Share of pictures whose description is left out."""


@dataclass(frozen=True, slots=True)
class PictureBatch:
    """n windows of p pixels (c = p / 8 cells), all on the CPU."""

    pictures: Tensor
    """[n, 3, p, p] in -1..1."""
    layouts: Tensor
    """[n, 8, c, c] shares."""
    palettes: Tensor
    """[n, 8, 3] in -1..1."""
    plans: Tensor
    """[n, PLAN]."""

    def first(self, count: int) -> PictureBatch:
        """The first `count` rows."""
        return PictureBatch(
            self.pictures[:count], self.layouts[:count], self.palettes[:count], self.plans[:count]
        )


class PictureBatches:
    """Draws pictures, windows, mirrors, turns, colours and sentences from one seeded generator."""

    def __init__(self, corpus: PictureCorpus, seed: int, held: bool = False) -> None:
        self.corpus = corpus
        self.rng = np.random.default_rng(seed)
        styles, mine = corpus.styles, corpus.held == held
        painted = np.array([row.painting >= 0 for row in corpus.rows])
        self._members = [
            (np.nonzero(mine & painted & (styles == k))[0],
             np.nonzero(mine & ~painted & (styles == k))[0])
            for k in range(len(STYLES))
        ]  # fmt: skip
        there = np.array([bool(len(a) + len(b)) for a, b in self._members])
        weights = there * np.array([STYLE_WEIGHTS.get(each, 1.0) for each in STYLES])
        self._weights = weights / weights.sum()

    def drawn(self, count: int, cells: int = WINDOW_CELLS) -> PictureBatch:
        """`count` windows of `cells` x `cells` out of 32 x 32."""
        return self.of(self.ids(count), cells)

    def ids(self, count: int) -> list[int]:
        """Places of pictures in the corpus: a style by its weight, then one of its pictures."""
        return [self._one(int(k)) for k in self.rng.choice(len(STYLES), count, p=self._weights)]

    def of(self, ids: Sequence[int], cells: int = WINDOW_CELLS) -> PictureBatch:
        """Windows of these pictures of the corpus."""
        colours = self.palettes(ids)
        windows = [self._window(each, cells) for each in ids]
        tones = torch.stack([tone for tone, _ in windows])
        reliefs = torch.stack([relief for _, relief in windows])
        shares = tone_shares(tones[:, ::2, ::2])
        return PictureBatch(
            pictures=coloured(tones, reliefs, colours),
            layouts=pooled(shares, cells, cells),
            palettes=colours,
            plans=self.plans(ids),
        )

    def palettes(self, ids: Sequence[int]) -> Tensor:
        """A palette for each picture, [n, 8, 3] in -1..1."""
        drawn = np.stack([self._palette(each) for each in ids])
        return torch.from_numpy(drawn).float() / 127.5 - 1

    def plans(self, ids: Sequence[int]) -> Tensor:
        """Plans of these pictures, [n, PLAN], each with one of its sentences or none."""
        plans = [self._plan(each) for each in ids]
        return torch.from_numpy(np.stack(plans).astype(np.float32))

    def turn(self, picture: int) -> tuple[bool, int]:
        """Whether to mirror the picture, and how many quarters to turn it."""
        mirrored = bool(self.rng.random() < 0.5)
        turns = int(self.rng.integers(4))
        return mirrored, 0 if self.corpus.rows[picture].style in _FIXED_DOWN else turns

    def _one(self, style: int) -> int:
        painted, other = self._members[style]
        from_paintings = len(painted) and (not len(other) or self.rng.random() < _PAINTED_SHARE)
        return int(self.rng.choice(painted if from_paintings else other))

    def _palette(self, picture: int) -> NDArray[np.uint8]:
        own = self.corpus.rows[picture].palette
        if own and self.rng.random() < 0.5:
            return np.array(own, np.uint8)
        return np.asarray(self.corpus.pool[int(self.rng.integers(len(self.corpus.pool)))])

    def _window(self, picture: int, cells: int) -> tuple[Tensor, Tensor]:
        """Tones [16 c, 16 c] in 0..7 and relief [8 c, 8 c] of one window, mirrored and turned."""
        side, room = cells * SCALE, CELLS - cells
        top, left = (SCALE * int(each) for each in self.rng.integers(0, room + 1, 2))
        double = EDGE // (CELLS * SCALE)
        tone = self.corpus.tones[
            picture, double * top : double * (top + side), double * left : double * (left + side)
        ]
        relief = self.corpus.reliefs[picture, top : top + side, left : left + side]
        mirrored, turns = self.turn(picture)
        both = [np.rot90(each[:, ::-1] if mirrored else each, turns) for each in (tone, relief)]
        maps = [torch.from_numpy(each.astype(np.float32)) for each in both]
        return maps[0] / LEVELS, maps[1] / 127

    def _plan(self, picture: int) -> NDArray[np.float64]:
        row = self.corpus.rows[picture]
        hot = np.eye(len(STYLES))[STYLES.index(row.style)]
        texts = self.corpus.texts
        text = texts.vectors[self.rng.choice(texts.choices[picture])]
        silent = self.rng.random() < _SILENT
        return np.concatenate([hot, row.numbers, np.zeros(TEXT) if silent else text])


def coloured(tones: Tensor, reliefs: Tensor, palettes: Tensor) -> Tensor:
    """Tones [n, 2h, 2w] in 0..7, relief [n, h, w], palettes [n, 8, 3] -> pictures [n, 3, h, w]."""
    low = tones.floor().clamp(max=palettes.shape[1] - 2)
    part = (tones - low).unsqueeze(-1)
    rows = torch.arange(len(tones))[:, None, None]
    place = low.long()
    colours = palettes[rows, place] * (1 - part) + palettes[rows, place + 1] * part
    small = F.avg_pool2d(colours.permute(0, 3, 1, 2), 2)
    return ((small + 1) * (1 + RELIEF * reliefs[:, None]) - 1).clamp(-1, 1)
