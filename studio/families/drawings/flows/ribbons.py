"""Broad bands that overlap, twist thin and catch the light on one edge."""

from __future__ import annotations

import numpy as np

from studio.families.drawings.cutouts import Cutouts
from studio.families.drawings.family import Family
from studio.families.drawings.flows.breeze import Breeze
from studio.families.drawings.flows.ground import washed
from studio.families.drawings.paint import Paint, Wish
from studio.families.drawings.sheet import TOP, Floats, Rng, Sheet
from studio.families.drawings.tones import Tones


def _draw(sheet: Sheet, rng: Rng, wish: Wish) -> Paint:
    tones, breeze = Tones.drawn(rng), Breeze(rng, wish)
    paint = washed(sheet, rng, tones.ground)
    cutouts = Cutouts(sheet)
    count = round(3 + 13 * wish.density**1.5)
    broad = 0.15 - 0.1 * wish.density
    spine = breeze.paths(np.array([sheet.place(rng, 0.3)]), 1.6, 8)[0]
    near = spine[rng.integers(3, len(spine) - 3, count)] + rng.normal(0, 0.16, (count, 2))
    for order, path in enumerate(breeze.paths(near, rng.uniform(1.0, 2.6, count), 14)):
        ink = tones.inks[order % len(tones.inks)]
        half = broad * float(rng.choice([0.35, 0.7, 1.0, 1.5], p=[0.3, 0.3, 0.25, 0.15]))
        _ribbon(cutouts, rng, path, half, ink)
    cutouts.lay_on(paint)
    paint.tone += 0.25 * sheet.noise(rng, 2.5)
    paint.relief += 0.15 * sheet.noise(rng, 30)
    return paint.limited()


def _ribbon(cutouts: Cutouts, rng: Rng, path: Floats, half: float, ink: float) -> None:
    """A ribbon: its shadow line, a body that melts over two tones, and a lit edge."""
    t = np.linspace(0, 1, len(path))
    twist = np.abs(np.cos(np.pi * (t * rng.uniform(0.3, 1.3) + rng.uniform())))
    widths = half * (0.25 + 0.75 * twist) * np.minimum(1, 8 * np.minimum(t, 1 - t) + 0.1)
    turn = 1.0 if ink < 4 else -1.0
    shades = np.clip(ink + turn * np.array([-0.9, 0, 0.2, 0.5, 0.8, 1.1, 1.4]), 0, TOP)
    edge = float(np.clip(ink + 4 * turn, 0, TOP))
    reliefs = np.concatenate([[-0.5], rng.uniform(-0.35, 0.45, 6), [0.2]])
    if rng.uniform() < 0.5:
        widths = -widths
    cutouts.strands(path[None], widths[None], np.append(shades, edge)[None], reliefs[None])


FAMILY = Family(
    name="ribbons",
    style="flow",
    english=(
        "broad ribbons folding over each other",
        "silk bands with lit edges",
        "wide twisting strips of colour",
        "ribbons in a slow wind",
    ),
    chinese=(
        "宽阔的缎带层层交叠",
        "边缘发亮的丝绸带",
        "扭转的宽色带",
        "缓风中的飘带",
    ),
    draw=_draw,
)
