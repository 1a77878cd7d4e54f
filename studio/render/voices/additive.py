"""Winds, bows, pipes and pulses: harmonics that last, several players, breath and vibrato."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import torch

from studio.render.voices.glide import Glide
from studio.render.voices.modes import Modes, joined
from studio.render.voices.voice import RATE, hertz, rise, scattered, seconds

NOISE_S = 12
"""Breath noise repeats after this long."""
SEED = 7
BESIDE = 0.45
"""Level of the players beside the first."""


@dataclass(frozen=True, slots=True)
class Sustained:
    """Harmonics `levels` of the spectrum; `opening` more of the upper ones at the attack
    (positive, dying within `opening_s`) or less (negative: the tone opens slowly)."""

    levels: tuple[float, ...]
    attack_s: float = 0.05
    swell: float = 0.0
    """Share of the level that comes only over `swell_s`."""
    swell_s: float = 0.8
    opening: float = 0.0
    opening_s: float = 0.15
    bright_hz: float = 6000.0
    """Where a hard touch lets the highs through; a soft one's are at half of it."""
    formants: tuple[tuple[float, float, float], ...] = ()
    """(Hz, gain, width) that stay where they are whatever the pitch."""
    players_cents: tuple[float, ...] = ()
    """How far the players beside the first are out of tune, on the left; on the right they are so
    the other way. Without any the tone has one channel."""
    breath: float = 0.0
    breath_taps: int = 6
    """The noise is averaged over so many samples: more is darker."""
    tremolo: float = 0.0
    glide: Glide = field(default_factory=Glide)

    def tones(self, pitches: torch.Tensor, touches: torch.Tensor, samples: int) -> torch.Tensor:
        """[n, 1 or 2, samples]."""
        level = self._spectrum(pitches, touches)
        sides = range(2 if self.players_cents else 1)
        sound = torch.stack([self._side(pitches, level, samples, side) for side in sides], 1)
        sound = self.glide.bend(sound)
        if self.breath:
            blown = 0.5 + touches.float()[:, None, None]
            sound = sound + blown * self._breath(samples, pitches.device)
        return sound * self._envelope(samples, pitches.device)

    def _spectrum(self, pitches: torch.Tensor, touches: torch.Tensor) -> torch.Tensor:
        """[n, harmonics], the loudest tone of all phases aligned not above 1."""
        order = self._orders(pitches.device)
        partial = hertz(pitches)[:, None] * order
        level = torch.tensor(self.levels, device=pitches.device, dtype=torch.float64)
        cutoff = self.bright_hz * (0.5 + 0.5 * touches[:, None])
        level = level / (1 + (partial / cutoff) ** 2)
        for centre, gain, width in self.formants:
            level = level * (1 + gain / (1 + ((partial - centre) / width).square()))
        return 0.7 * level / level.square().sum(1, keepdim=True).sqrt()

    def _orders(self, device: torch.device) -> torch.Tensor:
        return torch.arange(1, len(self.levels) + 1, device=device, dtype=torch.float64)

    def _side(
        self, pitches: torch.Tensor, level: torch.Tensor, samples: int, side: int
    ) -> torch.Tensor:
        """One player in the middle, the others on this side: detuned equals would beat."""
        others = [cents * (-1) ** side for cents in self.players_cents]
        parts = [self._player(pitches, level, 0.0, 0)] + [
            self._player(pitches, BESIDE * level, cents, number + 10 * side + 1)
            for number, cents in enumerate(others)
        ]
        return joined(*parts).ring(samples) / math.sqrt(1 + BESIDE**2 * len(others))

    def _player(
        self, pitches: torch.Tensor, level: torch.Tensor, cents: float, number: int
    ) -> Modes:
        order = self._orders(pitches.device)
        partial = hertz(pitches)[:, None] * order * 2 ** (cents / 1200)
        # Harmonics that begin together would make a spike of every period.
        phase = 2 * torch.pi * scattered(order + 17 * number, pitches[:, None] * (number > 0))
        phase = phase.expand_as(partial)
        steady = Modes(partial, torch.zeros_like(partial), level, phase)
        if not self.opening:
            return steady
        upper = 1 - 1 / order
        fall = torch.full_like(partial, 1 / self.opening_s)
        return joined(steady, Modes(partial, fall, self.opening * upper * level, phase))

    def _envelope(self, samples: int, device: torch.device) -> torch.Tensor:
        time = seconds(samples, device)
        shape = rise(time, self.attack_s)
        if self.swell:
            shape = shape * (1 - self.swell + self.swell * rise(time, self.swell_s))
        if self.tremolo:
            grown = ((time - self.glide.delay_s) / self.glide.growth_s).clamp(0.0, 1.0)
            turn = torch.sin(2 * torch.pi * self.glide.rate_hz * (time - self.glide.delay_s))
            shape = shape * (1 + self.tremolo * grown * turn)
        return shape.float()

    def _breath(self, samples: int, device: torch.device) -> torch.Tensor:
        """Noise with its hiss averaged off, strongest at the attack."""
        count = NOISE_S * RATE
        noise = torch.randn(count + self.breath_taps, generator=torch.Generator().manual_seed(SEED))
        soft = torch.nn.functional.avg_pool1d(noise[None, None], self.breath_taps, 1)[0, 0, :count]
        soft = soft * math.sqrt(self.breath_taps)
        time = seconds(samples, device)
        shape = self.breath * (1 + 1.5 * torch.exp(-time / 0.06))
        return soft.to(device).repeat(-(-samples // count))[:samples] * shape.float()
