"""The finish "risograph": two to four spot colours, screened, never quite in register."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from studio.render.finishes.areas import Areas, areas_of
from studio.render.finishes.finish import Painter
from studio.render.finishes.inks import PAPER, Separation, separated
from studio.render.finishes.noise import fractal, noise
from studio.render.finishes.paper import fibres, tooth
from studio.render.finishes.window import Window

Floats = NDArray[np.floating[Any]]

_ANGLES = (0.262, 1.309, 0.785, 0.0)
"""Of the screens, in radians: 15, 75, 45 and 0 degrees, so that they do not beat."""
_COARSEST, _FINEST = 90.0, 330.0
"""Screen lines per unit."""
_SHIFT = 0.0018
"""How far a drum is out of register, in units (standard deviation)."""
_SPREAD = 64
"""Steps of the table that turns screen heights into ranks."""


def plan(composition: Image.Image, seed: int, tuning: Mapping[str, float]) -> Painter:
    """Tuned by `inks` (two to four), `screen` (fine to coarse dots) and `grain`."""
    areas = areas_of(composition, 8)
    inks = separated(areas.colours, areas.shares, 2 + round(2 * tuning["inks"]))
    # A printer makes nearly solid tones solid and drops the faintest dots.
    coverages = np.clip((inks.coverages - 0.04) / 0.88, 0, 1)
    inks = Separation(inks.absorbances, coverages)
    rng = np.random.default_rng([seed % 2**63, 33])
    shifts = rng.normal(0, _SHIFT, (len(inks.absorbances), 2)).clip(-2 * _SHIFT, 2 * _SHIFT)
    shifts[-1] = 0

    def paint(window: Window) -> Floats:
        return _printed(areas, inks, shifts, window, seed, tuning)

    return paint


def _printed(
    areas: Areas,
    inks: Separation,
    shifts: Floats,
    window: Window,
    seed: int,
    tuning: Mapping[str, float],
) -> Floats:
    x, y = window.grid()
    pixel = 1 / window.long
    dense = np.zeros((*x.shape, 3), np.float32)
    lines = _FINEST * (_COARSEST / _FINEST) ** tuning["screen"]
    for number, absorbance in enumerate(inks.absorbances):
        own = seed + 40 * (number + 1)
        moved_x, moved_y = x + np.float32(shifts[number, 0]), y + np.float32(shifts[number, 1])
        asked = areas.at(moved_x, moved_y).mixed(inks.coverages[:, number], pixel)
        asked = asked * (1 + 0.05 * tuning["grain"] * fractal(x, y, 9, own, 3))
        printed = _screened(asked, _screen(x, y, lines, _ANGLES[number]), lines * pixel)
        dense += (printed * _inked(x, y, own, pixel, tuning["grain"]))[..., None] * np.float32(
            absorbance
        )
    return np.asarray(_sheet(x, y, seed, pixel) * np.exp(-dense), np.float32)


def _screen(x: Floats, y: Floats, lines: float, angle: float) -> Floats:
    """Ranks 0..1 of a round-dot screen: evenly spread, so that coverage is kept."""
    turn = np.float32(2 * np.pi * lines)
    cos, sin = np.float32(np.cos(angle)), np.float32(np.sin(angle))
    height = np.cos((x * cos + y * sin) * turn) + np.cos((y * cos - x * sin) * turn)
    return np.asarray(np.interp(height, *_ranks()), np.float32)


def _ranks() -> tuple[Floats, Floats]:
    """Heights of the screen function and the share of the cell below each."""
    wave = np.cos(2 * np.pi * (np.arange(128) + 0.5) / 128)
    heights = np.sort((wave[:, None] + wave).ravel())
    shares = np.linspace(0, 1, _SPREAD + 1)
    return np.quantile(heights, shares), shares


def _screened(asked: Floats, screen: Floats, cell: float) -> Floats:
    """0..1: ink where the screen's rank lies above 1 - coverage; plain tone where dots are finer
    than pixels. `cell` is the pixel's size in screen cells."""
    soft = np.float32(max(2.2 * cell, 0.06))
    # Rank 0 and 1 must print nothing and everything in spite of the soft edge.
    dots = np.clip((asked * (1 + soft) - (1 - screen) - soft / 2) / soft + 0.5, 0, 1)
    dots = np.clip(dots, 0, 1)
    fade = np.float32(np.clip((0.5 - cell) / 0.22, 0, 1))
    return np.asarray(asked + fade * (dots - asked), np.float32)


def _inked(x: Floats, y: Floats, seed: int, pixel: float, grain: float) -> Floats:
    """How much ink came through: uneven drums, specks that stayed bare, the paper's tooth."""
    uneven = 1 + 0.05 * noise(x, y, 3, seed + 1) + 0.03 * noise(x, y, (2, 40), seed + 2)
    rough = fractal(x, y, 520, seed + 3, 3, pixel)
    specks = np.clip((rough + 0.4 * noise(x, y, 14, seed + 4) - 2.35 + 0.9 * grain) * 1.6, 0, 1)
    mottle = 1 + 0.16 * grain * np.clip(rough, -1.5, 1.5)
    return np.asarray((0.96 * uneven * mottle) * (1 - 0.85 * specks * grain), np.float32)


def _sheet(x: Floats, y: Floats, seed: int, pixel: float) -> Floats:
    shade = 1 + 0.018 * tooth(x, y, 700, seed + 5, pixel) - 0.05 * fibres(x, y, 60, seed + 6, pixel)
    return np.asarray(PAPER.astype(np.float32) * shade[..., None], np.float32)
