"""What a step of a card costs, admissions aside."""

from __future__ import annotations

from typing import NamedTuple


class Prices(NamedTuple):
    """Seconds of the device."""

    turn_s: float
    row_s: float
    """Of each row that writes, or paints, in the step."""
    token_s: float = 0.0
    """Of each prompt token that is read in the step."""
    held_s: float = 0.0
    """Beside `row_s`, of each row that a constraint holds."""

    def seconds(self, rows: float, tokens: float = 0.0, held: float = 0.0) -> float:
        """Of one step."""
        return self.turn_s + self.row_s * rows + self.token_s * tokens + self.held_s * held
