"""A melody that a person brought, as it was read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from studio.errors import InvalidInput
from studio.music.tune import Tune

MOST_BARS = 64
"""Longer music is cut."""


@dataclass(frozen=True, slots=True)
class Remark:
    """Something a person should know about the reading; `code` is a locale key below
    "melody.remark", `facts` its placeholders, `text` the sentence in English."""

    code: str
    text: str
    facts: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class UploadedTune:
    """A tune of at most MOST_BARS with at least one note, its bars whole."""

    tune: Tune
    kind: str
    """"midi", "abc", "musicxml" or "hum"."""
    style: str
    """The style of the page it is nearest to."""
    remarks: tuple[Remark, ...] = ()
    chords: tuple[tuple[Fraction, str], ...] = ()
    """Chord names it came with: (onset in quarters, name)."""


def unreadable(kind: str, message: str, hint: str = "", **facts: object) -> InvalidInput:
    """The error for an upload: field "upload", code "melody_upload_<kind>"."""
    return InvalidInput("upload", message, hint, code=f"melody_upload_{kind}", **facts)


def cut_remark() -> Remark:
    """What is said of music that is too long."""
    return Remark("cut", f"Only the first {MOST_BARS} bars were taken.", {"bars": MOST_BARS})
