"""Lyrical signs: Bauhaus constellations, washed gardens, syncopated shapes, colour storms."""

from __future__ import annotations

import numpy as np

from studio.families.drawings.family import Family
from studio.families.drawings.labels import Labels
from studio.families.drawings.paint import Paint, Tones, Wish
from studio.families.drawings.paths import (
    bend,
    beside,
    blob,
    curve,
    heading,
    swelling,
    turned,
    wander,
)
from studio.families.drawings.sheet import Floats, Point, Rng, Sheet

_FIRST = 1
"""The label of the first ink; the ground as a mark has the label after the last ink."""


def _focus(sheet: Sheet, rng: Rng, margin: float = 0.3) -> Point:
    """A main point off the middle."""
    return (
        float(sheet.wide * rng.uniform(margin, 1 - margin)),
        float(sheet.high * rng.uniform(margin, 1 - margin)),
    )


def _about(rng: Rng, sheet: Sheet, centre: Point, spread: float) -> Point:
    """A point round a centre, kept on the paper."""
    x, y = np.asarray(centre) + rng.normal(0, spread, 2) * (sheet.wide, sheet.high)
    return (
        float(np.clip(x, 0.06, sheet.wide - 0.06)),
        float(np.clip(y, 0.06, sheet.high - 0.06)),
    )


def _washed(sheet: Sheet, rng: Rng, ground: float) -> Paint:
    """A ground breathing towards its neighbouring tone."""
    paint = Paint.ground(sheet, ground)
    step = 1 if ground < 3.5 else -1
    cloud = sheet.noise(rng, 1.8, 3)
    paint.tone += np.float32(step) * np.clip(0.3 * cloud, 0, 0.7)
    paint.relief += 0.07 * sheet.noise(rng, 80) + 0.08 * cloud
    return paint


def _ink(rng: Rng, tones: Tones) -> int:
    """The label of an ink; the first somewhat oftener."""
    return _FIRST + max(0, int(rng.integers(len(tones.inks) + 1)) - 1)


def _finish(sheet: Sheet, rng: Rng, paint: Paint, labels: Labels, tones: Tones) -> Paint:
    """Colour the marks; gouache lies a little uneven."""
    body = 0.14 * sheet.noise(rng, 8, 2) + 0.1 * sheet.noise(rng, 70)
    labels.lay_on(paint, (*tones.inks, tones.ground), np.asarray(body))
    return paint.limited()


def _arm(at: Point, angle: float, length: float, samples: int = 2) -> Floats:
    """A straight line [samples, 2] from a point."""
    reach = np.linspace(0, length, samples)[:, None]
    return np.asarray(np.asarray(at) + reach * np.array([np.cos(angle), np.sin(angle)]))


def lyrical(sheet: Sheet, rng: Rng, wish: Wish) -> Paint:
    """Arcs, wedges, haloed circles, checkers and bundles of lines about one leading diagonal."""
    tones = Tones.drawn(rng)
    paint = _washed(sheet, rng, tones.ground)
    labels = Labels(sheet)
    main, focus = heading(rng, wish), _focus(sheet, rng, 0.32)
    straight = 0.15 + 0.85 * wish.angularity
    _halo(rng, labels, tones, focus, rng.uniform(0.13, 0.22) * (1.35 - 0.8 * wish.angularity))
    _wedge(rng, labels, tones, _about(rng, sheet, focus, 0.1), main, rng.uniform(0.5, 0.9))
    for _ in range(round(2 + 20 * wish.density)):
        place = _about(rng, sheet, focus, 0.27)
        angle = beside(rng, main, wish, 0.35)
        size = 0.03 + 0.09 * rng.random() ** 1.5
        if rng.random() < straight:
            draw = (_wedge, _checker, _bundle, _bar)[int(rng.integers(4))]
            draw(rng, labels, tones, place, angle, size * 2.4)
        else:
            _rounded(rng, labels, tones, place, angle, size)
    across = beside(rng, main, wish, 0.0)
    labels.strand(_arm(focus, across, 0.75, 5) - 0.5 * _arm((0, 0), across, 0.7)[1], 0.009, 1)
    return _finish(sheet, rng, paint, labels, tones)


