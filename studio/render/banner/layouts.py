"""The three layouts: for a size, what stands where.

Everything stands on the size's margin; a text column is as high as its text, and the picture takes
what it leaves.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from studio.render.banner.banner_size import BannerSize
from studio.render.banner.block import Block, around
from studio.render.banner.box import Box
from studio.render.banner.composition import Composition, Edge
from studio.render.banner.row import Row, row
from studio.render.banner.stack import Column, Stack, squeezed, stack
from studio.render.banner.wording import Wording

PILL, ROUNDED, SQUARE = 0.5, 0.18, 0.0
"""The button's corners in each layout, in button heights."""
_CARD_INSET, _CARD_PAD = 0.6, 0.85
"""Of the margin: from the banner's edge to a card, and from the card's edge to its text."""
_CARD_WIDTH = 0.62
"""The least width of a card under or over the picture, of what it could have."""
_STRIP_PX = 60
"""A row lower than this spends little on its picture."""


def full(size: BannerSize, wording: Wording) -> tuple[Composition, ...]:
    """The picture everywhere; one composition for each side its text could stand on."""
    picture = size.whole.inset(-size.bleed)
    if size.shape == "row":
        rows = _row(size, wording, size.safe, PILL)
        return tuple(Composition(picture, each, "picture", edge="left") for each in rows)
    beside = size.shape == "wide"
    column = _column(size, size.safe, PILL, 0.56 if beside else 1.0, 0.9)
    blocks = filled(wording, column)
    if blocks is None:
        return ()
    edges: tuple[Edge, ...] = ("left", "right") if beside else ("bottom", "top")
    return tuple(
        Composition(picture, _against(blocks, size.safe, edge), "picture", edge=edge)
        for edge in edges
    )


def carded(size: BannerSize, wording: Wording) -> tuple[Composition, ...]:
    """`full` for a picture too busy for a veil: the text on a card that lies on the picture."""
    if size.shape == "row":
        return ()
    outer, pad = _card_room(size), _CARD_PAD * size.margin
    room = outer.inset(pad)
    beside = size.shape == "wide"
    share = (0.5, 1.0) if beside else (1.0, 0.66 if size.shape == "rectangle" else 0.5)
    blocks = filled(wording, _column(size, room, PILL, *share))
    if blocks is None:
        return ()
    edges: tuple[Edge, ...] = ("left", "right") if beside else ("bottom", "top")
    picture = size.whole.inset(-size.bleed)
    placed = [(_against(blocks, room, edge), edge) for edge in edges]
    return tuple(
        Composition(picture, each, "card", _card(around(each).inset(-pad), outer, edge), edge)
        for each, edge in placed
    )


def _card(text: Box, outer: Box, edge: Edge) -> Box:
    """As wide as the text asks; beside the picture as high as the banner lets it."""
    if edge in ("left", "right"):
        return text._replace(top=outer.top, bottom=outer.bottom)
    right = max(text.right, outer.left + _CARD_WIDTH * outer.width)
    return text._replace(left=outer.left, right=min(right, outer.right))


def _card_room(size: BannerSize) -> Box:
    """Where a card may lie: nearer to the edge than text, and clear of the app's controls."""
    inset = round(_CARD_INSET * size.margin)
    whole = size.whole.inset(inset)
    return whole._replace(
        top=max(whole.top, size.safe_top), bottom=min(whole.bottom, size.height - size.safe_bottom)
    )


def split(size: BannerSize, wording: Wording) -> tuple[Composition, ...]:
    """A panel in the brand's colour beside, under or over the picture."""
    if size.shape == "row":
        return _split_row(size, wording)
    if size.shape == "wide":
        return _split_beside(size, wording)
    return _split_stacked(size, wording)


def editorial(size: BannerSize, wording: Wording) -> tuple[Composition, ...]:
    """Text in ink on white, the picture framed by the margin."""
    if size.shape == "row":
        return _framed_row(size, wording)
    if size.shape in ("wide", "rectangle"):
        return _framed_beside(size, wording)
    return _framed_under(size, wording)


def _split_row(size: BannerSize, wording: Wording) -> tuple[Composition, ...]:
    edge = round(size.width - (1.0 if size.height < _STRIP_PX else 1.6) * size.height)
    panel = Box(0, 0, edge, size.height)
    room = Box(size.margin, size.safe.top, edge - size.margin, size.safe.bottom)
    picture = Box(edge, 0, size.width, size.height)
    return tuple(
        Composition(picture, each, "panel", panel) for each in _row(size, wording, room, ROUNDED)
    )


def _split_beside(size: BannerSize, wording: Wording) -> tuple[Composition, ...]:
    edge = round(0.56 * size.width)
    room = Box(size.safe.left, size.safe.top, edge - size.margin, size.safe.bottom)
    blocks = filled(wording, _column(size, room, ROUNDED, 1.0, 1.0))
    if blocks is None:
        return ()
    panel, picture = Box(0, 0, edge, size.height), Box(edge, 0, size.width, size.height)
    return (Composition(picture, _against(blocks, room, "left"), "panel", panel),)


