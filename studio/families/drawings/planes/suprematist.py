"""One large form and a train of bars and discs that fly about it."""

from __future__ import annotations

import math

from studio.families.drawings.amounts import between, softness
from studio.families.drawings.directions import leaning
from studio.families.drawings.family import Family
from studio.families.drawings.grain import brushed
from studio.families.drawings.laid import Laid
from studio.families.drawings.outlines import Outline, arc, bar, bowed, placed
from studio.families.drawings.paint import Paint, Wish
from studio.families.drawings.places import third_focus
from studio.families.drawings.sheet import Point, Rng, Sheet
from studio.families.drawings.tones import Tones

_STACK = 9
"""Pieces that may lie in an even stack."""


def _draw(sheet: Sheet, rng: Rng, wish: Wish) -> Paint:
    tones = Tones.drawn(rng, 5)
    paint, focus = Paint.ground(sheet, tones.ground), _nearer(sheet, third_focus(sheet, rng))
    angle = leaning(rng, wish) + math.pi / 2 * int(rng.integers(2))
    grain = [brushed(sheet, rng, angle + turn, 0.3) for turn in (0.0, math.pi / 2)]
    size = float(rng.uniform(0.34, 0.62))
    big, laid = _form(rng, focus, size, angle, wish), Laid(tones)
    paint.lay(sheet.polygon(big), laid.ink(rng, focus, size * 1.2), grain[0])
    count = round(between(4, 60, wish.density))
    stacked = rng.random() < 0.4
    train = angle + float(rng.choice((0.0, math.pi / 2)))
    for number in range(count):
        share = number / max(1, count - 1)
        offset = _offset(rng, share, number if stacked else _STACK)
        (centre,) = placed([offset], focus, train)
        piece, width = _flyer(rng, wish, centre, angle, share)
        paint.lay(sheet.polygon(piece), laid.ink(rng, centre, 2 * width), grain[number % 2])
    paint.relief += 0.12 * sheet.noise(rng, 60)
    return paint.limited()


def _offset(rng: Rng, share: float, place: int) -> Point:
    """Along and beside the train: anywhere near it, or the next `place` of an even stack."""
    along, beside = float(rng.normal(0, 0.32)), float(rng.normal(0, 0.1 + 0.12 * share))
    if place < _STACK:
        return 0.075 * (place - 4) + 0.04, 0.2 + 0.02 * place
    return along, beside


def _nearer(sheet: Sheet, focus: Point) -> Point:
    """Half way from a focus to the middle of the sheet."""
    return (focus[0] + sheet.wide / 2) / 2, (focus[1] + sheet.high / 2) / 2


def _form(rng: Rng, centre: Point, size: float, angle: float, wish: Wish) -> Outline:
    """One large form: a disc, half disc, lens, slab, cross arm or wedge."""
    if rng.random() < 0.85 * softness(wish):
        turns = (0.0, math.tau) if rng.random() < 0.5 else (0.0, math.pi)
        squeezed = [(x, y * 0.8) for x, y in arc(size * 0.56, *turns)]
        return placed(squeezed, centre, angle)
    length = size * float(rng.choice((1.0, 1.35, 1.7)))
    taper = float(rng.choice((1.0, 1.0, 0.55, 0.08)))
    return bowed(bar(centre, length, size * 0.8, angle, taper), 0.16 * softness(wish))


def _flyer(
    rng: Rng, wish: Wish, centre: Point, angle: float, share: float
) -> tuple[Outline, float]:
    """A small bar or disc and its width; smaller as `share` grows."""
    crossing = 0.45 - 0.35 * wish.angularity
    turn = float(rng.choice((0.0, math.pi / 2, 0.26), p=(0.9 - crossing, crossing, 0.1)))
    turn += float(rng.normal(0, 0.9)) * softness(wish)
    width = between(0.09, 0.013, min(1.0, share * 0.5 + 0.5 * float(rng.random())))
    length = between(0.8, 0.2, share) * float(rng.uniform(0.4, 0.95))
    piece = bar(centre, length, width, angle + turn, float(rng.choice((1.0, 1.0, 0.4))))
    if rng.random() < 0.1 + 0.8 * softness(wish):
        end = float(rng.choice((math.pi, math.tau)))
        piece = placed(arc(length * 0.3, 0, end), centre, turn)
    return piece, width


FAMILY = Family(
    name="suprematist",
    style="geometric",
    english=(
        "suprematist composition of leaning bars and planes",
        "one large form and flying rectangles, Malevich-like tension",
        "floating bars on an empty ground",
        "dynamic geometry, tilted planes of colour",
    ),
    chinese=(
        "至上主义,倾斜的条与面",
        "一个大形与飞散的矩形",
        "空地上漂浮的色条",
        "动感的几何平面",
    ),
    draw=_draw,
)
