"""One step of a decoder, all of it, as stages that threads share.

Rows are shared out for what happens to a row, outputs for products, heads for attention. Nothing is
summed across parts, so the result is the same whoever does them.
"""

from __future__ import annotations

from numba import njit

from studio.families.compiled.attention import attend, fetch_places, keys_of, turn_looks
from studio.families.compiled.parts import DOWN, GATE_UP, HEAD, OUT, QKV
from studio.families.compiled.products import (
    adapt_down,
    adapt_up,
    multiply,
    product_of,
    round_rows,
)
from studio.families.compiled.rows import add_row, gate_row, norm_row
from studio.families.compiled.sharing import claim, settle, share, wait_for

ENTER, LOOK, TURN, SEE, LEAVE, MERGE, CROSS, SPREAD, GATE, NARROW = range(10)
"""Stages of a layer."""
STAGES = 10
FINISH, SPEAK = 0, 1
"""Stages after the last layer: the last norm, and the logits."""
LAST_STAGES = 2
BEFORE_ATTENTION, AFTER_ATTENTION, BEFORE_MLP, AFTER_MLP = range(4)
"""Norms of a layer."""
PARTS_A_THREAD = 4
"""Of attention, whose rows may be of very different lengths."""
BLOCKS_A_PART = 3
"""Of outputs: some 70 kB of weights, a few microseconds."""


@njit(nogil=True)
def run_step(team, model, slots, adapters, plan, desk):
    """What every one of `team` threads runs. `desk.rows` holds the embeddings; `desk.logits`
    holds the wanted rows' when the first thread returns."""
    for layer in range(model.layers):
        for stage in range(STAGES):
            place = layer * STAGES + stage
            parts = _parts(team, model, plan, stage)
            part = claim(plan.tally, place)
            while part < parts:
                _do(stage, layer, part, parts, team, model, slots, adapters, plan, desk)
                settle(plan.tally, place)
                part = claim(plan.tally, place)
            wait_for(plan.tally, place, parts)
    for stage in range(LAST_STAGES):
        place = model.layers * STAGES + stage
        parts = _last_parts(team, model, plan, stage)
        part = claim(plan.tally, place)
        while part < parts:
            if stage == FINISH:
                _finish(model, plan, desk, part, parts)
            else:
                _speak(model, plan, desk, part, parts)
            settle(plan.tally, place)
            part = claim(plan.tally, place)
        wait_for(plan.tally, place, parts)


@njit(nogil=True)
def _parts(team, model, plan, stage):
    if stage == LOOK:
        return _parts_of_outputs(team, model.blocks[QKV])
    if stage == MERGE:
        return _parts_of_outputs(team, model.blocks[OUT])
    if stage == SPREAD:
        return _parts_of_outputs(team, model.blocks[GATE_UP])
    if stage == NARROW:
        return _parts_of_outputs(team, model.blocks[DOWN])
    rows = len(plan.positions)
    if stage in (TURN, SEE):
        return min(rows * model.kv_heads, PARTS_A_THREAD * team)
    return min(rows, team)  # rows of one adapter stay together


@njit(nogil=True)
def _last_parts(team, model, plan, stage):
    if stage == FINISH:
        return min(len(plan.wanted), team)
    return _parts_of_outputs(team, model.blocks[HEAD]) if len(plan.wanted) else 0


@njit(nogil=True)
def _parts_of_outputs(team, blocks):
    return 1 if team == 1 else (blocks + BLOCKS_A_PART - 1) // BLOCKS_A_PART


@njit(nogil=True)
def _do(stage, layer, part, parts, team, model, slots, adapters, plan, desk):
    if stage == LOOK:
        _multiply(model, adapters, plan, desk, layer, QKV, part, parts)
    elif stage == MERGE:
        _multiply(model, adapters, plan, desk, layer, OUT, part, parts)
    elif stage == SPREAD:
        _multiply(model, adapters, plan, desk, layer, GATE_UP, part, parts)
    elif stage == NARROW:
        _multiply(model, adapters, plan, desk, layer, DOWN, part, parts)
    elif stage == TURN:
        for unit in range(part, len(plan.positions) * model.kv_heads, parts):
            m, head = divmod(unit, model.kv_heads)
            turn_looks(model, slots, plan, desk, layer, m, head)
    elif stage == SEE:
        scores, totals = desk.scores[part], desk.totals[part]
        for unit in range(part, len(plan.positions) * model.kv_heads, parts):
            m, head = divmod(unit, model.kv_heads)
            after = min(unit + parts, len(plan.positions) * model.kv_heads - 1)
            next_m, next_head = divmod(after, model.kv_heads)
            ahead = keys_of(model, slots, plan, layer, next_m, next_head)
            attend(model, slots, plan, desk, layer, m, head, scores, totals, ahead)
    else:
        first, end = share(len(plan.positions), part, parts)
        _prepare(stage, model, slots, adapters, plan, desk, layer, first, end)


