"""A plain FastGAN of 128 px, to be measured against: no plan, no layout, no frozen features.

Liu et al. 2021, https://arxiv.org/abs/2101.04775: a generator with skip-layer excitation, a
discriminator that must also rebuild the real pictures from what it saw, hinge loss, differentiable
augmentation, an average of the generator. Half the paper's channels, so that it takes as many steps
as ours in the same time; rebuilt pictures are compared by absolute difference (no VGG here).
"""

from __future__ import annotations

import copy
import itertools
from collections.abc import Mapping
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor, nn
from torch.nn.utils.parametrizations import spectral_norm

from studio.training.projected import augmented

_NOISE = 256
_WIDTH = 32
_RATE, _BETAS = 2e-4, (0.5, 0.999)
_LONGEST_MEMORY = 0.998


class FastGan:
    """Trains on pictures [n, 3, 128, 128] in -1..1 and makes such pictures from noise."""

    edge = 128
    batch = 8

    def __init__(self) -> None:
        self.generator = _Generator()
        self.judge = _Judge()
        self._average = copy.deepcopy(self.generator).requires_grad_(False)
        self._makes = torch.optim.Adam(self.generator.parameters(), _RATE, _BETAS)
        self._judges = torch.optim.Adam(self.judge.parameters(), _RATE, _BETAS)
        self._step = 0

    @property
    def parameters(self) -> int:
        """Numbers in the generator."""
        return sum(each.numel() for each in self.generator.parameters())

    def trained(self, pictures: Tensor) -> dict[str, float]:
        """One step of the judge, one of the generator; their losses."""
        chance = torch.Generator().manual_seed(self._step)
        noise = torch.randn(len(pictures), _NOISE)
        with torch.autocast("cpu", torch.bfloat16):
            made = self.generator(noise)
        real = augmented(pictures, chance)
        fake = augmented(made.float(), chance)
        judged = self._judged(real, fake.detach())
        self.judge.requires_grad_(False)
        with torch.autocast("cpu", torch.bfloat16):
            fooled = -self.judge(fake)[0].float().mean()
        self.judge.requires_grad_(True)
        _stepped(self._makes, fooled)
        self._remember()
        return {**judged, "fooled": float(fooled.detach())}

    @torch.no_grad()
    def made(self, count: int, seed: int) -> Tensor:
        """`count` pictures [count, 3, 128, 128] in -1..1, of the averaged generator."""
        self._average.eval()
        with torch.random.fork_rng():
            torch.manual_seed(seed)
            noise = torch.randn(count, _NOISE)
            return torch.cat([self._average(chunk) for chunk in torch.split(noise, 16)])

    def state(self) -> dict[str, Any]:
        """What a checkpoint holds of it."""
        return {name: part.state_dict() for name, part in self._parts().items()} | {
            "step": self._step
        }

    def restore(self, state: Mapping[str, Any]) -> None:
        """Go on from `state()`."""
        for name, part in self._parts().items():
            part.load_state_dict(state[name])
        self._step = int(state["step"])

    def _parts(self) -> dict[str, nn.Module | torch.optim.Adam]:
        return {
            "generator": self.generator,
            "average": self._average,
            "judge": self.judge,
            "makes": self._makes,
            "judges": self._judges,
        }

    def _judged(self, real: Tensor, fake: Tensor) -> dict[str, float]:
        """The judge's step: hinge, and the real pictures rebuilt whole and in one quarter."""
        with torch.autocast("cpu", torch.bfloat16):
            yes, seen, rebuilt = self.judge(real)
            no = self.judge(fake)[0]
        hinge = F.relu(1 - yes.float()).mean() + F.relu(1 + no.float()).mean()
        whole = F.interpolate(real, size=rebuilt.shape[-2:], mode="area")
        row, column = (int(each) for each in torch.randint(0, 2, (2,)))
        with torch.autocast("cpu", torch.bfloat16):
            part = self.judge.rebuilt_part(_quarter(seen, row, column))
        close = F.interpolate(_quarter(real, row, column), size=part.shape[-2:], mode="area")
        lost = (rebuilt.float() - whole).abs().mean() + (part.float() - close).abs().mean()
        _stepped(self._judges, hinge + lost)
        return {"judge": float(hinge.detach()), "rebuilt": float(lost.detach())}

    @torch.no_grad()
    def _remember(self) -> None:
        self._step += 1
        memory = min(_LONGEST_MEMORY, 1 - 1 / (self._step / 8 + 1.5))
        weights = zip(self._average.parameters(), self.generator.parameters(), strict=True)
        for slow, fast in weights:
            slow.lerp_(fast, 1 - memory)
        buffers = zip(self._average.buffers(), self.generator.buffers(), strict=True)
        for kept, new in buffers:
            kept.copy_(new)


def _quarter(pictures: Tensor, row: int, column: int) -> Tensor:
    half = pictures.shape[-1] // 2
    top, left = row * half, column * half
    return pictures[..., top : top + half, left : left + half]


def _stepped(steps: torch.optim.Adam, loss: Tensor) -> None:
    steps.zero_grad()
    loss.backward()  # type: ignore[no-untyped-call]
    steps.step()


def _conv(inner: int, outer: int, kernel: int, stride: int = 1, padding: int = 0) -> nn.Module:
    conv = nn.Conv2d(inner, outer, kernel, stride, padding, bias=False)
    return spectral_norm(conv)


