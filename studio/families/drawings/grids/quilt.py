"""Patches of one, two or four steps: halves, arcs, frames and diamonds, calmer far off."""

from __future__ import annotations

import numpy as np

from studio.families.drawings.amounts import between
from studio.families.drawings.family import Family
from studio.families.drawings.grain import brushed
from studio.families.drawings.grids.net import TABLE, net
from studio.families.drawings.paint import Paint, Wish
from studio.families.drawings.sheet import Floats, Mask, Rng, Sheet, Whole
from studio.families.drawings.tones import Tones


def _draw(sheet: Sheet, rng: Rng, wish: Wish) -> Paint:
    tones = Tones.drawn(rng, 5)
    # Slanted patches on a slanted net would stand level again: one of the two moves.
    turning = rng.random() < 0.5
    cell = between(0.24, 0.055, wish.density)
    u, v = _jittered(sheet, rng, wish, cell, 1.0 if turning else 0.1)
    i, j, s, t = _merged(rng, u, v, 0.8 - 0.5 * wish.density)
    column, row = i.astype(np.int32) % TABLE, j.astype(np.int32) % TABLE
    s, t = _flipped(rng, wish, column, row, s, t)
    kinds = _patch_kinds(rng, wish, 0.1 if turning else wish.movement)
    second = _patch(kinds[column, row], s, t)
    far_off = 0.9 * np.hypot(u, v) * cell / (1 + wish.density)
    back, front = _patch_tones(rng, tones, column, row, far_off)
    paint = Paint.ground(sheet, tones.ground)
    paint.tone[:] = np.where(second, front, back)
    seam = np.minimum(np.minimum(s, 1 - s), np.minimum(t, 1 - t)) * cell < 0.006
    paint.relief[:] = brushed(sheet, rng, 0.3, 0.25) + np.where(second, 0.15, -0.1) - 0.3 * seam
    return paint.limited()


def _jittered(
    sheet: Sheet, rng: Rng, wish: Wish, cell: float, tilt: float
) -> tuple[Floats, Floats]:
    """Net coordinates in cells, long ones when angular, with the unevenness of scissors."""
    u, v, _ = net(sheet, rng, wish, 0.09, tilt)
    shake = np.float32(0.006) / cell
    long = 1 + 2.4 * max(0.0, wish.angularity - 0.5)
    return u / cell + shake * sheet.noise(rng, 9), v / (cell * long) + shake * sheet.noise(rng, 9)


def _flipped(
    rng: Rng, wish: Wish, column: Whole, row: Whole, s: Floats, t: Floats
) -> tuple[Floats, Floats]:
    """Places within a cell, mirrored left to right or top to bottom by chance, not when angular."""
    flips = rng.integers(0, 4, (TABLE, TABLE))
    flips[rng.random(flips.shape) < wish.angularity] = 0
    flips = flips[column, row]
    return np.where(flips % 2 == 1, 1 - s, s), np.where(flips > 1, 1 - t, t)


def _patch_tones(
    rng: Rng, tones: Tones, column: Whole, row: Whole, far_off: Floats
) -> tuple[Floats, Floats]:
    """Two unlike tones for every patch; more of the plain ground far off."""
    calm = rng.random((TABLE, TABLE))[column, row] + far_off
    first, second = rng.choice(tones.inks, (2, TABLE, TABLE))
    back = np.where(calm > 1.0, tones.ground, first[column, row])
    return back, np.where(back == second[column, row], tones.ground, second[column, row])


def _merged(rng: Rng, u: Floats, v: Floats, share: float) -> tuple[Floats, ...]:
    """Cells of one, two or four net steps: column, row, and 0..1 within the cell (two maps)."""
    size = np.ones_like(u)
    for step in (2, 4):
        big = rng.random((TABLE, TABLE)) < share / step
        i, j = (np.floor(each / step).astype(np.int32) % TABLE for each in (u, v))
        size = np.where(big[i, j], step, size)
    i, j = np.floor(u / size), np.floor(v / size)
    return i + 17 * size, j + 5 * size, u / size - i, v / size - j


def _patch(kind: Whole, s: Floats, t: Floats) -> Mask:
    """Where a patch shows its second tone, by kind: plain, stripes, frame, halves, arcs, ..."""
    shapes = [
        np.zeros(s.shape, bool),
        (s * 2) % 1 < 0.5,
        np.maximum(np.abs(s - 0.5), np.abs(t - 0.5)) < 0.27,
        s > 0.5,
        s + t < 1,
        (s < t) == (s + t < 1),
        np.abs(s - 0.5) + np.abs(t - 0.5) < 0.5,
        s * s + t * t < 0.85,
        (s - 0.5) ** 2 + t * t < 0.25,
        (s - 0.5) ** 2 + (t - 0.5) ** 2 < 0.17,
    ]
    return np.asarray(np.choose(kind, shapes))


def _patch_kinds(rng: Rng, wish: Wish, moving: float) -> Whole:
    """A table of kinds: level when still, slanted when moving, round when not angular."""
    round_ = (1 - wish.angularity) ** 1.4
    level = (1 - moving) ** 1.5 * (0.3 + wish.angularity) + 0.02
    slanted = moving**1.5 * (0.3 + wish.angularity) + 0.01
    weights = np.repeat((0.25, level * 0.8, slanted, round_ * 0.8), (1, 3, 3, 3))
    weights = weights * rng.uniform(0.1, 1, 10)
    return np.asarray(rng.choice(10, (TABLE, TABLE), p=weights / weights.sum()))


FAMILY = Family(
    name="quilt",
    style="grid",
    english=(
        "patchwork quilt of triangles and quarter circles",
        "hand-cut tiles in a playful pattern",
        "a geometric patchwork with big and small patches",
        "mosaic of halves, arcs and diamonds",
    ),
    chinese=(
        "三角与扇形拼成的百衲被",
        "手工剪裁的拼布图案",
        "大小不一的几何拼块",
        "半圆与菱形的拼贴格",
    ),
    draw=_draw,
)
