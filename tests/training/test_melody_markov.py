"""The baseline learns what follows what, adds up to one, and writes in the same form."""

from __future__ import annotations

import math
import random

import pytest

from studio.music.coding import decode
from studio.music.key import SCALES, Key
from studio.music.melody_form import MelodyForm
from studio.music.meter import read_meter
from studio.music.tune import bar_ticks
from studio.requests import Sampling
from studio.training.melody_answers import melody_vocabulary
from studio.training.melody_heldout import asked_of, bars_of, form_of, plan_of, tune_of
from studio.training.melody_markov import MelodyMarkov, note_count

PLAN = ("mood=calm", "mode=major", "meter=4/4", "style=air", "bars=2")
ROW = (*PLAN, "=A", "|2", "n0d24", "n4d24", "n7d48", "|1", "n4d24", "n7d24", "n0d48")


def chain_of(*rows: tuple[str, ...]) -> MelodyMarkov:
    return MelodyMarkov(rows)


def test_shares_add_up_to_one_in_every_context() -> None:
    chain = chain_of(ROW)
    for before in (("^^", "^^"), ("n0d24", "n4d24"), ("n12d6", "r12"), ()):
        assert sum(chain.shares(before).values()) == pytest.approx(1)


def test_what_was_seen_is_likelier_than_what_was_not() -> None:
    shares = chain_of(*[ROW] * 4).shares(("n0d24", "n4d24"))
    assert max(shares, key=lambda name: shares[name]) == "n7d48"
    assert 0 < shares["n0d48"] < shares["n7d48"] / 4


def test_the_two_notes_before_decide_not_the_bar_line() -> None:
    chain = chain_of(*[ROW] * 4)
    after = chain.shares(("n7d48", "n4d24"))
    assert max(after, key=lambda name: after[name]) == "n7d24"


def test_a_tune_that_was_learnt_is_likelier_than_one_that_was_not() -> None:
    chain = chain_of(*[ROW] * 8)
    other = (*PLAN, "=A", "|2", "n7d48", "n0d24", "n4d24", "|1", "n0d48", "n4d24", "n7d24")
    assert chain.nats(ROW) < chain.nats(other)
    assert chain.nats((*PLAN, "n3d9")) <= -math.log(1e-6) + 1e-9


def test_plan_and_bar_lines_cost_nothing() -> None:
    chain = chain_of(ROW)
    bare = tuple(symbol for symbol in bars_of(ROW) if symbol[0] == "n")
    assert chain.nats(ROW) == pytest.approx(chain.nats(bare))
    assert note_count(ROW) == 6


def test_more_of_the_same_kind_predicts_better() -> None:
    source = random.Random(4)

    def row() -> tuple[str, ...]:
        steps, step = [], 0
        for _ in range(40):
            step = max(-5, min(12, step + source.choice((-2, 2, 2, -1))))
            steps.append(f"n{step}d12")
        return (*PLAN, *steps)

    held = [row() for _ in range(20)]
    few, many = chain_of(*(row() for _ in range(3))), chain_of(*(row() for _ in range(100)))
    assert sum(map(many.nats, held)) < sum(map(few.nats, held))


@pytest.mark.parametrize("meter", ["4/4", "6/8", "9/8"])
def test_it_writes_in_the_form_and_the_same_for_the_same_seed(meter: str) -> None:
    scale = frozenset(SCALES["major"])
    form = MelodyForm(read_meter(meter), 4, scale, phrases=("A",))
    chain, sampling = chain_of(*[ROW] * 3), Sampling(0.85, 0.95, 0, 0.02)
    words = melody_vocabulary()
    symbols = chain.written(form, words, sampling, 3)
    assert symbols == chain.written(form, words, sampling, 3)
    assert symbols != chain.written(form, words, sampling, 4)
    tune = decode(symbols, read_meter(meter), Key("C"), 60)
    assert [bar_ticks(bar) for bar in tune.bars[int(tune.upbeat) :]] == [form.meter.bar] * 4
    assert tune.notes()[-1].pitch % 12 == 0


def test_a_held_out_row_asks_for_its_own_meter_and_bars_and_no_more() -> None:
    form = form_of(ROW)
    assert (str(form.meter), form.bars, form.phrases) == ("4/4", 2, ())
    assert plan_of(ROW) == PLAN
    assert asked_of(ROW)["mode"] == "major"
    assert [note.pitch for note in tune_of(ROW).notes()] == [60, 64, 67, 64, 67, 60]
