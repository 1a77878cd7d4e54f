"""How threads share a stage: each claims the next part, and all go on when every part is done.

Nobody waits for a thread, only for parts: one that the system keeps from running holds up nothing
but the part it is in.
"""

from __future__ import annotations

from typing import Any

from llvmlite import ir
from numba import njit
from numba.core import cgutils, types
from numba.extending import intrinsic

from studio.families.compiled.lanes import INT, LONG

PATIENCE = 4000
"""How often a thread looks before it lets others have the processor."""
COUNT_BYTES = 8
CLAIMED, DONE = 0, 1
"""Columns of a tally, [stages, 2]."""


@njit(nogil=True)
def share(count, part, parts):
    """(first, end) of a part of `count` things."""
    return count * part // parts, count * (part + 1) // parts


@njit(nogil=True)
def claim(tally, stage):
    """The next part of a stage that nobody does yet; more than there are when all are taken."""
    return _count(tally[stage, CLAIMED:].ctypes.data)


@njit(nogil=True)
def settle(tally, stage):
    """Tell that a claimed part is done."""
    _count(tally[stage, DONE:].ctypes.data)


@njit(nogil=True)
def wait_for(tally, stage, parts):
    """Return when all parts of the stage are done."""
    done, looks = tally[stage, DONE:].ctypes.data, 0
    while _counted(done) < parts:
        looks += 1
        if looks < PATIENCE:
            _pause()
        else:
            _let_others()


@intrinsic
def _count(_context, address):
    """Count one more; gives how many there were."""

    def generate(_target: Any, at: Any, _signature: Any, values: Any) -> Any:
        return at.atomic_rmw("add", _pointer(at, values[0]), ir.Constant(LONG, 1), "seq_cst")

    return types.int64(types.int64), generate


@intrinsic
def _counted(_context, address):
    def generate(_target: Any, at: Any, _signature: Any, values: Any) -> Any:
        return at.load_atomic(_pointer(at, values[0]), "acquire", COUNT_BYTES)

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
