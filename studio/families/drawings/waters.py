"""Drawings of waves and hills: misty ridges, a banded sea, crossing ripples, dunes."""

from __future__ import annotations

import numpy as np

from studio.families.drawings.family import Family
from studio.families.drawings.paint import Paint, Tones, Wish
from studio.families.drawings.sheet import TOP, Floats, Mask, Rng, Sheet
from studio.families.drawings.stirring import stirred
from studio.families.drawings.swirls import Swirls

_STEPS = 2048
"""How finely a skyline is drawn, points a unit."""


def _leaning(sheet: Sheet, angle: float) -> tuple[Floats, Floats]:
    """Coordinates turned by `angle` round the middle: along the horizon, and down from it."""
    cos, sin = float(np.cos(angle)), float(np.sin(angle))
    x, y = sheet.x - sheet.wide / 2, sheet.y - sheet.high / 2
    return x * cos + y * sin + sheet.wide / 2, y * cos - x * sin + sheet.high / 2


def _profile(rng: Rng, cells: float, sharp: float) -> Floats:
    """A skyline, about unit spread, in `_STEPS` a unit from -2 on: hills, or peaks if `sharp`."""
    knots = np.arange(-3.0, 5.0, 1 / cells) + rng.uniform(-0.3, 0.3) / cells
    knots = knots + rng.uniform(-0.3, 0.3, len(knots)) / cells
    heights = rng.standard_normal(len(knots))
    at = np.arange(-2 * _STEPS, 4 * _STEPS) / _STEPS
    place = np.clip(np.searchsorted(knots, at) - 1, 0, len(knots) - 2)
    part = (at - knots[place]) / (knots[place + 1] - knots[place])
    blend = sharp * part + (1 - sharp) * part * part * (3 - 2 * part)
    skyline = heights[place] * (1 - blend) + heights[place + 1] * blend
    return np.asarray(skyline, np.float32)


def ridges(sheet: Sheet, rng: Rng, wish: Wish) -> Paint:
    """Hills behind hills with light along their rims and mist between, under a plain sky."""
    sky, near = (6.6, 0.4) if rng.uniform() < 0.6 else (0.4, 6.6)
    lean = float(rng.choice([-1, 1])) * wish.movement * 0.7
    u, v = _leaning(sheet, lean)
    paint = Paint.ground(sheet, round(sky))
    paint.relief += 0.2 * sheet.noise(rng, 4, 3)
    _moon(sheet, rng, paint, sky)
    count = int(2 + 9 * wish.density)
    top = float(rng.uniform(0.15, 0.45)) * sheet.high
    lines = np.linspace(top, sheet.high * 1.02, count + 1)[:-1]
    stroke = 0.35 * sheet.noise(rng, 6, 3)
    along = ((u + 2) * _STEPS).astype(np.int32)
    for order, line in enumerate(lines):
        depth = (order + 0.6) / count
        steep = (0.02 + 0.15 * wish.movement) * float(rng.uniform(0.5, 1.4))
        cells = float(rng.uniform(0.8, 2)) + 1.5 * wish.density
        shape = _profile(rng, cells, wish.angularity)
        shape += 0.35 * (1 - wish.angularity) * _profile(rng, 4.5, 0.0)
        crest = float(line) + steep * shape[along] + 0.01 * stroke
        _hill(sheet, rng, paint, v - crest, sky + (near - sky) * depth, sky, count, stroke)
    paint.relief += 0.12 * sheet.noise(rng, 40)
    return paint.limited()


def _moon(sheet: Sheet, rng: Rng, paint: Paint, sky: float) -> None:
    """A sun or moon in the sky, more often than not, and a bank of cloud."""
    away = 1.0 if sky < 4 else -1.0
    bank = sheet.noise(rng, 1.0) + 3 * np.abs(sheet.y - float(rng.uniform(0.05, 0.4))) < 0.3
    paint.lay(bank, float(round(sky) + away), 0.1)
    x, y = float(rng.uniform(0.12, 0.88) * sheet.wide), float(rng.uniform(0.1, 0.35) * sheet.high)
    size, tone = float(np.exp(rng.normal(-2.5, 0.4))), float(rng.choice([2, 3, 4, 5]))
    if rng.uniform() < 0.65:
        paint.lay(sheet.disc((x, y), size), tone, 0.2)


def _from_crest(paint: Paint, below: Floats, grain: Floats) -> tuple[Paint, Floats, Floats]:
    """The same from the first row on that a layer covers: views, so laying there is laying here."""
    top = int(np.argmax((below > 0).any(1)))
    return Paint(paint.tone[top:], paint.relief[top:]), below[top:], grain[top:]


