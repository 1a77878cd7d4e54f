"""A few very broad bristled strokes that cross."""

from __future__ import annotations

from studio.families.drawings.amounts import bend
from studio.families.drawings.directions import beside, heading
from studio.families.drawings.family import Family
from studio.families.drawings.gestures.ground import primed
from studio.families.drawings.paint import Paint, Wish
from studio.families.drawings.paths import as_points, wander
from studio.families.drawings.places import free_focus, near
from studio.families.drawings.sheet import Rng, Sheet
from studio.families.drawings.strokes import flat_stroke
from studio.families.drawings.tones import Tones


def _draw(sheet: Sheet, rng: Rng, wish: Wish) -> Paint:
    tones = Tones.drawn(rng, 4)
    main = heading(rng, wish)
    paint, focus = primed(sheet, rng, tones.ground, wish, main), free_focus(sheet, rng)
    count = round(1.5 + 11 * wish.density)
    dry = 0.2 + 0.3 * wish.density + 0.3 * (1 - wish.angularity)
    width = (0.17 - 0.105 * wish.density) * rng.uniform(0.9, 1.1)
    for index in range(count):
        first = index < max(2, count // 2)
        half = width * rng.uniform(0.7, 1.3) * (1 if first else 0.6)
        length = rng.uniform(0.9, 1.5) * (1 if first else 0.65)
        middle = near(rng, focus, 0.14 + 0.15 * wish.density)
        path = wander(rng, middle, beside(rng, main, wish, 0.4), length, bend(wish, 1.1), 0, 3, 7)
        tone = tones.inks[0] if index % 2 == 0 else tones.ink(rng)
        mask, relief = flat_stroke(sheet, as_points(path), half, rng, dry + rng.uniform(0, 0.2))
        paint.lay(mask, tone, relief)
    return paint.limited()


FAMILY = Family(
    name="sweeps",
    style="gestural",
    english=(
        "broad brush strokes crossing with force",
        "a few sweeping gestures of a wide brush",
        "heavy black bars of paint, bold and physical",
        "powerful strokes, action painting",
    ),
    chinese=(
        "几笔宽阔有力的笔触交错",
        "大刷子横扫的痕迹",
        "厚重的笔触，充满力量",
        "行动绘画般的大笔挥洒",
    ),
    draw=_draw,
)