def _split_stacked(size: BannerSize, wording: Wording) -> tuple[Composition, ...]:
    """The panel under the picture; over it where the app covers the lower end."""
    blocks = filled(
        wording,
        _column(size, size.safe, ROUNDED, 1.0, 0.62 if size.shape == "rectangle" else 0.52),
    )
    if blocks is None:
        return ()
    whole, high = size.whole.inset(-size.bleed), around(blocks).height
    pad = 1.15 * size.margin
    if size.safe_top:
        edge = round(size.safe.top + max(high + pad, 0.3 * size.height))
        panel, picture = whole._replace(bottom=edge), whole._replace(top=edge)
        top = edge - pad - high
    else:
        edge = round(size.height - max(high + 2 * pad, 0.4 * size.height))
        panel, picture = whole._replace(top=edge), whole._replace(bottom=edge)
        top = edge + (size.height - edge - high) / 2
    placed = tuple(each.moved(size.safe.left, top) for each in blocks)
    return (Composition(picture, placed, "panel", panel),)


def _framed_row(size: BannerSize, wording: Wording) -> tuple[Composition, ...]:
    inset = round(0.7 * size.margin)
    wide = round((1.0 if size.height < _STRIP_PX else 1.5) * (size.height - 2 * inset))
    picture = Box(inset, inset, inset + wide, size.height - inset)
    room = Box(picture.right + 1.2 * size.margin, size.safe.top, size.safe.right, size.safe.bottom)
    found = _row(size, wording, room, SQUARE, ruled=True)
    return tuple(Composition(picture, each, "paper") for each in found)


def _framed_beside(size: BannerSize, wording: Wording) -> tuple[Composition, ...]:
    """The picture left in a wide banner, right in a small one, where the text begins the page."""
    small = size.shape == "rectangle"
    wide = round((0.36 if small else 0.42) * size.width)
    left = size.width - size.margin - wide if small else size.margin
    picture = Box(left, size.margin, left + wide, size.height - size.margin)
    gap = size.margin * (1.0 if small else 1.2)
    room = (
        size.safe._replace(right=left - gap)
        if small
        else size.safe._replace(left=picture.right + gap)
    )
    blocks = filled(wording, _column(size, room, SQUARE, 1.0, 1.0, framed=True))
    if blocks is None:
        return ()
    return (Composition(picture, _spread(blocks, room), "paper"),)


def _framed_under(size: BannerSize, wording: Wording) -> tuple[Composition, ...]:
    blocks = filled(wording, _column(size, size.safe, SQUARE, 1.0, 0.53, framed=True))
    if blocks is None:
        return ()
    placed = tuple(each.moved(size.safe.left, size.safe.top) for each in blocks)
    top = round(around(placed).bottom + size.margin)
    picture = Box(size.margin, top, size.width - size.margin, size.height - size.margin)
    return (Composition(picture, placed, "paper"),)


def filled(wording: Wording, column: Column) -> Stack | None:
    """A stack; where none fits one without the brand, at last one in small type."""
    return (
        stack(wording, column)
        or stack(wording.nameless, column)
        or squeezed(wording, column)
        or squeezed(wording.nameless, column)
    )


def _row(
    size: BannerSize, wording: Wording, box: Box, radius: float, *, ruled: bool = False
) -> tuple[Stack, ...]:
    gap = 1.25 * size.margin
    found = row(wording, Row(box, gap, size.type, ruled and size.height > _STRIP_PX, radius))
    return (found,) if found else ()


def _column(
    size: BannerSize,
    room: Box,
    radius: float,
    width: float,
    height: float,
    *,
    framed: bool = False,
) -> Column:
    """The room for a stack: shares of the box, and how the size is set."""
    beside = size.shape == "rectangle" and not framed
    return Column(
        width * room.width,
        height * room.height,
        size.type,
        "beside" if beside else "top",
        ruled=framed and size.shape != "rectangle",
        most_lines=5 if size.width < 200 else 4,
        radius=radius,
    )


def _against(blocks: Stack, room: Box, edge: Edge) -> Stack:
    """Moved to an edge of a box; beside a picture, in the middle of the height."""
    text = around(blocks)
    left = room.right - text.right if edge == "right" else room.left
    top = {
        "top": room.top,
        "bottom": room.bottom - text.bottom,
    }.get(edge, room.top + (room.height - text.height) / 2)
    return tuple(each.moved(left, top) for each in blocks)


def _spread(blocks: Stack, room: Box) -> Stack:
    """The brand at the top of the box, the button at its foot, the text between them."""
    text = around(blocks)
    spare = room.height - text.height
    return tuple(each.moved(room.left, room.top + _share(each) * spare) for each in blocks)


def _share(block: Block) -> float:
    return {"logo": 0.0, "rule": 0.0, "cta": 1.0}.get(block.name, 0.5)


LAYOUT: Mapping[int, Callable[[BannerSize, Wording], tuple[Composition, ...]]] = MappingProxyType(
    {1: full, 2: split, 3: editorial}
)