def _hill(
    sheet: Sheet,
    rng: Rng,
    paint: Paint,
    below: Floats,
    tone: float,
    sky: float,
    count: int,
    stroke: Floats,
) -> None:
    """One layer: a rim of light, a body, and mist that rises from its foot."""
    body = float(np.clip(round(tone + rng.uniform(-0.7, 0.7)), 0, TOP))
    toward = 1.0 if sky > body else -1.0
    paint, below, stroke = _from_crest(paint, below, stroke)
    depth = float(rng.uniform(0.5, 1.1)) * sheet.high / count + 0.05
    mist = 1.6 * np.clip(below / depth, 0, 1) ** 2 * toward
    shade = body + mist
    paint.lay(below > 0, shade.astype(np.float32), stroke.astype(np.float32))
    rim = max(0.012, 0.05 * depth) * (1 + stroke)
    light = float(np.clip(body + (3.5 if body < 4 else -3.5), 0, TOP))
    if rng.uniform() < 0.7:
        paint.lay((below > 0) & (below < rim), light, 0.3)


def swell(sheet: Sheet, rng: Rng, wish: Wish) -> Paint:
    """A sea of curved bands: crest over crest, stripes that follow, a lip of foam."""
    wish = stirred(wish)
    tones = Tones.drawn(rng, most=5)
    u, v = _leaning(sheet, float(rng.choice([-1, 1])) * wish.movement * 0.8)
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
    widths = np.exp(rng.normal(0, 0.5, count)) * gap / count * 1.2
    widths = np.maximum(widths, 0.014)
    cuts = np.cumsum(np.append(max(0.013, 0.09 * gap), widths)).astype(np.float32)
    names = np.array([*tones.inks[1:], tones.ground, tones.inks[0]])
    start = int(rng.integers(len(names)))
    colours = [tones.inks[0]] + [names[(start + k) % len(names)] for k in range(count + 1)]
    if colours[1] == colours[0]:
        colours[1] = tones.ground
    paint, below, grain = _from_crest(paint, below, grain)
    shaken = below + 0.01 * grain
    band = np.searchsorted(cuts, shaken)
    tone = np.array(colours, np.float32)[band]
    stroke = grain + 0.25 * np.cos(shaken * (170 / (1 + gap)))
    paint.lay(below > 0, tone, np.asarray(stroke, np.float32))


def interference(sheet: Sheet, rng: Rng, wish: Wish) -> Paint:
    """Rings of two or three sources crossing: the tone turns where their crests meet."""
    tones = Tones.drawn(rng)
    heading = float(rng.integers(4) * np.pi / 2)
    heading += float(rng.choice([-1, 1])) * wish.movement * np.pi / 4
    waves = [_ripples(sheet, rng, wish, heading) for _ in range(int(rng.integers(2, 4)))]
    paint = Paint.ground(sheet, tones.ground)
    names = np.array([tones.ground, tones.inks[0], *tones.inks[1:], tones.ground, tones.inks[1]])
    if rng.uniform() < 0.5:
        odd = sum((wave > float(rng.uniform(-0.3, 0.3))).astype(int) for wave in waves)
        meeting = np.asarray(odd)
    else:
        total = sum(waves) / np.sqrt(len(waves) / 2)
        cuts = np.sort(rng.uniform(-0.25, 0.25, 3)) + np.array([-0.75, 0, 0.75])
        meeting = np.searchsorted(cuts, np.asarray(total))
    tone = names[meeting].astype(np.float32)
    zone = sheet.noise(rng, 0.7) > float(rng.uniform(0, 1))
    other = np.roll(names, 1)[meeting].astype(np.float32)
    paint.lay(np.ones_like(zone), np.where(zone, other, tone))
    paint.relief += 0.2 * waves[0] + 0.25 * sheet.noise(rng, 9, 3)
    return paint.limited()


