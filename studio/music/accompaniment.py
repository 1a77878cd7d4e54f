"""An accompaniment for a tune: chords in a pattern, a bass, a little percussion, and a close."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from types import MappingProxyType

from studio.errors import InvalidInput
from studio.music.arrangement import Arrangement
from studio.music.chord import Chord
from studio.music.features import quarter_seconds
from studio.music.figures import DRUMS, FIGURES, Figure
from studio.music.harmony import full_bars, harmonise
from studio.music.key import PENTATONIC
from studio.music.meter import QUARTER, Meter
from studio.music.note import Note
from studio.music.tune import Tune, bar_ticks
from studio.music.voicing import bass_line, lowest_with, voice_chords

ACCOMPANIMENTS = (
    "auto", "none", "block", "arpeggio", "waltz", "oompah", "alberti", "drone", "march", "ballad",
    "chip",
)  # fmt: skip
"""What a person may choose."""
BY_STYLE: Mapping[str, str] = MappingProxyType(
    {
        "folk": "arpeggio", "ballad": "ballad", "chinese": "guzheng", "cinematic": "block",
        "hymn": "block", "jig": "oompah", "reel": "oompah", "hornpipe": "oompah",
        "lullaby": "arpeggio", "march": "march", "waltz": "waltz", "jingle": "oompah",
        "chiptune": "chip",
    }
)  # fmt: skip
DRUMS_OF: Mapping[str, str] = MappingProxyType(
    {"march": "march", "chip": "chip", "ballad": "ballad", "oompah": "dance"}
)
"""Pattern -> percussion under it."""
DRUMLESS = frozenset({"hymn", "lullaby", "chinese", "cinematic", "folk", "waltz"})
"""Styles that go without percussion, whatever the pattern."""
QUICK_STEP_S = 0.16
"""Broken chords whose steps would be shorter are played half as fast."""
DRUM_LENGTH = Fraction(1, 4)


@dataclass(frozen=True, slots=True)
class _Stand:
    """A chord with the pitches that play it."""

    chord: Chord
    voices: tuple[int, ...]
    bass: int | None


def arrange(tune: Tune, style: str = "", pattern: str = "auto") -> Arrangement:
    """The voices under a tune. `style` is one of plan.STYLES or ""; `pattern` one of
    ACCOMPANIMENTS. Raises InvalidInput (field "accompaniment") for another."""
    if pattern not in (*ACCOMPANIMENTS, *FIGURES):
        raise InvalidInput(
            "accompaniment",
            f"“{pattern}” is not an accompaniment.",
            code="accompaniment_unknown",
            name=pattern,
        )
    chosen = auto_pattern(tune, style) if pattern == "auto" else pattern
    stands = _stands(tune, style, chosen) if chosen != "none" else ()
    if not stands:
        return Arrangement()
    close = _close(tune, stands[-1])
    chords, bass = [*_played(tune, chosen, stands, close)], [*_bass(tune, chosen, stands, close)]
    return Arrangement(
        chords=tuple(_below(chords, tune.notes())),
        bass=tuple(_below(bass, tune.notes())),
        drums=tuple(_drums(tune, style, chosen, close)),
        pattern=chosen,
    )


def auto_pattern(tune: Tune, style: str) -> str:
    """The pattern a style asks for; three beats make most of them a waltz."""
    named = BY_STYLE.get(style, "")
    threes = _beats(tune.meter) == 3 and not tune.meter.compound
    if threes and named in ("ballad", "oompah", ""):
        return "waltz"
    return named or ("drone" if tune.key.mode in PENTATONIC else "arpeggio")


def _stands(tune: Tune, style: str, pattern: str) -> tuple[_Stand, ...]:
    chords = _tonic_only(tune) if pattern == "drone" else harmonise(tune)
    melody = tune.notes()
    fifths = style == "chinese" or pattern in ("drone", "guzheng")
    voicings = voice_chords(chords, melody, fifths)
    roots = bass_line(chords, voicings, melody)
    return tuple(_Stand(*each) for each in zip(chords, voicings, roots, strict=True))


def _tonic_only(tune: Tune) -> tuple[Chord, ...]:
    """A drone: tonic and fifth in every bar."""
    root = tune.key.pitch_class
    return tuple(
        Chord((root, (root + 7) % 12), onset, Fraction(bar_ticks(bar), QUARTER))
        for onset, bar in full_bars(tune)
        if bar
    )


def _close(tune: Tune, last: _Stand) -> Fraction:
    """Where everything comes to rest: the beat of the last note, under the last chord."""
    beat = Fraction(tune.meter.beat, QUARTER)
    final = tune.notes()[-1].onset - last.chord.onset if tune.notes() else Fraction(0)
    return last.chord.onset + max(Fraction(0), final // beat * beat)


def _played(tune: Tune, pattern: str, stands: Sequence[_Stand], close: Fraction) -> Iterator[Note]:
    for onset, duration, sign in _signs(tune, pattern, "chords", close):
        for stand, start, length in _under(stands, onset, duration, held=sign == "c"):
            yield from (Note(pitch, start, length) for pitch in _struck(stand, sign))
    yield from (Note(pitch, close, tune.quarters - close) for pitch in stands[-1].voices)


def _bass(tune: Tune, pattern: str, stands: Sequence[_Stand], close: Fraction) -> Iterator[Note]:
    for onset, duration, sign in _signs(tune, pattern, "bass", close):
        for stand, start, length in _under(stands, onset, duration, held=True):
            # The root comes first under every chord.
            said = "1" if start == stand.chord.onset else sign
            if stand.bass is not None:
                yield Note(_bass_pitch(stand, said), start, length)
    if stands[-1].bass is not None:
        yield Note(stands[-1].bass, close, tune.quarters - close)


def _struck(stand: _Stand, sign: str) -> tuple[int, ...]:
    """The pitches a sign of the chords' line strikes."""
    voices = stand.voices
    if sign == "c" or not voices:
        return voices
    if sign == "4" and 1 < len(voices) < 4:
        return (voices[0] + 12,)
    return (voices[min(int(sign), len(voices)) - 1],)


