"""Spelling of English by pyspellchecker (MIT; word list from OpenSubtitles counts), offline.

Names are no slips: a word with a capital inside a sentence, a speaker's cue, anything that stands
in the brief. British forms are right.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator
from functools import cache

from spellchecker import SpellChecker

from studio.prose.slip import Slip, slip_at

_WORD = re.compile(r"(?<![\w@#./’'-])[A-Za-z]+(?:['’][A-Za-z]+)*(?![\w@/])")
_SENTENCE_START = re.compile(r"(?:\A|\n|[.!?…:]|[\"“‘(])[\"“‘'(\s]*\Z")
_TITLE = re.compile(r"\b(?:Mr|Mrs|Ms|Dr|Prof|St|Mt|Sr|Jr)\.\s*\Z")
LEAST_LETTERS = 3
"""Shorter words are not checked."""
MOST_FIXES = 3
_BRITISH = (
    (re.compile(r"our(?=\w*\Z)"), "or"),
    (re.compile(r"is(?=(?:e|ed|es|er|ing|ation)s?\Z)"), "iz"),
    (re.compile(r"ys(?=(?:e|ed|es|ing)\Z)"), "yz"),
    (re.compile(r"tre(?=s?\Z)"), "ter"),
    (re.compile(r"bre(?=d?s?\Z)"), "ber"),
    (re.compile(r"ll(?=(?:ed|ing|er|ers|ery|or|ors)\Z)"), "l"),
    (re.compile(r"ogue(?=s?\Z)"), "og"),
    (re.compile(r"ae"), "e"),
    (re.compile(r"grey"), "gray"),
    (re.compile(r"plough"), "plow"),
    (re.compile(r"draught"), "draft"),
    (re.compile(r"mould"), "mold"),
    (re.compile(r"smoulder"), "smolder"),
    (re.compile(r"enc(?=e\Z)"), "ens"),
    (re.compile(r"l(?=(?:ful|ment|fully)\Z)"), "ll"),
    (re.compile(r"pyjama"), "pajama"),
    (re.compile(r"tyre"), "tire"),
    (re.compile(r"kerb"), "curb"),
    (re.compile(r"storey"), "story"),
)


def spelling_slips(text: str, known: Collection[str] = ()) -> Iterator[Slip]:
    """Words that no dictionary has, with what they may have been. `known` is in lower case."""
    names = _names(text)
    for hit in _WORD.finditer(text):
        word = hit.group().replace("’", "'")
        plain = _stem(word)
        if len(plain) < LEAST_LETTERS or plain in known or plain in names or _is_name(text, hit):
            continue
        if not _is_word(plain):
            fixes = tuple(_in_case(word, each) for each in _fixes(word.casefold()))
            yield slip_at(text, hit.start(), hit.end(), "spelling", *fixes)


@cache
def _dictionary() -> SpellChecker:
    return SpellChecker(distance=1)


@cache
def _is_word(word: str) -> bool:
    if word in _dictionary() or word.rstrip("'") in _dictionary():
        return True
    forms = (pattern.sub(plain, word) for pattern, plain in _BRITISH if pattern.search(word))
    return any(form in _dictionary() for form in forms) or _is_compound(word)


def _is_compound(word: str) -> bool:
    """ "tramstop": two words of four letters or more."""
    halves = ((word[:at], word[at:]) for at in range(4, len(word) - 3))
    return any(one in _dictionary() and other in _dictionary() for one, other in halves)


@cache
def _fixes(word: str) -> tuple[str, ...]:
    """One wrong letter away: two would be a second of looking for a word."""
    found = _dictionary().candidates(word) or set()
    return tuple(sorted(found - {word}, key=lambda each: (-_dictionary()[each], each))[:MOST_FIXES])


def _stem(word: str) -> str:
    return re.sub(r"'s?\Z", "", word.casefold())


def _names(text: str) -> frozenset[str]:
    """Words that stand with a capital inside a sentence somewhere, or with one time and again."""
    words = list(_WORD.finditer(text))
    inside = {_stem(hit.group()) for hit in words if _is_name(text, hit)}
    capital = Counter(_stem(each.group()) for each in words if each.group()[0].isupper())
    lower = {_stem(each.group()) for each in words if each.group()[0].islower()}
    return frozenset(inside | {each for each, n in capital.items() if n > 1 and each not in lower})


def _is_name(text: str, hit: re.Match[str]) -> bool:
    word = hit.group()
    if len(word) > 1 and word.isupper():
        return True
    before = text[max(0, hit.start() - 8) : hit.start()]
    starts = _SENTENCE_START.search(before) and not _TITLE.search(before)
    return word[0].isupper() and not starts


def _in_case(word: str, fix: str) -> str:
    return fix[0].upper() + fix[1:] if word[0].isupper() else fix