class _Speckle(nn.Module):
    """Noise with a learnt weight, added to a map."""

    def __init__(self) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.zeros(1))

    def forward(self, x: Tensor) -> Tensor:
        return x + self.weight * torch.randn_like(x[:, :1])


def _up(inner: int, outer: int, speckled: bool) -> nn.Sequential:
    """Twice the size; every second one with noise and a second convolution, as in the paper."""
    noise: list[nn.Module] = [_Speckle()] if speckled else []
    layers: list[nn.Module] = [nn.Upsample(scale_factor=2, mode="nearest")]
    layers += [_conv(inner, 2 * outer, 3, 1, 1), *noise, nn.BatchNorm2d(2 * outer), nn.GLU(1)]
    if speckled:
        layers += [_conv(outer, 2 * outer, 3, 1, 1), _Speckle()]
        layers += [nn.BatchNorm2d(2 * outer), nn.GLU(1)]
    return nn.Sequential(*layers)


class _Excitation(nn.Module):
    """Skip-layer excitation: a small map decides which channels of a large one speak."""

    def __init__(self, inner: int, outer: int) -> None:
        super().__init__()
        self.layers = nn.Sequential(
            nn.AdaptiveAvgPool2d(4),
            _conv(inner, outer, 4),
            nn.SiLU(),
            _conv(outer, outer, 1),
            nn.Sigmoid(),
        )

    def forward(self, small: Tensor, large: Tensor) -> Tensor:
        gate: Tensor = self.layers(small)
        return large * gate


class _Generator(nn.Module):
    """Noise [n, 256] -> pictures [n, 3, 128, 128] in -1..1."""

    def __init__(self) -> None:
        super().__init__()
        w = _WIDTH
        first = nn.ConvTranspose2d(_NOISE, 32 * w, 4, bias=False)
        self.at_4 = nn.Sequential(spectral_norm(first), nn.BatchNorm2d(32 * w), nn.GLU(1))
        self.at_8 = _up(16 * w, 8 * w, True)
        self.at_16 = _up(8 * w, 4 * w, False)
        self.at_32 = _up(4 * w, 2 * w, True)
        self.at_64 = _up(2 * w, 2 * w, False)
        self.at_128 = _up(2 * w, w, True)
        self.gate_64, self.gate_128 = _Excitation(16 * w, 2 * w), _Excitation(8 * w, w)
        self.colours = _conv(w, 3, 3, 1, 1)

    def forward(self, noise: Tensor) -> Tensor:
        at_4 = self.at_4(noise[:, :, None, None])
        at_8 = self.at_8(at_4)
        at_64 = self.gate_64(at_4, self.at_64(self.at_32(self.at_16(at_8))))
        return torch.tanh(self.colours(self.gate_128(at_8, self.at_128(at_64))))


class _Down(nn.Module):
    """Half the size: the mean of a convolved and a pooled way."""

    def __init__(self, inner: int, outer: int) -> None:
        super().__init__()
        self.main = nn.Sequential(
            _conv(inner, outer, 4, 2, 1),
            nn.BatchNorm2d(outer),
            nn.LeakyReLU(0.2),
            _conv(outer, outer, 3, 1, 1),
            nn.BatchNorm2d(outer),
            nn.LeakyReLU(0.2),
        )
        self.direct = nn.Sequential(
            nn.AvgPool2d(2), _conv(inner, outer, 1), nn.BatchNorm2d(outer), nn.LeakyReLU(0.2)
        )

    def forward(self, x: Tensor) -> Tensor:
        both: Tensor = (self.main(x) + self.direct(x)) / 2
        return both


def _decoder(inner: int) -> nn.Sequential:
    """From 8 x 8 back to a picture of 64 px."""
    widths = (inner, 2 * _WIDTH, _WIDTH, _WIDTH)
    layers = [_up(a, b, False) for a, b in itertools.pairwise(widths)]
    return nn.Sequential(*layers, _conv(_WIDTH, 3, 3, 1, 1), nn.Tanh())


class _Judge(nn.Module):
    """Pictures [n, 3, 128, 128] -> verdicts [n, 25], maps at 16 px, the picture rebuilt at 64."""

    def __init__(self) -> None:
        super().__init__()
        w = _WIDTH
        self.at_64 = nn.Sequential(_conv(3, w, 4, 2, 1), nn.LeakyReLU(0.2))
        self.at_32 = _Down(w, 2 * w)
        self.at_16 = _Down(2 * w, 4 * w)
        self.at_8 = _Down(4 * w, 8 * w)
        self.gate_16, self.gate_8 = _Excitation(w, 4 * w), _Excitation(2 * w, 8 * w)
        self.verdict = nn.Sequential(
            _conv(8 * w, 8 * w, 1), nn.BatchNorm2d(8 * w), nn.LeakyReLU(0.2), _conv(8 * w, 1, 4)
        )
        self.rebuilt = _decoder(8 * w)
        self.rebuilt_part = _decoder(4 * w)

    def forward(self, pictures: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        at_64 = self.at_64(pictures)
        at_32 = self.at_32(at_64)
        at_16 = self.gate_16(at_64, self.at_16(at_32))
        at_8 = self.gate_8(at_32, self.at_8(at_16))
        return self.verdict(at_8).flatten(1), at_16, self.rebuilt(at_8)
