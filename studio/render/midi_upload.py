"""A melody out of a MIDI file: the voice that carries the tune, on the grid, in meter and key."""

from __future__ import annotations

import io
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from mido import Message, MetaMessage, MidiFile, tempo2bpm

from studio.music.abc_writer import felt_ticks
from studio.music.analysis import found_key, guessed_style
from studio.music.key import SHARPS
from studio.music.meter import QUARTER, Meter
from studio.music.note import Note
from studio.music.quantise import (
    Free,
    as_quarters,
    barred,
    first_bars,
    found_meter,
    found_upbeat,
    highest_line,
    placed,
)
from studio.music.tune import Tune
from studio.render.uploaded_tune import MOST_BARS, Remark, UploadedTune, cut_remark, unreadable

MOST_BYTES = 1_500_000
"""More is no melody; a file of 10^6 events is refused before it is read."""
MOST_EVENTS = 400_000
DRUM_CHANNEL = 9
NAMED = re.compile(r"melod|vocal|voice|lead|tune|theme|sing|soprano|solo|flute|旋律|主|人声", re.I)
UNDER = re.compile(r"bass|drum|chord|accomp|pad|rhythm|left|lh\b|伴奏|鼓|低音|和弦", re.I)
NAME_BONUS, CHORD_COST, THIN_COST = 30.0, 18.0, 24.0
"""What a track's name, its chords and its few notes weigh against a semitone of height."""


@dataclass(slots=True)
class _Voice:
    """The notes of one channel of one track, in quarters."""

    name: str = ""
    notes: list[Free] = field(default_factory=list)
    empty: int = 0
    """Notes that had no length."""
    words: dict[float, str] = field(default_factory=dict)


@dataclass(slots=True)
class _Score:
    """What a whole file says."""

    voices: dict[tuple[int, int], _Voice] = field(default_factory=lambda: defaultdict(_Voice))
    tempi: list[tuple[float, float]] = field(default_factory=list)
    """(quarter, quarters a minute)."""
    meters: list[tuple[float, Meter]] = field(default_factory=list)
    fifths: list[int] = field(default_factory=list)
    title: str = ""


def midi_tune(content: bytes) -> UploadedTune:
    """The melody of a MIDI file. Raises InvalidInput("upload")."""
    if len(content) > MOST_BYTES:
        raise unreadable(
            "events",
            "This MIDI file holds far more than a melody.",
            "Take a file of one song, at most 1.5 MB.",
        )
    score = _read(_opened(content))
    voice = _melody(score)
    line = highest_line(voice.notes)
    remarks = []
    others = sum(bool(each.notes) for each in score.voices.values()) - 1
    if others:
        remarks.append(
            Remark(
                "voice", f"Of {others + 1} voices the one with the tune was taken.",
                {"voices": others + 1, "name": voice.name},
            )
        )  # fmt: skip
    elif len(line) < 0.9 * len(voice.notes):
        remarks.append(Remark("top_line", "Of notes that sound together the highest was taken."))
    return _tune(score, voice, line, remarks)


def _opened(content: bytes) -> MidiFile:
    try:
        file = _decoded(content)
    except (OSError, EOFError, ValueError, KeyError, IndexError, TypeError, AttributeError):
        raise unreadable(
            "midi", "This MIDI file is broken or cut short.", "Export it again."
        ) from None
    if file.ticks_per_beat <= 0:
        raise unreadable("midi_clock", "This MIDI file counts film frames instead of beats.")
    if sum(map(len, file.tracks)) > MOST_EVENTS:
        raise unreadable("events", "This MIDI file holds far more than a melody.")
    return file


def _decoded(content: bytes) -> MidiFile:
    """Texts are UTF-8 in newer files, anything in older ones."""
    try:
        return MidiFile(file=io.BytesIO(content), clip=True, charset="utf-8")
    except UnicodeDecodeError:
        return MidiFile(file=io.BytesIO(content), clip=True, charset="latin-1")


def _read(file: MidiFile) -> _Score:
    score = _Score()
    for number, track in enumerate(file.tracks):
        _read_track(score, number, track, file.ticks_per_beat)
    return score


def _read_track(
    score: _Score, number: int, track: Sequence[Message | MetaMessage], beat: int
) -> None:
    now, name = 0, ""
    open_notes: dict[tuple[int, int], list[float]] = defaultdict(list)
    words: dict[float, str] = {}
    for event in track:
        now += event.time
        at = now / beat
        if event.type == "track_name":
            name = name or str(event.name).strip("\0 ")
        elif event.type == "set_tempo" and event.tempo > 0:
            score.tempi.append((at, tempo2bpm(event.tempo)))
        elif event.type == "time_signature":
            score.meters.append((at, Meter(event.numerator, event.denominator)))
        elif event.type == "key_signature":
            score.fifths.append(_fifths(event.key))
        elif event.type == "lyrics" and event.text.strip():
            words[at] = event.text.strip()
        elif event.type == "note_on" and event.velocity > 0:
            open_notes[event.channel, event.note].append(at)
        elif event.type in ("note_on", "note_off"):
            _close(score, number, open_notes, (event.channel, event.note), at)
    for place, begun in open_notes.items():
        for _ in [*begun]:
            _close(score, number, open_notes, place, now / beat)
    for channel in {key[1] for key in score.voices if key[0] == number}:
        score.voices[number, channel].name = name
        score.voices[number, channel].words = words
    if number == 0:
        score.title = name


