"""Drawings made of cells: painted cells, corals, cracked glaze and chips, bent honeycombs."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from studio.families.drawings.family import Family
from studio.families.drawings.paint import Paint, Tones, Wish
from studio.families.drawings.sheet import TOP, Floats, Rng, Sheet
from studio.families.drawings.stirring import stirred

Whole = NDArray[np.int32]

_CORAL_GRID = 84
"""Grid points a unit on which coral grows; the finest coral is seven points wide."""


def _turned(sheet: Sheet, rng: Rng, wish: Wish, stretch: float) -> tuple[Floats, Floats]:
    """Coordinates along and across a leaning axis, the second one `stretch` times longer."""
    side = float(rng.choice([-1, 1]))
    angle = float(rng.integers(2) * np.pi / 2 + side * wish.movement * np.pi / 4)
    cos, sin = float(np.cos(angle)), float(np.sin(angle))
    u = sheet.x * cos + sheet.y * sin
    v = (sheet.y * cos - sheet.x * sin) * stretch
    return u, v


def _wobbled(
    sheet: Sheet, rng: Rng, u: Floats, v: Floats, amount: float, cells: float
) -> tuple[Floats, Floats]:
    """The coordinates shaken by smooth noise of `amount` units."""
    return u + amount * sheet.noise(rng, cells), v + amount * sheet.noise(rng, cells)


def _nearest(u: Floats, v: Floats, sites: Floats, weights: Floats) -> tuple[Whole, Floats, Floats]:
    """Which site is nearest, how far the border is (about units), and how far the site."""
    best = np.full(u.shape, 9.0, np.float32)
    second, label = best.copy(), np.zeros(u.shape, np.int32)
    for number, (site, weight) in enumerate(zip(sites, weights, strict=True)):
        away = np.sqrt(np.square(u - float(site[0])) + np.square(v - float(site[1])))
        away -= float(weight)
        np.minimum(second, np.maximum(best, away), out=second)
        label[away < best] = number
        np.minimum(best, away, out=best)
    return label, (second - best) / 2, best


def _sites(sheet: Sheet, rng: Rng, count: int, crowd: float) -> Floats:
    """Points [count, 2] kept apart, a share `crowd` of them crowding round one or two foci."""
    spare = rng.uniform(-0.1, 1.1, (6 * count, 2)) * [sheet.wide, sheet.high]
    foci = [sheet.place(rng, 0.2) for _ in range(int(rng.integers(1, 3)))]
    chosen = [spare[0]]
    for each in spare[1 : count - int(crowd * count) + 4]:
        gaps = np.hypot(*(np.array(chosen) - each).T)
        chosen.append(each if gaps.min() > 0.5 / np.sqrt(count) else spare[-len(chosen)])
    near = [
        np.array(foci[k % len(foci)]) + rng.normal(0, 0.13, 2) for k in range(int(crowd * count))
    ]
    return np.array(chosen + near)


def _projected(sites: Floats, sheet: Sheet, u: Floats, v: Floats) -> Floats:
    """Sites given on the paper, in the coordinates u, v (read where each site lies)."""
    columns = np.clip((sites[:, 0] * sheet.unit).astype(int), 0, sheet.width - 1)
    rows = np.clip((sites[:, 1] * sheet.unit).astype(int), 0, sheet.height - 1)
    return np.stack([u[rows, columns], v[rows, columns]], -1)


def voronoi(sheet: Sheet, rng: Rng, wish: Wish) -> Paint:
    """Painted cells with uneven borders: a crowd of small ones beside large quiet ones."""
    wish = stirred(wish)
    tones = Tones.drawn(rng)
    u, v = _turned(sheet, rng, wish, 1.35 + 2.0 * wish.angularity)
    count = int(8 + 72 * wish.density**1.3)
    sites = _projected(_sites(sheet, rng, count, float(rng.uniform(0.3, 0.6))), sheet, u, v)
    soft = 1 - wish.angularity
    u, v = _wobbled(sheet, rng, u, v, 0.008 + 0.04 * soft, 4.5)
    label, gap, _ = _nearest(u, v, sites, rng.uniform(0, 0.05 * soft, len(sites)))
    fill = _cell_tones(rng, tones, len(sites))
    paint = Paint.ground(sheet, tones.ground)
    border = (0.012 + 0.012 * (1 - wish.density)) * (1 + 0.45 * sheet.noise(rng, 5))
    inside = gap > np.maximum(border, 0.006)
    brush = 0.35 * sheet.noise(rng, 9, 3) + 0.5 * np.exp(-gap / 0.02) - 0.2
    paint.lay(inside, fill[label], np.asarray(brush, np.float32))
    core = rng.uniform(0, 1, len(sites)) < 0.3
    paint.lay(inside & core[label] & (gap > 0.045), _cell_tones(rng, tones, len(sites))[label])
    paint.tone += 0.2 * sheet.noise(rng, 3) * inside
    return paint.limited()


def _cell_tones(rng: Rng, tones: Tones, count: int) -> Floats:
    """A tone for each cell: mostly the first inks, some a step off, a few left as ground."""
    shares = np.array([1 / (2 + k) for k in range(len(tones.inks) + 1)])
    names = np.array([*tones.inks, tones.ground])
    drawn = rng.choice(names, count, p=shares / shares.sum())
    shifted = drawn + rng.choice([-0.6, 0, 0, 0.6], count)
    return np.asarray(np.clip(shifted, 0, TOP), np.float32)


def corals(sheet: Sheet, rng: Rng, wish: Wish) -> Paint:
    """Branching growth: a band of wavelengths sharpened again and again until it settles."""
    tones = Tones.drawn(rng)
    height = _grown(sheet, rng, wish)
    zone = sheet.noise(rng, 0.8)
    gate = zone > np.quantile(zone, float(rng.uniform(0.05, 0.4)))
    ring = sheet.noise(rng, 1.1)
    first, second = tones.inks[0], tones.inks[1]
    paint = Paint.ground(sheet, tones.ground)
    paint.lay(~gate, float(np.clip(tones.ground + (1 if tones.ground < 4 else -1), 0, TOP)))
    ink = np.where(ring > rng.uniform(-0.3, 0.7), first, second).astype(np.float32)
    relief = np.clip(0.6 * height - 0.3, -0.5, 0.6) + 0.15 * sheet.noise(rng, 20)
    paint.lay(gate & (height > 0), ink, relief)
    crest = tones.inks[-1] if len(tones.inks) > 2 else second
    paint.lay(gate & (height > 0.62) & (ring < 0.9), crest, relief)
    paint.lay(gate & (height < -0.75) & (ring > -0.2), second, -0.2)
    paint.relief += 0.1 * sheet.noise(rng, 45)
    return paint.limited()


def _grown(sheet: Sheet, rng: Rng, wish: Wish) -> Floats:
    """The settled pattern [h, w], about -1..1, on a coarse grid and then smooth between."""
    rows = int(np.ceil(_CORAL_GRID * sheet.high)) + 4
    columns = int(np.ceil(_CORAL_GRID * sheet.wide)) + 4
    kernel = _wavelengths(rows, columns, rng, wish)
    bias = float(rng.choice([-0.5, -0.2, 0, 0.2, 0.5]))
    state = rng.standard_normal((rows, columns))
    for _ in range(9):
        state = np.fft.irfft2(np.fft.rfft2(state) * kernel, s=(rows, columns))
        state = np.tanh(1.6 * state / state.std() + bias)
    box = (2, 2, 2 + sheet.wide * _CORAL_GRID, 2 + sheet.high * _CORAL_GRID)
    image = Image.fromarray(state.astype(np.float32))
    size = (sheet.width, sheet.height)
    return np.asarray(image.resize(size, Image.Resampling.BICUBIC, box=box), np.float32)


def _wavelengths(rows: int, columns: int, rng: Rng, wish: Wish) -> Floats:
    """Which waves may grow: one length (the wish's density), more along one direction."""
    down = np.fft.fftfreq(rows)[:, None] * _CORAL_GRID
    across = np.fft.rfftfreq(columns)[None] * _CORAL_GRID
    length = 3.0 * 4.0**wish.density
    band = np.exp(-np.square((np.hypot(down, across) - length) / (0.3 * length)))
    side = float(rng.choice([-1, 1]))
    axis = float(rng.integers(2) * np.pi / 2 + side * wish.movement * np.pi / 4)
    turn = np.cos(2 * (np.arctan2(down, across) - axis))
    return np.asarray(band * np.exp((0.05 + 0.85 * wish.angularity**1.5) * turn))


def craquelure(sheet: Sheet, rng: Rng, wish: Wish) -> Paint:
    """Cracked glaze over broad zones of colour, or chips of stone in a smooth floor."""
    wish = stirred(wish)
    tones = Tones.drawn(rng)
    u, v = _turned(sheet, rng, wish, 1.3 + 2.2 * wish.angularity)
    soft = 1 - wish.angularity
    count = int(7 + 60 * wish.density**1.3)
    sites = _projected(_sites(sheet, rng, count, 0.25), sheet, u, v)
    u, v = _wobbled(sheet, rng, u, v, 0.006 + 0.05 * soft, 3.5)
    label, gap, _ = _nearest(u, v, sites, rng.uniform(0, 0.04, len(sites)))
    if rng.uniform() < 0.5:
        return _terrazzo(sheet, rng, tones, label, gap)
    return _glaze(sheet, rng, tones, label, gap)


def _terrazzo(sheet: Sheet, rng: Rng, tones: Tones, label: Whole, gap: Floats) -> Paint:
    """Chips set apart in a smooth ground."""
    count = int(label.max()) + 1
    margin = rng.uniform(0.03, 0.16, count).astype(np.float32) / np.float32(np.sqrt(count))
    margin[rng.uniform(0, 1, count) < 0.12] = 1.0
    fill = _cell_tones(rng, tones, count)
    paint = Paint.ground(sheet, tones.ground)
    paint.lay(sheet.noise(rng, 0.8) > 0.4, tones.ground + (0.8 if tones.ground < 4 else -0.8))
    paint.relief += 0.25 * sheet.noise(rng, 30, 2)
    chip = gap > margin[label]
    paint.lay(chip, fill[label], 0.3 * sheet.noise(rng, 14, 3))
    vein = np.abs(sheet.noise(rng, 6, 2)) < 0.1
    odd = rng.uniform(0, 1, count) < 0.4
    paint.lay(chip & vein & odd[label], _cell_tones(rng, tones, count)[label])
    return paint.limited()


def _glaze(sheet: Sheet, rng: Rng, tones: Tones, label: Whole, gap: Floats) -> Paint:
    """Zones of glaze, a net of cracks, and flakes that came off."""
    count = int(label.max()) + 1
    zone = sheet.noise(rng, 0.7, 2, 0.35)
    scale = np.array([tones.ground, tones.inks[1], tones.ground, tones.inks[0]], np.float32)
    cuts = np.sort(rng.uniform(-0.9, 1.1, 3))
    tone = scale[np.searchsorted(cuts, zone)]
    off = rng.uniform(0, 1, count) < 0.16
    tone = np.where(off[label], np.float32(tones.inks[-1]), tone).astype(np.float32)
    pooled = 0.5 * np.clip(gap / 0.08, 0, 1) - 0.25 + 0.2 * sheet.noise(rng, 4, 2)
    paint = Paint(tone + 0.3 * sheet.noise(rng, 2), pooled.astype(np.float32))
    width = 0.007 + 0.009 * np.clip(0.7 + sheet.noise(rng, 2.5), 0, 2)
    far = np.where(tone < 3.5, np.float32(TOP - 0.4), np.float32(0.3))
    flake = off[label]
    paint.lay((gap > 0.03) & (gap < 0.045) & flake, far, 0.0)
    paint.lay(gap < width, np.where(flake, np.float32(tones.inks[0]), far), -0.2)
    return paint.limited()


def honey(sheet: Sheet, rng: Rng, wish: Wish) -> Paint:
    """A bent net of hexagons or scales whose tone drifts across the paper."""
    wish = stirred(wish, 0.45)
    tones = Tones.drawn(rng)
    stretch = 1.1 + 1.5 * wish.angularity**2
    size = 0.36 * 0.25**wish.density * float(np.sqrt(stretch))
    u, v = _turned(sheet, rng, wish, stretch)
    u, v = _bulged(sheet, rng, u, v, 0.2 + 0.45 * (1 - wish.angularity))
    u, v = _wobbled(sheet, rng, u, v, 0.07 * (1 - wish.angularity) ** 1.5, 1.5)
    hexagons = rng.uniform() < 0.3 + 0.6 * wish.angularity
    name, rim = _hexagons(u / size, v / size) if hexagons else _scales(u / size, v / size)
    return _drifted(sheet, rng, tones, name, rim, size, 0.15 + 0.45 * wish.density)


def _bulged(sheet: Sheet, rng: Rng, u: Floats, v: Floats, strength: float) -> tuple[Floats, Floats]:
    """Coordinates drawn together round a focus, so that cells grow large there."""
    row, column = rng.uniform(0.2, 0.8, 2)
    p = float(u[int(row * sheet.height), int(column * sheet.width)])
    q = float(v[int(row * sheet.height), int(column * sheet.width)])
    away = np.square(u - p) + np.square(v - q)
    pull = 1 - strength * np.exp(-away / float(rng.uniform(0.05, 0.25)))
    return p + (u - p) * pull, q + (v - q) * pull


def _hexagons(u: Floats, v: Floats) -> tuple[Whole, Floats]:
    """Which hexagon (a whole number), and how far from its middle: 0 .. 1 at the rim."""
    root = float(np.sqrt(3))
    best, name = np.full(u.shape, 9.0, np.float32), np.zeros(u.shape, np.int32)
    for half in (0.0, 0.5):
        i, j = np.round(u - half), np.round(v / root - half)
        du, dv = np.abs(u - half - i), np.abs(v - (j + half) * root)
        far = np.maximum(du, 0.5 * du + 0.5 * root * dv) * 2
        closer = far < best
        best = np.where(closer, far, best)
        name = np.where(closer, (i * 37 + j * 101 + half * 38).astype(np.int32), name)
    return name, best


def _scales(u: Floats, v: Floats) -> tuple[Whole, Floats]:
    """Which overlapping scale is on top, and how far from its middle: 0 .. 1 at the rim."""
    name, rim = np.zeros(u.shape, np.int32), np.full(u.shape, 9.0, np.float32)
    top = np.floor(2 * v) - 1
    for step in range(3, -1, -1):
        row = top + step
        half = 0.5 * np.mod(row, 2)
        column = np.round(u - half)
        far = np.hypot(u - half - column, v - row / 2) / 0.62
        here = (far < 1) & (rim > 1)
        rim = np.where(here, far, rim)
        name = np.where(here, (column * 37 + row * 101).astype(np.int32), name)
    return name, rim


def _drifted(
    sheet: Sheet, rng: Rng, tones: Tones, name: Whole, rim: Floats, size: float, yolks: float
) -> Paint:
    """Cells coloured by where they lie, with a few of their own mind, rims and yolks."""
    lots = rng.uniform(0, 1, 997).astype(np.float32)[np.mod(name, 997)]
    scale = np.array([*tones.inks, tones.ground], np.float32)
    drift = 0.5 + 0.36 * sheet.noise(rng, 0.7) + 0.3 * (lots - 0.5)
    place = np.clip(drift * len(scale), 0, len(scale) - 0.01).astype(int)
    paint = Paint.ground(sheet, tones.ground)
    line = max(0.012 / size, 0.1)
    body = rim < 1 - line * (1 + 0.3 * sheet.noise(rng, 4))
    relief = 0.5 * (0.5 - rim) + 0.25 * sheet.noise(rng, 12, 2)
    paint.lay(body, scale[place], relief.astype(np.float32))
    yolk = body & (rim < 0.5) & (lots < yolks)
    paint.lay(yolk, scale[(place + 1) % len(scale)], relief.astype(np.float32))
    paint.tone += 0.2 * sheet.noise(rng, 2)
    return paint.limited()


FAMILIES = (
    Family(
        "voronoi",
        "cells",
        (
            "painted cells with uneven borders",
            "a crowd of small cells beside large quiet ones",
            "stained glass without figures",
            "pebbles of colour pressed together",
        ),
        ("边缘不齐的彩绘细胞", "拥挤的小格与安静的大格", "没有人物的彩窗", "挤在一起的彩色卵石"),
        voronoi,
    ),
    Family(
        "corals",
        "cells",
        (
            "branching coral growth",
            "a maze of soft winding walls",
            "spots and stripes like an animal's coat",
            "living patterns from the sea",
        ),
        ("分枝的珊瑚", "柔软弯绕的迷宫", "如兽皮的斑点与条纹", "来自海底的生长纹样"),
        corals,
    ),
    Family(
        "craquelure",
        "cells",
        (
            "cracked glaze on broad zones of colour",
            "terrazzo chips in a smooth floor",
            "broken shards set in plaster",
            "an old glaze with a net of cracks",
        ),
        ("开片的釉面", "水磨石的碎片", "嵌在灰泥里的碎瓷", "布满裂纹的旧釉"),
        craquelure,
    ),
    Family(
        "honey",
        "cells",
        (
            "bent honeycomb with drifting colour",
            "overlapping scales like a fish",
            "hexagons swelling round a centre",
            "a net of scales and yolks",
        ),
        ("弯曲的蜂巢，色彩渐移", "如鱼鳞般层叠", "围绕中心膨胀的六边形", "鳞片与蛋黄般的圆心"),
        honey,
    ),
)
