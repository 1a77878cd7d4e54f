"""First sketches for an order: drawings by rules that fit its style, words, numbers and colours."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.torch import load_file
from torch import Tensor

from studio.crafts.image_measure import colour_numbers, structure, to_lab
from studio.crafts.palette import SLOTS, difference, hex_to_rgb, spread_over
from studio.families.composition import STYLES
from studio.families.drawings.families import drawing, of_style
from studio.families.drawings.paint import Wish
from studio.families.layout_choice import shown_palette
from studio.families.layouts import cells_of, pooled, tone_shares
from studio.families.picture_order import PictureOrder

Floats = NDArray[np.float64]

VOICES = "families.safetensors"
"""Of a generator's card: the mean vector of each family's captions."""
_TRIES = 6
"""Drawings for each one that is kept."""
_PIXELS_A_GLANCE, _PIXELS_A_CELL = 2, 4
"""For the drawings that are compared, and for the one that is kept."""
_INSISTENCE, _WANDERING = 0.4, 0.15
_KEENNESS = 7.0
"""How strongly words choose among the families of a style."""
_NUMBERS = ("density", "movement", "angularity")
_SHIFTS = (0.45, 0.65, 0.85, 1.0, 1.2, 1.55, 2.2)
"""Powers that shift a drawing's tones towards dark or light."""
_PULLS = (0.45, 1.0, 1.8)
"""Powers that pull tones apart from the middle, or towards it."""
_CURVE_COST = 0.02
_COLOUR_WEIGHTS: Mapping[str, float] = MappingProxyType(
    {"brightness": 2.0, "contrast": 1.0, "warmth": 0.6, "saturation": 0.4}
)
"""Warmth and saturation are the palette's own; light and dark are a matter of areas."""
_STEEPNESS, _APART_LAB = 6.0, 16.0


@dataclass(frozen=True, slots=True)
class Sketch:
    """One sketch: shares [8, r, c], the eight colours it is meant for, its family of drawings."""

    layout: Tensor
    slots: tuple[str, ...]
    family: str


class Sketcher:
    """Draws for orders. `voices` are vectors of the families' captions."""

    def __init__(self, voices: Mapping[str, Tensor], centre: Tensor) -> None:
        """`voices` [TEXT] by family; `centre` [TEXT] is what all sentences share."""
        self._voices = {name: voice - centre for name, voice in voices.items()}
        self._centre = centre

    @classmethod
    def load(cls, card: Path, centre: Tensor) -> Sketcher:
        """The families' vectors of a generator's card; without the file words do not choose."""
        path = card / VOICES
        voices = load_file(path) if path.exists() else {}
        return cls({name: each.float() for name, each in voices.items()}, centre)

    def sketch(self, order: PictureOrder, text: Tensor) -> Sketch:
        """The best of several drawings for the order; `text` [TEXT], zeros: no words."""
        rng = np.random.default_rng([order.seed % 2**63, 61])
        names, weights = self._families(order, text, rng)
        cells = cells_of(order.aspect)
        tries = [_Try.drawn(names[int(rng.choice(len(names), p=weights))], order, rng)
                 for _ in range(_TRIES)]  # fmt: skip
        best = min(tries, key=lambda each: each.distance(order, cells))
        tone = toned(best.tone(cells, _PIXELS_A_CELL), order)
        slots = order.slots or shown_palette(order.palette, _areas(tone).tolist())
        shares = pooled(tone_shares(torch.from_numpy(parted(tone, slots))), *cells)
        return Sketch(shares, slots, best.family)

    def _families(
        self, order: PictureOrder, text: Tensor, rng: np.random.Generator
    ) -> tuple[list[str], Floats]:
        """The families of the order's style, and how likely the words make each."""
        style = order.style or STYLES[int(rng.integers(len(STYLES)))]
        names = [family.name for family in of_style(style)]
        near = np.zeros(len(names))
        if self._voices and bool(text.any()):
            said = text - self._centre
            near = np.array([_cosine(said, self._voices[n]) for n in names if n in self._voices])
            near = np.resize(near, len(names))
        weights = np.exp(_KEENNESS * (near - near.max()))
        return names, np.asarray(weights / weights.sum())


