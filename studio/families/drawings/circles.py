"""Families of rings around a focus: ripples, orbits, sectored discs, tree rings and halos.

Rings are wide ovals when still and lean along a diagonal when moving; they square off when
angularity is wished. More density: more and thinner rings.
"""

from __future__ import annotations

import math

import numpy as np

from studio.families.drawings.family import Family
from studio.families.drawings.grids import Counts, between, streaked, turned
from studio.families.drawings.paint import Paint, Tones, Wish
from studio.families.drawings.sheet import TOP, Floats, Point, Rng, Sheet


class Rings:
    """How far and in which direction every pixel lies from a centre, in the shape of the rings."""

    def __init__(
        self, sheet: Sheet, centre: Point, wish: Wish, side: float, give: float = 1.0
    ) -> None:
        """`side` -1 or 1 chooses the diagonal; `give` 0 keeps to circles."""
        tilt = side * math.pi / 4 * wish.movement
        u, v = turned(sheet, tilt, centre)
        flat = 1 - give * (1.1 * abs(wish.movement - 0.5) + 0.4 * max(0.0, wish.angularity - 0.5))
        v = v / np.float32(max(0.36, flat))
        self._loose = give * (1 - wish.angularity) ** 2
        power = 2 + 7 * give * max(0.0, wish.angularity - 0.62)
        away = (np.abs(u) ** np.float32(power) + np.abs(v) ** np.float32(power)) ** (1 / power)
        self.away: Floats = np.asarray(away, np.float32)
        """[h, w] units."""
        self.turn: Floats = np.asarray(np.arctan2(v, u), np.float32)
        """[h, w] radians, -pi..pi."""

    def wobbled(self, sheet: Sheet, rng: Rng, amount: float, cells: float = 2.0) -> Floats:
        """`away` with a hand's unevenness."""
        rough = 0.0035 * sheet.noise(rng, 22) + 0.04 * self._loose * sheet.noise(rng, 3.5)
        return np.asarray(self.away + amount * sheet.noise(rng, cells) + rough, np.float32)

    def brushed(self, rng: Rng, strength: float = 0.35) -> Floats:
        """Relief of a brush that goes round."""
        # The seam of the angle hides where the stroke begins.
        return strength * streaked(rng, self.turn * 5 + 40, self.away * 75 + 40)


def _focus(sheet: Sheet, rng: Rng, spread: float = 0.09) -> Point:
    """A point near a third of the sheet."""
    x, y = rng.choice((0.3, 0.5, 0.7), 2, p=(0.4, 0.2, 0.4)) + rng.normal(0, spread, 2)
    return sheet.wide * float(x), sheet.high * float(y)


def _side(rng: Rng) -> float:
    return float(rng.choice((-1.0, 1.0)))


def _edges(rng: Rng, mean: float, reach: float, growth: float = 0.0) -> Floats:
    """Radii of uneven rings out to `reach`; rings get wider outwards by `growth`."""
    count = math.ceil(2.5 * reach / mean) + 2
    widths = mean * rng.choice((0.3, 0.55, 1.0, 1.8), count, p=(0.22, 0.28, 0.3, 0.2))
    widths = np.maximum(widths * rng.uniform(0.8, 1.2, count), 0.013)
    radii = np.cumsum(widths * (1 + growth * np.arange(count) / count))
    return np.asarray(radii, np.float32)


def _ringed(tones: Tones, rng: Rng, count: int) -> Floats:
    """Tones of rings from the middle outwards: ground and inks in turn, so neighbours differ."""
    inks = [tones.ground if each % 2 else tones.ink(rng) for each in range(count + 1)]
    return np.asarray(inks, np.float32)


# ripples


def _ripples(sheet: Sheet, rng: Rng, wish: Wish) -> Paint:
    tones, focus = Tones.drawn(rng, 4), _focus(sheet, rng)
    rings = Rings(sheet, focus, wish, _side(rng))
    loose = float(rng.uniform(0.012, 0.04)) * (1.2 - wish.angularity)
    away = rings.wobbled(sheet, rng, loose)
    edges = _edges(rng, between(0.17, 0.03, wish.density), 1.8, float(rng.uniform(0, 1.5)))
    table = _ringed(tones, rng, len(edges))
    pool = float(rng.uniform(0.45, 0.85)) if rng.random() < 0.6 else 9.0
    number = np.searchsorted(edges, away)
    paint = Paint.ground(sheet, tones.ground)
    tone = table[number]
    worn = streaked(rng, rings.turn * 3 + 40, away * 60) > 2.1
    paint.tone[:] = np.where((away > pool) | worn, tones.ground, tone)
    deep = rng.uniform(-0.2, 0.2, len(edges) + 1).astype(np.float32)
    paint.relief[:] = rings.brushed(rng) + deep[number]
    return paint.limited()


# orbits


