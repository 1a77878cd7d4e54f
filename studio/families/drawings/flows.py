"""Drawings that follow a field: strands, ribbons, smoke of an attractor, strokes in the wind."""

from __future__ import annotations

import numpy as np
from PIL import Image

from studio.families.drawings.cutouts import Cutouts
from studio.families.drawings.family import Family
from studio.families.drawings.paint import Paint, Tones, Wish
from studio.families.drawings.sheet import TOP, Floats, Rng, Sheet
from studio.families.drawings.stirring import stirred
from studio.families.drawings.swirls import Swirls

_CLIFFORD = (
    (-1.4, 1.6, 1.0, 0.7),
    (1.7, 1.7, 0.6, 1.2),
    (1.5, -1.8, 1.6, 0.9),
    (-1.8, -2.0, -0.5, -0.9),
    (-1.7, 1.8, -1.9, -0.4),
)


class _Breeze:
    """Directions over the paper: one heading, and how far it strays."""

    def __init__(self, rng: Rng, wish: Wish) -> None:
        side = float(rng.choice([-1, 1]))
        lean = side * wish.movement * np.pi / 4
        self.heading = float(rng.integers(4) * np.pi / 2 + lean)
        bend = 1 - wish.angularity
        self._stray = 0.06 + 1.35 * bend**1.3 * (0.12 + 0.88 * wish.movement)
        self._swirls = Swirls.drawn(rng, 0.7 + 1.5 * bend)
        self._whirls: list[tuple[float, float, float, float]] = []

    def whirl(self, centre: tuple[float, float], size: float, sense: float) -> None:
        """From now on directions circle round `centre` within about `size` units."""
        self._whirls.append((*centre, size, sense))

    def angle(self, x: Floats, y: Floats) -> Floats:
        angle = self.heading + self._stray * self._swirls.at(x, y)
        east, south = np.cos(angle), np.sin(angle)
        for cx, cy, size, sense in self._whirls:
            dx, dy = x - cx, y - cy
            near = np.exp(-(dx * dx + dy * dy) / size**2) * sense / size
            east, south = east - near * dy, south + near * dx
        return np.asarray(np.arctan2(south, east))

    def paths(self, starts: Floats, length: Floats | float, steps: int) -> Floats:
        """Streamlines [n, 2 * steps - 1, 2] through `starts` [n, 2], `length` units long."""
        halves = [self._half(starts, sign * length / (2 * steps), steps) for sign in (-1, 1)]
        return np.concatenate([halves[0][:, :0:-1], halves[1]], 1)

    def _half(self, starts: Floats, step: Floats | float, steps: int) -> Floats:
        points = [starts]
        for _ in range(steps - 1):
            angle = self.angle(points[-1][:, 0], points[-1][:, 1])
            turned = np.stack([np.cos(angle), np.sin(angle)], -1)
            points.append(points[-1] + np.reshape(step, (-1, 1)) * turned)
        return np.stack(points, 1)


def threads(sheet: Sheet, rng: Rng, wish: Wish) -> Paint:
    """Tapering strands in bundles along a field, over a ground of broad quiet washes."""
    tones, breeze = Tones.drawn(rng), _Breeze(rng, wish)
    paint = _washed(sheet, rng, tones.ground)
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


def _bundle(sheet: Sheet, rng: Rng, breeze: _Breeze, strands: int) -> Floats:
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


def ribbons(sheet: Sheet, rng: Rng, wish: Wish) -> Paint:
    """Broad bands that overlap, twist thin and catch the light on one edge."""
    tones, breeze = Tones.drawn(rng), _Breeze(rng, wish)
    paint = _washed(sheet, rng, tones.ground)
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


