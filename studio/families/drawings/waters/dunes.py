"""Long crests, one flank in light and one in shade, and wind ripples on some of them."""

from __future__ import annotations

import numpy as np

from studio.families.drawings.family import Family
from studio.families.drawings.paint import Paint, Wish
from studio.families.drawings.sheet import Floats, Mask, Rng, Sheet
from studio.families.drawings.swirls import Swirls
from studio.families.drawings.waters.horizon import horizon_axes


def _draw(sheet: Sheet, rng: Rng, wish: Wish) -> Paint:
    wish = wish.stirred()
    light = rng.uniform() < 0.5
    turn = float(rng.choice([-1, 1])) * wish.movement * np.pi / 4
    u, v = horizon_axes(sheet, turn + (np.pi / 2 if rng.uniform() < 0.25 else 0.0))
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
    sheet: Sheet, rng: Rng, light: bool, name: Floats, part: Floats, shade: Mask, along: Floats
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
    _lay_sky(sheet, rng, paint, name)
    return paint.limited()


def _lay_sky(sheet: Sheet, rng: Rng, paint: Paint, name: Floats) -> None:
    """A sky of one accent behind the farthest dune, half of the time."""
    sky = name <= float(name.min()) + (0.0 if rng.uniform() < 0.5 else -1.0)
    accent = float(rng.choice([1, 3, 4, 7]))
    paint.lay(sky, accent, (0.3 * sheet.noise(rng, 5, 3)).astype(np.float32))


FAMILY = Family(
    name="dunes",
    style="waves",
    english=(
        "dunes with a lit and a shaded side",
        "long crests of sand",
        "desert curves with wind ripples",
        "soft slopes under a low sun",
    ),
    chinese=(
        "一面受光一面背阴的沙丘",
        "绵长的沙脊",
        "带风纹的沙漠曲线",
        "低斜阳光下的缓坡",
    ),
    draw=_draw,
)
