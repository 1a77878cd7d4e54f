"""A brand's colours made fit for a banner, in OKLab: panel, paper, ink, shade and button.

Hues are the brand's own. Where a colour does not carry text, its lightness moves as little as it
takes; contrast ratios are WCAG 2.2's (4.5 for text, 1.4.3; 3 for a button's shape, 1.4.11).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

import numpy as np

from studio.crafts.palette import hex_to_rgb, is_hex, rgb_to_hex
from studio.render.oklab import oklab, srgb
from studio.render.swatches import contrast_ratio

TEXT_CONTRAST, SHAPE_CONTRAST = 4.8, 3.0
"""Asked of text (4.5 and a little for rounding) and of a button on its ground."""
NEUTRAL = ("#23303d", "#e4572e", "#f3efe7")
"""The colours of a brand that names none."""
_HALVINGS = 6
_ENDS: Mapping[int, float] = MappingProxyType({-1: 0.12, 1: 0.99})
"""How dark and how light a colour may become."""
_INK_L, _PAPER_L, _SHADE_L = 0.22, 0.985, 0.24
_PANEL_L = (0.22, 0.88)
_DARK_TEXT = 0.1
"""Lightness that a panel moves further to carry light text: that is how panels are known."""


@dataclass(frozen=True, slots=True)
class Scheme:
    """Hex colours. `on_panel` is the text on `panel`; `ink` that on `paper`."""

    brand: tuple[str, ...]
    panel: str
    on_panel: str
    paper: str
    ink: str


@dataclass(frozen=True, slots=True)
class ButtonColours:
    """Hex colours of a button and of its label."""

    fill: str
    label: str


def scheme_of(colours: Sequence[str]) -> Scheme:
    """The scheme of a brand; what is no hex colour is passed over."""
    brand = tuple(rgb_to_hex(hex_to_rgb(each)) for each in colours if is_hex(each)) or NEUTRAL
    main = _main(brand)
    hue = lch(main)[2]
    ink = hex_of(_INK_L, min(0.035, lch(main)[1]), hue)
    lightest = max(brand, key=lambda each: lch(each)[0])
    paper = hex_of(_PAPER_L, min(0.006, lch(lightest)[1]), lch(lightest)[2])
    panel, on_panel = _carrying(main, paper, ink)
    return Scheme(brand, panel, on_panel, paper, ink)


@lru_cache(maxsize=256)
def button_on(scheme: Scheme, grounds: tuple[str, ...]) -> ButtonColours:
    """The button that stands out most from all `grounds` (hex), in a colour of the brand."""
    colours = (*scheme.brand, scheme.paper, scheme.ink)
    made = [(_button(each, scheme, grounds), each) for each in colours]
    drifts = [abs(lch(button.fill)[0] - lch(each)[0]) for button, each in made]
    merits = [_merit(each[0], drift, grounds) for each, drift in zip(made, drifts, strict=True)]
    return made[merits.index(max(merits))][0]


def shade(colour: str, *, dark: bool) -> str:
    """A dark or light relative of a colour, to lie over a picture under text."""
    _, chroma, hue = lch(colour)
    return hex_of(_SHADE_L, min(chroma, 0.06), hue) if dark else hex_of(0.975, 0.012, hue)


@lru_cache(maxsize=1024)
def lch(colour: str) -> tuple[float, float, float]:
    """Lightness 0..1, chroma and hue in radians of a hex colour, in OKLab."""
    light, a, b = (float(each) for each in oklab(np.array(hex_to_rgb(colour)) / 255))
    return light, math.hypot(a, b), math.atan2(b, a)


def hex_of(lightness: float, chroma: float, hue: float) -> str:
    """The hex colour; chroma is lowered until a screen shows it."""
    for share in np.linspace(1, 0, 11):
        lab = np.array([lightness, share * chroma * math.cos(hue), share * chroma * math.sin(hue)])
        shown = srgb(lab)
        if np.abs(oklab(shown) - lab).max() < 0.004:
            break
    return rgb_to_hex([255 * float(each) for each in shown])


def _main(brand: Sequence[str]) -> str:
    """The first colour that can be a panel; a brand of only whites and blacks keeps its first."""
    fits = (each for each in brand if _PANEL_L[0] <= lch(each)[0] <= _PANEL_L[1])
    return next(fits, brand[0])


def _carrying(main: str, paper: str, ink: str) -> tuple[str, str]:
    """The main colour, moved until it carries light or dark text, and that text."""
    options = []
    for text, towards, bias in ((paper, -1, 0.0), (ink, 1, _DARK_TEXT)):

        def carries(panel: str, text: str = text) -> bool:
            return contrast_ratio(panel, text) >= TEXT_CONTRAST

        panel = _moved(main, towards, carries)
        options.append((abs(lch(panel)[0] - lch(main)[0]) + bias, panel, text))
    _, panel, text = min(options)
    return panel, text


def _moved(colour: str, towards: int, enough: Callable[[str], bool]) -> str:
    """The nearest lightness towards dark (-1) or light (1) that is enough; else the farthest."""
    if enough(colour):
        return colour
    near, chroma, hue = lch(colour)
    far = _ENDS[towards]
    for _ in range(_HALVINGS):
        middle = (near + far) / 2
        if enough(hex_of(middle, chroma, hue)):
            far = middle
        else:
            near = middle
    return hex_of(far, chroma, hue)


def _button(colour: str, scheme: Scheme, grounds: Sequence[str]) -> ButtonColours:
    """A button of this colour, moved until its label reads and its shape is seen."""
    options = []
    for label, towards in ((scheme.paper, -1), (scheme.ink, 1)):

        def stands(fill: str, label: str = label) -> bool:
            reads = contrast_ratio(fill, label) >= TEXT_CONTRAST
            return reads and least_contrast(fill, grounds) >= SHAPE_CONTRAST

        fill = _moved(colour, towards, stands)
        moved = abs(lch(fill)[0] - lch(colour)[0])
        options.append((moved + (0.0 if stands(fill) else 1.0), fill, label))
    _, fill, label = min(options)
    return ButtonColours(fill, label)


def least_contrast(colour: str, grounds: Iterable[str]) -> float:
    """With the ground it stands out from least."""
    return min(contrast_ratio(colour, each) for each in grounds)


def _merit(made: ButtonColours, drift: float, grounds: Sequence[str]) -> float:
    """Seen against its ground first, then lively and of another hue than it; the brand's own."""
    contrast = least_contrast(made.fill, grounds)
    seen = 0.8 * min(contrast, 5.0) / 5 - (2.0 if contrast < SHAPE_CONTRAST else 0.0)
    lively = min(lch(made.fill)[1] / 0.12, 1.0)
    other = min(min(_apart(made.fill, each) for each in grounds) / 0.2, 1.0)
    return seen + 0.7 * lively + 0.6 * other - 4.0 * drift


def _apart(one: str, other: str) -> float:
    """Distance in hue and chroma alone."""
    first, second = (oklab(np.array(hex_to_rgb(each)) / 255) for each in (one, other))
    return float(np.linalg.norm(first[1:] - second[1:]))
