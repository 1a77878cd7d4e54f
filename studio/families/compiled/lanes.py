"""Sixteen numbers at a time: the few vector operations that the kernels are written in, as LLVM.

Why not plain loops: compilers do not find the 8-bit dot product, nor a tile of sums that stays in
registers. Reference: https://llvm.org/docs/LangRef.html, https://llvmlite.readthedocs.io.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from llvmlite import ir
from numba.core import cgutils

LANES = 16
BYTE, HALF, FLOAT = ir.IntType(8), ir.HalfType(), ir.FloatType()
INT, LONG = ir.IntType(32), ir.IntType(64)

BITS_OF_ONE, FRACTION_BITS = 127, 23
"""The exponent of 1.0 in a float32, and where it lies."""
LEAST_POWER, LARGEST_POWER = -87.0, 88.0
"""exp() of less is nothing, of more too much for float32."""
LOG2_E, LN2_HIGH, LN2_LOW = 1.44269504088896341, 0.693359375, -2.12194440e-4
EXP_SERIES = (
    *(1.9875691500e-4, 1.3981999507e-3, 8.3334519073e-3),
    *(4.1665795894e-2, 1.6666665459e-1, 5.0000001201e-1),
)
"""Of (exp(x) - 1 - x) / x^2 on half of ln 2 around 0, highest power first (Cephes, expf)."""


class Lanes:
    """Writes vector code at a builder's place. Addresses are integers of 64 bits."""

    def __init__(self, builder: Any, has_wide_dots: bool = True) -> None:
        self._at = builder
        self._has_wide_dots = has_wide_dots

    def number(self, value: float, kind: Any = FLOAT) -> Any:
        """All lanes the same constant."""
        return ir.Constant(ir.VectorType(kind, LANES), [value] * LANES)

    def offset(self, address: Any, *steps: tuple[Any, int]) -> Any:
        """The address plus, for each step, a count times so many bytes."""
        for count, size in steps:
            scaled = self._at.mul(count, ir.Constant(LONG, size))
            address = self._at.add(address, scaled)
        return address

    def load(self, address: Any, kind: Any, align: int = 1) -> Any:
        """[16] of a kind; halves come as floats."""
        pointer = self._at.inttoptr(address, ir.VectorType(kind, LANES).as_pointer())
        read = self._at.load(pointer, align=align)
        if kind is HALF:
            return self._at.fpext(read, ir.VectorType(FLOAT, LANES))
        return read

    def fetch(self, address: Any) -> None:
        """Have what lies there brought near; nothing happens where nothing lies."""
        pointer = ir.PointerType(BYTE)
        kind = ir.FunctionType(ir.VoidType(), [pointer, INT, INT, INT])
        into_second_cache, data = (ir.Constant(INT, each) for each in (2, 1))
        self._at.call(
            cgutils.get_or_insert_function(self._at.module, kind, "llvm.prefetch.p0"),
            [self._at.inttoptr(address, pointer), ir.Constant(INT, 0), into_second_cache, data],
        )

    def store(self, value: Any, address: Any) -> None:
        pointer = self._at.inttoptr(address, value.type.as_pointer())
        self._at.store(value, pointer, align=1)

    def spread(self, address: Any, kind: Any) -> Any:
        """The one number at an address, in all lanes."""
        return self.splat(self._at.load(self._at.inttoptr(address, kind.as_pointer()), align=1))

    def splat(self, value: Any) -> Any:
        """One number in all lanes."""
        empty = ir.Constant(ir.VectorType(value.type, LANES), ir.Undefined)
        first = self._at.insert_element(empty, value, ir.Constant(INT, 0))
        return self.shuffled(first, [0] * LANES)

    def shuffled(self, value: Any, places: Sequence[int]) -> Any:
        """Lane i of the result is lane `places[i]`."""
        wanted = ir.Constant(ir.VectorType(INT, len(places)), list(places))
        return self._at.shuffle_vector(value, ir.Constant(value.type, ir.Undefined), wanted)

    def dot(self, sums: Any, unsigned: Any, signed: Any) -> Any:
        """[16] int32 sums plus the products of four bytes each."""
        if self._has_wide_dots:
            return self._call("llvm.x86.avx512.vpdpbusd.512", sums, unsigned, signed)
        halves = [
            self._call(
                "llvm.x86.avx512.vpdpbusd.256",
                *(self.shuffled(each, range(at, at + 8)) for each in (sums, unsigned, signed)),
            )
            for at in (0, 8)
        ]
        return self._at.shuffle_vector(
            *halves, ir.Constant(ir.VectorType(INT, LANES), list(range(LANES)))
        )

    def fma(self, a: Any, b: Any, c: Any) -> Any:
        """a * b + c, rounded once."""
        return self._call("llvm.fma.v16f32", a, b, c)

    def nearest(self, value: Any) -> Any:
        """Rounded to whole numbers, halves to even."""
        return self._call("llvm.nearbyint.v16f32", value)

    def larger(self, a: Any, b: Any) -> Any:
        return self._at.select(self._at.fcmp_ordered(">", a, b), a, b)

    def smaller(self, a: Any, b: Any) -> Any:
        return self._at.select(self._at.fcmp_ordered("<", a, b), a, b)

    def exp(self, value: Any) -> Any:
        """e to the value, to two units in the last place; of less than -87 nothing."""
        is_nothing = self._at.fcmp_ordered("<", value, self.number(LEAST_POWER))
        value = self.larger(value, self.number(LEAST_POWER))
        value = self.smaller(value, self.number(LARGEST_POWER))
        power = self.nearest(self._at.fmul(value, self.number(LOG2_E)))
        rest = self.fma(power, self.number(-LN2_HIGH), value)
        rest = self.fma(power, self.number(-LN2_LOW), rest)
        series = self.number(EXP_SERIES[0])
        for factor in EXP_SERIES[1:]:
            series = self.fma(series, rest, self.number(factor))
        small = self.fma(series, self._at.fmul(rest, rest), self._at.fadd(rest, self.number(1.0)))
        whole = self._at.fptosi(power, ir.VectorType(INT, LANES))
        bits = self._at.shl(
            self._at.add(whole, self.number(BITS_OF_ONE, INT)), self.number(FRACTION_BITS, INT)
        )
        scaled = self._at.fmul(small, self._at.bitcast(bits, ir.VectorType(FLOAT, LANES)))
        return self._at.select(is_nothing, self.number(0.0), scaled)

    def total(self, value: Any) -> Any:
        """The sum of the lanes, always in the same order."""
        for apart in (8, 4, 2, 1):
            other = self.shuffled(value, [i ^ apart for i in range(LANES)])
            add = self._at.fadd if value.type.element is FLOAT else self._at.add
            value = add(value, other)
        return self._at.extract_element(value, ir.Constant(INT, 0))

    def highest(self, value: Any) -> Any:
        """The largest of the lanes."""
        for apart in (8, 4, 2, 1):
            value = self.larger(value, self.shuffled(value, [i ^ apart for i in range(LANES)]))
        return self._at.extract_element(value, ir.Constant(INT, 0))

    def variable(self, start: Any) -> Any:
        """A register that a loop changes."""
        kept = cgutils.alloca_once(self._at, start.type)
        self._at.store(start, kept)
        return kept

    @contextmanager
    def every(self, count: Any, lanes: int = LANES) -> Iterator[Any]:
        """A loop over the numbers of a row, so many at a time; gives the first one's place."""
        steps = self._at.udiv(count, ir.Constant(LONG, lanes))
        with cgutils.for_range(self._at, steps) as loop:
            yield self._at.mul(loop.index, ir.Constant(LONG, lanes))

    def _call(self, name: str, *values: Any) -> Any:
        kind = ir.FunctionType(values[0].type, [each.type for each in values])
        return self._at.call(cgutils.get_or_insert_function(self._at.module, kind, name), values)
