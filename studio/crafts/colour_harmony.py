"""Palettes around one colour: harmonies on the hue circle of OKLCh. Pure Python.

The figures are Itten's (The Art of Color, 1961): two opposite, three or four apart, neighbours. On
OKLab's circle a turn keeps lightness and strength as they look, which HSL's does not.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from studio.crafts.oklch import hex_to_oklch, oklch_to_hex
from studio.crafts.palette import hex_to_rgb, rgb_to_hex

TURNS: Mapping[str, tuple[float, ...]] = MappingProxyType(
    {
        "analogous": (0, 30, -30),
        "complement": (0, 180),
        "split": (0, 150, -150),
        "triad": (0, 120, -120),
        "tetrad": (0, 90, 180, 270),
    }
)
"""Degrees from the colour, in the order in which they are taken."""
_ROUND = 0.18
"""Lightness from one round of the circle to the next."""
_WEAKER = 0.85
_LIGHTEST, _DARKEST = 0.95, 0.2
_MIDDLE = 0.6


def harmonies(colour: str, count: int = 5) -> dict[str, tuple[str, ...]]:
    """Palettes of `count` (2..8) around one colour, which is always among them: analogous,
    complement, split, triad, tetrad and tints."""
    made = {name: _around(colour, turns, count) for name, turns in TURNS.items()}
    return made | {"tints": _tints(colour, count)}


def _around(colour: str, turns: Sequence[float], count: int) -> tuple[str, ...]:
    """The turns of the circle in order, each next round lighter or darker."""
    light, chroma, hue = hex_to_oklch(colour)
    found = [rgb_to_hex(hex_to_rgb(colour))]
    for place in range(1, count):
        turn, rounds = turns[place % len(turns)], place // len(turns)
        away = _ROUND * rounds * (1 if light < _MIDDLE else -1)
        found.append(oklch_to_hex((_inside(light + away), chroma * _WEAKER**rounds, hue + turn)))
    return tuple(found)


def _tints(colour: str, count: int) -> tuple[str, ...]:
    """From dark to light, the colour itself at its own place."""
    light, chroma, hue = hex_to_oklch(colour)
    span = _LIGHTEST - _DARKEST
    steps = [_DARKEST + span * place / max(1, count - 1) for place in range(count)]
    nearest = min(range(count), key=lambda place: abs(steps[place] - light))
    made = [oklch_to_hex((step, 0.8 * chroma, hue)) for step in steps]
    made[nearest] = rgb_to_hex(hex_to_rgb(colour))
    return tuple(made)


def _inside(lightness: float) -> float:
    return min(_LIGHTEST, max(_DARKEST, lightness))
