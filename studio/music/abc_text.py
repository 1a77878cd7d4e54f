"""The lines of an ABC text: its head, its key, its music and its lyric lines.

A strict reading takes one voice whose meter and key never change. A lenient one is for what people
bring: the first tune of a book, the first voice of several, field changes left for later.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from studio.errors import InvalidInput
from studio.music.key import Key, read_key
from studio.music.meter import Meter

CHANGES = "MKL"
"""Fields that change how the notes after them are read."""
_FIELD = re.compile(r"[A-Za-z]:")
_VOICE = re.compile(r"^(?:V:|\[V:)\s*([^\s\]]+)[^\]]*\]?")


@dataclass(frozen=True, slots=True)
class AbcText:
    """`lines` are music, "w:" lyrics under the line before, or (lenient) "M:", "K:", "L:"."""

    head: Mapping[str, str]
    key: Key
    lines: tuple[str, ...]


def split_abc(text: str, lenient: bool = False) -> AbcText:
    """The first tune of a text. Raises InvalidInput (field "abc")."""
    head: dict[str, str] = {}
    lines = [_uncommented(line) for line in text.strip().splitlines()]
    for number, line in enumerate(lines):
        if _FIELD.match(line):
            head.setdefault(line[0], line[2:].strip())
        if line.startswith("K:"):
            body = _whole(lines[number + 1 :])
            kept = _first_voice(body) if lenient else _strict(body)
            return AbcText(head, read_key(_key_words(head["K"])), tuple(kept))
    raise InvalidInput("abc", "There is no key (K:) in this ABC.", code="abc_no_key")


def unit_length(head: Mapping[str, str], meter: Meter) -> Fraction:
    """The length of a plain note, as a part of a whole note (standard 2.1, 3.1.7)."""
    if re.fullmatch(r"\s*1/(1|2|4|8|16|32|64)\s*", head.get("L", "")):
        return Fraction(head["L"].strip())
    return Fraction(1, 16) if Fraction(meter.beats, meter.unit) < Fraction(3, 4) else Fraction(1, 8)


def _uncommented(line: str) -> str:
    return re.split(r"(?<!\\)%", line)[0].rstrip()


def _key_words(text: str) -> str:
    """The key without its clef, octave and voice words."""
    words = [word for word in text.split() if "=" not in word and word not in ("treble", "bass")]
    return " ".join(words) if words and words[0] != "none" else "C"


def _whole(lines: list[str]) -> Iterator[str]:
    """The lines of one tune: a blank line or the next X: ends it."""
    for line in lines:
        if not line.strip() or line.startswith("X:"):
            return
        yield line.removesuffix("\\")


def _strict(lines: Iterable[str]) -> Iterator[str]:
    for line in lines:
        if re.match(r"[MKLV]:", line):
            raise InvalidInput("abc", "Meter or key changes are not read.", code="abc_change")
        if line.startswith("w:") or not _FIELD.match(line):
            yield line


def _first_voice(lines: Iterable[str]) -> Iterator[str]:
    """The lines of the voice that is named first; overlays (&) are cut."""
    first, now = "", ""
    for line in lines:
        if voice := _VOICE.match(line):
            now = voice[1]
            first = first or now
            line = line[voice.end() :]
        if now != first or not line.strip():
            continue
        if line[:2] in ("w:", *(f"{each}:" for each in CHANGES)) or not _FIELD.match(line):
            yield re.sub(r"&[^|]*", "", line) if not line.startswith("w:") else line
