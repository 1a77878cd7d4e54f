"""What happens to one row between two products, on vectors: norms, turns, rounding, rotation.

Every row goes the same way whatever stands beside it, so company changes nothing. All counts are
multiples of 16; addresses and counts are int64, rows float32.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

from llvmlite import ir
from numba.core import cgutils, types
from numba.extending import intrinsic

from studio.families.compiled.lanes import BYTE, FLOAT, HALF, INT, LANES, LONG, Lanes

INT8_MAX = 127.0
ZERO = 128
"""What stands for zero in unsigned weights."""
WIDEST_TURN = 64
LEAST_SCALE = 1e-12
HALF_MAX = 65504.0
LEAST = -3e38
"""Smaller than any number that is meant."""
SILU, GELU = 0, 1
"""Activations: x * sigmoid(x), and the tanh form of GELU."""

_FLOAT_BYTES, _HALF_BYTES = 4, 2
_GELU_CUBE, _GELU_SCALE = 0.044715, 2 * math.sqrt(2 / math.pi)
"""tanh's form through a sigmoid: x * sigmoid(2 * sqrt(2 / pi) * (x + 0.044715 x^3))."""


@intrinsic
def norm_row(_context, row, count, weight, epsilon, out):
    """out = row / sqrt(mean(row^2) + epsilon) * weight (RMS norm, arXiv 1910.07467)."""
    signature = types.void(types.int64, types.int64, types.int64, types.float32, types.int64)
    return signature, _written(_norm_row)


@intrinsic
def add_row(_context, row, count, other):
    """row += other."""
    return types.void(types.int64, types.int64, types.int64), _written(_add_row)


@intrinsic
def scale_row(_context, row, count, factor):
    """row *= factor."""
    return types.void(types.int64, types.int64, types.float32), _written(_scale_row)


@intrinsic
def gain_row(_context, row, count, gains):
    """row *= gains, number by number."""
    return types.void(types.int64, types.int64, types.int64), _written(_gain_row)


@intrinsic
def turn_row(_context, row, count, width):
    """Every block of `width` (16, 32 or 64) numbers through the orthonormal Hadamard matrix."""
    return types.void(types.int64, types.int64, types.int64), _written(_turn_row)


@intrinsic
def round_row(_context, row, count, out, scale, shift):
    """8-bit numbers with the row's own scale, and 128 times their sum, to three addresses."""
    return types.void(*([types.int64] * 5)), _written(_round_row)


@intrinsic
def gate_row(_context, gate, up, count, activation, out):
    """out = activation(gate) * up."""
    return types.void(*([types.int64] * 5)), _written(_gate_row)


@intrinsic
def rotate_row(_context, row, half, cos, sin, factor):
    """Two halves of a head turned by a position's angles, times a factor (arXiv 2104.09864)."""
    signature = types.void(types.int64, types.int64, types.int64, types.int64, types.float32)
    return signature, _written(_rotate_row)


@intrinsic
def halve_row(_context, row, count, out):
    """As 16-bit floats, side by side."""
    return types.void(*([types.int64] * 3)), _written(_halve_row)


@intrinsic
def scatter_row(_context, row, count, out, apart):
    """As 16-bit floats, `apart` bytes from one to the next."""
    return types.void(*([types.int64] * 4)), _written(_scatter_row)


@intrinsic
def fetch(_context, address):
    """Have the cache line of an address brought near."""
    return types.void(types.int64), _written(lambda lanes, _at, address: lanes.fetch(address))


@intrinsic
def soften_row(_context, row, count):
    """exp(row - its largest), in place; gives their sum."""
    return types.float32(types.int64, types.int64), _returned(_soften_row)


@intrinsic
def largest_in_row(_context, row, count):
    """The largest of a row's numbers."""
    return types.float32(types.int64, types.int64), _returned(_largest_in_row)


@intrinsic
def reaches(_context, numbers, least):
    """Whether one of sixteen numbers is at least so much."""
    return types.boolean(types.int64, types.float32), _returned(_reaches)


def _written(write: Callable[..., None]) -> Any:
    def generate(_target: Any, at: Any, _signature: Any, values: Any) -> Any:
        write(Lanes(at), at, *values)
        return cgutils.get_null_value(ir.LiteralStructType([]).as_pointer())

    return generate


def _returned(write: Callable[..., Any]) -> Any:
    def generate(_target: Any, at: Any, _signature: Any, values: Any) -> Any:
        return write(Lanes(at), at, *values)

    return generate


