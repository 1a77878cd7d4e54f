"""The finishes a composition can be painted in, what can be tuned about each, and file formats.

The names are those of `studio.render`; a craft only asks for them."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from types import MappingProxyType

from studio.errors import InvalidInput

FINISHES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "oil": ("stroke", "texture"),
        "gouache": ("brush", "paper"),
        "ink": ("bleed", "dryness", "colour"),
        "risograph": ("inks", "screen", "grain"),
        "cut_paper": ("depth", "fibre"),
        "glass": ("pieces", "lead", "glow"),
        "vector": ("colours", "detail"),
        "none": (),
        "smooth": (),
    }
)
"""Finish -> what can be tuned about it, each 0..1. "smooth" is what old recipes call "none"."""
FORMATS = ("png", "jpeg", "webp", "tiff")
RAW = frozenset({"none", "smooth"})
"""Finishes that show the composition itself."""
_PAIR = re.compile(r"\s*([a-z_]+)\s*[=: ]\s*([0-9.]+)\s*\Z")


def asked_tuning(text: str, finish: str) -> dict[str, float]:
    """The tuning of a form: JSON, or "texture=0.7, stroke=0.2"; "" leaves all as they are.

    Raises InvalidInput("tuning") for what the finish does not have, or values outside 0..1."""
    asked = _pairs(text)
    for name, value in asked.items():
        number = not isinstance(value, bool) and isinstance(value, int | float)
        if name not in FINISHES[finish] or not number or not 0 <= float(str(value)) <= 1:
            raise _wrong(finish, f"{name}={value}")
    return {name: float(str(value)) for name, value in asked.items()}


def _pairs(text: str) -> Mapping[str, object]:
    if not text.strip():
        return {}
    if text.lstrip().startswith("{"):
        try:
            read: Mapping[str, object] = json.loads(text)
        except ValueError:
            raise _wrong("", text) from None
        return read
    parts = [each for each in re.split(r"[,;，；\n]", text) if each.strip()]
    return dict(map(_pair, parts))


def _pair(part: str) -> tuple[str, float]:
    found = _PAIR.match(part)
    if found is None or found[2].count(".") > 1 or found[2] == ".":
        raise _wrong("", part)
    return found[1], float(found[2])


def _wrong(finish: str, value: str) -> InvalidInput:
    names = ", ".join(FINISHES.get(finish, ())) or "-"
    return InvalidInput(
        "tuning",
        f"{value.strip()} is no setting of this finish.",
        f"It has {names}, each 0 to 1.",
        code="image_tuning",
        value=value.strip(),
        choices=names,
    )