def attractor(sheet: Sheet, rng: Rng, wish: Wish) -> Paint:
    """How often a strange attractor visits each spot, as veils of smoke over the ground."""
    wish = stirred(wish)
    a, b, c, d = (
        value + float(rng.normal(0, 0.05)) for value in _CLIFFORD[rng.integers(len(_CLIFFORD))]
    )
    side = int(30 + 62 * wish.density)
    stretch = 1 + 0.9 * wish.angularity
    angle = float(rng.integers(4) * np.pi / 2 + wish.movement * np.pi / 4)
    zoom = float(rng.uniform(1.1, 1.9))
    x, y = rng.uniform(-1, 1, (2, 5000)).astype(np.float32)
    rows, columns = int(side * sheet.high) + 1, int(side * sheet.wide) + 1
    visits = np.zeros(rows * columns)
    shift = rng.uniform(-0.2, 0.2, 2)
    for turn in range(60):
        x, y = (
            np.sin(a * y) + np.float32(c) * np.cos(a * x),
            np.sin(b * x) + np.float32(d) * np.cos(b * y),
        )
        if turn > 8:
            x_, y_ = x * np.float32(stretch), y / np.float32(stretch)
            u = 0.27 * zoom * (x_ * np.cos(angle) - y_ * np.sin(angle)) + sheet.wide / 2 + shift[0]
            v = 0.27 * zoom * (x_ * np.sin(angle) + y_ * np.cos(angle)) + sheet.high / 2 + shift[1]
            p, q = (u * side).astype(int), (v * side).astype(int)
            inside = (p >= 0) & (q >= 0) & (p < columns) & (q < rows) & (u > 0) & (v > 0)
            visits += np.bincount(q[inside] * columns + p[inside], minlength=rows * columns)
    veil = _spread(sheet, visits.reshape(rows, columns), side, 2 + 6 * wish.density)
    return _smoke(sheet, rng, wish, veil)


def _spread(sheet: Sheet, visits: Floats, side: int, gain: float) -> Floats:
    """Visit counts as a smooth map [h, w], 0..1, even over its own range."""
    calm = np.log1p(visits * gain / max(visits.mean(), 1e-9))
    for axis in (0, 1, 0, 1):
        rims = [(1, 1) if each == axis else (0, 0) for each in (0, 1)]
        wide = np.moveaxis(np.pad(calm, rims, mode="edge"), axis, 0)
        calm = np.moveaxis(0.25 * wide[:-2] + 0.5 * wide[1:-1] + 0.25 * wide[2:], 0, axis)
    calm = calm / np.quantile(calm, 0.99)
    image = Image.fromarray(calm.astype(np.float32))
    box = (0.0, 0.0, sheet.wide * side, sheet.high * side)
    size = (sheet.width, sheet.height)
    return np.asarray(image.resize(size, Image.Resampling.BICUBIC, box=box), np.float32)


def _smoke(sheet: Sheet, rng: Rng, wish: Wish, veil: Floats) -> Paint:
    """Veils as tones: a run from the ground to the far end, in terraces with short melts."""
    ground = float(rng.choice([0, 1, 6, 7]))
    folds = 0.8 + 3.6 * wish.density**1.2
    height = np.clip(veil, 0, 1) ** float(rng.uniform(0.8, 1.2)) * folds
    ramp = np.where(height < 1, height, 0.62 - 0.38 * np.cos(np.pi * height))
    tone = np.clip(ground + (6.8 if ground < 4 else -6.8) * ramp, 0, TOP)
    paint = Paint(_terraced(tone, 1 - 0.75 * wish.density), np.zeros_like(tone))
    accent = float(rng.choice([2, 3, 4, 5]))
    if rng.uniform() < 0.5:
        where = sheet.noise(rng, 1.2)
        paint.lay((veil > 0.35) & (veil < 0.6) & (where > 0.5), accent)
    paint.relief += np.clip(veil, 0, 1) * 0.4 * sheet.noise(rng, 24) + 0.1 * sheet.noise(rng, 50)
    return paint.limited()


def _terraced(tone: Floats, melt: float) -> Floats:
    """Whole tones with a melt of `melt` (0 hard .. 1 a plain gradient) between neighbours."""
    whole = np.floor(tone)
    part = np.clip((tone - whole - 0.5) / max(melt, 1e-3) + 0.5, 0, 1)
    return np.asarray(whole + part, np.float32)


