"""Clean abstract pictures drawn by rules: what the models learn styles from, and first sketches.

A drawing is not RGB but a map of palette slots (0 darkest .. 7 lightest): its colours are chosen
later, so one drawing trains the model in any palette. Own work, CC0; the same seed draws the same.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

EDGE = 256
_TOP = 7
Slots = NDArray[np.uint8]
Rng = np.random.Generator
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Drawing:
    """One drawn picture: slots [256, 256] in 0..7, its style, a caption in English."""

    slots: Slots
    style: str
    caption: str


def drawn(style: str, seed: int) -> Drawing:
    """The drawing of a style (a key of DRAWERS) and a seed. Raises KeyError for unknown styles."""
    rng = np.random.default_rng([seed, sorted(DRAWERS).index(style)])
    canvas = _Canvas(rng)
    caption = DRAWERS[style](canvas, rng)
    tone = "on a dark ground" if canvas.ground < 3 else "on a light ground"
    return Drawing(np.asarray(canvas.image, dtype=np.uint8), style, f"{caption}, {tone}")


class _Canvas:
    """A slot image with a ground and colours that stand out from it."""

    def __init__(self, rng: Rng) -> None:
        self.ground = int(rng.choice([0, 1, 2, 5, 6, 7], p=[0.1, 0.1, 0.05, 0.15, 0.3, 0.3]))
        self.image = Image.new("L", (EDGE, EDGE), self.ground)
        self.pen = ImageDraw.Draw(self.image)
        others = [each for each in range(8) if abs(each - self.ground) > 1]
        self.inks = [int(each) for each in rng.permutation(others)[: int(rng.integers(2, 6))]]
        self.line = 0 if self.ground > 3 else _TOP

    def ink(self, rng: Rng) -> int:
        return self.inks[int(rng.integers(len(self.inks)))]

    def take(self, slots: Slots) -> None:
        self.image = Image.fromarray(slots.astype(np.uint8))
        self.pen = ImageDraw.Draw(self.image)


def _noise(rng: Rng, cells: int) -> NDArray[np.float64]:
    """Smooth noise [256, 256], zero mean, unit spread."""
    coarse = Image.fromarray(rng.standard_normal((cells + 3, cells + 3)).astype(np.float32))
    fine = np.asarray(coarse.resize((EDGE + 96, EDGE + 96), Image.Resampling.BICUBIC), np.float64)
    cut = fine[48:-48, 48:-48]
    return np.asarray((cut - cut.mean()) / cut.std())


def _turned(points: list[Point], centre: Point, angle: float) -> list[Point]:
    cos, sin = np.cos(angle), np.sin(angle)
    return [(centre[0] + x * cos - y * sin, centre[1] + x * sin + y * cos) for x, y in points]


def _bar(canvas: _Canvas, centre: Point, half: Point, angle: float, ink: int) -> None:
    w, h = half
    corners: list[Point] = [(-w, -h), (w, -h), (w, h), (-w, h)]
    canvas.pen.polygon(_turned(corners, centre, angle), fill=ink)


def _disc(canvas: _Canvas, centre: Point, radius: float, ink: int) -> None:
    x, y = centre
    canvas.pen.ellipse((x - radius, y - radius, x + radius, y + radius), fill=ink)


def _place(rng: Rng, margin: float = 0.1) -> Point:
    low, high = EDGE * margin, EDGE * (1 - margin)
    return float(rng.uniform(low, high)), float(rng.uniform(low, high))


def _curve(rng: Rng, start: Point, steps: int, stride: float, bend: float) -> list[Point]:
    """A wandering line of constant stride whose curvature drifts."""
    x, y = start
    heading, turn = float(rng.uniform(0, 2 * np.pi)), float(rng.normal(0, bend))
    points = [(x, y)]
    for _ in range(steps):
        turn = 0.9 * turn + float(rng.normal(0, bend * 0.4))
        heading += turn
        x, y = x + stride * float(np.cos(heading)), y + stride * float(np.sin(heading))
        points.append((x, y))
    return points


def _geometric(canvas: _Canvas, rng: Rng) -> str:
    """Planes, bars, triangles and discs around one leaning axis (suprematist)."""
    axis, count = float(rng.uniform(-1.2, 1.2)), int(rng.integers(4, 26))
    size = 90 / np.sqrt(count)
    for turn in range(count):
        centre, big = _place(rng), size * float(rng.uniform(0.4, 1.6))
        angle = axis + float(rng.choice([0, np.pi / 2])) + float(rng.normal(0, 0.12))
        kind = rng.random()
        if turn == 0:
            big *= 1.5
        if kind < 0.5:
            _bar(canvas, centre, (big, big * float(rng.uniform(0.1, 0.9))), angle, canvas.ink(rng))
        elif kind < 0.72:
            corners: list[Point] = [(-big, -big * 0.7), (big, -big * 0.2), (-big * 0.2, big)]
            canvas.pen.polygon(_turned(corners, centre, angle), fill=canvas.ink(rng))
        elif kind < 0.86:
            _disc(canvas, centre, big * 0.7, canvas.ink(rng))
        else:
            _bar(canvas, centre, (big * 3, float(rng.uniform(0.8, 2.2))), angle, canvas.line)
    return "crowded sharp planes" if count > 14 else "a few leaning planes"


def _minimal(canvas: _Canvas, rng: Rng) -> str:
    """A large empty ground, perhaps in two tones, and one to three small things."""
    near = int(np.clip(canvas.ground + rng.choice([-1, 1]), 0, _TOP))
    if rng.random() < 0.6:
        horizon = float(rng.uniform(0.3, 0.8)) * EDGE
        canvas.pen.rectangle((0, horizon, EDGE, EDGE), fill=near)
    for _ in range(int(rng.integers(1, 4))):
        centre, kind = _place(rng, 0.2), rng.random()
        if kind < 0.45:
            angle = float(rng.choice([0, 0, np.pi / 2, rng.uniform(-0.8, 0.8)]))
            long = float(rng.uniform(40, 170))
            _bar(canvas, centre, (long, float(rng.uniform(0.8, 2.5))), angle, canvas.line)
        elif kind < 0.8:
            _disc(canvas, centre, float(rng.uniform(5, 42)), canvas.ink(rng))
        else:
            side = float(rng.uniform(6, 40))
            _bar(canvas, centre, (side, side), float(rng.normal(0, 0.2)), canvas.ink(rng))
    return "an almost empty picture with one quiet accent"


def _colorfield(canvas: _Canvas, rng: Rng) -> str:
    """Stacked soft-edged fields, or upright zips."""
    wobble = float(rng.choice([0, 0.8, 1.6])) * _noise(rng, 20)
    row, column = np.mgrid[0:EDGE, 0:EDGE] + wobble
    slots = np.full((EDGE, EDGE), canvas.ground)
    if rng.random() < 0.25:
        for _ in range(int(rng.integers(1, 5))):
            middle, half = rng.uniform(20, 236), rng.choice([2, 4, 14, 30])
            slots[np.abs(column - middle) < half] = canvas.ink(rng)
    else:
        cuts = np.sort(rng.uniform(14, 242, int(rng.integers(2, 5))))
        side = float(rng.choice([0, rng.uniform(8, 28)]))
        for top, bottom in zip(np.append(10, cuts), np.append(cuts, 246), strict=True):
            inside = (row > top + 3) & (row < bottom - 3)
            inside &= (column > side) & (column < EDGE - side)
            slots[inside] = canvas.ink(rng) if rng.random() < 0.8 else canvas.ground
    canvas.take(slots.astype(np.uint8))
    return "large calm fields of colour"


def _rings(canvas: _Canvas, rng: Rng) -> str:
    """Targets, ordered or scattered, and arcs."""
    ordered = rng.random() < 0.35
    count = int(rng.integers(2, 6))
    spots: list[tuple[Point, float]]
    if ordered:
        pitch = EDGE / count
        spots = [
            (((i + 0.5) * pitch, (j + 0.5) * pitch), pitch * 0.46)
            for i in range(count)
            for j in range(count)
        ]
    else:
        spots = [
            (_place(rng), float(rng.uniform(12, 70)) * (1.5 if turn == 0 else 1))
            for turn in range(int(rng.integers(1, 14)))
        ]
    for (x, y), radius in spots:
        while radius > 3:
            if rng.random() < 0.75:
                _disc(canvas, (x, y), radius, canvas.ink(rng))
            else:
                box = (x - radius, y - radius, x + radius, y + radius)
                start = float(rng.uniform(0, 360))
                canvas.pen.pieslice(
                    box, start, start + float(rng.choice([90, 180])), canvas.ink(rng)
                )
            radius -= float(rng.uniform(4, 16))
    return "ordered rings" if ordered else "scattered rings and arcs"


def _flow(canvas: _Canvas, rng: Rng) -> str:
    """Strands that follow one smooth field."""
    field = _noise(rng, int(rng.integers(2, 5))) * float(rng.uniform(0.5, 1.3))
    base, width = float(rng.uniform(0, np.pi)), float(rng.uniform(1.5, 8))
    for _ in range(int(rng.integers(20, 110) * 3 / width)):
        x, y = _place(rng, -0.1)
        points = [(x, y)]
        for _ in range(int(rng.integers(20, 80))):
            i, j = int(np.clip(y, 0, EDGE - 1)), int(np.clip(x, 0, EDGE - 1))
            angle = base + float(field[i, j])
            x, y = x + 4 * float(np.cos(angle)), y + 4 * float(np.sin(angle))
            points.append((x, y))
        _strand(canvas, points, width * float(rng.uniform(0.5, 1.5)), canvas.ink(rng))
    return "flowing lines"


def _strand(canvas: _Canvas, points: list[Point], width: float, ink: int) -> None:
    """A line that swells in the middle and thins out to its ends."""
    for turn, (start, stop) in enumerate(pairwise(points)):
        swell = width * float(np.sin(np.pi * (turn + 0.5) / len(points))) ** 0.6
        canvas.pen.line((*start, *stop), fill=ink, width=max(1, round(swell)))
        if swell > 3:
            _disc(canvas, stop, swell / 2, ink)


def _waves(canvas: _Canvas, rng: Rng) -> str:
    """Layered wave bands across the picture."""
    x = np.linspace(0, 2 * np.pi, EDGE)
    row = np.arange(EDGE)[:, None]
    slots = np.full((EDGE, EDGE), canvas.ground)
    bands, tall = int(rng.integers(3, 12)), float(rng.uniform(3, 26))
    for top in np.linspace(rng.uniform(10, 90), EDGE, bands, endpoint=False):
        line = sum(
            float(rng.normal())
            * np.sin(x * k * float(rng.uniform(0.6, 1.4)) + rng.uniform(0, 6))
            / k
            for k in (1, 2, 3)
        )
        slots[row > (top + tall * np.asarray(line))[None, :]] = canvas.ink(rng)
    canvas.take(slots.astype(np.uint8))
    return "layered waves"


def _grid(canvas: _Canvas, rng: Rng) -> str:
    """Uneven subdivision with or without lines, or a board of squares."""
    if rng.random() < 0.3:
        count = int(rng.integers(3, 9))
        pitch = EDGE / count
        for i in range(count):
            for j in range(count):
                box = (i * pitch, j * pitch, (i + 1) * pitch, (j + 1) * pitch)
                canvas.pen.rectangle(box, fill=int(rng.choice([canvas.ground, *canvas.inks])))
        return "a board of coloured squares"
    width = int(rng.choice([0, 2, 4, 7, 10]))
    boxes: list[tuple[float, float, float, float]] = [(0, 0, EDGE, EDGE)]
    for _ in range(int(rng.integers(5, 26))):
        boxes.sort(key=lambda b: (b[2] - b[0]) * (b[3] - b[1]) * float(rng.uniform(0.3, 1)))
        boxes.extend(_split(boxes.pop(), float(rng.uniform(0.25, 0.75))))
    for box in boxes:
        plain = width > 0 and rng.random() < 0.55
        fill = canvas.ground if plain else canvas.ink(rng)
        canvas.pen.rectangle(box, fill=fill, outline=canvas.line if width else None, width=width)
    return "a grid of rectangles" + (" with strong lines" if width > 3 else "")


def _split(
    box: tuple[float, float, float, float], at: float
) -> list[tuple[float, float, float, float]]:
    left, top, right, bottom = box
    if right - left > bottom - top:
        cut = left + at * (right - left)
        return [(left, top, cut, bottom), (cut, top, right, bottom)]
    cut = top + at * (bottom - top)
    return [(left, top, right, cut), (left, cut, right, bottom)]


def _cells(canvas: _Canvas, rng: Rng) -> str:
    """Voronoi cells, with or without seams, straight or softly bent."""
    count = int(rng.integers(6, 70))
    bend = float(rng.choice([0, 0, 6])) * np.stack([_noise(rng, 6), _noise(rng, 6)])
    row, column = np.mgrid[0:EDGE, 0:EDGE] + bend
    seeds = rng.uniform(0, EDGE, (count, 2))
    far = np.hypot(row[..., None] - seeds[:, 0], column[..., None] - seeds[:, 1])
    near = np.partition(far, 1, axis=-1)
    inks = np.array([canvas.ink(rng) if rng.random() < 0.8 else canvas.ground for _ in seeds])
    slots = inks[far.argmin(-1)]
    seam = float(rng.choice([0, 2, 4, 8]))
    slots[near[..., 1] - near[..., 0] < seam] = canvas.line if rng.random() < 0.7 else canvas.ground
    canvas.take(slots.astype(np.uint8))
    return "many small cells" if count > 30 else "large cells"


def _gestural(canvas: _Canvas, rng: Rng) -> str:
    """Broad brush gestures made of bristles."""
    for _ in range(int(rng.integers(2, 9))):
        wide, ink = float(rng.uniform(8, 44)), canvas.ink(rng)
        path = np.array(_curve(rng, _place(rng, 0.15), int(rng.integers(12, 40)), 8, 0.12))
        heading = np.gradient(path, axis=0)
        normal = np.stack([-heading[:, 1], heading[:, 0]], 1)
        normal /= np.maximum(np.linalg.norm(normal, axis=1, keepdims=True), 1e-6)
        for bristle in np.linspace(-0.5, 0.5, max(5, int(wide / 2))):
            start, stop = int(rng.integers(0, 3)), len(path) - int(rng.integers(0, 7))
            if abs(bristle) > 0.3 and rng.random() < 0.3:
                stop = int(stop * rng.uniform(0.5, 0.9))
            line = path + normal * bristle * wide
            points = [(float(a), float(b)) for a, b in line[start : max(stop, start + 2)]]
            canvas.pen.line(points, fill=ink, width=max(2, int(wide / 7)), joint="curve")
    return "broad brush gestures"


def _drip(canvas: _Canvas, rng: Rng) -> str:
    """Thrown threads and drops."""
    for _ in range(int(rng.integers(3, 26))):
        ink, width = canvas.ink(rng), int(rng.choice([1, 2, 2, 3, 5]))
        points = _curve(rng, _place(rng, 0.0), int(rng.integers(15, 90)), 6, 0.22)
        canvas.pen.line(points, fill=ink, width=width, joint="curve")
        for _ in range(int(rng.integers(0, 12))):
            x, y = points[int(rng.integers(len(points)))]
            near = (x + float(rng.normal(0, 16)), y + float(rng.normal(0, 16)))
            _disc(canvas, near, float(rng.exponential(2.4)) + 0.8, ink)
    return "thrown threads and drops of paint"


def _marble(canvas: _Canvas, rng: Rng) -> str:
    """Contour bands of warped noise."""
    field = _noise(rng, int(rng.integers(2, 6))) + 0.4 * _noise(rng, int(rng.integers(5, 10)))
    bands = float(rng.uniform(1.2, 5))
    order = np.array([canvas.ground, *canvas.inks])
    phase = np.floor(field * bands + 40).astype(int)
    slots = order[phase % len(order)]
    if rng.random() < 0.5:
        veins = np.abs(field * bands + 40 - phase - 0.5) > 0.44
        slots[veins] = canvas.line
    canvas.take(slots.astype(np.uint8))
    return "veined marble bands"


def _lyrical(canvas: _Canvas, rng: Rng) -> str:
    """Cut-paper leaves and blobs, threads and dots in loose balance."""
    for _ in range(int(rng.integers(3, 11))):
        centre, big = _place(rng), float(rng.uniform(12, 60))
        angles = np.linspace(0, 2 * np.pi, 60, endpoint=False)
        swing = sum(
            float(rng.normal(0, 0.35)) * np.cos(k * angles + rng.uniform(0, 6)) / k**0.6
            for k in (1, 2, 3, 5)
        )
        radii = big * np.clip(1 + np.asarray(swing), 0.25, 2)
        outline = [
            (centre[0] + float(r * np.cos(t)), centre[1] + float(r * np.sin(t)))
            for r, t in zip(radii, angles, strict=True)
        ]
        canvas.pen.polygon(outline, fill=canvas.ink(rng))
    for _ in range(int(rng.integers(0, 9))):
        points = _curve(rng, _place(rng), int(rng.integers(10, 40)), 5, 0.1)
        _strand(canvas, points, float(rng.uniform(1.5, 6)), canvas.line)
    for _ in range(int(rng.integers(0, 16))):
        _disc(canvas, _place(rng), float(rng.uniform(1.5, 7)), canvas.ink(rng))
    return "cut-paper shapes with threads and dots"


DRAWERS: Mapping[str, Callable[[_Canvas, Rng], str]] = MappingProxyType(
    {
        "cells": _cells,
        "colorfield": _colorfield,
        "drip": _drip,
        "flow": _flow,
        "geometric": _geometric,
        "gestural": _gestural,
        "grid": _grid,
        "lyrical": _lyrical,
        "marble": _marble,
        "minimal": _minimal,
        "rings": _rings,
        "waves": _waves,
    }
)
