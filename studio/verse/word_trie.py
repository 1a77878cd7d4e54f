"""Words as paths of tokens, with the syllables that lie beneath each step."""

from __future__ import annotations

from collections.abc import Iterable

from studio.verse.en_lexicon import Word

Tokens = tuple[int, ...]
Spelling = tuple[Tokens, Word]
"""The tokens of one spelling of a word (" word", "Word") and the word."""


class WordTrie:
    """One node; the root stands for no token yet."""

    __slots__ = ("_steps", "children", "sizes", "word")

    def __init__(self) -> None:
        self.children: dict[int, WordTrie] = {}
        self.word: Word | None = None
        """The word that ends here."""
        self.sizes: set[int] = set()
        """Syllables of the words that end here or beneath."""
        self._steps: dict[tuple[int, int], Tokens] = {}

    @classmethod
    def of(cls, spellings: Iterable[Spelling]) -> WordTrie:
        """The trie of these spellings."""
        root = cls()
        for tokens, word in spellings:
            node = root
            node.sizes.add(word.syllables)
            for token in tokens:
                node = node.children.setdefault(token, cls())
                node.sizes.add(word.syllables)
            node.word = word
        return root

    def holds(self, low: int, high: int) -> bool:
        """Whether a word of `low` to `high` syllables ends here or beneath."""
        return any(low <= size <= high for size in self.sizes)

    def steps(self, low: int, high: int) -> Tokens:
        """Tokens that lead to a word of `low` to `high` syllables; kept, it is asked often."""
        if (low, high) not in self._steps:
            found = (token for token, node in self.children.items() if node.holds(low, high))
            self._steps[low, high] = tuple(found)
        return self._steps[low, high]

    def step(self, token: int, low: int, high: int) -> WordTrie | None:
        """The node after `token`, None when no such word lies that way."""
        node = self.children.get(token)
        return node if node is not None and node.holds(low, high) else None
