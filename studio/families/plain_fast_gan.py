"""The FastGAN generator at 256 px as it was published, with random weights: only to be timed.

Liu et al. 2021, https://arxiv.org/abs/2101.04775: seven scales, skip-layer excitation, gated
linear units, noise at every second scale. Spectral norms are left out: once trained they are part
of the weights and cost nothing.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn

NOISE = 256
"""Length of its input."""
EDGE = 256
"""Pixels of its pictures."""


class PlainFastGan(nn.Module):
    """Noise [n, 256] -> pictures [n, 3, 256, 256] in -1..1."""

    def __init__(self, width: int = 64) -> None:
        """`width`: channels at 128 px, 64 in the paper."""
        super().__init__()
        w = width
        first = nn.ConvTranspose2d(NOISE, 32 * w, 4, bias=False)
        self.at_4 = nn.Sequential(first, nn.BatchNorm2d(32 * w), nn.GLU(1))
        self.at_8, self.at_16 = _up(16 * w, 8 * w, True), _up(8 * w, 4 * w, False)
        self.at_32, self.at_64 = _up(4 * w, 2 * w, True), _up(2 * w, 2 * w, False)
        self.at_128, self.at_256 = _up(2 * w, w, True), _up(w, w // 2, False)
        self.gate_64 = _Excitation(16 * w, 2 * w)
        self.gate_128 = _Excitation(8 * w, w)
        self.gate_256 = _Excitation(4 * w, w // 2)
        self.colours = nn.Conv2d(w // 2, 3, 3, padding=1, bias=False)

    def forward(self, noise: Tensor) -> Tensor:
        at_4 = self.at_4(noise[:, :, None, None])
        at_8 = self.at_8(at_4)
        at_16 = self.at_16(at_8)
        at_64 = self.gate_64(at_4, self.at_64(self.at_32(at_16)))
        at_128 = self.gate_128(at_8, self.at_128(at_64))
        return torch.tanh(self.colours(self.gate_256(at_16, self.at_256(at_128))))


class _Speckle(nn.Module):
    """Noise with a learnt weight."""

    def __init__(self) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.zeros(1))

    def forward(self, x: Tensor) -> Tensor:
        return x + self.weight * torch.randn_like(x[:, :1])


class _Excitation(nn.Module):
    """A small map decides which channels of a large one speak."""

    def __init__(self, inner: int, outer: int) -> None:
        super().__init__()
        self.layers = nn.Sequential(
            nn.AdaptiveAvgPool2d(4),
            nn.Conv2d(inner, outer, 4, bias=False),
            nn.SiLU(),
            nn.Conv2d(outer, outer, 1, bias=False),
            nn.Sigmoid(),
        )

    def forward(self, small: Tensor, large: Tensor) -> Tensor:
        gate: Tensor = self.layers(small)
        return large * gate


def _up(inner: int, outer: int, twice: bool) -> nn.Sequential:
    """Twice the size; with noise and a second convolution when `twice`."""
    layers: list[nn.Module] = [nn.Upsample(scale_factor=2, mode="nearest")]
    layers += _gated(inner, outer, twice)
    return nn.Sequential(*layers, *(_gated(outer, outer, True) if twice else ()))


def _gated(inner: int, outer: int, speckled: bool) -> list[nn.Module]:
    noise = [_Speckle()] if speckled else []
    conv = nn.Conv2d(inner, 2 * outer, 3, padding=1, bias=False)
    return [conv, *noise, nn.BatchNorm2d(2 * outer), nn.GLU(1)]
