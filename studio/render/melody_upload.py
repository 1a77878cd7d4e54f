"""A melody that a person brings: MIDI, ABC, MusicXML, or a hummed recording.

What a file is, is told by its content, not its name. Whatever is wrong with it becomes one
sentence: InvalidInput, field "upload", code "melody_upload_...".
"""

from __future__ import annotations

import re
from dataclasses import replace

from studio.errors import InvalidInput
from studio.music.abc_reader import LeadSheet, read_lead_sheet
from studio.music.analysis import guessed_style
from studio.music.quantise import cut_to, rebarred
from studio.music.tune import Tune
from studio.render.hum import hummed_tune
from studio.render.midi_upload import midi_tune
from studio.render.musicxml_upload import musicxml_tune, mxl_tune
from studio.render.uploaded_tune import MOST_BARS, Remark, UploadedTune, cut_remark, unreadable

MOST_BYTES = 40_000_000
"""Larger files are refused unread."""
MOST_TEXT = 400_000
SOUNDS = (b"RIFF", b"fLaC", b"OggS", b"ID3", b"\xff\xfb", b"\xff\xf3", b"\xff\xf2", b"FORM")
ABC_STYLES = (
    ("slip jig", "jig"), ("jig", "jig"), ("hornpipe", "hornpipe"), ("reel", "reel"),
    ("waltz", "waltz"), ("march", "march"), ("hymn", "hymn"), ("lullaby", "lullaby"),
    ("air", "folk"), ("song", "ballad"), ("polka", "reel"),
)  # fmt: skip
"""Words of an ABC rhythm field (R:) -> style."""


def uploaded_tune(name: str, content: bytes) -> UploadedTune:
    """What a file plays. Raises InvalidInput("upload") with one sentence for whatever is wrong."""
    if not content:
        raise unreadable("empty", "This file is empty.", name=name)
    if len(content) > MOST_BYTES:
        limit = MOST_BYTES // 10**6
        raise unreadable(
            "too_large", f"This file is larger than {limit} MB.", name=name, limit_mb=limit
        )
    found = _read(content)
    if not found.tune.notes():
        raise unreadable("no_notes", "There is no note in this file.")
    return replace(found, tune=replace(found.tune, title=_title(found.tune.title)))


def _read(content: bytes) -> UploadedTune:
    if content.startswith(b"MThd"):
        return midi_tune(content)
    if content.startswith(b"PK\x03\x04"):
        return mxl_tune(content)
    if content.startswith(SOUNDS):
        return hummed_tune(content)
    if re.search(rb"<(?:!DOCTYPE\s+)?score-(?:partwise|timewise)", content[:4000]):
        return musicxml_tune(content)
    text = _text(content)
    if re.search(r"^K:", text, re.MULTILINE):
        return abc_tune(text)
    if re.search(r"^[XTML]:", text, re.MULTILINE):
        raise unreadable("abc_key", "This ABC has no key line (K:).", "Add one, such as K:C.")
    raise unreadable(
        "kind",
        "This is no music that I can read.",
        "Bring a MIDI, ABC, MusicXML or sound file.",
    )


def abc_tune(text: str) -> UploadedTune:
    """The first tune of an ABC text, its repeats played. Raises InvalidInput("upload")."""
    if len(text) > MOST_TEXT:
        raise unreadable("too_large", "This text is too long for a melody.", limit_mb=1)
    try:
        sheet = read_lead_sheet(text, lenient=True)
    except InvalidInput as error:
        raise unreadable(
            "abc", f"This is no ABC that I can read: {error.message}", reason=error.message
        ) from error
    if not sheet.tune.notes():
        raise unreadable("no_notes", "There is no note in this file.")
    return _abc_upload(text, sheet)


def _abc_upload(text: str, sheet: LeadSheet) -> UploadedTune:
    tune, remarks = rebarred(sheet.tune), list[Remark]()
    if len(re.findall(r"^X:", text, re.MULTILINE)) > 1:
        remarks.append(Remark("first_tune", "Of several tunes the first was taken."))
    if len(set(re.findall(r"^(?:V:|\[V:)\s*([^\s\]]+)", text, re.MULTILINE))) > 1:
        remarks.append(Remark("first_voice", "Of several voices the first was taken."))
    if tune is not sheet.tune:
        remarks.append(Remark("bars", "Some bars did not add up; the bar lines were moved."))
    if tune.full_bars > MOST_BARS:
        remarks.append(cut_remark())
        tune = cut_to(tune, MOST_BARS)
    chords = tuple(each for each in sheet.chords if each[0] < tune.quarters)
    return UploadedTune(tune, "abc", _style(text, tune), tuple(remarks), chords)


def _style(text: str, tune: Tune) -> str:
    rhythm = re.search(r"^R:\s*(.+)$", text, re.MULTILINE)
    named = rhythm[1].lower() if rhythm else ""
    return next((style for word, style in ABC_STYLES if word in named), guessed_style(tune))


def _text(content: bytes) -> str:
    """UTF-8 where it is, else any bytes as letters; "" for what holds bytes no text has."""
    if b"\0" in content[:4096]:
        return ""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("latin-1")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _title(title: str) -> str:
    return "".join(each if each.isprintable() else " " for each in title).strip()[:60]
