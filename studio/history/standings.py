"""Who wins, and how sure that is: Bradley-Terry strengths with 95 % intervals.

P(i beats j) = 1 / (1 + exp(s_j - s_i)) (Bradley & Terry, Biometrika 39, 1952), fitted by `choix`
with a weak Gaussian prior, so that an arm that has won every time stays finite. A tie is half a
win for each side; "both bad" says nothing about which is better. Intervals come from the curvature
of the penalised likelihood at its maximum. Shown on the Elo scale: mean 1000, 400 a factor of ten.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

import choix
import numpy as np
from numpy.typing import NDArray

from studio.history.records import SIDES, Ballot

PRIOR = 0.1
"""Precision of the Gaussian prior on a strength: standard deviation 3.2 logits, 550 Elo points."""
Z95 = 1.96
ELO = 400 / math.log(10)
MOST_VOTES = 9999
"""What "more votes" says at most: beyond it, the two are as good as equal."""

Vector = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Place:
    """One arm: its rating and interval in Elo points, and what the votes said of it."""

    label: str
    rating: float
    low: float
    high: float
    wins: int
    losses: int
    ties: int

    @property
    def votes(self) -> int:
        return self.wins + self.losses + self.ties


@dataclass(frozen=True, slots=True)
class StandingsTable:
    """All arms, best first."""

    places: tuple[Place, ...]
    votes: int
    """Votes counted, "both bad" among them."""
    both_bad: int
    more_votes: int
    """About how many more votes would separate the first two; 0 when they are, or with one arm."""


def standings_of(ballots: Sequence[Ballot]) -> StandingsTable:
    """The standings that these votes give."""
    labels = sorted({label for ballot in ballots for label in ballot.labels})
    both_bad = sum(ballot.choice == "both_bad" for ballot in ballots)
    if not labels:
        return StandingsTable((), 0, 0, 0)
    halves = [pair for ballot in ballots for pair in _half_wins(ballot, labels)]
    strengths, covariance = _fitted(len(labels), halves)
    order = sorted(range(len(labels)), key=lambda at: -strengths[at])
    places = tuple(_place(at, labels, strengths, covariance, ballots) for at in order)
    more = _more_votes(order, strengths, covariance, len(ballots) - both_bad)
    return StandingsTable(places, len(ballots), both_bad, more)


def _half_wins(ballot: Ballot, labels: Sequence[str]) -> Iterator[tuple[int, int]]:
    """(winner, loser) positions; a win counts two halves, a tie one half each way.

    Two arms with one label (the same settings, another seed) have nothing to tell each other.
    """
    shown = [labels.index(label) for label in ballot.labels]
    if ballot.choice == "tie":
        for one, other in combinations(shown, 2):
            yield from ((one, other), (other, one)) if one != other else ()
    elif ballot.choice in SIDES[: len(shown)]:
        winner = shown[SIDES.index(ballot.choice)]
        for loser in shown:
            yield from ((winner, loser),) * 2 if loser != winner else ()


def _fitted(count: int, halves: Sequence[tuple[int, int]]) -> tuple[Vector, Vector]:
    """Strengths (count,) with mean 0 and their covariance (count, count), in logits."""
    if not halves:
        return np.zeros(count), np.eye(count) / PRIOR
    # Halves double the likelihood, so the prior is doubled for the fit and the curvature halved.
    fitted = np.asarray(choix.opt_pairwise(count, list(halves), alpha=2 * PRIOR))
    strengths = fitted - fitted.mean()
    curvature = PRIOR * np.eye(count)
    for winner, loser in halves:
        chance = 1 / (1 + math.exp(strengths[loser] - strengths[winner]))
        weight = 0.5 * chance * (1 - chance)
        apart = np.zeros(count)
        apart[winner], apart[loser] = 1, -1
        curvature += weight * np.outer(apart, apart)
    return strengths, np.asarray(np.linalg.inv(curvature), dtype=np.float64)


def _place(
    at: int,
    labels: Sequence[str],
    strengths: Vector,
    covariance: Vector,
    ballots: Sequence[Ballot],
) -> Place:
    rating = 1000 + ELO * float(strengths[at])
    margin = ELO * Z95 * math.sqrt(_variance_about_mean(at, covariance))
    wins, losses, ties = _record(labels[at], ballots)
    return Place(labels[at], rating, rating - margin, rating + margin, wins, losses, ties)


def _variance_about_mean(at: int, covariance: Vector) -> float:
    """Only differences are measured, so an arm's spread is that of its distance to the mean."""
    if len(covariance) == 1:
        return float(covariance[0, 0])
    apart = np.full(len(covariance), -1 / len(covariance))
    apart[at] += 1
    return float(apart @ covariance @ apart)


def _record(label: str, ballots: Sequence[Ballot]) -> tuple[int, int, int]:
    wins = losses = ties = 0
    for ballot in ballots:
        if label not in ballot.labels or ballot.choice == "both_bad":
            continue
        if ballot.choice == "tie":
            ties += 1
        elif ballot.labels[SIDES.index(ballot.choice)] == label:
            wins += 1
        else:
            losses += 1
    return wins, losses, ties


def _more_votes(
    order: Sequence[int], strengths: Vector, covariance: Vector, informative: int
) -> int:
    """Votes still needed until the 95 % interval of the first two's difference leaves 0,
    if it stays as it is now: its variance falls as one over the votes."""
    if len(order) < 2:
        return 0
    first, second = order[0], order[1]
    apart = float(strengths[first] - strengths[second])
    spread = covariance[first, first] + covariance[second, second] - 2 * covariance[first, second]
    if apart < 1e-6:
        return MOST_VOTES
    needed = max(1, informative) * (Z95**2 * float(spread) / apart**2 - 1)
    return min(MOST_VOTES, max(0, math.ceil(needed)))
