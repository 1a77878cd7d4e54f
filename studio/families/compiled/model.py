"""A checkpoint's weights packed for the compiled step."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import torch

from studio.families.compiled.lanes import LANES
from studio.families.compiled.packing import aligned_bytes, pack, padded, turn_width
from studio.families.compiled.parts import HEAD, Floats, Model, Whole
from studio.families.compiled.rows import GELU, SILU
from studio.families.compiled.tiles import BLOCK
from studio.families.decoder_layer import DecoderLayer, norm_weight
from studio.families.decoder_shape import DecoderShape


def fits(shape: DecoderShape) -> bool:
    """Whether the kernels know how to cut it: all widths in vectors, halves of heads too."""
    widths = (shape.hidden, shape.inner, shape.head_width // 2)
    return all(width % LANES == 0 for width in widths)


def widths(shape: DecoderShape) -> tuple[tuple[int, int], ...]:
    """(inputs, outputs) of a layer's products, by kind."""
    seen = shape.heads * shape.head_width
    looks = (shape.heads + 2 * shape.kv_heads) * shape.head_width
    hidden, inner = shape.hidden, shape.inner
    return (hidden, looks), (seen, hidden), (hidden, 2 * inner), (inner, hidden)


def packed_model(
    shape: DecoderShape, weights: Mapping[str, torch.Tensor], head: torch.Tensor, tokens: int
) -> Model:
    """Read and pack layer after layer; `tokens` is how long a row may get."""
    sizes = (*widths(shape), (shape.hidden, len(head)))
    shelf = _Shelf([*(sizes[:HEAD] * shape.layers), sizes[HEAD]])
    norms = np.ones((HEAD * shape.layers + 1, shape.hidden), np.float32)
    look_norms = np.ones((2 * shape.layers, shape.head_width), np.float32)
    for i in range(shape.layers):
        layer = DecoderLayer.of(weights, i, shape)
        for kind, weight in enumerate(layer.products):
            shelf.put(i * HEAD + kind, weight)
        _fill(norms[HEAD * i :], layer.norms)
        _fill(look_norms[2 * i :], (layer.query_norm, layer.key_norm))
    _fill(norms[-1:], (norm_weight(weights, "model.norm", shape),))
    shelf.put(HEAD * shape.layers, head)
    bases = sorted(set(shape.rope_bases))
    cos, sin = zip(*(_rotations(base, shape.head_width, tokens) for base in bases), strict=True)
    return Model(
        weights=shelf.weights,
        factors=shelf.factors,
        weight_at=shelf.weight_at,
        factor_at=shelf.factor_at,
        inputs=_whole([inputs for inputs, _ in sizes]),
        blocks=_whole([padded(outputs) // BLOCK for _, outputs in sizes]),
        turns=_whole([turn_width(inputs) for inputs, _ in sizes]),
        norms=norms,
        look_norms=look_norms,
        cos=np.stack(cos),
        sin=np.stack(sin),
        base_of=_whole([bases.index(base) for base in shape.rope_bases]),
        windows=_whole(shape.windows),
        epsilon=np.float32(shape.epsilon),
        look_scale=np.float32(shape.head_width**-0.5),
        layers=shape.layers,
        heads=shape.heads,
        kv_heads=shape.kv_heads,
        width=shape.head_width,
        activation=SILU if shape.activation == "silu" else GELU,
        norms_after=int(shape.norms_after),
        norms_looks=int("model.layers.0.self_attn.q_norm.weight" in weights),
    )


class _Shelf:
    """Room for the packed weights of all products, one after the other."""

    def __init__(self, sizes: Sequence[tuple[int, int]]) -> None:
        """`sizes`: inputs and outputs of each product."""
        self._lengths = [padded(outputs) for _, outputs in sizes]
        self._bytes = [
            inputs * length for (inputs, _), length in zip(sizes, self._lengths, strict=True)
        ]
        self.weights = aligned_bytes(sum(self._bytes))
        self.factors = np.zeros(sum(self._lengths), np.float32)
        self.weight_at, self.factor_at = _starts(self._bytes), _starts(self._lengths)

    def put(self, product: int, weight: torch.Tensor) -> None:
        at, line = self.weight_at[product], self.factor_at[product]
        factors = self.factors[line : line + self._lengths[product]]
        pack(weight, self.weights[at : at + self._bytes[product]], factors)


def _fill(lines: Floats, norms: Sequence[torch.Tensor | None]) -> None:
    """Line by line; one that the architecture does not have is left alone."""
    for line, norm in zip(lines, norms, strict=False):
        if norm is not None:
            line[:] = norm.float().numpy()


def _starts(lengths: Sequence[int]) -> Whole:
    return _whole([sum(lengths[:i]) for i in range(len(lengths))])


def _whole(numbers: Sequence[int]) -> Whole:
    return np.array(numbers, np.int64)


def _rotations(base: float, width: int, tokens: int) -> tuple[Floats, Floats]:
    """Cosines and sines, [tokens, width / 2]."""
    powers = np.arange(0, width, 2, dtype=np.float32) / np.float32(width)
    angles = np.outer(np.arange(tokens, dtype=np.float32), np.float32(base) ** -powers)
    return np.cos(angles), np.sin(angles)
