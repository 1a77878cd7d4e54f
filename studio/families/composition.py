"""The generator network: a colour layout and a palette -> a composition painted with that palette.

The network never invents colours. For every pixel it chooses among the palette's eight slots
(`logits`), and the picture is their mix: edges can not fringe, flat grounds stay flat, and the
asked palette is the palette. It is fully convolutional: an n x n layout gives 8n x 8n choices, and
those can be enlarged before mixing, so contours stay crisp at any size.
No batch statistics anywhere: a row alone equals the same row in a batch.
Trained as a projected GAN (Sauer et al. 2021, https://arxiv.org/abs/2111.01007): training/gan.py.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Sequence
from pathlib import Path

import torch
import torch.nn.functional as F
from safetensors.torch import load_file
from torch import Tensor, nn

from studio.crafts.palette import SLOTS
from studio.errors import NotReady

STYLES = (
    "cells",
    "colorfield",
    "drip",
    "flow",
    "geometric",
    "gestural",
    "grid",
    "lyrical",
    "marble",
    "minimal",
    "rings",
    "waves",
)
"""The styles a network can be told, in the order of its input."""
NUMBERS = ("density", "movement", "angularity")
"""The plan numbers of the generator (0..1); the rest of the plan is in palette and layout."""
SCALE = 8
"""Pixels of choices per layout cell and side."""

_BROAD_NOISE, _FINE_NOISE = 16, 4
_SOFTNESS = 0.03
"""Squared RGB distance (range -1..1) at which a layout cell is shared between two slots."""


def assigned(layout: Tensor, palette: Tensor) -> Tensor:
    """How much each slot explains each cell. [n,3,h,w], [n,8,3] in -1..1 -> [n,8,h,w], sum 1."""
    far = (layout[:, None] - palette[:, :, :, None, None]).square().sum(2)
    return torch.softmax(-far / _SOFTNESS, 1)


def mixed(logits: Tensor, palette: Tensor, sharpness: float = 1.0) -> Tensor:
    """The picture. [n,8,h,w], [n,8,3] -> [n,3,h,w] in the palette's range."""
    shares = torch.softmax(sharpness * logits.float(), 1)
    return torch.einsum("nkhw,nkc->nchw", shares, palette)


def noise_shapes(height: int, width: int) -> list[tuple[int, int, int]]:
    """(channels, h, w) of the noise planes for a layout of this size, broad to fine."""
    fine = [(_FINE_NOISE, height * 2**k, width * 2**k) for k in (1, 2)]
    return [(_BROAD_NOISE, height, width), *fine]


class _StyledNorm(nn.Module):
    """Root-mean-square norm over channels at each pixel, scaled and shifted by the style vector.

    Local on purpose: norms over the picture would amplify noise on empty grounds."""

    def __init__(self, channels: int, style: int) -> None:
        super().__init__()
        self.affine = nn.Linear(style, 2 * channels)
        nn.init.normal_(self.affine.weight, std=0.02)
        nn.init.zeros_(self.affine.bias)

    def forward(self, x: Tensor, style: Tensor) -> Tensor:
        scale, shift = self.affine(style)[:, :, None, None].chunk(2, 1)
        size = torch.rsqrt(x.square().mean(1, keepdim=True) + 1e-6)
        return torch.addcmul(shift, x * size, 1 + scale)


class _Turn(nn.Module):
    """Convolution, styled norm, gate."""

    def __init__(self, inner: int, outer: int, style: int) -> None:
        super().__init__()
        self.mix = nn.Conv2d(inner, 2 * outer, 3, padding=1)
        self.norm = _StyledNorm(2 * outer, style)

    def forward(self, x: Tensor, style: Tensor) -> Tensor:
        return F.glu(self.norm(self.mix(x), style), 1)


class _Up(nn.Module):
    """Twice the size, told the layout and given fresh noise again."""

    def __init__(self, inner: int, outer: int, style: int) -> None:
        super().__init__()
        self.first = _Turn(inner + 3 + SLOTS + _FINE_NOISE, outer, style)
        self.second = _Turn(outer, outer, style)

    def forward(self, x: Tensor, told: Tensor, noise: Tensor, style: Tensor) -> Tensor:
        x = F.interpolate(x, scale_factor=2, mode="nearest")
        told = F.interpolate(told, size=x.shape[-2:], mode="bilinear")
        x = self.first(torch.cat([x, told.to(x.dtype), noise.to(x.dtype)], 1), style)
        fine: Tensor = self.second(x, style)
        return fine


class Composition(nn.Module):
    """Layout [n,3,h,w], palette [n,8,3] (-1..1), plan [n,15] -> logits [n,8,8h,8w]."""

    def __init__(self, widths: Sequence[int] = (256, 160, 80), style: int = 64) -> None:
        super().__init__()
        self.widths, self.style = tuple(widths), style
        self.told = nn.Sequential(
            nn.Linear(len(STYLES) + len(NUMBERS), style), nn.SiLU(), nn.Linear(style, style)
        )
        self.opening = _Turn(3 + SLOTS + _BROAD_NOISE, widths[0], style)
        self.ground = _Turn(widths[0], widths[0], style)
        pairs = itertools.pairwise(widths)
        self.ups = nn.ModuleList([_Up(inner, outer, style) for inner, outer in pairs])
        self.detail = _Turn(widths[-1], widths[-1], style)
        # The last doubling is by sub-pixels: half the cost of a third _Up, and as crisp.
        self.choice = nn.Conv2d(widths[-1], 4 * SLOTS, 3, padding=1)
        self.hint = nn.Parameter(torch.tensor(4.0))

    def forward(
        self, layout: Tensor, palette: Tensor, plan: Tensor, noise: Sequence[Tensor]
    ) -> Tensor:
        """`plan` [n,15] is the style one-hot and NUMBERS; `noise` as `noise_shapes` says."""
        style = self.told(plan)
        told = torch.cat([layout, assigned(layout, palette)], 1)
        x = self.opening(torch.cat([told, noise[0]], 1), style)
        x = self.ground(x, style)
        for up, plane in zip(self.ups, noise[1:], strict=True):
            x = up(x, told, plane, style)
        choices: Tensor = F.pixel_shuffle(self.choice(self.detail(x, style)), 2)
        hint = F.interpolate(told[:, 3:], size=choices.shape[-2:], mode="bilinear")
        return choices + self.hint * hint

    @classmethod
    def load(cls, card: Path) -> Composition:
        """The network of a card folder (config.json, model.safetensors), in fp32, frozen."""
        config = json.loads((card / "config.json").read_text("utf-8"))
        if tuple(config["styles"]) != STYLES or tuple(config["numbers"]) != NUMBERS:
            raise NotReady(card.name, "This generator was trained for other styles.")
        network = cls(config["widths"], config["style"])
        state = load_file(card / "model.safetensors")
        network.load_state_dict({name: tensor.float() for name, tensor in state.items()})
        return network.requires_grad_(False).eval()
