"""Words as paths of tokens, with the syllables that lie beneath each step."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from studio.verse.en_lexicon import Word

Tokens = tuple[int, ...]
Spelling = tuple[Tokens, Word]
"""The tokens of one spelling of a word (" word", "Word") and the word."""
_NO_STEPS: Mapping[tuple[int, int], Tokens] = MappingProxyType({})


class WordTrie:
    """One node; the root stands for no token yet. Most nodes are leaves: those are kept small."""

    __slots__ = ("_sizes", "_steps", "children", "word")

    def __init__(self) -> None:
        self.children: Mapping[int, WordTrie] = _NO_CHILDREN
        self.word: Word | None = None
        """The word that ends here."""
        self._sizes = 0
        """Syllables of the words that end here or beneath: bit n for n syllables."""
        self._steps = _NO_STEPS

    @classmethod
    def of(cls, spellings: Iterable[Spelling]) -> WordTrie:
        """The trie of these spellings."""
        root = cls()
        for tokens, word in spellings:
            node = root
            node._sizes |= 1 << word.syllables
            for token in tokens:
                node = node._child(token)
                node._sizes |= 1 << word.syllables
            node.word = word
        return root

    @property
    def nodes(self) -> int:
        """How many there are here and beneath: the memory it takes goes by them."""
        return 1 + sum(child.nodes for child in self.children.values())

    @property
    def shortest(self) -> int:
        """Syllables of the shortest word here or beneath; -1 when there is none."""
        return (self._sizes & -self._sizes).bit_length() - 1

    def holds(self, low: int, high: int) -> bool:
        """Whether a word of `low` to `high` syllables ends here or beneath."""
        wanted = (1 << high + 1) - (1 << low) if high >= low else 0
        return bool(self._sizes & wanted)

    def steps(self, low: int, high: int) -> Tokens:
        """Tokens that lead to a word of `low` to `high` syllables; kept, it is asked often."""
        known = self._steps.get((low, high))
        if known is None:
            found = (token for token, node in self.children.items() if node.holds(low, high))
            known = tuple(found)
            self._steps = {**self._steps, (low, high): known}
        return known

    def step(self, token: int, low: int, high: int) -> WordTrie | None:
        """The node after `token`, None when no such word lies that way."""
        node = self.children.get(token)
        return node if node is not None and node.holds(low, high) else None

    def _child(self, token: int) -> WordTrie:
        if not isinstance(self.children, dict):
            self.children = {}
        child = self.children.get(token)
        if child is None:
            child = self.children[token] = WordTrie()
        return child


_NO_CHILDREN: Mapping[int, WordTrie] = MappingProxyType({})
