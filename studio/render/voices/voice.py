"""What every family of tones can do."""

from __future__ import annotations

from typing import Protocol

import torch

RATE = 44_100
"""Samples a second of everything that is made here."""


class Voice(Protocol):
    """A way to make tones. Settings are fields of frozen dataclasses; a tone depends on nothing
    but them, its pitch and its touch, so it is the same in any batch."""

    def tones(self, pitches: torch.Tensor, touches: torch.Tensor, samples: int) -> torch.Tensor:
        """[n, channels, samples] from `pitches` (MIDI) and `touches` (0 soft to 1 hard), both
        float64 [n], on their device. From the attack on, held for ever: the release is the
        player's. About 0.1 to 1 in level."""
        ...


def hertz(pitches: torch.Tensor) -> torch.Tensor:
    """Equal temperament, A4 = 440 Hz."""
    return 440.0 * 2.0 ** ((pitches - 69) / 12)


def seconds(samples: int, device: torch.device) -> torch.Tensor:
    """The time of each sample, float64 [samples]."""
    return torch.arange(samples, device=device, dtype=torch.float64) / RATE


def scattered(first: torch.Tensor, second: torch.Tensor) -> torch.Tensor:
    """Even-looking numbers in 0 to 1, always the same for the same pair; shapes broadcast."""
    return (torch.sin(first * 12.9898 + second * 78.233) * 43758.5453).frac().abs()


def rise(time: torch.Tensor, attack_s: float) -> torch.Tensor:
    """0 to 1 over the attack, without a corner at either end."""
    reached = (time / attack_s).clamp(max=1.0)
    return torch.sin(reached * torch.pi / 2).square()
