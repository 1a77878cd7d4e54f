"""Poured and thrown paint: skeins, runs, splatters, drifting flecks."""

from __future__ import annotations

import numpy as np

from studio.families.drawings.family import Family
from studio.families.drawings.labels import Labels
from studio.families.drawings.paint import Paint, Tones, Wish
from studio.families.drawings.paths import bend, beside, blob, heading, swelling, turned, wander
from studio.families.drawings.sheet import Floats, Point, Rng, Sheet

_TURN = np.linspace(0, 2 * np.pi, 14, endpoint=False)
_PETAL = np.stack([np.cos(_TURN), np.sin(_TURN)], 1)
_SCRAP = np.array([(-1.0, -1.0), (1.0, -1.0), (1.0, 1.0), (-1.0, 1.0)])


def _stained(sheet: Sheet, rng: Rng, ground: float, wish: Wish) -> Paint:
    """Raw canvas with a stain or two of the neighbouring tone."""
    paint = Paint.ground(sheet, ground)
    step = 1 if ground < 3.5 else -1
    paint.tone += np.float32(step) * (sheet.noise(rng, 1.6, 2) > 1.8 - 1.1 * wish.density)
    paint.relief += 0.08 * sheet.noise(rng, 80)
    return paint


def _focus(sheet: Sheet, rng: Rng, margin: float = 0.3) -> Point:
    """A main point off the middle."""
    return (
        float(sheet.wide * rng.uniform(margin, 1 - margin)),
        float(sheet.high * rng.uniform(margin, 1 - margin)),
    )


def _wet(sheet: Sheet, rng: Rng) -> Floats:
    """Relief of wet enamel: slow swells with a fine skin."""
    return np.asarray(0.2 * sheet.noise(rng, 18) + 0.1 * sheet.noise(rng, 70))


def pollock(sheet: Sheet, rng: Rng, wish: Wish) -> Paint:
    """Skeins of poured line, thick to thin, with droplets beside them."""
    tones = Tones.drawn(rng)
    paint = _stained(sheet, rng, tones.ground, wish)
    labels = Labels(sheet)
    main, focus = heading(rng, wish), _focus(sheet, rng)
    spread = 0.14 + 0.2 * wish.density
    _pools(sheet, rng, labels, tones, focus, main)
    for index in range(round(5 + 42 * wish.density**1.3)):
        middle = tuple(np.asarray(focus) + rng.normal(0, spread, 2) * (sheet.wide, sheet.high))
        turn = 0.1 + bend(wish, 1.6)
        direction = beside(rng, main, wish, 0.2)
        length = rng.uniform(0.6, 2.0)
        path = wander(rng, middle, direction, length, turn, wish.angularity - 0.4, 7, 44)
        thick = 0.0055 + 0.011 * rng.random() ** 4
        label = 1 + (index % len(tones.inks))
        labels.strand(path, swelling(rng, 44, 0.55 * thick, 1.6 * thick, 12), label)
        _beads(rng, labels, path, thick, label)
    labels.lay_on(paint, tones.inks, _wet(sheet, rng))
    return paint.limited()


def _pools(sheet: Sheet, rng: Rng, labels: Labels, tones: Tones, focus: Point, main: float) -> None:
    """A few puddles that the lines run over."""
    for index in range(int(rng.integers(2, 6))):
        x, y = np.asarray(focus) + rng.normal(0, 0.25, 2) * (sheet.wide, sheet.high)
        size = rng.uniform(0.03, 0.13)
        shape = turned(blob(rng, (x, y), size, 0.5), main, 0.5)
        labels.polygon(shape, 1 + (index + 1) % len(tones.inks))


def _beads(rng: Rng, labels: Labels, path: Floats, thick: float, label: int) -> None:
    """Droplets that fell beside a poured line."""
    places = path[rng.integers(0, len(path), 4)] + rng.normal(0, 0.03, (4, 2))
    for place, size in zip(places, rng.random(4), strict=True):
        labels.spot(place, thick * (0.5 + 1.3 * size**2), label)


