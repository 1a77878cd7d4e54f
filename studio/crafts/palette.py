"""Colours as a picture's plan sees them: hex in, CIE Lab for every judgement. Pure Python.

A composition is painted with exactly `SLOTS` colours, sorted from dark to light. People name two to
five; `slots` spreads those over the eight with small tints and shades, so that a picture "in red
and black" holds nothing else and still has depth.
Lab after CIE 15:2004 with the D65 white point; sRGB after IEC 61966-2-1.
"""

from __future__ import annotations

import math
import random
import re
from collections.abc import Sequence

SLOTS = 8
"""Colours in one composition: what the generator network was built for."""

Lab = tuple[float, float, float]

_HEX = re.compile(r"#?([0-9a-fA-F]{6}|[0-9a-fA-F]{3})")
_WHITE = (0.95047, 1.0, 1.08883)
_WARMEST_DEGREES = 50.0
_NOTICEABLE, _NOTICEABLE_DARK = 4.0, 2.0
"""Lab lightness between two tints of one colour: seen as depth, not as another colour. Black
stays black."""


def is_hex(text: str) -> bool:
    return _HEX.fullmatch(text.strip()) is not None


def hex_to_rgb(text: str) -> tuple[int, int, int]:
    """(r, g, b) in 0..255 of "#e63946", "e63946" or "#e39". Raises ValueError for other text."""
    found = _HEX.fullmatch(text.strip())
    if found is None:
        raise ValueError(f"{text!r} is not a hex colour")
    digits = found[1] if len(found[1]) == 6 else "".join(2 * each for each in found[1])
    return int(digits[:2], 16), int(digits[2:4], 16), int(digits[4:], 16)


def rgb_to_hex(rgb: Sequence[float]) -> str:
    return "#" + "".join(f"{min(255, max(0, round(each))):02x}" for each in rgb)


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4


def _companded(channel: float) -> float:
    if channel <= 0.0031308:
        return 12.92 * max(channel, 0.0)
    return float(1.055 * channel ** (1 / 2.4) - 0.055)


def _cube_root(ratio: float) -> float:
    return ratio ** (1 / 3) if ratio > 0.008856 else 7.787 * ratio + 16 / 116


def hex_to_lab(text: str) -> Lab:
    """(L 0..100, a, b) of a hex colour."""
    r, g, b = (_linear(each / 255) for each in hex_to_rgb(text))
    x = (0.4124 * r + 0.3576 * g + 0.1805 * b) / _WHITE[0]
    y = (0.2126 * r + 0.7152 * g + 0.0722 * b) / _WHITE[1]
    z = (0.0193 * r + 0.1192 * g + 0.9505 * b) / _WHITE[2]
    fx, fy, fz = _cube_root(x), _cube_root(y), _cube_root(z)
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


def lab_to_hex(lab: Lab) -> str:
    """The nearest hex colour: what sRGB can not show is clipped."""
    fy = (lab[0] + 16) / 116
    fx, fz = fy + lab[1] / 500, fy - lab[2] / 200
    x, y, z = (
        white * (each**3 if each**3 > 0.008856 else (each - 16 / 116) / 7.787)
        for white, each in zip(_WHITE, (fx, fy, fz), strict=True)
    )
    r = 3.2406 * x - 1.5372 * y - 0.4986 * z
    g = -0.9689 * x + 1.8758 * y + 0.0415 * z
    b = 0.0557 * x - 0.2040 * y + 1.0570 * z
    return rgb_to_hex([255 * _companded(min(1.0, each)) for each in (r, g, b)])


def difference(one: str, other: str) -> float:
    """Lab distance (CIE76): 2 is just seen, 20 is another colour, 100 is black and white."""
    return math.dist(hex_to_lab(one), hex_to_lab(other))


def lab_warmth(lab: Lab) -> float:
    """0 icy blue .. 0.5 neutral .. 1 glowing orange, of one colour."""
    angle = math.radians(_WARMEST_DEGREES)
    along = lab[1] * math.cos(angle) + lab[2] * math.sin(angle)
    return min(1.0, max(0.0, 0.5 + along / 110))


def warmth(colour: str) -> float:
    """`lab_warmth` of a hex colour."""
    return lab_warmth(hex_to_lab(colour))


def spread_over(colours: Sequence[str], sizes: Sequence[int] | None = None) -> tuple[str, ...]:
    """One to eight hex colours -> the eight a composition is painted with, dark to light.

    Each colour gets a fair share of the slots, or `sizes[i]` for the i-th darkest; its further
    slots are its own tints and shades, darker ones for light colours and lighter ones for dark.
    Raises ValueError for none.
    """
    if not colours:
        raise ValueError("a palette needs one colour")
    kept = [rgb_to_hex(hex_to_rgb(each)) for each in colours][:SLOTS]
    kept = sorted(kept, key=lambda each: hex_to_lab(each)[0])
    shares = sizes or [
        SLOTS // len(kept) + (1 if place < SLOTS % len(kept) else 0) for place in range(len(kept))
    ]
    filled = [tint for each, size in zip(kept, shares, strict=True) for tint in _tints(each, size)]
    return tuple(sorted(filled, key=lambda each: hex_to_lab(each)[0]))


def _tints(colour: str, share: int) -> list[str]:
    lightness, a, b = hex_to_lab(colour)
    step = -_NOTICEABLE if lightness > 50 else _NOTICEABLE
    step = _NOTICEABLE_DARK if lightness < 22 else step
    return [
        lab_to_hex((min(100.0, max(0.0, lightness + step * turn)), a, b)) for turn in range(share)
    ]


def harmony(
    seed: int, *, warmth: float, brightness: float, saturation: float, contrast: float, count: int
) -> tuple[str, ...]:
    """A palette drawn for a mood: `count` hex colours (2..8), the ground first. All in 0..1.

    Hues stay within a family around a warm or a cold angle, with one accent across the circle
    when the contrast allows it (Itten's contrast of complements, used once).
    """
    rng = random.Random(seed)
    centre = _hue_centre(rng, warmth)
    chroma = 8 + 72 * saturation
    ground = 12 + 80 * brightness
    spread = 12 + 62 * contrast
    made = [lab_to_hex(_polar(min(96, ground), 0.45 * chroma, centre + rng.uniform(-20, 20)))]
    for place in range(1, count):
        away = spread * (0.45 + 0.55 * place / max(1, count - 1))
        lightness = ground - away if ground > 50 else ground + away
        accent = place == count - 1 and contrast > 0.4 and 0.2 < warmth < 0.8
        hue = centre + (180 if accent else 0) + rng.uniform(-38, 38)
        made.append(lab_to_hex(_polar(min(96, max(6, lightness)), chroma, hue)))
    return tuple(made)


def _hue_centre(rng: random.Random, warmth: float) -> float:
    if warmth >= 0.5:
        return 50 + rng.uniform(-1, 1) * (25 + 120 * (1 - warmth))
    return 245 + rng.uniform(-1, 1) * (25 + 120 * warmth)


def _polar(lightness: float, chroma: float, hue_degrees: float) -> Lab:
    hue = math.radians(hue_degrees)
    return lightness, chroma * math.cos(hue), chroma * math.sin(hue)
