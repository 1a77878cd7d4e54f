"""One step of a decoder, all of it: every thread runs this function, and they meet between parts.

Rows are shared out for what happens to a row, outputs for products, heads for attention. Nothing is
summed across threads, so the result is the same whatever their number.
"""

from __future__ import annotations

from numba import njit

from studio.families.compiled.attention import attend, turn_looks
from studio.families.compiled.meeting import meet
from studio.families.compiled.parts import DOWN, GATE_UP, HEAD, OUT, QKV
from studio.families.compiled.products import (
    adapt_down,
    adapt_up,
    multiply,
    product_of,
    round_rows,
    share,
)
from studio.families.compiled.rows import add_row, gate_row, norm_row

BEFORE_ATTENTION, AFTER_ATTENTION, BEFORE_MLP, AFTER_MLP = range(4)
"""Norms of a layer."""


@njit(nogil=True)
def run_step(me, team, model, slots, adapters, plan, desk):
    """Thread `me` of `team`'s part in a step. `desk.rows` holds the embeddings; at the end
    `desk.logits` holds those of the wanted rows."""
    count, met = len(plan.positions), 0
    arrivals = plan.arrivals.ctypes.data
    first, end = share(count, me, team)
    mixed, apart = desk.mixed.ctypes.data, desk.mixed.strides[0]
    for layer in range(model.layers):
        for half in range(2):
            begin, finish = (QKV, OUT) if half == 0 else (GATE_UP, DOWN)
            norm = BEFORE_ATTENTION if half == 0 else BEFORE_MLP
            _norm_rows(model, desk, 4 * layer + norm, first, end)
            _prepare(model, adapters, plan, desk, layer, begin, first, end)
            met = _meet(arrivals, met, team)
            product = product_of(layer, begin)
            multiply(me, team, model, desk, product, begin, count, mixed, apart)
            adapt_up(me, team, model, adapters, plan, desk, product, begin, count)
            met = _meet(arrivals, met, team)
            if half == 0:
                for unit in range(me, count * model.kv_heads, team):
                    m, head = divmod(unit, model.kv_heads)
                    turn_looks(model, slots, plan, desk, layer, m, head)
                met = _meet(arrivals, met, team)
                for unit in range(me, count * model.kv_heads, team):
                    m, head = divmod(unit, model.kv_heads)
                    attend(
                        model, slots, plan, desk, layer, m, head, desk.scores[me], desk.totals[me]
                    )
                met = _meet(arrivals, met, team)
            else:
                _gate_rows(model, desk, first, end)
            _prepare(model, adapters, plan, desk, layer, finish, first, end)
            met = _meet(arrivals, met, team)
            product = product_of(layer, finish)
            multiply(me, team, model, desk, product, finish, count, mixed, apart)
            adapt_up(me, team, model, adapters, plan, desk, product, finish, count)
            met = _meet(arrivals, met, team)
            norm = AFTER_ATTENTION if half == 0 else AFTER_MLP
            _add_rows(model, desk, 4 * layer + norm, first, end)
    met = _meet(arrivals, met, team)
    _give_logits(me, team, model, plan, desk, arrivals, met)


@njit(nogil=True)
def _meet(arrivals, met, team):
    if team > 1:
        meet(arrivals, (met + 1) * team)
    return met + 1


@njit(nogil=True)
def _norm_rows(model, desk, norm, first, end):
    weight = model.norms[norm].ctypes.data
    for m in range(first, end):
        row = desk.rows[m].ctypes.data
        norm_row(row, desk.rows.shape[1], weight, model.epsilon, desk.normed[m].ctypes.data)


@njit(nogil=True)
def _prepare(model, adapters, plan, desk, layer, kind, first, end):
    adapt_down(model, adapters, plan, desk, product_of(layer, kind), kind, first, end)
    round_rows(model, desk, kind, first, end)


@njit(nogil=True)
def _gate_rows(model, desk, first, end):
    inner = model.inputs[DOWN]
    for m in range(first, end):
        gate, up = desk.mixed[m].ctypes.data, desk.mixed[m, inner:].ctypes.data
        gate_row(gate, up, inner, model.activation, desk.normed[m].ctypes.data)


@njit(nogil=True)
def _add_rows(model, desk, norm, first, end):
    hidden, weight = desk.rows.shape[1], model.norms[norm].ctypes.data
    for m in range(first, end):
        row, more = desk.rows[m].ctypes.data, desk.mixed[m].ctypes.data
        if model.norms_after:
            norm_row(more, hidden, weight, model.epsilon, more)
        add_row(row, hidden, more)


@njit(nogil=True)
def _give_logits(me, team, model, plan, desk, arrivals, met):
    count, hidden = len(plan.wanted), desk.rows.shape[1]
    first, end = share(count, me, team)
    weight = model.norms[len(model.norms) - 1].ctypes.data
    for i in range(first, end):
        row = desk.rows[plan.wanted[i]].ctypes.data
        norm_row(row, hidden, weight, model.epsilon, desk.normed[i].ctypes.data)
    round_rows(model, desk, HEAD, first, end)
    _meet(arrivals, met, team)
    logits, apart = desk.logits.ctypes.data, desk.logits.strides[0]
    multiply(me, team, model, desk, model.layers * HEAD, HEAD, count, logits, apart)