def _rounded(
    rng: Rng, labels: Labels, tones: Tones, place: Point, angle: float, size: float
) -> None:
    """A haloed circle or an arc."""
    if rng.random() < 0.5:
        _halo(rng, labels, tones, place, size)
    else:
        _arc(rng, labels, tones, place, angle, size * 2)


def _halo(rng: Rng, labels: Labels, tones: Tones, centre: Point, radius: float) -> None:
    """A circle in a ring of another tone, with an eye off its middle."""
    rings = int(rng.integers(2, 4))
    first = int(rng.integers(len(tones.inks)))
    for ring in range(rings):
        shift = rng.normal(0, 0.08 * radius, 2) if ring else np.zeros(2)
        label = _FIRST + (first + ring) % len(tones.inks)
        labels.spot(np.asarray(centre) + shift, radius * (1 - 0.33 * ring), label)


def _wedge(
    rng: Rng, labels: Labels, tones: Tones, place: Point, angle: float, length: float
) -> None:
    """A long pointed triangle."""
    spread = rng.uniform(0.08, 0.28)
    tip = np.asarray(place) - 0.5 * length * np.array([np.cos(angle), np.sin(angle)])
    ends = [_arm((tip[0], tip[1]), angle + side * spread, length)[1] for side in (-0.5, 0.5)]
    labels.polygon(np.stack([tip, *ends]), _ink(rng, tones))


def _bar(rng: Rng, labels: Labels, tones: Tones, place: Point, angle: float, length: float) -> None:
    """A straight line with weight, sometimes with a twin."""
    for twin in range(int(rng.integers(1, 3))):
        start = (place[0] + 0.03 * twin, place[1] + 0.03 * twin)
        labels.strand(_arm(start, angle, length * 1.4), rng.uniform(0.006, 0.014), _ink(rng, tones))


def _bundle(
    rng: Rng, labels: Labels, tones: Tones, place: Point, angle: float, length: float
) -> None:
    """Parallel lines that fan a little."""
    label, fan = _ink(rng, tones), rng.normal(0, 0.06)
    for index in range(int(rng.integers(3, 6))):
        away = 0.026 * index
        start = (place[0] - away * np.sin(angle), place[1] + away * np.cos(angle))
        labels.strand(_arm(start, angle + fan * index, length * 1.3), 0.0065, label)


def _checker(
    rng: Rng, labels: Labels, tones: Tones, place: Point, angle: float, length: float
) -> None:
    """A leaning patch of squares in two tones."""
    rows, columns = int(rng.integers(2, 4)), int(rng.integers(3, 6))
    cell = length / 4.2
    u = np.array([np.cos(angle), np.sin(angle)]) * cell
    v = np.array([np.cos(angle + 1.4), np.sin(angle + 1.4)]) * cell
    pair = (_ink(rng, tones), len(tones.inks) + 1)
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
    labels.strand(path, swell, _ink(rng, tones))


def garden(sheet: Sheet, rng: Rng, wish: Wish) -> Paint:
    """Floating lobed shapes, stars and threads on a washed ground."""
    tones = Tones.drawn(rng)
    paint = _washed(sheet, rng, tones.ground)
    main, focus = heading(rng, wish), _focus(sheet, rng)
    _clearing(sheet, rng, paint, tones.ground, main)
    labels = Labels(sheet)
    _thread(sheet, rng, labels, focus, main, wish)
    count = round(3 + 24 * wish.density)
    for index in range(count):
        place = focus if index == 0 else _about(rng, sheet, focus, 0.27)
        size = 0.16 if index == 0 else 0.022 + 0.1 * rng.random() ** 1.8
        angle = beside(rng, main, wish, 0.2)
        _creature(rng, labels, tones, place, angle, size * rng.uniform(0.9, 1.2), wish)
    return _finish(sheet, rng, paint, labels, tones)