def _norm_row(
    lanes: Lanes, at: Any, row: Any, count: Any, weight: Any, epsilon: Any, out: Any
) -> None:
    squares = lanes.variable(lanes.number(0.0))
    with lanes.every(count) as i:
        value = lanes.load(lanes.offset(row, (i, _FLOAT_BYTES)), FLOAT)
        at.store(lanes.fma(value, value, at.load(squares)), squares)
    mean = at.fdiv(lanes.total(at.load(squares)), at.sitofp(count, FLOAT))
    root = at.call(
        cgutils.get_or_insert_function(at.module, ir.FunctionType(FLOAT, [FLOAT]), "llvm.sqrt.f32"),
        [at.fadd(mean, epsilon)],
    )
    factor = lanes.splat(at.fdiv(ir.Constant(FLOAT, 1.0), root))
    with lanes.every(count) as i:
        place = (i, _FLOAT_BYTES)
        value = at.fmul(lanes.load(lanes.offset(row, place), FLOAT), factor)
        value = at.fmul(value, lanes.load(lanes.offset(weight, place), FLOAT))
        lanes.store(value, lanes.offset(out, place))


def _add_row(lanes: Lanes, at: Any, row: Any, count: Any, other: Any) -> None:
    with lanes.every(count) as i:
        place = lanes.offset(row, (i, _FLOAT_BYTES))
        value = lanes.load(lanes.offset(other, (i, _FLOAT_BYTES)), FLOAT)
        lanes.store(at.fadd(lanes.load(place, FLOAT), value), place)


def _scale_row(lanes: Lanes, at: Any, row: Any, count: Any, factor: Any) -> None:
    factor = lanes.splat(factor)
    with lanes.every(count) as i:
        place = lanes.offset(row, (i, _FLOAT_BYTES))
        lanes.store(at.fmul(lanes.load(place, FLOAT), factor), place)


def _gain_row(lanes: Lanes, at: Any, row: Any, count: Any, gains: Any) -> None:
    with lanes.every(count) as i:
        place = lanes.offset(row, (i, _FLOAT_BYTES))
        gain = lanes.load(lanes.offset(gains, (i, _FLOAT_BYTES)), FLOAT)
        lanes.store(at.fmul(lanes.load(place, FLOAT), gain), place)


def _turn_row(lanes: Lanes, at: Any, row: Any, count: Any, width: Any) -> None:
    end = at.append_basic_block("turn.end")
    choice = at.switch(width, end)
    for size in (LANES, 2 * LANES, WIDEST_TURN):
        block = at.append_basic_block(f"turn.{size}")
        choice.add_case(ir.Constant(LONG, size), block)
        at.position_at_end(block)
        with lanes.every(count, size) as i:
            _turn_block(lanes, at, lanes.offset(row, (i, _FLOAT_BYTES)), size)
        at.branch(end)
    at.position_at_end(end)


def _turn_block(lanes: Lanes, at: Any, block: Any, size: int) -> None:
    places = [
        lanes.offset(block, (ir.Constant(LONG, i), _FLOAT_BYTES)) for i in range(0, size, LANES)
    ]
    values = [lanes.load(place, FLOAT) for place in places]
    for apart in (1, 2, 4, 8):
        signs = [-1.0 if i & apart else 1.0 for i in range(LANES)]
        sign = ir.Constant(ir.VectorType(FLOAT, LANES), signs)
        swap = [i ^ apart for i in range(LANES)]
        values = [lanes.fma(value, sign, lanes.shuffled(value, swap)) for value in values]
    apart = 1
    while apart < len(values):
        values = [
            at.fsub(values[i ^ apart], value) if i & apart else at.fadd(value, values[i ^ apart])
            for i, value in enumerate(values)
        ]
        apart *= 2
    size_root = lanes.number(1 / math.sqrt(size))
    for value, place in zip(values, places, strict=True):
        lanes.store(at.fmul(value, size_root), place)


def _round_row(
    lanes: Lanes, at: Any, row: Any, count: Any, out: Any, scale: Any, shift: Any
) -> None:
    largest = lanes.variable(lanes.number(LEAST_SCALE))
    with lanes.every(count) as i:
        value = lanes.load(lanes.offset(row, (i, _FLOAT_BYTES)), FLOAT)
        size = lanes.larger(value, at.fsub(lanes.number(0.0), value))
        at.store(lanes.larger(size, at.load(largest)), largest)
    step = at.fdiv(lanes.highest(at.load(largest)), ir.Constant(FLOAT, INT8_MAX))
    steps = lanes.splat(at.fdiv(ir.Constant(FLOAT, 1.0), step))
    sums = lanes.variable(lanes.number(0, INT))
    with lanes.every(count) as i:
        value = at.fmul(lanes.load(lanes.offset(row, (i, _FLOAT_BYTES)), FLOAT), steps)
        whole = at.fptosi(lanes.nearest(value), ir.VectorType(INT, LANES))
        at.store(at.add(at.load(sums), whole), sums)
        lanes.store(at.trunc(whole, ir.VectorType(BYTE, LANES)), at.add(out, i))
    total = at.mul(lanes.total(at.load(sums)), ir.Constant(INT, ZERO))
    at.store(step, at.inttoptr(scale, FLOAT.as_pointer()))
    at.store(total, at.inttoptr(shift, INT.as_pointer()))


