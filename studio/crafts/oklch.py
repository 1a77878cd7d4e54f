"""Hex colours as lightness, chroma and hue in OKLab, where equal steps look equal. Pure Python.

After Ottosson 2020, "A perceptual color space for image processing". What sRGB can not show is
brought in by taking chroma away at the same lightness and hue (as CSS Color 4, 13.2 has it).
"""

from __future__ import annotations

import math

from studio.crafts.palette import hex_to_rgb, rgb_to_hex

Lch = tuple[float, float, float]
"""Lightness 0..1, chroma 0..about 0.32, hue in degrees 0..360."""

_HALVINGS = 16
_SLACK = 1e-4


def hex_to_oklch(text: str) -> Lch:
    """(lightness, chroma, hue) of a hex colour; the hue of a grey is 0."""
    red, green, blue = (_linear(each / 255) for each in hex_to_rgb(text))
    long = math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
    middle = math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
    short = math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
    light = 0.2104542553 * long + 0.7936177850 * middle - 0.0040720468 * short
    a = 1.9779984951 * long - 2.4285922050 * middle + 0.4505937099 * short
    b = 0.0259040371 * long + 0.7827717662 * middle - 0.8086757660 * short
    chroma = math.hypot(a, b)
    return light, chroma, math.degrees(math.atan2(b, a)) % 360 if chroma > _SLACK else 0.0


def oklch_to_hex(lch: Lch) -> str:
    """The hex colour of that lightness and hue with as much of its chroma as sRGB shows."""
    light, chroma, hue = min(1.0, max(0.0, lch[0])), max(0.0, lch[1]), lch[2]
    low, high = 0.0, chroma
    if not _shown((light, chroma, hue)):
        for _ in range(_HALVINGS):
            middle = (low + high) / 2
            low, high = (middle, high) if _shown((light, middle, hue)) else (low, middle)
        chroma = low
    return rgb_to_hex([255 * _companded(each) for each in _light_of((light, chroma, hue))])


def _shown(lch: Lch) -> bool:
    return all(-_SLACK <= each <= 1 + _SLACK for each in _light_of(lch))


def _light_of(lch: Lch) -> tuple[float, float, float]:
    """Linear red, green and blue, 0..1 where a screen can show them."""
    light, chroma, hue = lch[0], lch[1], math.radians(lch[2])
    a, b = chroma * math.cos(hue), chroma * math.sin(hue)
    long = (light + 0.3963377774 * a + 0.2158037573 * b) ** 3
    middle = (light - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (light - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short,
    )


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)


def _companded(light: float) -> float:
    light = min(1.0, max(0.0, light))
    return 12.92 * light if light <= 0.0031308 else float(1.055 * light ** (1 / 2.4) - 0.055)
