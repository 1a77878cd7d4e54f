"""How well a poem reads, as far as counting can say: picks the better of several candidates."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence, Set
from itertools import pairwise

from studio.verse.en_lexicon import FUNCTION_WORDS
from studio.verse.word_pairs import WordPairs


def chinese_merit(lines: Sequence[str], theme: Sequence[str], words: Set[str]) -> float:
    """Share of a poem's steps that are words of verse, plus the theme met, less repeats."""
    known = sum(_known(line, words) for line in lines) / max(1, len(lines))
    text = "".join(lines)
    wanted = [character for word in theme for character in word]
    met = sum(1.0 for character in wanted if character in text) / max(1, len(wanted))
    repeats = sum(count - 1 for count in Counter(text).values())
    return known + 0.5 * met - 0.05 * repeats


def english_merit(lines: Sequence[str], idea: str, pairs: WordPairs) -> float:
    """Share of neighbours seen before, plus words of the idea met, less repeats and bad seams."""
    spoken = [re.findall(r"[a-z']+", line.lower()) for line in lines]
    content = [word for line in spoken for word in line if word not in FUNCTION_WORDS]
    wanted = {word for word in re.findall(r"[a-z']+", idea.lower()) if word not in FUNCTION_WORDS}
    met = len(wanted & set(content)) / max(1, len(wanted))
    repeats = len(content) - len(set(content))
    seams = sum(_bad_seams(line) for line in spoken)
    openings = len(spoken) - len({line[0] for line in spoken if line})
    neighbours = [pairs.holds(*pair) for line in spoken for pair in pairwise(line)]
    seen = sum(neighbours) / max(1, len(neighbours))
    # The words that close a line were chosen under the tightest rule: they weigh again.
    closing = [pairs.holds(*line[-2:]) for line in spoken if len(line) > 1]
    seen += sum(closing) / max(1, len(closing))
    return seen + 0.3 * met - (0.3 * repeats + 0.3 * seams + 0.1 * openings) / max(1, len(lines))


def _known(line: str, words: Set[str]) -> float:
    """Share of a line's steps that are words: twos, and in the last three either pair."""
    steps = [line[place : place + 2] in words for place in range(0, len(line) - 3, 2)]
    steps.append(line[-3:-1] in words or line[-2:] in words)
    return sum(steps) / len(steps)


def _bad_seams(words: Sequence[str]) -> int:
    """Pairs that no sentence holds: an article before a function word, a word said twice."""
    pairs = pairwise(words)
    articles = {"a", "an", "the", "my", "your", "his", "their", "its"}
    return sum(
        one == other or (one in articles and other in FUNCTION_WORDS) for one, other in pairs
    )
