"""Brand, headline, sub-line and button one under the other, as large as a column takes them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from studio.render.banner.banner_size import TypeScale
from studio.render.banner.block import Block, around
from studio.render.banner.box import Box
from studio.render.banner.pieces import (
    brand_block,
    button_block,
    headline_block,
    subline_block,
)
from studio.render.banner.wording import Wording

Stack = tuple[Block, ...]
Brand = Literal["top", "beside", "none"]

STEPS, _BACK = 14, 3
_LOGO_WIDTH = 0.6
"""Of the column."""
"""Type sizes tried between the least and the largest; how many are given up for even lines, which
can be a little higher."""
_COMFORT, _GAIN, _BARE_GAIN = 0.3, 1.2, 1.35
"""A headline set nearer to its least size than this gives way to the short one where that is so
much larger; and so does the sub-line."""
_BELOW = (0.85, 0.7, 0.55, 0.4)
"""What is left when nothing fits: smaller type than is good."""


@dataclass(frozen=True, slots=True)
class Column:
    """The room for a stack in pixels and how it is filled."""

    width: float
    height: float
    type: TypeScale
    brand: Brand = "top"
    """top: over the headline; beside: at the right of the button; none: elsewhere."""
    button: bool = True
    ruled: bool = False
    """A hairline under the brand."""
    most_lines: int = 4
    radius: float = 0.5
    """Of the button's corners, in button heights; 0.5 is a pill."""


def stack(wording: Wording, column: Column) -> Stack | None:
    """The blocks with their common left top corner at (0, 0); None where nothing fits.

    Gives way in this order: a long headline to the short one, then the sub-line."""
    found = _largest(wording, column)
    return _worth(found, lambda: _largest(wording.barer, column), column, _BARE_GAIN)


def squeezed(wording: Wording, column: Column) -> Stack | None:
    """The bare minimum in type smaller than is good, for what fits no other way."""
    for share in _BELOW:
        found = _at(wording.shorter.barer, column, column.type.lowered(share), parted=True)
        if found:
            return found
    return None


def headline_size(blocks: Stack) -> float:
    return next((each.size for each in blocks if each.name == "headline"), 0.0)


def _largest(wording: Wording, column: Column) -> Stack | None:
    """With the headline, or the short one where that is worth it."""
    return _worth(_largest_of(wording, column), _shorter(wording, column), column, _GAIN)


def _shorter(wording: Wording, column: Column) -> Callable[[], Stack | None]:
    return lambda: _largest_of(wording.shorter, column)


def _worth(
    found: Stack | None, other: Callable[[], Stack | None], column: Column, gain: float
) -> Stack | None:
    """What was found; the other where that has a much larger headline, or nothing was found."""
    low, high = column.type.headline
    if found and headline_size(found) >= low + _COMFORT * (high - low):
        return found
    instead = other()
    if found and instead and headline_size(instead) < gain * headline_size(found):
        return found
    return instead or found


def _largest_of(wording: Wording, column: Column) -> Stack | None:
    """By bisection over the type sizes: what fits at a size fits at every smaller one."""
    share = largest(lambda each: _at(wording, column, column.type.up_to(each)) is not None)
    if share is None:
        return None
    for back in range(_BACK):
        sizes = column.type.up_to(max(0.0, share - back / STEPS))
        found = _at(wording, column, sizes, balanced=True)
        if found:
            return found
    return _at(wording, column, column.type.up_to(share))


def largest(fits: Callable[[float], bool]) -> float | None:
    """The largest share 0..1 that fits; None where not even 0 does."""
    if fits(1.0):
        return 1.0
    if not fits(0.0):
        return None
    low, high = 0, STEPS
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if fits(middle / STEPS) else (low, middle)
    return low / STEPS


def _at(
    wording: Wording,
    column: Column,
    sizes: TypeScale,
    *,
    balanced: bool = False,
    parted: bool = False,
) -> Stack | None:
    """Everything no larger than these sizes; None where it is too high or too wide."""
    headline = headline_block(
        wording,
        column.width,
        column.height,
        sizes.headline,
        column.most_lines,
        balanced=balanced,
        parted=parted,
    )
    wide = _LOGO_WIDTH * column.width if wording.logo else column.width
    brand = brand_block(wording, sizes.brand, wide)
    if headline is None:
        return None
    pile = _Pile(column)
    if brand and column.brand == "top":
        pile.add(brand)
        pile.space(0.5 * headline.size + 0.35 * (brand.size or 0.4 * brand.box.height))
        if column.ruled:
            pile.rule(sizes.brand[0])
    pile.add(headline)
    if wording.subline:
        subline = subline_block(
            wording, column.width, column.height, sizes.subline, balanced=balanced
        )
        if subline is None:
            return None
        pile.space(0.38 * headline.size + 0.4 * subline.size)
        pile.add(subline)
    if column.button and wording.cta:
        button = button_block(wording, sizes.cta[1], column.radius, column.width)
        pile.space(0.36 * headline.size + 0.75 * button.size)
        pile.foot(button, brand if column.brand == "beside" else None)
    return pile.whole


class _Pile:
    """Blocks put one under the other."""

    def __init__(self, column: Column) -> None:
        self._column = column
        self._blocks: list[Block] = []
        self._top = self._space = 0.0

    def add(self, block: Block) -> None:
        self._top += self._space
        self._blocks.append(block.at(0, self._top))
        self._top, self._space = self._top + block.box.height, 0.0

    def space(self, pixels: float) -> None:
        self._space = pixels

    def rule(self, brand_px: float) -> None:
        """A hairline in the middle of a space, which grows for it."""
        self._space *= 1.4
        top, thick = round(self._top + 0.5 * self._space), max(1.0, round(brand_px / 16))
        self._blocks.append(Block("rule", Box(0, top, self._column.width, top + thick)))

    def foot(self, button: Block, brand: Block | None) -> None:
        """The button, and the brand at the column's other end in the same line."""
        top = self._top + self._space
        self.add(button)
        if brand is None:
            return
        left = self._column.width - brand.box.width
        if left < button.box.right + 1.2 * button.size:
            left = self._column.width + button.size  # What sticks out does not fit.
        lower = (button.box.height - brand.box.height) / 2
        self._blocks.append(brand.at(left, top + lower))

    @property
    def whole(self) -> Stack | None:
        blocks = tuple(self._blocks)
        bounds = around(blocks)
        wide, high = self._column.width + 0.5, self._column.height + 0.5
        return blocks if bounds.right <= wide and bounds.bottom <= high else None
