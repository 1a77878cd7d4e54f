"""A scene as the elements of a screenplay, and as Fountain (https://fountain.io/syntax).

The studio lays scenes out as a slug line, action, a cue above its lines; or as "NAME: line".
`fountain` and `read_fountain` are inverse: a test goes round with every scene it has.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

ElementKind = Literal["heading", "action", "cue", "parenthetical", "line", "transition"]
_HEADING = re.compile(r"(?:INT|EXT|EST|INT\./EXT|INT/EXT|I/E)[. ]", re.IGNORECASE)
_HAN_HEADING = re.compile(r"(?:\d+[.、]?\s*)?[内外]景")
_CUE = re.compile(r"[A-Z](?:[A-Z0-9 .'’-]{0,36}[A-Z0-9])? ?(?:\([^)\n]*\))?")
_HAN_CUE = re.compile(r"[\u4e00-\u9fff]{1,8}(?:（[^）\n]*）)?")
_SPOKEN = re.compile(
    r"([A-Z][A-Za-z0-9 .'’-]{0,30}|[\u4e00-\u9fff]{1,8}(?:（[^）\n]*）)?)(?:: +|：)(\S.*)"
)
_PARENTHETICAL = re.compile(r"\([^)\n]*\)|（[^）\n]*）")
_TRANSITION = re.compile(r"[A-Z ]+ TO:|FADE (?:IN|OUT)[.:]?")
_FORCED: Mapping[str, str] = MappingProxyType(
    {".": "heading", "@": "cue", "!": "action", ">": "transition"}
)


@dataclass(frozen=True, slots=True)
class Element:
    """One element; a line of dialogue may have several rows."""

    kind: ElementKind
    text: str


def elements_of(text: str) -> tuple[Element, ...]:
    """The elements of a scene or a dialogue as the studio lays it out."""
    blocks = re.split(r"\n[ \t]*\n", text.strip("\n"))
    return tuple(each for block in blocks if block.strip() for each in _block(_rows(block)))


def fountain(elements: Iterable[Element]) -> str:
    """Fountain source: what it would read as something else is forced (".", "@", "!", ">")."""
    source = ""
    for each in elements:
        follows = each.kind in ("parenthetical", "line")
        source += ("\n" if follows else "\n\n") if source else ""
        source += _marked(each)
    return source + "\n" if source else ""


def read_fountain(source: str) -> tuple[Element, ...]:
    """The elements of Fountain source (title page and boneyard left out)."""
    body = re.sub(r"/\*.*?\*/", "", source.replace("\r\n", "\n"), flags=re.DOTALL)
    blocks = re.split(r"\n[ \t]*\n", body.strip("\n"))
    if blocks and re.match(r"(?:Title|Credit|Author|Source|Notes|Draft date):", blocks[0]):
        blocks = blocks[1:]
    return tuple(each for block in blocks if block.strip() for each in _read(_rows(block)))


def is_scene(text: str) -> bool:
    """Whether a text is laid out as a scene: a slug line first, or two voices and more."""
    elements = elements_of(text)
    if elements and elements[0].kind == "heading":
        return True
    return sum(each.kind == "cue" for each in elements) >= 2


def _rows(block: str) -> list[str]:
    return [row.strip() for row in block.split("\n") if row.strip()]


def _block(rows: Sequence[str]) -> Iterator[Element]:
    first, rest = rows[0], rows[1:]
    if _is_heading(first):
        yield Element("heading", first)
        if rest:
            yield from _block(rest)
    elif _SPOKEN.fullmatch(first):
        yield from _spoken(rows)
    elif rest and _is_cue(first):
        yield Element("cue", first)
        yield from _said(rest)
    elif not rest and _TRANSITION.fullmatch(first):
        yield Element("transition", first)
    else:
        yield Element("action", "\n".join(rows))


def _spoken(rows: Sequence[str]) -> Iterator[Element]:
    for row in rows:
        match = _SPOKEN.fullmatch(row)
        if match is None:
            yield Element("action", row)
        else:
            yield Element("cue", match.group(1))
            yield from _said([match.group(2)])


def _said(rows: Sequence[str]) -> Iterator[Element]:
    spoken: list[str] = []
    for row in rows:
        if _PARENTHETICAL.fullmatch(row):
            if spoken:
                yield Element("line", "\n".join(spoken))
                spoken = []
            yield Element("parenthetical", row)
        else:
            spoken.append(row)
    if spoken:
        yield Element("line", "\n".join(spoken))


def _is_heading(row: str) -> bool:
    return bool(_HEADING.match(row) or _HAN_HEADING.match(row))


def _is_cue(row: str) -> bool:
    return bool(_CUE.fullmatch(row) or _HAN_CUE.fullmatch(row))


def _marked(element: Element) -> str:
    text = element.text
    match element.kind:
        case "heading":
            return text if _HEADING.match(text) else "." + text
        case "cue":
            return text if _CUE.fullmatch(text) and any(map(str.isalpha, text)) else "@" + text
        case "transition":
            return text if text.endswith("TO:") else "> " + text
        case "action":
            return "!" + text if _misread(text) else text
        case "parenthetical" if text.startswith("（"):
            return f"({text[1:-1]})"
    return text


def _misread(action: str) -> bool:
    """Action that Fountain would take for a heading, a cue or something forced."""
    rows = action.split("\n")
    cue = len(rows) > 1 and _CUE.fullmatch(rows[0])
    transition = len(rows) == 1 and action.endswith("TO:") and action.isupper()
    return bool(cue or transition or _HEADING.match(action) or action[0] in ".@!>#=~")


def _read(rows: Sequence[str]) -> Iterator[Element]:
    first, rest = rows[0], rows[1:]
    forced = _FORCED.get(first[0]) if not first.startswith("..") else None
    if forced in ("heading", "transition"):
        yield Element("heading" if forced == "heading" else "transition", first[1:].strip())
        if rest:
            yield from _read(rest)
    elif forced == "action":
        yield Element("action", "\n".join([first[1:], *rest]))
    elif _HEADING.match(first):
        yield Element("heading", first)
        if rest:
            yield from _read(rest)
    elif rest and (forced == "cue" or _CUE.fullmatch(first)):
        yield Element("cue", first.removeprefix("@"))
        yield from _said(_as_han(rest) if forced == "cue" else rest)
    elif not rest and first.endswith("TO:") and first.isupper():
        yield Element("transition", first)
    else:
        yield Element("action", "\n".join(rows))


def _as_han(rows: Sequence[str]) -> list[str]:
    """Fountain's parentheses are half-width; a Chinese scene's are not."""
    return [
        f"（{row[1:-1]}）"
        if row.startswith("(") and row.endswith(")") and not row.isascii()
        else row
        for row in rows
    ]