def runs(sheet: Sheet, rng: Rng, wish: Wish) -> Paint:
    """Paint splashed on in bands, running down in threads of many lengths."""
    tones = Tones.drawn(rng)
    paint = _stained(sheet, rng, tones.ground, wish)
    labels = Labels(sheet)
    lean = float(rng.choice([-1, 1]) * wish.movement * 0.75)
    bands = int(rng.integers(2, 4))
    count = round(4 + 50 * wish.density)
    for band in range(bands):
        label = 1 + band % len(tones.inks)
        top = sheet.high * (0.62 - 0.55 * band / bands + rng.uniform(-0.08, 0.08))
        middle, reach = sheet.wide * rng.uniform(0.3, 0.7), sheet.wide * rng.uniform(0.3, 0.6)
        _splash(rng, labels, (middle, top), reach, lean, wish, label)
        for _ in range(round(count / bands)):
            x = middle + reach * rng.uniform(-1, 1)
            _run(rng, labels, sheet, (x, top - lean * 0.6 * (x - middle)), lean, wish, label)
    labels.lay_on(paint, tones.inks, _wet(sheet, rng))
    return paint.limited()


def _splash(
    rng: Rng, labels: Labels, middle: Point, reach: float, lean: float, wish: Wish, label: int
) -> None:
    """The band that feeds the runs: a loaded pull of paint, torn in places, with spray."""
    angle, turn = -np.arctan(0.6 * lean), 0.08 + bend(wish, 0.4)
    path = wander(rng, middle, angle, 2 * reach, turn, 0, 5, 41)
    labels.strand(path, swelling(rng, 41, 0.012, 0.07, 12), label)
    for _ in range(3):
        start = int(rng.integers(0, 30))
        above = path[start : start + 11] - (0.0, rng.uniform(0.02, 0.08))
        labels.strand(above, swelling(rng, len(above), 0.004, 0.03, 4), label)
    for _ in range(round(18 * wish.density)):
        spray = np.asarray(middle) + rng.normal(0, 1, 2) * (reach * 0.8, 0.1)
        labels.spot(spray, 0.004 + 0.014 * rng.random() ** 2, label)


def _run(
    rng: Rng, labels: Labels, sheet: Sheet, start: Point, lean: float, wish: Wish, label: int
) -> None:
    """One thread of paint, drawn down by its weight, with a bead at its end."""
    length = sheet.high * (0.08 + 0.6 * rng.random() ** 1.6)
    thick = 0.006 + 0.008 * rng.random() ** 2
    direction = np.pi / 2 + lean * (1 + 0.2 * rng.standard_normal() * (1 - wish.angularity))
    turn = bend(wish, 0.8)
    middle = (
        start[0] + length / 2 * float(np.cos(direction)),
        start[1] + length / 2 * float(np.sin(direction)),
    )
    path = wander(rng, middle, direction, length, turn, 0, 5, 17)
    half = thick * (0.75 + 0.9 * np.exp(-8 * np.linspace(0, 1, 17)))
    labels.strand(path, half, label)
    labels.spot(path[-1], thick * rng.uniform(1.1, 1.7), label)


def splatter(sheet: Sheet, rng: Rng, wish: Wish) -> Paint:
    """Bursts of thrown paint: a core, rays, droplets of every size flung outward."""
    tones = Tones.drawn(rng)
    paint = _stained(sheet, rng, tones.ground, wish)
    labels = Labels(sheet)
    main, focus = heading(rng, wish), _focus(sheet, rng)
    bursts = 2 + int(wish.density > 0.55)
    for burst in range(bursts):
        focus = _landing(sheet, rng, focus, burst)
        scale = (1.0, 0.7, 0.5)[burst]
        label = 1 + burst % len(tones.inks)
        _core(rng, labels, focus, 0.12 * scale * rng.uniform(0.85, 1.1), main, wish, label)
        many = 3 + 180 * wish.density**1.2 * (0.75 + 0.5 * wish.angularity)
        count = round(many * scale)
        _droplets(rng, labels, focus, scale, count, main, wish, label)
    labels.lay_on(paint, tones.inks, _wet(sheet, rng))
    return paint.limited()


def _landing(sheet: Sheet, rng: Rng, focus: Point, burst: int) -> Point:
    """Where the next throw lands: across the paper from the last one."""
    if burst == 0:
        return focus
    x, y = np.asarray(focus) * -0.8 + np.array([sheet.wide, sheet.high]) * 0.9
    return float(x + rng.normal(0, 0.08)), float(y + rng.normal(0, 0.08))


