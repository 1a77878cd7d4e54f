"""Brand, text and button side by side, for banners of one line."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from studio.render.banner.banner_size import TypeScale
from studio.render.banner.block import Block, around
from studio.render.banner.box import Box
from studio.render.banner.pieces import brand_block, button_block
from studio.render.banner.stack import Column, Stack, headline_size, squeezed, stack
from studio.render.banner.wording import Wording

_BRAND_SHARE, _LEAST_BRAND_SHARE = 0.24, 0.16
_MOST_LINES = 2


@dataclass(frozen=True, slots=True)
class Row:
    """The room for a row in pixels, the distance between its parts, and its button."""

    box: Box
    gap: float
    type: TypeScale
    ruled: bool = False
    """A hairline between brand and text."""
    radius: float = 0.5


def row(wording: Wording, room: Row) -> Stack | None:
    """The blocks where they stand; None where nothing fits. The brand stands left, the button
    right, both as large as leaves the headline enough."""
    offers = []
    for share in (1.0, 0.5, 0.0):
        button = _button(wording, room, share)
        for lines in (1, 2):
            found = _between(wording, room, _brand(wording, room, share, lines), button)
            offers += [(headline_size(found) * (1 + 0.2 * share), found)] if found else []
    if offers:
        return max(offers, key=lambda each: each[0])[1]
    button, brand = _button(wording, room, 0.0), _brand(wording, room, 0.0, 2)
    return (
        _between(wording.nameless, room, None, button)
        or _between(wording, room, brand, button, squeezed)
        or _between(wording.nameless, room, None, button, squeezed)
    )


def _button(wording: Wording, room: Row, share: float) -> Block | None:
    if not wording.cta:
        return None
    low, high = room.type.cta
    size = low + share * (high - low)
    made = button_block(
        wording, size, room.radius, 0.4 * room.box.width, min(2.4 * size, room.box.height)
    )
    return made.at(room.box.right - made.box.width, _middled(room.box, made))


def _brand(wording: Wording, room: Row, share: float, lines: int) -> Block | None:
    low, high = room.type.brand
    one = lines == 1 or wording.logo is not None
    wide = (_BRAND_SHARE if one else _LEAST_BRAND_SHARE) * room.box.width
    size = low + share * (high - low)
    if wording.logo is not None:
        size = max(size, 0.36 * room.box.height)
    made = brand_block(wording, (low, size), wide, lines)
    return made and made.at(room.box.left, _middled(room.box, made))


def _between(
    wording: Wording,
    room: Row,
    brand: Block | None,
    button: Block | None,
    fill: Callable[[Wording, Column], Stack | None] = stack,
) -> Stack | None:
    """The text set in what brand and button leave."""
    if brand is None and (wording.brand_name or wording.logo):
        return None
    left = brand.box.right + room.gap * (1.9 if room.ruled else 1.0) if brand else room.box.left
    right = button.box.left - room.gap if button else room.box.right
    column = Column(
        right - left, room.box.height, room.type, "none", button=False, most_lines=_MOST_LINES
    )
    words = fill(wording.nameless, column) if right > left else None
    if words is None:
        return None
    text = around(words)
    top = room.box.top + (room.box.height - text.height) / 2
    placed = [each.moved(left, top - text.top) for each in words]
    if brand and room.ruled:
        middle = round((brand.box.right + left) / 2)
        rule = Box(middle, room.box.top + 2, middle + 1, room.box.bottom - 2)
        placed.append(Block("rule", rule))
    return (*([brand] if brand else ()), *placed, *([button] if button else ()))


def _middled(box: Box, block: Block) -> float:
    return box.top + (box.height - block.box.height) / 2
