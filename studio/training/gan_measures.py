"""Held-out numbers of a generator, in the pooled features of the frozen classifier.

- `layout_error`: share of a cell's area that the pooled picture gives to other slots than asked
- `kid`: kernel distance (Bińkowski et al. 2018, https://arxiv.org/abs/1801.01401) between pictures
  made of held-out layouts and the held-out pictures; `kid_real` is that of training pictures
- `variety`: mean pairwise distance of made pictures as a share of that of real ones
- `seed_variety`: the same for one layout painted with different noise
"""

from __future__ import annotations

from collections.abc import Mapping

import torch
from torch import Tensor

from studio.crafts.palette import SLOTS
from studio.families.composition import Composition, mixed, noise_shapes
from studio.families.layouts import pooled
from studio.training.picture_batches import PictureBatch, PictureBatches
from studio.training.picture_corpus import PictureCorpus
from studio.training.projected import Features

_COUNT, _QUICK = 192, 128
_AT_ONCE = 24


@torch.no_grad()
def gan_measures(network: Composition, corpus: PictureCorpus) -> Mapping[str, float]:
    """All numbers above; about a minute on two cores."""
    features = Features()
    held = PictureBatches(corpus, 21, held=True).drawn(_COUNT)
    features.calibrate(held.pictures[:96])
    made, painted_shares = painted(network, held, 0)
    real, fake = pooled_features(features, held.pictures), pooled_features(features, made)
    seen = pooled_features(features, PictureBatches(corpus, 22).drawn(_COUNT).pictures)
    again = [painted(network, held.first(8), seed)[0] for seed in (1, 2)]
    apart = (pooled_features(features, again[0]) - pooled_features(features, again[1])).norm(dim=1)
    usual = torch.pdist(real).mean()
    kept = pooled(painted_shares, *held.layouts.shape[-2:])
    return {
        "layout_error": float((kept - held.layouts).abs().sum(1).mean() / 2),
        "kid": kernel_distance(fake, real),
        "kid_real": kernel_distance(seen, real),
        "variety": float(torch.pdist(fake).mean() / usual),
        "seed_variety": float(apart.mean() / usual),
    }


@torch.no_grad()
def quick_distance(network: Composition, corpus: PictureCorpus, features: Features) -> float:
    """`kid` of 128 windows made of held-out layouts: what the best average is chosen by."""
    held = PictureBatches(corpus, 31, held=True).drawn(_QUICK)
    device = next(network.parameters()).device
    made, _ = painted(network, held, 0)
    pair = [pooled_features(features, each.to(device)) for each in (made, held.pictures)]
    return kernel_distance(pair[0], pair[1])


@torch.no_grad()
def painted(network: Composition, batch: PictureBatch, seed: int) -> tuple[Tensor, Tensor]:
    """Pictures [n, 3, 8c, 8c] made of a batch's layouts, and their shares [n, 8, 8c, 8c]; CPU."""
    chance = torch.Generator().manual_seed(seed)
    device = next(network.parameters()).device
    pictures, shares = [], []
    for start in range(0, len(batch.pictures), _AT_ONCE):
        rows = slice(start, start + _AT_ONCE)
        layouts = batch.layouts[rows]
        shapes = noise_shapes(*layouts.shape[-2:])
        noise = [torch.randn(len(layouts), *s, generator=chance).to(device) for s in shapes]
        made = network(layouts.to(device), batch.plans[rows].to(device), noise).cpu()
        pictures.append(mixed(made, batch.palettes[rows]))
        shares.append(torch.softmax(made[:, :SLOTS], 1))
    return torch.cat(pictures), torch.cat(shares)


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


def pooled_features(features: Features, pictures: Tensor) -> Tensor:
    """[n, 432]: the two deep taps, averaged over the picture."""
    pieces = [
        torch.cat([tap.mean((2, 3)) for tap in features(chunk)[2:]], 1)
        for chunk in torch.split(pictures, _AT_ONCE)
    ]
    return torch.cat(pieces)
