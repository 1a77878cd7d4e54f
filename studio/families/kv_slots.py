"""Keys and values of all rows, allocated once: [slots, kv heads, tokens, head width] per layer."""

from __future__ import annotations

from dataclasses import dataclass

import torch


@dataclass(frozen=True, slots=True)
class KvShape:
    """Sizes of one model's cache."""

    layers: int
    slots: int
    kv_heads: int
    tokens: int
    head_width: int

    def footprint(self, dtype: torch.dtype) -> int:
        """Bytes of keys and values together."""
        values = self.layers * self.slots * self.kv_heads * self.tokens * self.head_width
        return 2 * values * dtype.itemsize


class KvSlots:
    """The cache of a model; a row owns one slot from admission to release."""

    def __init__(self, shape: KvShape, dtype: torch.dtype, device: torch.device) -> None:
        size = (shape.slots, shape.kv_heads, shape.tokens, shape.head_width)
        self.shape = shape
        self.keys = [torch.zeros(size, dtype=dtype, device=device) for _ in range(shape.layers)]
        self.values = [torch.zeros(size, dtype=dtype, device=device) for _ in range(shape.layers)]

    def footprint(self) -> int:
        """Bytes allocated (on a CPU the system commits a page when it is first written)."""
        return self.shape.footprint(self.keys[0].dtype) if self.keys else 0

    def place(self, slot: int, keys: torch.Tensor, values: torch.Tensor) -> None:
        """Fill the slot's first places; [layers, kv heads, tokens, width]. Raises ValueError."""
        shape = self.shape
        wanted = (shape.layers, shape.kv_heads, keys.shape[2], shape.head_width)
        if keys.shape != wanted or values.shape != wanted or keys.shape[2] > shape.tokens:
            raise ValueError(f"a prefix of {tuple(keys.shape)} does not fit {wanted}")
        for layer in range(shape.layers):
            self.keys[layer][slot, :, : keys.shape[2]] = keys[layer]
            self.values[layer][slot, :, : keys.shape[2]] = values[layer]

    def copy(self, source: int, target: int, tokens: int) -> None:
        """The first places of one slot into those of another."""
        for stored in (*self.keys, *self.values):
            stored[target, :, :tokens] = stored[source, :, :tokens]
