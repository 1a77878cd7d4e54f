"""What estimates have been wrong by, card after card: people who come later, a busy machine."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import exp, log

_NEWEST = 0.015
"""How much one ending counts: those of one work, a dozen, are wrong by the same."""
_MOST = log(2.0)
"""An estimate is never changed by more than this factor, nor does one ending count for more."""
_LEAST_S = 0.001


@dataclass(slots=True)
class Correction:
    """The running geometric mean of (what came true) / (what was foretold), by card."""

    _logs: dict[str, float] = field(default_factory=dict)

    def observe(self, card: str, foretold_s: float, true_s: float) -> None:
        """It took `true_s` when `foretold_s` were expected, before any correction."""
        wrong = log(max(true_s, _LEAST_S) / max(foretold_s, _LEAST_S))
        wrong = max(-_MOST, min(_MOST, wrong))
        before = self._logs.get(card, 0.0)
        self._logs[card] = before + _NEWEST * (wrong - before)

    def corrected(self, card: str, seconds: float) -> float:
        """The estimate as it should be told."""
        return seconds * exp(self._logs.get(card, 0.0))
