"""Held-out numbers of a generator, in the pooled features of the frozen classifier.

- `layout_error`: mean difference between the asked layout and the pooled picture (0..1 scale)
- `kid`: kernel distance (Bińkowski et al. 2018, https://arxiv.org/abs/1801.01401) between pictures
  made of held-out layouts and the held-out pictures; `kid_real` is that of training pictures
- `variety`: mean pairwise distance of made pictures as a share of that of real ones
- `seed_variety`: the same for one layout painted with different noise
- `memorised`: in one grey palette, how near a made picture lies to its nearest training painting,
  as a share of how near held-out paintings lie; far below 1 would mean copying
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import NDArray
from torch import Tensor

from studio.families.composition import SCALE, Composition, mixed, noise_shapes
from studio.families.sketches import EDGE
from studio.training.picture_batches import PictureBatch, PictureBatches
from studio.training.picture_corpus import PictureCorpus
from studio.training.projected import Features

_COUNT = 192
_AT_ONCE = 24
_GREYS = torch.linspace(-0.9, 0.9, 8)[:, None].expand(8, 3)


@torch.no_grad()
def gan_measures(network: Composition, corpus: PictureCorpus) -> Mapping[str, float]:
    """All numbers above; about a minute on two cores."""
    features = Features()
    held = PictureBatches(corpus, 21, held=True).drawn(_COUNT)
    features.calibrate(held.pictures[:96])
    made = painted(network, held, 0)
    real, fake = _pooled(features, held.pictures), _pooled(features, made)
    seen = _pooled(features, PictureBatches(corpus, 22).drawn(_COUNT).pictures)
    again = [painted(network, _first(held, 8), seed) for seed in (1, 2)]
    apart = (_pooled(features, again[0]) - _pooled(features, again[1])).norm(dim=1).mean()
    usual = torch.pdist(real).mean()
    return {
        "layout_error": float((F.avg_pool2d(made, SCALE) - held.layouts).abs().mean() / 2),
        "kid": kernel_distance(fake, real),
        "kid_real": kernel_distance(seen, real),
        "variety": float(torch.pdist(fake).mean() / usual),
        "seed_variety": float(apart / usual),
        "memorised": _memorised(network, corpus, features),
    }


def painted(network: Composition, batch: PictureBatch, seed: int) -> Tensor:
    """Pictures [n, 3, 8h, 8w] made of a batch's layouts."""
    chance = torch.Generator().manual_seed(seed)
    pieces = []
    for start in range(0, len(batch.pictures), _AT_ONCE):
        rows = slice(start, start + _AT_ONCE)
        layouts, palettes = batch.layouts[rows], batch.palettes[rows]
        shapes = noise_shapes(*layouts.shape[-2:])
        noise = [torch.randn(len(layouts), *shape, generator=chance) for shape in shapes]
        pieces.append(mixed(network(layouts, palettes, batch.plans[rows], noise), palettes))
    return torch.cat(pieces)


def kernel_distance(one: Tensor, other: Tensor) -> float:
    """Unbiased squared MMD with the cubic kernel, times 1000. [n, d], [m, d]."""
    n, m, width = len(one), len(other), one.shape[1]

    def kernel(a: Tensor, b: Tensor) -> Tensor:
        return (a.double() @ b.double().T / width + 1) ** 3

    within = [kernel(each, each) for each in (one, other)]
    same = sum(
        (k.sum() - k.trace()) / (count * (count - 1))
        for k, count in zip(within, (n, m), strict=True)
    )
    return 1000 * float(same - 2 * kernel(one, other).mean())


def _pooled(features: Features, pictures: Tensor) -> Tensor:
    """[n, 432]: the two deep taps, averaged over the picture."""
    pieces = [
        torch.cat([tap.mean((2, 3)) for tap in features(chunk)[2:]], 1)
        for chunk in torch.split(pictures, _AT_ONCE)
    ]
    return torch.cat(pieces)


def _first(batch: PictureBatch, count: int) -> PictureBatch:
    return PictureBatch(
        batch.pictures[:count], batch.layouts[:count], batch.palettes[:count], batch.plans[:count]
    )


def _memorised(network: Composition, corpus: PictureCorpus, features: Features) -> float:
    painted_ids = np.nonzero((corpus.painting >= 0) & ~corpus.held)[0]
    held_ids = np.nonzero((corpus.painting >= 0) & corpus.held)[0]
    known = _pooled(features, _grey(corpus, painted_ids))
    held = _grey(corpus, held_ids)
    plans = PictureBatches(corpus, 0, held=True).of(held_ids.tolist(), whole=1.0).plans
    greys = _GREYS.expand(len(held), 8, 3)
    made = painted(network, PictureBatch(held, F.avg_pool2d(held, SCALE), greys, plans), 5)
    near_made = torch.cdist(_pooled(features, made), known).min(1).values.mean()
    near_held = torch.cdist(_pooled(features, held), known).min(1).values.mean()
    return float(near_made / near_held)


def _grey(corpus: PictureCorpus, ids: NDArray[np.int64]) -> Tensor:
    """Whole pictures in one ramp of greys, [n, 3, 64, 64]."""
    ramp = _GREYS[:, 0].numpy().astype(np.float32)
    step = EDGE // 64
    shades = torch.from_numpy(np.stack([ramp[corpus.slots[each]] for each in ids]))
    return F.avg_pool2d(shades[:, None], step).expand(-1, 3, -1, -1).contiguous()
