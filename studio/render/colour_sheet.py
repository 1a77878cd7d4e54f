"""The colours of one picture, put to use: named, compared and brought into harmony."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from studio.crafts.colour_harmony import harmonies
from studio.crafts.colour_names import colour_name
from studio.crafts.image_colours import contrast_table, readable_on
from studio.crafts.oklch import hex_to_oklch
from studio.render.swatches import Swatch, swatches
from studio.requests import Picture

LEAST, MOST, USUAL = 2, 12, 6
"""How many colours a sheet may have."""
LANGUAGES = ("en", "zh")


@dataclass(frozen=True)
class ColourSheet:
    """The colours of a picture, the largest area first."""

    colours: tuple[Swatch, ...]

    @property
    def hexes(self) -> tuple[str, ...]:
        return tuple(each.hex for each in self.colours)

    @cached_property
    def leading(self) -> str:
        """The colour that a harmony starts from: the strongest for its area, not the paper."""
        return max(self.colours, key=lambda each: each.share**0.5 * hex_to_oklch(each.hex)[1]).hex

    @property
    def harmonies(self) -> dict[str, tuple[str, ...]]:
        """Palettes around the leading colour."""
        return harmonies(self.leading, 5)

    def names(self, lang: str) -> tuple[str, ...]:
        """One name a colour in "en" or "zh"; a name that comes again is numbered."""
        seen: Counter[str] = Counter()
        names = []
        for each in self.hexes:
            name = colour_name(each, lang)
            seen[name] += 1
            names.append(name if seen[name] == 1 else f"{name} {seen[name]}")
        return tuple(names)

    def as_dict(self) -> dict[str, object]:
        """Everything, for JSON: colours with both names, contrasts row by row, harmonies."""
        named = zip(self.colours, *(self.names(lang) for lang in LANGUAGES), strict=True)
        return {
            "colours": [
                {
                    "hex": swatch.hex,
                    "share": round(swatch.share, 4),
                    "name": dict(zip(LANGUAGES, names, strict=True)),
                    "text": readable_on(swatch.hex),
                }
                for swatch, *names in named
            ],
            "contrasts": [list(row) for row in contrast_table(self.hexes)],
            "leading": self.leading,
            "harmonies": {name: list(each) for name, each in self.harmonies.items()},
        }


def colour_sheet(picture: Picture, count: int = USUAL) -> ColourSheet:
    """At most `count` dominant colours of a picture (2..12)."""
    return ColourSheet(swatches(picture, min(MOST, max(LEAST, count))))
