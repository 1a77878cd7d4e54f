"""Fields divided again and again by bars of many weights, a few of them filled."""

from __future__ import annotations

import math

import numpy as np

from studio.families.drawings.amounts import between
from studio.families.drawings.family import Family
from studio.families.drawings.grain import brushed
from studio.families.drawings.grids.net import Box, far, inside, net
from studio.families.drawings.paint import Paint, Wish
from studio.families.drawings.sheet import Rng, Sheet
from studio.families.drawings.tones import Tones, neighbour


def _draw(sheet: Sheet, rng: Rng, wish: Wish) -> Paint:
    tones = Tones.drawn(rng, 4)
    u, v, _ = net(sheet, rng, wish, 0.13)
    paint = Paint.ground(sheet, tones.ground)
    bias = (1 + 2.5 * max(0.0, wish.angularity - 0.5)) ** float(rng.choice((-1, 1)))
    fields, bars = _divided(rng, far(sheet), round(between(5, 75, wish.density)), bias)
    filled = rng.uniform(0.18, 0.4)
    for box in fields:
        if rng.random() < 0.3:
            paint.lay(inside(u, v, box), neighbour(tones.ground))
        if rng.random() < filled:
            paint.lay(inside(u, v, box), tones.ink(rng))
    beads = np.sin((u + v) * 40 + 2 * np.sin((u + v) * 17)) > 0.75 if rng.random() < 0.25 else None
    for box in bars:
        bar = inside(u, v, box)
        paint.lay(bar, tones.inks[0])
        if beads is not None:
            paint.lay(bar & beads, tones.inks[-1])
    paint.relief += brushed(sheet, rng, float(rng.choice((0.0, math.pi / 2))), 0.28)
    return paint.limited()


def _divided(rng: Rng, reach: float, count: int, bias: float) -> tuple[list[Box], list[Box]]:
    """Fields and the bars between them; fields near the focus (0, 0) are divided oftener."""
    fields, lines = [(-reach, -reach, reach, reach)], []
    for turn in range(count):
        weights = [_hunger(box) for box in fields]
        box = fields.pop(int(rng.choice(len(fields), p=np.divide(weights, sum(weights)))))
        left, top, right, bottom = box
        share = float(rng.choice((0.22, 0.36, 0.5, 0.64, 0.78)) + rng.normal(0, 0.03))
        half = float(rng.choice((0.007, 0.01, 0.016, 0.024))) * (1.5 if turn < 4 else 1)
        if (right - left) * rng.uniform(0.6, 1.6) > (bottom - top) * bias:
            at = left + (right - left) * share
            fields += [(left, top, at, bottom), (at, top, right, bottom)]
            lines.append((at - half, top, at + half, bottom))
        else:
            at = top + (bottom - top) * share
            fields += [(left, top, right, at), (left, at, right, bottom)]
            lines.append((left, at - half, right, at + half))
    return fields, lines


def _hunger(box: Box) -> float:
    """How much a field wants to be divided: the larger and the nearer to the focus."""
    left, top, right, bottom = box
    away = math.hypot((left + right) / 2, (top + bottom) / 2)
    return float(((right - left) * (bottom - top)) ** 1.1 * math.exp(-2.2 * away) + 1e-6)


FAMILY = Family(
    name="neoplastic",
    style="grid",
    english=(
        "uneven lattice of thick lines with a few filled fields",
        "Mondrian-like grid, bold bars and calm rectangles",
        "a strict composition of lines and colour blocks",
        "counter-composition, a leaning grid of bars",
    ),
    chinese=(
        "粗线与少量色块的不等格子",
        "蒙德里安式的网格",
        "严谨的线与色块构成",
        "倾斜的格子构成",
    ),
    draw=_draw,
)
