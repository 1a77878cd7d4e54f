"""A melody out of MusicXML (.musicxml, .xml) or its compressed form (.mxl), read by music21.

Only what is needed reaches music21: the first part with notes, at most so many bars. A document
that declares entities is refused unread.
"""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Iterator
from fractions import Fraction
from typing import Any
from xml.etree import ElementTree
from xml.etree.ElementTree import Element
from zipfile import BadZipFile, ZipFile

from music21 import key, meter, stream, tempo
from music21.exceptions21 import Music21Exception
from music21.musicxml.xmlToM21 import MusicXMLImporter

from studio.music.abc_writer import felt_ticks
from studio.music.analysis import found_key, guessed_style
from studio.music.key import SCALES, TONICS, Key, write_key
from studio.music.meter import QUARTER, Meter
from studio.music.note import Note
from studio.music.quantise import (
    Free,
    Placed,
    as_quarters,
    barred,
    first_bars,
    highest_line,
    placed,
)
from studio.music.tune import Tune
from studio.render.uploaded_tune import MOST_BARS, Remark, UploadedTune, cut_remark, unreadable

MOST_BYTES, MOST_UNPACKED = 8_000_000, 16_000_000
ENTITIES = re.compile(rb"<!(?:ENTITY|DOCTYPE[^>]*\[)")
SPARE_BARS = 8
"""Bars read beyond the most that are kept, for repeats and upbeats."""


def mxl_tune(content: bytes) -> UploadedTune:
    """The melody of a compressed MusicXML file. Raises InvalidInput("upload")."""
    try:
        with ZipFile(io.BytesIO(content)) as package:
            names = [each for each in package.infolist() if _is_score(each.filename)]
            if not names:
                raise unreadable("musicxml", "There is no score in this archive.")
            if names[0].file_size > MOST_UNPACKED:
                raise unreadable("too_large", "This score is too large.", limit_mb=8)
            with package.open(names[0]) as member:
                text = member.read(MOST_UNPACKED + 1)
    except (BadZipFile, OSError, EOFError, RuntimeError, NotImplementedError, zlib.error):
        raise _broken() from None
    return musicxml_tune(text)


def musicxml_tune(content: bytes) -> UploadedTune:
    """The melody of a MusicXML document. Raises InvalidInput("upload")."""
    if len(content) > MOST_UNPACKED:
        raise unreadable("too_large", "This score is too large.", limit_mb=8)
    if ENTITIES.search(content) or b"\0" in content[:200]:
        raise unreadable("musicxml_entities", "This score declares entities, which is not safe.")
    try:
        root = ElementTree.fromstring(content)
    except (ElementTree.ParseError, ValueError, LookupError):
        raise _broken() from None
    remarks = [*_trimmed(root)]
    try:
        importer: Any = MusicXMLImporter()  # type: ignore[no-untyped-call]
        importer.xmlRoot = root
        importer.xmlRootToScore(root, importer.stream)
        part = importer.stream.parts[0]
    except (Music21Exception, ValueError, KeyError, IndexError, TypeError, AttributeError,
            ZeroDivisionError, OverflowError, RecursionError):  # fmt: skip
        raise _broken() from None
    return _tune(root, _unrolled(part), remarks)


def _is_score(name: str) -> bool:
    return name.lower().endswith((".xml", ".musicxml")) and not name.startswith("META-INF")


def _broken() -> Exception:
    return unreadable("musicxml", "This is no MusicXML that I can read.", "Export it again.")


def _trimmed(root: Element) -> Iterator[Remark]:
    """Leave the first part with notes, and of it no more bars than can be kept."""
    if not root.tag.endswith("score-partwise"):
        raise _broken()
    parts = [each for each in root if each.tag == "part"]
    sounding = [part for part in parts if part.find("measure/note/pitch") is not None]
    if not sounding:
        raise unreadable("no_notes", "There is no note in this file.")
    for part in parts:
        if part is not sounding[0]:
            root.remove(part)
    if len(sounding) > 1:
        yield Remark("voice", f"Of {len(sounding)} parts the first was taken.",
                     {"voices": len(sounding), "name": ""})  # fmt: skip
    listed = root.find("part-list")
    for entry in [*(listed if listed is not None else ())]:
        if entry.tag != "score-part" or entry.get("id") != sounding[0].get("id"):
            listed.remove(entry)  # type: ignore[union-attr]
    for bar in [*sounding[0]][MOST_BARS + SPARE_BARS :]:
        sounding[0].remove(bar)
    if len([*sounding[0].iter("note")]) > 200 * MOST_BARS:
        raise unreadable("events", "This score holds far more than a melody.")


