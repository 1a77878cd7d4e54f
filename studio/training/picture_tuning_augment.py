"""Adaptive augmentation: as much as the judge needs not to learn few pictures by heart.

Karras et al. 2020, https://arxiv.org/abs/2006.06676 (ADA): the share of real pictures that the
judge is sure of tells how far it has overfitted; the chance of every augmentation follows it. The
same changes are made to real and made pictures, and never to all of them, so that what the
generator learns stays upright and true in colour.
"""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor

TARGET = 0.6
"""The mean sign of the verdicts on real pictures that is aimed at."""
MOST = 0.8
"""Highest chance: above it, augmentations leak into the pictures (ibid., figure 4)."""
_SPAN = 10_000
"""Pictures in which the chance may go from 0 to 1. The paper's 500,000 suit longer trainings."""
_EVERY = 4
"""Judge's steps from one adjustment to the next."""


class AdaptiveAugmentation:
    """The chance `p` of each augmentation, and how it follows the verdicts."""

    def __init__(self, p: float = 0.0) -> None:
        self.p = p
        self.sign = 0.0
        """Mean sign of the verdicts at the last adjustment."""
        self._signs: list[float] = []

    def heard(self, verdicts: Tensor) -> None:
        """The judge's verdicts [n, patches] on real pictures of one step."""
        self._signs.append(float(verdicts.detach().sign().mean()))
        if len(self._signs) == _EVERY:
            self.sign = sum(self._signs) / _EVERY
            self._signs.clear()
            step = _EVERY * len(verdicts) / _SPAN
            self.p = min(MOST, max(0.0, self.p + (step if self.sign > TARGET else -step)))

    def applied(self, pictures: Tensor, seed: int) -> Tensor:
        """Pictures [n, 3, h, h] in -1..1, changed by chance; the same `seed`, the same changes."""
        chance = torch.Generator().manual_seed(seed)
        changed = self._coloured(pictures, chance)
        changed = self._turned(changed, chance)
        return self._moved(changed, chance)

    def _hit(self, count: int, chance: torch.Generator) -> Tensor:
        return torch.rand(count, generator=chance) < self.p

    def _coloured(self, pictures: Tensor, chance: torch.Generator) -> Tensor:
        """Lighter or darker, flatter or stronger, fuller or paler; each with chance p."""
        n = len(pictures)

        def amounts(scale: float) -> Tensor:
            drawn = scale * (2 * torch.rand(n, generator=chance) - 1)
            hit = self._hit(n, chance)
            return (drawn * hit).view(n, 1, 1, 1).to(pictures)

        pictures = pictures + amounts(0.3)
        middle = pictures.mean((1, 2, 3), keepdim=True)
        pictures = middle + (pictures - middle) * (1 + amounts(0.4))
        grey = pictures.mean(1, keepdim=True)
        return grey + (pictures - grey) * (1 + amounts(0.6))

    def _turned(self, pictures: Tensor, chance: torch.Generator) -> Tensor:
        """Quarter turns, with chance p."""
        turns = torch.randint(1, 4, (len(pictures),), generator=chance)
        hit = self._hit(len(pictures), chance)
        pairs = zip(pictures, (turns * hit).tolist(), strict=True)
        return torch.stack([torch.rot90(each, turn, (1, 2)) for each, turn in pairs])

    def _moved(self, pictures: Tensor, chance: torch.Generator) -> Tensor:
        """Shifted by up to an eighth and enlarged by up to a third, each with chance p."""
        n = len(pictures)
        shift = 0.25 * (2 * torch.rand(n, 2, generator=chance) - 1)
        shift = shift * self._hit(n, chance)[:, None]
        zoom = 1 - 0.25 * torch.rand(n, generator=chance) * self._hit(n, chance)
        grid = torch.zeros(n, 2, 3)
        grid[:, 0, 0] = grid[:, 1, 1] = zoom
        grid[:, :, 2] = shift
        where = F.affine_grid(grid.to(pictures), list(pictures.shape), align_corners=False)
        moved = F.grid_sample(
            pictures, where, mode="bilinear", padding_mode="reflection", align_corners=False
        )
        # Rows that stay are not even resampled: interpolation is a sign that a judge could read.
        stays = ((shift == 0).all(1) & (zoom == 1)).view(n, 1, 1, 1).to(pictures.device)
        return torch.where(stays, pictures, moved)