def _orbits(sheet: Sheet, rng: Rng, wish: Wish) -> Paint:
    tones, side = Tones.drawn(rng, 5), _side(rng)
    paint, focus = Paint.ground(sheet, tones.ground), _focus(sheet, rng)
    paint.relief += 0.12 * sheet.noise(rng, 40) + 0.12 * sheet.noise(rng, 4)
    wobble = (0.004 + 0.03 * (1 - wish.angularity) ** 2) * sheet.noise(
        rng, 3
    ) + 0.002 * sheet.noise(rng, 14)
    grain = Rings(sheet, focus, wish, side).brushed(rng, 0.28)
    spread = float(rng.choice((0.02, 0.12, 0.24)))
    for number in range(round(between(2, 22, wish.density))):
        centre = (focus[0] + float(rng.normal(0, spread)), focus[1] + float(rng.normal(0, spread)))
        rings = Rings(sheet, centre, wish, side)
        away = rings.away + wobble
        radius = float(rng.uniform(0.08, 0.62)) * (1.15 if number == 0 else 1)
        half = float(rng.choice((0.007, 0.012, 0.03, 0.06), p=(0.3, 0.3, 0.25, 0.15)))
        ink = tones.ink(rng)
        if number == 0 or rng.random() < 0.12:
            paint.lay(np.asarray(away < radius * 0.5), tones.ink(rng), grain)
        ring = np.abs(away - radius) < half * (1 + 0.25 * np.sin(rings.turn + number))
        relief = grain + (away - radius) * 1.5
        gap = np.abs(rings.turn - rng.uniform(-3, 3)) < rng.choice((0.0, 0.0, 0.5, 1.2))
        paint.lay(np.asarray(ring & ~gap), ink, relief)
        _moons(paint, rng, rings, radius, tones)
    return paint.limited()


def _moons(paint: Paint, rng: Rng, rings: Rings, radius: float, tones: Tones) -> None:
    """Small discs on one ring."""
    for _ in range(int(rng.choice((0, 1, 2), p=(0.35, 0.45, 0.2)))):
        turn, size = float(rng.uniform(-math.pi, math.pi)), between(0.014, 0.07, rng.random())
        on = np.hypot(rings.away - radius, (rings.turn - turn) * radius) < size
        paint.lay(np.asarray(on), tones.ink(rng), 0.15)


# simultaneous


def _sectored(
    sheet: Sheet, rng: Rng, wish: Wish, rings: Rings, mean: float, inks: Floats
) -> tuple[Floats, Counts]:
    """Tones and ring numbers of rings cut in sectors whose neighbours contrast."""
    away = rings.wobbled(sheet, rng, 0.006)
    edges = _edges(rng, mean, 1.5)
    sectors = int(rng.choice((2, 4, 4, 4))) + 4 * round(wish.density * float(rng.uniform(0.4, 1.2)))
    cuts = np.linspace(-math.pi, math.pi, sectors, endpoint=False)
    cuts = cuts + rng.normal(0, 0.3 / sectors, sectors)
    ring = np.searchsorted(edges, away)
    sector = np.searchsorted(np.sort(cuts).astype(np.float32), rings.turn) % sectors
    start = rng.integers(0, len(inks), len(edges) + 1)
    table = (start[:, None] + rng.integers(1, len(inks), (1, sectors)).cumsum(1)) % len(inks)
    return np.asarray(inks[table[ring, sector]]), ring


def _simultaneous(sheet: Sheet, rng: Rng, wish: Wish) -> Paint:
    tones, side = Tones.drawn(rng, 5), _side(rng)
    inks = np.array([*tones.inks, tones.ground], np.float32)
    paint, focus = Paint.ground(sheet, tones.ground), _focus(sheet, rng)
    paint.relief += 0.14 * sheet.noise(rng, 40) + 0.12 * sheet.noise(rng, 4)
    size = float(rng.uniform(0.34, 0.6))
    count = round(between(1, 7, wish.density))
    places = [(focus, size)] + [
        (sheet.place(rng), size * float(rng.choice((0.3, 0.45, 0.65)))) for _ in range(count)
    ]
    mean = between(0.2, 0.05, wish.density)
    for number, (centre, radius) in enumerate(reversed(places)):
        rings = Rings(sheet, centre, wish, side, 0.6)
        tone, ring = _sectored(sheet, rng, wish, rings, mean * (0.6 + radius), inks)
        whole = number == 0 and rng.random() < 0.4
        inside = rings.away < (9.0 if whole else radius)
        relief = rings.brushed(rng, 0.3) + 0.12 * (ring % 2) - 0.06
        paint.lay(np.asarray(inside), tone, np.asarray(relief, np.float32))
    return paint.limited()


# growth


