"""What a sheet of takes starts from: nothing, or a melody that is already there.

The form's hidden field `start` is JSON: {"verb": "vary", "of": melody, ...}. It is part of the
recipe, so everything made from a melody can be made again.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from studio.crafts.melody_kept import Kept
from studio.crafts.start_json import start_object
from studio.errors import InvalidInput


@dataclass(frozen=True, slots=True)
class _Verb:
    """What a verb must and may be told beside the melody."""

    needs: tuple[str, ...] = ()
    may: tuple[str, ...] = ()


VERBS: Mapping[str, _Verb] = MappingProxyType(
    {
        "vary": _Verb(may=("reach", "bars")),
        "continue": _Verb(may=("bars",)),
        "transpose": _Verb(needs=("semitones",)),
        "tempo": _Verb(needs=("tempo_bpm",)),
        "instrument": _Verb(needs=("instrument",)),
        "accompany": _Verb(needs=("accompaniment",)),
        "edit": _Verb(may=("abc", "notes")),
        "sing": _Verb(needs=("words",)),
    }
)


@dataclass(frozen=True, slots=True)
class Start:
    """A verb, the melody it works on, and what else it was told."""

    verb: str
    of: Kept
    told: Mapping[str, object]

    def whole(self, name: str, default: int, low: int, high: int) -> int:
        """A whole number that was told. Raises InvalidInput outside `low`..`high`."""
        value = self.told.get(name, default)
        whole = isinstance(value, int | float) and not isinstance(value, bool)
        if not whole or value != int(value) or not low <= value <= high:  # type: ignore[call-overload, operator]
            raise wrong_value(name, value, f"{low} - {high}")
        return int(value)  # type: ignore[call-overload, no-any-return]

    def choice(self, name: str, default: str, choices: Sequence[str]) -> str:
        """One of the choices. Raises InvalidInput for anything else."""
        value = self.told.get(name, default)
        if not isinstance(value, str) or value not in choices:
            raise wrong_value(name, value, ", ".join(choices))
        return value

    def text(self, name: str, longest: int) -> str:
        """A text that was told. Raises InvalidInput for none, or one that is too long."""
        value = self.told.get(name, "")
        if not isinstance(value, str) or not value.strip():
            raise _missing(self.verb, name)
        if len(value) > longest:
            raise InvalidInput(
                name,
                f"{name} is too long: {len(value)} of {longest} characters.",
                code="too_long",
                used=len(value),
                limit=longest,
            )
        return value


def read_start(text: str) -> Start | None:
    """The start of a form; None for "". Raises InvalidInput("start") saying what is wrong."""
    if not text.strip():
        return None
    given = start_object(text, code="melody_start")
    verb = given.pop("verb", "")
    if not isinstance(verb, str) or verb not in VERBS:
        raise wrong_value("verb", verb, ", ".join(VERBS))
    return _checked(verb, given)


def start_text(verb: str, of: Mapping[str, object], **told: object) -> str:
    """The value of the field `start`; `of` as `kept_melody` gives it. Not checked."""
    return json.dumps({"verb": verb, "of": dict(of), **told}, ensure_ascii=False)


def wrong_value(name: str, value: object, choices: str) -> InvalidInput:
    """The error for a value that a start can not have."""
    shown = value if isinstance(value, int | float) else str(value)[:40]
    return InvalidInput(
        "start",
        f"{name} can not be {shown}.",
        f"Possible: {choices}.",
        code="melody_value",
        name=name,
        value=shown,
        choices=choices,
    )


def _checked(verb: str, given: dict[str, object]) -> Start:
    known, of = VERBS[verb], given.pop("of", None)
    for name in given:
        if name not in (*known.needs, *known.may):
            raise InvalidInput(
                "start",
                f"{verb} can not be told {name}.",
                code="melody_unknown",
                verb=verb,
                name=name,
            )
    for name in known.needs:
        if name not in given:
            raise _missing(verb, name)
    if of is None:
        raise _missing(verb, "of")
    return Start(verb, Kept.read(of), MappingProxyType(given))


def _missing(verb: str, name: str) -> InvalidInput:
    return InvalidInput(
        "start", f"{verb} needs {name}.", code="melody_missing", verb=verb, name=name
    )
