"""What the fake family paints: two colours melting into each other, with data like the GAN's."""

from __future__ import annotations

import base64
import random
import zlib
from collections.abc import Mapping, Sequence

from studio.crafts.palette import SLOTS, hex_to_rgb, spread_over
from studio.families.fake_row import question
from studio.requests import Chunk, Picture, Request, Usage

_EDGE = 256
_CELLS = 32
_WHOLE = 15


def painted(request: Request) -> Chunk:
    """A gradient drawn from the question; layout, slots and noise are kept where they are given."""
    asked = request.condition
    draw = random.Random(question(request))
    slots = _slots(asked.get("slots"), draw)
    kept = asked.get("layout")
    data: dict[str, object] = {
        "layout": kept if isinstance(kept, str) else _layout(draw),
        "slots": slots,
        "noise": asked.get("noise", request.seed),
    }
    return Chunk(picture=_gradient(slots, asked), data=data, finish="stop", usage=Usage())


def _slots(given: object, draw: random.Random) -> list[str]:
    if isinstance(given, Sequence) and not isinstance(given, str) and len(given) == SLOTS:
        return [str(each) for each in given]
    ends = ["#" + bytes(draw.randrange(256) for _ in range(3)).hex() for _ in range(2)]
    return list(spread_over(ends))


def _layout(draw: random.Random) -> str:
    """A layout code (families/layouts.py) that gives each cell to one slot."""
    size = _CELLS * _CELLS
    levels = bytearray(SLOTS * size)
    for cell in range(size):
        levels[draw.randrange(SLOTS) * size + cell] = _WHOLE
    packed = bytes(a << 4 | b for a, b in zip(levels[::2], levels[1::2], strict=True))
    return base64.b64encode(bytes((_CELLS, _CELLS)) + zlib.compress(packed, 9)).decode("ascii")


def _gradient(slots: Sequence[str], asked: Mapping[str, object]) -> Picture:
    width, height = _size(asked)
    pairs = tuple(zip(hex_to_rgb(slots[0]), hex_to_rgb(slots[-1]), strict=True))
    steps = range(width)
    row = bytes((a * (width - x) + b * x) // width for x in steps for a, b in pairs)
    return Picture(width, height, row * height)


def _size(asked: Mapping[str, object]) -> tuple[int, int]:
    """Width and height, the longer one `edge`."""
    edge, aspect = asked.get("edge", _EDGE), asked.get("aspect", 1.0)
    side = edge if isinstance(edge, int) else _EDGE
    ratio = float(aspect) if isinstance(aspect, int | float) else 1.0
    if ratio >= 1:
        return side, max(1, round(side / ratio))
    return max(1, round(side * ratio)), side
