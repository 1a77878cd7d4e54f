"""Marks that more than one family of signs draws."""

from __future__ import annotations

import numpy as np

from studio.families.drawings.labels import Labels
from studio.families.drawings.sheet import Floats, Point, Rng
from studio.families.drawings.tones import Tones

FIRST_INK = 1
"""The label of the first ink; the ground as a mark has the label after the last ink."""


def ink_label(rng: Rng, tones: Tones) -> int:
    """The label of an ink; the first somewhat oftener."""
    return FIRST_INK + max(0, int(rng.integers(len(tones.inks) + 1)) - 1)


def straight_line(at: Point, angle: float, length: float, samples: int = 2) -> Floats:
    """A straight line [samples, 2] from a point."""
    reach = np.linspace(0, length, samples)[:, None]
    return np.asarray(np.asarray(at) + reach * np.array([np.cos(angle), np.sin(angle)]))


def halo(rng: Rng, labels: Labels, tones: Tones, centre: Point, radius: float) -> None:
    """A circle in a ring of another tone, with an eye off its middle."""
    rings = int(rng.integers(2, 4))
    first = int(rng.integers(len(tones.inks)))
    for ring in range(rings):
        shift = rng.normal(0, 0.08 * radius, 2) if ring else np.zeros(2)
        label = FIRST_INK + (first + ring) % len(tones.inks)
        labels.spot(np.asarray(centre) + shift, radius * (1 - 0.33 * ring), label)


def rod(rng: Rng, labels: Labels, tones: Tones, place: Point, angle: float, length: float) -> None:
    """A straight line with weight, sometimes with a twin."""
    for twin in range(int(rng.integers(1, 3))):
        start = (place[0] + 0.03 * twin, place[1] + 0.03 * twin)
        labels.strand(
            straight_line(start, angle, length * 1.4),
            rng.uniform(0.006, 0.014),
            ink_label(rng, tones),
        )
