"""The generator network: a layout and a plan -> a composition, painted with the palette's slots.

The network never invents colours. For every pixel it chooses among the palette's eight slots
(`choices`), and says how much lighter or darker the paint itself lies there (`relief`); the picture
is their mix. Edges can not fringe, flat grounds stay flat, the asked palette is the palette, and
one composition can be coloured again without being painted again. It is fully convolutional:
r x c cells give 8r x 8c pixels, and choices can be enlarged before mixing, so contours stay crisp.
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
TEXT = 384
"""Length of the description's vector (families/text_encoder.py); zeros where there is none."""
PLAN = len(STYLES) + len(NUMBERS) + TEXT
"""Width of a plan row: style one-hot, numbers, text vector."""
RELIEF = 0.10
"""How much lighter or darker the paint can make its colour."""

_BROAD_NOISE, _FINE_NOISE = 8, 4
_TEXT_SCALE = 4.0
"""Sentence vectors lie close together; what tells them apart is small."""


def mixed(painted: Tensor, palette: Tensor, sharpness: float = 1.0) -> Tensor:
    """The picture. [n,9,h,w] choices and relief, [n,8,3] -> [n,3,h,w] in -1..1."""
    shares = torch.softmax(sharpness * painted[:, :SLOTS].float(), 1)
    colours = torch.einsum("nkhw,nkc->nchw", shares, palette)
    relief = RELIEF * torch.tanh(painted[:, SLOTS:].float())
    return ((colours + 1) * (1 + relief) - 1).clamp(-1, 1)


def noise_shapes(height: int, width: int) -> list[tuple[int, int, int]]:
    """(channels, h, w) of the noise planes for a layout of this size, broad to fine."""
    fine = [(_FINE_NOISE, height * 2**k, width * 2**k) for k in (1, 2)]
    return [(_BROAD_NOISE, height, width), *fine]


class _Turn(nn.Module):
    """Convolution, root-mean-square norm over channels at each pixel, the style's say, SiLU.

    Local on purpose: norms over the picture would amplify noise on empty grounds."""

    def __init__(self, inner: int, outer: int, style: int) -> None:
        super().__init__()
        self.mix = nn.Conv2d(inner, outer, 3, padding=1)
        self.affine = nn.Linear(style, 2 * outer)
        nn.init.normal_(self.affine.weight, std=0.02)
        nn.init.zeros_(self.affine.bias)

    def forward(self, x: Tensor, style: Tensor) -> Tensor:
        x = self.mix(x)
        scale, shift = self.affine(style)[:, :, None, None].chunk(2, 1)
        size = torch.rsqrt(x.square().mean(1, keepdim=True) + 1e-6)
        return F.silu(torch.addcmul(shift, x * size, 1 + scale))


class _Up(nn.Module):
    """Twice the size, told the layout and given fresh noise again."""

    def __init__(self, inner: int, outer: int, style: int) -> None:
        super().__init__()
        self.first = _Turn(inner + SLOTS + _FINE_NOISE, outer, style)
        self.second = _Turn(outer, outer, style)

    def forward(self, x: Tensor, layout: Tensor, noise: Tensor, style: Tensor) -> Tensor:
        x = F.interpolate(x, scale_factor=2, mode="nearest")
        told = F.interpolate(layout, size=x.shape[-2:], mode="bilinear")
        x = self.first(torch.cat([x, told.to(x.dtype), noise.to(x.dtype)], 1), style)
        fine: Tensor = x + self.second(x, style)
        return fine


class Composition(nn.Module):
    """Layout [n,8,r,c] (shares), plan [n,PLAN], noise -> [n,9,8r,8c]: eight choices, relief."""

    text_centre: Tensor

    def __init__(self, widths: Sequence[int] = (192, 128, 64), style: int = 96) -> None:
        super().__init__()
        self.widths, self.style = tuple(widths), style
        self.register_buffer("text_centre", torch.zeros(TEXT))
        self.reads = nn.Linear(TEXT, style)
        known = len(STYLES) + len(NUMBERS)
        self.told = nn.Sequential(
            nn.Linear(known + style, style), nn.SiLU(), nn.Linear(style, style)
        )
        self.opening = _Turn(SLOTS + _BROAD_NOISE, widths[0], style)
        self.ground = nn.ModuleList([_Turn(widths[0], widths[0], style) for _ in range(2)])
        pairs = itertools.pairwise(widths)
        self.ups = nn.ModuleList([_Up(inner, outer, style) for inner, outer in pairs])
        # The last doubling is by sub-pixels: half the cost of a third _Up, and as crisp.
        self.choice = nn.Conv2d(widths[-1] + SLOTS, 4 * (SLOTS + 1), 3, padding=1)
        self.hint = nn.Parameter(torch.tensor(4.0))

    def forward(self, layout: Tensor, plan: Tensor, noise: Sequence[Tensor]) -> Tensor:
        """`plan` [n, PLAN]; `noise` as `noise_shapes` says."""
        style = self._style(plan)
        x = self.opening(torch.cat([layout, noise[0]], 1), style)
        for turn in self.ground:
            x = x + turn(x, style)
        for up, plane in zip(self.ups, noise[1:], strict=True):
            x = up(x, layout, plane, style)
        told = F.interpolate(layout, size=x.shape[-2:], mode="bilinear").to(x.dtype)
        painted = F.pixel_shuffle(self.choice(torch.cat([x, told], 1)), 2)
        hint = F.interpolate(layout, size=painted.shape[-2:], mode="bilinear").to(painted.dtype)
        choices = painted[:, :SLOTS] + self.hint * hint
        return torch.cat([choices, painted[:, SLOTS:]], 1)

    def _style(self, plan: Tensor) -> Tensor:
        known, text = plan[:, :-TEXT], plan[:, -TEXT:]
        given = (text.abs().sum(1, keepdim=True) > 0).to(text.dtype)
        read = self.reads(_TEXT_SCALE * (text - self.text_centre.to(text.dtype))) * given
        style: Tensor = self.told(torch.cat([known, read], 1))
        return style

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
