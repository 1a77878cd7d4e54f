"""The rules of English verse, written down anew: nothing here comes from `studio/verse` code.

Words are counted and rhymed by the CMU Pronouncing Dictionary: the whole of it when its file is at
hand (`from_cmudict`), else the part of it that the studio ships as data (`from_table`).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import studio

TABLE = Path(studio.__file__).parent / "verse" / "en.tsv"
FORMS: Mapping[str, tuple[str, tuple[tuple[int, int], ...]]] = {
    "haiku": ("---", ((5, 5), (7, 7), (5, 5))),
    "couplet": ("AA", ((8, 11),) * 2),
    "quatrain_abab": ("ABAB", ((7, 10),) * 4),
    "quatrain_aabb": ("AABB", ((7, 10),) * 4),
    "limerick": ("AABBA", ((7, 9), (7, 9), (5, 6), (5, 6), (7, 9))),
    "sonnet": ("ABABCDCDEFEFGG", ((10, 10),) * 14),
}
"""Which lines rhyme, and the syllables of each."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """One way to say a word."""

    syllables: int
    rhyme: str
    onset: str
    stress: str


class Rulebook:
    """Judges a poem by a dictionary: word -> the ways to say it."""

    def __init__(self, words: Mapping[str, list[Spoken]]) -> None:
        self._words = words

    @classmethod
    def from_cmudict(cls, path: Path) -> Rulebook:
        """The dictionary as its authors publish it."""
        found: dict[str, list[Spoken]] = defaultdict(list)
        for line in path.read_text("utf-8").splitlines():
            head, _, phones = line.partition("#")[0].strip().partition(" ")
            found[re.sub(r"\(\d\)$", "", head)].append(_spoken(phones.split()))
        return cls(found)

    @classmethod
    def from_table(cls, path: Path = TABLE) -> Rulebook:
        """The studio's own table of it, read as data."""
        rows = (line.split("\t") for line in path.read_text("utf-8").splitlines())
        return cls({w: [Spoken(int(n), rhyme, onset, s)] for w, n, rhyme, onset, s in rows})

    def faults(self, form: str, text: str, letters: str = "") -> list[str]:
        """What is wrong with a poem; `letters` open the lines of an acrostic."""
        lines = [line for line in text.splitlines() if line.strip()]
        if letters:
            scheme, lengths = "-" * len(letters), ((5, 9),) * len(letters)
        else:
            scheme, lengths = FORMS[form]
        if len(lines) != len(lengths):
            return [f"{len(lines)} lines, not {len(lengths)}"]
        faults = [
            f"line {at + 1} has {sorted(self.syllables(line))} syllables: {line}"
            for at, (line, (low, high)) in enumerate(zip(lines, lengths, strict=True))
            if not any(low <= count <= high for count in self.syllables(line))
        ]
        faults += [
            f"line {at + 1} opens with {line[:1]}"
            for at, (line, letter) in enumerate(zip(lines, letters, strict=False))
            if line[:1].upper() != letter.upper()
        ]
        if form == "sonnet":
            faults += [f"not iambic: {line}" for line in lines if not self.is_iambic(line)]
        return faults + self._rhyme_faults(lines, scheme)

    def syllables(self, line: str) -> set[int]:
        """How many syllables a line may have; none when a word is unknown."""
        counts = {0}
        for word in _words(line):
            counts = {n + said.syllables for n in counts for said in self._words.get(word, [])}
        return counts

    def is_iambic(self, line: str) -> bool:
        """Whether the line can be said so that no longer word has its main stress off the beat
        (even syllables), but for one that opens it."""
        places = {0}
        for word in _words(line):
            places = {
                at + said.syllables
                for at in places
                for said in self._words.get(word, [])
                if said.syllables == 1 or _on_beat(said, at)
            }
        return bool(places)

    def _rhyme_faults(self, lines: list[str], scheme: str) -> list[str]:
        ends: dict[str, list[str]] = defaultdict(list)
        faults = []
        for line, letter in zip(lines, scheme, strict=True):
            if letter == "-":
                continue
            word = _words(line)[-1]
            faults += [f"{word} / {mate}" for mate in ends[letter] if not self.rhyme(word, mate)]
            ends[letter].append(word)
        return faults

    def rhyme(self, one: str, other: str) -> bool:
        """Whether two words can be said to rhyme: alike from the last stress, not before it."""
        return one != other and any(
            a.rhyme == b.rhyme and a.onset != b.onset
            for a in self._words.get(one, [])
            for b in self._words.get(other, [])
        )


def _spoken(phones: list[str]) -> Spoken:
    vowels = [at for at, phone in enumerate(phones) if phone[-1].isdigit()]
    stressed = [at for at in vowels if phones[at][-1] != "0"] or vowels
    if not vowels:
        return Spoken(0, "", "", "")
    before = [at for at in vowels if at < stressed[-1]]
    onset = phones[before[-1] + 1 if before else 0 : stressed[-1]]
    stress = "".join(phones[at][-1] for at in vowels)
    return Spoken(len(vowels), "".join(phones[stressed[-1] :]), "".join(onset), stress)


def _on_beat(said: Spoken, at: int) -> bool:
    main = [at + place for place, digit in enumerate(said.stress) if digit == "1"]
    return all(place % 2 == 1 or place == 0 for place in main)


def _words(line: str) -> list[str]:
    return [
        w.replace("\u2019", "'") for w in re.findall(r"[a-z]+(?:['\u2019][a-z]+)*", line.lower())
    ]
