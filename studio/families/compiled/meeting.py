"""Where the threads of a step wait for each other."""

from __future__ import annotations

from typing import Any

from llvmlite import ir
from numba import njit
from numba.core import cgutils, types
from numba.extending import intrinsic

from studio.families.compiled.lanes import INT, LONG

PATIENCE = 4000
"""How often a thread looks before it lets others have the processor."""


@njit(nogil=True, inline="always")
def meet(arrivals, expected):
    """Go on when so many arrivals were counted at this address, one's own among them."""
    _arrive(arrivals)
    looks = 0
    while _arrived(arrivals) < expected:
        looks += 1
        if looks < PATIENCE:
            _pause()
        else:
            _let_others()


@intrinsic
def _arrive(_context, address):
    def generate(_target: Any, at: Any, _signature: Any, values: Any) -> Any:
        at.atomic_rmw("add", _pointer(at, values[0]), ir.Constant(LONG, 1), "seq_cst")
        return _nothing()

    return types.void(types.int64), generate


@intrinsic
def _arrived(_context, address):
    def generate(_target: Any, at: Any, _signature: Any, values: Any) -> Any:
        return at.load_atomic(_pointer(at, values[0]), "acquire", 8)

    return types.int64(types.int64), generate


@intrinsic
def _pause(_context):
    def generate(_target: Any, at: Any, _signature: Any, _values: Any) -> Any:
        kind = ir.FunctionType(ir.VoidType(), [])
        at.call(cgutils.get_or_insert_function(at.module, kind, "llvm.x86.sse2.pause"), [])
        return _nothing()

    return types.void(), generate


@intrinsic
def _let_others(_context):
    def generate(_target: Any, at: Any, _signature: Any, _values: Any) -> Any:
        kind = ir.FunctionType(INT, [])
        at.call(cgutils.get_or_insert_function(at.module, kind, "sched_yield"), [])
        return _nothing()

    return types.void(), generate


def _pointer(at: Any, address: Any) -> Any:
    return at.inttoptr(address, LONG.as_pointer())


def _nothing() -> Any:
    return cgutils.get_null_value(ir.LiteralStructType([]).as_pointer())
