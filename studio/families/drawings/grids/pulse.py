"""Checks that swell round one to three places and sway in waves (op art)."""

from __future__ import annotations

import math

import numpy as np

from studio.families.drawings.amounts import between
from studio.families.drawings.family import Family
from studio.families.drawings.grain import brushed
from studio.families.drawings.grids.net import net
from studio.families.drawings.paint import Paint, Wish
from studio.families.drawings.sheet import Floats, Rng, Sheet
from studio.families.drawings.tones import Tones


def _draw(sheet: Sheet, rng: Rng, wish: Wish) -> Paint:
    tones = Tones.drawn(rng, 4)
    u, v, _ = net(sheet, rng, wish, 0.13)
    u, v, swell = _swollen(u, v, rng, wish)
    cell = between(0.26, 0.05, wish.density)
    long = float(rng.choice((1.0, 1.3, 2.0))) * (1 + 2.5 * max(0.0, wish.angularity - 0.5))
    i, j = np.floor(u / cell), np.floor(v / (cell * long))
    s, t = np.abs(u / cell - i - 0.5), np.abs(v / (cell * long) - j - 0.5)
    odd = (i + j) % 2 == 1
    core = float(tones.inks[-1]) if len(tones.inks) > 1 else tones.inks[0]
    edge = float(rng.uniform(0.25, 0.6))
    light = np.where(swell > edge, core, tones.ground)
    tone = np.where(odd, tones.inks[0], light)
    power = between(2, 12, wish.angularity)
    spot = s**power + t**power < (0.18 + 0.2 * swell) ** power
    spotted = rng.random() < 0.75 - 0.6 * wish.angularity
    tone = np.where(spot & spotted, np.where(odd, light, tones.inks[0]), tone)
    paint = Paint.ground(sheet, tones.ground)
    paint.tone[:] = tone
    paint.relief[:] = 0.4 * swell - 0.15 + brushed(sheet, rng, math.pi / 2, 0.18)
    return paint.limited()


def _swollen(u: Floats, v: Floats, rng: Rng, wish: Wish) -> tuple[Floats, Floats, Floats]:
    """The net swelling around one or two places and leaning in waves; and how swollen, 0..1."""
    total = np.zeros_like(u)
    for number in range(int(rng.integers(1, 4))):
        at = rng.normal(0, 0.12 if number == 0 else 0.5, 2).astype(np.float32)
        size, depth = rng.uniform(0.16, 0.42), rng.uniform(0.45, 0.75)
        swell = np.exp(-((u - at[0]) ** 2 + (v - at[1]) ** 2) / np.float32(size * size))
        u = u - depth * swell * (u - at[0])
        v = v - depth * swell * (v - at[1])
        total = np.maximum(total, swell)
    wave = 0.05 * wish.movement * np.sin(v * np.float32(rng.uniform(5, 12)))
    return u + wave, v, total


FAMILY = Family(
    name="pulse",
    style="grid",
    english=(
        "op art checkerboard that swells and leans",
        "a pulsing grid, optical illusion",
        "checks bulging like a sphere",
        "vibrating pattern of squares in a wave",
    ),
    chinese=(
        "鼓起又倾斜的欧普棋盘格",
        "脉动的网格,视错觉",
        "像球一样凸起的方格",
        "起伏震颤的格纹",
    ),
    draw=_draw,
)
