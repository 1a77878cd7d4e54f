"""Pitch that moves: slides into a tone, and vibrato that grows in."""

from __future__ import annotations

import math
from dataclasses import dataclass

import torch

from studio.render.voices.voice import RATE, seconds


@dataclass(frozen=True, slots=True)
class Glide:
    """A tone starts `from_cents` off its pitch and settles within about `settle_s`; after
    `delay_s` a vibrato of `cents` either way grows in over `growth_s`."""

    from_cents: float = 0.0
    settle_s: float = 0.05
    cents: float = 0.0
    rate_hz: float = 5.0
    delay_s: float = 0.25
    growth_s: float = 0.4

    def warped(self, samples: int, device: torch.device, share: float = 1.0) -> torch.Tensor:
        """The time a steady tone would have reached at each sample, float64 [samples];
        `share` scales the slide."""
        time = seconds(samples, device)
        slide = math.log(2) / 1200 * self.from_cents * share
        warped = time + slide * self.settle_s * (1 - torch.exp(-time / self.settle_s))
        if not self.cents:
            return warped
        grown = ((time - self.delay_s) / self.growth_s).clamp(0.0, 1.0)
        turning = 2 * math.pi * self.rate_hz
        depth = math.log(2) / 1200 * self.cents / turning
        return warped - depth * grown * torch.cos(turning * (time - self.delay_s))

    def bend(self, tones: torch.Tensor, share: float = 1.0) -> torch.Tensor:
        """Steady tones [..., samples] read along the warped time (Catmull-Rom between samples)."""
        if not (self.from_cents or self.cents):
            return tones
        samples = tones.shape[-1]
        place = self.warped(samples, tones.device, share) * RATE
        before = place.floor().clamp(0, samples - 3)
        part = (place - before).clamp(0.0, 1.0).float()[:, None]
        first = before.long()
        columns = tones.flatten(0, -2).T.contiguous()
        columns = torch.cat([columns[:1], columns])
        a, b, c, d = (columns.index_select(0, first + step) for step in range(4))
        bent = b + 0.5 * part * (
            c - a + part * (2 * a - 5 * b + 4 * c - d + part * (3 * (b - c) + d - a))
        )
        return bent.T.reshape(tones.shape)
