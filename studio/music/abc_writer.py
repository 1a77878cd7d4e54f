"""Write a Tune as ABC (standard 2.1): accidentals against the key and the bar, beams by the beat,
triplets, ties, a line every four bars with its words under it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from types import MappingProxyType

from studio.music.abc_words import HELD, lyric_line
from studio.music.key import Key
from studio.music.meter import QUARTER, Meter
from studio.music.tune import Bar, Sound, Tune, bar_ticks

EIGHTH = QUARTER // 2
BARS_A_LINE = 4
SIGNS = MappingProxyType({1: "^", 2: "^^", -1: "_", -2: "__", 0: "="})
BASS_BELOW = 57
"""Melodies whose middle lies below this MIDI pitch are written in the bass clef."""


def write_abc(tune: Tune, chords: Sequence[str] = ()) -> str:
    """The tune as ABC text; `chords` are names to stand over the full bars, one each."""
    meter = tune.meter
    # Without its version, readers take accidentals to hold for one note and not to the bar's end.
    lines = ["%abc-2.1", "X:1", f"T:{_plain(tune.title)}", f"M:{meter}", "L:1/8"]
    if tune.tempo_bpm:
        beat = Fraction(felt_ticks(meter), 4 * QUARTER)
        lines.append(f'Q:"{tempo_word(tune.tempo_bpm)}" {beat}={tune.tempo_bpm}')
    clef = " clef=bass" if _middle(tune) < BASS_BELOW else ""
    lines += [f"K:{tune.key.abc}{clef}", *_staves(tune, chords)]
    return "\n".join(lines) + "\n"


def tempo_word(tempo_bpm: int) -> str:
    """The Italian word a score says for so many beats a minute."""
    words = ("Largo", "Adagio", "Andante", "Moderato", "Allegretto", "Allegro", "Vivace", "Presto")
    return words[sum(tempo_bpm >= edge for edge in (56, 72, 92, 108, 120, 144, 172))]


def felt_ticks(meter: Meter) -> int:
    """Ticks of the beat that a tempo counts: dotted in 6/8, the half note in 2/2."""
    if meter.compound:
        return meter.beat
    return 4 * QUARTER // meter.unit if meter.unit < 8 else QUARTER // 2


def _plain(text: str) -> str:
    return " ".join(text.replace("%", "").split())


def _middle(tune: Tune) -> float:
    pitches = sorted(note.pitch for note in tune.notes())
    return pitches[len(pitches) // 2] if pitches else 60


def _staves(tune: Tune, chords: Sequence[str]) -> Iterator[str]:
    bars, under = [*_bars(tune, chords)], _words_under(tune)
    upbeat = int(tune.upbeat)
    starts = [0, *range(BARS_A_LINE + upbeat, len(bars), BARS_A_LINE)]
    for start, end in zip(starts, [*starts[1:], len(bars)], strict=True):
        closing = " |]" if end == len(bars) else " |"
        yield " | ".join(bars[start:end]) + closing
        if line := lyric_line([word for bar in under[start:end] for word in bar]):
            yield line


def _words_under(tune: Tune) -> list[list[str]]:
    """The syllables of each bar, one for each note; a tied note holds the one before."""
    words = iter(tune.words)
    return [
        [HELD if each.tied else next(words, "") for each in bar if each.pitch is not None]
        for bar in tune.bars
    ]


def _bars(tune: Tune, chords: Sequence[str]) -> Iterator[str]:
    sounds = [sound for bar in tune.bars for sound in bar]
    tied = [*(after.tied for after in sounds[1:]), False]
    names = [*([""] * tune.upbeat), *chords, *([""] * len(tune.bars))]
    at = 0
    for number, bar in enumerate(tune.bars):
        # A chord is named where it changes.
        named = names[number] if number == 0 or names[number] != names[number - 1] else ""
        text = _BarWriter(tune.key, tune.meter).write(bar, tied[at : at + len(bar)])
        yield f'"{named}"{text}' if named else text
        at += len(bar)


class _BarWriter:
    """One bar: it remembers which notes were altered in it."""

    def __init__(self, key: Key, meter: Meter) -> None:
        self._key, self._meter = key, meter
        self._signature = key.signature()
        self._altered: dict[tuple[str, int], int] = {}

    def write(self, bar: Bar, tied: Sequence[bool]) -> str:
        # An upbeat's beats are counted from the bar line backwards.
        at = -bar_ticks(bar) % self._beam(bar)
        text, triplet = "", 0
        for sound, goes_on in zip(bar, tied, strict=True):
            opening = ""
            if triplet == 0 and sound.ticks in (4, 8, 16):
                triplet, opening = self._triplet(bar, sound, at)
            if text and (self._breaks(bar, at) or opening):
                text += " "
            text += opening + self._sound(sound, goes_on)
            triplet = max(0, triplet - sound.ticks)
            at += sound.ticks
        return text

    def _beam(self, bar: Bar) -> int:
        """Ticks that one beam may span: half a bar of plain eighths in 4/4, else a beat."""
        plain = all(sound.ticks % EIGHTH == 0 for sound in bar)
        halves = self._meter.quarters == 4 and not self._meter.compound
        return 2 * QUARTER if plain and halves else self._meter.beat

    def _breaks(self, bar: Bar, at: int) -> bool:
        return at % self._beam(bar) == 0 or self._long_nearby(bar, at)

    def _long_nearby(self, bar: Bar, at: int) -> bool:
        """Quarters carry no beam: a space on both sides reads better."""
        place = -bar_ticks(bar) % self._beam(bar)
        for sound in bar:
            if place <= at <= place + sound.ticks and sound.ticks >= QUARTER:
                return True
            place += sound.ticks
        return False

    def _triplet(self, bar: Bar, first: Sound, at: int) -> tuple[int, str]:
        """(ticks of the triplet, its opening): two members need their number said."""
        whole = 12 if first.ticks == 4 else 24
        place, members = -bar_ticks(bar) % self._beam(bar), 0
        for sound in bar:
            members += at <= place < at + whole
            place += sound.ticks
        return whole, "(3" if members == 3 else f"(3:2:{members}"

    def _sound(self, sound: Sound, goes_on: bool) -> str:
        nominal = sound.ticks * 3 // 2 if sound.ticks in (4, 8, 16) else sound.ticks
        if sound.pitch is None:
            return "z" + _length(nominal)
        tie = "-" if goes_on else ""
        return self._note(sound.pitch, sound.tied) + _length(nominal) + tie

    def _note(self, pitch: int, tied: bool) -> str:
        letter, alteration, octave = self._key.spell(pitch)
        name = (letter, octave)
        sign = ""
        # A tie over the bar line carries its accidental; one inside the bar is known already.
        if alteration != self._altered.get(name, self._signature[letter]) and not tied:
            sign = SIGNS[alteration]
            self._altered[name] = alteration
        low = "," * max(0, 4 - octave)
        high = "'" * max(0, octave - 5)
        return sign + (letter if octave < 5 else letter.lower()) + low + high


def _length(ticks: int) -> str:
    """Ticks as an ABC length in eighths: "", "2", "3/2", "/2"."""
    eighths = Fraction(ticks, EIGHTH)
    above = "" if eighths.numerator == 1 else str(eighths.numerator)
    return above if eighths.denominator == 1 else f"{above}/{eighths.denominator}"
