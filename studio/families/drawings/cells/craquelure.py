"""Cracked glaze over broad zones of colour, or chips of stone in a smooth floor."""

from __future__ import annotations

import numpy as np

from studio.families.drawings.cells.tissue import (
    cell_tones,
    crowded,
    projected,
    shaken,
    stretched_axes,
)
from studio.families.drawings.family import Family
from studio.families.drawings.nearest import nearest
from studio.families.drawings.paint import Paint, Wish
from studio.families.drawings.sheet import TOP, Floats, Rng, Sheet, Whole
from studio.families.drawings.tones import Tones


def _draw(sheet: Sheet, rng: Rng, wish: Wish) -> Paint:
    wish = wish.stirred()
    tones = Tones.drawn(rng)
    u, v = stretched_axes(sheet, rng, wish, 1.3 + 2.2 * wish.angularity)
    soft = 1 - wish.angularity
    count = int(7 + 60 * wish.density**1.3)
    sites = projected(crowded(sheet, rng, count, 0.25), sheet, u, v)
    u, v = shaken(sheet, rng, u, v, 0.006 + 0.05 * soft, 3.5)
    label, _, gap = nearest(u, v, sites, rng.uniform(0, 0.04, len(sites)))
    if rng.uniform() < 0.5:
        return _terrazzo(sheet, rng, tones, label, gap)
    return _glaze(sheet, rng, tones, label, gap)


def _terrazzo(sheet: Sheet, rng: Rng, tones: Tones, label: Whole, gap: Floats) -> Paint:
    """Chips set apart in a smooth ground."""
    count = int(label.max()) + 1
    margin = rng.uniform(0.03, 0.16, count).astype(np.float32) / np.float32(np.sqrt(count))
    margin[rng.uniform(0, 1, count) < 0.12] = 1.0
    fill = cell_tones(rng, tones, count)
    paint = Paint.ground(sheet, tones.ground)
    paint.lay(sheet.noise(rng, 0.8) > 0.4, tones.ground + (0.8 if tones.ground < 4 else -0.8))
    paint.relief += 0.25 * sheet.noise(rng, 30, 2)
    chip = gap > margin[label]
    paint.lay(chip, fill[label], 0.3 * sheet.noise(rng, 14, 3))
    vein = np.abs(sheet.noise(rng, 6, 2)) < 0.1
    odd = rng.uniform(0, 1, count) < 0.4
    paint.lay(chip & vein & odd[label], cell_tones(rng, tones, count)[label])
    return paint.limited()


def _glaze(sheet: Sheet, rng: Rng, tones: Tones, label: Whole, gap: Floats) -> Paint:
    """Zones of glaze, a net of cracks, and flakes that came off."""
    count = int(label.max()) + 1
    zone = sheet.noise(rng, 0.7, 2, 0.35)
    scale = np.array([tones.ground, tones.inks[1], tones.ground, tones.inks[0]], np.float32)
    cuts = np.sort(rng.uniform(-0.9, 1.1, 3))
    tone = scale[np.searchsorted(cuts, zone)]
    off = rng.uniform(0, 1, count) < 0.16
    tone = np.where(off[label], np.float32(tones.inks[-1]), tone).astype(np.float32)
    pooled = 0.5 * np.clip(gap / 0.08, 0, 1) - 0.25 + 0.2 * sheet.noise(rng, 4, 2)
    paint = Paint(tone + 0.3 * sheet.noise(rng, 2), pooled.astype(np.float32))
    width = 0.007 + 0.009 * np.clip(0.7 + sheet.noise(rng, 2.5), 0, 2)
    far = np.where(tone < 3.5, np.float32(TOP - 0.4), np.float32(0.3))
    flake = off[label]
    paint.lay((gap > 0.03) & (gap < 0.045) & flake, far, 0.0)
    paint.lay(gap < width, np.where(flake, np.float32(tones.inks[0]), far), -0.2)
    return paint.limited()


FAMILY = Family(
    name="craquelure",
    style="cells",
    english=(
        "cracked glaze on broad zones of colour",
        "terrazzo chips in a smooth floor",
        "broken shards set in plaster",
        "an old glaze with a net of cracks",
    ),
    chinese=(
        "开片的釉面",
        "水磨石的碎片",
        "嵌在灰泥里的碎瓷",
        "布满裂纹的旧釉",
    ),
    draw=_draw,
)