def _ripples(sheet: Sheet, rng: Rng, wish: Wish, heading: float) -> Floats:
    """The waves of one source, -1..1: rings near it, level fronts when it is far away."""
    aside = float(rng.integers(4) * np.pi / 2) if rng.uniform() > wish.angularity else 0.0
    angle = heading + aside + float(rng.normal(0, 0.12))
    far = 0.1 + 6 * wish.angularity**1.5 + float(rng.uniform(0, 0.3))
    x = sheet.wide / 2 + far * float(np.cos(angle)) + float(rng.normal(0, 0.1))
    y = sheet.high / 2 + far * float(np.sin(angle)) + float(rng.normal(0, 0.1))
    count = (1.6 + 7 * wish.density) * float(rng.uniform(0.7, 1.2))
    away = np.hypot(sheet.x - x, sheet.y - y) + 0.03 * (1 - wish.angularity) * sheet.noise(rng, 2)
    return np.asarray(np.cos(2 * np.pi * count * away), np.float32)


def dunes(sheet: Sheet, rng: Rng, wish: Wish) -> Paint:
    """Long crests, one flank in light and one in shade, and wind ripples on some of them."""
    wish = stirred(wish)
    light = rng.uniform() < 0.5
    turn = float(rng.choice([-1, 1])) * wish.movement * np.pi / 4
    u, v = _leaning(sheet, turn + (np.pi / 2 if rng.uniform() < 0.25 else 0.0))
    bend = 0.02 + 0.17 * (1 - wish.angularity)
    sway = Swirls.drawn(rng, 1.0 + 0.8 * wish.density)
    down = v + bend * sway.at(u, 0.6 * v)
    count = 1.6 + 6 * wish.density
    phase = count * down * (0.7 + 0.45 * down) + float(rng.uniform())
    steep = 0.3 + 0.18 * Swirls.drawn(rng, 1.3).at(u, v)
    name, part = np.floor(phase), np.mod(phase, 1)
    shade = part < np.clip(steep, 0.1, 0.62)
    return _sanded(sheet, rng, light, name, part, shade, u)


def _sanded(
    sheet: Sheet,
    rng: Rng,
    light: bool,
    name: Floats,
    part: Floats,
    shade: Mask,
    along: Floats,
) -> Paint:
    """The flanks as tones: each dune a little off its neighbour, grain and ripples on the sand."""
    lots = rng.uniform(-1.1, 1.1, 64)[np.mod(name.astype(int), 64)]
    bright, dark = (6.0, 2.2) if light else (4.6, 0.8)
    tone = np.where(shade, np.round(dark + lots), np.round(bright + 0.6 * lots))
    tone = tone + np.where(shade, 0.4, -0.9) * part
    grain = 0.3 * sheet.noise(rng, 60) + 0.25 * sheet.noise(rng, 6, 3)
    paint = Paint(tone.astype(np.float32), grain.astype(np.float32))
    ripple = np.cos(2 * np.pi * (3.2 * part + 1.4 * along + 0.25 * sheet.noise(rng, 3)))
    combed = (lots > 0.2) & (ripple > 0.35)
    paint.lay(combed & ~shade, (tone - 1).astype(np.float32), -0.2)
    sky = name <= float(name.min()) + (0.0 if rng.uniform() < 0.5 else -1.0)
    accent = float(rng.choice([1, 3, 4, 7]))
    paint.lay(sky, accent, (0.3 * sheet.noise(rng, 5, 3)).astype(np.float32))
    return paint.limited()


FAMILIES = (
    Family(
        "ridges",
        "waves",
        (
            "hills behind hills with mist between",
            "layered mountains with light on their rims",
            "a misty range under a pale sun",
            "quiet ridges fading into the distance",
        ),
        ("层层远山，云雾其间", "山脊边缘有光的群山", "淡日下的雾中山峦", "渐远渐淡的山脊"),
        ridges,
    ),
    Family(
        "swell",
        "waves",
        (
            "a sea of curved bands",
            "crest over crest like a woodblock print",
            "striped waves with lips of foam",
            "rolling rhythm of the ocean",
        ),
        ("弧形条纹的海", "如木版画般层叠的浪峰", "带白沫的条纹海浪", "海洋起伏的节奏"),
        swell,
    ),
    Family(
        "interference",
        "waves",
        (
            "rings of two sources crossing",
            "broad moire bands",
            "ripples that meet and turn colour",
            "op art waves",
        ),
        ("两处波源的圆环相交", "宽阔的摩尔条纹", "相遇而变色的涟漪", "欧普艺术的波纹"),
        interference,
    ),
    Family(
        "dunes",
        "waves",
        (
            "dunes with a lit and a shaded side",
            "long crests of sand",
            "desert curves with wind ripples",
            "soft slopes under a low sun",
        ),
        ("一面受光一面背阴的沙丘", "绵长的沙脊", "带风纹的沙漠曲线", "低斜阳光下的缓坡"),
        dunes,
    ),
)
