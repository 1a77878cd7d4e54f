"""The two inner loops: tiles of sums that stay in registers while rows and weights go by."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from llvmlite import ir
from numba.core import cgutils, types
from numba.extending import intrinsic

from studio.families.compiled.lanes import FLOAT, HALF, INT, LANES, LONG, Lanes
from studio.families.compiled.processor import has_wide_dots

BLOCK = 32
"""Outputs of a weight that lie together: two vectors."""
ROWS = 8
"""Rows of one 8-bit tile: with two vectors of outputs, sixteen sums in registers."""
FEW_ROWS, VECTORS = 4, 4
"""Rows, and vectors of outputs, of one tile of floats."""

AHEAD = 128
"""Bytes that a tile of floats brings near with each line: what a token's key or value has."""
CACHE_LINE = 64
_WORD = 4
"""Bytes of an int32, of a float32, and of the four 8-bit numbers that meet in one lane."""


@intrinsic
def int8_tile(
    _context, count, rows, row_bytes, scales, shifts, weights, steps, factors, out, apart
):
    """Up to 8 rows through 32 outputs of a packed weight (see `packing`).

    out[m, n] = (sum over k of weights[n, k] * rows[m, k] - shifts[m]) * scales[m] * factors[n];
    `steps` is k / 4, `row_bytes` and `apart` are the bytes between rows and between outputs' rows.
    Weights are unsigned and 128 is zero, rows are signed: shifts[m] is 128 * sum(rows[m]).
    """
    names = (count, rows, row_bytes, scales, shifts, weights, steps, factors, out, apart)

    def generate(_target: Any, at: Any, _signature: Any, values: Any) -> Any:
        _by_count(at, values[0], ROWS, lambda n: _int8_tile(at, n, *values[1:]))
        return cgutils.get_null_value(ir.LiteralStructType([]).as_pointer())

    return types.void(*([types.int64] * len(names))), generate


@intrinsic
def float_tile(
    _context,
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
):
    """Up to 4 rows of floats through up to 4 * 16 outputs of halves, added to what is there.

    out[m, n] += sum over k of rows[m, k] * weights[k, n]; sixteen outputs of weights lie
    `vector_bytes` after the sixteen before, a line of them `line_bytes` after the one before.
    What lies at `ahead` is brought near meanwhile, 128 bytes a line.
    """
    strides = (vector_bytes, line_bytes, steps)
    names = (count, vectors, rows, row_bytes, weights, *strides, out, apart, ahead)

    def generate(_target: Any, at: Any, _signature: Any, values: Any) -> Any:
        def of_rows(n: int) -> None:
            _by_count(at, values[1], VECTORS, lambda v: _float_tile(at, n, v, *values[2:]))

        _by_count(at, values[0], FEW_ROWS, of_rows)
        return cgutils.get_null_value(ir.LiteralStructType([]).as_pointer())

    return types.void(*([types.int64] * len(names))), generate


def _by_count(at: Any, count: Any, most: int, write: Callable[[int], None]) -> None:
    """Code of its own for each number of rows."""
    end = at.append_basic_block("tile.end")
    choice = at.switch(count, end)
    for n in range(1, most + 1):
        block = at.append_basic_block(f"tile.{n}")
        choice.add_case(ir.Constant(LONG, n), block)
        at.position_at_end(block)
        write(n)
        at.branch(end)
    at.position_at_end(end)


def _int8_tile(
    at: Any,
    count: int,
    rows: Any,
    row_bytes: Any,
    scales: Any,
    shifts: Any,
    weights: Any,
    steps: Any,
    factors: Any,
    out: Any,
    apart: Any,
) -> None:
    lanes = Lanes(at, has_wide_dots())
    vectors = BLOCK // LANES
    sums = [[lanes.variable(lanes.number(0, INT)) for _ in range(vectors)] for _ in range(count)]
    with cgutils.for_range(at, steps) as loop:
        line = lanes.offset(weights, (loop.index, BLOCK * _WORD))
        words = [
            lanes.load(
                lanes.offset(line, (ir.Constant(LONG, v), LANES * _WORD)), INT, LANES * _WORD
            )
            for v in range(vectors)
        ]
        if count > FEW_ROWS:  # while rows are multiplied the next block comes from memory
            for v in range(vectors):
                lanes.fetch(
                    lanes.offset(
                        line, (steps, BLOCK * _WORD), (ir.Constant(LONG, v), LANES * _WORD)
                    )
                )
        for m in range(count):
            row = lanes.offset(rows, (row_bytes, m), (loop.index, _WORD))
            four = lanes.spread(row, INT)
            for v in range(vectors):
                at.store(lanes.dot(at.load(sums[m][v]), words[v], four), sums[m][v])
    floats = ir.VectorType(FLOAT, LANES)
    for m in range(count):
        scale = lanes.spread(lanes.offset(scales, (ir.Constant(LONG, m), _WORD)), FLOAT)
        shift = lanes.spread(lanes.offset(shifts, (ir.Constant(LONG, m), _WORD)), INT)
        for v in range(vectors):
            place = (ir.Constant(LONG, v), LANES * _WORD)
            factor = at.fmul(scale, lanes.load(lanes.offset(factors, place), FLOAT))
            total = at.sitofp(at.sub(at.load(sums[m][v]), shift), floats)
            lanes.store(at.fmul(total, factor), lanes.offset(out, (apart, m), place))


def _float_tile(
    at: Any,
    count: int,
    vectors: int,
    rows: Any,
    row_bytes: Any,
    weights: Any,
    vector_bytes: Any,
    line_bytes: Any,
    steps: Any,
    out: Any,
    apart: Any,
    ahead: Any,
) -> None:
    lanes = Lanes(at)
    places = [
        [
            lanes.offset(out, (apart, m), (ir.Constant(LONG, v), LANES * _WORD))
            for v in range(vectors)
        ]
        for m in range(count)
    ]
    sums = [[lanes.variable(lanes.load(each, FLOAT)) for each in row] for row in places]
    with cgutils.for_range(at, steps) as loop:
        line = at.add(weights, at.mul(loop.index, line_bytes))
        words = [
            lanes.load(at.add(line, at.mul(ir.Constant(LONG, v), vector_bytes)), HALF)
            for v in range(vectors)
        ]
        for near in range(0, AHEAD, CACHE_LINE):
            lanes.fetch(lanes.offset(ahead, (loop.index, AHEAD), (ir.Constant(LONG, near), 1)))
        for m in range(count):
            number = lanes.spread(lanes.offset(rows, (row_bytes, m), (loop.index, _WORD)), FLOAT)
            for v in range(vectors):
                at.store(lanes.fma(number, words[v], at.load(sums[m][v])), sums[m][v])
    for sum_row, place_row in zip(sums, places, strict=True):
        for each, place in zip(sum_row, place_row, strict=True):
            lanes.store(at.load(each), place)
