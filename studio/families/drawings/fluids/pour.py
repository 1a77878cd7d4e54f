"""Poured paint: folded streams, and where they thin, cells with a lace between them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from studio.families.drawings.family import Family
from studio.families.drawings.fluids.folds import folded, stripes
from studio.families.drawings.nearest import nearest
from studio.families.drawings.paint import Paint, Wish
from studio.families.drawings.sheet import Floats, Rng, Sheet
from studio.families.drawings.swirls import Swirls
from studio.families.drawings.tones import Tones


def _draw(sheet: Sheet, rng: Rng, wish: Wish) -> Paint:
    wish = wish.stirred(0.45)
    tones = Tones.drawn(rng)
    cells = 0.65 + 0.55 * wish.density
    fold = (0.06 + 0.16 * (1 - wish.angularity)) * (0.25 + 0.75 * wish.movement)
    u, v, push = folded(sheet, rng, wish, cells, fold)
    height = Swirls.drawn(rng, cells).at(u, v) + 0.03 * sheet.noise(rng, 5)
    tone, part = stripes(rng, tones, height, 5 + (8 + 12 * wish.angularity) * wish.density)
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
    label, best, gap = nearest(u, v, spots, sizes)
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


FAMILY = Family(
    name="pour",
    style="marble",
    english=(
        "poured acrylic with cells and lacing",
        "liquid paint folding in streams",
        "fluid art with round cells",
        "glossy paint that ran together",
    ),
    chinese=(
        "丙烯流体画的细胞与花边",
        "流动颜料层层折叠",
        "带圆形细胞的流体画",
        "交融流淌的亮面颜料",
    ),
    draw=_draw,
)
