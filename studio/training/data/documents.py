"""Sections of documents: plain text, Markdown and Word. A heading becomes its section's brief."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from zipfile import BadZipFile

import docx
from docx.opc.exceptions import PackageNotFoundError

from studio.training.data.decoding import decoded
from studio.training.data.record import Place, Problem, Record

_FRONT_MATTER = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
_HEADING = re.compile(r"#{1,6}\s+(?P<title>.+?)\s*#*\s*\Z")
_RULE = re.compile(r"\s*(?:[-*_]\s*){3,}\Z")
WRAPPED = (55, 100)
"""How long the lines are that an editor has broken."""


@dataclass(frozen=True, slots=True)
class _Block:
    """A paragraph or a heading, and the line (in Word: the paragraph) it stands at."""

    row: int
    text: str
    heading: bool = False


def read_plain(path: Path) -> Iterator[Record | Problem]:
    """One section: blank lines divide paragraphs; the lines of verse stay lines."""
    text = decoded(path)
    if isinstance(text, Problem):
        yield text
    else:
        yield from _sections(path.name, _blocks(text, lambda _: ""))


def read_markdown(path: Path) -> Iterator[Record | Problem]:
    """A section under each heading; front matter and rules are left out."""
    text = decoded(path)
    if isinstance(text, Problem):
        yield text
        return
    # Blanked, not cut: the line numbers stay those of the file.
    text = _FRONT_MATTER.sub(lambda found: "\n" * found[0].count("\n"), text)
    yield from _sections(path.name, _blocks(text, _title))


def read_word(path: Path) -> Iterator[Record | Problem]:
    """A section under each heading of a .docx file. Tables, notes and pictures are left out."""
    try:
        document = docx.Document(str(path))
    except (PackageNotFoundError, BadZipFile, KeyError, ValueError):
        yield Problem(Place(path.name), code="data_docx")
        return
    blocks = (
        _Block(row, each.text.strip(), _is_heading(each.style.name if each.style else ""))
        for row, each in enumerate(document.paragraphs, 1)
    )
    yield from _sections(path.name, blocks)


def _is_heading(style: str | None) -> bool:
    return (style or "").startswith(("Heading", "Title"))


def _blocks(text: str, title_of: Callable[[str], str]) -> Iterator[_Block]:
    row, lines = 0, list[str]()
    for number, line in enumerate(text.split("\n"), 1):
        title = title_of(line)
        if line.strip() and not title and not _RULE.match(line):
            row = row or number
            lines.append(line.strip())
            continue
        if lines:
            yield _Block(row, _unwrapped(lines))
            row, lines = 0, []
        if title:
            yield _Block(number, title, heading=True)
    if lines:
        yield _Block(row, _unwrapped(lines))


def _title(line: str) -> str:
    found = _HEADING.match(line)
    return found["title"] if found else ""


def _unwrapped(lines: Sequence[str]) -> str:
    """Lines broken at a column by an editor are one paragraph; short lines are verse or speech."""
    wrapped = len(lines) > 1 and all(WRAPPED[0] <= len(line) <= WRAPPED[1] for line in lines[:-1])
    return (" " if wrapped else "\n").join(lines)


def _sections(file: str, blocks: Iterable[_Block]) -> Iterator[Record]:
    title, row, texts = "", 0, list[str]()
    for block in blocks:
        if block.heading:
            if texts:
                yield _section(file, row, title, texts)
            title, row, texts = block.text, block.row, []
        elif block.text:
            row = row or block.row
            texts.append(block.text)
    if texts:
        yield _section(file, row, title, texts)


def _section(file: str, row: int, title: str, texts: list[str]) -> Record:
    return Record(Place(file, row), {"brief": title, "text": "\n\n".join(texts)})
