"""Sums of damped sinusoids, by matrix product.

A mode c exp((-d + iw) t) at sample b * BLOCK + k is the product of one number for the block b and
one for the place k, so a tone of many modes is the real part of a matrix product
[blocks, modes] @ [modes, BLOCK], and a batch of tones is a batched one: no sine is taken for a
sample, and no loop runs over time. (A string with losses is such a sum: Fletcher and Rossing, The
Physics of Musical Instruments, 1998, chapter 2.)
"""

from __future__ import annotations

from dataclasses import dataclass

import torch

from studio.render.voices.voice import RATE

BLOCK = 256
HIGHEST_HZ = 0.45 * RATE


@dataclass(frozen=True, slots=True)
class Modes:
    """All [n, modes], float64: frequency in Hz, decay rate in 1/s, level, phase in radians."""

    hertz: torch.Tensor
    decay: torch.Tensor
    level: torch.Tensor
    phase: torch.Tensor

    def ring(self, samples: int) -> torch.Tensor:
        """[n, samples], float32. Modes above the hearable range are left out."""
        blocks = -(-samples // BLOCK)
        power = torch.complex(-self.decay, 2 * torch.pi * self.hertz) / RATE
        level = torch.where(self.hertz < HIGHEST_HZ, self.level, 0.0)
        inner = _powers(torch.exp(power), BLOCK).transpose(0, 1)
        outer = torch.polar(level, self.phase) * _powers(torch.exp(power * BLOCK), blocks)
        outer = outer.transpose(0, 1)
        left = torch.cat([outer.real.float(), -outer.imag.float()], 2)
        right = torch.cat([inner.real.float(), inner.imag.float()], 2)
        return torch.bmm(left, right.mT).flatten(1)[:, :samples]


def _powers(factor: torch.Tensor, count: int) -> torch.Tensor:
    """factor^0 to factor^(count - 1) along a new first dimension, by doubling: products cost less
    than exponentials."""
    found = torch.ones_like(factor)[None]
    while len(found) < count:
        found = torch.cat([found, found * (found[-1] * factor)])
    return found[:count]


def joined(*parts: Modes) -> Modes:
    """All modes of all parts in one tone."""
    return Modes(
        torch.cat([part.hertz for part in parts], 1),
        torch.cat([part.decay for part in parts], 1),
        torch.cat([part.level for part in parts], 1),
        torch.cat([part.phase for part in parts], 1),
    )


def even(levels: torch.Tensor) -> torch.Tensor:
    """Levels scaled so that every tone has the same energy at its start."""
    return levels / levels.square().sum(1, keepdim=True).clamp(min=1e-12).sqrt()
