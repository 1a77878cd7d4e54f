"""The baseline of lm/melody: a second-order Markov chain of its symbols, from the same rows.

Each note, rest or tie is drawn by the two before it, bar lines looked through; counts are smoothed
by interpolated Kneser-Ney (Ney, Essen and Kneser 1994; Chen and Goodman 1998, section 4.1.6). It
writes under the same constraint, with the same sampler and settings, as the model.
"""

from __future__ import annotations

import math
import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType

import numpy as np
import torch
from numpy.typing import NDArray

from studio.families.sampler import Draw, draw_tokens
from studio.families.token_masks import TokenMasks
from studio.requests import Constraint, Sampling, Vocabulary

ORDER = 2
DISCOUNT = 0.75
START = "^^"
"""Stands before the first symbol."""
LONGEST = 1200
Context = tuple[str, ...]
Shares = NDArray[np.float64]


class MelodyMarkov:
    """Counts of what follows what."""

    def __init__(self, rows: Iterable[Sequence[str]]) -> None:
        """`rows` are tunes as symbols; words of the plan are passed over."""
        counts: list[dict[Context, Counter[str]]] = [defaultdict(Counter) for _ in range(ORDER + 1)]
        for row in rows:
            for before, symbol in _walk(row):
                counts[ORDER][before][symbol] += 1
        self._names = sorted({symbol for each in counts[ORDER].values() for symbol in each})
        for order in range(ORDER, 0, -1):
            _continuations(counts[order], counts[order - 1])
        self._index = {name: place for place, name in enumerate(self._names)}
        self._notes = np.array([is_note(name) for name in self._names])
        self._counts: Sequence[Mapping[Context, Counter[str]]] = counts
        self._known: dict[Context, Shares] = {}

    def shares(self, before: Context) -> Mapping[str, float]:
        """What follows, and how often (0 to 1); bar lines and marks without their numbers."""
        return MappingProxyType(dict(zip(self._names, self._shares(before).tolist(), strict=True)))

    def nats(self, row: Sequence[str]) -> float:
        """Negative log-likelihood of a tune's notes, rests and ties. Bar lines and marks are told:
        they follow from the meter. A symbol that no row has counts as one in a million."""
        total = 0.0
        for before, symbol in _walk(row):
            if is_note(symbol):
                shares = self._shares(before)
                place = self._index.get(symbol)
                share = shares[place] / shares[self._notes].sum() if place is not None else 0.0
                total -= math.log(max(1e-6, share))
        return total

    def written(
        self, form: Constraint, vocabulary: Vocabulary, sampling: Sampling, seed: int
    ) -> tuple[str, ...]:
        """A tune in the form. The same seed gives the same tune."""
        rule, masks = form.bind(vocabulary), TokenMasks(len(vocabulary), torch.device("cpu"))
        names = [vocabulary.text(token).strip() for token in range(len(vocabulary))]
        chance, tokens, symbols = random.Random(seed), list[int](), list[str]()
        while len(symbols) < LONGEST:
            allowed = rule.allowed(tokens) or range(len(vocabulary))
            logits = self._logits(_before(symbols), names)
            draw = Draw(sampling, chance.random(), forbidden=masks.forbidden(allowed))
            token = draw_tokens(logits[None], [draw])[0]
            if token == vocabulary.eos:
                break
            tokens.append(token)
            symbols.append(names[token])
        return tuple(symbols)

    def _logits(self, before: Context, names: Sequence[str]) -> torch.Tensor:
        shares = self._shares(before)
        places = [self._index.get(plain(name), -1) for name in names]
        found = np.where(np.array(places) >= 0, shares[places], 0.0)
        return torch.tensor(np.log(found + 1e-9), dtype=torch.float32)

    def _shares(self, before: Context) -> Shares:
        if before not in self._known:
            self._known[before] = self._smoothed(before)
        return self._known[before]

    def _smoothed(self, before: Context) -> Shares:
        """Interpolated with what is known of the shorter context, down to equal shares."""
        names = len(self._names)
        lower: Shares = self._shares(before[1:]).copy() if before else np.ones(names)
        lower /= lower.sum()
        found = self._counts[len(before)].get(before)
        if not found:
            return lower
        total = sum(found.values())
        shares: Shares = lower * (DISCOUNT * len(found) / total)
        for symbol, count in found.items():
            shares[self._index[symbol]] += (count - DISCOUNT) / total
        return shares


def is_note(symbol: str) -> bool:
    """Whether the symbol takes time: a note, a rest or a tie."""
    return symbol[0] in "nrt"


def plain(symbol: str) -> str:
    """The symbol without what only counts down."""
    return "|" if symbol[:1] == "|" else symbol


def note_count(symbols: Sequence[str]) -> int:
    """Struck notes of a tune: what likelihoods are divided by."""
    return sum(symbol[0] == "n" for symbol in symbols)


def _walk(row: Sequence[str]) -> Iterator[tuple[Context, str]]:
    """Each symbol of the bars with the two sounds before it."""
    before: Context = (START,) * ORDER
    for symbol in row:
        if symbol[1:].find("=") >= 0:
            continue
        yield before, plain(symbol)
        if is_note(symbol):
            before = (*before[1:], symbol)


def _before(symbols: Sequence[str]) -> Context:
    sounds = [symbol for symbol in symbols[-3 * ORDER - 2 :] if is_note(symbol)]
    return ((START,) * ORDER + tuple(sounds))[-ORDER:]


def _continuations(
    counts: Mapping[Context, Counter[str]], shorter: dict[Context, Counter[str]]
) -> None:
    """Of the shorter context: after how many different words each symbol was seen."""
    for before, found in counts.items():
        shorter[before[1:]].update(found.keys())
