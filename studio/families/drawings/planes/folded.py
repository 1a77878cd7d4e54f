"""A paper folded along crease after crease: facets in tones, light across each fold."""

from __future__ import annotations

import math

import numpy as np

from studio.families.drawings.amounts import between, softness
from studio.families.drawings.directions import leaning
from studio.families.drawings.family import Family
from studio.families.drawings.grain import brushed
from studio.families.drawings.outlines import bowed, placed
from studio.families.drawings.paint import Paint, Wish
from studio.families.drawings.places import third_focus
from studio.families.drawings.sheet import Floats, Point, Rng, Sheet
from studio.families.drawings.tones import Tones


def _draw(sheet: Sheet, rng: Rng, wish: Wish) -> Paint:
    tones, focus = Tones.drawn(rng, 4), third_focus(sheet, rng)
    tone, shade = _creased(rng, wish, sheet, focus, tones)
    paint = Paint.ground(sheet, tones.ground)
    reach = float(rng.uniform(0.36, 0.75))
    turn, sides = leaning(rng, wish), int(rng.integers(3, 6))
    corners = [
        (reach * float(rng.uniform(0.8, 1.5)) * math.cos(each), reach * math.sin(each) * 1.1)
        for each in np.arange(sides) * math.tau / sides + math.pi / 4
    ]
    sheet_of_paper = sheet.polygon(bowed(placed(corners, focus, turn), 0.14 * softness(wish)))
    paint.lay(sheet_of_paper, np.asarray(tone + 0.9 * np.clip(2 * shade, 0, 1), np.float32))
    paint.relief[:] = np.where(sheet_of_paper, np.clip(2.4 * shade, -0.7, 0.7), 0)
    paint.relief += brushed(sheet, rng, turn, 0.16)
    return paint.limited()


def _crease_direction(rng: Rng, wish: Wish, lean: float) -> float:
    """Pleats side by side when angular; creases in every direction when not."""
    across = math.pi / 2 * (rng.random() > 0.25 + 0.65 * wish.angularity)
    return lean + across + float(rng.normal(0, 0.05 + 0.5 * (1 - wish.angularity)))


def _creased(
    rng: Rng, wish: Wish, sheet: Sheet, focus: Point, tones: Tones
) -> tuple[Floats, Floats]:
    """Tone and shade of a paper folded along crease after crease, most of them near the focus."""
    shape = (sheet.height, sheet.width)
    facet, shade = np.zeros(shape, np.int32), np.zeros(shape, np.float32)
    lean = leaning(rng, wish) + math.pi / 2 * int(rng.integers(2))
    x, y = sheet.x - np.float32(focus[0]), sheet.y - np.float32(focus[1])
    bend = np.float32(0.26 * (1 - wish.angularity) ** 1.6)
    x, y = x + bend * sheet.noise(rng, 1.6), y + bend * sheet.noise(rng, 1.6)
    for number in range(round(between(5, 46, wish.density))):
        angle = _crease_direction(rng, wish, lean)
        side = x * np.float32(math.cos(angle)) + y * np.float32(math.sin(angle))
        side = side - np.float32(rng.normal(0, 0.26))
        local = facet % 3 == number % 3 if number > 2 else np.ones(shape, bool)
        facet = np.where(local, facet * 2 + (side > 0), facet) % 65521
        shade = np.where(local & (side > 0), side, shade)
    table = rng.choice(np.array([tones.ground, *tones.inks]), 4096)
    return table[facet % 4096], shade


FAMILY = Family(
    name="folded",
    style="geometric",
    english=(
        "folded paper, origami facets in graded tones",
        "crystal of flat facets, light and shadow",
        "creased planes like a paper sculpture",
        "low-poly folds around one ridge",
    ),
    chinese=(
        "折纸般的切面与渐变明暗",
        "多面体的光与影",
        "折痕分明的纸雕",
        "棱面层层的折叠",
    ),
    draw=_draw,
)
