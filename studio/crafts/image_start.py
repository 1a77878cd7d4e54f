"""What a sheet starts from: nothing, a sketch, or pictures that are already there.

The form's hidden field `start` is JSON: {"verb": "vary", "of": [pictures], ...}. It is part of the
recipe, so everything made from a picture can be made again.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from studio.crafts.image_kept import Kept
from studio.crafts.start_json import start_object
from studio.errors import InvalidInput

MOST_PICTURES = 16


@dataclass(frozen=True, slots=True)
class _Verb:
    """How many pictures a verb takes, and what it must and may be told beside them."""

    least: int
    most: int
    needs: tuple[str, ...] = ()
    may: tuple[str, ...] = ()


VERBS: Mapping[str, _Verb] = MappingProxyType(
    {
        "vary": _Verb(1, 1, may=("reach",)),
        "cross": _Verb(2, 2),
        "morph": _Verb(2, 8, may=("frames", "fps", "bpm", "beats")),
        "film": _Verb(2, 8, needs=("melody",), may=("shape",)),
        "sketch": _Verb(0, 0, needs=("cells",)),
        "recolour": _Verb(1, 1, may=("palettes",)),
        "refinish": _Verb(1, MOST_PICTURES),
        "repaint": _Verb(1, 1),
        "grid": _Verb(0, 1, needs=("x", "y"), may=("drift",)),
        "walk": _Verb(1, 1, needs=("directions",), may=("step",)),
        "board": _Verb(0, 0, needs=("panels",)),
    }
)


@dataclass(frozen=True, slots=True)
class Start:
    """A verb, the pictures it works on, and what else it was told."""

    verb: str
    of: tuple[Kept, ...]
    told: Mapping[str, object]

    def number(self, name: str, default: float, low: float, high: float) -> float:
        """A number that was told. Raises InvalidInput outside `low`..`high`."""
        value = self.told.get(name, default)
        if (
            isinstance(value, bool)
            or not isinstance(value, int | float)
            or not low <= value <= high
        ):
            raise wrong_value(name, value, f"{low:g} - {high:g}")
        return float(value)


def read_start(text: str) -> Start | None:
    """The start of a form; None for "". Raises InvalidInput("start") saying what is wrong."""
    if not text.strip():
        return None
    given = start_object(text, code="image_start")
    verb = given.pop("verb", "")
    if verb not in VERBS:
        raise wrong_value("verb", verb, ", ".join(VERBS))
    return _checked(str(verb), given)


def start_text(verb: str, of: Sequence[Mapping[str, object]] = (), **told: object) -> str:
    """The value of the field `start`; `of` as `kept_picture` gives them. Not checked."""
    return json.dumps({"verb": verb, "of": list(of), **told}, ensure_ascii=False)


def wrong_value(name: str, value: object, choices: str) -> InvalidInput:
    """The error for a value that a start can not have."""
    return InvalidInput(
        "start",
        f"{name} can not be {value}.",
        f"Possible: {choices}.",
        code="image_value",
        name=name,
        value=value,
        choices=choices,
    )


def _checked(verb: str, given: dict[str, object]) -> Start:
    known, of = VERBS[verb], given.pop("of", [])
    for name in given:
        if name not in (*known.needs, *known.may):
            raise InvalidInput(
                "start",
                f"{verb} can not be told {name}.",
                code="image_unknown",
                verb=verb,
                name=name,
            )
    for name in known.needs:
        if name not in given:
            raise InvalidInput(
                "start", f"{verb} needs {name}.", code="image_missing", verb=verb, name=name
            )
    pictures = of if isinstance(of, list) else [of]
    if not known.least <= len(pictures) <= known.most:
        raise _miscounted(known, len(pictures))
    kept = tuple(Kept.read(each, number) for number, each in enumerate(pictures, 1))
    return Start(verb, kept, MappingProxyType(given))


def _miscounted(known: _Verb, found: int) -> InvalidInput:
    exact = known.least == known.most
    wanted = str(known.most) if exact else f"{known.least}-{known.most}"
    return InvalidInput(
        "start",
        f"Pictures needed for this: {wanted}; chosen: {found}.",
        code="image_count",
        wanted=wanted,
        found=found,
    )
