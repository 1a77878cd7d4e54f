"""From orders to pictures: sketches, layouts by the prior, compositions by the generator.

Every random number of a row comes from the row's own generators on the CPU, so a seed makes the
same picture in any batch and on any device.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import torch
import torch.nn.functional as F
from torch import Tensor

from studio.crafts.image_measure import to_lab
from studio.crafts.palette import SLOTS, hex_to_rgb, rgb_to_hex, spread_over
from studio.families.composition import (
    NUMBERS,
    STYLES,
    Composition,
    mixed,
    noise_shapes,
)
from studio.families.layout_choice import shown_palette
from studio.families.layout_prior import (
    PLAN_NUMBERS,
    TRAIN_STEPS,
    LayoutPrior,
    Sketched,
    asked_rows,
    drawn_layouts,
)
from studio.families.layouts import SCALE, cells_of, colour_shares, decoded, encoded
from studio.families.picture_order import PictureOrder
from studio.families.sketching import Sketch, Sketcher
from studio.requests import Picture

_NEUTRAL = 0.5
_PRIOR_STEPS = 16
"""Steps of the whole clock; a sketch begins part of the way and needs only the last few."""
_TAME_BEGIN, _WILD_BEGIN = 10, 180
"""When the prior takes over a sketch (of TRAIN_STEPS): late keeps it, early draws anew."""
_LAYOUT_STREAM, _NOISE_STREAM = 7, 11
_ROWS_A_CACHE = 2
"""Pictures composed at once on a CPU: sixteen at a time are slower than one by one."""
_CRISP = 0.75
"""Sharpness of the mix per doubling: enlarged choices stay contours, not ramps."""

Made = tuple[Picture, dict[str, object]]
"""A picture and its data: `layout` (a code), `slots` (eight hex colours), `palette`, `family`."""


@dataclass(frozen=True, slots=True)
class _Row:
    """One order on its way."""

    order: PictureOrder
    text: Tensor
    layout: Tensor
    """Shares [8, r, c]."""
    colours: Tensor
    """[8, 3] in -1..1."""
    family: str


class PictureMaker:
    """Both networks on one device, the sketcher, and what turns sentences into vectors."""

    def __init__(
        self,
        networks: tuple[Composition, LayoutPrior],
        sketcher: Sketcher,
        heard: Callable[[str], Tensor],
        place: tuple[torch.device, torch.dtype],
    ) -> None:
        """`heard` gives a description's vector [TEXT], zeros where there is no encoder."""
        self._device, self._dtype = place
        generator = networks[0].to(*place)
        self.generator = generator.to(memory_format=torch.channels_last)  # type: ignore[call-overload]
        # Small, and its steps add up: always in full precision.
        self.prior = networks[1].to(self._device)
        self._sketcher = sketcher
        self._heard = heard

    @torch.inference_mode()
    def made(self, orders: Sequence[PictureOrder]) -> list[Made]:
        """A picture and its data for each order; orders of one shape and edge share a batch."""
        rows = self._begun(orders)
        results: dict[int, Made] = {}
        shapes = [(tuple(row.layout.shape), row.order.edge) for row in rows]
        for shape in dict.fromkeys(shapes):
            places = [place for place, each in enumerate(shapes) if each == shape]
            painted = self._painted([rows[place] for place in places])
            for place, picture in zip(places, painted, strict=True):
                results[place] = (picture, _data(rows[place]))
        return [results[place] for place in range(len(rows))]

    def _begun(self, orders: Sequence[PictureOrder]) -> list[_Row]:
        """Every order with its layout and colours."""
        rows = [self._given(order) for order in orders]
        drawn = [place for place, row in enumerate(rows) if _is_drawn(row.order)]
        shapes = [tuple(rows[place].layout.shape) for place in drawn]
        for shape in dict.fromkeys(shapes):
            group = [p for p, each in zip(drawn, shapes, strict=True) if each == shape]
            layouts = self._repainted([rows[place] for place in group])
            for place, layout in zip(group, layouts, strict=True):
                row = rows[place]
                rows[place] = replace(row, layout=layout)
        return [_coloured(_kept(row)) for row in rows]

    def _given(self, order: PictureOrder) -> _Row:
        """The order with the layout it brings, or with a first sketch."""
        text = self._spoken(order)
        colours = _colours(order.slots or spread_over(order.palette))
        family = ""
        if order.passage is not None:
            first, second = order.passage.layouts
            layout = torch.lerp(first, second, order.passage.at)
        elif order.cells is not None:
            layout = colour_shares(_cells(order)[None], colours[None])[0]
        elif order.layout is not None:
            layout = order.layout
        else:
            sketch: Sketch = self._sketcher.sketch(order, text)
            layout, family, colours = sketch.layout, sketch.family, _colours(sketch.slots)
        return _Row(order, text, layout, colours, family)

    def _composed(self, layouts: Tensor, plans: Tensor, noise: Sequence[Tensor]) -> Tensor:
        """Choices and relief [n, 9, h, w]; a few rows at a time where caches are small."""
        step = len(layouts) if self._device.type == "cuda" else _ROWS_A_CACHE
        pieces = []
        for start in range(0, len(layouts), step):
            rows = slice(start, start + step)
            given = [
                each[rows].to(self._device, self._dtype, memory_format=torch.channels_last)
                for each in (layouts, *noise)
            ]
            plan = plans[rows].to(self._device, self._dtype)
            pieces.append(self.generator(given[0], plan, given[1:]))
        return torch.cat(pieces)

    def _spoken(self, order: PictureOrder) -> Tensor:
        """The description's vector; on a passage, between those of the two pictures."""
        if order.passage is None:
            return self._heard(order.text)
        first, second = (self._heard(each or order.text) for each in order.passage.texts)
        return torch.lerp(first, second, order.passage.at)

    def _repainted(self, rows: Sequence[_Row]) -> Tensor:
        """Layouts [n, 8, r, c] by the prior, each begun from the row's sketch or kept layout."""
        shape = rows[0].layout.shape
        first = torch.stack(
            [torch.randn(shape, generator=_stream(row.order.seed, _LAYOUT_STREAM)) for row in rows]
        )
        sketched = Sketched(
            (torch.stack([row.layout for row in rows]) * 2 - 1).to(self._device),
            torch.tensor([_begin(row.order) for row in rows]),
        )
        asked = _asked(rows).to(self._device)
        noise = first.to(self._device)
        drawn = drawn_layouts(self.prior, asked, noise, sketched, _PRIOR_STEPS)
        return drawn.float().cpu()

    def _painted(self, rows: Sequence[_Row]) -> list[Picture]:
        _, height, width = rows[0].layout.shape
        layouts = torch.stack([row.layout for row in rows])
        plans = torch.stack([_plan(row) for row in rows])
        noise = _noise([row.order for row in rows], height, width)
        painted = self._composed(layouts, plans, noise)
        size, ratio = _pixels(rows[0].order, height, width)
        if ratio != 1:
            painted = F.interpolate(painted.float(), size=size, mode="bicubic")
        # Finer sub-pixels decide sooner: an enlarged contour would otherwise be a ramp.
        sharpness = 1 + _CRISP * max(0.0, torch.tensor(ratio).log2().item())
        colours = torch.stack([row.colours for row in rows]).to(self._device)
        pictures = mixed(painted, colours, sharpness)
        pixels = ((pictures + 1) * 127.5).clamp(0, 255).round().byte().permute(0, 2, 3, 1).cpu()
        return [Picture(size[1], size[0], each.contiguous().numpy().tobytes()) for each in pixels]


