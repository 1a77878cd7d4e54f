"""The layout prior: plan, palette and description -> a layout, by a small diffusion network.

What diffuses is not colour but how much of each palette slot a cell holds (layouts.py, scaled to
-1..1), so one prior serves every palette. Cells are folded two by two into channels: 32 x 32 cells
cost what 16 x 16 would. The network predicts the clean layout; DDIM without added noise (Song et
al. 2020, https://arxiv.org/abs/2010.02502; diffusers' scheduler) makes the result a function of the
first noise alone. Groups are normalised per row: rows never meet.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
import torch.nn.functional as F
from diffusers import DDIMScheduler
from safetensors.torch import load_file
from torch import Tensor, nn

from studio.crafts.palette import SLOTS
from studio.errors import NotReady
from studio.families.composition import STYLES, TEXT
from studio.families.layouts import CELLS

PLAN_NUMBERS = (
    "density",
    "movement",
    "angularity",
    "warmth",
    "saturation",
    "brightness",
    "contrast",
)
"""The plan numbers of the prior (0..1), in the order of its input."""
ASKED = len(STYLES) + 2 * len(PLAN_NUMBERS) + 3 * SLOTS + TEXT
"""Inputs: style one-hot, numbers with a mark "was asked" each, palette in Lab, text vector."""
TRAIN_STEPS = 1000
_FOLD = 2
_FOLDED = SLOTS * _FOLD**2
_TEXT_SCALE = 4.0
_MEAN, _SPREAD = -0.75, 0.6
"""Of a layout's numbers in -1..1: seven slots of eight are empty."""
_CLEARING = 2.0
"""A young prior leaves a little of everything in a cell; the generator would paint it as dots."""


def scheduler() -> Any:
    """The noise schedule that training and drawing share."""
    return DDIMScheduler(  # type: ignore[no-untyped-call]
        num_train_timesteps=TRAIN_STEPS,
        beta_schedule="squaredcos_cap_v2",
        prediction_type="sample",
        clip_sample=True,
        clip_sample_range=1.0,
    )


class _Block(nn.Module):
    """Residual block of two convolutions, told the time and the plan."""

    def __init__(self, inner: int, outer: int, told: int) -> None:
        super().__init__()
        self.first_norm = nn.GroupNorm(8, inner)
        self.first = nn.Conv2d(inner, outer, 3, padding=1)
        self.told = nn.Linear(told, 2 * outer)
        self.second_norm = nn.GroupNorm(8, outer)
        self.second = nn.Conv2d(outer, outer, 3, padding=1)
        self.skip = nn.Conv2d(inner, outer, 1) if inner != outer else nn.Identity()
        nn.init.zeros_(self.second.weight)

    def forward(self, x: Tensor, told: Tensor) -> Tensor:
        scale, shift = self.told(told)[:, :, None, None].chunk(2, 1)
        y = self.first(F.silu(self.first_norm(x)))
        y = F.silu(self.second_norm(y) * (1 + scale) + shift)
        made: Tensor = self.skip(x) + self.second(y)
        return made


class _Attention(nn.Module):
    """Every cell sees every other: balance is a matter of the whole picture."""

    def __init__(self, channels: int, heads: int = 4) -> None:
        super().__init__()
        self.norm = nn.GroupNorm(8, channels)
        self.inward = nn.Conv2d(channels, 3 * channels, 1)
        self.outward = nn.Conv2d(channels, channels, 1)
        self.heads = heads
        nn.init.zeros_(self.outward.weight)

    def forward(self, x: Tensor) -> Tensor:
        n, channels, height, width = x.shape
        split = self.inward(self.norm(x)).reshape(n, 3, self.heads, -1, height * width)
        query, key, value = split.transpose(-1, -2).unbind(1)
        seen = F.scaled_dot_product_attention(query, key, value)
        made: Tensor = self.outward(seen.transpose(-1, -2).reshape(n, channels, height, width))
        return x + made