def _close(
    score: _Score,
    number: int,
    open_notes: dict[tuple[int, int], list[float]],
    place: tuple[int, int],
    at: float,
) -> None:
    """End the note of a (channel, pitch) that began first."""
    begun = open_notes.get(place)
    if not begun or place[0] == DRUM_CHANNEL:
        return
    start = begun.pop(0)
    voice = score.voices[number, place[0]]
    if at > start:
        voice.notes.append(Free(place[1], start, at - start))
    else:
        voice.empty += 1


def _fifths(name: str) -> int:
    letter, rest = name[0], name[1:]
    major = SHARPS.index(letter) - 1 + 7 * (rest.count("#") - rest.count("b"))
    return major - 3 * name.endswith("m")


def _melody(score: _Score) -> _Voice:
    """The voice with the highest line of single notes; names help."""
    sounding = [voice for voice in score.voices.values() if voice.notes]
    if not sounding and any(voice.empty for voice in score.voices.values()):
        raise unreadable("no_length", "The notes of this file have no length.")
    if not sounding:
        raise unreadable("no_notes", "There is no note in this file.")
    most = max(len(highest_line(voice.notes)) for voice in sounding)
    return max(sounding, key=lambda voice: _carries(voice, most))


def _carries(voice: _Voice, most: int) -> float:
    line = highest_line(voice.notes)
    height = sum(note.pitch for note in line) / len(line)
    named = NAME_BONUS * (bool(NAMED.search(voice.name)) - bool(UNDER.search(voice.name)))
    chords = CHORD_COST * (1 - len(line) / len(voice.notes))
    thin = THIN_COST * max(0.0, 0.35 - len(line) / most) / 0.35
    return height + named + 0.5 * bool(voice.words) * NAME_BONUS - chords - thin


def _tune(
    score: _Score, voice: _Voice, line: Sequence[Free], remarks: list[Remark]
) -> UploadedTune:
    end = max(note.onset + note.duration for note in line)
    meter, upbeat = _meter(score, end, remarks)
    skipped = _silence(line[0].onset, meter)
    line = [Free(note.pitch, note.onset - skipped, note.duration) for note in line]
    notes = placed(line, meter or Meter(4, 4))
    if meter is None:
        meter = found_meter(notes)
        remarks.append(Remark("meter", f"The meter {meter} was guessed.", {"meter": str(meter)}))
    if upbeat is None:
        upbeat = (notes[0].start + found_upbeat(notes, meter)) % meter.bar
    kept = first_bars(notes, meter, upbeat, MOST_BARS)
    if len(kept) < len(notes):
        remarks.append(cut_remark())
    notes = kept
    bars = barred(notes, meter, upbeat)
    sounding = [Note(each.pitch, as_quarters(each.start), as_quarters(each.end - each.start))
                for each in notes]  # fmt: skip
    key = found_key(sounding, score.fifths[0] if score.fifths else None)
    tune = Tune(meter, key, bars, score.title, _tempo(score, meter, end))
    count = len(tune.notes())
    if not count:
        raise unreadable("no_notes", "There is no note in this file.")
    words = tuple(_words(voice.words, line, skipped))[:count]
    tune = Tune(meter, key, bars, score.title, tune.tempo_bpm, words if any(words) else ())
    return UploadedTune(tune, "midi", guessed_style(tune), tuple(remarks))


def _words(words: Mapping[float, str], line: Sequence[Free], skipped: float) -> Iterator[str]:
    """The syllable that stands where a note begins."""
    places = {round((at - skipped) * QUARTER): word for at, word in words.items()}
    for note in line:
        word = places.get(round(note.onset * QUARTER), "")
        yield word if word else "_" if places else ""


def _meter(score: _Score, end: float, remarks: list[Remark]) -> tuple[Meter | None, int | None]:
    """The meter that lasts longest and the ticks of its upbeat; None where the file does not say.
    A first signature that lasts for just one shorter bar is an upbeat."""
    said = [(at, meter) for at, meter in sorted(score.meters, key=lambda each: each[0])
            if meter.unit in (2, 4, 8, 16) and 1 <= meter.beats <= 16]  # fmt: skip
    if not said:
        return None, None
    (first_at, first), *rest = said
    if rest and rest[0][0] == first_at + first.quarters and first.bar < rest[0][1].bar:
        return rest[0][1], first.bar
    spans = defaultdict[Meter, float](float)
    for (at, meter), (after, _) in pairwise([*said, (max(end, said[-1][0]), first)]):
        spans[meter] += after - at
    if len(spans) > 1:
        remarks.append(Remark("meter_changes", "The meter changes; one was taken throughout."))
    return max(spans, key=lambda meter: spans[meter]), None


def _silence(first: float, meter: Meter | None) -> float:
    """Quarters of whole silent bars before the first note."""
    bar = float(meter.quarters) if meter else 4.0
    return bar * int((first + 0.02) / bar)


def _tempo(score: _Score, meter: Meter, end: float) -> int:
    """Felt beats a minute of the tempo that lasts longest."""
    if not score.tempi:
        return round(120 * QUARTER / felt_ticks(meter))
    said = sorted(score.tempi)
    spans = defaultdict[float, float](float)
    for (at, bpm), (after, _) in pairwise([*said, (max(end, said[-1][0]) + 0.01, 0.0)]):
        spans[bpm] += after - at
    quarters = max(spans, key=lambda bpm: spans[bpm])
    return max(20, min(400, round(quarters * QUARTER / felt_ticks(meter))))
