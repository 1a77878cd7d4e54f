"""Drawing tokens: the filters, the penalties, and chance that belongs to the row."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace

import torch

from studio.families.sampler import Draw, draw_tokens
from studio.requests import Sampling

PLAIN = Sampling(temperature=1.0, top_p=1.0)
LOGITS = torch.tensor([[4.0, 3.0, 2.0, 1.0, 0.0, -1.0]])


def drawn(sampling: Sampling, times: int = 400, logits: torch.Tensor = LOGITS) -> Counter[int]:
    chance = random.Random(1)
    draws = [Draw(sampling, chance.random()) for _ in range(times)]
    return Counter(draw_tokens(logits.repeat(times, 1), draws))


def test_zero_temperature_takes_the_best() -> None:
    assert set(drawn(replace(PLAIN, temperature=0))) == {0}


def test_shares_follow_the_probabilities() -> None:
    counts = drawn(PLAIN, 20_000)
    wanted = LOGITS[0].softmax(0)
    for token, share in enumerate(wanted.tolist()):
        assert abs(counts[token] / 20_000 - share) < 0.015


def test_a_colder_row_is_surer() -> None:
    assert drawn(replace(PLAIN, temperature=0.3))[0] > drawn(replace(PLAIN, temperature=2.0))[0]


def test_top_k_keeps_so_many() -> None:
    assert set(drawn(replace(PLAIN, top_k=2, temperature=5.0))) == {0, 1}


def test_top_p_keeps_the_nucleus() -> None:
    assert set(drawn(replace(PLAIN, top_p=0.8))) == {0, 1}


def test_min_p_drops_what_is_far_below_the_best() -> None:
    assert set(drawn(replace(PLAIN, min_p=0.1))) == {0, 1, 2}


def test_filters_reach_past_the_first_candidates() -> None:
    flat = torch.zeros(1, 5000)
    assert max(drawn(replace(PLAIN, top_p=0.99), 300, flat)) > 2000


def test_rows_of_different_settings_do_not_disturb_each_other() -> None:
    settings = [replace(PLAIN, temperature=t, top_k=k) for t in (0, 0.5, 1.5) for k in (0, 3)]
    chance = random.Random(2)
    logits = torch.randn(len(settings), 3000, generator=torch.Generator().manual_seed(3)) * 3
    draws = [Draw(each, chance.random()) for each in settings]
    together = draw_tokens(logits.clone(), draws)
    alone = [draw_tokens(logits[i : i + 1].clone(), [draw])[0] for i, draw in enumerate(draws)]
    assert together == alone


def test_a_repetition_penalty_makes_written_tokens_less_likely() -> None:
    sampling = replace(PLAIN, temperature=0, repetition_penalty=2.0)
    assert draw_tokens(LOGITS.clone(), [Draw(sampling, 0.5, generated=(0,))]) == [1]
    spared = Draw(sampling, 0.5, generated=(0,), unpenalised=frozenset({0}))
    assert draw_tokens(LOGITS.clone(), [spared]) == [0]


def test_banned_and_forbidden_tokens_do_not_come() -> None:
    forbidden = torch.tensor([True, False, False, True, True, True])
    for uniform in (0.0, 0.5, 0.9999):
        draw = Draw(PLAIN, uniform, banned=(1,), forbidden=forbidden)
        assert draw_tokens(LOGITS.clone(), [draw]) == [2]
