"""Tries that were made once and may be wanted again, as many as there is room for."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable

from studio.verse.word_trie import Spelling, WordTrie


class TrieStore:
    """Tries by key. They differ in size a thousand times, so it is their nodes that are counted:
    past `most_nodes` those asked for longest ago leave. The newest always stays."""

    def __init__(self, most_nodes: int) -> None:
        self.nodes = 0
        """Of all tries that are kept."""
        self._most_nodes = most_nodes
        self._kept: OrderedDict[Hashable, tuple[WordTrie, int]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._kept)

    def trie(self, key: Hashable, spell: Callable[[], Iterable[Spelling]]) -> WordTrie:
        """The trie of that key, made of `spell()` when it is not kept."""
        if key not in self._kept:
            self._keep(key, WordTrie.of(spell()))
        self._kept.move_to_end(key)
        return self._kept[key][0]

    def _keep(self, key: Hashable, trie: WordTrie) -> None:
        self._kept[key] = trie, trie.nodes
        self.nodes += trie.nodes
        while self.nodes > self._most_nodes and len(self._kept) > 1:
            _, (_, nodes) = self._kept.popitem(last=False)
            self.nodes -= nodes
