"""Strict reading of a brand card: each key by its own rule, and what is wrong is named.

Codes of InvalidInput("brand_card"), `key` names the place: brand_json (no JSON object),
brand_unknown (keys nobody knows), brand_name (none), brand_text, brand_list, brand_number (another
kind of value), brand_long, brand_many, brand_range, brand_choice, brand_colour, brand_logo.
"""

from __future__ import annotations

import base64
import binascii
import json
import math
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from studio.errors import InvalidInput

LONGEST_CARD = 60_000
"""Characters of a card as JSON: what a form's hidden field takes."""
LONGEST_LOGO = 24_000
MOST_LOGO_PX = 256
_PNG = b"\x89PNG\r\n\x1a\n"
_LONGEST: Mapping[str, int] = MappingProxyType(
    {"name": 60, "audience": 160, "font": 10, "motif": 2000, "logo": LONGEST_LOGO, "id": 64}
)
_LISTS: Mapping[str, tuple[int, int]] = MappingProxyType(
    {
        "voice": (3, 40),
        "do_words": (30, 40),
        "dont_words": (30, 40),
        "examples": (2, 600),
        "colours": (8, 40),
        "languages": (2, 5),
    }
)
"""The most entries, and the longest of them."""
_MOST_CLAIMS, _LONGEST_CLAIM = 12, 240


def given_card(given: Mapping[str, Any] | str) -> Mapping[str, Any]:
    """The JSON object of a card. Raises InvalidInput(code="brand_json")."""
    if not isinstance(given, str):
        return given
    try:
        found = json.loads(given) if len(given) <= LONGEST_CARD else None
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise _wrong("brand_json", "This is no brand card: a JSON object with a name is needed.")
    return found


def read_card(
    given: Mapping[str, Any], known: Sequence[str], fonts: Sequence[str], languages: Sequence[str]
) -> dict[str, Any]:
    """Each key that is there, by its rule; claims as (text, proof). Raises InvalidInput."""
    unknown = [str(key) for key in given if key not in known]
    if unknown:
        keys = ", ".join(key[:40] for key in unknown[:8])
        raise _wrong("brand_unknown", f"A brand card has no {keys}.", keys=keys)
    there = {key: value for key, value in given.items() if value is not None}
    read = {key: _RULES[key](value, key) for key, value in there.items()}
    if not read.get("name"):
        raise _wrong("brand_name", "A brand card needs the brand's name.")
    _chosen(read.get("font", fonts[0]), "font", fonts)
    for each in read.get("languages", ()):
        _chosen(each, "languages", languages)
    return read


def plain_colour(value: str) -> str:
    """ "#RGB", "RRGGBB" ... as "#rrggbb". Raises InvalidInput(code="brand_colour")."""
    digits = value.strip().removeprefix("#").lower()
    if len(digits) == 3:
        digits = "".join(2 * each for each in digits)
    if len(digits) != 6 or not set(digits) <= set("0123456789abcdef"):
        raise _wrong("brand_colour", f"{value} is no colour like #1f6f5c.", value=value[:20])
    return f"#{digits}"


def _text(value: object, key: str) -> str:
    if not isinstance(value, str):
        raise _wrong("brand_text", f"{key} must be a text.", key=key)
    return _within(value.strip(), key, _LONGEST[key])


def _list(value: object, key: str) -> tuple[str, ...]:
    entries = _entries(value, key, most=_LISTS[key][0])
    if not all(isinstance(each, str) for each in entries):
        raise _wrong("brand_list", f"{key} must be a list of texts.", key=key)
    texts = (_within(each.strip(), key, _LISTS[key][1]) for each in entries)
    return tuple(dict.fromkeys(each for each in texts if each))


def _entries(value: object, key: str, most: int) -> Sequence[Any]:
    if not isinstance(value, list | tuple):
        raise _wrong("brand_list", f"{key} must be a list of texts.", key=key)
    if len(value) > most:
        told = f"{key} has {len(value)} entries; {most} are the most."
        raise _wrong("brand_many", told, key=key, used=len(value), limit=most)
    return value


def _colours(value: object, key: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(plain_colour(each) for each in _list(value, key)))


def _claims(value: object, key: str) -> tuple[tuple[str, str], ...]:
    """Each {"text", "proof"}; a text alone is a claim without a proof."""
    read = (_claim(each, key) for each in _entries(value, key, most=_MOST_CLAIMS))
    return tuple((text, proof) for text, proof in read if text)


def _claim(value: object, key: str) -> tuple[str, str]:
    given = {"text": value} if isinstance(value, str) else value
    if not isinstance(given, Mapping) or not {*given} <= {"text", "proof"}:
        raise _wrong("brand_claim", "A claim is its text and its proof.", key=key)
    text, proof = given.get("text", ""), given.get("proof") or ""
    if not isinstance(text, str) or not isinstance(proof, str):
        raise _wrong("brand_claim", "A claim is its text and its proof.", key=key)
    limit = _LONGEST_CLAIM
    return _within(text.strip(), key, limit), _within(proof.strip(), key, limit)


def _within(text: str, key: str, limit: int) -> str:
    if len(text) > limit:
        told = f"{key} is too long: {len(text)} of {limit} characters."
        raise _wrong("brand_long", told, key=key, used=len(text), limit=limit)
    return text


def _mood(value: object, key: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise _wrong("brand_number", f"{key} must be a number.", key=key)
    if not (math.isfinite(value) and -1 <= value <= 1):
        raise _wrong("brand_range", f"{key} must lie between -1 and 1.", key=key)
    return float(value)


def _version(value: object, key: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise _wrong("brand_number", f"{key} must be a number.", key=key)
    return value


def _logo(value: object, key: str) -> str:
    """Base64 of a PNG whose header (PNG specification, 11.2.2) tells a size that is allowed."""
    text = _text(value, key)
    try:
        head = base64.b64decode(text[:64], validate=True) if text else b""
    except binascii.Error:
        head = b"no base64"
    if text and (head[:8] != _PNG or len(head) < 24 or len(text) % 4):
        raise _wrong("brand_logo", "The logo must be a PNG picture of at most 256 px.")
    width, height = int.from_bytes(head[16:20]), int.from_bytes(head[20:24])
    if text and not (0 < width <= MOST_LOGO_PX and 0 < height <= MOST_LOGO_PX):
        raise _wrong("brand_logo", "The logo must be a PNG picture of at most 256 px.")
    return text


def _chosen(value: str, key: str, choices: Sequence[str]) -> None:
    if value not in choices:
        listed = ", ".join(choices)
        told = f"{value} is no choice for {key}: {listed}."
        raise _wrong("brand_choice", told, key=key, value=value, choices=listed)


def _wrong(code: str, message: str, **facts: object) -> InvalidInput:
    return InvalidInput("brand_card", message, "", code=code, **facts)


_RULES: Mapping[str, Callable[[Any, str], Any]] = MappingProxyType(
    {
        **dict.fromkeys(("name", "font", "audience", "motif", "id"), _text),
        **dict.fromkeys(("voice", "do_words", "dont_words", "examples", "languages"), _list),
        **dict.fromkeys(("valence", "arousal"), _mood),
        "colours": _colours,
        "claims": _claims,
        "logo": _logo,
        "version": _version,
    }
)
