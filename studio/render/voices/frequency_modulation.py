"""Frequency modulation: bells and brass.

Chowning, The Synthesis of Complex Audio Spectra by Means of Frequency Modulation, Journal of the
Audio Engineering Society 21(7), 1973: the modulation index is the brightness, so it follows the
loudness for brass and dies with it for bells.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import torch

from studio.render.voices.glide import Glide
from studio.render.voices.voice import hertz, rise, seconds

MIDDLE_C_HZ = 261.63
BESIDE = 0.4
"""Level of the players beside the first."""


@dataclass(frozen=True, slots=True)
class Bell:
    """Pairs of (carrier ratio, modulator ratio, index, level, fall): `fall` is how much faster
    than `ring_s` (60 dB, at middle C) the pair dies; its index dies twice as fast."""

    pairs: tuple[tuple[float, float, float, float, float], ...]
    ring_s: float = 6.0

    def tones(self, pitches: torch.Tensor, touches: torch.Tensor, samples: int) -> torch.Tensor:
        """[n, 1, samples]."""
        time = seconds(samples, pitches.device)
        first = hertz(pitches)[:, None]
        life = 6.91 / (self.ring_s * (MIDDLE_C_HZ / first) ** 0.35)
        sound = torch.zeros(len(pitches), samples, device=pitches.device)
        for carrier, modulator, index, level, fall in self.pairs:
            dying = (-life * fall * time).float()
            bright = index * (0.35 + 0.9 * touches.float()[:, None]) * torch.exp(2 * dying)
            sway = bright * torch.sin(_turns(first * modulator * time))
            sound += level * torch.exp(dying) * torch.sin(_turns(first * carrier * time) + sway)
        return (sound * rise(time, 0.002).float())[:, None]


@dataclass(frozen=True, slots=True)
class Brass:
    """Carrier and modulator in unison; the index rises with the loudness, overshoots and stays."""

    index: float = 4.2
    attack_s: float = 0.055
    overshoot: float = 0.45
    steady: float = 0.72
    glide: Glide = field(default_factory=Glide)
    detune_cents: float = 5.0

    def tones(self, pitches: torch.Tensor, touches: torch.Tensor, samples: int) -> torch.Tensor:
        """[n, 2, samples]: one player in the middle, one on each side a little out of tune."""
        time = seconds(samples, pitches.device)
        warped = self.glide.warped(samples, pitches.device)
        first = hertz(pitches)[:, None]
        loud = rise(time, self.attack_s)
        bloom = loud * (self.steady + self.overshoot * torch.exp(-time / 0.12))
        # High notes are less bright, as on the instrument.
        bright = self.index * (0.25 + 0.85 * touches[:, None]) * (MIDDLE_C_HZ / first) ** 0.25
        index = (bright * bloom).float()
        middle, left, right = (
            self._player(first * 2 ** (cents / 1200) * warped, index, number)
            for number, cents in enumerate((0.0, self.detune_cents, -self.detune_cents))
        )
        sides = torch.stack([middle + BESIDE * left, middle + BESIDE * right], 1)
        return 0.55 * sides * (loud * (0.85 + 0.15 * bloom)).float()

    def _player(self, cycles: torch.Tensor, index: torch.Tensor, number: int) -> torch.Tensor:
        phase = _turns(cycles + 0.37 * number)
        return torch.sin(phase + index * torch.sin(phase))


def _turns(cycles: torch.Tensor) -> torch.Tensor:
    """Cycles (float64) as an angle that single precision holds."""
    return (2 * torch.pi * cycles.frac()).float()
