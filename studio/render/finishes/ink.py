"""The finish "ink" (水墨): tones become washes of ink on rice paper, bleeding and drying.

Everything is added up as absorbance (Beer and Lambert): paper x exp(-ink). At most two vivid
colours of the palette stay, as thin washes of colour; the others become warmer or cooler ink.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from studio.render.finishes.areas import Areas, areas_of
from studio.render.finishes.finish import Painter
from studio.render.finishes.noise import fractal, noise
from studio.render.finishes.paper import fibres, tooth
from studio.render.finishes.window import Window
from studio.render.oklab import oklab

Floats = NDArray[np.floating[Any]]

_PAPER = np.array([0.957, 0.938, 0.893])
_INK = np.array([1.0, 0.985, 0.95])
"""Absorbance of soot ink, red to blue: a little warm where it is thin."""
_DARKEST = 2.5
_VIVID = 0.085
"""OKLab chroma from which a colour may stay an accent."""
_ACCENTS, _ONE_HUE = 2, 0.45
"""How many hues stay, and how far (radians) a hue reaches."""
_SOFTNESS = 2.6
"""Of the borders, in plan pixels: washes know no fine detail."""


@dataclass(frozen=True, slots=True)
class _Wash:
    """What the painter knows of each area."""

    ink: Floats
    """[k, 3] absorbance."""
    dryness: Floats
    """[k] 0 wet .. 1 dry brush."""
    angles: Floats


def plan(composition: Image.Image, seed: int, tuning: Mapping[str, float]) -> Painter:
    """Tuned by `bleed` (how far wet edges run), `dryness` (dry brush) and `colour` (accents)."""
    areas = areas_of(composition, 9, _SOFTNESS)
    rng = np.random.default_rng([seed % 2**63, 32])
    wash = _Wash(
        ink=_absorbances(areas, tuning["colour"]),
        dryness=_dryness(areas, tuning["dryness"]),
        angles=areas.angles() + rng.normal(0, 0.2, len(areas.colours)),
    )

    def paint(window: Window) -> Floats:
        return _painted(areas, wash, window, seed, tuning)

    return paint


def _absorbances(areas: Areas, colour: float) -> Floats:
    """Ink for every area: darker tones take more; a dark ground takes less, so that it breathes."""
    lab = oklab(areas.colours)
    light = np.clip((lab[:, 0] - 0.16) / 0.8, 0, 1)
    tone = _DARKEST * (1 - light) ** 1.45
    tone = np.where((areas.shares > 0.4) & (light < 0.4), 0.72 * tone, tone)
    warmth = np.clip(lab[:, 2] / 0.2, -1, 1)[:, None] * np.array([-0.05, 0.0, 0.1])
    inks = tone[:, None] * (_INK + warmth * (0.4 + colour))
    kept = _accents(lab, areas.shares)
    own = -np.log(np.clip(areas.colours / _PAPER, 0.03, 1)) * 1.05
    share = np.where(kept, min(1.0, 1.6 * colour), 0)[:, None]
    inks = share * own + (1 - share) * inks
    return np.asarray(inks)


def _accents(lab: Floats, shares: Floats) -> NDArray[np.bool_]:
    """[k] the colours of the most vivid hues, rare ones first: they stay colours."""
    chroma, hue = np.hypot(lab[:, 1], lab[:, 2]), np.arctan2(lab[:, 2], lab[:, 1])
    vivid = np.where(chroma > _VIVID, chroma * np.minimum(1, 0.25 / shares) ** 0.5, 0)
    kept = np.zeros(len(lab), bool)
    for _ in range(_ACCENTS):
        best = int(np.argmax(np.where(kept, 0, vivid)))
        turn = np.abs((hue - hue[best] + np.pi) % (2 * np.pi) - np.pi)
        kept |= (vivid > 0) & (turn < _ONE_HUE) & (vivid[best] > 0)
    return kept


def _dryness(areas: Areas, amount: float) -> Floats:
    """Small and dark areas are drawn with less water."""
    dark = 1 - oklab(areas.colours)[:, 0]
    small = np.clip(1 - areas.shares / 0.3, 0.1, 1)
    return np.asarray(2 * amount * (0.25 + 0.75 * dark) * small)


def _painted(
    areas: Areas, wash: _Wash, window: Window, seed: int, tuning: Mapping[str, float]
) -> Floats:
    x, y = window.grid()
    pixel = 1 / window.long
    wet = _wetness(x, y, seed)
    reach = np.float32(0.013 * tuning["bleed"]) * (0.35 + wet)
    run_x = fractal(x, y, 22, seed + 1, 5, pixel)
    run_y = fractal(x, y, 22, seed + 21, 5, pixel)
    borders = areas.at(x + reach * run_x, y + reach * run_y)
    soft = np.maximum(pixel * 0.6, 0.0006 + 0.006 * tuning["bleed"] * wet**2)
    across = (0.5 * np.exp(-borders.distance / soft * 1.4))[..., None]
    inks = wash.ink.astype(np.float32)
    own, other = inks[borders.first], inks[borders.second]
    ink = own + across * (other - own)
    rim = np.exp(-((borders.distance / 0.0022) ** 2)) * (own.mean(-1) > other.mean(-1))
    ink *= 1 + (0.55 * rim * (1 - 0.8 * wet))[..., None]
    ink *= _flow(x, y, seed, pixel)[..., None]
    dry = wash.dryness.astype(np.float32)[borders.first]
    ink *= 1 - _flying_white(x, y, wash.angles[borders.first], dry, seed, pixel)[..., None]
    paper = _sheet(x, y, seed, pixel)
    return np.asarray(paper * np.exp(-ink), np.float32)


def _wetness(x: Floats, y: Floats, seed: int) -> Floats:
    """0..1: where the sheet was still wet."""
    return np.asarray(1 / (1 + np.exp(-2.2 * noise(x, y, 4.2, seed + 3))), np.float32)


def _flow(x: Floats, y: Floats, seed: int, pixel: float) -> Floats:
    """How the pigment settled: pools and thin places, and grains in the paper's hollows."""
    drift_x = x + 0.05 * noise(x, y, 5, seed + 4)
    drift_y = y + 0.05 * noise(x, y, 5, seed + 5)
    pools = fractal(drift_x, drift_y, 4.5, seed + 6, 5, pixel)
    grains = fractal(x, y, 560, seed + 31, 3, pixel)
    return np.asarray(np.exp(0.32 * pools + 0.12 * grains), np.float32)


