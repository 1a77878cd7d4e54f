"""Families on a net: uneven lattices, lit windows, ribbons, patchwork and swelling checkers.

The net leans with movement (level .. diagonal), bends when little angularity is wished, and its
cells get smaller with density.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from studio.families.drawings.family import Family
from studio.families.drawings.paint import Paint, Tones, Wish
from studio.families.drawings.sheet import TOP, Floats, Mask, Point, Rng, Sheet

_TABLE = 64
"""Side of the tables of random numbers that cells look up."""

Box = tuple[float, float, float, float]
Counts = NDArray[np.signedinteger[Any]]


def between(low: float, high: float, share: float) -> float:
    """From `low` (share 0) to `high` (share 1) in even ratios; both positive."""
    return float(low * (high / low) ** share)


def leaning(rng: Rng, wish: Wish) -> float:
    """An angle (radians): about level when still, about 45 degrees when all is moving."""
    tilt = math.pow(wish.movement, 1.3) * float(rng.normal(1, 0.12)) * math.pi / 4
    return float(rng.choice((-1, 1))) * min(math.pi / 4, max(0.0, tilt))


def turned(sheet: Sheet, angle: float, centre: Point) -> tuple[Floats, Floats]:
    """Coordinates [h, w] in units from `centre`, turned by an angle (radians)."""
    cos, sin = np.float32(math.cos(angle)), np.float32(math.sin(angle))
    x, y = sheet.x - np.float32(centre[0]), sheet.y - np.float32(centre[1])
    return x * cos + y * sin, y * cos - x * sin


def streaked(rng: Rng, along: Floats, across: Floats) -> Floats:
    """Noise of about unit spread [h, w] that changes with every whole number of its coordinates."""
    table = rng.standard_normal((_TABLE * 2, _TABLE * 2)).astype(np.float32)
    column, row = np.floor(along), np.floor(across)
    s, t = along - column, across - row
    i, j = row.astype(np.int32) % (2 * _TABLE - 1), column.astype(np.int32) % (2 * _TABLE - 1)
    low = table[i, j] * (1 - s) + table[i, j + 1] * s
    high = table[i + 1, j] * (1 - s) + table[i + 1, j + 1] * s
    return np.asarray((low * (1 - t) + high * t) * 1.4, np.float32)


def brushed(sheet: Sheet, rng: Rng, angle: float, strength: float = 0.3) -> Floats:
    """Relief [h, w] of a broad brush drawn along an angle, with a little canvas."""
    u, v = turned(sheet, angle, (0.0, 0.0))
    bent = v + np.float32(0.02) * sheet.noise(rng, 2)
    return strength * (0.8 * streaked(rng, u * 7, bent * 75) + 0.45 * sheet.noise(rng, 5, 2))


def _net(
    sheet: Sheet, rng: Rng, wish: Wish, sway: float, tilt: float = 1.0
) -> tuple[Floats, Floats, Point]:
    """Leaning, bending coordinates around a focus off the centre, and the focus on the sheet."""
    third = (0.3, 0.7)
    focus = (sheet.wide * float(rng.choice(third)), sheet.high * float(rng.choice(third)))
    focus = (focus[0] + float(rng.normal(0, 0.06)), focus[1] + float(rng.normal(0, 0.06)))
    u, v = turned(sheet, tilt * leaning(rng, wish), focus)
    bend = np.float32(sway * (1 - wish.angularity) ** 2 + 0.001)
    cells = float(rng.uniform(2.0, 3.6))
    return u + bend * sheet.noise(rng, cells), v + bend * sheet.noise(rng, cells), focus


def _far(sheet: Sheet) -> float:
    """A distance from any focus that no corner exceeds."""
    return math.hypot(sheet.wide, sheet.high) * 0.8 + 0.1


def _inside(u: Floats, v: Floats, box: Box) -> Mask:
    left, top, right, bottom = box
    return np.asarray((u >= left) & (u < right) & (v >= top) & (v < bottom))


# neoplastic


def _divided(rng: Rng, reach: float, count: int, bias: float) -> tuple[list[Box], list[Box]]:
    """Fields and the lines between them; fields near the focus (0, 0) are divided oftener."""
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
    left, top, right, bottom = box
    away = math.hypot((left + right) / 2, (top + bottom) / 2)
    return float(((right - left) * (bottom - top)) ** 1.1 * math.exp(-2.2 * away) + 1e-6)


def _neoplastic(sheet: Sheet, rng: Rng, wish: Wish) -> Paint:
    tones = Tones.drawn(rng, 4)
    u, v, _ = _net(sheet, rng, wish, 0.13)
    paint = Paint.ground(sheet, tones.ground)
    bias = (1 + 2.5 * max(0.0, wish.angularity - 0.5)) ** float(rng.choice((-1, 1)))
    fields, lines = _divided(rng, _far(sheet), round(between(5, 75, wish.density)), bias)
    near = min(TOP, max(0.0, tones.ground + (1 if tones.ground < 4 else -1)))
    filled = rng.uniform(0.18, 0.4)
    for box in fields:
        if rng.random() < 0.3:
            paint.lay(_inside(u, v, box), near)
        if rng.random() < filled:
            paint.lay(_inside(u, v, box), tones.ink(rng))
    beaded = rng.random() < 0.25
    for box in lines:
        mask = _inside(u, v, box)
        paint.lay(mask, tones.inks[0])
        if beaded:
            beads = np.sin((u + v) * 40 + 2 * np.sin((u + v) * 17)) > 0.75
            paint.lay(mask & beads, tones.inks[-1] if len(tones.inks) > 1 else near)
    paint.relief += brushed(sheet, rng, float(rng.choice((0.0, math.pi / 2))), 0.28)
    return paint.limited()


# windows


def _tower(
    paint: Paint, u: Floats, v: Floats, rng: Rng, wish: Wish, box: Box, tones: Floats
) -> None:
    """One block with its own window rhythm; `tones`: wall, then lights from common to rare."""
    wall = _inside(u, v, box)
    paint.lay(wall, float(tones[0]), float(rng.uniform(-0.2, 0.2)))
    u, v = u[wall], v[wall]
    cell = between(0.19, 0.05, wish.density) * float(rng.uniform(0.75, 1.3))
    columns = max(1, round((box[2] - box[0] - 0.03) / cell))
    step = (box[2] - box[0] - 0.03) / columns
    tall = cell * float(rng.choice((0.7, 1.0, 1.5))) * (1 + 2.4 * max(0.0, wish.angularity - 0.4))
    s, t = (u - box[0] - 0.015) / step, (v - box[1] - 0.03) / tall
    half, power = float(rng.uniform(0.26, 0.38)), between(2, 14, wish.angularity)
    shape = np.abs((s % 1 - 0.5) / half) ** power + np.abs((t % 1 - 0.5) / 0.34) ** power < 1
    lit = rng.random((_TABLE, _TABLE)) + 0.5 * np.sin(np.arange(_TABLE) * rng.uniform(0.3, 1.2))
    share = between(0.45, 1.1, wish.density) * float(rng.uniform(0.8, 1.1))
    kinds = rng.choice(len(tones) - 1, (_TABLE, _TABLE), p=_shares(len(tones) - 1))
    i, j = s.astype(np.int32) % _TABLE, t.astype(np.int32) % _TABLE
    glass = shape & (s > 0) & (s < columns) & (t > 0) & (lit[i, j] < share)
    paint.tone[wall] = np.where(glass, tones[1:][kinds[i, j]], tones[0])


def _shares(count: int) -> Floats:
    shares = 0.4 ** np.arange(count)
    return np.asarray(shares / shares.sum())


def _skyline(sheet: Sheet, rng: Rng, wish: Wish) -> tuple[Floats, Floats, Point]:
    """Coordinates around a point on the horizon, a little above the middle of the sheet."""
    centre = (
        sheet.wide * float(rng.uniform(0.35, 0.65)),
        sheet.high * float(rng.uniform(0.4, 0.6)),
    )
    u, v = turned(sheet, leaning(rng, wish) * 0.8, centre)
    bend = np.float32(0.12 * (1 - wish.angularity) ** 2)
    return u + bend * sheet.noise(rng, 2.4), v + bend * sheet.noise(rng, 2.4), centre


def _windows(sheet: Sheet, rng: Rng, wish: Wish) -> Paint:
    dark = rng.permutation(4).astype(float)
    lights = rng.permutation([7.0, 6.0, 5.0])
    flip = rng.random() < 0.2
    u, v, _ = _skyline(sheet, rng, wish)
    paint = Paint.ground(sheet, dark[0])
    if rng.random() < 0.6:
        away = sheet.disc(sheet.place(rng, 0.15), float(rng.uniform(0.05, 0.16)))
        paint.lay(away, lights[0])
    reach, horizon = _far(sheet), float(rng.uniform(-0.25, 0.05))
    for depth in range(2):
        at = -reach
        while at < reach:
            width = float(rng.uniform(0.14, 0.42))
            top = horizon + depth * 0.25 + float(rng.choice((-0.3, -0.14, 0.0, 0.12)))
            tones = np.array([dark[1 + (int(rng.integers(2)) + depth) % 3], *lights])
            shear = v * np.float32(wish.movement * rng.normal(0, 0.25))
            _tower(paint, u + shear, v, rng, wish, (at, top, at + width, 9.0), tones)
            at += width * float(rng.uniform(0.9, 1.5))
    paint.tone = TOP - paint.tone if flip else paint.tone
    paint.relief += brushed(sheet, rng, math.pi / 2, 0.3)
    return paint.limited()


# woven


def _sett(
    rng: Rng, reach: float, mean: float, inks: Floats, gaps: float
) -> tuple[Floats, Floats, Floats]:
    """Edges of bands, their tones (-1: an open gap), and tones of a middle stripe (or -1)."""
    count = math.ceil(2.6 * reach / mean) + 4
    widths = mean * rng.choice((0.35, 0.6, 1.0, 1.9), count, p=(0.25, 0.25, 0.3, 0.2))
    tones = rng.choice(inks, count)
    tones[rng.random(count) < gaps] = -1
    stripes = np.where((widths > 0.045) & (rng.random(count) < 0.4), rng.choice(inks, count), -1)
    edges = np.cumsum(np.maximum(widths, 0.014)) - 1.25 * reach
    return edges.astype(np.float32), tones, stripes


def _bands(u: Floats, sett: tuple[Floats, Floats, Floats]) -> tuple[Counts, Floats, Floats]:
    """For every pixel: number of its band, tone (-1: open), and -1..1 across the band."""
    edges, tones, stripes = sett
    number = np.clip(np.searchsorted(edges, u), 1, len(edges) - 1)
    low, high = edges[number - 1], edges[number]
    across = (2 * u - low - high) / np.maximum(high - low, 1e-4)
    tone = tones[number].copy()
    striped = (stripes[number] >= 0) & (tone >= 0) & (np.abs(across) < 0.36)
    tone[striped] = stripes[number][striped]
    return number, tone, across


def _woven(sheet: Sheet, rng: Rng, wish: Wish) -> Paint:
    tones = Tones.drawn(rng, 5)
    inks = np.array([*tones.inks, tones.inks[0]])
    u, v, _ = _net(sheet, rng, wish, 0.2)
    mean, reach = between(0.26, 0.036, wish.density), _far(sheet)
    gaps = 0.34 + 0.8 * max(0.0, wish.angularity - 0.5)
    iu, warp, across_u = _bands(u, _sett(rng, reach, mean, inks, 0.32))
    iv, weft, across_v = _bands(v, _sett(rng, reach, mean * rng.uniform(0.8, 1.4), inks, gaps))
    over = (iu + iv) % 2 == 0 if rng.random() < 0.6 else (iu + iv) % 4 < 2
    shows = (warp >= 0) & (over | (weft < 0))
    tone = np.where(shows, warp, np.where(weft >= 0, weft, tones.ground))
    paint = Paint.ground(sheet, tones.ground)
    paint.tone[:] = tone
    round_ = 0.35 - 0.5 * np.where(shows, across_u, across_v) ** 4
    threads = np.where(shows, streaked(rng, v * 9, u * 80), streaked(rng, u * 9, v * 80))
    paint.relief[:] = np.where(tone == tones.ground, 0, round_) + 0.2 * threads
    return paint.limited()


# quilt


def _merged(rng: Rng, u: Floats, v: Floats, share: float) -> tuple[Floats, ...]:
    """Cells of one, two or four net steps: column, row, and 0..1 within the cell (two maps)."""
    size = np.ones_like(u)
    for step in (2, 4):
        big = rng.random((_TABLE, _TABLE)) < share / step
        i, j = (np.floor(each / step).astype(np.int32) % _TABLE for each in (u, v))
        size = np.where(big[i, j], step, size)
    i, j = np.floor(u / size), np.floor(v / size)
    return i + 17 * size, j + 5 * size, u / size - i, v / size - j


def _patch(kind: Counts, s: Floats, t: Floats) -> Mask:
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


def _patch_kinds(rng: Rng, wish: Wish, moving: float) -> Counts:
    """A table of kinds: level when still, slanted when moving, round when not angular."""
    round_ = (1 - wish.angularity) ** 1.4
    level = (1 - moving) ** 1.5 * (0.3 + wish.angularity) + 0.02
    slanted = moving**1.5 * (0.3 + wish.angularity) + 0.01
    weights = np.repeat((0.25, level * 0.8, slanted, round_ * 0.8), (1, 3, 3, 3))
    weights = weights * rng.uniform(0.1, 1, 10)
    return np.asarray(rng.choice(10, (_TABLE, _TABLE), p=weights / weights.sum()))


def _quilt(sheet: Sheet, rng: Rng, wish: Wish) -> Paint:
    tones = Tones.drawn(rng, 5)
    # Slanted patches on a slanted net would stand level again: one of the two moves.
    turning = rng.random() < 0.5
    u, v, _ = _net(sheet, rng, wish, 0.09, 1.0 if turning else 0.1)
    jitter = np.float32(0.006)
    cell = between(0.24, 0.055, wish.density)
    long = 1 + 2.4 * max(0.0, wish.angularity - 0.5)
    u = u / cell + jitter / cell * sheet.noise(rng, 9)
    v = v / (cell * long) + jitter / cell * sheet.noise(rng, 9)
    i, j, s, t = _merged(rng, u, v, 0.8 - 0.5 * wish.density)
    column, row = i.astype(np.int32) % _TABLE, j.astype(np.int32) % _TABLE
    flips = rng.integers(0, 4, (_TABLE, _TABLE))
    flips[rng.random(flips.shape) < wish.angularity] = 0
    flips = flips[column, row]
    s, t = np.where(flips % 2 == 1, 1 - s, s), np.where(flips > 1, 1 - t, t)
    second = _patch(_patch_kinds(rng, wish, 0.1 if turning else wish.movement)[column, row], s, t)
    calm = rng.random((_TABLE, _TABLE))[column, row]
    calm = calm + 0.9 * np.hypot(u, v) * cell / (1 + wish.density)
    ink = rng.choice(tones.inks, (2, _TABLE, _TABLE))
    back = np.where(calm > 1.0, tones.ground, ink[0][column, row])
    front = np.where(back == ink[1][column, row], tones.ground, ink[1][column, row])
    paint = Paint.ground(sheet, tones.ground)
    paint.tone[:] = np.where(second, front, back)
    seam = np.minimum(np.minimum(s, 1 - s), np.minimum(t, 1 - t)) * cell < 0.006
    paint.relief[:] = brushed(sheet, rng, 0.3, 0.25) + np.where(second, 0.15, -0.1) - 0.3 * seam
    return paint.limited()


# pulse


def _swollen(u: Floats, v: Floats, rng: Rng, wish: Wish) -> tuple[Floats, Floats, Floats]:
    """The net swelling around one or two places and leaning in waves; and how swollen, 0..1."""
    total = np.zeros_like(u)
    for number in range(int(rng.integers(1, 4))):
        at = rng.normal(0, 0.12 if number == 0 else 0.5, 2).astype(np.float32)
        size, depth = rng.uniform(0.16, 0.42), rng.uniform(0.45, 0.75)
        swell = np.exp(-((u - at[0]) ** 2 + (v - at[1]) ** 2) / np.float32(size * size))
        u = u - depth * swell * (u - at[0])
        v = v - depth * swell * (v - at[1])
        total = np.maximum(total, swell)
    wave = 0.05 * wish.movement * np.sin(v * np.float32(rng.uniform(5, 12)))
    return u + wave, v, total


def _pulse(sheet: Sheet, rng: Rng, wish: Wish) -> Paint:
    tones = Tones.drawn(rng, 4)
    u, v, _ = _net(sheet, rng, wish, 0.13)
    u, v, swell = _swollen(u, v, rng, wish)
    cell = between(0.26, 0.05, wish.density)
    long = float(rng.choice((1.0, 1.3, 2.0))) * (1 + 2.5 * max(0.0, wish.angularity - 0.5))
    i, j = np.floor(u / cell), np.floor(v / (cell * long))
    s, t = np.abs(u / cell - i - 0.5), np.abs(v / (cell * long) - j - 0.5)
    odd = (i + j) % 2 == 1
    core = float(tones.inks[-1]) if len(tones.inks) > 1 else tones.inks[0]
    edge = float(rng.uniform(0.25, 0.6))
    light = np.where(swell > edge, core, tones.ground)
    tone = np.where(odd, tones.inks[0], light)
    power = between(2, 12, wish.angularity)
    spot = s**power + t**power < (0.18 + 0.2 * swell) ** power
    spotted = rng.random() < 0.75 - 0.6 * wish.angularity
    tone = np.where(spot & spotted, np.where(odd, light, tones.inks[0]), tone)
    paint = Paint.ground(sheet, tones.ground)
    paint.tone[:] = tone
    paint.relief[:] = 0.4 * swell - 0.15 + brushed(sheet, rng, math.pi / 2, 0.18)
    return paint.limited()


FAMILIES: tuple[Family, ...] = (
    Family(
        "neoplastic",
        "grid",
        (
            "uneven lattice of thick lines with a few filled fields",
            "Mondrian-like grid, bold bars and calm rectangles",
            "a strict composition of lines and colour blocks",
            "counter-composition, a leaning grid of bars",
        ),
        ("粗线与少量色块的不等格子", "蒙德里安式的网格", "严谨的线与色块构成", "倾斜的格子构成"),
        _neoplastic,
    ),
    Family(
        "windows",
        "grid",
        (
            "city at night with lit windows",
            "rows of glowing windows in dark towers",
            "a skyline of blocks, some lights on",
            "urban rhythm of small bright squares",
        ),
        ("夜晚城市亮着的窗", "黑暗高楼里一排排灯光", "错落的楼群与窗格", "城市的节奏,点点灯火"),
        _windows,
    ),
    Family(
        "woven",
        "grid",
        (
            "woven ribbons going over and under",
            "tartan plaid of uneven bands",
            "textile weave with thin and broad stripes",
            "a basket weave of painted strips",
        ),
        ("上下交织的彩带", "宽窄不一的苏格兰格纹", "织物般的经纬条纹", "编织的色条"),
        _woven,
    ),
    Family(
        "quilt",
        "grid",
        (
            "patchwork quilt of triangles and quarter circles",
            "hand-cut tiles in a playful pattern",
            "a geometric patchwork with big and small patches",
            "mosaic of halves, arcs and diamonds",
        ),
        (
            "三角与扇形拼成的百衲被",
            "手工剪裁的拼布图案",
            "大小不一的几何拼块",
            "半圆与菱形的拼贴格",
        ),
        _quilt,
    ),
    Family(
        "pulse",
        "grid",
        (
            "op art checkerboard that swells and leans",
            "a pulsing grid, optical illusion",
            "checks bulging like a sphere",
            "vibrating pattern of squares in a wave",
        ),
        ("鼓起又倾斜的欧普棋盘格", "脉动的网格,视错觉", "像球一样凸起的方格", "起伏震颤的格纹"),
        _pulse,
    ),
)
