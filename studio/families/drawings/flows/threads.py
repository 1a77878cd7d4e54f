"""Tapering strands in bundles along a field, over a ground of broad quiet washes."""

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
    bundles = int(rng.integers(2, 4) + round(3 * wish.density))
    strands = round((10 + 100 * wish.density**1.4) / bundles)
    starts = np.concatenate([_bundle(sheet, rng, breeze, strands) for _ in range(bundles)])
    lengths = np.repeat(rng.uniform(0.8, 1.7, bundles), strands)
    paths = breeze.paths(starts, lengths, 12)
    cutouts = Cutouts(sheet)
    for order in range(bundles):
        sheaf = paths[order * strands : (order + 1) * strands]
        _strung(cutouts, rng, sheaf, tones.inks[order % len(tones.inks)], order == bundles - 1)
    cutouts.lay_on(paint)
    paint.relief += 0.12 * sheet.noise(rng, 40)
    return paint.limited()


def _bundle(sheet: Sheet, rng: Rng, breeze: Breeze, strands: int) -> Floats:
    """Where the strands of one sheaf pass: points [strands, 2] scattered across the heading."""
    middle, spread = np.array(sheet.place(rng, 0.15)), float(rng.uniform(0.05, 0.2))
    across = breeze.heading + np.pi / 2
    offsets = spread * rng.standard_normal((strands, 1))
    slide = 0.16 * rng.standard_normal((strands, 1))
    starts = middle + offsets * np.array([np.cos(across), np.sin(across)])
    return np.asarray(starts + slide * np.array([np.sin(across), -np.cos(across)]))


def _strung(cutouts: Cutouts, rng: Rng, paths: Floats, ink: float, front: bool) -> None:
    """The strands of one sheaf, fine ones and a few bold; the front sheaf has the boldest."""
    strands = len(paths)
    taper = np.sin(np.pi * np.linspace(0.02, 0.98, paths.shape[1])) ** 0.7
    widths = np.exp(rng.normal(np.log(0.011), 0.5, strands))
    widths[: 1 + strands // 12] *= 3.2 if front else 2.2
    body = np.clip(ink + rng.choice([-1.0, 0, 0, 1], strands), 0, TOP)
    edge = body + np.where(body < 4, 1.0, -1.0) * (widths > 0.016)
    reliefs = np.broadcast_to([0.3, -0.1, 0.0], (strands, 3))
    halves = np.maximum(widths, 0.006)[:, None] * taper
    cutouts.strands(paths, halves, np.stack([body, body, edge], -1), reliefs)


FAMILY = Family(
    name="threads",
    style="flow",
    english=(
        "fine threads drifting in a current",
        "tapering strands gathered in bundles",
        "hair-thin lines that bend together",
        "flowing strands with a few bold accents",
    ),
    chinese=(
        "细线随水流飘动",
        "渐细的丝缕成束",
        "一同弯曲的纤细线条",
        "流动的丝线与几笔重彩",
    ),
    draw=_draw,
)
