"""How a tune is played: seconds and loudness for every note of its four voices."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from studio.music.accompaniment import arrange
from studio.music.features import quarter_seconds
from studio.music.meter import QUARTER
from studio.music.note import Note
from studio.music.tune import Tune, bar_ticks

TAIL_S = 1.0
"""What is heard after the last note ends: its decay and the room."""
PHRASE_BARS = 4
SOFT, BASS_SOFT, DRUMS_SOFT = 0.58, 0.63, 0.6
"""Loudness of the accompaniment against the tune."""
CROWD = 0.27
"""Notes struck together are each softer by their number to this power."""
LIGHT_STYLES = frozenset({"jig", "reel", "hornpipe", "march", "chiptune", "jingle"})
GHOST = Fraction(1, 4)
"""Drum strokes written shorter than this are soft ones."""


@dataclass(frozen=True, slots=True)
class Struck:
    """One note as it is played: MIDI pitch, seconds, loudness 0 to 1."""

    pitch: int
    start_s: float
    duration_s: float
    loudness: float


@dataclass(frozen=True, slots=True)
class Performance:
    """All voices on one clock; `seconds` includes the tail."""

    tune: tuple[Struck, ...]
    chords: tuple[Struck, ...]
    seconds: float
    bar_s: float
    """Seconds of a bar; the first full bar begins at `upbeat_s`."""
    upbeat_s: float
    bass: tuple[Struck, ...] = ()
    drums: tuple[Struck, ...] = ()
    """Pitches of the General MIDI percussion map."""
    pattern: str = "none"
    """The accompaniment that is played: what "auto" chose."""

    @property
    def written_s(self) -> float:
        """Seconds without the tail: where the last note ends."""
        return self.seconds - TAIL_S

    @property
    def accompaniment(self) -> tuple[Struck, ...]:
        """What has a pitch under the tune: chords and bass."""
        return (*self.chords, *self.bass)


def perform(tune: Tune, style: str = "", accompaniment: str = "auto") -> Performance:
    """Play a tune at its tempo (100 when it says none). `accompaniment` is one of
    accompaniment.ACCOMPANIMENTS. Raises InvalidInput (field "accompaniment") for another."""
    below = arrange(tune, style, accompaniment)
    player = _Player(tune, style)
    voices = (tune.notes(), below.chords, below.bass, below.drums)
    end = max((note.end for voice in voices for note in voice), default=tune.quarters)
    return Performance(
        tune=tuple(player.play(voices[0], 1.0, player.touch)),
        chords=tuple(_in_a_crowd([*player.play(below.chords, SOFT)])),
        bass=tuple(player.play(below.bass, BASS_SOFT)),
        drums=tuple(player.beat(below.drums)),
        seconds=float(end) * player.quarter_s + TAIL_S,
        bar_s=float(tune.meter.quarters) * player.quarter_s,
        upbeat_s=float(player.upbeat) * player.quarter_s,
        pattern=below.pattern,
    )


def _in_a_crowd(notes: Sequence[Struck]) -> Iterator[Struck]:
    """A full chord is not louder than a broken one."""
    together = Counter(note.start_s for note in notes)
    for note in notes:
        yield replace(note, loudness=note.loudness / together[note.start_s] ** CROWD)


class _Player:
    """Turns written notes into struck ones: the tune's clock, its accents and its phrases."""

    def __init__(self, tune: Tune, style: str) -> None:
        self._tune = tune
        self.quarter_s = quarter_seconds(tune.meter, tune.tempo_bpm or 100)
        self.upbeat = Fraction(bar_ticks(tune.bars[0]), QUARTER) if tune.upbeat else Fraction(0)
        self.touch = 0.86 if style in LIGHT_STYLES else 0.97
        """Share of its written length that a short note sounds: dances are lighter."""

    def play(self, notes: Iterable[Note], level: float, touch: float = 0.97) -> Iterator[Struck]:
        """`level` scales the loudness."""
        for note in notes:
            length = float(note.duration) * self.quarter_s
            yield Struck(
                note.pitch,
                float(note.onset) * self.quarter_s,
                length * (touch if note.duration < 2 else 0.97),
                level * self._loudness(note.onset - self.upbeat),
            )

    def beat(self, notes: Sequence[Note]) -> Iterator[Struck]:
        """Drums: soft strokes are told by their length."""
        for stroke, note in zip(self.play(notes, DRUMS_SOFT), notes, strict=True):
            soft = 0.55 if note.duration < GHOST else 1.0
            yield Struck(stroke.pitch, stroke.start_s, stroke.duration_s, soft * stroke.loudness)

    def _loudness(self, onset: Fraction) -> float:
        """Accents on the bar and the beat, and a swell towards the middle of each phrase."""
        bar = self._tune.meter.quarters
        beat = Fraction(self._tune.meter.beat, QUARTER)
        within = onset % bar
        accent = 0.12 if within == 0 else 0.05 if within % beat == 0 else 0.0
        phrase = float(onset % (PHRASE_BARS * bar) / (PHRASE_BARS * bar))
        return 0.68 + accent + 0.14 * (1 - abs(2 * phrase - 1))
