"""Struck strings and bars: piano and music box."""

from __future__ import annotations

from dataclasses import dataclass

import torch

from studio.render.voices.modes import Modes, even, joined
from studio.render.voices.voice import hertz, rise, scattered, seconds

MIDDLE_C_HZ = 261.63
BODY_HZ = (72.0, 108.0, 163.0, 241.0, 352.0, 519.0, 760.0)
"""What the soundboard answers to the blow of a hammer."""


@dataclass(frozen=True, slots=True)
class StruckString:
    """Stiff strings, two to a note: partials n f sqrt(1 + B n^2) (Fletcher, Blackham and
    Stratton 1962); the pair is a little out of tune, so the tone falls fast at first and then
    rings on (Weinreich 1977)."""

    partials: int = 36
    stiffness: float = 3.2e-4
    """B at middle C."""
    strike: float = 0.12
    """Where the hammer meets the string, as a share of its length."""
    ring_s: float = 9.0
    """Time in which the fundamental of middle C falls by 60 dB."""
    damping: float = 0.22
    dark_hz: float = 620.0
    bright_hz: float = 2600.0
    """Where the hammer's felt takes the highs off, struck softly and hard."""
    knock: float = 0.05

    def tones(self, pitches: torch.Tensor, touches: torch.Tensor, samples: int) -> torch.Tensor:
        """[n, 2, samples]: the pair of strings stands a little apart."""
        first = hertz(pitches)[:, None]
        order = torch.arange(1, self.partials + 1, device=pitches.device, dtype=torch.float64)
        stiffness = self.stiffness * (first / MIDDLE_C_HZ) ** 1.3
        partial = first * order * (1 + stiffness * order.square()).sqrt()
        level = even(self._level(partial, order, touches[:, None], first))
        fall = 6.91 / (self.ring_s * (MIDDLE_C_HZ / first) ** 0.65)
        fall = fall * (1 + self.damping * (order - 1)) + 0.4e-6 * partial.square()
        sides = [
            joined(self._pair(partial, fall, level, pitches, side), self._body(pitches, touches))
            for side in (0, 1)
        ]
        sound = torch.stack([side.ring(samples) for side in sides], 1)
        return sound * rise(seconds(samples, pitches.device), 0.0025).float()

    def _level(
        self, partial: torch.Tensor, order: torch.Tensor, touch: torch.Tensor, first: torch.Tensor
    ) -> torch.Tensor:
        cutoff = self.dark_hz + (self.bright_hz - self.dark_hz) * touch.square()
        cutoff = cutoff * (first / MIDDLE_C_HZ) ** 0.45
        place = torch.sin(torch.pi * order * self.strike).abs().clamp(min=0.06)
        return place / order.sqrt() * torch.exp(-partial / cutoff)

    def _pair(
        self,
        partial: torch.Tensor,
        fall: torch.Tensor,
        level: torch.Tensor,
        pitches: torch.Tensor,
        side: int,
    ) -> Modes:
        number = torch.arange(partial.shape[1], device=partial.device, dtype=torch.float64)
        phase = 2 * torch.pi * scattered(number + 1, pitches[:, None] + 7 * side)
        drift = (scattered(number + 3, pitches[:, None] + 31) - 0.5) * 0.5
        quick = Modes(partial, 2.1 * fall, 0.72 * level, phase)
        slow = Modes(partial + drift, 0.55 * fall, 0.34 * level, phase + 1.2)
        return joined(quick, slow)

    def _body(self, pitches: torch.Tensor, touches: torch.Tensor) -> Modes:
        tuned = torch.tensor(BODY_HZ, device=pitches.device, dtype=torch.float64)
        like = tuned.expand(len(pitches), -1)
        level = self.knock * (0.3 + 0.7 * touches[:, None]) * (BODY_HZ[0] / like) ** 0.3
        phase = 2 * torch.pi * scattered(like, pitches[:, None] * 0)
        return Modes(like, 18 + like / 9, level, phase)


@dataclass(frozen=True, slots=True)
class StruckBar:
    """Steel tongues of a comb: few partials, the high ones gone at once, a pin's tick."""

    ratios: tuple[float, ...] = (1.0, 2.0, 3.01, 6.27, 9.1)
    levels: tuple[float, ...] = (1.0, 0.16, 0.12, 0.2, 0.05)
    falls: tuple[float, ...] = (1.0, 1.5, 2.2, 6.0, 14.0)
    ring_s: float = 4.2
    """Time in which the fundamental of middle C falls by 60 dB."""

    def tones(self, pitches: torch.Tensor, touches: torch.Tensor, samples: int) -> torch.Tensor:
        """[n, 1, samples]."""
        first = hertz(pitches)[:, None]
        ratios, levels, falls = (
            torch.tensor(each, device=pitches.device, dtype=torch.float64)
            for each in (self.ratios, self.levels, self.falls)
        )
        # The harder the pluck, the more of the upper partials.
        upper = torch.where(ratios > 1, 0.4 + 0.9 * touches[:, None], 1.0)
        fall = 6.91 / (self.ring_s * (MIDDLE_C_HZ / first) ** 0.4) * falls
        phase = 2 * torch.pi * scattered(ratios, pitches[:, None])
        sound = Modes(first * ratios, fall, even(levels * upper), phase).ring(samples)
        return (sound * rise(seconds(samples, pitches.device), 0.0018).float())[:, None]
