"""Tries that are kept stay within their room, and a trie made again is the same."""

from __future__ import annotations

from collections.abc import Sequence

from studio.verse.en_lexicon import Word
from studio.verse.trie_store import TrieStore
from studio.verse.word_trie import Spelling


def spellings(first: int, number: int) -> Sequence[Spelling]:
    """Words of one token each: a root and `number` nodes."""
    return [((first + n,), Word(f"w{n}", 1, "", "", n)) for n in range(number)]


def test_what_was_asked_for_longest_ago_leaves() -> None:
    made: list[str] = []
    store = TrieStore(most_nodes=30)

    def asked(key: str) -> None:
        store.trie(key, lambda: made.append(key) or spellings(0, 9))

    for key in ("one", "two", "three", "one", "four"):
        asked(key)
    assert (len(store), store.nodes) == (3, 30)
    asked("one")
    assert made == ["one", "two", "three", "four"]
    asked("two")
    assert made[-1] == "two"


def test_one_that_is_too_large_is_kept_alone() -> None:
    store = TrieStore(most_nodes=20)
    store.trie("small", lambda: spellings(0, 4))
    large = store.trie("large", lambda: spellings(0, 50))
    assert (len(store), store.nodes) == (1, 51)
    assert large.steps(1, 1) == tuple(range(50))
    assert store.trie("small", lambda: spellings(7, 4)).steps(1, 1) == (7, 8, 9, 10)
    assert (len(store), store.nodes) == (1, 5)
