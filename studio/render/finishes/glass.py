"""The finish "glass": the picture as a leaded window with daylight behind it.

Areas are cut into pieces by long sweeping lines; a cut ends at the area's border, as real leads
do. Every piece has its own tint, ripples and seeds; leads are round cames with solder on them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from studio.render.finishes.areas import PLAN_EDGE, Areas, areas_of
from studio.render.finishes.cuts import Cuts, cuts_of
from studio.render.finishes.finish import Painter
from studio.render.finishes.noise import fractal, noise
from studio.render.finishes.sampling import sampled
from studio.render.finishes.window import Window
from studio.render.oklab import oklab, srgb

Floats = NDArray[np.floating[Any]]
Integers = NDArray[np.integer[Any]]

_SOFTNESS, _APART = 4.2, 0.05
"""Of the borders, in plan pixels, and of the colours, in OKLab: glass can not be cut fine."""
_LEAD = (0.0022, 0.0060)
"""Half the width of a lead, in units, from thin to thick."""
_LEAD_COLOUR = np.array([0.085, 0.088, 0.098], np.float32)
_PIECES = 4096


@dataclass(frozen=True, slots=True)
class _Pane:
    """What the painter knows of the window."""

    areas: Areas
    depth: Floats
    """[1, p, q] distance to the nearest border."""
    cuts: Cuts
    colours: Floats
    """[k, 3] of the glass."""
    tints: Floats
    """[n, 3] factors, one row for each piece's number."""
    glow: Floats
    """[3, p, q]: the light that spills over the leads."""


def plan(composition: Image.Image, seed: int, tuning: Mapping[str, float]) -> Painter:
    """Tuned by `pieces` (how many), `lead` (how thick) and `glow` (light through the glass)."""
    areas = areas_of(composition, 9, _SOFTNESS, _APART)
    rng = np.random.default_rng([seed % 2**63, 35])
    colours = _glass_colours(areas.colours)
    depth = areas.depth()
    soft = Image.fromarray((colours[areas.labels] * 255).astype(np.uint8))
    glow = soft.resize((24, 24), Image.Resampling.BOX).resize(soft.size, Image.Resampling.BICUBIC)
    pane = _Pane(
        areas,
        depth[None],
        cuts=cuts_of(rng, areas, depth, 2 * tuning["pieces"]),
        colours=colours,
        tints=np.exp(rng.normal(0, 0.085, (_PIECES, 1)) + rng.normal(0, 0.03, (_PIECES, 3))),
        glow=np.asarray(glow).transpose(2, 0, 1) / 255,
    )
    return lambda window: _lit(pane, window, seed, tuning)


def _glass_colours(colours: Floats) -> Floats:
    """Light shines through: nothing is black, and colours are deeper than on paper."""
    lab = oklab(colours)
    lab[:, 0] = 0.15 + 0.76 * lab[:, 0]
    lab[:, 1:] *= 1.06
    return srgb(lab)


def _lit(pane: _Pane, window: Window, seed: int, tuning: Mapping[str, float]) -> Floats:
    x, y = window.grid()
    pixel = 1 / window.long
    half = np.float32(_LEAD[0] + (_LEAD[1] - _LEAD[0]) * tuning["lead"])
    borders = pane.areas.at(x, y)
    piece, cut = pane.cuts.at(borders.first, x, y)
    border = np.maximum(borders.distance, sampled(pane.depth, x, y)[0] - 1 / PLAN_EDGE)
    to_lead = np.minimum(border, cut)
    glass = _glass(pane, borders.first, piece % _PIECES, (x, y), seed, pixel)
    light = 0.16 + 0.75 * tuning["glow"]
    glass *= _daylight(x, y, to_lead, seed, light)[..., None]
    spill = sampled(pane.glow, x, y).transpose(1, 2, 0)
    lead = _came(x, y, to_lead / half, seed, pixel) + 0.14 * light * spill
    cover = np.clip(0.5 + (half - to_lead) / pixel, 0, 1)[..., None]
    return np.asarray(glass + cover * (lead - glass), np.float32)


def _glass(
    pane: _Pane,
    area: Integers,
    piece: Integers,
    place: tuple[Floats, Floats],
    seed: int,
    pixel: float,
) -> Floats:
    """The pieces' colours with ripples along each piece's own direction, streaks and seeds."""
    x, y = place
    turn = (piece % 64).astype(np.float32) * np.float32(np.pi / 64)
    cos, sin = np.cos(turn), np.sin(turn)
    along, across = x * cos + y * sin, y * cos - x * sin
    bent = across + 0.006 * noise(x, y, 14, seed + 1)
    ripple = noise(along, bent, (6, 46), seed + 2, pixel)
    fine = noise(along, bent, (30, 240), seed + 3, pixel)
    hammered = fractal(x, y, 190, seed + 4, 4, pixel)
    seeds = np.clip(noise(x, y, 260, seed + 5, pixel) - 2.5, 0, 1)
    cloud = fractal(x + 0.3 * turn, y, 5, seed + 6, 4)
    tone = 1 + 0.055 * ripple + 0.03 * fine + 0.04 * hammered + 0.5 * seeds + 0.05 * cloud
    own = pane.colours.astype(np.float32)[area] * pane.tints.astype(np.float32)[piece]
    return np.asarray(own * tone[..., None], np.float32)


def _daylight(x: Floats, y: Floats, to_lead: Floats, seed: int, light: float) -> Floats:
    """Brighter where the sky is, darker close to the leads, where putty and dirt gather."""
    sky = 1 + 0.32 * light * (noise(x, y, 1.6, seed + 7) * 0.4 + 0.25 - 0.35 * y)
    dirt = 1 - 0.34 * np.exp(-to_lead / 0.0055) - 0.12 * np.exp(-to_lead / 0.018)
    return np.asarray(sky * (dirt + 0.05), np.float32)


def _came(x: Floats, y: Floats, across: Floats, seed: int, pixel: float) -> Floats:
    """The leads: round, dull grey, a soft light along the middle, a little uneven."""
    round_ = np.clip(1 - across**2, 0, 1)
    worn = 1 + 0.25 * fractal(x, y, 90, seed + 8, 4, pixel)
    shine = 0.11 * round_**3 * worn + 0.02 * fractal(x, y, 700, seed + 9, 2, pixel)
    return np.asarray(_LEAD_COLOUR * worn[..., None] + shine[..., None], np.float32)