def _clearing(sheet: Sheet, rng: Rng, paint: Paint, ground: float, main: float) -> None:
    """A large pale stain behind everything."""
    step = 1 if ground < 3.5 else -1
    stain = blob(rng, _focus(sheet, rng), rng.uniform(0.28, 0.42), 0.3)
    shape = turned(stain, main, rng.uniform(0.5, 0.8))
    mask = sheet.polygon([(float(x), float(y)) for x, y in shape])
    paint.lay(mask, ground + step, np.asarray(paint.relief + 0.1 * sheet.noise(rng, 12)))


def _creature(
    rng: Rng, labels: Labels, tones: Tones, place: Point, angle: float, size: float, wish: Wish
) -> None:
    """One sign of the garden: lobe, crescent, star, ladder of dots, kite."""
    if rng.random() < wish.angularity:
        draw = (_star, _kite, _ladder, _bar, _bar)[int(rng.integers(5))]
        draw(rng, labels, tones, place, angle, 1.3 * size)
        return
    kind = int(rng.integers(4))
    if kind == 0:
        _crescent(rng, labels, tones, place, angle, size)
    elif kind == 1:
        _halo(rng, labels, tones, place, 0.6 * size)
    else:
        _lobe(rng, labels, tones, place, angle, size)


def _lobe(rng: Rng, labels: Labels, tones: Tones, place: Point, angle: float, size: float) -> None:
    """A soft shape of two tones with a dot."""
    shape = turned(blob(rng, place, size, 0.55), angle, rng.uniform(0.3, 0.55))
    label = _ink(rng, tones)
    labels.polygon(shape, label)
    other = _FIRST + (label + int(rng.integers(len(tones.inks)))) % len(tones.inks)
    half = (shape - shape.mean(0)) * 0.5 + shape.mean(0) + rng.normal(0, 0.2 * size, 2)
    labels.polygon(half, other)
    labels.spot(place, max(0.009, 0.12 * size), len(tones.inks) + 1)


def _crescent(
    rng: Rng, labels: Labels, tones: Tones, place: Point, angle: float, size: float
) -> None:
    """A sickle."""
    turn = np.linspace(0, rng.uniform(2.4, 4.2), 22) + angle
    path = np.asarray(place) + 0.8 * size * np.stack([np.cos(turn), np.sin(turn)], 1)
    labels.strand(path, 0.32 * size * np.sin(np.linspace(0.1, np.pi - 0.1, 22)), _ink(rng, tones))


def _star(rng: Rng, labels: Labels, tones: Tones, place: Point, angle: float, size: float) -> None:
    """Crossing lines through one point."""
    label, size = _ink(rng, tones), max(0.05, 0.8 * size)
    count = int(rng.integers(2, 5))
    for ray in range(count):
        turn = angle + ray * np.pi / count
        arm = _arm(place, turn, 2 * size) - (_arm((0, 0), turn, size)[1])
        labels.strand(arm, 0.0075, label)


def _kite(rng: Rng, labels: Labels, tones: Tones, place: Point, angle: float, size: float) -> None:
    """Two triangles that touch at their points."""
    cos, sin = np.cos(angle), np.sin(angle)
    for side in (-1, 1):
        corners = np.array([(0, 0), (side, -0.55), (side, 0.55)]) * size
        spun = corners @ np.array([[cos, sin], [-sin, cos]]) + np.asarray(place)
        labels.polygon(spun, _ink(rng, tones))


def _ladder(
    rng: Rng, labels: Labels, tones: Tones, place: Point, angle: float, size: float
) -> None:
    """A stem with rungs."""
    label = _ink(rng, tones)
    stem = _arm(place, angle, 2.4 * size, 5)
    labels.strand(stem, 0.007, label)
    for knot in stem[1:]:
        half = _arm((0, 0), angle + np.pi / 2, 0.3 * size)[1]
        labels.strand(np.stack([knot - half, knot + half]), 0.0065, label)


