"""First sketches for an order: drawings by rules that fit its style, words, numbers and colours."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.torch import load_file
from torch import Tensor

from studio.crafts.image_measure import colour_numbers, structure, to_lab
from studio.crafts.palette import SLOTS, hex_to_rgb, spread_over
from studio.families.composition import STYLES, TEXT
from studio.families.drawings.families import DRAWINGS, drawing, of_style
from studio.families.drawings.paint import Wish
from studio.families.layouts import cells_of, pooled, tone_shares
from studio.families.picture_order import PictureOrder

Floats = NDArray[np.float64]

_TRIES = 3
"""Drawings for each one that is kept."""
_PIXELS_A_CELL = 4
_KEENNESS = 14.0
"""How strongly words choose among the families of a style."""
_NUMBERS = ("density", "movement", "angularity")
_CURVES = (0.45, 0.65, 0.85, 1.0, 1.2, 1.55, 2.2)
"""Powers that shift a drawing's tones towards dark or light."""
_CURVE_COST = 0.02
_GREY = torch.linspace(0, 1, SLOTS, dtype=torch.float64)


@dataclass(frozen=True, slots=True)
class Sketch:
    """One sketch: shares [8, r, c] and the family of drawings that it comes from."""

    layout: Tensor
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
        path = card / "families.safetensors"
        return cls(load_file(path) if path.exists() else {}, centre)

    def sketch(self, order: PictureOrder, text: Tensor) -> Sketch:
        """The best of a few drawings for the order; `text` [TEXT], zeros: no words."""
        rng = np.random.default_rng([order.seed % 2**63, 61])
        family = self._family(order, text, rng)
        rows, columns = cells_of(order.aspect)
        size = (rows * _PIXELS_A_CELL, columns * _PIXELS_A_CELL)
        wish = Wish(*(order.numbers.get(name, 0.5) for name in _NUMBERS))
        seeds = [int(each) for each in rng.integers(0, 2**62, _TRIES)]
        tones = [drawing(family, seed, wish, size).tone for seed in seeds]
        kept = min(tones, key=lambda tone: _distance(tone, order))
        shares = pooled(tone_shares(torch.from_numpy(toned(kept, order))), rows, columns)
        return Sketch(shares, family)

    def _family(self, order: PictureOrder, text: Tensor, rng: np.random.Generator) -> str:
        style = order.style or STYLES[int(rng.integers(len(STYLES)))]
        names = [family.name for family in of_style(style)]
        if not self._voices or not bool(text.any()):
            return names[int(rng.integers(len(names)))]
        said = text - self._centre
        near = [_cosine(said, self._voices[n]) if n in self._voices else 0.0 for n in names]
        weights = np.exp(_KEENNESS * (np.array(near) - max(near)))
        return names[int(rng.choice(len(names), p=weights / weights.sum()))]


def _cosine(one: Tensor, other: Tensor) -> float:
    return float(torch.nn.functional.cosine_similarity(one, other, dim=0))


def _distance(tone: NDArray[np.floating], order: PictureOrder) -> float:
    found = structure(_shrunk(tone))
    return sum(abs(found[name] - order.numbers[name]) for name in found if name in order.numbers)


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
    areas = tone_shares(torch.from_numpy(tone)).mean((1, 2)).double()
    lab = to_lab(np.array([hex_to_rgb(each) for each in spread_over(order.palette)]) / 255.0)
    best = min(_maps(), key=lambda each: _off(each, areas, lab, order))
    return np.interp(tone, np.arange(SLOTS), best).astype(np.float32)


def _maps() -> Sequence[Floats]:
    """What each of the eight tones may become."""
    ramp = np.linspace(0, 1, SLOTS)
    return [
        (SLOTS - 1) * (1 - ramp**power if negative else ramp**power)
        for negative in (False, True)
        for power in _CURVES
    ]


def _off(tones: Floats, areas: Tensor, lab: Floats, order: PictureOrder) -> float:
    """How far a drawing with these areas would be off, in these tones and the order's colours."""
    spread = tone_shares(torch.from_numpy(tones)[:, None]).squeeze(-1)
    found = colour_numbers(torch.einsum("kt,t->k", spread, areas).numpy(), lab)
    missed = sum(abs(float(found[n]) - order.numbers[n]) for n in found if n in order.numbers)
    return missed + _CURVE_COST * float(np.abs(np.diff(tones, 2)).sum())


def families_known() -> tuple[str, ...]:
    """Names of all families of drawings, in their order."""
    return tuple(DRAWINGS)


def no_words() -> Tensor:
    """The vector of a description that says nothing, [TEXT]."""
    return torch.zeros(TEXT)