def _bass_pitch(stand: _Stand, sign: str) -> int:
    root = stand.bass or 0
    if sign == "8":
        return root + 12
    if sign == "5" and (stand.chord.tones[0] + 7) % 12 in stand.chord.tones:
        return root - 5 if root >= 36 else root + 7
    return root


def _under(
    stands: Sequence[_Stand], onset: Fraction, duration: Fraction, held: bool
) -> Iterator[tuple[_Stand, Fraction, Fraction]]:
    """The chords that a stroke meets: the one it begins in, and those it is held into."""
    for stand in stands:
        start, end = max(onset, stand.chord.onset), min(onset + duration, stand.chord.end)
        if start < end and (held or start == onset):
            yield stand, start, end - start


def _signs(
    tune: Tune, pattern: str, voice: str, close: Fraction
) -> Iterator[tuple[Fraction, Fraction, str]]:
    """(onset, duration, sign) of every stroke before the close."""
    figure = FIGURES[pattern].get(_place(tune.meter)) or _assembled(pattern, tune.meter)
    line = figure.bass if voice == "bass" else figure.chords
    for number, (onset, bar) in enumerate(full_bars(tune)):
        letters = _of_bar(line, number)
        step = tune.meter.quarters / len(letters)
        if voice == "chords" and _too_quick(tune, letters, step):
            letters, step = _slower(letters), step * 2
        end = min(onset + Fraction(bar_ticks(bar), QUARTER), close)
        yield from _strokes(letters, onset, step, end)


def _strokes(
    letters: str, onset: Fraction, step: Fraction, end: Fraction
) -> Iterator[tuple[Fraction, Fraction, str]]:
    for place, sign in enumerate(letters):
        start = onset + place * step
        if sign in ".-" or start >= end:
            continue
        held = len(letters[place + 1 :]) - len(letters[place + 1 :].lstrip("-")) + 1
        yield start, min(held * step, end - start), sign


def _of_bar(line: str, number: int) -> str:
    alternatives = line.split("|")
    return alternatives[number % len(alternatives)].strip()


def _too_quick(tune: Tune, letters: str, step: Fraction) -> bool:
    """Whether single tones would run faster than a hand; chip arpeggios are meant to."""
    broken = sum(letter in "1234" for letter in letters) > len(letters) // 2
    step_s = float(step) * quarter_seconds(tune.meter, tune.tempo_bpm or 100)
    return broken and step_s < QUICK_STEP_S and len(letters) % 2 == 0 and len(letters) < 10


def _slower(letters: str) -> str:
    """The first half, to be played at half the pace."""
    return letters[: len(letters) // 2]


def _beats(meter: Meter) -> int:
    return max(1, meter.bar // meter.beat)


def _place(meter: Meter) -> tuple[int, bool]:
    """3/8 goes as three plain beats."""
    if (meter.beats, meter.unit) == (3, 8):
        return 3, False
    exact = meter.bar % meter.beat == 0
    return (_beats(meter) if exact else 0), meter.compound


def _assembled(pattern: str, meter: Meter) -> Figure:
    """A bar of five, six, seven beats is made of threes and twos, cut to its length."""
    parts = [FIGURES[pattern][size, meter.compound] for size in _sizes(meter)]
    bass, chords = (
        "".join(_of_bar(line, 0) for line in lines)
        for lines in ([part.bass for part in parts], [part.chords for part in parts])
    )
    return Figure(bass, chords)


def _sizes(meter: Meter) -> list[int]:
    beats = -(-meter.bar // meter.beat)
    if beats == 1:
        return [2]
    threes = beats // 3 if beats % 3 != 1 else beats // 3 - 1
    return [3] * threes + [2] * ((beats - 3 * threes) // 2)


def _below(notes: Sequence[Note], melody: Sequence[Note]) -> Iterator[Note]:
    """What would touch the melody goes down an octave, or stays out."""
    for note in notes:
        span = Chord((note.pitch % 12,), note.onset, note.duration)
        ceiling = lowest_with(span, melody)
        if note.pitch < ceiling:
            yield note
        elif note.pitch - 12 < ceiling and note.pitch - 12 >= 28:
            yield replace(note, pitch=note.pitch - 12)


def _drums(tune: Tune, style: str, pattern: str, close: Fraction) -> Iterator[Note]:
    kit = DRUMS.get("" if style in DRUMLESS else DRUMS_OF.get(pattern, ""), {})
    lines = kit.get(_place(tune.meter), {})
    for number, (onset, bar) in enumerate(full_bars(tune)):
        end = min(onset + Fraction(bar_ticks(bar), QUARTER), close)
        for pitch, line in lines.items():
            letters = _of_bar(line, number % 4 // 3)
            step = tune.meter.quarters / len(letters)
            for start, _, sign in _strokes(letters, onset, step, end):
                yield Note(pitch, start, DRUM_LENGTH if sign == "x" else DRUM_LENGTH / 2)
    if lines:
        yield Note(min(lines), close, DRUM_LENGTH)
