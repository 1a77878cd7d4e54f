"""What the model itself thinks of what it wrote: whatever the settings, whoever else is there."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pytest
import torch

from studio.catalog import Card
from studio.engine.ticket import Ticket
from studio.families.causal_lm import CausalLm
from studio.requests import Chunk, Request, Sampling, Usage, Vocabulary
from tests.families.tiny_models import open_tiny, reference, run, tiny_card

PROMPT = "The keeper of the lighthouse found a letter"
GREEDY = Sampling(temperature=0, max_tokens=12)
WILD = Sampling(temperature=1.5, top_k=30, repetition_penalty=1.4, no_repeat_ngram=3, max_tokens=12)


@pytest.fixture(scope="module")
def card(tmp_path_factory: pytest.TempPathFactory) -> Card:
    return tiny_card(tmp_path_factory.mktemp("cards"), "llama")


@dataclass(frozen=True)
class Fewer:
    """Allows the first tokens of the vocabulary."""

    count: int = 60

    def bind(self, vocabulary: Vocabulary) -> Fewer:
        return self

    def allowed(self, tokens: object) -> range:
        return range(10, self.count)


def asked(sampling: Sampling, **fields: object) -> Request:
    return Request(card="lm/llama", seed=5, prompt=PROMPT, sampling=sampling, **fields)  # type: ignore[arg-type]


def said(family: CausalLm, request: Request) -> float:
    last = run(family, [request])[0][-1]
    assert last.mean_logprob is not None
    return last.mean_logprob


def expected(card: Card, family: CausalLm, request: Request) -> float:
    """The same tokens through transformers, with no settings at all."""
    slot = family.admit(request)
    while not family.step([slot])[0].ended:
        pass
    written, prompt = list(family._rows[slot].generated), family._lm.prompt.tokens(request)
    family.release(slot)
    with torch.no_grad():
        logits = reference(card)(torch.tensor([[*prompt, *written]])).logits[0]
    shares = logits[len(prompt) - 1 : -1].log_softmax(-1).gather(-1, torch.tensor(written)[:, None])
    return float(shares.mean())


@pytest.mark.parametrize("sampling", [GREEDY, WILD])
def test_it_is_the_models_own_opinion_without_temperature_or_penalty(
    card: Card, sampling: Sampling
) -> None:
    family, request = open_tiny(card), asked(sampling)
    assert said(family, request) == pytest.approx(expected(card, family, request), abs=1e-3)


def test_a_constraint_does_not_flatter_it(card: Card) -> None:
    family, request = open_tiny(card), asked(WILD, constraint=Fewer())
    assert said(family, request) == pytest.approx(expected(card, family, request), abs=1e-3)


@pytest.mark.parametrize("dtype", ["float32", "int8"])
def test_it_is_the_same_in_any_company(card: Card, dtype: str) -> None:
    family = open_tiny(card, dtype=dtype)
    requests = [replace(asked(WILD), seed=seed) for seed in range(6)]
    together = [chunks[-1].mean_logprob for chunks in run(family, requests)]
    assert together == pytest.approx([said(family, each) for each in requests], abs=1e-4)


def test_it_reaches_the_one_who_asked() -> None:
    ticket = Ticket(asked(GREEDY), 1, lambda: None)
    ticket.offer(Chunk(text="It was"))
    ticket.offer(Chunk(text=".", finish="stop", usage=Usage(), mean_logprob=-1.5))
    assert ticket.so_far.mean_logprob == -1.5
