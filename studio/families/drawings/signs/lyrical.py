"""Arcs, wedges, haloed circles, checkers and bundles of lines about one leading diagonal."""

from __future__ import annotations

import numpy as np

from studio.families.drawings.directions import beside, heading
from studio.families.drawings.family import Family
from studio.families.drawings.labels import Labels
from studio.families.drawings.paint import Paint, Wish
from studio.families.drawings.places import about, free_focus
from studio.families.drawings.sheet import Point, Rng, Sheet
from studio.families.drawings.signs.ground import finished, washed
from studio.families.drawings.signs.marks import halo, ink_label, rod, straight_line
from studio.families.drawings.tones import Tones


def _draw(sheet: Sheet, rng: Rng, wish: Wish) -> Paint:
    tones = Tones.drawn(rng)
    paint = washed(sheet, rng, tones.ground)
    labels = Labels(sheet)
    main, focus = heading(rng, wish), free_focus(sheet, rng, 0.32)
    halo(rng, labels, tones, focus, rng.uniform(0.13, 0.22) * (1.35 - 0.8 * wish.angularity))
    _wedge(rng, labels, tones, about(rng, sheet, focus, 0.1), main, rng.uniform(0.5, 0.9))
    for _ in range(round(2 + 20 * wish.density)):
        _sign(rng, labels, tones, about(rng, sheet, focus, 0.27), main, wish)
    across = beside(rng, main, wish, 0.0)
    start = 0.5 * straight_line((0, 0), across, 0.7)[1]
    labels.strand(straight_line(focus, across, 0.75, 5) - start, 0.009, 1)
    return finished(sheet, rng, paint, labels, tones)


def _sign(rng: Rng, labels: Labels, tones: Tones, place: Point, main: float, wish: Wish) -> None:
    """One small sign, straight or round."""
    angle = beside(rng, main, wish, 0.35)
    size = 0.03 + 0.09 * rng.random() ** 1.5
    if rng.random() < 0.15 + 0.85 * wish.angularity:
        draw = (_wedge, _checker, _bundle, rod)[int(rng.integers(4))]
        draw(rng, labels, tones, place, angle, size * 2.4)
    else:
        _rounded(rng, labels, tones, place, angle, size)


def _rounded(
    rng: Rng, labels: Labels, tones: Tones, place: Point, angle: float, size: float
) -> None:
    """A haloed circle or an arc."""
    if rng.random() < 0.5:
        halo(rng, labels, tones, place, size)
    else:
        _arc(rng, labels, tones, place, angle, size * 2)


def _wedge(
    rng: Rng, labels: Labels, tones: Tones, place: Point, angle: float, length: float
) -> None:
    """A long pointed triangle."""
    spread = rng.uniform(0.08, 0.28)
    tip = np.asarray(place) - 0.5 * length * np.array([np.cos(angle), np.sin(angle)])
    ends = [
        straight_line((tip[0], tip[1]), angle + side * spread, length)[1] for side in (-0.5, 0.5)
    ]
    labels.polygon(np.stack([tip, *ends]), ink_label(rng, tones))


def _bundle(
    rng: Rng, labels: Labels, tones: Tones, place: Point, angle: float, length: float
) -> None:
    """Parallel lines that fan a little."""
    label, fan = ink_label(rng, tones), rng.normal(0, 0.06)
    for index in range(int(rng.integers(3, 6))):
        away = 0.026 * index
        start = (place[0] - away * np.sin(angle), place[1] + away * np.cos(angle))
        labels.strand(straight_line(start, angle + fan * index, length * 1.3), 0.0065, label)


def _checker(
    rng: Rng, labels: Labels, tones: Tones, place: Point, angle: float, length: float
) -> None:
    """A leaning patch of squares in two tones."""
    rows, columns = int(rng.integers(2, 4)), int(rng.integers(3, 6))
    cell = length / 4.2
    u = np.array([np.cos(angle), np.sin(angle)]) * cell
    v = np.array([np.cos(angle + 1.4), np.sin(angle + 1.4)]) * cell
    pair = (ink_label(rng, tones), len(tones.inks) + 1)
    for row in range(rows):
        for column in range(columns):
            corner = np.asarray(place) + row * v + column * u
            square = np.stack([corner, corner + u, corner + u + v, corner + v])
            labels.polygon(square, pair[(row + column) % 2])


def _arc(rng: Rng, labels: Labels, tones: Tones, place: Point, angle: float, radius: float) -> None:
    """A bow that swells in its middle."""
    turn = np.linspace(0, rng.uniform(1.2, 3.6), 18) + angle
    path = np.asarray(place) + radius * np.stack([np.cos(turn), np.sin(turn)], 1)
    swell = np.sin(np.linspace(0.2, np.pi - 0.2, 18)) * rng.uniform(0.008, 0.024) + 0.003
    labels.strand(path, swell, ink_label(rng, tones))


FAMILY = Family(
    name="lyrical",
    style="lyrical",
    english=(
        "circles, wedges and arcs in musical balance",
        "haloed circles, checker patches and a strong diagonal",
        "a composition of floating geometric signs",
        "points, lines and planes in play",
    ),
    chinese=(
        "圆、楔形与弧线的音乐平衡",
        "光晕圆环、棋盘格与斜线",
        "点线面的游戏",
        "漂浮的几何符号",
    ),
    draw=_draw,
)
