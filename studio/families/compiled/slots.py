"""Keys and values of all rows for the compiled step: 16-bit, sixteen keys side by side."""

from __future__ import annotations

import numpy as np
import torch

from studio.families.compiled.lanes import LANES
from studio.families.compiled.parts import Halves, Slots
from studio.families.compiled.rows import HALF_MAX
from studio.families.forward import Prefix
from studio.families.kv_slots import KvShape

NUMBER_BYTES = 2


class CompiledSlots:
    """The cache of a model; a row owns one slot from admission to release."""

    def __init__(self, shape: KvShape) -> None:
        self.shape = shape
        blocks = -(-shape.tokens // LANES)
        size = (shape.layers, shape.slots, shape.kv_heads)
        self.arrays = Slots(
            np.zeros((*size, blocks, shape.head_width, LANES), np.uint16),
            np.zeros((*size, blocks * LANES, shape.head_width), np.uint16),
        )

    @property
    def tokens(self) -> int:
        """Places of a slot, up to whole blocks."""
        return int(self.arrays.values.shape[3])

    def footprint(self) -> int:
        """Bytes allocated (the system commits a page when it is first written)."""
        return sum(each.nbytes for each in self.arrays)

    def place(self, slot: int, prefix: Prefix) -> None:
        """Fill the slot's first places. Raises ValueError."""
        shape = self.shape
        wanted = (shape.layers, shape.kv_heads, prefix.tokens, shape.head_width)
        if not prefix.keys.shape == prefix.values.shape == wanted or wanted[2] > shape.tokens:
            raise ValueError(f"a prefix of {tuple(prefix.keys.shape)} does not fit {wanted}")
        keys, values = _halves(prefix.keys), _halves(prefix.values)
        self.arrays.values[:, slot, :, : prefix.tokens] = values
        for token in range(prefix.tokens):
            block, lane = divmod(token, LANES)
            self.arrays.keys[:, slot, :, block, :, lane] = keys[:, :, token]

    def copy(self, source: int, target: int, tokens: int) -> None:
        """The first places of one slot into those of another."""
        blocks = -(-tokens // LANES)
        for stored, count in ((self.arrays.keys, blocks), (self.arrays.values, tokens)):
            stored[:, target, :, :count] = stored[:, source, :, :count]


def _halves(numbers: torch.Tensor) -> Halves:
    bounded = numbers.float().clamp(-HALF_MAX, HALF_MAX)
    halves: Halves = bounded.half().numpy().view(np.uint16)
    return halves
