"""A checkpoint's weights packed for the compiled step."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import torch

from studio.families.compiled.lanes import LANES
from studio.families.compiled.packing import aligned_bytes, pack, padded, turn_width
from studio.families.compiled.parts import HEAD, Floats, Model, Whole
from studio.families.compiled.rows import GELU, SILU
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
    products = [*(sizes[:HEAD] * shape.layers), sizes[HEAD]]
    lengths = [padded(outputs) for _, outputs in products]
    bytes_each = [inputs * length for (inputs, _), length in zip(products, lengths, strict=True)]
    weight_at, factor_at = _starts(bytes_each), _starts(lengths)
    numbers, factors = aligned_bytes(sum(bytes_each)), np.zeros(sum(lengths), np.float32)
    norms = np.ones((4 * shape.layers + 1, shape.hidden), np.float32)
    look_norms = np.ones((2 * shape.layers, shape.head_width), np.float32)

    def put(product: int, weight: torch.Tensor) -> None:
        at, row = weight_at[product], factor_at[product]
        place = numbers[at : at + bytes_each[product]]
        pack(weight, place, factors[row : row + lengths[product]])

    layer: DecoderLayer | None = None
    for i in range(shape.layers):
        layer = DecoderLayer.of(weights, i, shape)
        for kind, weight in enumerate(layer.products):
            put(i * HEAD + kind, weight)
        for at, norm in enumerate(layer.norms):
            if norm is not None:
                norms[4 * i + at] = norm.float().numpy()
        for at, norm in enumerate((layer.query_norm, layer.key_norm)):
            if norm is not None:
                look_norms[2 * i + at] = norm.float().numpy()
    norms[-1] = norm_weight(weights, "model.norm", shape).float().numpy()
    put(len(products) - 1, head)
    bases = sorted(set(shape.rope_bases))
    cos, sin = zip(*(_rotations(base, shape.head_width, tokens) for base in bases), strict=True)
    return Model(
        weights=numbers,
        factors=factors,
        weight_at=weight_at,
        factor_at=factor_at,
        inputs=_whole([inputs for inputs, _ in sizes]),
        blocks=_whole([padded(outputs) // padded(1) for _, outputs in sizes]),
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
        norms_looks=int(layer is not None and layer.query_norm is not None),
    )


def _starts(lengths: Sequence[int]) -> Whole:
    return _whole([sum(lengths[:i]) for i in range(len(lengths))])


def _whole(numbers: Sequence[int]) -> Whole:
    return np.array(numbers, np.int64)


def _rotations(base: float, width: int, tokens: int) -> tuple[Floats, Floats]:
    """Cosines and sines, [tokens, width / 2]."""
    powers = np.arange(0, width, 2, dtype=np.float32) / np.float32(width)
    angles = np.outer(np.arange(tokens, dtype=np.float32), np.float32(base) ** -powers)
    return np.cos(angles), np.sin(angles)
