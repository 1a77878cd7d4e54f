"""Read one voice of ABC notation (standard 2.1) into a Tune.

Taken: M, L, K, Q and T fields, accidentals within the bar, octave marks, lengths, broken rhythm,
triplets, ties, chords (their highest note), rests, first and second endings (the second is kept),
lyrics (w:, the first verse) and chord names. Dropped: grace notes, decorations, slurs. What can not
be told in ticks (a quintuplet, a change of meter) raises InvalidInput, unless the reading is
lenient: then repeats are played, changes of key and length obeyed, and odd lengths rounded.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from types import MappingProxyType

from studio.errors import InvalidInput
from studio.music.abc_repeats import (
    WrittenBar,
    WrittenSound,
    joined,
    played,
    without_first_endings,
)
from studio.music.abc_text import split_abc, unit_length
from studio.music.abc_words import laid_under
from studio.music.abc_writer import felt_ticks
from studio.music.key import NATURAL, Key, read_key
from studio.music.meter import QUARTER, Meter, read_meter
from studio.music.tune import Sound, Tune

TOKEN = re.compile(
    r"""(?P<name>"[^"]*")
    |(?P<skip>\{[^}]*\}|![^!\n]*!|\+[^+\n]*\+|[~.HLMOPSTuvy`\\$*]|\s+)
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
TUPLETS = MappingProxyType({2: 3, 3: 2, 4: 3, 5: 2, 6: 2, 7: 2, 8: 3, 9: 2})
"""p notes in the time of q (standard 2.1, 4.13)."""
MOST_SOUNDS, LONGEST_BARS, LONGEST_LENGTH = 20_000, 64, 12
"""Larger texts are no melody; longer lengths no lengths."""


@dataclass(frozen=True, slots=True)
class LeadSheet:
    """A tune and the chord names over it."""

    tune: Tune
    chords: tuple[tuple[Fraction, str], ...] = ()
    """(onset in quarters from the very start, name)."""


def read_abc(text: str, lenient: bool = False) -> Tune:
    """The first tune of an ABC text. Raises InvalidInput (field "abc")."""
    return read_lead_sheet(text, lenient).tune


def read_lead_sheet(text: str, lenient: bool = False) -> LeadSheet:
    """The first tune of an ABC text with its chord names. Raises InvalidInput (field "abc")."""
    abc = split_abc(text, lenient)
    meter = read_meter(abc.head.get("M", "C"))
    reading = _Reading(abc.key, unit_length(abc.head, meter), meter, lenient)
    for line in abc.lines:
        reading.take_line(line)
    bars = [*joined(reading.finished(), meter.bar)]
    tune = Tune(
        meter,
        abc.key,
        tuple(tuple(each.sound for each in bar) for bar in bars),
        abc.head.get("T", ""),
        _tempo(abc.head.get("Q", ""), meter, lenient),
        _words(bars),
    )
    return LeadSheet(tune, tuple(_chords(bars)))


def _words(bars: list[list[WrittenSound]]) -> tuple[str, ...]:
    """One for each struck note; none at all when the text has no lyrics."""
    struck = [each for bar in bars for each in bar if _struck(each)]
    words = tuple(each.word for each in struck)
    return words if any(words) else ()


def _struck(each: WrittenSound) -> bool:
    return each.sound.pitch is not None and not each.sound.tied


def _chords(bars: list[list[WrittenSound]]) -> Iterator[tuple[Fraction, str]]:
    tick = 0
    for each in (each for bar in bars for each in bar):
        if each.chord:
            yield Fraction(tick, QUARTER), each.chord
        tick += each.sound.ticks


def _symbols(body: str, lenient: bool) -> Iterator[re.Match[str]]:
    place = 0
    while place < len(body):
        match = TOKEN.match(body, place)
        if match is not None and match.end() > place:
            place = match.end()
            yield match
        elif lenient:
            place += 1
        else:
            raise InvalidInput(
                "abc", f"“{body[place : place + 8]}” is not read.", code="abc_symbol",
                text=body[place : place + 8],
            )  # fmt: skip


@dataclass(slots=True)
class _Reading:
    """Where the reader is. Lengths are fractions of a whole note until they become ticks."""

    key: Key
    unit: Fraction
    meter: Meter
    lenient: bool = False
    bars: list[WrittenBar] = field(default_factory=list)
    now: WrittenBar = field(default_factory=WrittenBar)
    line: list[WrittenSound] = field(default_factory=list)
    """The notes of the last music line, for the words under it."""
    sung: bool = False
    """That line has its words: further verses are passed over."""
    chord: str = ""
    """The name that stands over the next sound."""
    altered: dict[tuple[str, int], int] = field(default_factory=dict)
    tie: tuple[tuple[str, int], int] | None = None
    """Name and pitch of a note that is tied to the next."""
    last: tuple[str, int] | None = None
    ending: int = 0
    count: int = 0
    signature: dict[str, int] = field(init=False)
    tuplet: tuple[Fraction, int] = (Fraction(1), 0)
    broken: Fraction = Fraction(1)
    """What the next note's length is multiplied by."""

    def __post_init__(self) -> None:
        self.signature = self.key.signature()

    def take_line(self, line: str) -> None:
        """A line of music, of words, or a field."""
        if line.startswith("w:"):
            if not self.sung:
                laid_under(line[2:], self.line)
            self.sung = True
            return
        if line[:2] in ("M:", "K:", "L:"):
            self._change(line[0], line[2:].strip())
            return
        self.line, self.sung = [], False
        for match in _symbols(line + "\n", self.lenient):
            self._take(match)

    def _take(self, match: re.Match[str]) -> None:
        kind = match.lastgroup or ""
        if kind in ("chordlength", "length", "octave", "letter", "accidental"):
            kind = "chord" if match["chord"] is not None else "note"
        {
            "name": self._name,
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

    def finished(self) -> list[WrittenBar]:
        """The bars in their order: as printed, or (lenient) as played."""
        self._close()
        heard = played(self.bars) if self.lenient else []
        full = sum(bar.ticks for bar in heard) / self.meter.bar
        return heard if 0 < full <= LONGEST_BARS else without_first_endings(self.bars)

    def _nothing(self, _: re.Match[str]) -> None:
        pass

    def _name(self, match: re.Match[str]) -> None:
        """A chord name; annotations begin with a sign that places them."""
        text = match[0].strip('"').strip()
        if text and text[0] not in "^_<>@":
            self.chord = text

    def _field(self, match: re.Match[str]) -> None:
        name, value = match[0][1], match[0][3:-1].strip()
        if self.lenient:
            self._change(name, value)
            return
        changed = (name == "K" and read_key(value) != self.key) or (
            name == "M" and read_meter(value) != self.meter
        )
        if changed or name in "LV":
            raise InvalidInput("abc", "Meter or key changes are not read.", code="abc_change")

    def _change(self, name: str, value: str) -> None:
        """A new key or unit from here on; the meter stays that of the head."""
        if name == "K":
            self.signature = read_key(value).signature()
        elif name == "L":
            self.unit = unit_length({"L": value}, self.meter)

    def _ending(self, match: re.Match[str]) -> None:
        self.ending = self.now.ending = int(match[0][-1])

    def _bar(self, match: re.Match[str]) -> None:
        sign = match[0]
        closes = sign.startswith(":")
        self._close(closes)
        if self.ending == 2 and sign != "|":
            self.ending = 0
        if self.ending == 1 and closes:
            self.ending = 0
        self.now.ending = self.ending
        self.now.opens = self.now.opens or (sign.endswith(":") and (len(sign) > 1 or closes))

    def _close(self, closes: bool = False) -> None:
        if self.now.sounds:
            self.now.closes = closes
            self.bars.append(self.now)
            self.now = WrittenBar(ending=self.ending)
        elif closes and self.bars:
            self.bars[-1].closes = True
        self.altered = {}

    def _tuplet(self, match: re.Match[str]) -> None:
        parts = [int(part) if part else 0 for part in match[0][1:].split(":")]
        p, q, r = (*parts, 0, 0)[:3]
        if not self.lenient and (p != 3 or q not in (0, 2)):
            raise InvalidInput(
                "abc", f"The tuplet {match[0]} is not read.", code="abc_tuplet", text=match[0]
            )
        self.tuplet = (Fraction(q or TUPLETS.get(p, 1), p or 1), r or p)

    def _tie(self, _: re.Match[str]) -> None:
        sounds = self.now.sounds
        if sounds and self.last is not None and sounds[-1].sound.pitch is not None:
            self.tie = (self.last, sounds[-1].sound.pitch)

    def _broken(self, match: re.Match[str]) -> None:
        if not self.now.sounds:
            return
        short = Fraction(1, 2 ** min(len(match[0]), 4))
        first, second = (2 - short, short) if match[0][0] == ">" else (short, 2 - short)
        last = self.now.sounds[-1]
        ticks = self._whole(last.sound.ticks * first)
        last.sound = Sound(last.sound.pitch, ticks, last.sound.tied)
        self.broken = second

    def _multi(self, match: re.Match[str]) -> None:
        for _ in range(min(int(match[0][1:] or 1), LONGEST_BARS)):
            self._close()
            self.now.sounds = [WrittenSound(Sound(None, self.meter.bar))]

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
        scale, left = self.tuplet
        ticks = self._whole(length * self.unit * 4 * QUARTER * self.broken * (scale if left else 1))
        self.tuplet = (scale, left - 1) if left else (Fraction(1), 0)
        self.broken = Fraction(1)
        tied = self.tie is not None and pitch is not None and self.tie[1] == pitch
        written = WrittenSound(Sound(pitch, ticks, tied), chord=self.chord)
        self.now.sounds.append(written)
        if pitch is not None:
            self.line.append(written)
        self.tie, self.last, self.chord = None, name, ""
        self.count += 1
        if self.count > MOST_SOUNDS:
            raise InvalidInput("abc", "This ABC has too many notes.", code="abc_too_long")

    def _whole(self, ticks: Fraction) -> int:
        if self.lenient:
            return max(1, round(ticks))
        if ticks.denominator != 1 or ticks <= 0:
            raise InvalidInput("abc", "A note is shorter than a 32nd.", code="abc_grid")
        return int(ticks)


def _length(text: str) -> Fraction:
    """ "3/2", "/", "//", "4", "" in units. Raises InvalidInput for one that is no length."""
    above, slash, below = text.partition("/")
    digits = below.replace("/", "")
    if len(text) > LONGEST_LENGTH or (digits and not int(digits)):
        raise InvalidInput("abc", "A note is shorter than a 32nd.", code="abc_grid")
    if not slash:
        return Fraction(int(above or 1))
    halves = 1 + below.count("/")
    return Fraction(int(above or 1), int(digits) if digits else 2**halves)


def _tempo(text: str, meter: Meter, lenient: bool) -> int:
    """Felt beats a minute of a Q: field; 0 when it has no number. A strict reading takes the
    number as it stands, a lenient one asks which note it counts."""
    found = re.search(r"(?:(\d{1,2})/(\d{1,2})\s*=)?\s*(\d{1,4})\s*$", text)
    if found is None:
        return 0
    counted = Fraction(int(found[1]), int(found[2])) if lenient and int(found[2] or 0) else None
    felt = Fraction(felt_ticks(meter), 4 * QUARTER)
    return round(int(found[3]) * (counted / felt if counted else 1))
