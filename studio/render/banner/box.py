"""A rectangle on a banner."""

from __future__ import annotations

from typing import NamedTuple


class Box(NamedTuple):
    """Pixels from the banner's left top corner; right and bottom lie outside."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.bottom - self.top

    def inset(self, x: float, y: float | None = None) -> Box:
        """Smaller by x at left and right, y (else x) at top and bottom; negative grows."""
        y = x if y is None else y
        return Box(self.left + x, self.top + y, self.right - x, self.bottom - y)

    def moved(self, x: float, y: float) -> Box:
        return Box(self.left + x, self.top + y, self.right + x, self.bottom + y)

    def joined(self, other: Box) -> Box:
        """The smallest box around both."""
        return Box(
            min(self.left, other.left),
            min(self.top, other.top),
            max(self.right, other.right),
            max(self.bottom, other.bottom),
        )

    def holds(self, other: Box, slack: float = 0.5) -> bool:
        return (
            other.left >= self.left - slack
            and other.top >= self.top - slack
            and other.right <= self.right + slack
            and other.bottom <= self.bottom + slack
        )

    def part_of(self, whole: Box) -> tuple[float, float, float, float]:
        """As shares of another box, kept inside it."""
        return (
            max(0.0, (self.left - whole.left) / whole.width),
            max(0.0, (self.top - whole.top) / whole.height),
            min(1.0, (self.right - whole.left) / whole.width),
            min(1.0, (self.bottom - whole.top) / whole.height),
        )