def _gate_row(
    lanes: Lanes, at: Any, gate: Any, up: Any, count: Any, activation: Any, out: Any
) -> None:
    is_gelu = at.icmp_signed("==", activation, ir.Constant(LONG, GELU))
    cube = lanes.splat(at.select(is_gelu, ir.Constant(FLOAT, _GELU_CUBE), ir.Constant(FLOAT, 0.0)))
    steep = lanes.splat(
        at.select(is_gelu, ir.Constant(FLOAT, -_GELU_SCALE), ir.Constant(FLOAT, -1.0))
    )
    one = lanes.number(1.0)
    with lanes.every(count) as i:
        value = lanes.load(lanes.offset(gate, (i, _FLOAT_BYTES)), FLOAT)
        bent = at.fmul(value, lanes.fma(at.fmul(value, value), cube, one))
        open_by = at.fdiv(value, at.fadd(one, lanes.exp(at.fmul(bent, steep))))
        other = lanes.load(lanes.offset(up, (i, _FLOAT_BYTES)), FLOAT)
        lanes.store(at.fmul(open_by, other), lanes.offset(out, (i, _FLOAT_BYTES)))


def _rotate_row(
    lanes: Lanes, at: Any, row: Any, half: Any, cos: Any, sin: Any, factor: Any
) -> None:
    factor = lanes.splat(factor)
    with lanes.every(half) as i:
        low = lanes.offset(row, (i, _FLOAT_BYTES))
        high = lanes.offset(low, (half, _FLOAT_BYTES))
        first = at.fmul(lanes.load(low, FLOAT), factor)
        second = at.fmul(lanes.load(high, FLOAT), factor)
        c = lanes.load(lanes.offset(cos, (i, _FLOAT_BYTES)), FLOAT)
        s = lanes.load(lanes.offset(sin, (i, _FLOAT_BYTES)), FLOAT)
        lanes.store(at.fsub(at.fmul(first, c), at.fmul(second, s)), low)
        lanes.store(lanes.fma(second, c, at.fmul(first, s)), high)


def _halve_row(lanes: Lanes, at: Any, row: Any, count: Any, out: Any) -> None:
    with lanes.every(count) as i:
        halves = _halves(lanes, at, lanes.offset(row, (i, _FLOAT_BYTES)))
        lanes.store(halves, lanes.offset(out, (i, _HALF_BYTES)))


def _scatter_row(lanes: Lanes, at: Any, row: Any, count: Any, out: Any, apart: Any) -> None:
    with lanes.every(count) as i:
        halves = _halves(lanes, at, lanes.offset(row, (i, _FLOAT_BYTES)))
        for lane in range(LANES):
            place = at.add(out, at.mul(at.add(i, ir.Constant(LONG, lane)), apart))
            half = at.extract_element(halves, ir.Constant(INT, lane))
            at.store(half, at.inttoptr(place, HALF.as_pointer()), align=2)


def _halves(lanes: Lanes, at: Any, address: Any) -> Any:
    """Sixteen numbers as 16-bit floats, those too large as the largest."""
    value = lanes.smaller(lanes.load(address, FLOAT), lanes.number(HALF_MAX))
    value = lanes.larger(value, lanes.number(-HALF_MAX))
    return at.fptrunc(value, ir.VectorType(HALF, LANES))


def _largest_in_row(lanes: Lanes, at: Any, row: Any, count: Any) -> Any:
    largest = lanes.variable(lanes.number(LEAST))
    with lanes.every(count) as i:
        value = lanes.load(lanes.offset(row, (i, _FLOAT_BYTES)), FLOAT)
        at.store(lanes.larger(value, at.load(largest)), largest)
    return lanes.highest(at.load(largest))


def _soften_row(lanes: Lanes, at: Any, row: Any, count: Any) -> Any:
    most = lanes.splat(_largest_in_row(lanes, at, row, count))
    sums = lanes.variable(lanes.number(0.0))
    with lanes.every(count) as i:
        place = lanes.offset(row, (i, _FLOAT_BYTES))
        share = lanes.exp(at.fsub(lanes.load(place, FLOAT), most))
        at.store(at.fadd(at.load(sums), share), sums)
        lanes.store(share, place)
    return lanes.total(at.load(sums))


def _reaches(lanes: Lanes, at: Any, numbers: Any, least: Any) -> Any:
    seen = at.fcmp_ordered(">=", lanes.load(numbers, FLOAT), lanes.splat(least))
    flags = at.bitcast(seen, ir.IntType(LANES))
    return at.icmp_unsigned("!=", flags, ir.Constant(ir.IntType(LANES), 0))
