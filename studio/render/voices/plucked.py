"""Plucked strings after Karplus and Strong, solved instead of run.

The algorithm (Karplus and Strong, Digital Synthesis of Plucked-String and Drum Timbres, Computer
Music Journal 7(2), 1983) sends a burst round a delay line through a two-point average. Every round
multiplies the k-th harmonic by the filter's gain there, so the k-th harmonic is a sinusoid that
falls by f log G(k f) a second: with these rates the string is a sum of modes, and all strings of
all takes ring at once. From Jaffe and Smith (Extensions of the Karplus-Strong Plucked-String
Algorithm, same issue) come the place of the pluck (a comb), the dynamic filter (a soft pluck is
dark), the lengthened and shortened decay, exact tuning, and stiffness.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import torch

from studio.render.voices.glide import Glide
from studio.render.voices.modes import Modes, even, joined
from studio.render.voices.voice import RATE, hertz, rise, scattered, seconds

NAIL_MODES = 10


@dataclass(frozen=True, slots=True)
class PluckedString:
    """`pluck`: place on the string (0 to 0.5); `ring_s`: time in which A3 falls by 60 dB through
    the loop's loss alone; `average`: weight S of the older sample in the loop's filter;
    `body`: (Hz, gain, width) of what the box answers."""

    pluck: float = 0.2
    ring_s: float = 6.0
    average: float = 0.5
    stiffness: float = 0.0
    dark_hz: float = 900.0
    bright_hz: float = 4200.0
    partials: int = 48
    nail: float = 0.03
    body: tuple[tuple[float, float, float], ...] = ()
    glide: Glide = field(default_factory=Glide)
    attack_s: float = 0.0015

    def tones(self, pitches: torch.Tensor, touches: torch.Tensor, samples: int) -> torch.Tensor:
        """[n, 1, samples]."""
        first = hertz(pitches)[:, None]
        order = torch.arange(1, self.partials + 1, device=pitches.device, dtype=torch.float64)
        partial = first * order * (1 + self.stiffness * order.square()).sqrt()
        level = even(self._burst(partial, order, touches[:, None], pitches[:, None]))
        phase = 2 * torch.pi * scattered(order + 5, pitches[:, None])
        string = Modes(partial, self._fall(partial, first), level, phase)
        sound = joined(string, self._nail(pitches, touches)).ring(samples)
        sound = self._bent(sound, touches)
        return (sound * rise(seconds(samples, pitches.device), self.attack_s).float())[:, None]

    def _fall(self, partial: torch.Tensor, first: torch.Tensor) -> torch.Tensor:
        """Decay rate (1/s): the loop's loss, and the log of its filter's gain each round."""
        turn = torch.cos(2 * torch.pi * (partial / RATE).clamp(max=0.45))
        old, new = self.average, 1 - self.average
        gain = (old * old + new * new + 2 * old * new * turn).sqrt()
        loss = 6.91 / (self.ring_s * (220.0 / first) ** 0.6)
        return loss - first * torch.log(gain)

    def _burst(
        self, partial: torch.Tensor, order: torch.Tensor, touch: torch.Tensor, pitch: torch.Tensor
    ) -> torch.Tensor:
        """The noise burst after pluck comb, dynamic filter and body."""
        noise = 0.75 + 0.5 * scattered(order, pitch + 13)
        comb = torch.sin(torch.pi * order * self.pluck).abs().clamp(min=0.03)
        cutoff = self.dark_hz + (self.bright_hz - self.dark_hz) * touch
        soft = 1 / (1 + (partial / cutoff).square())
        return noise * comb / order.sqrt() * soft * self._box(partial)

    def _box(self, partial: torch.Tensor) -> torch.Tensor:
        gain = torch.ones_like(partial)
        for centre, height, width in self.body:
            gain = gain + height / (1 + ((partial - centre) / width).square())
        return gain

    def _nail(self, pitches: torch.Tensor, touches: torch.Tensor) -> Modes:
        """The click of nail or plectrum: short high modes."""
        order = torch.arange(NAIL_MODES, device=pitches.device, dtype=torch.float64)
        tuned = 900 + 4200 * scattered(order, pitches[:, None])
        level = (self.nail * touches[:, None]).expand_as(tuned)
        phase = 2 * torch.pi * scattered(order + 2, pitches[:, None])
        return Modes(tuned, torch.full_like(tuned, 160.0), level, phase)

    def _bent(self, sound: torch.Tensor, touches: torch.Tensor) -> torch.Tensor:
        """Each touch has its own slide: hard plucks slide further."""
        if not (self.glide.from_cents or self.glide.cents):
            return sound
        bent = torch.empty_like(sound)
        for touch in sorted(set(touches.tolist())):
            rows = touches == touch
            bent[rows] = self.glide.bend(sound[rows], touch**2)
        return bent
