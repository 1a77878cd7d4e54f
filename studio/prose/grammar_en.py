"""Simple slips of English, each by a rule that is nearly never wrong."""

from __future__ import annotations

import re
from collections.abc import Iterator

from studio.prose.slip import Slip, slip_at

_DOUBLED = re.compile(r"\b([A-Za-z]+)([ \t]+)(\1)\b(?=[ \t]+[A-Za-z])", re.IGNORECASE)
"""Before a mark a doubled word is mostly meant: tap tap."""
_OFTEN_TWICE = "had that very so no yes now there bye ha oh well never more far much"
_MAY_DOUBLE = frozenset(_OFTEN_TWICE.split())
_ARTICLE = re.compile(r"\b(a|an|A|An)[ \t]+([A-Za-z][A-Za-z'’-]*)")
_STARTS = re.compile(r"(?:\A|\n|[.!?…:]|[\"“‘(])[\"“‘'(\s]*\Z")
_INITIALS = re.compile(r"[A-Z]{1,4}(?=-|\Z)")
"""Read letter by letter; longer capitals are words (a SOLDIER)."""
_SILENT_H = re.compile(r"(?:hour|honest|honou?r|heir)", re.IGNORECASE)
_YOU_SOUND = re.compile(
    r"(?:uni(?!n)|us(?:e|ing|ual|ur)|eu|ewe|ut(?:il|op)|ub(?:iq)|uk|once\b|one\b|one-|u[- ])",
    re.IGNORECASE,
)
_VOWEL_LETTERS = frozenset("AEFHILMNORSX")
"""Letters whose names begin with a vowel: an FBI agent."""
_LOWER_START = re.compile(r"(?<=[a-z]{2}[.!?])\s+([a-z][a-z'’]*)\b(?!\.)")
_ABBREVIATED = re.compile(
    r"\b(?:etc|vs|approx|dept|est|fig|inc|no|vol|cf|eg|ie)\.\s+\Z", re.IGNORECASE
)
_LONE_I = re.compile(r"(?<![\w.'’-])i(?=['’](?:m|ll|d|ve)\b|[ ,;:?!])(?!\.)")
_SPACE_BEFORE = re.compile(
    r"(?<=\w)[ \t]+(?:([,;!?])(?=[A-Za-z])|([,;:!?]|\.(?!\.))(?=\s|$|[\"”’]))"
)
_DOUBLE_SPACE = re.compile(r"(?<=\S) {2,}(?=\S)")
_NO_SPACE = re.compile(r"(?<=[a-z])([,;])(?=[A-Za-z])|(?<=[a-z]{2})([.!?])(?=[A-Z][a-z])")
_DOUBLED_MARK = re.compile(r",,+|;;+|(?<!\.)\.\.(?!\.)|,\.|\.,")
_PARAGRAPH = re.compile(r"[^\n]+")


def english_slips(text: str) -> Iterator[Slip]:
    """Doubled words, a/an, missing capitals, spaces and marks that are wrong, open quotes."""
    yield from _doubled_words(text)
    yield from _articles(text)
    yield from _capitals(text)
    yield from _spaces_and_marks(text)
    for paragraph in _PARAGRAPH.finditer(text):
        yield from _open_quote(text, paragraph)


def _doubled_words(text: str) -> Iterator[Slip]:
    for hit in _DOUBLED.finditer(text):
        first, second = hit.group(1), hit.group(3)
        name = first[0].isupper() and second[0].isupper()
        if first.casefold() not in _MAY_DOUBLE and not name:
            yield slip_at(text, hit.start(), hit.end(), "doubled_word", first)


def _articles(text: str) -> Iterator[Slip]:
    for hit in _ARTICLE.finditer(text):
        article, word = hit.group(1), hit.group(2)
        if article[0] == "A" and not _STARTS.search(text[: hit.start()]):
            continue  # "Screw A is stuck": a letter, not an article
        wanted = "an" if _vowel_sound(word) else "a"
        if article.casefold() != wanted:
            fix = wanted.capitalize() if article[0] == "A" else wanted
            yield slip_at(text, hit.start(1), hit.end(1), "article", fix)


def _vowel_sound(word: str) -> bool:
    if _INITIALS.match(word):
        return word[0] in _VOWEL_LETTERS
    if _SILENT_H.match(word):
        return True
    return word[0].casefold() in "aeiou" and not _YOU_SOUND.match(word)


def _capitals(text: str) -> Iterator[Slip]:
    for hit in _LOWER_START.finditer(text):
        if not _ABBREVIATED.search(text[: hit.start(1)]):
            yield slip_at(text, hit.start(1), hit.end(1), "capital", hit.group(1).capitalize())
    for hit in _LONE_I.finditer(text):
        yield slip_at(text, hit.start(), hit.end(), "capital", "I")


def _spaces_and_marks(text: str) -> Iterator[Slip]:
    for hit in _SPACE_BEFORE.finditer(text):
        yield slip_at(text, hit.start(), hit.end(), "space_before", _closed_up(hit))
    for hit in _DOUBLE_SPACE.finditer(text):
        yield slip_at(text, hit.start(), hit.end(), "double_space", " ")
    for hit in _NO_SPACE.finditer(text):
        yield slip_at(text, hit.start(), hit.end(), "no_space", hit.group() + " ")
    for hit in _DOUBLED_MARK.finditer(text):
        fixes = ("…", ".") if hit.group() == ".." else (hit.group()[-1],)
        yield slip_at(text, hit.start(), hit.end(), "doubled_mark", *fixes)


def _closed_up(hit: re.Match[str]) -> str:
    return f"{hit.group(1)} " if hit.group(1) else hit.group(2)


def _open_quote(text: str, paragraph: re.Match[str]) -> Iterator[Slip]:
    """A quotation that goes on in the next paragraph may stay open; the next one opens again."""
    body, start = paragraph.group().rstrip(), paragraph.start()
    goes_on = re.match(r"\s*[“\"]", text[paragraph.end() :]) is not None
    last = start + len(body) - 1
    if body.count('"') % 2 and not goes_on:
        yield slip_at(text, last, last + 1, "open_quote", body[-1] + '"')
    elif body.count("“") > body.count("”") and not goes_on:
        yield slip_at(text, last, last + 1, "open_quote", body[-1] + "”")
    elif body.count("”") > body.count("“"):
        at = start + body.index("”")
        yield slip_at(text, at, at + 1, "open_quote", "")
