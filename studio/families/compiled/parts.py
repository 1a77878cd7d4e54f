"""What a compiled step works on, as plain arrays: the model, the slots, the adapters, the rows.

Products are numbered: four a layer (`KINDS` in order), the output head last.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

QKV, OUT, GATE_UP, DOWN, HEAD = range(5)
KINDS = (QKV, OUT, GATE_UP, DOWN)
"""The products of a layer."""

Bytes = NDArray[np.uint8]
Floats = NDArray[np.float32]
Halves = NDArray[np.uint16]
"""16-bit floats by their bits."""
Whole = NDArray[np.int64]


class Model(NamedTuple):
    """Packed weights and what the architecture says."""

    weights: Bytes
    """[bytes], every product's blocks of 32 outputs: [outputs / 32, inputs / 4, 32, 4]."""
    factors: Floats
    """[outputs of all products], a step of each output's 8-bit numbers."""
    weight_at: Whole
    """[products], where each one's weights begin."""
    factor_at: Whole
    inputs: Whole
    """[5], by kind."""
    blocks: Whole
    """[5], blocks of 32 outputs, by kind."""
    turns: Whole
    """[5], width of the Hadamard blocks of the inputs, by kind."""
    norms: Floats
    """[layers * 4 + 1, hidden]: before and after attention, before and after the MLP; the last."""
    look_norms: Floats
    """[layers * 2, head width]: of queries and keys."""
    cos: Floats
    """[rotary bases, tokens, head width / 2]"""
    sin: Floats
    base_of: Whole
    """[layers], row of `cos` and `sin`."""
    windows: Whole
    """[layers], how far each looks back, itself included; 0: all."""
    epsilon: np.float32
    look_scale: np.float32
    """What queries are multiplied by."""
    layers: int
    heads: int
    kv_heads: int
    width: int
    """Of a head."""
    activation: int
    norms_after: int
    norms_looks: int


class Slots(NamedTuple):
    """Keys and values of all rows, 16-bit floats."""

    keys: Halves
    """[layers, slots, kv heads, tokens / 16, head width, 16]: sixteen keys side by side."""
    values: Halves
    """[layers, slots, kv heads, tokens, head width]"""


class Adapters(NamedTuple):
    """Low-rank adapters and gains of all places; place 0 is none."""

    numbers: Halves
    down_at: Whole
    """[places, products], where A [inputs, columns] begins."""
    up_at: Whole
    """Where B begins: [rank, outputs] of each part of the product, one after the other."""
    ranks: Whole
    """[places]"""
    columns: Whole
    """[places, 4], columns of A by kind: rank times parts, up to a multiple of 16."""
    part_ends: Whole
    """[4, 3], by kind the output at which each part ends."""
    gains: Floats
    gain_at: Whole
    """[places, products], -1: none."""


class Plan(NamedTuple):
    """The tokens of one step, those of one adapter one after the other."""

    positions: Whole
    slots: Whole
    adapters: Whole
    wanted: Whole
    """Rows whose logits are asked."""
    tally: Whole
    """[stages, 2], parts of each stage that are claimed, and that are done."""


class Desk(NamedTuple):
    """Where a step writes; as many rows as its tokens."""

    rows: Floats
    """[rows, hidden], the residual stream."""
    normed: Floats
    """[rows, widest inputs]"""
    mixed: Floats
    """[rows, widest outputs]"""
    rounded: NDArray[np.int8]
    """[rows, widest inputs]"""
    scales: Floats
    shifts: NDArray[np.int32]
    inner: Floats
    """[rows, widest columns of an adapter]"""
    scores: Floats
    """[parts, 4, tokens of a slot]"""
    totals: Floats
    """[parts, 4]"""
    logits: Floats
    """[wanted, outputs of the head]"""