@dataclass(frozen=True, slots=True)
class _Try:
    """One drawing that may become the sketch."""

    family: str
    seed: int
    wish: Wish

    @classmethod
    def drawn(cls, family: str, order: PictureOrder, rng: np.random.Generator) -> _Try:
        """A seed, and a wish around the order's numbers: families follow them only so far."""
        asked = np.array([order.numbers.get(name, 0.5) for name in _NUMBERS])
        wished = asked + _INSISTENCE * (asked - 0.5) + rng.normal(0, _WANDERING, len(asked))
        density, movement, angularity = np.clip(wished, 0, 1).tolist()
        return cls(family, int(rng.integers(0, 2**62)), Wish(density, movement, angularity))

    def tone(self, cells: tuple[int, int], pixels: int) -> NDArray[np.float32]:
        """The drawing's tones with so many pixels a cell and side."""
        size = (cells[0] * pixels, cells[1] * pixels)
        return np.asarray(drawing(self.family, self.seed, self.wish, size).tone, np.float32)

    def distance(self, order: PictureOrder, cells: tuple[int, int]) -> float:
        """How far it measures from the order's density, movement and angularity."""
        found = structure(_shrunk(self.tone(cells, _PIXELS_A_GLANCE)))
        return sum(abs(found[n] - order.numbers[n]) for n in found if n in order.numbers)


def _cosine(one: Tensor, other: Tensor) -> float:
    return float(torch.nn.functional.cosine_similarity(one, other, dim=0))


def _shrunk(tone: NDArray[np.floating]) -> Floats:
    """Tones [h, w] as a luminance [64, 64] of the middle square."""
    edge = min(tone.shape)
    top, left = (tone.shape[0] - edge) // 2, (tone.shape[1] - edge) // 2
    square = torch.from_numpy(np.ascontiguousarray(tone[top : top + edge, left : left + edge]))
    small = torch.nn.functional.adaptive_avg_pool2d(square[None, None].double(), (64, 64))[0, 0]
    return np.asarray(small.numpy() / (SLOTS - 1))


def toned(tone: NDArray[np.float32], order: PictureOrder) -> NDArray[np.float32]:
    """The drawing in tones that keep the order's colour numbers best: darker, lighter, negative.

    Monotone maps only, so what melts keeps melting and what is apart stays apart."""
    areas = _areas(tone)
    lab = to_lab(np.array([hex_to_rgb(each) for each in spread_over(order.palette)]) / 255.0)
    best = min(_maps(), key=lambda each: _off(each, areas, lab, order))
    return np.interp(tone, np.arange(SLOTS), best).astype(np.float32)


def parted(tone: NDArray[np.float32], slots: Sequence[str]) -> NDArray[np.float32]:
    """The drawing with narrow melts where two neighbouring slots are different colours.

    A drawing's washes drift by part of a tone; between tints of one colour that is breath, between
    two colours it is blotches."""
    low = np.minimum(np.floor(tone), SLOTS - 2).astype(np.int64)
    part = tone - low
    steep = np.clip((part - 0.5) * _STEEPNESS + 0.5, 0, 1)
    apart = np.array([difference(a, b) > _APART_LAB for a, b in itertools.pairwise(slots)])
    return np.asarray(low + np.where(apart[low], steep, part), np.float32)


def _areas(tone: NDArray[np.float32]) -> Tensor:
    """Share of each slot in a drawing, [8]."""
    return tone_shares(torch.from_numpy(tone)).mean((1, 2)).double()


def _maps() -> Sequence[Floats]:
    """What each of the eight tones may become."""
    ramp = np.linspace(0, 1, SLOTS)
    maps = []
    for shift, pull in itertools.product(_SHIFTS, _PULLS):
        away = 2 * ramp**shift - 1
        curve = 0.5 + 0.5 * np.sign(away) * np.abs(away) ** pull
        maps += [(SLOTS - 1) * curve, (SLOTS - 1) * (1 - curve)]
    return maps


def _off(tones: Floats, areas: Tensor, lab: Floats, order: PictureOrder) -> float:
    """How far a drawing with these areas would be off, in these tones and the order's colours."""
    spread = tone_shares(torch.from_numpy(tones)[:, None]).squeeze(-1)
    found = colour_numbers(torch.einsum("kt,t->k", spread, areas).numpy(), lab)
    missed = sum(
        weight * abs(float(found[name]) - order.numbers[name])
        for name, weight in _COLOUR_WEIGHTS.items()
        if name in order.numbers
    )
    return missed + _CURVE_COST * float(np.abs(np.diff(tones, 2)).sum())
