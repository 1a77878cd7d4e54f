"""Lyrics of ABC: the "w:" lines under the music (standard 2.1, section 5.1)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from studio.music.abc_repeats import WrittenSound

HELD, NONE = "_", "*"
_SYLLABLE = re.compile(r"\\-|-|_|\*|\||(?:\\-|[^\s\-_*|])+")


def laid_under(line: str, notes: Sequence[WrittenSound]) -> None:
    """Set the syllables of a lyric line under the notes of the music line before it. Tied notes
    take a place each, as the standard says; but where that would put a word under one and there
    are just as many syllables as struck notes, they take none."""
    syllables = [*_syllables(line)]
    struck = [note for note in notes if not note.sound.tied]
    spent = any(
        note.sound.tied and syllable not in (HELD, NONE)
        for note, syllable in zip(notes, syllables, strict=False)
    )
    targets = struck if spent and len(syllables) == len(struck) else notes
    for note, syllable in zip(targets, syllables, strict=False):
        note.word = "" if syllable == NONE or note.sound.tied else syllable


def lyric_line(words: Sequence[str]) -> str:
    """The "w:" line of syllables, one for each note, tied notes included; "" without words."""
    if not any(word not in ("", HELD) for word in words):
        return ""
    # A syllable that is joined to the next stands against it: "morn-ing".
    return "w: " + "".join(_written(word) + ("" if _joins(word) else " ") for word in words).strip()


def _joins(word: str) -> bool:
    return word.endswith("-") and len(word) > 1


def _syllables(line: str) -> Iterator[str]:
    """One text a note: "word", "syl-" joined to the next, "_" held, "*" none."""
    held: str | None = None
    for part in _SYLLABLE.findall(line):
        if part == "-" and held is not None:
            yield held + "-"
            held = None
            continue
        if held is not None:
            yield held
            held = None
        if part in (HELD, NONE):
            yield part
        elif part == "-":
            yield HELD
        elif part != "|":
            held = part.replace("\\-", "-").replace("~", " ")
    if held is not None:
        yield held


def _written(word: str) -> str:
    if word in ("", HELD):
        return word or NONE
    body, joins = (word[:-1], "-") if _joins(word) else (word, "")
    kept = re.sub(r"[_*|%\\]", "", body).strip()
    return kept.replace("-", "\\-").replace(" ", "~") + joins if kept else NONE
