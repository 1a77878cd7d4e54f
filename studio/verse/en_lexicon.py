"""Syllables and rhymes of common English words.

The lexicon is data of this package (`en.tsv`: word, syllables, rhyme, onset, stress; the most
frequent word first), made from the CMU Pronouncing Dictionary: `assets/verse/SOURCES.md`. Words
whose pronunciations differ in syllables ("fire", "our") are not in it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

RICH_PARTNERS = 6
"""A rhyme may begin only when so many short common words with different onsets end on it."""
RICH_RANK = 5000
_FUNCTION_WORDS = """
a an the of to in on at by for with from as than that which who whom whose what when where while
if or and but nor so because though although until till unless into onto upon over under between
among through against during without within about across after before behind beneath beside beyond
my your his her its their this these those i he she we they it is are was were be been being am do
does did has have had having will would shall should can could may might must not no very too
there here some any each every such more most much many how why yet just only even also then them
me him us you i'm i'll i've i'd it's that's he's she's you're we're they're don't can't won't
isn't aren't wasn't weren't doesn't didn't let's what's who's there's like near toward towards
lest amid upon else whether either neither both other another several per via really quite rather
"""
FUNCTION_WORDS = frozenset(_FUNCTION_WORDS.split())
"""Words that no line should end on."""

_NEVER_LAST = """
all one two three four five six seven eight nine ten own new next same less sure able certain else
such ill first second third make makes made let lets put puts get gets got set seem seems seemed
become becomes became began begins begin countless various main mere sole whole entire former
latter recent several half else's rather sort kind lot way thing things stuff something anything
aye nigh whilst amongst amidst
says said told tells ask asked wants want wanted keep keeps kept use uses used
"""
NEVER_LAST = FUNCTION_WORDS | frozenset(_NEVER_LAST.split())
"""These, and words that ask for another one after them or say too little to end a line."""


@dataclass(frozen=True, slots=True)
class Word:
    """One word as verse hears it."""

    text: str
    syllables: int
    rhyme: str
    """Phones from the last stressed vowel on: equal in words that rhyme."""
    onset: str
    """The consonants before it: different in words that rhyme and are not the same sound."""
    rank: int
    """0 is the most frequent word."""
    stress: str = ""
    """A digit a syllable: 1 main stress, 2 lesser, 0 none; "" unknown."""


class EnLexicon:
    """The words, and which of them rhyme."""

    def __init__(self, words: Iterable[Word]) -> None:
        self.words: Mapping[str, Word] = {word.text: word for word in words}
        self.families = _families(self.words.values())
        """rhyme -> its words; rich rhymes only."""

    @classmethod
    def parse(cls, text: str) -> EnLexicon:
        """A lexicon from the text of its file."""
        rows = (line.split("\t") for line in text.splitlines() if line)
        return cls(
            Word(word, int(syllables), rhyme, onset, rank, stress)
            for rank, (word, syllables, rhyme, onset, stress) in enumerate(rows)
        )

    def line_words(self, line: str) -> tuple[Word | None, ...]:
        """The words of a line of text; None for those it does not know."""
        return tuple(self.words.get(each) for each in spoken_words(line))

    def syllables(self, line: str) -> int | None:
        """Syllables of a line; None when a word is unknown."""
        words = self.line_words(line)
        known = [word.syllables for word in words if word is not None]
        return sum(known) if len(known) == len(words) else None

    def read(self, line: str) -> tuple[Word, ...]:
        """The words of a line; those it does not know as their spelling sounds, stress unknown."""
        spelled = spoken_words(line)
        return tuple(self.words.get(each) or guessed_word(each) for each in spelled)

    def closing(self, line: str) -> Word | None:
        """The last word of a line, when it is known."""
        words = self.line_words(line)
        return words[-1] if words else None


def spoken_words(line: str) -> list[str]:
    """The words of a line in small letters."""
    found = re.findall(r"[A-Za-z]+(?:['\u2019][A-Za-z]+)*", line)
    return [each.lower().replace("\u2019", "'") for each in found]


def guessed_word(text: str) -> Word:
    """A word that the dictionary lacks: syllables by its spelling, rhyme by its last letters."""
    end = re.search(r"[aeiouy]+[^aeiouy]*e?$", text)
    rhyme = f"~{end[0] if end else text}"
    onset = text[: end.start()][-1:] if end else ""
    return Word(text, guessed_syllables(text), rhyme, onset, len(text) + 10**6)


def guessed_syllables(text: str) -> int:
    """Vowel groups, less the silent ones (-e, -es, -ed), at least one. Right for about nine in
    ten words of the CMU dictionary (`tests/verse/test_en_lexicon.py` measures it)."""
    text = text.replace("'", "")
    groups = len(re.findall(r"[aeiouy]+", text))
    groups += len(re.findall(r"i[ao](?!u)|[^gq]u[ao]|eo(?!u)|[aeiou]ing$|[^aeiou]les?$|ism$", text))
    groups -= len(
        re.findall(r"(?:[^aeiouy]|u)e$|[^aeiouyszxdt]es$|[^aeiouytd]ed$|[tscg]i[ao]", text)
    )
    return max(1, groups)


def rhymes(one: Word, other: Word) -> bool:
    """Whether two different words rhyme: equal from the last stressed vowel, not before it."""
    return one.rhyme == other.rhyme and one.onset != other.onset and one.text != other.text


def may_close(word: Word) -> bool:
    """Whether a line may end on the word: none of `NEVER_LAST`, no contraction."""
    return word.text not in NEVER_LAST and "'" not in word.text


@cache
def en_lexicon() -> EnLexicon:
    """The lexicon that comes with the studio, read once."""
    return EnLexicon.parse(files("studio.verse").joinpath("en.tsv").read_text(encoding="utf-8"))


def _families(words: Iterable[Word]) -> dict[str, Sequence[Word]]:
    groups: dict[str, list[Word]] = defaultdict(list)
    for word in words:
        if word.rank < RICH_RANK and may_close(word):
            groups[word.rhyme].append(word)
    return {rhyme: group for rhyme, group in groups.items() if _is_rich(group)}


def _is_rich(group: Sequence[Word]) -> bool:
    return len({word.onset for word in group if word.syllables <= 2}) >= RICH_PARTNERS
