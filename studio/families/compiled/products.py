"""Rows through a packed weight, and through what adapters add to it."""

from __future__ import annotations

from numba import njit

from studio.families.compiled.lanes import LANES
from studio.families.compiled.parts import HEAD
from studio.families.compiled.rows import gain_row, round_row, turn_row
from studio.families.compiled.tiles import (
    BLOCK,
    FEW_ROWS,
    ROWS,
    VECTORS,
    float_tile,
    int8_tile,
)

WIDE = LANES * VECTORS
FURTHER = 1024
"""Bytes by which an adapter's numbers are fetched before they are needed."""


@njit(nogil=True)
def product_of(layer, kind):
    """The number of a layer's product."""
    return layer * HEAD + kind


@njit(nogil=True)
def round_rows(model, desk, kind, first, end):
    """Rows of `normed` become 8-bit numbers; what they were is lost."""
    count = model.inputs[kind]
    for m in range(first, end):
        row = desk.normed[m].ctypes.data
        turn_row(row, count, model.turns[kind])
        round_row(
            row,
            count,
            desk.rounded[m].ctypes.data,
            desk.scales[m:].ctypes.data,
            desk.shifts[m:].ctypes.data,
        )


@njit(nogil=True)
def multiply(model, desk, product, kind, count, first, end, out, apart):
    """Blocks of outputs of a product, for all rows; `out` [rows, outputs] by address."""
    inputs, row_bytes = model.inputs[kind], desk.rounded.strides[0]
    weights = model.weights.ctypes.data + model.weight_at[product]
    factors = model.factors.ctypes.data + 4 * model.factor_at[product]
    rounded, scales = desk.rounded.ctypes.data, desk.scales.ctypes.data
    shifts = desk.shifts.ctypes.data
    for block in range(first, end):
        for m in range(0, count, ROWS):
            int8_tile(
                min(ROWS, count - m),
                rounded + m * row_bytes,
                row_bytes,
                scales + 4 * m,
                shifts + 4 * m,
                weights + block * inputs * BLOCK,
                inputs // 4,
                factors + 4 * block * BLOCK,
                out + m * apart + 4 * block * BLOCK,
                apart,
            )


@njit(nogil=True)
def adapter_run(plan, first, end):
    """Where the rows with the adapter of the first one end."""
    last = first + 1
    while last < end and plan.adapters[last] == plan.adapters[first]:
        last += 1
    return last


@njit(nogil=True)
def mix(rows, row_bytes, count, weights, line, steps, out, apart, outputs, ahead):
    """out[m, n] += rows[m] . weights[:, n]: floats through halves, by addresses; `line` is how
    many halves a line of the weights has; `ahead` is what will be read next."""
    for m in range(0, count, FEW_ROWS):
        few, row, place = min(FEW_ROWS, count - m), rows + m * row_bytes, out + m * apart
        for n in range(0, outputs, WIDE):
            vectors = min(VECTORS, (outputs - n) // LANES)
            at, to = weights + 2 * n, place + 4 * n
            some_floats(
                few, vectors, row, row_bytes, at, 2 * LANES, 2 * line, steps, to, apart, ahead
            )


@njit(nogil=True)
def some_floats(
    count, vectors, rows, row_bytes, weights, vector_bytes, line_bytes, steps, out, apart, ahead
):
    """`float_tile`, which is large, compiled once for all who call it."""
    float_tile(
        count,
        vectors,
        rows,
        row_bytes,
        weights,
        vector_bytes,
        line_bytes,
        steps,
        out,
        apart,
        ahead,
    )


@njit(nogil=True)
def adapt_down(model, adapters, plan, desk, product, kind, first, end):
    """Rows of `normed` through the first matrix of their adapters, into `inner`."""
    while first < end:
        last, place = adapter_run(plan, first, end), plan.adapters[first]
        columns = adapters.columns[place, kind]
        if columns > 0:
            desk.inner[first:last, :columns] = 0
            weights = adapters.numbers.ctypes.data + 2 * adapters.down_at[place, product]
            mix(
                desk.normed[first].ctypes.data,
                desk.normed.strides[0],
                last - first,
                weights,
                columns,
                model.inputs[kind],
                desk.inner[first].ctypes.data,
                desk.inner.strides[0],
                columns,
                weights + FURTHER,
            )
        first = last


@njit(nogil=True)
def adapt_up(adapters, plan, desk, product, kind, count, begin, stop):
    """What adapters make of blocks of outputs in `mixed`: gains, then what they add."""
    begin, stop = begin * BLOCK, min(stop * BLOCK, adapters.part_ends[kind, -1])
    first = 0
    while first < count:
        last, place = adapter_run(plan, first, count), plan.adapters[first]
        if place > 0:
            gains = adapters.gain_at[place, product]
            if gains >= 0 and begin < stop:
                for m in range(first, last):
                    gain_row(
                        desk.mixed[m, begin:].ctypes.data,
                        stop - begin,
                        adapters.gains[gains + begin :].ctypes.data,
                    )
            if adapters.ranks[place] > 0:
                _add_parts(adapters, desk, product, kind, place, first, last, begin, stop)
        first = last


@njit(nogil=True)
def _add_parts(adapters, desk, product, kind, place, first, last, begin, stop):
    weights = adapters.numbers.ctypes.data + 2 * adapters.up_at[place, product]
    rank, start = adapters.ranks[place], 0
    for part in range(adapters.part_ends.shape[1]):
        part_end = adapters.part_ends[kind, part]
        low, high = max(begin, start), min(stop, part_end)
        if low < high:
            mix(
                desk.inner[first, part * rank :].ctypes.data,
                desk.inner.strides[0],
                last - first,
                weights + 2 * (low - start),
                part_end - start,
                rank,
                desk.mixed[first, low:].ctypes.data,
                desk.mixed.strides[0],
                high - low,
                weights + 2 * (low - start) + FURTHER,
            )
        if part_end > start:
            weights += 2 * rank * (part_end - start)
            start = part_end
