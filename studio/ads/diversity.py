"""How different the texts of an ad are from each other."""

from __future__ import annotations

from collections.abc import Sequence

from studio.ads.grounding import content_words


def diversity(texts: Sequence[str]) -> float:
    """0 to 1: how far each text is from the one nearest to it, on average. Distance is 1 less the
    shared content words over all of both (Jaccard); one text alone is 1, none at all 0."""
    words = [content_words(each) or frozenset({each.casefold()}) for each in texts]
    if len(words) < 2:
        return float(len(words))
    nearest = (
        max(_shared(one, other) for j, other in enumerate(words) if j != i)
        for i, one in enumerate(words)
    )
    return round(1 - sum(nearest) / len(words), 3)


def _shared(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / len(one | other)
