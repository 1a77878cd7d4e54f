"""Reads plans off pictures: ridge regression, fitted on real pictures whose plans are known.

It never sees a made picture before it judges one. What it can not read off held-out real pictures
either is taken into account: targets count by the precision that they are read with there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from studio.crafts.image_measure import colour_numbers, measured, to_lab
from studio.families.composition import NUMBERS, STYLES, TEXT
from studio.families.layouts import CELLS
from studio.training.picture_batches import PictureBatches
from studio.training.picture_corpus import PictureCorpus
from studio.training.picture_obedience import pixels
from studio.training.picture_references import Eye, shrunk

Floats = NDArray[np.floating[Any]]

TOLD_NUMBERS = (*NUMBERS, "warmth", "saturation", "brightness", "contrast")
_AXES = 16
"""Directions of the sentence vectors that are read: those in which captions differ most."""
_RIDGE = 60.0
_SHRINK = 0.3
_BINS = 8


@dataclass(frozen=True, slots=True)
class Known:
    """n pictures [n, 3, 128, 128], what is told of them [n, t], and their styles [n]."""

    pictures: Tensor
    told: Floats
    styles: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Axes:
    """The directions in which the corpus' sentences differ."""

    centre: Floats
    directions: Floats
    """[TEXT, _AXES]."""

    @classmethod
    def of(cls, vectors: NDArray[np.float32]) -> Axes:
        """From sentence vectors [C, TEXT]."""
        centre = vectors.mean(0).astype(np.float64)
        _, sizes, directions = np.linalg.svd(vectors - centre, full_matrices=False)
        spread = np.maximum(sizes[:_AXES], 1e-6) / max(1, len(vectors)) ** 0.5
        return cls(centre, directions[:_AXES].T / spread)

    def of_text(self, vectors: Floats) -> Floats:
        """[n, TEXT] -> [n, _AXES]; silence is 0."""
        said = np.abs(vectors).sum(-1, keepdims=True) > 0
        return np.asarray((vectors - self.centre) @ self.directions * said)


def told_row(style: int, numbers: Sequence[float], palette_lab: Floats, text: Floats) -> Floats:
    """One row of what a plan says. `numbers` as TOLD_NUMBERS, palette [8, 3] Lab, text axes."""
    hot = np.eye(len(STYLES))[style]
    return np.concatenate([hot, 2 * np.array(numbers) - 1, palette_lab.reshape(-1) / 60, text])


def known_pictures(corpus: PictureCorpus, axes: Axes, ids: Sequence[int], seed: int) -> Known:
    """Whole pictures of the corpus in palettes that the seed draws, with all that is known."""
    batches = PictureBatches(corpus, seed)
    pictures, told = [], []
    for start in range(0, len(ids), 16):
        batch = batches.of(ids[start : start + 16], CELLS)
        pictures.append(shrunk(batch.pictures))
        lab = to_lab((batch.palettes.double().numpy() + 1) / 2)
        colours = colour_numbers(batch.layouts.mean((2, 3)).double().numpy(), lab)
        plans = batch.plans.double().numpy()
        forms = plans[:, len(STYLES) : -TEXT]
        numbers = np.column_stack([forms, *(colours[name] for name in TOLD_NUMBERS[3:])])
        texts = axes.of_text(plans[:, -TEXT:])
        styles = plans[:, : len(STYLES)].argmax(1)
        rows = zip(styles, numbers, lab, texts, strict=True)
        told += [told_row(int(k), list(n), each, text) for k, n, each, text in rows]
    return Known(torch.cat(pictures), np.stack(told), corpus.styles[np.array(ids)])


def stated(eye: Eye, pictures: Tensor) -> Floats:
    """[n, s]: features, colours by lightness and the measures of pictures [n, 3, 128, 128]."""
    shown = pixels(pictures)
    rows = [_statistics(each) for each in shown]
    return np.hstack([eye.seen(pictures).double().numpy(), np.array(rows)])


def _statistics(picture: NDArray[np.uint8]) -> Floats:
    """Mean Lab of eight equal parts of the pixels, dark to light, their spread, and measures."""
    lab = to_lab(picture[::2, ::2].reshape(-1, 3) / 255)
    ordered = lab[np.argsort(lab[:, 0])]
    parts = np.array_split(ordered, _BINS)
    means = np.concatenate([each.mean(0) for each in parts]) / 60
    spread = np.concatenate([each[:, 1:].std(0) for each in parts]) / 30
    return np.concatenate([means, spread, list(measured(picture).values())])


@dataclass(frozen=True, slots=True)
class PictureReader:
    """Fitted weights, and how exactly each target is read off held-out real pictures."""

    eye: Eye
    centre: Floats
    scale: Floats
    weights: Floats
    """[s + 1, t]."""
    precision: Floats
    """[t, t] inverse covariance of what is misread."""

    @classmethod
    def fitted(cls, eye: Eye, taught: Known, held: Known) -> PictureReader:
        """Weights from `taught`, precision from `held`."""
        seen = stated(eye, taught.pictures)
        centre, scale = seen.mean(0), seen.std(0) + 1e-6
        ready = _with_one((seen - centre) / scale)
        ridge = _RIDGE * np.eye(ready.shape[1])
        ridge[-1, -1] = 1e-6
        weights = np.linalg.solve(ready.T @ ready + ridge, ready.T @ taught.told)
        young = cls(eye, centre, scale, weights, np.eye(taught.told.shape[1]))
        missed = young.read(held.pictures) - held.told
        spread = np.cov(missed.T)
        spread = (1 - _SHRINK) * spread + _SHRINK * np.diag(np.diag(spread) + 1e-3)
        return cls(eye, centre, scale, weights, np.linalg.inv(spread))

    def read(self, pictures: Tensor) -> Floats:
        """[n, t] what the pictures seem to have been told."""
        return self.read_of(stated(self.eye, pictures))

    def read_of(self, seen: Floats) -> Floats:
        """The same from `stated` rows."""
        return np.asarray(_with_one((seen - self.centre) / self.scale) @ self.weights)

    def styles(self, read: Floats) -> NDArray[np.int64]:
        """[n] the likeliest styles of rows that were read."""
        return np.asarray(read[:, : len(STYLES)].argmax(1), np.int64)

    def off(self, read: Floats, told: Floats) -> Floats:
        """[n, m] how far pictures [n, t] are from plans [m, t]."""
        apart = read[:, None] - told[None]
        return np.asarray(np.einsum("nmt,tu,nmu->nm", apart, self.precision, apart))


def matched(off: Floats, group: int = 16, rounds: int = 400) -> float:
    """How often a picture's own plan is the nearest of `group` drawn ones. `off` [n, n]: picture
    against plan, own ones on the diagonal."""
    chance = np.random.default_rng(3)
    right = []
    for _ in range(rounds):
        drawn = chance.permutation(len(off))[:group]
        right.append((off[np.ix_(drawn, drawn)].argmin(1) == np.arange(len(drawn))).mean())
    return float(np.mean(right))


def _with_one(rows: Floats) -> Floats:
    return np.hstack([rows, np.ones((len(rows), 1))])
