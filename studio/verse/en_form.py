"""English forms: syllables of each line and which lines rhyme."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from studio.errors import InvalidInput


@dataclass(frozen=True, slots=True)
class LineShape:
    """What one line must be."""

    low: int
    """Fewest syllables."""
    high: int
    rhyme: str = ""
    """Lines with the same letter rhyme; "" rhymes with nothing."""
    opening: str = ""
    """The letter it opens with (acrostic)."""
    iambic: bool = False
    """Whether main stresses fall on every second syllable (or on the first); low equals high."""


@dataclass(frozen=True, slots=True)
class EnForm:
    """A form as its constraint and its checks see it."""

    name: str
    lines: tuple[LineShape, ...]
    lower: bool = False
    """Whether a line may open with a small letter."""
    stanza: int = 0
    """Lines of a stanza; 0: all."""


def en_form(name: str) -> EnForm:
    """The form of that name. Raises InvalidInput for others."""
    if name not in _FORMS:
        raise InvalidInput("form", f"There is no form {name}.", code="no_form", form=name)
    return _FORMS[name]


def acrostic_form(letters: str) -> EnForm:
    """One line a letter, of 5 to 9 syllables."""
    lines = tuple(LineShape(5, 9, opening=letter.upper()) for letter in letters)
    return EnForm("acrostic", lines)


def _sonnet() -> EnForm:
    """Shakespeare's: three quatrains and a couplet in iambic pentameter."""
    lines = tuple(LineShape(10, 10, letter, iambic=True) for letter in "ABABCDCDEFEFGG")
    return EnForm("sonnet", lines)


def _rhymed(name: str, scheme: str, low: int, high: int, stanza: int = 0) -> EnForm:
    return EnForm(name, tuple(LineShape(low, high, letter) for letter in scheme), stanza=stanza)


_LONG, _SHORT = LineShape(7, 9, "A"), LineShape(5, 6, "B")
_FORMS: Mapping[str, EnForm] = MappingProxyType(
    {
        "haiku": EnForm("haiku", tuple(LineShape(n, n) for n in (5, 7, 5)), lower=True),
        "couplet": _rhymed("couplet", "AA", 8, 11),
        "quatrain_abab": _rhymed("quatrain_abab", "ABAB", 7, 10),
        "quatrain_aabb": _rhymed("quatrain_aabb", "AABB", 7, 10),
        "limerick": EnForm("limerick", (_LONG, _LONG, _SHORT, _SHORT, _LONG)),
        "sonnet": _sonnet(),
    }
)
