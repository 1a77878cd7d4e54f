"""Branching growth: a band of wavelengths is sharpened again and again until it settles.

A spectral short cut to Turing patterns (Turing, "The chemical basis of morphogenesis", 1952): as
in the Swift-Hohenberg equation (1977) one wavelength grows and a nonlinearity saturates it."""

from __future__ import annotations

import numpy as np

from studio.families.drawings.directions import askew
from studio.families.drawings.family import Family
from studio.families.drawings.paint import Paint, Wish
from studio.families.drawings.sheet import Floats, Rng, Sheet
from studio.families.drawings.tones import Tones, neighbour

_CORAL_GRID = 84
"""Grid points a unit on which coral grows; the finest coral is seven points wide."""
_RIM = 2
"""Grid points beyond each edge of the sheet."""
_SHARPENINGS = 9


def _draw(sheet: Sheet, rng: Rng, wish: Wish) -> Paint:
    tones = Tones.drawn(rng)
    height = _grown(sheet, rng, wish)
    zone = sheet.noise(rng, 0.8)
    gate = zone > np.quantile(zone, float(rng.uniform(0.05, 0.4)))
    ring = sheet.noise(rng, 1.1)
    first, second = tones.inks[0], tones.inks[1]
    paint = Paint.ground(sheet, tones.ground)
    paint.lay(~gate, neighbour(tones.ground))
    ink = np.where(ring > rng.uniform(-0.3, 0.7), first, second).astype(np.float32)
    relief = np.clip(0.6 * height - 0.3, -0.5, 0.6) + 0.15 * sheet.noise(rng, 20)
    paint.lay(gate & (height > 0), ink, relief)
    crest = tones.inks[-1] if len(tones.inks) > 2 else second
    paint.lay(gate & (height > 0.62) & (ring < 0.9), crest, relief)
    paint.lay(gate & (height < -0.75) & (ring > -0.2), second, -0.2)
    paint.relief += 0.1 * sheet.noise(rng, 45)
    return paint.limited()


def _grown(sheet: Sheet, rng: Rng, wish: Wish) -> Floats:
    """The settled pattern [h, w], about -1..1, on a coarse grid and then smooth between."""
    rows = int(np.ceil(_CORAL_GRID * sheet.high)) + 4
    columns = int(np.ceil(_CORAL_GRID * sheet.wide)) + 4
    kernel = _wavelengths(rows, columns, rng, wish)
    bias = float(rng.choice([-0.5, -0.2, 0, 0.2, 0.5]))
    state = rng.standard_normal((rows, columns))
    for _ in range(_SHARPENINGS):
        state = np.fft.irfft2(np.fft.rfft2(state) * kernel, s=(rows, columns))
        state = np.tanh(1.6 * state / state.std() + bias)
    return sheet.stretched(state, _RIM, _CORAL_GRID)


def _wavelengths(rows: int, columns: int, rng: Rng, wish: Wish) -> Floats:
    """Which waves may grow: one length (the wish's density), more along one direction."""
    down = np.fft.fftfreq(rows)[:, None] * _CORAL_GRID
    across = np.fft.rfftfreq(columns)[None] * _CORAL_GRID
    length = 3.0 * 4.0**wish.density
    band = np.exp(-np.square((np.hypot(down, across) - length) / (0.3 * length)))
    axis = askew(rng, wish)
    turn = np.cos(2 * (np.arctan2(down, across) - axis))
    return np.asarray(band * np.exp((0.05 + 0.85 * wish.angularity**1.5) * turn))


FAMILY = Family(
    name="corals",
    style="cells",
    english=(
        "branching coral growth",
        "a maze of soft winding walls",
        "spots and stripes like an animal's coat",
        "living patterns from the sea",
    ),
    chinese=(
        "分枝的珊瑚",
        "柔软弯绕的迷宫",
        "如兽皮的斑点与条纹",
        "来自海底的生长纹样",
    ),
    draw=_draw,
)