@njit(nogil=True)
def _prepare(stage, model, slots, adapters, plan, desk, layer, first, end):
    """Rows become what the next product takes."""
    kind = QKV
    if stage == ENTER:
        for m in range(first, end):
            fetch_places(model, slots, plan, layer, m)
        if layer > 0:
            _add_rows(model, desk, 4 * (layer - 1) + AFTER_MLP, first, end)
        _norm_rows(model, desk, 4 * layer + BEFORE_ATTENTION, first, end)
    elif stage == LEAVE:
        kind = OUT
    elif stage == CROSS:
        kind = GATE_UP
        _add_rows(model, desk, 4 * layer + AFTER_ATTENTION, first, end)
        _norm_rows(model, desk, 4 * layer + BEFORE_MLP, first, end)
    else:
        kind = DOWN
        _gate_rows(model, desk, first, end)
    adapt_down(model, adapters, plan, desk, product_of(layer, kind), kind, first, end)
    round_rows(model, desk, kind, first, end)


@njit(nogil=True)
def _multiply(model, adapters, plan, desk, layer, kind, part, parts):
    first, end = share(model.blocks[kind], part, parts)
    product, count = product_of(layer, kind), len(plan.positions)
    mixed, apart = desk.mixed.ctypes.data, desk.mixed.strides[0]
    multiply(model, desk, product, kind, count, first, end, mixed, apart)
    adapt_up(adapters, plan, desk, product, kind, count, first, end)


@njit(nogil=True)
def _norm_rows(model, desk, norm, first, end):
    weight = model.norms[norm].ctypes.data
    for m in range(first, end):
        row = desk.rows[m].ctypes.data
        norm_row(row, desk.rows.shape[1], weight, model.epsilon, desk.normed[m].ctypes.data)


@njit(nogil=True)
def _gate_rows(model, desk, first, end):
    inner = model.inputs[DOWN]
    for m in range(first, end):
        gate, up = desk.mixed[m].ctypes.data, desk.mixed[m, inner:].ctypes.data
        gate_row(gate, up, inner, model.activation, desk.normed[m].ctypes.data)


@njit(nogil=True)
def _add_rows(model, desk, norm, first, end):
    for m in range(first, end):
        _add(model, desk, norm, m)


@njit(nogil=True)
def _add(model, desk, norm, m):
    """What attention or MLP gave, to the residual stream."""
    hidden, weight = desk.rows.shape[1], model.norms[norm].ctypes.data
    row, more = desk.rows[m].ctypes.data, desk.mixed[m].ctypes.data
    if model.norms_after:
        norm_row(more, hidden, weight, model.epsilon, more)
    add_row(row, hidden, more)


@njit(nogil=True)
def _finish(model, plan, desk, part, parts):
    """The wanted rows, the last norm, 8 bits."""
    hidden, last = desk.rows.shape[1], 4 * model.layers
    first, end = share(len(plan.wanted), part, parts)
    for i in range(first, end):
        m = plan.wanted[i]
        _add(model, desk, last - 4 + AFTER_MLP, m)
        row, out = desk.rows[m].ctypes.data, desk.normed[i].ctypes.data
        norm_row(row, hidden, model.norms[last].ctypes.data, model.epsilon, out)
    round_rows(model, desk, HEAD, first, end)


@njit(nogil=True)
def _speak(model, plan, desk, part, parts):
    first, end = share(model.blocks[HEAD], part, parts)
    logits, apart, head = desk.logits.ctypes.data, desk.logits.strides[0], model.layers * HEAD
    multiply(model, desk, head, HEAD, len(plan.wanted), first, end, logits, apart)
