"""How long a step of a card takes, learnt from the steps that were: pure arithmetic.

    seconds = a + b * rows + c * tokens + d * held

`rows` write or paint, `held` of them what a constraint allows, `tokens` of prompts are read; what
it takes to admit rows is no part of it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from studio.engine.fading_fit import FadingFit
from studio.engine.prices import Prices


@dataclass(frozen=True, slots=True)
class Step:
    """A step that was."""

    rows: float
    """That wrote, or painted, by their work."""
    seconds: float
    """Admissions before it aside."""
    tokens: int = 0
    """Of prompts that were read."""
    held: int = 0
    """Rows that wrote what a constraint allows."""


class StepTimes:
    """Seconds of a step, by card."""

    def __init__(self) -> None:
        self._fits: dict[str, FadingFit] = {}

    def observe(self, card: str, step: Step) -> None:
        """A step is over."""
        if step.rows or step.tokens:
            fit = self._fits.setdefault(card, FadingFit(4))
            fit.add(step.seconds, 1.0, step.rows, step.tokens, step.held)

    def known(self, card: str) -> bool:
        """Whether enough steps of the card were seen."""
        return card in self._fits and self._fits[card].known

    def prices(self, card: str) -> Prices:
        """What its steps cost; only when `known`."""
        return Prices(*self._fits[card].weights)

    def seconds(self, card: str, rows: float, tokens: float = 0.0) -> float:
        """How long a step will take; only when `known`."""
        return self.prices(card).seconds(rows, tokens)

    def rows_within(self, card: str, seconds: float) -> float:
        """How many rows fit a step of so many seconds; at least 1, `math.inf` when unknown."""
        if not self.known(card):
            return math.inf
        prices = self.prices(card)
        return max(1.0, (seconds - prices.turn_s) / prices.row_s) if prices.row_s > 0 else math.inf