def _thread(sheet: Sheet, rng: Rng, labels: Labels, focus: Point, main: float, wish: Wish) -> None:
    """One or two long thin lines that tie the signs together."""
    for _ in range(1 + round(2 * wish.density)):
        middle = _about(rng, sheet, focus, 0.15)
        turn = 0.03 + bend(wish, 1.4)
        path = wander(rng, middle, main, rng.uniform(0.7, 1.3), turn, 0, 5, 40)
        labels.strand(path, 0.0065, 1)
        labels.spot(path[-1], 0.016, 1)


def jazz(sheet: Sheet, rng: Rng, wish: Wish) -> Paint:
    """Loose shapes in a syncopated row, tangled with bows and bars."""
    tones = Tones.drawn(rng)
    paint = _washed(sheet, rng, tones.ground)
    labels = Labels(sheet)
    main, focus = heading(rng, wish), _focus(sheet, rng, 0.38)
    along = np.array([np.cos(main), np.sin(main)])
    beats = round(4 + 13 * wish.density)
    gaps = rng.choice([0.5, 1.0, 1.0, 1.7], beats)
    places = np.cumsum(gaps) / gaps.sum() - 0.5
    for place in rng.permutation(places):
        off = rng.normal(0, 0.12) * np.array([-along[1], along[0]])
        x, y = np.asarray(focus) + 1.15 * place * along + off
        _beat(rng, labels, tones, (x, y), main, wish)
    for _ in range(round(2 + 6 * wish.density)):
        _bow(sheet, rng, labels, tones, focus, main, wish)
    return _finish(sheet, rng, paint, labels, tones)


def _beat(rng: Rng, labels: Labels, tones: Tones, place: Point, main: float, wish: Wish) -> None:
    """A cut shape across the row, and its small echo."""
    size = 0.05 + 0.09 * rng.random() ** 1.4
    corners = int(rng.integers(4, 6)) if rng.random() < wish.angularity else 0
    angle = beside(rng, main, wish, 0.75)
    shape = turned(blob(rng, place, size, 0.5 if not corners else 0.15, corners), 0, 1)
    labels.polygon(_stretched(shape, angle, rng.uniform(1.5, 2.6)), _ink(rng, tones))
    echo = (place[0] + rng.normal(0, 0.09), place[1] + rng.normal(0, 0.09))
    if corners:
        labels.polygon(
            _stretched(blob(rng, echo, 0.3 * size, 0.2, 4), angle, 1.5), _ink(rng, tones)
        )
    else:
        labels.spot(echo, 0.25 * size, _ink(rng, tones))


def _stretched(shape: Floats, angle: float, factor: float) -> Floats:
    """A shape drawn out along an angle."""
    along = np.array([np.cos(angle), np.sin(angle)])
    middle = shape.mean(0)
    off = shape - middle
    return np.asarray(middle + off + (factor - 1) * (off @ along)[:, None] * along)


def _bow(
    sheet: Sheet, rng: Rng, labels: Labels, tones: Tones, focus: Point, main: float, wish: Wish
) -> None:
    """A long line that swings through the row, or a bar beside it."""
    middle = _about(rng, sheet, focus, 0.14)
    turn = 0.04 + bend(wish, 1.5)
    path = wander(rng, middle, beside(rng, main, wish, 0.35), rng.uniform(0.4, 1.1), turn, 0, 5, 32)
    labels.strand(path, swelling(rng, 32, 0.006, rng.choice([0.01, 0.022])), _ink(rng, tones))


