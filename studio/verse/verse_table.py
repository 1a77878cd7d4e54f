"""One vocabulary's tokens by tone and by rhyme, for Chinese verse."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Sequence
from dataclasses import dataclass

from studio.requests import Vocabulary
from studio.verse.zh_form import FREE
from studio.verse.zh_lexicon import LEVEL, Book, ZhLexicon

MIN_RHYME_WORDS = 24
"""A rhyme begins only when so many characters have it: a partner is always left."""
Tokens = tuple[int, ...]
Rhymes = frozenset[str]


@dataclass(frozen=True, slots=True)
class Place:
    """What one character must be."""

    tone: str
    """平, 仄 or 中."""
    rhymes: Rhymes | None = None
    """None where no rhyme is asked; else it must have one of these in that tone and no other."""
    is_tune: bool = False


class VerseTable:
    """Built once per vocabulary and book. Raises ValueError when the vocabulary can not rhyme."""

    def __init__(self, vocabulary: Vocabulary, lexicon: ZhLexicon, book: Book) -> None:
        self._vocabulary, self._lexicon, self._book = vocabulary, lexicon, book
        self.eos: Tokens = (vocabulary.eos,)
        self.character = _character_tokens(vocabulary, lexicon)
        self.token = {each: token for token, each in self.character.items()}
        self.tones = {token: lexicon.tones(each, book) for token, each in self.character.items()}
        self._marks = {mark: _only(vocabulary, mark) for mark in "，。"}
        self._rhymes: dict[tuple[str, bool], dict[int, Rhymes]] = {}
        self._sets: dict[Hashable, Tokens] = {}
        if not self.rich(frozenset(LEVEL), is_tune=False):
            raise ValueError("This vocabulary holds no rhyme of enough characters.")

    def mark(self, mark: str) -> Tokens:
        """The token of a mark; a vocabulary without 、 writes ，."""
        if mark not in self._marks:
            tokens = self._vocabulary.encode(mark)
            is_known = len(tokens) == 1 and self._vocabulary.text(tokens[0]) == mark
            self._marks[mark] = tokens if is_known else self._marks["，"]
        return self._marks[mark]

    def tokens_of(self, text: str) -> Tokens:
        """The characters of a text that the vocabulary has, as tokens."""
        return tuple(self.token[each] for each in text if each in self.token)

    def spelled(self, words: Sequence[str]) -> list[Tokens]:
        """The two-character words whose characters the vocabulary has, as tokens."""
        pairs = (word for word in words if len(word) == 2 and set(word) <= self.token.keys())
        return [self.tokens_of(word) for word in pairs]

    def of(self, wanted: frozenset[Place]) -> Tokens:
        """Tokens that suit one of these places."""
        if wanted not in self._sets:
            found = [t for t in self.character if any(self.suits(t, each) for each in wanted)]
            self._sets[wanted] = tuple(found)
        return self._sets[wanted]

    def suits(self, token: int, place: Place) -> bool:
        """Whether a character may stand at such a place."""
        if place.rhymes is not None:
            return not place.rhymes.isdisjoint(self.own_rhymes(token, place))
        return place.tone == FREE or place.tone in self.tones[token]

    def own_rhymes(self, token: int, place: Place) -> Rhymes:
        """The rhymes of a character as such a place hears it; none when it has another tone too."""
        return self._of_tone(place.tone, place.is_tune).get(token, frozenset())

    def rich(self, tones: frozenset[str], is_tune: bool) -> Rhymes:
        """The rhymes with enough characters in each of these tones."""
        found = []
        for tone in tones:
            words: dict[str, int] = defaultdict(int)
            for rhymes in self._of_tone(tone, is_tune).values():
                for rhyme in rhymes:
                    words[rhyme] += 1
            found.append({rhyme for rhyme, n in words.items() if n >= MIN_RHYME_WORDS})
        return frozenset(set.intersection(*found))

    def _of_tone(self, tone: str, is_tune: bool) -> dict[int, Rhymes]:
        """token -> its rhymes, of the characters that have this tone alone."""
        key = (tone, is_tune)
        if key not in self._rhymes:
            found = {
                token: self._lexicon_rhymes(character, tone, is_tune)
                for token, character in self.character.items()
                if self.tones[token] == {tone}
            }
            self._rhymes[key] = {token: rhymes for token, rhymes in found.items() if rhymes}
        return self._rhymes[key]

    def _lexicon_rhymes(self, character: str, tone: str, is_tune: bool) -> Rhymes:
        if is_tune:
            return self._lexicon.tune_rhymes(character, self._book, tone)
        return self._lexicon.rhymes(character, self._book)


def _character_tokens(vocabulary: Vocabulary, lexicon: ZhLexicon) -> dict[int, str]:
    texts = ((token, vocabulary.text(token)) for token in range(len(vocabulary)))
    return {token: text for token, text in texts if len(text) == 1 and text in lexicon}


def _only(vocabulary: Vocabulary, mark: str) -> Tokens:
    tokens = vocabulary.encode(mark)
    if len(tokens) != 1:
        raise ValueError(f"The vocabulary writes {mark} in {len(tokens)} tokens, not in one.")
    return tokens
