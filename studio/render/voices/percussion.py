"""A small drum kit: skins that fall in pitch, wires and metal as shaped noise, blocks of wood."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import torch

from studio.render.voices.voice import RATE, rise, seconds

SEED = 11
NOISE_S = 1


@dataclass(frozen=True, slots=True)
class Stroke:
    """A skin or block (`hertz`, falling from `from_hertz`, dead after about `life_s`) and noise
    between two edges in Hz."""

    hertz: float = 0.0
    from_hertz: float = 0.0
    life_s: float = 0.1
    body: float = 1.0
    noise: float = 0.0
    noise_life_s: float = 0.05
    edges_hz: tuple[float, float] = (200.0, 8000.0)
    overtone: float = 0.0
    """Ratio of a second tone of the body; 0 for none."""


STROKES: Mapping[int, Stroke] = MappingProxyType(
    {
        36: Stroke(52.0, 170.0, 0.11, 1.0, 0.06, 0.006, (800.0, 5000.0)),
        37: Stroke(1700.0, 1700.0, 0.012, 0.5, 0.35, 0.018, (900.0, 7000.0), 1.51),
        38: Stroke(185.0, 260.0, 0.07, 0.55, 0.55, 0.075, (700.0, 9000.0), 1.78),
        42: Stroke(noise=0.55, noise_life_s=0.022, edges_hz=(6500.0, 15000.0)),
        45: Stroke(110.0, 160.0, 0.16, 0.9, 0.04, 0.01, (300.0, 3000.0)),
        46: Stroke(noise=0.5, noise_life_s=0.12, edges_hz=(6000.0, 15000.0)),
        54: Stroke(noise=0.5, noise_life_s=0.05, edges_hz=(4500.0, 13000.0)),
        76: Stroke(980.0, 1000.0, 0.022, 0.8, 0.1, 0.004, (900.0, 6000.0), 2.4),
        77: Stroke(690.0, 700.0, 0.028, 0.8, 0.1, 0.004, (700.0, 5000.0), 2.4),
    }
)
"""General MIDI percussion pitch -> stroke: kick, side stick, snare, closed hat, low tom, open hat,
tambourine, high and low wood block."""


@dataclass(frozen=True, slots=True)
class DrumKit:
    """Strokes for pitches of the percussion map; unknown ones sound as a side stick."""

    def tones(self, pitches: torch.Tensor, touches: torch.Tensor, samples: int) -> torch.Tensor:
        """[n, 1, samples]. A soft stroke is darker."""
        time = seconds(samples, pitches.device)
        rows = [
            _stroke(STROKES.get(int(pitch), STROKES[37]), touch, time)
            for pitch, touch in zip(pitches.tolist(), touches.tolist(), strict=True)
        ]
        return torch.stack(rows)[:, None]


def _stroke(stroke: Stroke, touch: float, time: torch.Tensor) -> torch.Tensor:
    sound = torch.zeros_like(time)
    if stroke.hertz:
        falling = stroke.from_hertz - stroke.hertz
        cycles = stroke.hertz * time + falling * 0.025 * (1 - torch.exp(-time / 0.025))
        sound = stroke.body * torch.sin(2 * torch.pi * cycles) * torch.exp(-time / stroke.life_s)
        if stroke.overtone:
            higher = torch.sin(2 * torch.pi * stroke.overtone * cycles)
            sound = sound + 0.5 * stroke.body * higher * torch.exp(-time / (0.6 * stroke.life_s))
    if stroke.noise:
        level = stroke.noise * (0.6 + 0.6 * touch)
        sound = sound + level * _noise(stroke.edges_hz, time) * torch.exp(
            -time / stroke.noise_life_s
        )
    return (sound * rise(time, 0.0008)).float()


def _noise(edges_hz: tuple[float, float], time: torch.Tensor) -> torch.Tensor:
    """White noise between two edges, unit level, the same every time."""
    count = NOISE_S * RATE
    white = torch.randn(count, generator=torch.Generator().manual_seed(SEED))
    hertz = torch.fft.rfftfreq(count, 1 / RATE)
    low, high = edges_hz
    shape = 1 / (1 + (low / hertz.clamp(min=1.0)) ** 4) / (1 + (hertz / high) ** 4)
    band: torch.Tensor = torch.fft.irfft(torch.fft.rfft(white) * shape, count)
    band = (band / band.std()).to(time.device)
    return band.repeat(-(-len(time) // count))[: len(time)].double()
