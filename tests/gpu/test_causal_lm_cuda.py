"""The same promises on a GPU. Skipped where there is none."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import torch

from studio.catalog import Card, Catalog
from studio.families.causal_lm import CausalLm
from studio.requests import Request, Sampling
from tests.families.tiny_models import open_tiny, run, texts, tiny_card

pytestmark = pytest.mark.skipif(not torch.cuda.is_available(), reason="no CUDA device")

PROMPTS = ("The keeper of the lighthouse", "江上夜雨，客舟孤灯。", "It was")
WILD = Sampling(temperature=1.0, top_p=0.9, max_tokens=24)


@pytest.fixture(scope="module", params=["llama", "qwen3", "gemma3", "gpt2"])
def card(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Card:
    return tiny_card(tmp_path_factory.mktemp("cards"), request.param)


def asked(i: int) -> Request:
    sampling = replace(WILD, temperature=(i % 2) * 1.0)
    return Request(card="x", seed=i, prompt=PROMPTS[i % 3], sampling=sampling)


def test_a_gpu_writes_what_the_cpu_writes(card: Card) -> None:
    gpu = CausalLm.open(card, Catalog([card]), "cuda", "float32")
    requests = [asked(i) for i in range(6)]
    assert texts(run(gpu, requests)) == texts(run(open_tiny(card), requests))


def test_a_row_alone_equals_the_row_in_a_full_batch(card: Card) -> None:
    gpu = CausalLm.open(card, Catalog([card]), "cuda", "float32")
    requests = [asked(i) for i in range(gpu.capacity)]
    assert texts(run(gpu, requests)) == [texts(run(gpu, [each]))[0] for each in requests]


def test_bfloat16_is_the_default_there(card: Card, tmp_path: Path) -> None:
    gpu = CausalLm.open(card, Catalog([card]), "cuda", "auto")
    gpu.warm_up()
    assert gpu.footprint() < CausalLm.open(card, Catalog([card]), "cuda", "float32").footprint()
    assert texts(run(gpu, [asked(1)]))[0]
