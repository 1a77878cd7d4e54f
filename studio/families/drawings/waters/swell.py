"""A sea of curved bands: crest over crest, stripes that follow, a lip of foam."""

from __future__ import annotations

import numpy as np

from studio.families.drawings.family import Family
from studio.families.drawings.paint import Paint, Wish
from studio.families.drawings.sheet import Floats, Rng, Sheet
from studio.families.drawings.tones import Tones
from studio.families.drawings.waters.horizon import from_crest, horizon_axes

_THINNEST = 0.014
"""Of a stripe, units."""


def _draw(sheet: Sheet, rng: Rng, wish: Wish) -> Paint:
    wish = wish.stirred()
    tones = Tones.drawn(rng, most=5)
    u, v = horizon_axes(sheet, float(rng.choice([-1, 1])) * wish.movement * 0.8)
    paint = Paint.ground(sheet, tones.ground)
    paint.relief += 0.2 * sheet.noise(rng, 5, 3)
    stroke = 0.3 * sheet.noise(rng, 7, 3)
    sway = (0.05 + 0.2 * (1 - wish.angularity)) * sheet.noise(rng, 1.2)
    rows = int(3 + 6 * wish.density)
    lines = np.linspace(float(rng.uniform(-0.1, 0.35)), 1.15, rows + 1)[:-1] * sheet.high
    gap = float(lines[1] - lines[0])
    length = gap * float(rng.uniform(1.5, 3.4))
    curl = float(rng.choice([-1, 1])) * (0.2 + wish.movement)
    for order, line in enumerate(lines):
        grow = 0.75 + 0.5 * order / rows
        phase = u / (length * grow) + float(rng.uniform()) + sway
        reach = gap * float(rng.uniform(0.7, 1.0)) * grow * (0.15 + 1.05 * wish.movement)
        reach *= 1.25 - 0.5 * wish.angularity
        crest = float(line) + reach * _crest(phase + curl * 0.25 * (v - float(line)) / gap, wish)
        _wave(rng, wish, tones, paint, v - crest, gap * grow, stroke)
    paint.relief += 0.1 * sheet.noise(rng, 40)
    return paint.limited()


def _crest(phase: Floats, wish: Wish) -> Floats:
    """0 at the crest .. 1 in the trough: round arcs, or straight flanks where angular."""
    part = phase - np.floor(phase)
    arc = np.sqrt(np.maximum(1 - np.square(2 * part - 1), 0))
    slope = 1 - np.abs(2 * part - 1)
    sharp = wish.angularity
    return np.asarray((1 - sharp) * arc + sharp * slope, np.float32)


def _wave(
    rng: Rng,
    wish: Wish,
    tones: Tones,
    paint: Paint,
    below: Floats,
    gap: float,
    grain: Floats,
) -> None:
    """One row of waves: stripes of uneven width below the crest, the lip the strongest."""
    count = int(2 + 3 * wish.density + rng.integers(3))
    widths = np.maximum(np.exp(rng.normal(0, 0.5, count)) * gap / count * 1.2, _THINNEST)
    cuts = np.cumsum(np.append(max(0.013, 0.09 * gap), widths)).astype(np.float32)
    colours = _stripe_tones(rng, tones, count + 2)
    paint, below, grain = from_crest(paint, below, grain)
    shaken = below + 0.01 * grain
    tone = colours[np.searchsorted(cuts, shaken)]
    stroke = grain + 0.25 * np.cos(shaken * (170 / (1 + gap)))
    paint.lay(below > 0, tone, np.asarray(stroke, np.float32))


def _stripe_tones(rng: Rng, tones: Tones, count: int) -> Floats:
    """Tones from the lip down: the first ink, then the others and the ground in turn."""
    names = np.array([*tones.inks[1:], tones.ground, tones.inks[0]])
    start = int(rng.integers(len(names)))
    colours = [tones.inks[0]] + [names[(start + k) % len(names)] for k in range(count - 1)]
    if colours[1] == colours[0]:
        colours[1] = tones.ground
    return np.array(colours, np.float32)


FAMILY = Family(
    name="swell",
    style="waves",
    english=(
        "a sea of curved bands",
        "crest over crest like a woodblock print",
        "striped waves with lips of foam",
        "rolling rhythm of the ocean",
    ),
    chinese=(
        "弧形条纹的海",
        "如木版画般层叠的浪峰",
        "带白沫的条纹海浪",
        "海洋起伏的节奏",
    ),
    draw=_draw,
)
