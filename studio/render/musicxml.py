"""A tune as MusicXML 4 by music21: for notation programs.

The recipe is the field "atelier" of identification/miscellaneous.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from fractions import Fraction
from types import MappingProxyType
from typing import Any

from music21 import (
    clef,
    duration,
    harmony,
    instrument,
    key,
    metadata,
    meter,
    note,
    stream,
    tempo,
    tie,
)
from music21.musicxml.m21ToXml import GeneralObjectExporter
from music21.pitch import Pitch

from studio.music.abc_writer import BASS_BELOW, felt_ticks, tempo_word
from studio.music.meter import QUARTER
from studio.music.tune import Bar, bar_ticks
from studio.render.engraving import written_lengths
from studio.render.recipe import KEY, recipe_text
from studio.render.score import Score

WRITTEN_MODES = ("major", "minor", "dorian", "mixolydian", "lydian", "phrygian")
SIGNS = MappingProxyType({1: "#", 2: "##", -1: "-", -2: "--", 0: ""})
SYLLABIC = MappingProxyType(
    {(False, False): "single", (False, True): "begin", (True, True): "middle", (True, False): "end"}
)
"""(joined to the one before, to the next) -> MusicXML's word."""
CHORD = re.compile(r"(?P<root>[A-G][#b]?)(?P<kind>[^/]*)(?:/(?P<bass>[A-G][#b]?))?")
KINDS = MappingProxyType(
{
    "": "major", "m": "minor", "7": "dominant-seventh", "maj7": "major-seventh",
    "m7": "minor-seventh", "dim": "diminished", "dim7": "diminished-seventh",
    "m7b5": "half-diminished-seventh", "aug": "augmented", "+": "augmented",
    "sus4": "suspended-fourth", "sus2": "suspended-second", "6": "major-sixth",
    "m6": "minor-sixth", "5": "power", "9": "dominant-ninth", "min": "minor", "maj": "major",
    "M7": "major-seventh", "sus": "suspended-fourth",
})  # fmt: skip
"""What stands after the root -> the kind as MusicXML calls it."""
DATE = re.compile(rb"\s*<encoding-date>[^<]*</encoding-date>")


def musicxml_file(score: Score, recipe: Mapping[str, object]) -> bytes:
    """The bytes of a .musicxml file: one part, uncompressed."""
    whole: Any = stream.Score()
    whole.metadata = metadata.Metadata()
    whole.metadata.title = score.title or score.tune.title or "Melody"
    whole.metadata.composer = "Atelier"
    whole.metadata.addCustom(KEY, recipe_text(recipe))
    part: Any = stream.Part(id="melody")  # type: ignore[no-untyped-call]
    part.insert(0, _player())
    for measure in _Measures(score).all():
        part.append(measure)
    whole.insert(0, part)
    # The same score is the same file on every day.
    return DATE.sub(b"", bytes(GeneralObjectExporter(whole).parse()))


def _player() -> Any:
    """The part's name and id; without it music21 draws a new id every time."""
    player: Any = instrument.Instrument("Melody")
    player.partName, player.partId, player.instrumentId = "Melody", "P1", "I1"
    return player


class _Measures:
    """Goes through the tune once; knows which word comes next and what is tied."""

    def __init__(self, score: Score) -> None:
        self._score, self._tune = score, score.tune
        sounds = [sound for bar in self._tune.bars for sound in bar]
        self._goes_on = iter([*(after.tied for after in sounds[1:]), False])
        self._words = iter(self._tune.words)
        self._joined = False

    def all(self) -> Iterator[Any]:
        tick = 0
        for number, bar in enumerate(self._tune.bars):
            measure: Any = stream.Measure(number=number + 1 - self._tune.upbeat)
            if number == 0:
                self._begin(measure)
            if bar_ticks(bar) < self._tune.meter.bar:
                measure.paddingLeft = (self._tune.meter.bar - bar_ticks(bar)) / QUARTER
            for each in self._notes(bar):
                measure.append(each)
            for at, name in self._chords(tick, tick + bar_ticks(bar)):
                measure.insert(at, name)
            yield measure
            tick += bar_ticks(bar)

    def _begin(self, measure: Any) -> None:
        tune = self._tune
        pitches = sorted(each.pitch for each in tune.notes())
        low = bool(pitches) and pitches[len(pitches) // 2] < BASS_BELOW
        measure.insert(0, clef.clefFromString("F4" if low else "G2"))
        signature = key.KeySignature(tune.key.fifths)
        plain = tune.key.mode in WRITTEN_MODES
        measure.insert(0, signature.asKey(tune.key.mode) if plain else signature)
        measure.insert(0, meter.TimeSignature(str(tune.meter)))
        if tune.tempo_bpm:
            felt = duration.Duration(Fraction(felt_ticks(tune.meter), QUARTER))
            word = tempo_word(tune.tempo_bpm)
            measure.insert(0, tempo.MetronomeMark(word, tune.tempo_bpm, felt))

    def _notes(self, bar: Bar) -> Iterator[Any]:
        for sound in bar:
            goes_on = next(self._goes_on)
            lengths = written_lengths(sound.ticks)
            for number, ticks in enumerate(lengths):
                length = Fraction(ticks, QUARTER)
                if sound.pitch is None:
                    yield note.Rest(quarterLength=length)
                    continue
                comes = sound.tied or number > 0
                made: Any = note.Note(self._pitch(sound.pitch), quarterLength=length)
                made.tie = _tie(comes, goes_on or number < len(lengths) - 1)
                if not comes:
                    self._sing(made)
                yield made

    def _pitch(self, midi: int) -> Pitch:
        letter, alteration, octave = self._tune.key.spell(midi)
        return Pitch(f"{letter}{SIGNS[alteration]}{octave}")

    def _sing(self, made: Any) -> None:
        word = next(self._words, "")
        if word in ("", "_"):
            return
        joins = len(word) > 1 and word.endswith("-")
        lyric: Any = note.Lyric(word[:-1] if joins else word, applyRaw=True)
        lyric.syllabic = SYLLABIC[self._joined, joins]
        made.lyrics.append(lyric)
        self._joined = joins

    def _chords(self, start: int, end: int) -> Iterator[tuple[Fraction, Any]]:
        for onset, name in self._score.chords:
            if start <= onset * QUARTER < end and (chord := _chord(name)) is not None:
                yield onset - Fraction(start, QUARTER), chord


def _tie(comes: bool, goes_on: bool) -> Any:
    kind = {(1, 0): "stop", (0, 1): "start", (1, 1): "continue"}.get((comes, goes_on))
    return tie.Tie(kind) if kind else None  # type: ignore[no-untyped-call]


def _chord(name: str) -> Any:
    """A chord symbol; None for a name whose kind is not in KINDS."""
    found = CHORD.fullmatch(name.strip())
    if found is None or found["kind"] not in KINDS:
        return None
    # music21 writes a flat as a minus.
    root, bass = (found[each] and found[each].replace("b", "-") for each in ("root", "bass"))
    return harmony.ChordSymbol(root=root, kind=KINDS[found["kind"]], bass=bass or None)
