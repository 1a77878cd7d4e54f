"""What a person's works are about: keywords that keep company, found over all of them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

LEAST_WORKS = 2
"""A word of a single work is no topic."""
COMPANY = 0.5
"""Two words belong together when they share at least this part of their works (Jaccard)."""
MOST_TOPICS, MOST_WORDS = 8, 3


@dataclass(frozen=True, slots=True)
class Topic:
    """Words that keep company, the most frequent first, and the works that hold one of them."""

    words: tuple[str, ...]
    works: tuple[str, ...]


def topics_of(keywords: Mapping[str, Collection[str]]) -> tuple[Topic, ...]:
    """The topics of works (id -> its keywords), the one with most works first."""
    holders: dict[str, set[str]] = defaultdict(set)
    for work, words in keywords.items():
        for word in words:
            holders[word].add(work)
    counts = Counter({word: len(works) for word, works in holders.items()})
    left = [word for word, count in counts.most_common() if count >= LEAST_WORKS]
    topics: list[Topic] = []
    while left and len(topics) < MOST_TOPICS:
        topic = _topic(left[0], left, holders)
        others = (each for each in left if each not in topic.words)
        left = [each for each in others if not _within(each, topic, holders)]
        topics.append(topic)
    return tuple(sorted(topics, key=lambda each: -len(each.works)))


def _topic(seed: str, words: Sequence[str], holders: Mapping[str, set[str]]) -> Topic:
    together = [each for each in words if _company(holders[seed], holders[each]) >= COMPANY]
    chosen = tuple(together[:MOST_WORDS])
    return Topic(chosen, tuple(sorted(set().union(*(holders[each] for each in chosen)))))


def _company(one: set[str], other: set[str]) -> float:
    return len(one & other) / len(one | other)


def _within(word: str, topic: Topic, holders: Mapping[str, set[str]]) -> bool:
    """Further words of the same works would tell the same topic again."""
    return holders[word] <= set(topic.works)
