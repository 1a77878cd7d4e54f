"""Bursts of thrown paint: a core, rays, droplets of every size flung outward."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from studio.families.drawings.amounts import bend
from studio.families.drawings.directions import heading
from studio.families.drawings.drips.ground import stained, wet
from studio.families.drawings.family import Family
from studio.families.drawings.labels import Labels
from studio.families.drawings.outlines import blob, turned
from studio.families.drawings.paint import Paint, Wish
from studio.families.drawings.places import free_focus
from studio.families.drawings.sheet import Floats, Point, Rng, Sheet
from studio.families.drawings.tones import Tones

_SCALES = (1.0, 0.7, 0.5)
"""How large one throw after another is."""
_LARGEST_DROP = 0.045
"""Units."""


@dataclass(frozen=True, slots=True)
class _Throw:
    """One throw of paint: where it lands, how large it is, along which line it flies."""

    focus: Point
    scale: float
    direction: float
    """Radians."""
    label: int


def _draw(sheet: Sheet, rng: Rng, wish: Wish) -> Paint:
    tones = Tones.drawn(rng)
    paint = stained(sheet, rng, tones.ground, wish)
    labels = Labels(sheet)
    main, focus = heading(rng, wish), free_focus(sheet, rng)
    for number, scale in enumerate(_SCALES if wish.density > 0.55 else _SCALES[:2]):
        focus = _landing(sheet, rng, focus, number)
        throw = _Throw(focus, scale, main, 1 + number % len(tones.inks))
        _core(rng, labels, throw, wish)
        _droplets(rng, labels, throw, wish)
    labels.lay_on(paint, tones.inks, wet(sheet, rng))
    return paint.limited()


def _core(rng: Rng, labels: Labels, throw: _Throw, wish: Wish) -> None:
    """Where the throw landed: a blob with fingers."""
    radius = 0.12 * throw.scale * rng.uniform(0.85, 1.1)
    corners = 9 if rng.random() < wish.angularity else 0
    splash = blob(rng, throw.focus, radius, 0.6, corners)
    labels.polygon(turned(splash, throw.direction, 0.45), throw.label)
    for _ in range(round(3 + 9 * wish.density)):
        angle = _flung(rng, throw.direction, wish)
        reach = np.linspace(0, radius * rng.uniform(1.1, 3.2), 5)
        path = np.asarray(throw.focus) + np.stack([np.cos(angle) * reach, np.sin(angle) * reach], 1)
        labels.strand(path, np.linspace(0.35, 0.06, 5) * radius, throw.label)


def _flung(rng: Rng, direction: float, wish: Wish) -> float:
    """A direction of flight: both ways along the throw, more spread when round."""
    back = np.pi if rng.random() < 0.4 else 0.0
    return float(direction + back + rng.normal(0, 0.08 + bend(wish, 0.9)))


def _droplets(rng: Rng, labels: Labels, throw: _Throw, wish: Wish) -> None:
    """Drops: small ones often, large ones seldom (a power law), some drawn out in flight."""
    many = 3 + 180 * wish.density**1.2 * (0.75 + 0.5 * wish.angularity)
    count = round(many * throw.scale)
    angles = np.array([_flung(rng, throw.direction, wish) for _ in range(count)])
    out = np.stack([np.cos(angles), np.sin(angles)], 1)
    far = throw.scale * (0.08 + (0.42 + 0.3 * wish.angularity) * rng.random(count) ** 0.8)
    radii = np.minimum(_LARGEST_DROP, 0.0065 * (1 - rng.random(count)) ** -0.45)
    places = np.asarray(throw.focus) + far[:, None] * out
    tails = _tails(rng, places, out, radii)
    drawn_out = rng.random(count) < 0.5 + 0.4 * wish.angularity
    for place, radius, tail, long in zip(places, radii, tails, drawn_out, strict=True):
        labels.spot(place, radius, throw.label)
        if long:
            labels.polygon(tail, throw.label)


def _tails(rng: Rng, places: Floats, out: Floats, radii: Floats) -> Floats:
    """Triangles [n, 3, 2] that trail the drops, pointing back to where they came from."""
    ends = places - (radii * rng.uniform(2, 7, len(radii)))[:, None] * out
    sides = np.stack([-out[:, 1], out[:, 0]], 1) * (0.9 * radii)[:, None]
    return np.stack([places - sides, places + sides, ends], 1)


def _landing(sheet: Sheet, rng: Rng, focus: Point, burst: int) -> Point:
    """Where the next throw lands: across the paper from the last one."""
    if burst == 0:
        return focus
    x, y = np.asarray(focus) * -0.8 + np.array([sheet.wide, sheet.high]) * 0.9
    return float(x + rng.normal(0, 0.08)), float(y + rng.normal(0, 0.08))


FAMILY = Family(
    name="splatter",
    style="drip",
    english=(
        "a burst of splattered paint",
        "ink splash with droplets thrown outward",
        "an explosion of paint drops",
    ),
    chinese=(
        "迸溅的颜料",
        "墨点向四周飞溅",
        "颜料炸开的瞬间",
    ),
    draw=_draw,
)
