"""How far one set of tunes is from another: the distances of MusPy, MGEval and Museformer.

Distributions over names (pitch classes, intervals, lengths, moves) by total variation, 0 to 1, of
the sets' means; over numbers (likeness of bar pairs, range, notes a bar) by the Wasserstein
distance of the pooled values (Villani 2009), in their unit.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from statistics import mean
from types import MappingProxyType
from typing import Any

import numpy as np
from scipy.stats import wasserstein_distance

from studio.music.similarity import LAGS, Makeup

Shares = Mapping[Any, float]
"""Name or number -> share; the shares add up to 1."""
NAMED: Mapping[str, Callable[[Makeup], Shares]] = MappingProxyType(
    {
        "pitch_class": lambda each: each.pitch_classes,
        "interval": lambda each: each.intervals,
        "note_length": lambda each: each.lengths,
        "moves": lambda each: each.moves,
    }
)
NUMBERED: Mapping[str, Callable[[Makeup], float]] = MappingProxyType(
    {"range": lambda each: float(each.span), "notes_a_bar": lambda each: each.notes_a_bar}
)
MEASURES = (*NAMED, "bar_pairs", "self_similarity", *NUMBERED)


def distances(made: Sequence[Makeup], real: Sequence[Makeup]) -> dict[str, float]:
    """Each of MEASURES between two sets, 0 when they are equal.

    `bar_pairs`: Wasserstein distance of the likeness of bars at each lag, the mean of the lags;
    `self_similarity`: Museformer's similarity error, the same of the lags' mean likeness.
    """
    found = {name: total_variation(_mean(made, of), _mean(real, of)) for name, of in NAMED.items()}
    found["bar_pairs"] = mean(
        wasserstein_distance(_pairs(made, lag), _pairs(real, lag)) for lag in LAGS
    )
    found["self_similarity"] = mean(
        abs(mean(_pairs(made, lag)) - mean(_pairs(real, lag))) for lag in LAGS
    )
    for name, number in NUMBERED.items():
        found[name] = wasserstein_distance([number(m) for m in made], [number(r) for r in real])
    return {name: float(found[name]) for name in MEASURES}


def total_variation(one: Shares, other: Shares) -> float:
    """Half the sum of the differences of two distributions, 0 to 1."""
    names = one.keys() | other.keys()
    return sum(abs(one.get(name, 0.0) - other.get(name, 0.0)) for name in names) / 2


def halves(tunes: Sequence[Makeup], size: int, splits: int, seed: int) -> dict[str, float]:
    """What chance alone does: the distances of two sets of `size` tunes, no tune in both, the
    mean over `splits`. Sets are smaller where there are not enough tunes."""
    chance = np.random.default_rng(seed)
    size = min(size, len(tunes) // 2)
    found = []
    for _ in range(splits):
        order = chance.permutation(len(tunes))[: 2 * size]
        one, other = ([tunes[place] for place in order[part::2]] for part in (0, 1))
        found.append(distances(one, other))
    return {name: mean(each[name] for each in found) for name in MEASURES}


def compared(
    made: Mapping[str, float], baseline: Mapping[str, float], chance: Mapping[str, float]
) -> dict[str, float]:
    """All numbers by name, and two shares: of the measures on which `made` is nearer than the
    baseline, and of those within twice what chance does."""
    numbers: dict[str, float] = {}
    for name in MEASURES:
        numbers[f"distance_{name}"] = made[name]
        numbers[f"distance_{name}_markov"] = baseline[name]
        numbers[f"distance_{name}_halves"] = chance[name]
    numbers["distances_beaten"] = mean(made[name] < baseline[name] for name in MEASURES)
    numbers["distances_near"] = mean(made[name] <= 2 * chance[name] for name in MEASURES)
    return numbers


def _mean(tunes: Sequence[Makeup], of: Callable[[Makeup], Shares]) -> Shares:
    """The mean distribution: every tune counts the same, however long."""
    total: dict[Any, float] = defaultdict(float)
    for each in tunes:
        for name, share in of(each).items():
            total[name] += share / len(tunes)
    return total


def _pairs(tunes: Sequence[Makeup], lag: int) -> list[float]:
    return [value for each in tunes for value in each.bar_pairs[lag]] or [0.0]
