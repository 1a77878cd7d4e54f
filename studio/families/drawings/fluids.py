"""Drawings of liquids: marbled paper, agate, ink in water, poured paint.

Marbling follows the maps of "Mathematical Marbling" (Lu, Jaffer, Jin, Zhao, Mao, 2012): each drop
and each comb moves all paint that lies there, so a pixel is traced back through them.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from studio.families.drawings.family import Family
from studio.families.drawings.paint import Paint, Tones, Wish
from studio.families.drawings.sheet import TOP, Floats, Rng, Sheet
from studio.families.drawings.stirring import stirred
from studio.families.drawings.swirls import Swirls


def _heading(rng: Rng, wish: Wish) -> float:
    """Level or upright without movement, leaning up to 45 degrees with it."""
    side = float(rng.choice([-1, 1]))
    return float(rng.integers(2) * np.pi / 2 + side * wish.movement * np.pi / 4)


def marbling(sheet: Sheet, rng: Rng, wish: Wish) -> Paint:
    """Drops of colour let fall in each other, then drawn out with combs (ebru)."""
    wish = stirred(wish)
    tones = Tones.drawn(rng)
    x, y = np.array(sheet.x), np.array(sheet.y)
    angle = _heading(rng, wish)
    for _ in range(int(rng.integers(1, 4))):
        x, y = _combed(rng, wish, angle, x, y)
    x, y = _swirled(sheet, rng, (1 - wish.angularity) * (0.15 + 0.85 * wish.movement), x, y)
    x, y = _drawn_out(sheet, angle, 1.4 + 1.6 * wish.angularity, x, y)
    paint = Paint.ground(sheet, tones.ground)
    grain = 0.2 * sheet.noise(rng, 7, 3)
    count = int(4 + 20 * wish.density**1.2)
    for _ in range(count):
        centre, radius = sheet.place(rng, -0.1), float(np.exp(rng.normal(-1.75, 0.45)))
        x, y = _dropped(rng, wish, tones, paint, centre, radius, x, y)
    paint.relief += grain + 0.1 * sheet.noise(rng, 40)
    return paint.limited()


def _dropped(
    rng: Rng,
    wish: Wish,
    tones: Tones,
    paint: Paint,
    centre: tuple[float, float],
    radius: float,
    x: Floats,
    y: Floats,
) -> tuple[Floats, Floats]:
    """One stone of concentric drops: colours what lies in it, pulls the rest back inwards."""
    dx, dy = x - centre[0], y - centre[1]
    away = dx * dx + dy * dy
    rings = int(rng.integers(1, 3 + round(4 * wish.density)))
    colours = np.array([tones.ink(rng) for _ in range(rings)])
    colours[1::2] = np.where(colours[1::2] == colours[0], tones.ground, colours[1::2])
    cuts = np.cumsum(rng.uniform(0.5, 1.5, rings))
    inside = away < radius * radius
    ring = np.searchsorted(cuts / cuts[-1], away[inside] / (radius * radius))
    free = inside & np.isfinite(away)
    paint.tone[free] = colours[np.minimum(ring, rings - 1)]
    paint.relief[free] = 0.3 * (away[inside] / (radius * radius)) ** 4
    shrink = np.sqrt(np.maximum(1 - radius * radius / np.maximum(away, 1e-9), 0))
    shrink = np.where(inside, np.float32(np.nan), shrink)
    return centre[0] + dx * shrink, centre[1] + dy * shrink


def _combed(rng: Rng, wish: Wish, angle: float, x: Floats, y: Floats) -> tuple[Floats, Floats]:
    """A comb drawn through the bath: sharp at its teeth, in one direction or to and fro."""
    cos, sin = float(np.cos(angle)), float(np.sin(angle))
    across = y * cos - x * sin
    teeth = float(rng.uniform(1.0, 2.0)) + 2.4 * wish.density
    place = across * teeth + float(rng.uniform())
    wave = np.mod(place, 1) - 0.5
    sharp = 3 + 4 * (1 - wish.angularity)
    pull = float(rng.uniform(0.1, 0.3)) * (0.5 + wish.movement) * np.exp2(-np.abs(wave) * sharp)
    if rng.uniform() < 0.4:
        pull = pull * (1 - 2 * np.mod(np.floor(place), 2))
    return x - pull * cos, y - pull * sin


def _drawn_out(
    sheet: Sheet, angle: float, stretch: float, x: Floats, y: Floats
) -> tuple[Floats, Floats]:
    """The bath pulled long along `angle` and narrow across it."""
    cos, sin = float(np.cos(angle)), float(np.sin(angle))
    dx, dy = x - sheet.wide / 2, y - sheet.high / 2
    root = float(np.sqrt(stretch))
    along, across = (dx * cos + dy * sin) / root, (dy * cos - dx * sin) * root
    return sheet.wide / 2 + along * cos - across * sin, sheet.high / 2 + along * sin + across * cos


def _swirled(sheet: Sheet, rng: Rng, amount: float, x: Floats, y: Floats) -> tuple[Floats, Floats]:
    """One or two whirlpools and a slow drift."""
    for _ in range(int(rng.integers(1, 3))):
        cx, cy = sheet.place(rng, 0.2)
        dx, dy = x - cx, y - cy
        spin = np.exp(-(dx * dx + dy * dy) / float(rng.uniform(0.02, 0.1)))
        turn = float(rng.choice([-1, 1]) * rng.uniform(1, 3)) * amount * spin
        cos, sin = np.cos(turn), np.sin(turn)
        x, y = cx + dx * cos - dy * sin, cy + dx * sin + dy * cos
    drift = Swirls.drawn(rng, 1.2, 4)
    return x + 0.07 * amount * drift.at(y, x), y + 0.07 * amount * drift.at(x, -y)


def _stripes(rng: Rng, tones: Tones, heights: Floats, count: float) -> tuple[Floats, Floats]:
    """Bands of uneven width along a height of unit spread: their tone, and how far into one."""
    number = max(4, round(count))
    widths = np.exp(rng.normal(0, 0.65, number))
    cuts = np.cumsum(widths) / widths.sum()
    names = [tones.ground, *tones.inks]
    colours = [names[int(rng.integers(len(names)))]]
    for _ in range(number - 1):
        others = [each for each in names if each != colours[-1]]
        colours.append(others[int(rng.integers(len(others)))])
    level = (heights - float(heights.mean())) / max(float(heights.std()), 0.2)
    place = 0.5 + 0.5 * np.tanh(0.8 * level)
    band = np.minimum(np.searchsorted(cuts, place), number - 1)
    start = np.append(0, cuts[:-1]).astype(np.float32)
    part = (place - start[band]) / (widths / widths.sum()).astype(np.float32)[band]
    return np.array(colours, np.float32)[band], np.asarray(part, np.float32)


def _folded(
    sheet: Sheet, rng: Rng, wish: Wish, cells: float, fold: float
) -> tuple[Floats, Floats, Floats]:
    """Coordinates pushed by noise of their own (domain warping), and the pushing height."""
    angle = _heading(rng, wish)
    cos, sin = float(np.cos(angle)), float(np.sin(angle))
    stretch = 1.8 + 2.4 * wish.angularity
    u = (sheet.x * cos + sheet.y * sin) / stretch
    v = sheet.y * cos - sheet.x * sin
    first, second = Swirls.drawn(rng, cells), Swirls.drawn(rng, cells)
    p, q = first.at(u, v), second.at(u, v)
    return u + fold * p, v + fold * q, p


def warped(sheet: Sheet, rng: Rng, wish: Wish) -> Paint:
    """Agate: bands that follow a folded field, from hair lines to broad rests."""
    wish = stirred(wish, 0.45)
    tones = Tones.drawn(rng)
    cells = 0.7 + 0.9 * wish.density
    fold = (0.04 + 0.26 * (1 - wish.angularity)) * (0.25 + 0.75 * wish.movement)
    u, v, push = _folded(sheet, rng, wish, cells, fold)
    height = Swirls.drawn(rng, cells).at(u, v) + 0.16 * (1 - wish.angularity) * sheet.noise(
        rng, 3.5
    )
    tone, part = _stripes(rng, tones, height, 6 + 18 * wish.density)
    edge = np.exp(-9 * np.minimum(part, 1 - part))
    relief = 0.35 * edge - 0.15 + 0.2 * sheet.noise(rng, 12, 3) + 0.08 * push
    paint = Paint(tone + 0.45 * (part - 0.5), relief.astype(np.float32))
    calm = height > float(rng.uniform(1.2, 1.9))
    paint.lay(calm, float(tones.inks[0]), (0.5 * sheet.noise(rng, 18, 2)).astype(np.float32))
    return paint.limited()


def ink_bloom(sheet: Sheet, rng: Rng, wish: Wish) -> Paint:
    """Ink let into water: soft plumes, dark cores, and a drying edge where a wash stopped."""
    ground = float(rng.choice([0, 1, 6, 7], p=[0.2, 0.1, 0.3, 0.4]))
    far = 0.0 if ground > 4 else float(TOP)
    u, v, push = _folded(sheet, rng, wish, 1.0 + 1.6 * wish.density, 0.1 + 0.06 * wish.movement)
    curl, far_curl = Swirls.drawn(rng, 2.0 + 5 * wish.density, 7), 0.025 + 0.03 * wish.density
    u, v = u + far_curl * curl.at(u, v), v + far_curl * curl.at(v, -u)
    ink = _plumes(sheet, rng, wish, u, v)
    threads = 1 - np.abs(Swirls.drawn(rng, 2.0 + 5 * wish.density).at(u, v))
    strength = ink * (
        0.9 - 0.5 * wish.density + (0.2 + 1.1 * wish.density) * threads
    ) + 0.02 * sheet.noise(rng, 10, 3)
    dry = float(np.quantile(strength[::4, ::4], float(rng.uniform(0.3, 0.6))))
    strength = 0.16 + (strength - dry) * 0.9
    wet = strength > 0.16
    step = 1.0 if far > ground else -1.0
    tone = np.where(wet, ground + step + (far - ground - step) * np.clip(strength, 0, 1), ground)
    paint = Paint(_terraced(tone, 0.7), (0.25 * sheet.noise(rng, 10, 3)).astype(np.float32))
    paint.relief -= 0.35 * np.exp(-np.square((strength - 0.17) / 0.03)) * step * -1
    paint.relief += np.where(wet, 0.2 * push, 0).astype(np.float32)
    _splashes(sheet, rng, wish, paint)
    return paint.limited()


def _plumes(sheet: Sheet, rng: Rng, wish: Wish, u: Floats, v: Floats) -> Floats:
    """Clouds of ink added up, 0 .. above 1: one large, the others round it and far from it."""
    total = np.zeros(u.shape, np.float32)
    focus = sheet.place(rng, 0.25)
    for order in range(int(2 + 11 * wish.density)):
        size = (0.27 if order == 0 else float(rng.uniform(0.06, 0.2))) * (1.25 - 0.5 * wish.density)
        x, y = focus if order == 0 else sheet.place(rng, 0.02)
        row = min(sheet.height - 1, int(y * sheet.unit))
        column = min(sheet.width - 1, int(x * sheet.unit))
        du, dv = u - float(u[row, column]), v - float(v[row, column])
        away = (du * du * 0.7 + dv * dv) / (size * size)
        total += float(rng.uniform(0.7, 1.3)) * np.exp(-(away**0.8))
    return total


def _terraced(tone: Floats, melt: float) -> Floats:
    """Whole tones with a melt of `melt` (0 hard .. 1 a plain gradient) between neighbours."""
    whole = np.floor(tone)
    return np.asarray(whole + np.clip((tone - whole - 0.5) / melt + 0.5, 0, 1), np.float32)


def _splashes(sheet: Sheet, rng: Rng, wish: Wish, paint: Paint) -> None:
    """A few drops of one other tone that did not spread."""
    tone = float(rng.choice([2, 3, 4, 5]))
    near, shake = sheet.place(rng, 0.2), 0.25 * sheet.noise(rng, 9)
    for _ in range(int(1 + 14 * wish.density)):
        radius = float(np.exp(rng.normal(-4.0, 0.6)))
        centre = (near[0] + float(rng.normal(0, 0.16)), near[1] + float(rng.normal(0, 0.16)))
        away = np.hypot(sheet.x - centre[0], sheet.y - centre[1])
        paint.lay(away * (1 + shake) < max(radius, 0.008), tone, 0.2)


def pour(sheet: Sheet, rng: Rng, wish: Wish) -> Paint:
    """Poured paint: folded streams, and where they thin, cells with a lace between them."""
    wish = stirred(wish, 0.45)
    tones = Tones.drawn(rng)
    cells = 0.65 + 0.55 * wish.density
    fold = (0.06 + 0.16 * (1 - wish.angularity)) * (0.25 + 0.75 * wish.movement)
    u, v, push = _folded(sheet, rng, wish, cells, fold)
    height = Swirls.drawn(rng, cells).at(u, v) + 0.03 * sheet.noise(rng, 5)
    tone, part = _stripes(rng, tones, height, 5 + (8 + 12 * wish.angularity) * wish.density)
    gloss = 0.3 * sheet.noise(rng, 2.5, 2) + 0.3 * np.exp(-8 * np.minimum(part, 1 - part))
    paint = Paint(tone + 0.5 * (part - 0.5), gloss.astype(np.float32))
    thick = height + 0.5 * push
    _lace(sheet, rng, wish, tones, paint, thick)
    return paint.limited()


def _lace(sheet: Sheet, rng: Rng, wish: Wish, tones: Tones, paint: Paint, thick: Floats) -> None:
    """Round cells of uneven size where the paint is thin, a web of another tone between."""
    count = int(8 + 64 * (1 - 0.8 * wish.angularity) * wish.density)
    wobble = sheet.noise(rng, 3)
    u, v = sheet.x + 0.03 * wobble, sheet.y + 0.03 * sheet.noise(rng, 3)
    thin = thick > np.quantile(thick[::4, ::4], float(rng.uniform(0.35, 0.7)))
    spots, kept = _thinnest(sheet, rng, thick, count)
    sizes = np.exp(rng.normal(-2.75 - 0.75 * wish.density, 0.5, 3 * count))
    sizes = sizes.astype(np.float32)[kept]
    label, best, gap = _bubbles(u, v, spots, sizes)
    reach = sizes[label]
    names = np.array([tones.ground, *tones.inks], np.float32)
    colour = rng.integers(0, len(names), (3, 3 * count))[:, kept]
    lots = rng.uniform(0, 1, 3 * count)[kept]
    web = thin & (best < 0.35 * reach + 0.012)
    paint.lay(web, tones.inks[0] if rng.uniform() < 0.5 else tones.ground, 0.25)
    for ring, depth in enumerate((0.15, -0.3, -0.7)):
        lit = best + (0.25 * ring * wobble * reach) < depth * reach
        inside = web & (gap > 0.009) & lit & (lots[label] > 0.3 * ring)
        paint.lay(inside, names[colour[ring]][label], 0.25 * (ring - 1))


def _thinnest(
    sheet: Sheet, rng: Rng, thick: Floats, count: int
) -> tuple[Floats, NDArray[np.int64]]:
    """Places [count, 2] where the paint is thinnest, and which of three times as many they are.

    Whoever colours them goes by that number, so one that is swapped in a larger picture does not
    change the others."""
    places = rng.uniform(0, 1, (3 * count, 2))
    rows = (places[:, 1] * sheet.height).astype(int)
    columns = (places[:, 0] * sheet.width).astype(int)
    kept = np.sort(np.argsort(-thick[rows, columns])[:count])
    return np.asarray(places[kept] * [sheet.wide, sheet.high]), kept


def _bubbles(
    u: Floats, v: Floats, places: Floats, sizes: Floats
) -> tuple[NDArray[np.int32], Floats, Floats]:
    """The nearest bubble, how far outside it (units), and how much nearer it is than the next."""
    best = np.full(u.shape, 9.0, np.float32)
    second, label = best.copy(), np.zeros(u.shape, np.int32)
    for number, ((p, q), size) in enumerate(zip(places, sizes, strict=True)):
        away = np.sqrt(np.square(u - float(p)) + np.square(v - float(q))) - float(size)
        np.minimum(second, np.maximum(best, away), out=second)
        label[away < best] = number
        np.minimum(best, away, out=best)
    return label, best, (second - best) / 2


FAMILIES = (
    Family(
        "marbling",
        "marble",
        (
            "marbled paper with combed stones",
            "ebru drops drawn out with a comb",
            "endpapers of an old book",
            "rings of ink feathered by a rake",
        ),
        ("梳过的大理石纹纸", "湿拓画的水滴与梳纹", "旧书的扉页花纸", "被耙开的墨环"),
        marbling,
    ),
    Family(
        "warped",
        "marble",
        (
            "agate bands folding into each other",
            "a slice of stone with hair lines",
            "layers of mineral colour",
            "folded strata with broad rests",
        ),
        ("互相折叠的玛瑙条纹", "带细纹的石头切面", "层层矿物色", "褶皱的岩层与留白"),
        warped,
    ),
    Family(
        "ink_bloom",
        "marble",
        (
            "ink spreading in water",
            "soft plumes with dark cores",
            "a wash that dried at its edge",
            "clouds of ink and a few drops",
        ),
        ("墨在水中晕开", "柔软的墨云与深色的核", "边缘干涸的水渍", "墨云与几滴墨点"),
        ink_bloom,
    ),
    Family(
        "pour",
        "marble",
        (
            "poured acrylic with cells and lacing",
            "liquid paint folding in streams",
            "fluid art with round cells",
            "glossy paint that ran together",
        ),
        ("丙烯流体画的细胞与花边", "流动颜料层层折叠", "带圆形细胞的流体画", "交融流淌的亮面颜料"),
        pour,
    ),
)
