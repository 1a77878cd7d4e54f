"""Colours of finished pictures: blended, shifted, matched and compared. Pure Python."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence

from studio.crafts.palette import Lab, hex_to_lab, hex_to_rgb, is_hex, lab_to_hex, rgb_to_hex

_WARM_AXIS = (math.cos(math.radians(50)), math.sin(math.radians(50)))
_WARM_REACH = 110.0
"""Lab units from the coldest to the warmest, as `palette.lab_warmth` has it."""
_FULL_CHROMA = 70.0
_LEAST_CHROMA = 8.0
"""A grey has no hue to strengthen: it is taken to have this much."""
_BRIGHTEN, _SPREAD = 3.0, 2.5
_BRAND_MOST = 8
READABLE = 4.5
"""Least contrast of text (WCAG 2.2, success criterion 1.4.3)."""


def blended(first: Sequence[str], second: Sequence[str], at: float) -> tuple[str, ...]:
    """Colour by colour between two equally long palettes, in Lab; `at` 0..1."""
    return tuple(
        lab_to_hex(_between(hex_to_lab(a), hex_to_lab(b), at))
        for a, b in zip(first, second, strict=True)
    )


def _between(one: Lab, other: Lab, at: float) -> Lab:
    light, a, b = (x + (y - x) * at for x, y in zip(one, other, strict=True))
    return light, a, b


def toned(colours: Sequence[str], change: Mapping[str, float]) -> tuple[str, ...]:
    """The colours moved by warmth, saturation, brightness and contrast (-1..1 each, 0 nothing).

    Their order stays, so a layout keeps its drawing; black and white hardly take a tint."""
    labs = [hex_to_lab(each) for each in colours]
    mean = sum(lab[0] for lab in labs) / max(1, len(labs))
    moved = (_warmed(lab, change.get("warmth", 0.0)) for lab in labs)
    moved = (_saturated(lab, change.get("saturation", 0.0)) for lab in moved)
    lit = (_lit(lab, change.get("brightness", 0.0)) for lab in moved)
    return tuple(lab_to_hex(_parted(lab, change.get("contrast", 0.0), mean)) for lab in lit)


def _warmed(lab: Lab, change: float) -> Lab:
    light, a, b = lab
    takes = min(1.0, max(0.3, min(light / 30, (100 - light) / 18)))
    along = _WARM_REACH * change * takes
    return light, a + along * _WARM_AXIS[0], b + along * _WARM_AXIS[1]


def _saturated(lab: Lab, change: float) -> Lab:
    light, a, b = lab
    chroma = max(_LEAST_CHROMA, math.hypot(a, b))
    grown = max(0.0, chroma + change * _FULL_CHROMA * min(1.5, chroma / 30)) / chroma
    return light, a * grown, b * grown


def _lit(lab: Lab, change: float) -> Lab:
    bent = 100 * (max(0.0, lab[0]) / 100) ** (2 ** (-_BRIGHTEN * change))
    return bent, lab[1], lab[2]


def _parted(lab: Lab, change: float, mean: float) -> Lab:
    spread = mean + (lab[0] - mean) * max(0.1, 1 + _SPREAD * change)
    return min(98.0, max(3.0, spread)) if change else lab[0], lab[1], lab[2]


def brand_colours(given: str | Iterable[str]) -> tuple[str, ...]:
    """The hex colours in a brand's card or style sheet, each once, in order; at most eight."""
    text = given if isinstance(given, str) else " ".join(given)
    found = [each for each in re.findall(r"#[0-9a-fA-F]{3,6}\b", text) if is_hex(each)]
    return tuple(dict.fromkeys(rgb_to_hex(hex_to_rgb(each)) for each in found))[:_BRAND_MOST]


def contrast_ratio(one: str, other: str) -> float:
    """1 (none) .. 21 (black on white), after WCAG 2.2."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def contrast_table(colours: Sequence[str]) -> tuple[tuple[float, ...], ...]:
    """Row by row the contrast of each colour with each, two decimals."""
    return tuple(tuple(round(contrast_ratio(a, b), 2) for b in colours) for a in colours)


def readable_on(colour: str) -> str:
    """Black or white, whichever is read more easily on the colour."""
    return max(("#000000", "#ffffff"), key=lambda ink: contrast_ratio(ink, colour))


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(each / 255) for each in hex_to_rgb(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    # WCAG's own threshold; sRGB's is 0.04045, which makes no difference in 8 bits.
    return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)
