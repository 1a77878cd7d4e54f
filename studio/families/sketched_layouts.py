"""Rough first layouts for one order: drawings of its style, as the prior's layouts."""

from __future__ import annotations

import numpy as np
import torch
from torch import Tensor

from studio.crafts.image_measure import shrunk, structure
from studio.crafts.palette import SLOTS, hex_to_lab, spread_over
from studio.families.layout_prior import CELLS, TRAIN_STEPS
from studio.families.picture_order import PictureOrder
from studio.families.sketches import Slots, drawn

_TRIES = 2
"""Drawings for each one that is kept."""
_FREE_STYLES = frozenset({"", "lyrical"})
"""Styles that the prior draws better from nothing."""
_CROWDED_STYLES = frozenset({"geometric", "gestural", "drip", "rings", "flow"})
"""Styles of things on a ground: more of them can be laid over each other."""
_NEARLY = 0.1
_TAME_BEGIN, _WILD_BEGIN = 100, 400


def sketched_layouts(order: PictureOrder, count: int) -> tuple[Tensor, int]:
    """`count` layouts [count, 8, 16, 16] in -1..1 and the time the prior takes over at
    (TRAIN_STEPS: the layouts are empty and not used)."""
    if order.style in _FREE_STYLES:
        return torch.zeros(count, SLOTS, CELLS, CELLS), TRAIN_STEPS
    first = order.seed % 2**40 * 64
    drawings = [drawn(order.style, first + turn).slots for turn in range(_TRIES * count)]
    toned = [_toned(each, order) for each in drawings]
    if order.style in _CROWDED_STYLES:
        toned = [_crowded(toned[turn:] + toned[:turn], order) for turn in range(len(toned))]
    kept = sorted(toned, key=lambda each: _distance(each, order))[:count]
    begin = _TAME_BEGIN + order.wildness * (_WILD_BEGIN - _TAME_BEGIN)
    return torch.stack([_pooled(each) for each in kept]), round(begin)


def _toned(drawing: Slots, order: PictureOrder) -> Slots:
    """The drawing or its negative, whichever is nearer to the asked brightness."""
    if "brightness" not in order.numbers:
        return drawing
    lights = np.array([hex_to_lab(each)[0] / 100 for each in spread_over(order.palette)])
    negative = (SLOTS - 1 - drawing).astype(np.uint8)
    far = [abs(lights[each].mean() - order.numbers["brightness"]) for each in (drawing, negative)]
    return drawing if far[0] <= far[1] else negative


def _crowded(drawings: list[Slots], order: PictureOrder) -> Slots:
    """The first drawing, and the things of the next ones over it until it is as dense as asked."""
    crowded, *more = drawings
    for each in more:
        if _structure(crowded)["density"] > order.numbers.get("density", 0.0) - _NEARLY:
            break
        ground = int(np.bincount(each.ravel()).argmax())
        crowded = np.where(each != ground, each, crowded)
    return crowded


def _distance(drawing: Slots, order: PictureOrder) -> float:
    found = _structure(drawing)
    return sum(abs(found[name] - order.numbers[name]) for name in found if name in order.numbers)


def _structure(drawing: Slots) -> dict[str, float]:
    return structure(shrunk((drawing * 36)[..., None], 64)[..., 0])


def _pooled(drawing: Slots) -> Tensor:
    """[256, 256] slots -> shares of each slot in 16 x 16 cells, in -1..1."""
    hot = drawing[None] == np.arange(SLOTS)[:, None, None]
    step = drawing.shape[0] // CELLS
    shares = hot.reshape(SLOTS, CELLS, step, CELLS, step).mean((2, 4))
    return torch.from_numpy(shares.astype(np.float32)) * 2 - 1
