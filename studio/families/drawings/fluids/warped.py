"""Agate: bands that follow a folded field, from hair lines to broad rests.

The field is folded by domain warping: noise asked at places pushed by noise (Quilez, 2002)."""

from __future__ import annotations

import numpy as np

from studio.families.drawings.family import Family
from studio.families.drawings.fluids.folds import folded, stripes
from studio.families.drawings.paint import Paint, Wish
from studio.families.drawings.sheet import Rng, Sheet
from studio.families.drawings.swirls import Swirls
from studio.families.drawings.tones import Tones


def _draw(sheet: Sheet, rng: Rng, wish: Wish) -> Paint:
    wish = wish.stirred(0.45)
    tones = Tones.drawn(rng)
    cells = 0.7 + 0.9 * wish.density
    fold = (0.04 + 0.26 * (1 - wish.angularity)) * (0.25 + 0.75 * wish.movement)
    u, v, push = folded(sheet, rng, wish, cells, fold)
    height = Swirls.drawn(rng, cells).at(u, v) + 0.16 * (1 - wish.angularity) * sheet.noise(
        rng, 3.5
    )
    tone, part = stripes(rng, tones, height, 6 + 18 * wish.density)
    edge = np.exp(-9 * np.minimum(part, 1 - part))
    relief = 0.35 * edge - 0.15 + 0.2 * sheet.noise(rng, 12, 3) + 0.08 * push
    paint = Paint(tone + 0.45 * (part - 0.5), relief.astype(np.float32))
    calm = height > float(rng.uniform(1.2, 1.9))
    paint.lay(calm, float(tones.inks[0]), (0.5 * sheet.noise(rng, 18, 2)).astype(np.float32))
    return paint.limited()


FAMILY = Family(
    name="warped",
    style="marble",
    english=(
        "agate bands folding into each other",
        "a slice of stone with hair lines",
        "layers of mineral colour",
        "folded strata with broad rests",
    ),
    chinese=(
        "互相折叠的玛瑙条纹",
        "带细纹的石头切面",
        "层层矿物色",
        "褶皱的岩层与留白",
    ),
    draw=_draw,
)
