"""Flecks that drift in clusters, large near their hearts, small on the outskirts."""

from __future__ import annotations

import numpy as np

from studio.families.drawings.directions import beside, heading
from studio.families.drawings.drips.ground import stained, wet
from studio.families.drawings.family import Family
from studio.families.drawings.labels import Labels
from studio.families.drawings.outlines import spun
from studio.families.drawings.paint import Paint, Wish
from studio.families.drawings.places import free_focus
from studio.families.drawings.sheet import Point, Rng, Sheet
from studio.families.drawings.tones import Tones

_TURN = np.linspace(0, 2 * np.pi, 14, endpoint=False)

_PETAL = np.stack([np.cos(_TURN), np.sin(_TURN)], 1)

_SCRAP = np.array([(-1.0, -1.0), (1.0, -1.0), (1.0, 1.0), (-1.0, 1.0)])


def _draw(sheet: Sheet, rng: Rng, wish: Wish) -> Paint:
    tones = Tones.drawn(rng)
    paint = stained(sheet, rng, tones.ground, wish)
    labels = Labels(sheet)
    main = heading(rng, wish)
    hearts = [free_focus(sheet, rng, 0.15) for _ in range(int(rng.integers(2, 5)))]
    weights = rng.dirichlet(np.full(len(hearts), 1.2))
    size = 0.017 + 0.012 * (1 - wish.density)
    for _ in range(round(22 + 340 * wish.density**1.2)):
        heart = hearts[int(rng.choice(len(hearts), p=weights))]
        along, across = rng.normal(0, 1, 2) * (0.34, 0.15)
        cos, sin = np.cos(main), np.sin(main)
        place = (heart[0] + along * cos - across * sin, heart[1] + along * sin + across * cos)
        far = np.hypot(along / 0.34, across / 0.15)
        radius = size * np.exp(rng.normal(0, 0.5)) * (1.5 - 0.36 * min(3.0, far))
        label = 1 + int(rng.integers(len(tones.inks)))
        _fleck(rng, labels, place, radius, beside(rng, main, wish, 0.2), wish, label)
    labels.lay_on(paint, tones.inks, wet(sheet, rng))
    return paint.limited()


def _fleck(
    rng: Rng, labels: Labels, place: Point, radius: float, angle: float, wish: Wish, label: int
) -> None:
    """A dab: a petal, or a cut scrap, lying along the drift."""
    if rng.random() > 0.1 + 0.9 * wish.angularity:
        corners = _PETAL * (1.4 * radius, 0.55 * radius)
    else:
        corners = _SCRAP * (1.9 * radius, 0.5 * radius) * rng.uniform(0.8, 1.2, (4, 1))
    labels.polygon(spun(corners, angle) + np.asarray(place), label)


FAMILY = Family(
    name="confetti",
    style="drip",
    english=(
        "drifting flecks of colour",
        "scattered confetti in clusters",
        "petals of paint carried by the wind",
    ),
    chinese=(
        "飘散的彩色碎点",
        "成簇的纸屑",
        "随风飘落的色点",
    ),
    draw=_draw,
)