def _flying_white(
    x: Floats, y: Floats, angle: Floats, dry: Floats, seed: int, pixel: float
) -> Floats:
    """0..1, 飞白: streaks of bare paper where a fast brush ran dry."""
    cos, sin = np.cos(angle, dtype=np.float32), np.sin(angle, dtype=np.float32)
    along, across = x * cos + y * sin, y * cos - x * sin
    across = across + 0.01 * noise(x, y, 6, seed + 8)
    hair = noise(along, across, (9, 240), seed + 9, pixel)
    hair = hair + 0.6 * noise(along, across, (24, 800), seed + 10, pixel)
    bare = (
        0.75 * noise(x, y, 5.5, seed + 11)
        + 0.75 * hair
        + 0.4 * fractal(x, y, 600, seed + 12, 2, pixel)
    )
    return np.asarray(0.88 * np.clip((bare - 2.5 + 1.3 * dry) * 1.8, 0, 1) * np.minimum(dry, 1))


def _sheet(x: Floats, y: Floats, seed: int, pixel: float) -> Floats:
    cloud = 0.008 * fractal(x, y, 7, seed + 13, 3)
    threads = fibres(x, y, 46, seed + 14, pixel) + fibres(x, y, 70, seed + 15, pixel)
    shade = 1 + cloud + 0.016 * tooth(x, y, 640, seed + 16, pixel) - 0.07 * threads
    return np.asarray(_PAPER.astype(np.float32) * shade[..., None], np.float32)