def _growth(sheet: Sheet, rng: Rng, wish: Wish) -> Paint:
    tones, side = Tones.drawn(rng, 4), _side(rng)
    hearts = [_focus(sheet, rng)] + [sheet.place(rng) for _ in range(int(rng.integers(0, 3)))]
    loose = 0.035 + 0.05 * (1 - wish.angularity)
    all_rings = [Rings(sheet, heart, wish, side) for heart in hearts]
    aways = [each.away * (1 + 0.5 * (number > 0)) for number, each in enumerate(all_rings)]
    away = np.min(aways, axis=0) + loose * sheet.noise(rng, 2.2) + 0.012 * sheet.noise(rng, 7)
    edges = _edges(rng, between(0.14, 0.024, wish.density), 1.8)
    number = np.searchsorted(edges, away)
    rhythm = np.cumsum(rng.choice((0, 0, 1), len(edges) + 1)) % len(tones.inks)
    light = np.asarray(tones.inks)[rhythm]
    table = np.where(np.arange(len(edges) + 1) % 2, tones.ground, light).astype(np.float32)
    table[: int(rng.integers(1, 4))] = tones.inks[0]
    paint = Paint.ground(sheet, tones.ground)
    bark = float(rng.uniform(0.4, 0.75)) if rng.random() < 0.5 else 9.0
    paint.tone[:] = np.where(away > bark, tones.ground, table[number])
    paint.lay(np.asarray(np.abs(away - bark) < 0.02), tones.inks[0])
    turn = all_rings[0].turn + 0.1 * sheet.noise(rng, 4)
    for _ in range(round(1 + 3 * wish.angularity)):
        at, length = float(rng.uniform(-math.pi, math.pi)), float(rng.uniform(0.1, 0.5))
        wedge = np.abs(turn - at) < 0.05 * (1 - away / length)
        paint.lay(np.asarray(wedge & (away < length)), tones.ground, -0.2)
    paint.relief += 0.3 * streaked(rng, turn * 4 + 40, np.maximum(away, 0) * 90)
    return paint.limited()


# halos


def _stairs(level: Floats, softness: float) -> Floats:
    """Whole steps with a melt between them; `softness` 0 hard .. 1 no step left."""
    step = np.floor(level)
    part = np.clip((level - step - 0.5) / max(softness, 0.02) + 0.5, 0, 1)
    return np.asarray(step + part * part * (3 - 2 * part), np.float32)


def _halos(sheet: Sheet, rng: Rng, wish: Wish) -> Paint:
    dark, side = rng.random() < 0.55, _side(rng)
    ground = float(rng.choice((0, 1, 2)))
    level = np.zeros((sheet.height, sheet.width), np.float32)
    cores = np.zeros(level.shape, bool)
    count = round(between(1, 12, wish.density))
    for number in range(count):
        centre = _focus(sheet, rng) if number == 0 else sheet.place(rng, 0.05)
        radius = float(rng.uniform(0.5, 0.85)) if number == 0 else between(0.4, 0.1, rng.random())
        away = Rings(sheet, centre, wish, side).wobbled(sheet, rng, 0.03, 1.6) / radius
        high = float(rng.choice((4.0, 5.0, 6.0, 7.0)))
        level = np.maximum(level, high * np.clip(1 - away, 0, 1) ** float(rng.uniform(0.7, 1.3)))
        if rng.random() < 0.45:
            cores |= away < rng.uniform(0.06, 0.16)
    softness = 0.75 - 0.5 * wish.density
    tone = np.clip(ground + _stairs(level, softness), 0, TOP)
    tone[cores] = 0.0 if ground > 0 else 2.0
    paint = Paint.ground(sheet, ground)
    paint.tone[:] = tone if dark else TOP - tone
    paint.relief += 0.22 * sheet.noise(rng, 6, 3) + 0.12 * sheet.noise(rng, 60)
    return paint.limited()


FAMILIES: tuple[Family, ...] = (
    Family(
        "ripples",
        "rings",
        (
            "concentric rings spreading from one point",
            "ripples on water, uneven circles",
            "painted circles around an off-centre focus",
            "an echo drawn as rings",
        ),
        ("从一点扩散的同心圆", "水面的涟漪", "偏心的手绘圆环", "回声般一圈圈荡开"),
        _ripples,
    ),
    Family(
        "orbits",
        "rings",
        (
            "large thin and thick rings with small discs on them",
            "orbits and moons, a solar system",
            "circling lines, planets on their paths",
            "cosmic rings on a quiet ground",
        ),
        ("粗细不一的大圆环与小圆点", "行星与轨道", "环绕的线与小卫星", "静谧背景上的宇宙圆环"),
        _orbits,
    ),
    Family(
        "simultaneous",
        "rings",
        (
            "colour discs split into contrasting sectors, Delaunay-like",
            "rotating wheels of colour",
            "rhythm of circles and quarter arcs",
            "simultaneous contrast, discs like suns",
        ),
        ("分成扇面的对比色圆盘", "旋转的色轮", "圆与弧的节奏", "德劳内式的色彩圆盘"),
        _simultaneous,
    ),
    Family(
        "growth",
        "rings",
        (
            "tree rings, dense and wobbly",
            "growth rings of old wood",
            "contour lines of a slow growth",
            "agate bands around a heart",
        ),
        ("密而起伏的年轮", "老木的生长纹", "缓慢生长的等高线", "玛瑙般的层层纹理"),
        _growth,
    ),
    Family(
        "halos",
        "rings",
        (
            "soft glowing halos in the dark",
            "warm light melting outward",
            "blurred targets, gentle rings of light",
            "aura of colour around a calm centre",
        ),
        ("黑暗中柔和的光晕", "向外融化的光", "朦胧的光圈", "宁静中心的色彩光环"),
        _halos,
    ),
)