def _core(
    rng: Rng, labels: Labels, focus: Point, radius: float, main: float, wish: Wish, label: int
) -> None:
    """Where the throw landed: a blob with fingers."""
    corners = 9 if rng.random() < wish.angularity else 0
    labels.polygon(turned(blob(rng, focus, radius, 0.6, corners), main, 0.45), label)
    for _ in range(round(3 + 9 * wish.density)):
        angle = _flung(rng, main, wish)
        reach = np.linspace(0, radius * rng.uniform(1.1, 3.2), 5)
        path = np.asarray(focus) + np.stack([np.cos(angle) * reach, np.sin(angle) * reach], 1)
        labels.strand(path, np.linspace(0.35, 0.06, 5) * radius, label)


def _flung(rng: Rng, main: float, wish: Wish) -> float:
    """A direction of flight: both ways along the throw, more spread when round."""
    back = np.pi if rng.random() < 0.4 else 0.0
    return float(main + back + rng.normal(0, 0.08 + bend(wish, 0.9)))


def _droplets(
    rng: Rng,
    labels: Labels,
    focus: Point,
    scale: float,
    count: int,
    main: float,
    wish: Wish,
    label: int,
) -> None:
    """Drops: small ones often, large ones seldom (a power law), some drawn out in flight."""
    angles = np.array([_flung(rng, main, wish) for _ in range(count)])
    out = np.stack([np.cos(angles), np.sin(angles)], 1)
    far = scale * (0.08 + (0.42 + 0.3 * wish.angularity) * rng.random(count) ** 0.8)
    radii = np.minimum(0.045, 0.0065 * (1 - rng.random(count)) ** -0.45)
    places = np.asarray(focus) + far[:, None] * out
    tails = places - (radii * rng.uniform(2, 7, count))[:, None] * out
    sides = np.stack([-out[:, 1], out[:, 0]], 1) * (0.9 * radii)[:, None]
    drawn_out = rng.random(count) < 0.5 + 0.4 * wish.angularity
    drops = np.stack([places - sides, places + sides, tails], 1)
    for drop, place, radius, long in zip(drops, places, radii, drawn_out, strict=True):
        labels.spot(place, radius, label)
        if long:
            labels.polygon(drop, label)


def confetti(sheet: Sheet, rng: Rng, wish: Wish) -> Paint:
    """Flecks that drift in clusters, large near their hearts, small on the outskirts."""
    tones = Tones.drawn(rng)
    paint = _stained(sheet, rng, tones.ground, wish)
    labels = Labels(sheet)
    main = heading(rng, wish)
    hearts = [_focus(sheet, rng, 0.15) for _ in range(int(rng.integers(2, 5)))]
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
    labels.lay_on(paint, tones.inks, _wet(sheet, rng))
    return paint.limited()


def _fleck(
    rng: Rng, labels: Labels, place: Point, radius: float, angle: float, wish: Wish, label: int
) -> None:
    """A dab: a petal, or a cut scrap, lying along the drift."""
    cos, sin = np.cos(angle), np.sin(angle)
    if rng.random() > 0.1 + 0.9 * wish.angularity:
        corners = _PETAL * (1.4 * radius, 0.55 * radius)
    else:
        corners = _SCRAP * (1.9 * radius, 0.5 * radius) * rng.uniform(0.8, 1.2, (4, 1))
    labels.polygon(corners @ np.array([[cos, sin], [-sin, cos]]) + np.asarray(place), label)


FAMILIES: tuple[Family, ...] = (
    Family(
        "pollock",
        "drip",
        (
            "skeins of dripped paint all over",
            "poured enamel lines, tangled and layered",
            "action painting with drips and droplets",
            "a web of flung paint",
        ),
        ("满幅滴洒的颜料线", "层层交织的泼洒线条", "滴画，行动绘画", "甩出来的颜料之网"),
        pollock,
    ),
    Family(
        "runs",
        "drip",
        (
            "paint running down the canvas",
            "splashed bands that drip in long threads",
            "wet paint dripping like rain",
        ),
        ("颜料顺着画布流淌", "泼上去的色带往下滴", "像雨一样流下的湿颜料"),
        runs,
    ),
    Family(
        "splatter",
        "drip",
        (
            "a burst of splattered paint",
            "ink splash with droplets thrown outward",
            "an explosion of paint drops",
        ),
        ("迸溅的颜料", "墨点向四周飞溅", "颜料炸开的瞬间"),
        splatter,
    ),
    Family(
        "confetti",
        "drip",
        (
            "drifting flecks of colour",
            "scattered confetti in clusters",
            "petals of paint carried by the wind",
        ),
        ("飘散的彩色碎点", "成簇的纸屑", "随风飘落的色点"),
        confetti,
    ),
)
