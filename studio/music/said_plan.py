"""What a description says outright of its plan, and what it says it does not want."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields

from studio.music import plan_words as words
from studio.music.plan import INSTRUMENTS
from studio.music.said_key import said_key
from studio.music.said_time import said_bars, said_meter, said_pace, said_tempo
from studio.music.wording import found_words, negated, pattern, weight

_PERSON = re.compile(
    r"\b(?:he|she|they|we|i|you|who|it|people|everyone|everybody|nobody)(?:'s|'re|'m| is| are"
    r"| am| was| were| "
    r"looks?| gets?| feels?| felt)?(?: \w+)?\s*$"
)
"""Somebody's feeling in a story is not yet the music's."""
_NOTHING: tuple[object, ...] = ("", 0, (), (0, 0), frozenset())


@dataclass(frozen=True, slots=True)
class SaidPlan:
    """Empty or 0 where nothing is said."""

    moods: tuple[str, ...] = ()
    """All that are named, in the order of the text."""
    styles: tuple[str, ...] = ()
    tonic: str = ""
    mode: str = ""
    meter: str = ""
    slowest: int = 0
    """Beats a minute, said in figures; equal to `fastest` for one tempo."""
    fastest: int = 0
    mark: tuple[int, int] = (0, 0)
    """Least and most beats a minute of a tempo mark (andante), 0 when there is none."""
    fast: float = 0.0
    """Strength of "fast": negative for "not too fast"."""
    slow: float = 0.0
    bars: int = 0
    busy: float = 0.0
    """Strength of "many notes", negative for "few notes"."""
    register: str = ""
    instrument: str = ""
    not_moods: frozenset[str] = frozenset()
    not_styles: frozenset[str] = frozenset()
    not_modes: frozenset[str] = frozenset()
    not_meters: frozenset[str] = frozenset()
    not_registers: frozenset[str] = frozenset()
    not_instruments: frozenset[str] = frozenset()

    @property
    def fields(self) -> frozenset[str]:
        """The plan's fields that something is said of."""
        named = {each.name for each in fields(self) if getattr(self, each.name) not in _NOTHING}
        both = {"tonic": "key", "styles": "style", "moods": "mood", "busy": "density"}
        pace = {"slowest", "fastest", "mark", "fast", "slow"}
        plain = {both.get(each, each) for each in named if not each.startswith("not_")}
        return frozenset(plain - pace | ({"tempo"} if plain & pace else set()))


def said_plan(text: str) -> SaidPlan:
    """What is said outright; everything else is left to guessing."""
    tonic, mode, not_modes = said_key(text)
    meter, not_meters = said_meter(text)
    slowest, fastest = said_tempo(text)
    mark, fast, slow = said_pace(text)
    moods, not_moods = _told(text, words.SAID_MOOD, apart=True)
    styles, not_styles = _told(text, words.SAID_STYLE)
    registers, not_registers = _told(text, words.SAID_REGISTER)
    return SaidPlan(
        moods=moods,
        styles=styles,
        tonic=tonic,
        mode=mode,
        meter=meter,
        slowest=slowest,
        fastest=fastest,
        mark=mark,
        fast=fast,
        slow=slow,
        bars=said_bars(text),
        busy=weight(text, words.SAID_BUSY) - weight(text, words.SAID_SPARSE),
        register=registers[0] if registers else "",
        instrument=said_instrument(text),
        not_moods=not_moods,
        not_styles=not_styles,
        not_modes=not_modes,
        not_meters=not_meters,
        not_registers=not_registers,
        not_instruments=refused_instruments(text),
    )


def said_instrument(text: str) -> str:
    """The first instrument that is named, or the one of the studio that is nearest to it."""
    plain = _innocent(text)
    first = {
        name: min((plain.lower().find(hit) for hit in found_words(plain, listed)), default=-1)
        for name, listed in words.INSTRUMENT.items()
        if name in INSTRUMENTS
    }
    there = {name: place for name, place in first.items() if place >= 0}
    return min(there, key=lambda name: there[name], default="")


def refused_instruments(text: str) -> frozenset[str]:
    """The instruments of the studio that a text does not want."""
    plain = _innocent(text)
    return frozenset(
        name
        for name, listed in words.INSTRUMENT.items()
        if any(negated(plain, hit.start()) for hit in pattern(listed).finditer(plain))
        and not any(found_words(plain, listed))
    )


def _told(
    text: str, table: Mapping[str, str], *, apart: bool = False
) -> tuple[tuple[str, ...], frozenset[str]]:
    """(names that are wanted in the order of the text, names that are not wanted). With `apart`
    what is told of a person does not count."""
    plain = _innocent(text)
    hits = sorted(_hits(plain, table))
    wanted = [
        name
        for place, name in hits
        if not negated(plain, place) and not (apart and _PERSON.search(plain[:place]))
    ]
    not_wanted = {name for place, name in hits if negated(plain, place)}
    return tuple(dict.fromkeys(wanted)), frozenset(not_wanted - set(wanted))


def _hits(plain: str, table: Mapping[str, str]) -> Iterator[tuple[int, str]]:
    for name, called in table.items():
        for match in re.finditer(called, plain):
            yield match.start(), name


def _innocent(text: str) -> str:
    """Lower case, and without words that only look like music ("in March", fishing reel)."""
    months = words.MONTH.sub(lambda match: "·" * len(match[0]), text)
    plain = months.lower().replace("’", "'")
    return words.NO_MUSIC.sub(lambda match: "·" * len(match[0]), plain)
