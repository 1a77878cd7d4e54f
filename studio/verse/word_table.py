"""One vocabulary's spellings of the lexicon's words, and the tries made of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping

from studio.requests import Vocabulary
from studio.verse.closing import Closing
from studio.verse.en_lexicon import EnLexicon, Word
from studio.verse.meter import fits_iambic
from studio.verse.trie_store import TrieStore
from studio.verse.word_pairs import WordPairs
from studio.verse.word_trie import Spelling, Tokens, WordTrie

END_MARKS = (",", ".", ";", "?", "!")
LAST_MARKS = (".", "?", "!")
MOST_NODES = 400_000
"""Of the tries that are kept, some 200 bytes each."""


class WordTable:
    """Built once per vocabulary. Raises ValueError when a mark takes more than one token."""

    def __init__(self, vocabulary: Vocabulary, lexicon: EnLexicon, pairs: WordPairs) -> None:
        self._vocabulary, self._lexicon, self._pairs = vocabulary, lexicon, pairs
        self.eos: Tokens = (vocabulary.eos,)
        self.newline = _single(vocabulary, "\n")
        self.comma = _single(vocabulary, ",")
        self.end_marks = tuple(_single(vocabulary, mark)[0] for mark in END_MARKS)
        self.last_marks = tuple(_single(vocabulary, mark)[0] for mark in LAST_MARKS)
        words = lexicon.words.values()
        self._inner = {word: vocabulary.encode(f" {_written(word.text)}") for word in words}
        self.words = WordTrie.of((tokens, word) for word, tokens in self._inner.items())
        self._on_beat: dict[int, WordTrie] = {}
        self._tries = TrieStore(MOST_NODES)
        self._leading: dict[Hashable, Mapping[int, Tokens]] = {}

    def tokens_of(self, words: Iterable[Word]) -> frozenset[int]:
        """The tokens that are one of these words and begin no other."""
        spelled = (self._inner[word] for word in words)
        whole = (tokens[0] for tokens in spelled if len(tokens) == 1)
        return frozenset(token for token in whole if not self.words.children[token].children)

    def words_after(self, spoken: int, iambic: bool) -> WordTrie:
        """Words that may stand after so many syllables of a line."""
        if not iambic:
            return self.words
        beat = spoken % 2
        if beat not in self._on_beat:
            # Past the first syllable only the beat counts: 2 stands for every even place.
            fitting = (w for w in self._inner if fits_iambic(w, beat + 2))
            self._on_beat[beat] = WordTrie.of(self._spell(fitting))
        return self._on_beat[beat]

    def openers(self, letter: str, lower: bool, iambic: bool) -> WordTrie:
        """Words that may open a line ("" any letter), with a capital and, if `lower`, without."""
        key = (letter.lower(), lower, iambic)
        return self._tries.trie(key, lambda: self._opening_spellings(*key))

    def closers(self, closing: Closing) -> WordTrie:
        """Words that may close a line."""
        return self._tries.trie(closing, lambda: self._spell(closing.words(self._lexicon)))

    def closers_after(self, closing: Closing, word: Word) -> WordTrie:
        """Words that may close a line and have been seen after `word`; perhaps none."""
        after = self._pairs.followers(word.text)
        return self._tries.trie(
            (closing, word.text),
            lambda: self._spell(w for w in closing.words(self._lexicon) if w.text in after),
        )

    def leading(self, closing: Closing, syllables: int) -> Mapping[int, Tokens]:
        """First tokens of the words after which a closing word of `syllables` has been seen, by
        the syllables of those words; words of several tokens left out. In an iambic line, of those
        that may stand before such a close."""
        key = (closing.begins, closing.rhyme, closing.iambic, syllables)
        if key not in self._leading:
            self._leading[key] = self._leaders(closing, syllables)
        return self._leading[key]

    def _leaders(self, closing: Closing, syllables: int) -> Mapping[int, Tokens]:
        closers = {w.text for w in closing.words(self._lexicon) if w.syllables == syllables}
        found: dict[int, list[int]] = defaultdict(list)
        for word, tokens in self._inner.items():
            starts = closing.iambic - syllables - word.syllables
            if closing.iambic and not (starts >= 0 and fits_iambic(word, starts)):
                continue
            if len(tokens) == 1 and not closers.isdisjoint(self._pairs.followers(word.text)):
                found[word.syllables].append(tokens[0])
        return {size: tuple(each) for size, each in found.items()}

    def _spell(self, words: Iterable[Word]) -> Iterator[Spelling]:
        return ((self._inner[word], word) for word in words)

    def _opening_spellings(self, letter: str, lower: bool, iambic: bool) -> Iterator[Spelling]:
        for word in self._lexicon.words.values():
            if word.text.startswith(letter) and (not iambic or fits_iambic(word, 0)):
                yield self._vocabulary.encode(_capital(word.text)), word
                if lower:
                    yield self._vocabulary.encode(_written(word.text)), word


def _written(text: str) -> str:
    return _capital(text) if text == "i" or text.startswith("i'") else text


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]


def _single(vocabulary: Vocabulary, mark: str) -> Tokens:
    tokens = vocabulary.encode(mark)
    if len(tokens) != 1:
        raise ValueError(f"The vocabulary writes {mark!r} in {len(tokens)} tokens, not in one.")
    return tokens
