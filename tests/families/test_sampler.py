"""Drawing tokens: the filters, the penalties, and chance that belongs to the row."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace
from operator import eq

import pytest
import torch

from studio.families import sampler
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


@pytest.mark.parametrize(
    "sampling",
    [
        PLAIN,
        replace(PLAIN, temperature=0.7),
        replace(PLAIN, top_p=0.9),
        replace(PLAIN, top_p=0.999, temperature=1.5),
        replace(PLAIN, top_k=40),
        replace(PLAIN, min_p=0.02),
        replace(PLAIN, min_p=0.0005, top_p=0.97, top_k=900, temperature=1.2),
    ],
)
@pytest.mark.parametrize("spread", [0.1, 1.0, 4.0])
def test_machine_code_picks_what_torch_picks(sampling: Sampling, spread: float) -> None:
    """On a GPU the same order and the same chance go through torch."""
    chance = random.Random(4)
    generator = torch.Generator().manual_seed(5)
    logits = torch.randn(32, 5003, generator=generator) * spread
    logits[:, ::7] = float("-inf")
    draws = [Draw(sampling, chance.random()) for _ in logits]
    picked = draw_tokens(logits.clone(), draws)
    by_torch = sampler._sample(sampler._shares(logits, draws), draws, sampler.CANDIDATES)
    agreed = sum(map(eq, picked, by_torch))
    assert agreed >= len(draws) - 1, "but for one whose uniform number falls on an edge"
    assert not any(token % 7 == 0 for token in picked)


def test_opinions_are_those_of_torch() -> None:
    logits = torch.randn(9, 1003, generator=torch.Generator().manual_seed(6)) * 5
    tokens = logits.argsort(-1)[:, 500].tolist()
    expected = logits.double().log_softmax(-1).gather(-1, torch.tensor(tokens)[:, None])[:, 0]
    told = torch.tensor(sampler.log_probabilities(logits, tokens), dtype=torch.float64)
    torch.testing.assert_close(told, expected, atol=1e-5, rtol=1e-6)


def test_a_row_that_nothing_is_left_for_gives_some_token() -> None:
    logits = torch.full((2, 1003), float("-inf"))
    for temperature in (0.0, 1.0):
        draw = Draw(replace(PLAIN, temperature=temperature), 0.5)
        assert draw_tokens(logits.clone(), [draw, draw]) == [0, 0]


def test_the_first_of_equals_is_the_best() -> None:
    logits = torch.zeros(1, 1003)
    logits[0, [500, 77, 900]] = 3.0
    draw = Draw(replace(PLAIN, temperature=0), 0.5)
    assert draw_tokens(logits.clone(), [draw]) == sampler._best(logits) == [77]
