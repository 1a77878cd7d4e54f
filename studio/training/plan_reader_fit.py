"""Fits the heads of a reader card: ridge regressions, their strength chosen by cross-validation.

A lexicon is written beside its examples, and words that only one of them has were often written
for it: they explain that text and no other. Such words are left out of training, or the heads
would trust the lexicon more than new texts deserve.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.floating[Any]]
RIDGES = (0.5, 1.0, 2.0, 4.0, 8.0)
WORD_SCALES = (0.2, 0.3, 0.4, 0.6)
"""Length of one concept beside the unit vector of the whole text."""
FOLDS = 10
_LEAST = 2
_TEMPERATURES = tuple(float(each) for each in np.geomspace(0.03, 0.5, 24))


@dataclass(frozen=True, slots=True)
class Examples:
    """Texts as the heads see them, and what is wanted of them."""

    vectors: Floats
    """[n, d], centred unit vectors."""
    concepts: Floats
    """[n, k], 1 where a concept is found."""
    wanted: Floats
    """[n, outputs]."""

    def part(self, chosen: NDArray[np.bool_]) -> Examples:
        return Examples(self.vectors[chosen], self.concepts[chosen], self.wanted[chosen])

    def and_more(self, other: Examples) -> Examples:
        return Examples(
            np.vstack([self.vectors, other.vectors]),
            np.vstack([self.concepts, other.concepts]),
            np.vstack([self.wanted, other.wanted]),
        )


@dataclass(frozen=True, slots=True)
class Head:
    """scores = [vector, concepts] @ weights + bias."""

    weights: Floats
    """[d + k, outputs]."""
    bias: Floats
    """[outputs]."""

    def scores(self, examples: Examples) -> Floats:
        """[n, outputs]."""
        together = np.hstack([examples.vectors, examples.concepts])
        return np.asarray(together @ self.weights + self.bias)


@dataclass(frozen=True, slots=True)
class FittedHead:
    """A head with what cross-validation said of it."""

    head: Head
    held_out: Floats
    """[n, outputs]: each training text read by a head that has not seen it."""
    ridge: float
    word_scale: float


def concept_table(found: Sequence[frozenset[tuple[str, str]]], concepts: Sequence[str]) -> Floats:
    """[n, concepts]: 1 where a word of the concept is found that another text has as well."""
    known = Counter(each for words in found for each in words)
    there = [{name for name, word in words if known[name, word] >= _LEAST} for words in found]
    return np.array([[float(name in names) for name in concepts] for names in there])


def ridge_head(examples: Examples, ridge: float, word_scale: float) -> Head:
    """Least squares with a penalty on the weights; a concept counts `word_scale` as long."""
    together = np.hstack([examples.vectors, word_scale * examples.concepts])
    middle, usual = together.mean(0), examples.wanted.mean(0)
    away = together - middle
    gram = away.T @ away + ridge * np.eye(away.shape[1])
    weights = np.linalg.solve(gram, away.T @ (examples.wanted - usual))
    bias = usual - middle @ weights
    weights[examples.vectors.shape[1] :] *= word_scale
    return Head(weights, bias)


def fitted_head(
    examples: Examples,
    seed: int,
    more: Examples | None = None,
    word_scales: Sequence[float] = WORD_SCALES,
) -> FittedHead:
    """The head whose held-out squared error over the examples is least. `more` is always learnt
    from and never counted."""
    folds = np.random.default_rng(seed).permutation(len(examples.wanted)) % FOLDS
    tried = [
        (_held_out(examples, more, folds, ridge, scale), ridge, scale)
        for ridge in RIDGES
        for scale in word_scales
    ]
    held_out, ridge, scale = min(tried, key=lambda each: _loss(each[0], examples.wanted))
    every = examples.and_more(more) if more else examples
    return FittedHead(ridge_head(every, ridge, scale), held_out, ridge, scale)


def _held_out(
    examples: Examples, more: Examples | None, folds: NDArray[np.int64], ridge: float, scale: float
) -> Floats:
    scores = np.zeros_like(examples.wanted)
    for fold in range(FOLDS):
        learnt = examples.part(folds != fold)
        head = ridge_head(learnt.and_more(more) if more else learnt, ridge, scale)
        scores[folds == fold] = head.scores(examples.part(folds == fold))
    return scores


def _loss(scores: Floats, wanted: Floats) -> float:
    return float(((scores - wanted) ** 2).mean())


def temperature(scores: Floats, wanted: Floats) -> float:
    """What held-out scores [n, labels] are divided by before a softmax, so that the probabilities
    are right (temperature scaling, Guo et al. 2017). `wanted` is one-hot."""

    def surprise(heat: float) -> float:
        logits = (scores - scores.max(1, keepdims=True)) / heat
        return float(np.mean(np.log(np.exp(logits).sum(1)) - (logits * wanted).sum(1)))

    return min(_TEMPERATURES, key=surprise)
