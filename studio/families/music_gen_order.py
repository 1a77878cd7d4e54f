"""What one row of a MusicGen was asked, read from its request and checked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from studio.errors import InvalidInput
from studio.requests import Request, Sampling

SECONDS = (1.0, 30.0)
"""What the models were trained on: longer music drifts."""
GUIDANCE = (1.0, 10.0)
_SECONDS, _GUIDANCE = 10.0, 3.0
_MOST_CHARACTERS = 1000
_MOST_NOTES = 1000

TimedNote = tuple[int, float, float]
"""MIDI pitch, onset and duration in seconds."""


@dataclass(frozen=True, slots=True)
class MusicGenOrder:
    """One row: its words, its seed, how long, how close to the words, how its codes are drawn."""

    seed: int
    prompt: str
    seconds: float
    guidance: float
    """1 is none: the words are read once. More reads each code twice, with the words and without,
    and goes so many times the difference."""
    sampling: Sampling
    """Its temperature, top_k and top_p count."""
    notes: tuple[TimedNote, ...] = ()
    """The melody to play, of models that listen to one."""

    @classmethod
    def read(cls, request: Request, habits: Mapping[str, Any], *, listens: bool) -> MusicGenOrder:
        """Raises InvalidInput naming the field that is wrong.

        `condition`: seconds, guidance, notes ([pitch, onset_s, duration_s] each). What is missing
        is as `habits` (the card's `defaults`) say; other keys are left alone.
        """
        if len(request.prompt) > _MOST_CHARACTERS:
            raise _wrong(
                "text",
                f"A description is at most {_MOST_CHARACTERS} characters.",
                limit=_MOST_CHARACTERS,
            )
        asked = {**habits, **request.condition}
        return cls(
            seed=request.seed,
            prompt=request.prompt,
            seconds=_number(asked, "seconds", _SECONDS, SECONDS),
            guidance=_number(asked, "guidance", _GUIDANCE, GUIDANCE),
            sampling=request.sampling,
            notes=_notes(asked.get("notes", ()), listens=listens),
        )


def _wrong(field: str, message: str, hint: str = "", **facts: object) -> InvalidInput:
    return InvalidInput(field, message, hint, code=f"bad_{field}", **facts)


def _number(
    asked: Mapping[str, object], name: str, default: float, span: tuple[float, float]
) -> float:
    given: Any = asked.get(name, default)
    low, high = span
    number = isinstance(given, int | float) and not isinstance(given, bool)
    if not number or not low <= given <= high:
        raise _wrong(name, f"{name} must be a number from {low:g} to {high:g}.", low=low, high=high)
    return float(given)


def _notes(given: object, *, listens: bool) -> tuple[TimedNote, ...]:
    if not isinstance(given, Sequence) or len(given) > _MOST_NOTES:
        raise _wrong("notes", f"Notes are a list of at most {_MOST_NOTES}.")
    if given and not listens:
        raise _wrong(
            "notes",
            "This composer can not listen to a melody.",
            "Choose one that can, for example hub/musicgen-melody.",
        )
    return tuple(_note(each) for each in given)


def _note(given: Any) -> TimedNote:
    try:
        pitch, onset_s, duration_s = given
        note = (int(pitch), float(onset_s), float(duration_s))
    except (TypeError, ValueError):
        raise _wrong("notes", "A note is its pitch, its onset and its duration.") from None
    if not (0 <= note[0] < 128 and 0 <= note[1] < 3600 and 0 < note[2] < 3600):
        raise _wrong("notes", "A note has a MIDI pitch and times in seconds.")
    return note
