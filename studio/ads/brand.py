"""The brand card: how a brand speaks, looks and feels, shared by copy, picture and jingle.

Lengths are in characters. Colours are "#rrggbb"; valence and arousal lie in -1..1 (Russell, A
circumplex model of affect, 1980). A card is JSON for people: `Brand.read` is strict, and names
every key it does not know.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from studio.ads.brand_reading import given_card, read_card

FONTS = ("sans", "serif")
LANGUAGES = ("en", "zh")


@dataclass(frozen=True, slots=True)
class Claim:
    """Something the brand says of itself, and what proves it ("" while nothing does)."""

    text: str
    proof: str = ""


@dataclass(frozen=True, slots=True)
class Brand:
    """One version of a brand card."""

    name: str
    voice: tuple[str, ...] = ()
    """Up to three adjectives."""
    do_words: tuple[str, ...] = ()
    dont_words: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    """Up to two texts that the brand approved."""
    colours: tuple[str, ...] = ()
    """Up to eight; the first is the main one."""
    font: str = "sans"
    valence: float = 0.0
    arousal: float = 0.0
    audience: str = ""
    claims: tuple[Claim, ...] = ()
    languages: tuple[str, ...] = ()
    logo: str = ""
    """A PNG in base64, at most 256 px on its longer edge; "" for none."""
    motif: str = ""
    """The sound logo in ABC; "" for none."""
    id: str = ""
    """Given by the studio when the card is first saved."""
    version: int = 0
    """From 1, each save one more; 0 for a card that was never saved."""

    @classmethod
    def read(cls, given: Mapping[str, Any] | str) -> Brand:
        """A card from JSON text or from what JSON gives. Only the name must be there.

        Raises InvalidInput("brand_card", code="brand_..."): see `studio.ads.brand_reading`.
        """
        read = read_card(given_card(given), [*cls.__dataclass_fields__], FONTS, LANGUAGES)
        claims = tuple(Claim(text, proof) for text, proof in read.pop("claims", ()))
        return cls(**read, claims=claims)

    def as_dict(self) -> dict[str, Any]:
        """JSON-able; `Brand.read` gives the same card again."""
        return {
            name: list(value) if isinstance(value, tuple) else value
            for name, value in asdict(self).items()
        }
