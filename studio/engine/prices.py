"""What a step of a card costs."""

from __future__ import annotations

from typing import NamedTuple


class Prices(NamedTuple):
    """Seconds of the device."""

    turn_s: float
    row_s: float
    """Of each row that writes, or paints, in the step."""
    joining_s: float = 0.0
    """Of each row that is admitted in the turn."""
    token_s: float = 0.0
    """Of each prompt token that is read in the step."""

    def seconds(self, rows: float, joining: float = 0.0, tokens: float = 0.0) -> float:
        """Of one whole turn."""
        return self.turn_s + self.row_s * rows + self.joining_s * joining + self.token_s * tokens
