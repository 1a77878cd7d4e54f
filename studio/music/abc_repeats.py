"""The bars of a read ABC text put in the order they are played or printed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from studio.music.tune import Sound


@dataclass(slots=True)
class WrittenSound:
    """One sound with the syllable under it and the chord name over it."""

    sound: Sound
    word: str = ""
    chord: str = ""


@dataclass(slots=True)
class WrittenBar:
    """One bar as it stands in the text."""

    sounds: list[WrittenSound] = field(default_factory=list)
    ending: int = 0
    """1 or 2 in a first or second ending, else 0."""
    opens: bool = False
    """A repeat begins with it."""
    closes: bool = False
    """A repeat ends with it."""

    @property
    def ticks(self) -> int:
        return sum(each.sound.ticks for each in self.sounds)


def without_first_endings(bars: Sequence[WrittenBar]) -> list[WrittenBar]:
    """Every bar once; first endings are left out where a second one follows."""
    seconds = any(bar.ending == 2 for bar in bars)
    return [bar for bar in bars if not (seconds and bar.ending == 1)]


def played(bars: Sequence[WrittenBar]) -> list[WrittenBar]:
    """Every bar as often as it sounds: repeats twice, with their endings."""
    out: list[WrittenBar] = []
    start = 0
    for number, bar in enumerate(bars):
        if bar.opens:
            start = number
        out.append(bar)
        if bar.closes:
            out.extend(each for each in bars[start : number + 1] if each.ending != 1)
            start = number + 1
    return out


def joined(bars: Sequence[WrittenBar], full: int) -> Iterator[list[WrittenSound]]:
    """Two parts of one bar around a repeat sign become one bar again."""
    held: WrittenBar | None = None
    for number, bar in enumerate(bars):
        if held is not None and held.ticks + bar.ticks == full:
            yield [*held.sounds, *bar.sounds]
            held = None
            continue
        if held is not None:
            yield held.sounds
        held = bar if number and bar.ticks < full else None
        if held is None:
            yield bar.sounds
    if held is not None:
        yield held.sounds
