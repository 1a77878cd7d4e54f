"""Grouped-query attention of one token over the keys and values of its slot."""

from __future__ import annotations

import numpy as np
from numba import njit

from studio.families.compiled.lanes import LANES
from studio.families.compiled.products import mix, some_floats
from studio.families.compiled.rows import (
    fetch,
    halve_row,
    norm_row,
    rotate_row,
    scale_row,
    scatter_row,
    soften_row,
)
from studio.families.compiled.tiles import CACHE_LINE, FEW_ROWS, VECTORS

NOT_SEEN = np.float32(-1e30)


@njit(nogil=True)
def fetch_places(model, slots, plan, layer, m):
    """Have the lines brought near into which a token's keys and values will be put."""
    position, slot = plan.positions[m], plan.slots[m]
    for head in range(model.kv_heads):
        keys = slots.keys[layer, slot, head, position // LANES].ctypes.data
        for at in range(0, 2 * LANES * model.width, CACHE_LINE):
            fetch(keys + at)
        value = slots.values[layer, slot, head, position].ctypes.data
        for at in range(0, 2 * model.width, CACHE_LINE):
            fetch(value + at)


@njit(nogil=True)
def turn_looks(model, slots, plan, desk, layer, m, head):
    """Norm and rotate a token's key and the queries that look at it; put key and value away."""
    groups, width = model.heads // model.kv_heads, model.width
    position, slot = plan.positions[m], plan.slots[m]
    base = model.base_of[layer]
    cos, sin = model.cos[base, position].ctypes.data, model.sin[base, position].ctypes.data
    for query in range(head * groups, (head + 1) * groups):
        look = desk.mixed[m, query * width :].ctypes.data
        if model.norms_looks:
            norm_row(look, width, model.look_norms[2 * layer].ctypes.data, model.epsilon, look)
        rotate_row(look, width // 2, cos, sin, model.look_scale)
    key = desk.mixed[m, (model.heads + head) * width :].ctypes.data
    if model.norms_looks:
        norm_row(key, width, model.look_norms[2 * layer + 1].ctypes.data, model.epsilon, key)
    rotate_row(key, width // 2, cos, sin, np.float32(1))
    value = desk.mixed[m, (model.heads + model.kv_heads + head) * width :].ctypes.data
    block, lane = position // LANES, position % LANES
    scatter_row(key, width, slots.keys[layer, slot, head, block, 0, lane:].ctypes.data, 2 * LANES)
    halve_row(value, width, slots.values[layer, slot, head, position].ctypes.data)


@njit(nogil=True)
def attend(model, slots, plan, desk, layer, m, head, scores, totals, ahead):
    """What the queries of a token see through one head of keys, into `normed`. Values come near
    while keys are read, and what lies at `ahead` while values are."""
    groups, width = model.heads // model.kv_heads, model.width
    end, slot = plan.positions[m] + 1, plan.slots[m]
    start = first_seen(model, layer, plan.positions[m])
    first = start // LANES
    blocks = (end + LANES - 1) // LANES - first
    keys = slots.keys[layer, slot, head, first].ctypes.data
    values = slots.values[layer, slot, head].ctypes.data
    for group in range(0, groups, FEW_ROWS):
        few, query = min(FEW_ROWS, groups - group), (head * groups + group) * width
        seen = desk.normed[m, query : query + few * width]
        seen[:] = 0
        _look(
            desk.mixed[m, query:].ctypes.data,
            few,
            width,
            keys,
            blocks,
            scores,
            values + 2 * width * LANES * first,
        )
        scores[:few, : start - first * LANES] = NOT_SEEN
        scores[:few, end - first * LANES : blocks * LANES] = NOT_SEEN
        for g in range(few):
            totals[g] = soften_row(scores[g].ctypes.data, blocks * LANES)
        mix(
            scores[0, start - first * LANES :].ctypes.data,
            scores.strides[0],
            few,
            values + 2 * width * start,
            width,
            end - start,
            seen.ctypes.data,
            4 * width,
            width,
            ahead,
        )
        for g in range(few):
            scale_row(seen[g * width :].ctypes.data, width, np.float32(1) / totals[g])


@njit(nogil=True)
def first_seen(model, layer, position):
    """The first token that one at a position of a row looks back to."""
    window = model.windows[layer]
    return max(0, position + 1 - window) if window else 0


@njit(nogil=True)
def keys_of(model, slots, plan, layer, m, head):
    """Where the keys begin that a token sees through a head."""
    block = first_seen(model, layer, plan.positions[m]) // LANES
    return slots.keys[layer, plan.slots[m], head, block].ctypes.data


@njit(nogil=True)
def _look(looks, few, width, keys, blocks, scores, ahead):
    """Products of queries and blocks of sixteen keys, by addresses: several blocks at once, or
    each sum would wait for itself."""
    scores[:few, : blocks * LANES] = 0
    block_bytes = 2 * width * LANES
    for block in range(0, blocks, VECTORS):
        some_floats(
            few,
            min(VECTORS, blocks - block),
            looks,
            4 * width,
            keys + block * block_bytes,
            block_bytes,
            2 * LANES,
            width,
            scores[0, block * LANES :].ctypes.data,
            scores.strides[0],
            ahead + block * block_bytes,
        )
