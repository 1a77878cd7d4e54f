"""Where a tuning run stands; part of its checkpoint and of its card."""

from __future__ import annotations

import math
from dataclasses import dataclass


@dataclass(slots=True)
class TuningProgress:
    """Counts since the run began, over all its processes."""

    step: int = 0
    total: int = 0
    """Steps that the run is planned for."""
    epoch: int = 0
    batch: int = 0
    """Steps done in this epoch."""
    seconds: float = 0.0
    tokens: int = 0
    """Learnt tokens seen."""
    before: float = 0.0
    """Held-out loss before the first step, in nats a token."""
    best: float = math.inf
    """Lowest held-out loss so far."""
    best_step: int = 0
    worse: int = 0
    """Scores since then."""
    scored: int = -1
    """The step of the last score."""


def perplexity(loss: float) -> float:
    """exp of a loss in nats a token; a run that went astray does not overflow."""
    return math.exp(min(loss, 50.0))