def _is_drawn(order: PictureOrder) -> bool:
    """Whether the prior has a say: given layouts and passages are kept as they are."""
    kept = order.layout is not None and order.drift == 0
    return order.passage is None and order.cells is None and not kept


def _begin(order: PictureOrder) -> int:
    if order.layout is not None:
        return round(order.drift * TRAIN_STEPS * 0.8)
    return round(_TAME_BEGIN + order.wildness * (_WILD_BEGIN - _TAME_BEGIN))


def _kept(row: _Row) -> _Row:
    """The layout as its code keeps it, so that the code makes this very picture again."""
    return replace(row, layout=decoded(encoded(row.layout)))


def _coloured(row: _Row) -> _Row:
    """The asked colours spread over the slots so that each is seen; a sketch has its own."""
    if row.order.slots or row.order.cells is not None or row.family:
        return row
    shown = shown_palette(row.order.palette, row.layout.mean((1, 2)).tolist())
    return replace(row, colours=_colours(shown))


def _pixels(order: PictureOrder, height: int, width: int) -> tuple[tuple[int, int], float]:
    """(height, width) of the composition, and how much the choices are enlarged for it."""
    long = max(height, width) * SCALE
    ratio = order.edge / long
    return (round(height * SCALE * ratio), round(width * SCALE * ratio)), ratio


