"""How near a generator's pictures are to held-out ones of a person, in the frozen features.

Held-out layouts are painted and compared with the pictures that they come from: `kid` is the
unbiased kernel distance, `frechet` the Frechet distance. Both shrink as the pictures come closer.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import torch
from torch import Tensor

from studio.families.composition import Composition
from studio.families.layouts import CELLS
from studio.training.gan_measures import kernel_distance, painted, pooled_features
from studio.training.own_pictures_corpus import OwnPictureBatches
from studio.training.picture_batches import PictureBatch
from studio.training.picture_corpus import PictureCorpus
from studio.training.picture_distances import frechet_distance
from studio.training.projected import Features

WINDOWS = 128
"""Held-out windows of a score."""
_SHOWN = 8


@dataclass(frozen=True, slots=True)
class HeldOut:
    """Fixed held-out windows and how they look to the classifier."""

    batch: PictureBatch
    features: Features
    real: Tensor
    """[n, 432]"""

    @classmethod
    def of(cls, corpus: PictureCorpus, features: Features, windows: int = WINDOWS) -> HeldOut:
        """`features` with their scale set, on any device."""
        batch = OwnPictureBatches(corpus, 31, held=True).drawn(windows)
        return cls(batch, features, _seen(features, batch.pictures))

    def distances(self, network: Composition) -> Mapping[str, float]:
        """`kid` and `frechet` of what the network paints."""
        made, _ = painted(network, self.batch, 0)
        seen = _seen(self.features, made)
        kid, frechet = kernel_distance(seen, self.real), frechet_distance(seen, self.real)
        return {"kid": kid, "frechet": frechet}


def before_and_after(corpus: PictureCorpus, before: Composition, after: Composition) -> Tensor:
    """[24, 3, 256, 256]: eight held-out pictures, then painted before, then after."""
    batches = OwnPictureBatches(corpus, 5, held=True)
    places = _whole_first(corpus)
    batch = batches.of([places[turn % len(places)] for turn in range(_SHOWN)], CELLS)
    return torch.cat([batch.pictures, *(painted(each, batch, 1)[0] for each in (before, after))])


def _whole_first(corpus: PictureCorpus) -> list[int]:
    """Held-out crops: the first of every picture, then the second ones."""
    turns, places = Counter[int](), list[tuple[int, int]]()
    for place, row in enumerate(corpus.rows):
        if row.held:
            places.append((turns[row.painting], place))
            turns[row.painting] += 1
    return [place for _, place in sorted(places)]


@torch.inference_mode()
def _seen(features: Features, pictures: Tensor) -> Tensor:
    device = next(features.parameters()).device
    return pooled_features(features, pictures.to(device)).cpu().clone()
