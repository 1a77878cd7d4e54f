"""A brand's palette from a feeling: the nearest of the project's palettes, put in order of use.

First the colour that carries the brand, then its companions, with an ink and a paper on which
text is read (4.5:1 at least, WCAG 2.2).
"""

from __future__ import annotations

import math
import zlib
from collections.abc import Sequence
from functools import lru_cache

from studio.crafts.brand_words import Feeling
from studio.crafts.image_colours import READABLE, contrast_ratio
from studio.crafts.image_palettes import PALETTES
from studio.crafts.palette import Lab, difference, hex_to_lab, lab_to_hex, lab_warmth

MOST = 5
_NEAREST = 4
"""Palettes that suit nearly as well: which it is depends on the answers' words."""
_FULL_CHROMA = 70.0
_SAME = 12.0
"""Lab distance below which two colours of a brand are one."""
_DARK = 38.0
"""Lab lightness below which white is read on a colour with ease."""
_STRONG = 24.0
"""Lab chroma from which a colour can carry a brand."""


def brand_palette(
    feeling: Feeling, named: Sequence[str], subject: str, key: str
) -> tuple[str, ...]:
    """Up to five hex colours. `named` ones come first as they are; `subject` is a colour to stay
    near, "" for none; `key` decides between palettes that suit as well."""
    ranked = sorted(PALETTES, key=lambda each: _misfit(each, feeling, named, subject))
    near = ranked[: 1 if named else _NEAREST]
    drawn = near[zlib.crc32(key.encode()) % len(near)]
    main = _main(drawn, subject)
    rest = [each for each in drawn if each != main]
    return _readable(_apart((*named, main, *sorted(rest, key=_lightness))))


def _misfit(palette: Sequence[str], feeling: Feeling, named: Sequence[str], subject: str) -> float:
    """0 for a palette that is as it should be; about 1 for quite another."""
    warmth, brightness, saturation = _traits(tuple(palette))
    asked = (feeling.warmth, feeling.brightness, feeling.saturation)
    felt = math.dist((warmth, brightness, saturation), asked)
    missed = [min(difference(each, colour) for each in palette) for colour in named]
    if subject and not named:
        missed.append(difference(_main(palette, subject), subject))
    flat = 0.6 if max(map(_chroma, palette)) < _STRONG else 0.0
    return felt + flat + sum(missed) / (45.0 * max(1, len(missed)))


@lru_cache(maxsize=512)
def _traits(palette: tuple[str, ...]) -> tuple[float, float, float]:
    """Warmth, brightness and saturation 0..1: of its strong colours, of all, of the strongest."""
    labs = [hex_to_lab(each) for each in palette]
    weights = [1 + _lab_chroma(lab) / 10 for lab in labs]
    warmth = sum(lab_warmth(lab) * w for lab, w in zip(labs, weights, strict=True)) / sum(weights)
    brightness = sum(lab[0] for lab in labs) / (100 * len(labs))
    return warmth, brightness, min(1.0, max(map(_lab_chroma, labs)) / _FULL_CHROMA)


def _main(palette: Sequence[str], subject: str) -> str:
    """The colour that carries it: the strongest, or a strong one near the subject's."""
    strong = [each for each in palette if _chroma(each) >= _STRONG] or list(palette)
    if subject:
        return min(strong, key=lambda each: difference(each, subject))
    return max(strong, key=_chroma)


def _apart(colours: Sequence[str]) -> tuple[str, ...]:
    """The colours that are seen as different, the first of each kind."""
    kept: list[str] = []
    for each in colours:
        if all(difference(each, other) >= _SAME for other in kept):
            kept.append(each)
    return tuple(kept)


def _readable(colours: Sequence[str]) -> tuple[str, ...]:
    """With an ink or a paper of the main colour's hue where no two colours can be read."""
    kept = tuple(colours[:MOST])
    if any(contrast_ratio(one, other) >= READABLE for one in kept for other in kept):
        return kept
    _, a, b = hex_to_lab(kept[0])
    dark = min(map(_lightness, kept)) < _DARK
    ground = (96.0, 0.08 * a, 0.08 * b) if dark else (14.0, 0.3 * a, 0.3 * b)
    return (*kept[: MOST - 1], lab_to_hex(ground))


def _lightness(colour: str) -> float:
    return hex_to_lab(colour)[0]


def _chroma(colour: str) -> float:
    return _lab_chroma(hex_to_lab(colour))


def _lab_chroma(lab: Lab) -> float:
    return math.hypot(lab[1], lab[2])