def _stream(seed: int, stream: int) -> torch.Generator:
    """One of a seed's own sources of chance."""
    return torch.Generator().manual_seed((seed * 31 + stream) % 2**63)


def _noise(orders: Sequence[PictureOrder], height: int, width: int) -> list[Tensor]:
    """The noise planes of all rows, broad to fine, tamer or wilder."""
    streams = [[_stream(seed, _NOISE_STREAM) for seed in _noise_seeds(order)] for order in orders]
    planes = []
    for shape in noise_shapes(height, width):
        drawn = [[torch.randn(*shape, generator=s) for s in pair] for pair in streams]
        pairs = zip(orders, drawn, strict=True)
        planes.append(torch.stack([_blended(order, noises) for order, noises in pairs]))
    return planes


def _noise_seeds(order: PictureOrder) -> Sequence[int]:
    return order.passage.noises if order.passage is not None else (order.noise,)


def _blended(order: PictureOrder, noises: Sequence[Tensor]) -> Tensor:
    spread = 0.4 + 1.2 * order.wildness
    if order.passage is None:
        return noises[0] * spread
    at = order.passage.at
    # On the sphere, so that the middle is as lively as the ends.
    size = float(((1 - at) ** 2 + at**2) ** 0.5)
    return torch.lerp(noises[0], noises[1], at) * (spread / size)


def _cells(order: PictureOrder) -> Tensor:
    """The drawn layout [3, r, c] in -1..1, brought to the picture's cells."""
    given = torch.tensor([[hex_to_rgb(cell) for cell in line] for line in order.cells or ()])
    colours = given.permute(2, 0, 1)[None] / 127.5 - 1
    rows, columns = cells_of(order.aspect)
    return F.interpolate(colours, size=(rows, columns), mode="nearest")[0]


def _plan(row: _Row) -> Tensor:
    known = _styles(row.order) + [row.order.numbers.get(name, _NEUTRAL) for name in NUMBERS]
    return torch.cat([torch.tensor(known), row.text])


def _styles(order: PictureOrder) -> list[float]:
    """The style's one-hot; on a passage, shared between the two pictures' styles."""
    if order.passage is None or not all(order.passage.styles):
        return [float(order.style == each) for each in STYLES]
    first, second = order.passage.styles
    at = order.passage.at
    return [(1 - at) * (first == each) + at * (second == each) for each in STYLES]


def _asked(rows: Sequence[_Row]) -> Tensor:
    orders = [row.order for row in rows]
    lab = to_lab(((torch.stack([row.colours for row in rows]) + 1) / 2).double().numpy())
    return asked_rows(
        [STYLES.index(order.style) if order.style else -1 for order in orders],
        torch.tensor([[each.numbers.get(n, _NEUTRAL) for n in PLAN_NUMBERS] for each in orders]),
        torch.tensor([[float(n in each.numbers) for n in PLAN_NUMBERS] for each in orders]),
        torch.from_numpy(lab).float(),
        torch.stack([row.text for row in rows]),
    )


def _colours(palette: Sequence[str]) -> Tensor:
    return torch.tensor([hex_to_rgb(each) for each in palette]).div(127.5).sub(1)


def _data(row: _Row) -> dict[str, object]:
    colours = ((row.colours + 1) * 127.5).tolist()
    found: Mapping[str, object] = {"family": row.family} if row.family else {}
    assert len(colours) == SLOTS
    return {
        "layout": encoded(row.layout),
        "slots": [rgb_to_hex(colour) for colour in colours],
        "noise": row.order.noise,
        **found,
    }
