"""Read one voice of ABC notation (standard 2.1) into a Tune.

Taken: M, L, K, Q (number only) and T fields, accidentals within the bar, octave marks, lengths,
broken rhythm, triplets, ties, chords (their highest note), rests, first and second endings (the
second is kept). Dropped: grace notes, decorations, chord names, lyrics, slurs. What can not be
told in ticks (a quintuplet, a change of meter) raises InvalidInput.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from types import MappingProxyType

from studio.errors import InvalidInput
from studio.music.key import NATURAL, Key, read_key
from studio.music.meter import QUARTER, Meter, read_meter
from studio.music.tune import Bar, Sound, Tune, bar_ticks

TOKEN = re.compile(
    r"""(?P<skip>"[^"]*"|\{[^}]*\}|![^!\n]*!|\+[^+\n]*\+|[~.HLMOPSTuvy`\\$*]|\s+)
    |(?P<field>\[[A-Za-z]:[^\]]*\])
    |(?P<ending>(?:\[|(?<=\|)|(?<=:))\s*[12](?![0-9/]))
    |(?P<bar>:*\|+[\]:|]*|:+|\[\||\|\])
    |(?P<tuplet>\(\d(?::\d*)*)
    |(?P<slur>[()])
    |(?P<tie>-)
    |(?P<broken>[<>]+)
    |(?P<multi>Z\d*)
    |(?P<chord>\[[^\]|]*\](?P<chordlength>\d*/*\d*))
    |(?P<note>(?P<accidental>\^{1,2}|_{1,2}|=)?(?P<letter>[A-Ga-gzx])(?P<octave>[,']*)(?P<length>\d*/*\d*))
    """,
    re.VERBOSE,
)
SIGNS = MappingProxyType({"^": 1, "^^": 2, "_": -1, "__": -2, "=": 0})


def read_abc(text: str) -> Tune:
    """The first tune of an ABC text. Raises InvalidInput (field "abc")."""
    head, key, body = _split(text)
    meter = read_meter(head.get("M", "C"))
    unit = Fraction(head["L"]) if "L" in head else _default_unit(meter)
    reading = _Reading(key=key, unit=unit, meter=meter)
    for match in _symbols(body):
        reading.take(match)
    bars = tuple(_joined(reading.finished(), meter.bar))
    tempo = re.findall(r"(\d+)\s*$", head.get("Q", ""))
    return Tune(meter, key, bars, head.get("T", ""), int(tempo[0]) if tempo else 0)


def _split(text: str) -> tuple[dict[str, str], Key, str]:
    head: dict[str, str] = {}
    lines = [line.split("%")[0].rstrip() for line in text.strip().splitlines()]
    for number, line in enumerate(lines):
        if re.match(r"[A-Za-z]:", line):
            head.setdefault(line[0], line[2:].strip())
        if line.startswith("K:"):
            return head, read_key(head["K"]), _body(lines[number + 1 :])
    raise InvalidInput("abc", "There is no key (K:) in this ABC.", code="abc_no_key")


def _body(lines: list[str]) -> str:
    kept = []
    for line in lines:
        if not line.strip():
            break
        if re.match(r"[MKLV]:", line):
            raise InvalidInput("abc", "Meter or key changes are not read.", code="abc_change")
        if not re.match(r"[A-Za-z]:", line):
            kept.append(line.removesuffix("\\"))
    return "\n".join(kept)


def _default_unit(meter: Meter) -> Fraction:
    return Fraction(1, 16) if Fraction(meter.beats, meter.unit) < Fraction(3, 4) else Fraction(1, 8)


def _symbols(body: str) -> Iterator[re.Match[str]]:
    place = 0
    while place < len(body):
        match = TOKEN.match(body, place)
        if match is None or match.end() == place:
            raise InvalidInput(
                "abc", f"“{body[place : place + 8]}” is not read.", code="abc_symbol",
                text=body[place : place + 8],
            )  # fmt: skip
        place = match.end()
        yield match


@dataclass(slots=True)
class _Reading:
    """Where the reader is. Lengths are fractions of a whole note until they become ticks."""

    key: Key
    unit: Fraction
    meter: Meter
    bars: list[tuple[list[Sound], int]] = field(default_factory=list)
    """Finished bars, each with its ending number (0: none)."""
    sounds: list[Sound] = field(default_factory=list)
    altered: dict[tuple[str, int], int] = field(default_factory=dict)
    tie: tuple[tuple[str, int], int] | None = None
    """Name and pitch of a note that is tied to the next."""
    last: tuple[str, int] | None = None
    ending: int = 0
    signature: dict[str, int] = field(init=False)
    triplet: tuple[Fraction, int] = (Fraction(1), 0)
    broken: Fraction = Fraction(1)
    """What the next note's length is multiplied by."""

    def __post_init__(self) -> None:
        self.signature = self.key.signature()

    def take(self, match: re.Match[str]) -> None:
        kind = match.lastgroup or ""
        if kind in ("chordlength", "length", "octave", "letter", "accidental"):
            kind = "chord" if match["chord"] is not None else "note"
        {
            "skip": self._nothing,
            "slur": self._nothing,
            "field": self._field,
            "ending": self._ending,
            "bar": self._bar,
            "tuplet": self._tuplet,
            "tie": self._tie,
            "broken": self._broken,
            "multi": self._multi,
            "chord": self._chord,
            "note": self._note,
        }[kind](match)

    def finished(self) -> list[Bar]:
        """All bars, first endings left out where a second one follows."""
        self._close()
        seconds = any(ending == 2 for _, ending in self.bars)
        return [tuple(bar) for bar, ending in self.bars if not (seconds and ending == 1)]

    def _nothing(self, _: re.Match[str]) -> None:
        pass

    def _field(self, match: re.Match[str]) -> None:
        name, value = match[0][1], match[0][3:-1]
        changed = (name == "K" and read_key(value) != self.key) or (
            name == "M" and read_meter(value) != self.meter
        )
        if changed or name in "LV":
            raise InvalidInput("abc", "Meter or key changes are not read.", code="abc_change")

    def _ending(self, match: re.Match[str]) -> None:
        self.ending = int(match[0][-1])

    def _bar(self, match: re.Match[str]) -> None:
        self._close()
        if self.ending == 2 and match[0] != "|":
            self.ending = 0
        if self.ending == 1 and match[0].startswith(":"):
            self.ending = 0

    def _close(self) -> None:
        if self.sounds:
            self.bars.append((self.sounds, self.ending))
        self.sounds, self.altered = [], {}

    def _tuplet(self, match: re.Match[str]) -> None:
        parts = [int(part) if part else 0 for part in match[0][1:].split(":")]
        p, q, r = (*parts, 0, 0)[:3]
        if p != 3 or q not in (0, 2):
            raise InvalidInput(
                "abc", f"The tuplet {match[0]} is not read.", code="abc_tuplet", text=match[0]
            )
        self.triplet = (Fraction(2, 3), r or 3)

    def _tie(self, _: re.Match[str]) -> None:
        if self.sounds and self.last is not None and self.sounds[-1].pitch is not None:
            self.tie = (self.last, self.sounds[-1].pitch)

    def _broken(self, match: re.Match[str]) -> None:
        if not self.sounds:
            return
        short = Fraction(1, 2 ** len(match[0]))
        first, second = (2 - short, short) if match[0][0] == ">" else (short, 2 - short)
        sound = self.sounds[-1]
        self.sounds[-1] = Sound(sound.pitch, _whole(sound.ticks * first), sound.tied)
        self.broken = second

    def _multi(self, match: re.Match[str]) -> None:
        for _ in range(int(match[0][1:] or 1)):
            self._close()
            self.sounds = [Sound(None, self.meter.bar)]

    def _chord(self, match: re.Match[str]) -> None:
        inside = match["chord"][1:].split("]")[0]
        notes = [each for each in TOKEN.finditer(inside) if each["letter"]]
        if not notes:
            return
        top = max(notes, key=lambda each: self._pitch(each)[1] or 0)
        length = _length(notes[0]["length"]) * _length(match["chordlength"])
        self._add(*self._pitch(top), length)

    def _note(self, match: re.Match[str]) -> None:
        self._add(*self._pitch(match), _length(match["length"]))

    def _pitch(self, match: re.Match[str]) -> tuple[tuple[str, int], int | None]:
        letter = match["letter"]
        if letter in "zx":
            return ("z", 0), None
        octave = 4 + letter.islower() + match["octave"].count("'") - match["octave"].count(",")
        name = (letter.upper(), octave)
        if match["accidental"]:
            self.altered[name] = SIGNS[match["accidental"]]
        elif self.tie is not None and self.tie[0] == name:
            return name, self.tie[1]
        sign = self.altered.get(name, self.signature[name[0]])
        return name, 12 * (octave + 1) + NATURAL[name[0]] + sign

    def _add(self, name: tuple[str, int], pitch: int | None, length: Fraction) -> None:
        scale, left = self.triplet
        ticks = _whole(length * self.unit * 4 * QUARTER * self.broken * (scale if left else 1))
        self.triplet = (scale, left - 1) if left else (Fraction(1), 0)
        self.broken = Fraction(1)
        tied = self.tie is not None and pitch is not None and self.tie[1] == pitch
        self.sounds.append(Sound(pitch, ticks, tied))
        self.tie, self.last = None, name


def _length(text: str) -> Fraction:
    """ "3/2", "/", "//", "4", "" in units."""
    above, slash, below = text.partition("/")
    if not slash:
        return Fraction(int(above or 1))
    halves = 1 + below.count("/")
    digits = below.replace("/", "")
    return Fraction(int(above or 1), int(digits) if digits else 2**halves)


def _whole(ticks: Fraction) -> int:
    if ticks.denominator != 1 or ticks <= 0:
        raise InvalidInput("abc", "A note is shorter than a 32nd.", code="abc_grid")
    return int(ticks)


def _joined(bars: list[Bar], full: int) -> Iterator[Bar]:
    """Two parts of one bar around a repeat sign become one bar again."""
    held: Bar = ()
    for number, bar in enumerate(bars):
        if held and bar_ticks(held) + bar_ticks(bar) == full:
            yield held + bar
            held = ()
            continue
        if held:
            yield held
        held = bar if number and bar_ticks(bar) < full else ()
        if not held:
            yield bar
    if held:
        yield held
