"""Torn papers with pale fibre edges, some of them printed."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from studio.families.drawings.amounts import between
from studio.families.drawings.directions import leaning
from studio.families.drawings.family import Family
from studio.families.drawings.grain import brushed
from studio.families.drawings.laid import Laid
from studio.families.drawings.outlines import Outline, aside, bar
from studio.families.drawings.paint import Paint, Wish
from studio.families.drawings.places import near, third_focus
from studio.families.drawings.sheet import Floats, Mask, Point, Rng, Sheet
from studio.families.drawings.tones import Tones


@dataclass(frozen=True, slots=True)
class _Scrap:
    """One torn paper."""

    centre: Point
    size: float
    angle: float
    tone: float
    print: float
    """Tone of what is printed on it, if anything is."""


def _draw(sheet: Sheet, rng: Rng, wish: Wish) -> Paint:
    tones, focus = Tones.drawn(rng, 5), third_focus(sheet, rng)
    paint, lean = Paint.ground(sheet, tones.ground), leaning(rng, wish)
    grain = [brushed(sheet, rng, lean + turn, 0.2) for turn in (0.0, math.pi / 2)]
    paint.relief += grain[0] + 0.14 * sheet.noise(rng, 60)
    laid, count = Laid(tones), round(between(3, 34, wish.density))
    loose = 0.03 + 0.3 * (1 - wish.angularity) ** 1.6
    for number in range(count):
        share = number / max(1, count)
        size = between(0.56, 0.08, share) * float(rng.uniform(0.8, 1.25))
        x, y = near(rng, (0.0, 0.0), 0.15 + 0.2 * share)
        centre = (focus[0] + x * 1.2, focus[1] + y)
        turn = math.pi / 2 * int(rng.integers(2)) + float(rng.normal(0, loose))
        tone = laid.ink(rng, centre, size)
        other = tones.ground if tone != tones.ground else tones.inks[0]
        scrap = _Scrap(centre, size, lean + turn, tone, other)
        _paste(sheet, paint, rng, wish, scrap, grain[number % 2])
    return paint.limited()


def _paste(sheet: Sheet, paint: Paint, rng: Rng, wish: Wish, scrap: _Scrap, grain: Floats) -> None:
    """The pale fibre edge of a scrap, its colour and grain, sometimes a print."""
    size = scrap.size
    long = size * float(rng.uniform(0.8, 1.9))
    corners = bar(scrap.centre, long, size, scrap.angle, float(rng.uniform(0.75, 1.25)))
    rough = (0.003 + 0.022 * (1 - wish.angularity) ** 1.5) * min(1.0, size / 0.3)
    fibre = 7.0 if scrap.tone < 6 else 5.0
    paint.lay(sheet.polygon(_torn(rng, corners, rough * 1.2)), fibre, 0.2)
    rim = 2 * float(rng.uniform(0.012, 0.03))
    taper = float(rng.uniform(0.9, 1.1))
    inner = bar(scrap.centre, long - rim, size - rim, scrap.angle, taper)
    face = sheet.polygon(_torn(rng, inner, rough))
    paint.lay(face, scrap.tone, grain + float(rng.uniform(-0.15, 0.15)))
    if rng.random() < 0.42:
        paint.tone[face & _print(sheet, rng, wish, scrap.centre, scrap.angle)] = scrap.print


def _torn(rng: Rng, corners: Outline, rough: float, steps: int = 14) -> Outline:
    """An outline with torn sides: every side wanders by about `rough` units."""
    outline: Outline = []
    for a, b in zip(corners, [*corners[1:], corners[0]], strict=True):
        length = max(math.hypot(b[0] - a[0], b[1] - a[1]), 1e-6)
        out = np.cumsum(rng.normal(0, 0.45, steps)) + rng.normal(0, 0.6, steps)
        out = rough * out * np.sin(math.pi * np.arange(steps) / steps) ** 0.5
        outline += [aside(a, b, n / steps, float(out[n]) / length) for n in range(steps)]
    return outline


def _print(sheet: Sheet, rng: Rng, wish: Wish, centre: Point, angle: float) -> Mask:
    """Where a printed pattern has ink: stripes, dots, lines of type or checks."""
    u, v = sheet.turned(angle, centre)
    step = between(0.075, 0.034, wish.density) * float(rng.uniform(0.9, 1.4))
    s, t = u / step, v / step
    kind = int(rng.integers(4))
    if kind == 0:
        return np.asarray(t % 1 < 0.45)
    if kind == 1:
        return np.asarray((s % 1 - 0.5) ** 2 + (t % 1 - 0.5) ** 2 < 0.1)
    if kind == 2:
        words = rng.random((64, 64)) < 0.7
        word = words[np.floor(t).astype(np.int32) % 64, np.floor(s * 0.8).astype(np.int32) % 64]
        return np.asarray(word & (t % 1 < 0.4))
    return np.asarray((np.floor(s) + np.floor(t)) % 2 == 0)


FAMILY = Family(
    name="collage",
    style="geometric",
    english=(
        "collage of torn papers with frayed edges",
        "scraps of newspaper and striped paper pasted together",
        "layered torn poster fragments",
        "mixed papers with printed patterns",
    ),
    chinese=(
        "撕纸拼贴,毛边可见",
        "报纸与条纹纸的碎片拼贴",
        "层叠的撕裂海报",
        "印花纸张的混合拼贴",
    ),
    draw=_draw,
)
