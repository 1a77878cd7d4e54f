"""The finish "gouache": matt opaque paint in flat areas, brushed out by hand on toothed paper."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from studio.render.finishes.areas import Areas, areas_of
from studio.render.finishes.finish import Painter
from studio.render.finishes.noise import fractal, noise
from studio.render.finishes.paper import tooth
from studio.render.finishes.window import Window

Floats = NDArray[np.floating[Any]]

_PAPER = np.array([0.965, 0.95, 0.915], np.float32)
_WOBBLE = 0.0022
"""How far a hand's border strays, in units."""
_BRISTLES, _HAIRS = (7.0, 300.0), (16.0, 1100.0)
"""Streaks of the brush: cells per unit along and across."""
_BANDS = (3.0, 24.0)
"""The brush's own width: overlapping passes."""


def plan(composition: Image.Image, seed: int, tuning: Mapping[str, float]) -> Painter:
    """Tuned by `brush` (how much the brush shows) and `paper` (how rough the sheet is)."""
    areas = areas_of(composition, 10)
    rng = np.random.default_rng([seed % 2**63, 31])
    angles = areas.angles() + rng.normal(0, 0.25, len(areas.colours))
    tones = rng.normal(0, 0.012, len(areas.colours))
    colours = np.clip(areas.colours * (1 + tones[:, None]), 0, 1)

    def paint(window: Window) -> Floats:
        return _painted(areas, colours, angles, window, seed, tuning)

    return paint


def _painted(
    areas: Areas,
    colours: Floats,
    angles: Floats,
    window: Window,
    seed: int,
    tuning: Mapping[str, float],
) -> Floats:
    x, y = window.grid()
    pixel = 1 / window.long
    wobble_x = noise(x, y, 34, seed + 1) + 0.35 * noise(x, y, 150, seed + 2, pixel)
    wobble_y = noise(x, y, 34, seed + 3) + 0.35 * noise(x, y, 150, seed + 4, pixel)
    borders = areas.at(x + _WOBBLE * 0.6 * wobble_x, y + _WOBBLE * 0.6 * wobble_y)
    upper, lower, inside = borders.above()
    along, across = _turned(x, y, angles[upper] + 0.3 * noise(x, y, 2.5, seed + 5))
    streak = 0.8 * noise(along, across, _BRISTLES, seed + 6, pixel)
    streak = streak + 0.6 * noise(along, across, _HAIRS, seed + 13, pixel)
    band = np.tanh(2.5 * noise(along, across, _BANDS, seed + 7))
    brush = 0.4 + 1.2 * tuning["brush"]
    ragged = inside + brush * 0.0011 * streak
    cover = np.clip(0.5 + ragged / max(pixel, 0.0007), 0, 1)[..., None]
    under, over = colours.astype(np.float32)[lower], colours.astype(np.float32)[upper]
    colour = under + cover * (over - under)
    pigment = 0.022 * fractal(x, y, 5, seed + 8, 4) + brush * (0.014 * streak + 0.011 * band)
    # Paint gathers where a pass ends.
    pigment -= 0.05 * brush * np.exp(-((ragged / 0.0017) ** 2)) * (ragged > 0)
    colour = colour * (1 + pigment[..., None])
    rough = tuning["paper"]
    colour += _bare(x, y, streak, seed, pixel, brush * rough)[..., None] * (_PAPER - colour)
    shade = 0.05 * rough * tooth(x, y, 460, seed + 12, pixel)
    return np.asarray(colour * (1 + shade[..., None]), np.float32)


def _turned(x: Floats, y: Floats, angle: Floats) -> tuple[Floats, Floats]:
    cos, sin = np.cos(angle, dtype=np.float32), np.sin(angle, dtype=np.float32)
    return x * cos + y * sin, y * cos - x * sin


def _bare(x: Floats, y: Floats, streak: Floats, seed: int, pixel: float, amount: float) -> Floats:
    """0..1: where the brush ran dry and the paper's peaks stayed bare."""
    dry = noise(x, y, 4.5, seed + 9) + 0.5 * streak + 0.75 * fractal(x, y, 700, seed + 10, 3, pixel)
    return np.asarray(np.clip((dry - 2.3) * 2.2, 0, 1) * 0.8 * min(1.0, 2 * amount), np.float32)