def storm(sheet: Sheet, rng: Rng, wish: Wish) -> Paint:
    """Loose patches of colour all over, nervous lines running across them."""
    tones = Tones.drawn(rng)
    paint = _washed(sheet, rng, tones.ground)
    main, focus = heading(rng, wish), _focus(sheet, rng)
    labels = Labels(sheet)
    for index in range(round(9 + 28 * wish.density)):
        place = sheet.place(rng) if index % 2 else _about(rng, sheet, focus, 0.2)
        size = (0.24 - 0.09 * wish.density) * rng.uniform(0.45, 1.25)
        corners = int(rng.integers(4, 7)) if rng.random() < wish.angularity else 0
        shape = turned(
            blob(rng, place, 1.15 * size, 0.6 if not corners else 0.25, corners),
            beside(rng, main, wish, 0.15),
            0.45,
        )
        labels.polygon(shape, _FIRST + int(rng.integers(len(tones.inks) + 1)))
    _loosen(sheet, rng, paint, labels, tones)
    lines = Labels(sheet)
    for _ in range(round(2 + 15 * wish.density)):
        _nerve(sheet, rng, lines, focus, main, wish)
    line_tone = 0.0 if tones.ground > 2 else tones.inks[0]
    lines.lay_on(paint, (line_tone,), 0.3 * sheet.noise(rng, 50))
    return paint.limited()


def _loosen(sheet: Sheet, rng: Rng, paint: Paint, labels: Labels, tones: Tones) -> None:
    """Lay the patches as rubbed colour: torn where the brush ran dry, clouded inside."""
    numbers = labels.array()
    rub = sheet.noise(rng, 9, 3, 0.7)
    table = np.asarray([0.0, *tones.inks, tones.ground], np.float32)
    covered = np.asarray((numbers > 0) & (rub < 1.6))
    cloud = np.clip(0.4 * sheet.noise(rng, 4, 2), -0.5, 0.5)
    paint.lay(covered, np.asarray(table[numbers] + cloud), np.asarray(0.3 * rub - 0.1))


def _nerve(sheet: Sheet, rng: Rng, lines: Labels, focus: Point, main: float, wish: Wish) -> None:
    """A line that jerks or curls, sometimes with hooks beside it."""
    middle = _about(rng, sheet, focus, 0.26)
    turn = 0.15 + bend(wish, 1.4)
    angle = beside(rng, main, wish, 0.25)
    path = wander(rng, middle, angle, rng.uniform(0.25, 0.85), turn, wish.angularity, 6, 33)
    lines.strand(path, swelling(rng, 33, 0.004, 0.011), 1)
    if rng.random() < 0.4:
        for step in range(3):
            lines.strand(curve(path[8:24:5], 12) + 0.03 * (step + 1), 0.006, 1)


FAMILIES: tuple[Family, ...] = (
    Family(
        "lyrical",
        "lyrical",
        (
            "circles, wedges and arcs in musical balance",
            "haloed circles, checker patches and a strong diagonal",
            "a composition of floating geometric signs",
            "points, lines and planes in play",
        ),
        ("圆、楔形与弧线的音乐平衡", "光晕圆环、棋盘格与斜线", "点线面的游戏", "漂浮的几何符号"),
        lyrical,
    ),
    Family(
        "garden",
        "lyrical",
        (
            "playful biomorphic shapes with stars and threads",
            "floating organic signs on a washed ground",
            "a dream garden of small shapes",
            "poetic lobes, dots and thin lines",
        ),
        ("有机形、星星与细线的童趣", "淡彩底上漂浮的符号", "梦中的花园", "诗意的小形状与细线"),
        garden,
    ),
    Family(
        "jazz",
        "lyrical",
        (
            "syncopated shapes tangled with bows and bars",
            "jazz rhythm, loose dancing shapes",
            "an improvised row of bold forms",
            "swinging lines and cut shapes",
        ),
        ("爵士节奏，跳动的形状", "切分音般的色块与弓线", "即兴摇摆的形与线"),
        jazz,
    ),
    Family(
        "storm",
        "lyrical",
        (
            "a storm of colour patches with nervous black lines",
            "expressive improvisation, colours and lines colliding",
            "turbulent patches of colour all over",
            "inner turmoil, free lines over colour",
        ),
        ("色块与黑线的风暴", "即兴的色彩与线条碰撞", "翻涌的色彩", "内心的激荡，线条自由奔走"),
        storm,
    ),
)