def wind(sheet: Sheet, rng: Rng, wish: Wish) -> Paint:
    """Short loaded strokes along a field round a light or two, like a night sky in oil."""
    wish = stirred(wish)
    tones, breeze = Tones.drawn(rng), _Breeze(rng, wish)
    clouds = Swirls.drawn(rng, 0.6 + 1.4 * wish.density)
    count = int(120 + 260 * wish.density)
    long = float(0.5 - 0.37 * wish.density)
    paint = Paint.ground(sheet, tones.ground)
    cutouts = Cutouts(sheet)
    places = rng.uniform(-0.03, 1.03, (count, 2)) * [sheet.wide, sheet.high]
    bend = (1 - wish.angularity) * (0.1 + 0.9 * wish.movement)
    lights = _lights(sheet, rng, breeze, bend)
    paths = breeze.paths(places, long * rng.uniform(0.7, 1.2, count), 4)
    chosen = _bands(clouds.at(places[:, 0], places[:, 1]), tones, rng)
    for x, y, size in lights:
        away = np.hypot(places[:, 0] - x, places[:, 1] - y) / size
        chosen[away < 0.9] = tones.inks[-1]
        chosen[away < 0.45] = tones.inks[0]
    halves = long * rng.uniform(0.06, 0.13, count)
    taper = np.array([0.35, 0.8, 1, 1, 0.95, 0.7, 0.25])
    lively = rng.uniform(0, 1, count) < 0.15 + 0.75 * wish.density
    scatter = lively * rng.choice([-1.0, 0, 1, 2], count)
    reliefs = rng.uniform(-0.7, 0.9, (count, 2))
    pairs = np.clip(np.stack([chosen, chosen + scatter], -1), 0, TOP)
    cutouts.strands(paths, np.maximum(halves, 0.007)[:, None] * taper, pairs, reliefs)
    cutouts.lay_on(paint)
    paint.relief += 0.2 * sheet.noise(rng, 45)
    return paint.limited()


def _bands(heights: Floats, tones: Tones, rng: Rng) -> Floats:
    """Which tone each stroke takes: the field's height in bands of ground and inks."""
    scale = np.array([tones.ground, *tones.inks])[rng.permutation(len(tones.inks) + 1)]
    place = (0.5 + 0.5 * np.tanh(0.9 * heights)) * len(scale) * 0.999
    return np.asarray(scale[place.astype(int)])


def _lights(
    sheet: Sheet, rng: Rng, breeze: _Breeze, round_: float
) -> list[tuple[float, float, float]]:
    """One to three lights (x, y, size) that the strokes circle round, if not angular."""
    lights = []
    for _ in range(int(rng.integers(1, 4))):
        centre, size = sheet.place(rng, 0.15), float(rng.uniform(0.08, 0.2))
        if rng.uniform() < 0.2 + 0.8 * round_:
            breeze.whirl(centre, 1.3 * size, float(rng.choice([-1, 1])) * round_ * size * 6)
            lights.append((*centre, size))
    return lights


def _washed(sheet: Sheet, rng: Rng, ground: float) -> Paint:
    """A ground with one broad area of a neighbouring tone, and the grain of the paper."""
    paint = Paint.ground(sheet, ground)
    step = 1.0 if ground < 3 else -1.0
    paint.lay(sheet.noise(rng, 0.9) > rng.uniform(-0.2, 1), ground + step)
    paint.relief += 0.2 * sheet.noise(rng, 5, 3)
    return paint


FAMILIES = (
    Family(
        "threads",
        "flow",
        (
            "fine threads drifting in a current",
            "tapering strands gathered in bundles",
            "hair-thin lines that bend together",
            "flowing strands with a few bold accents",
        ),
        ("细线随水流飘动", "渐细的丝缕成束", "一同弯曲的纤细线条", "流动的丝线与几笔重彩"),
        threads,
    ),
    Family(
        "ribbons",
        "flow",
        (
            "broad ribbons folding over each other",
            "silk bands with lit edges",
            "wide twisting strips of colour",
            "ribbons in a slow wind",
        ),
        ("宽阔的缎带层层交叠", "边缘发亮的丝绸带", "扭转的宽色带", "缓风中的飘带"),
        ribbons,
    ),
    Family(
        "attractor",
        "flow",
        (
            "veils of smoke turning on themselves",
            "a strange attractor like folded silk",
            "translucent loops of mist",
            "chaos drawn as soft veils",
        ),
        ("自我缠绕的烟纱", "如折叠丝绸的奇异吸引子", "半透明的雾环", "混沌化作的轻纱"),
        attractor,
    ),
    Family(
        "wind",
        "flow",
        (
            "short thick strokes swirling like a night sky",
            "wind painted in dabs of oil",
            "a turning sky of loaded brush marks",
            "hatched strokes following the wind",
        ),
        ("如夜空般旋转的短促厚笔触", "油彩短笔画出的风", "笔触旋动的天空", "顺风排列的短笔"),
        wind,
    ),
)
