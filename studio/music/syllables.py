"""A text as the syllables that notes carry: one a Chinese character, English words divided.

How many syllables an English word has is the caller's knowledge (a dictionary's); where it is
divided follows the usual rules of hyphenation: a single consonant goes with the vowel after it, two
are parted, a group that begins English words stays whole, endings like -ing are kept together.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

CountSyllables = Callable[[str], int]
"""Syllables of one English word in small letters."""

_TOKEN = re.compile(
    r"(?P<han>[\u3400-\u9fff\uf900-\ufaff\u3040-\u30ff])"
    r"|(?P<word>[^\W\d_\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]+(?:['’][^\W\d_]+)*['’]?|\d+)"
    r"|(?P<mark>[,.;:!?…]+)|(?P<hyphen>-)|(?P<other>.)",
    re.DOTALL,
)
_VOWELS = re.compile(r"(?:(?<!q)u|[aeioáéíóúàèùâêîôûäëïöü]|(?<!^)y(?![aeiou]))+", re.IGNORECASE)
_SAID = """
b bl br c ch chr cl cr d dr f fl fr g gh gl gn gr h j k kn l m n p ph pl pr q qu r s sc sch scr sh
shr sk sl sm sn sp spl spr st str t th thr tr tw v w wh wr x y z
"""
_ONSETS = frozenset(_SAID.split())
_PARTED = ("ia", "io", "eo", "ua", "iu", "uo", "ea", "ie", "oe", "ue", "ui", "oi", "ei", "ae", "yi")
"""Pairs of vowels that may belong to two syllables, the likeliest first."""
_DIGRAPHS = frozenset({"ch", "sh", "th", "ph", "wh", "gh"})
_INFLECTED = re.compile(r"(?<=[a-z])(?:(?<!th)ings?|ed|es)$")


def fit_lines(text: str, count: CountSyllables) -> tuple[tuple[str, ...], ...]:
    """The lines of a text that have something to sing, as syllables. "-" at the end of a syllable
    joins it to the next; a comma or a full stop stays with the English word before it."""
    found = (tuple(_syllables(line, count)) for line in text.splitlines())
    return tuple(line for line in found if line)


def divided(word: str, count: int) -> tuple[str, ...]:
    """A word in `count` parts (fewer when it has fewer letters), without hyphens."""
    if count <= 1 or len(word) < 2:
        return (word,)
    nuclei = _nuclei(word, count)
    cuts = [_cut(word, left, right) for left, right in pairwise(nuclei)]
    parts = [word[start:end] for start, end in zip([0, *cuts], [*cuts, len(word)], strict=True)]
    while len(parts) < count and max(map(len, parts)) > 1:
        longest = max(range(len(parts)), key=lambda place: len(parts[place]))
        part = parts[longest]
        parts[longest : longest + 1] = [part[: (len(part) + 1) // 2], part[(len(part) + 1) // 2 :]]
    return tuple(parts)


def _syllables(line: str, count: CountSyllables) -> Iterator[str]:
    found: list[str] = []
    joins = False
    for token in _TOKEN.finditer(line):
        text = token[0]
        if token["han"]:
            found.append(text)
        elif token["word"]:
            parts = divided(text, count(text.lower().replace("’", "'")))
            found += [f"{part}-" for part in parts[:-1]]
            found.append(parts[-1])
        elif token["mark"] and found and found[-1][-1] < "\u2e80":
            found[-1] += text
        joins = bool(token["hyphen"])
        if joins and found and not found[-1].endswith("-") and found[-1][-1:].isalnum():
            found[-1] += "-"
    if found and found[-1].endswith("-"):
        found[-1] = found[-1].rstrip("-")
    return iter([each for each in found if each])


def _nuclei(word: str, count: int) -> list[tuple[int, int]]:
    """Where the vowels of `count` syllables stand: silent ones dropped, pairs parted."""
    groups = [match.span() for match in _VOWELS.finditer(word)]
    if not groups:
        return []
    groups = _without_last_e(word, groups, count)
    while len(groups) > count:
        groups.remove(_silent(word, groups))
    while len(groups) < count:
        parted = _parted(word, groups)
        if parted is None:
            return groups
        groups = parted
    return groups


def _without_last_e(word: str, groups: list[tuple[int, int]], count: int) -> list[tuple[int, int]]:
    """ "science" has two syllables, but not by its last letter."""
    silent = re.search(r"[^aeiouyl]e$", word.lower()) and len(groups) == count > 1
    if not silent:
        return groups
    parted = _parted(word, groups[:-1], sure=True)
    return parted or groups


def _silent(word: str, groups: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """The vowel that is least likely to be heard."""
    low = word.lower()

    def doubt(span: tuple[int, int]) -> float:
        start, end = span
        if low[start:end] != "e" or start == 0:
            return -1.0 - (end - start) + 0.01 * start
        sonant = low[start - 1 : start] == "l" and low[start - 2 : start - 1] not in (*"aeiouy", "")
        if end == len(low):
            return 1.0 if sonant else 4.0
        if low[end:] in ("s", "d"):
            return 1.0 if sonant else 3.0
        return 2.0 if low[end] not in "aeiouy" else 0.0

    return max(groups[1:], key=doubt)


def _parted(
    word: str, groups: Sequence[tuple[int, int]], sure: bool = False
) -> list[tuple[int, int]] | None:
    """The groups with the likeliest pair in two; `sure`: only pairs that often are."""
    low = word.lower()
    pairs = [
        (_PARTED.index(low[at : at + 2]) if low[at : at + 2] in _PARTED else len(_PARTED), at, span)
        for span in groups
        for at in range(span[0], span[1] - 1)
    ]
    if not pairs or (sure and min(pairs)[0] == len(_PARTED)):
        return None
    _, at, span = min(pairs)
    place = groups.index(span)
    return [*groups[:place], (span[0], at + 1), (at + 1, span[1]), *groups[place + 1 :]]


def _cut(word: str, left: tuple[int, int], right: tuple[int, int]) -> int:
    """Where the second of two neighbouring syllables begins."""
    low = word.lower()
    start, end = left[1], right[0]
    ending = _INFLECTED.search(low)
    if ending and ending.start() == end:
        doubled = end - start >= 2 and low[end - 1] == low[end - 2] and low[end - 1] not in "lsfz"
        return end - 1 if doubled else end
    if low[end - 1 :] in ("le", "les", "led") and end - start >= 2:
        return end - 2
    if closed := re.match("ght|tch|dge|ck", low[start:end]):
        return start + closed.end()
    if silent := re.search(r"(?<=[^aeiouy])e(?=[^aeiouy])", low[start:end]):
        start += silent.end()
    between = low[start:end].rstrip("'’")
    if low[end - 2 : end] in ("ck", "ng") and end - start == 2:
        return end
    for cut in range(len(between) + 1):
        # Two consonants are parted, even where a word could begin with both: "mas-ter".
        whole = cut == 0 and len(between) > 1 and between not in _DIGRAPHS and start == left[1]
        if between[cut:] in _ONSETS and not whole:
            return start + cut
    return end