class LayoutPrior(nn.Module):
    """Noisy layout [n,8,r,c] (even sides), time [n], asked [n, ASKED] -> clean [n,8,r,c]."""

    text_centre: Tensor

    def __init__(self, width: int = 64, told: int = 160) -> None:
        super().__init__()
        self.width, self.told_width = width, told
        self.register_buffer("text_centre", torch.zeros(TEXT))
        self.reads = nn.Linear(TEXT, told)
        heard = ASKED - TEXT + told + 64
        self.told = nn.Sequential(nn.Linear(heard, told), nn.SiLU(), nn.Linear(told, told))
        side = CELLS // _FOLD
        self.place = nn.Parameter(0.02 * torch.randn(1, width, side, side))
        self.opening = nn.Conv2d(_FOLDED, width, 3, padding=1)
        self.fine = _Block(width, width, told)
        self.down = nn.Conv2d(width, 2 * width, 3, 2, 1)
        self.broad = nn.ModuleList([_Block(2 * width, 2 * width, told) for _ in range(2)])
        self.whole = nn.ModuleList([_Attention(2 * width) for _ in range(2)])
        self.up = nn.Conv2d(2 * width, width, 3, padding=1)
        self.last = nn.ModuleList([_Block(2 * width, width, told), _Block(width, width, told)])
        self.closing = nn.Conv2d(width, _FOLDED, 3, padding=1)

    def forward(self, noisy: Tensor, time: Tensor, asked: Tensor) -> Tensor:
        told = self._told(time, asked)
        kept, made = balance(time)
        centred = noisy - _MEAN * clear_part(time)
        x = self.opening(F.pixel_unshuffle(centred, _FOLD))
        fine = self.fine(x + self._places(x), told)
        x = self.down(fine)
        for block, attention in zip(self.broad, self.whole, strict=True):
            x = attention(block(x, told))
        x = self.up(F.interpolate(x, size=fine.shape[-2:], mode="nearest"))
        x = torch.cat([x, fine], 1)
        for block in self.last:
            x = block(x, told)
        found = F.pixel_shuffle(self.closing(F.silu(x)), _FOLD)
        return _MEAN + kept * centred + made * found

    def _told(self, time: Tensor, asked: Tensor) -> Tensor:
        known, text = asked[:, :-TEXT], asked[:, -TEXT:]
        given = (text.abs().sum(1, keepdim=True) > 0).to(text.dtype)
        read = self.reads(_TEXT_SCALE * (text - self.text_centre)) * given
        return F.silu(self.told(torch.cat([known, read, _clock(time)], 1)))

    def _places(self, x: Tensor) -> Tensor:
        """Where in the picture a cell lies, for any shape of picture."""
        if x.shape[-2:] == self.place.shape[-2:]:
            return self.place
        return F.interpolate(self.place, size=x.shape[-2:], mode="bilinear")

    @classmethod
    def load(cls, card: Path) -> LayoutPrior:
        """The network of a card folder (config.json, model.safetensors), in fp32, frozen."""
        config = json.loads((card / "config.json").read_text("utf-8"))
        if tuple(config["styles"]) != STYLES or tuple(config["numbers"]) != PLAN_NUMBERS:
            raise NotReady(card.name, "This layout prior was trained for other plans.")
        network = cls(config["width"], config["told"])
        state = load_file(card / "model.safetensors")
        network.load_state_dict({name: tensor.float() for name, tensor in state.items()})
        return network.requires_grad_(False).eval()


def clear_part(time: Tensor) -> Tensor:
    """How much of the clean layout is left at a time, [n, 1, 1, 1] (Nichol & Dhariwal 2021)."""
    angle = (time.float() / TRAIN_STEPS + 0.008) / 1.008 * math.pi / 2
    return angle.cos()[:, None, None, None]


def balance(time: Tensor) -> tuple[Tensor, Tensor]:
    """How much of the noisy layout is kept, and how much the network adds, [n, 1, 1, 1] each.

    After Karras et al. 2022 (https://arxiv.org/abs/2206.00364): where there is little noise the
    layout passes through, so lines and edges are never repainted from memory."""
    clear = clear_part(time)
    noise = 1 - clear.square()
    total = (clear * _SPREAD).square() + noise
    return clear * _SPREAD**2 / total, _SPREAD * (noise / total).sqrt()


def _clock(time: Tensor, width: int = 64) -> Tensor:
    rates = torch.exp(-math.log(1e4) * torch.arange(width // 2, device=time.device) / (width // 2))
    angle = time.float()[:, None] * rates
    return torch.cat([angle.sin(), angle.cos()], 1)


def asked_rows(
    styles: Sequence[int], numbers: Tensor, given: Tensor, palettes_lab: Tensor, texts: Tensor
) -> Tensor:
    """The prior's input [n, ASKED]. `styles` -1: any. `numbers`, `given` [n,7]; Lab [n,8,3];
    `texts` [n, TEXT], zeros: none."""
    hot = torch.zeros(len(styles), len(STYLES))
    for row, style in enumerate(styles):
        if style >= 0:
            hot[row, style] = 1
    centred = (2 * numbers - 1) * given
    return torch.cat([hot, centred, given, (palettes_lab / 60).flatten(1), texts], 1)


@dataclass(frozen=True, slots=True)
class Sketched:
    """Rough layouts to begin from instead of pure noise (SDEdit, Meng et al. 2022)."""

    layouts: Tensor
    """[n, 8, r, c] in -1..1."""
    begin: Tensor
    """[n] the time to begin at: 0 keeps the sketch, TRAIN_STEPS forgets it."""


def drawn_layouts(
    network: LayoutPrior,
    asked: Tensor,
    first: Tensor,
    sketched: Sketched | None = None,
    steps: int = 12,
) -> Tensor:
    """Slot shares [n, 8, r, c], sum 1, from first noise [n, 8, r, c] in `steps` of the clock."""
    clock = scheduler()
    clock.set_timesteps(steps)
    x = first
    begin = torch.full((len(first),), TRAIN_STEPS)
    if sketched is not None:
        begin = sketched.begin
        noisy = clock.add_noise(sketched.layouts, first, begin.clamp(max=TRAIN_STEPS - 1))
        x = torch.where((begin < TRAIN_STEPS)[:, None, None, None].to(first.device), noisy, first)
    for time in clock.timesteps:
        if not bool((begin >= time).any()):
            continue
        begun = (begin >= time)[:, None, None, None].to(first.device)
        clean = network(x, time.expand(len(first)).to(first.device), asked)
        x = torch.where(begun, clock.step(clean, time, x).prev_sample, x)
    return shares(x)


def shares(layout: Tensor) -> Tensor:
    """From the network's scale (-1..1) to shares that sum to 1 in each cell, haze cleared."""
    positive = ((layout + 1) / 2).clamp(min=1e-3) ** _CLEARING
    return positive / positive.sum(1, keepdim=True)
