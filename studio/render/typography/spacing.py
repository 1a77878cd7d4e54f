"""Space between two characters beyond what the fonts' kerning says (W3C CLREQ 3.1.3, 3.2.2).

Two full-width signs in a row share the blank between them, and a Chinese character keeps a little
distance from a Latin letter or a digit.
"""

from __future__ import annotations

from studio.render.typography.characters import CLOSING, OPENING, STOPS, is_han

HALF_EM = 0.5
BETWEEN_SCRIPTS = 0.125
"""Em between Chinese and Latin: an eighth, as CSS text-autospace has it."""

_LEFT_HALF = (CLOSING | STOPS) & frozenset("、。，．：；）］｝〕〉》」』】〗〙〛”’")
_RIGHT_HALF = OPENING & frozenset("（［｛〔〈《「『【〖〘〚“‘")
"""Signs whose ink fills one half of the em square; the other half is blank."""
_AFTER_LEFT_HALF = _LEFT_HALF | _RIGHT_HALF | frozenset("！？")


def space_between(one: str, other: str, *, one_full: bool, other_full: bool) -> float:
    """Em to add between two neighbours; `..._full`: that glyph stands on a full em."""
    if one_full and other_full:
        return _between_signs(one, other)
    if (is_han(one) and _is_latin(other)) or (_is_latin(one) and is_han(other)):
        return BETWEEN_SCRIPTS
    return 0.0


def _between_signs(one: str, other: str) -> float:
    first_blank = one in _LEFT_HALF and other in _AFTER_LEFT_HALF
    second_blank = one in _RIGHT_HALF and other in _RIGHT_HALF
    return -HALF_EM if first_blank or second_blank else 0.0


def _is_latin(character: str) -> bool:
    return character.isalnum() and not is_han(character) and character < "\u2e80"