def _unrolled(part: Any) -> Any:
    """Repeats played, where they make sense."""
    try:
        return part.expandRepeats()
    except (Music21Exception, ValueError, IndexError, AttributeError):
        return part


def _tune(root: Element, part: Any, remarks: list[Remark]) -> UploadedTune:
    flat = part.flatten()
    signature = _meter(flat)
    line, words = _line(part)
    if not line:
        raise unreadable("no_notes", "There is no note in this file.")
    bars = [*part.getElementsByClass(stream.Measure)]
    upbeat = round(float(bars[0].duration.quarterLength) * QUARTER) if len(bars) > 1 else 0
    upbeat = upbeat if 0 < upbeat < signature.bar else 0
    notes = _on_grid(line, signature)
    kept = first_bars(notes, signature, upbeat, MOST_BARS)
    if len(kept) < len(notes):
        remarks.append(cut_remark())
    notes = kept
    made = barred(notes, signature, upbeat)
    if len({str(each.ratioString) for each in flat.getElementsByClass(meter.TimeSignature)}) > 1:
        remarks.append(Remark("meter_changes", "The meter changes; one was taken throughout."))
    title = (root.findtext("work/work-title") or root.findtext("movement-title") or "").strip()
    tune = Tune(signature, _key(flat, notes), made, title, _tempo(flat, signature))
    count = len(tune.notes())
    sung = tuple(words.get(each.start, "_" if words else "") for each in notes)[:count]
    tune = Tune(signature, tune.key, made, title, tune.tempo_bpm, sung if any(words) else ())
    return UploadedTune(tune, "musicxml", guessed_style(tune), tuple(remarks))


def _line(part: Any) -> tuple[list[Free], dict[int, str]]:
    """The highest notes, ties joined, and the syllables by the tick they begin at."""
    free, words = [], {}
    for each in part.stripTies().flatten().notes:
        length = each.duration.quarterLength
        if not length or not each.pitches or each.classSet & {"ChordSymbol", "Unpitched"}:
            continue
        onset = Fraction(each.offset).limit_denominator(96)
        free.append(Free(max(each.pitches).midi, float(onset), float(length)))
        if each.lyrics and each.lyrics[0].text:
            joins = each.lyrics[0].syllabic in ("begin", "middle")
            words[round(onset * QUARTER)] = each.lyrics[0].text + ("-" if joins else "")
    return highest_line(free, slack=0.0), words


def _on_grid(line: list[Free], signature: Meter) -> list[Placed]:
    """Exactly, where everything lies on the grid of ticks; else as near as it comes."""
    exact = [
        (note.pitch, note.onset * QUARTER, (note.onset + note.duration) * QUARTER) for note in line
    ]
    if all(abs(at - round(at)) < 0.01 for _, *both in exact for at in both):
        return [Placed(pitch, round(start), round(end)) for pitch, start, end in exact]
    return placed(line, signature)


def _meter(flat: Any) -> Meter:
    for each in flat.getElementsByClass(meter.TimeSignature):
        if each.denominator in (2, 4, 8, 16) and 1 <= each.numerator <= 16:
            return Meter(each.numerator, each.denominator)
    return Meter(4, 4)


def _key(flat: Any, notes: list[Placed]) -> Key:
    """As it is said, where a mode is said; else found among those of the signature."""
    said: Any = next(iter(flat.getElementsByClass(key.KeySignature)), None)
    if isinstance(said, key.Key) and said.mode in SCALES:
        return write_key(TONICS[said.tonic.pitchClass], str(said.mode))
    sounding = [
        Note(each.pitch, as_quarters(each.start), as_quarters(each.end - each.start))
        for each in notes
    ]
    return found_key(sounding, said.sharps if said is not None else None)


def _tempo(flat: Any, signature: Meter) -> int:
    for mark in flat.getElementsByClass(tempo.MetronomeMark):
        quarters = mark.getQuarterBPM()
        if quarters:
            felt = float(quarters) * QUARTER / felt_ticks(signature)
            return max(20, min(400, round(felt)))
    return 0
