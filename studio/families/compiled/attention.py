"""Grouped-query attention of one token over the keys and values of its slot."""

from __future__ import annotations

import numpy as np
from numba import njit

from studio.families.compiled.lanes import LANES
from studio.families.compiled.products import mix
from studio.families.compiled.rows import halve_row, norm_row, rotate_row, scale_row, soften_row
from studio.families.compiled.tiles import FEW_ROWS

NOT_SEEN = np.float32(-1e30)


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
    halve_row(key, width, slots.keys[layer, slot, head, block, 0, lane:].ctypes.data, 2 * LANES)
    halve_row(value, width, slots.values[layer, slot, head, position].ctypes.data, 2)


@njit(nogil=True)
def attend(model, slots, plan, desk, layer, m, head, scores, totals):
    """What the queries of a token see through one head of keys, into `normed`."""
    groups, width = model.heads // model.kv_heads, model.width
    end, slot = plan.positions[m] + 1, plan.slots[m]
    window = model.windows[layer]
    start = max(0, end - window) if window else 0
    keys = slots.keys[layer, slot, head]
    values = slots.values[layer, slot, head]
    for group in range(0, groups, FEW_ROWS):
        few, query = min(FEW_ROWS, groups - group), (head * groups + group) * width
        looks = desk.mixed[m, query:].ctypes.data
        seen = desk.normed[m, query : query + few * width]
        _look(looks, few, width, keys, start, end, scores)
        seen[:] = 0
        first = start // LANES * LANES
        reach = (end - first + LANES - 1) // LANES * LANES
        for g in range(few):
            totals[g] = soften_row(scores[g, first:].ctypes.data, reach)
        mix(
            scores[0, start:].ctypes.data,
            scores.strides[0],
            few,
            values[start].ctypes.data,
            width,
            end - start,
            seen.ctypes.data,
            4 * width,
            width,
        )
        for g in range(few):
            scale_row(seen[g * width :].ctypes.data, width, np.float32(1) / totals[g])


@njit(nogil=True)
def _look(looks, few, width, keys, start, end, scores):
    """Products of queries and keys; what lies outside of [start, end) is not seen."""
    first, last = start // LANES, (end + LANES - 1) // LANES
    scores[:few, first * LANES : last * LANES] = 0
    for block in range(first, last):
        mix(
            looks,
            4 * width,
            few,
            keys[block].ctypes.data,
            LANES,
            width,
            scores[0, block * LANES :].ctypes.data,
            scores.strides[0],
            LANES,
        )
    scores[:few, first * LANES : start] = NOT_SEEN
    scores[:few, end : last * LANES] = NOT_SEEN
