"""Movement is measured by how much edge leans, so a stirred picture needs more edge."""

from __future__ import annotations

from dataclasses import replace

from studio.families.drawings.paint import Wish


def stirred(wish: Wish, share: float = 0.3) -> Wish:
    """The wish with somewhat more density where movement is asked for, less where it is not."""
    density = wish.density + share * (wish.movement - 0.5)
    return replace(wish, density=min(1.0, max(0.0, density)))
