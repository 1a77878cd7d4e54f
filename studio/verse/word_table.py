"""One vocabulary's spellings of the lexicon's words, and the tries made of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from studio.requests import Vocabulary
from studio.verse.closing import Closing
from studio.verse.en_lexicon import EnLexicon, Word
from studio.verse.word_trie import Spelling, Tokens, WordTrie

END_MARKS = (",", ".", ";", "?", "!")
LAST_MARKS = (".", "?", "!")
KEPT_TRIES = 256


class WordTable:
    """Built once per vocabulary. Raises ValueError when a mark takes more than one token."""

    def __init__(self, vocabulary: Vocabulary, lexicon: EnLexicon) -> None:
        self._vocabulary, self._lexicon = vocabulary, lexicon
        self.eos: Tokens = (vocabulary.eos,)
        self.newline = _single(vocabulary, "\n")
        self.comma = _single(vocabulary, ",")
        self.end_marks = tuple(_single(vocabulary, mark)[0] for mark in END_MARKS)
        self.last_marks = tuple(_single(vocabulary, mark)[0] for mark in LAST_MARKS)
        words = lexicon.words.values()
        self._inner = {word: vocabulary.encode(f" {_written(word.text)}") for word in words}
        self.words = WordTrie.of((tokens, word) for word, tokens in self._inner.items())
        self._closers: dict[Closing, WordTrie] = {}
        self._openers: dict[tuple[str, bool], WordTrie] = {}

    def tokens_of(self, words: Iterable[Word]) -> frozenset[int]:
        """The tokens that are one of these words and begin no other."""
        spelled = (self._inner[word] for word in words)
        whole = (tokens[0] for tokens in spelled if len(tokens) == 1)
        return frozenset(token for token in whole if not self.words.children[token].children)

    def openers(self, letter: str, lower: bool) -> WordTrie:
        """Words that may open a line ("" any letter), with a capital and, if `lower`, without."""
        key = (letter.lower(), lower)
        if key not in self._openers:
            self._openers[key] = WordTrie.of(self._opening_spellings(*key))
        return self._openers[key]

    def closers(self, closing: Closing) -> WordTrie:
        """Words that may close a line."""
        if closing not in self._closers:
            if len(self._closers) >= KEPT_TRIES:
                self._closers.clear()
            words = closing.words(self._lexicon)
            self._closers[closing] = WordTrie.of((self._inner[word], word) for word in words)
        return self._closers[closing]

    def _opening_spellings(self, letter: str, lower: bool) -> Iterator[Spelling]:
        for word in self._lexicon.words.values():
            if word.text.startswith(letter):
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
