"""From orders to pictures: layouts by the prior, compositions by the generator, in batches.

Every random number of a row comes from the row's own generator on the CPU, so a seed makes the same
picture in any batch and on any device.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from studio.crafts.image_measure import to_lab
from studio.crafts.palette import SLOTS, hex_to_rgb, rgb_to_hex, spread_over
from studio.families.composition import (
    NUMBERS,
    SCALE,
    STYLES,
    Composition,
    mixed,
    noise_shapes,
)
from studio.families.layout_choice import fitness, shown_palette
from studio.families.layout_prior import (
    CELLS,
    PLAN_NUMBERS,
    LayoutPrior,
    Sketched,
    asked_rows,
    drawn_layouts,
)
from studio.families.picture_order import PictureOrder
from studio.families.sketched_layouts import sketched_layouts
from studio.requests import Picture

_SKETCHES = 3
"""Layouts that are sketched for each one that is painted."""
_NEUTRAL = 0.5
_MOST_ASKED: Mapping[str, float] = MappingProxyType(
    {"density": 0.4, "movement": 0.4, "angularity": 1.0}
)
"""Above these the generator fills quiet grounds with dots; the layout carries the rest."""
_CRISP = 0.75
"""Sharpness of the mix per doubling: enlarged choices stay contours, not ramps."""


class PictureMaker:
    """Both networks on one device."""

    def __init__(
        self, generator: Composition, prior: LayoutPrior, device: torch.device, dtype: torch.dtype
    ) -> None:
        self.generator = generator.to(device, dtype)
        # Small, and its steps add up: always in full precision.
        self.prior = prior.to(device)
        self._device, self._dtype = device, dtype

    @torch.inference_mode()
    def made(self, orders: Sequence[PictureOrder]) -> list[tuple[Picture, dict[str, object]]]:
        """A picture and its data (layout and the eight colours, as hex) for each order.

        Orders with layouts of one size and one edge share a batch of the generator."""
        streams = [torch.Generator().manual_seed(each.seed % 2**63) for each in orders]
        first = [torch.randn(_SKETCHES, SLOTS, CELLS, CELLS, generator=each) for each in streams]
        layouts, palettes = self._layouts(orders, torch.stack(first))
        results: dict[int, tuple[Picture, dict[str, object]]] = {}
        sizes = [
            (layout.shape[-1], order.edge) for layout, order in zip(layouts, orders, strict=True)
        ]
        for size in dict.fromkeys(sizes):
            rows = [row for row, each in enumerate(sizes) if each == size]
            pictures = self._painted(
                [orders[row] for row in rows],
                torch.stack([layouts[row] for row in rows]),
                torch.stack([palettes[row] for row in rows]),
                [streams[row] for row in rows],
            )
            for row, picture in zip(rows, pictures, strict=True):
                results[row] = (picture, _data(layouts[row], palettes[row]))
        return [results[row] for row in range(len(orders))]

    def _layouts(
        self, orders: Sequence[PictureOrder], first: Tensor
    ) -> tuple[list[Tensor], list[Tensor]]:
        """Layouts [3, n, n] and palettes [8, 3], both in -1..1; drawn ones all in one batch."""
        palettes = [_colours(spread_over(order.palette)) for order in orders]
        layouts = [torch.empty(0) if order.layout is None else _cells(order) for order in orders]
        rows = [row for row, order in enumerate(orders) if order.layout is None]
        if rows:
            shares = self._drawn(
                [orders[row] for row in rows], [palettes[row] for row in rows], first[rows]
            )
            for row, share in zip(rows, shares, strict=True):
                areas = share.mean((1, 2)).tolist()
                palettes[row] = _colours(shown_palette(orders[row].palette, areas))
                layouts[row] = torch.einsum("khw,kc->chw", share, palettes[row])
        return layouts, palettes

    def _drawn(
        self, orders: Sequence[PictureOrder], palettes: Sequence[Tensor], first: Tensor
    ) -> Tensor:
        """Slot shares [n, 8, 16, 16] by the prior: tame ones keep to the plan, wild ones roam.

        Each row sketches a few layouts and keeps the one that fits its plan best."""
        wild = torch.tensor([order.wildness for order in orders])
        noise = (first * (0.85 + 0.3 * wild)[:, None, None, None, None]).flatten(0, 1)
        asked = _asked(orders, palettes).repeat_interleave(_SKETCHES, 0).to(self._device)
        guidance = (2.4 - 1.4 * wild).repeat_interleave(_SKETCHES)
        begun = [sketched_layouts(order, _SKETCHES) for order in orders]
        sketched = Sketched(
            torch.cat([layouts for layouts, _ in begun]).to(self._device),
            torch.tensor([time for _, time in begun]).repeat_interleave(_SKETCHES),
        )
        drawn = drawn_layouts(self.prior, asked, noise.to(self._device), guidance, sketched)
        shares = drawn.float().cpu()
        sketches = shares.reshape(len(orders), _SKETCHES, *shares.shape[1:])
        best = [
            max(range(_SKETCHES), key=[fitness(order, each) for each in row].__getitem__)
            for order, row in zip(orders, sketches, strict=True)
        ]
        return torch.stack([row[place] for row, place in zip(sketches, best, strict=True)])

    def _painted(
        self,
        orders: Sequence[PictureOrder],
        layouts: Tensor,
        palettes: Tensor,
        streams: Sequence[torch.Generator],
    ) -> list[Picture]:
        cells, edge = layouts.shape[-1], orders[0].edge
        wild = torch.tensor([0.4 + order.wildness for order in orders])[:, None, None, None]
        planes = [
            torch.stack([torch.randn(*shape, generator=each) for each in streams]) * wild
            for shape in noise_shapes(cells, cells)
        ]
        plans = torch.tensor([_plan(order) for order in orders])
        inputs = [each.to(self._device, self._dtype) for each in (layouts, palettes, plans)]
        logits = self.generator(*inputs, [each.to(self._device, self._dtype) for each in planes])
        ratio = edge / (cells * SCALE)
        enlarged = F.interpolate(logits.float(), size=(edge, edge), mode="bicubic")
        sharpness = max(1.0, 1 + _CRISP * float(np.log2(max(1.0, ratio))))
        colours = mixed(enlarged, inputs[1].float(), sharpness)
        pixels = ((colours + 1) * 127.5).clamp(0, 255).round().byte().permute(0, 2, 3, 1).cpu()
        return [Picture(edge, edge, each.contiguous().numpy().tobytes()) for each in pixels]


def _cells(order: PictureOrder) -> Tensor:
    """The layout that was given, [3, n, n] in -1..1."""
    cells = torch.tensor([[hex_to_rgb(cell) for cell in line] for line in order.layout or ()])
    return cells.permute(2, 0, 1) / 127.5 - 1


def _plan(order: PictureOrder) -> list[float]:
    hot = [float(order.style == each) for each in STYLES]
    return hot + [min(_MOST_ASKED[n], order.numbers.get(n, _NEUTRAL)) for n in NUMBERS]


def _asked(orders: Sequence[PictureOrder], palettes: Sequence[Tensor]) -> Tensor:
    lab = to_lab(((torch.stack(list(palettes)) + 1) / 2).double().numpy())
    return asked_rows(
        [STYLES.index(order.style) if order.style else -1 for order in orders],
        torch.tensor([[each.numbers.get(n, _NEUTRAL) for n in PLAN_NUMBERS] for each in orders]),
        torch.tensor([[float(n in each.numbers) for n in PLAN_NUMBERS] for each in orders]),
        torch.from_numpy(lab).float(),
    )


def _colours(palette: Sequence[str]) -> Tensor:
    return torch.tensor([hex_to_rgb(each) for each in palette]) / 127.5 - 1


def _data(layout: Tensor, palette: Tensor) -> dict[str, object]:
    cells = ((layout + 1) * 127.5).permute(1, 2, 0).tolist()
    colours = ((palette + 1) * 127.5).tolist()
    return {
        "layout": [[rgb_to_hex(cell) for cell in line] for line in cells],
        "palette": [rgb_to_hex(colour) for colour in colours],
    }
