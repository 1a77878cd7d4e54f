"""How two sets of pictures differ, and whether one copies the other; rows are feature vectors."""

from __future__ import annotations

from collections.abc import Mapping

import torch
from torch import Tensor

from studio.training.gan_measures import kernel_distance

NEIGHBOURS = 3
"""k of precision and recall, as in the paper."""


def distances(made: Tensor, real: Tensor) -> Mapping[str, float]:
    """kid, fid, precision, recall of `made` [n, d] against `real` [m, d]."""
    precision, recall = precision_recall(made, real)
    return {
        "kid": kernel_distance(made, real),
        "fid": frechet_distance(made, real),
        "precision": precision,
        "recall": recall,
    }


def frechet_distance(one: Tensor, other: Tensor) -> float:
    """Squared Frechet distance of two Gaussians (Heusel et al. 2017, 1706.08500). [n, d], [m, d].

    The trace of the covariances' root is the nuclear norm of the centred rows' product: no root of
    a matrix that few rows leave singular. Biased upwards for few rows, the same for all sets of
    one size."""
    first, second = one.double(), other.double()
    means = first.mean(0), second.mean(0)
    a = (first - means[0]) / (len(first) - 1) ** 0.5
    b = (second - means[1]) / (len(second) - 1) ** 0.5
    root = torch.linalg.svdvals(a @ b.T).sum()
    spread = a.square().sum() + b.square().sum() - 2 * root
    return float((means[0] - means[1]).square().sum() + spread)


def precision_recall(made: Tensor, real: Tensor) -> tuple[float, float]:
    """Share of made rows that lie among real ones, and the other way round.

    Kynkaanniemi et al. 2019, https://arxiv.org/abs/1904.06991, with k = NEIGHBOURS."""
    return _among(made, real), _among(real, made)


def _among(rows: Tensor, known: Tensor) -> float:
    """Share of rows within reach of at least one of `known`."""
    apart = torch.cdist(rows.double(), known.double())
    return float((apart <= _reach(known)).any(1).double().mean())


def nearest(rows: Tensor, known: Tensor) -> tuple[Tensor, Tensor]:
    """For each row its distance to the nearest of `known`, and that one's place."""
    closest = torch.cdist(rows, known).min(1)
    return closest.values, closest.indices


def _reach(rows: Tensor) -> Tensor:
    """[n] distance to the k-th neighbour; the nearest is the row itself."""
    apart = torch.cdist(rows.double(), rows.double())
    return apart.kthvalue(NEIGHBOURS + 1, dim=1).values
