"""The trainer on a language that a tiny model learns in seconds."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import torch
from transformers import LlamaForCausalLM

from studio.training.lm import (
    LmCorpus,
    LmSpec,
    Progress,
    heldout_perplexity,
    load_lm,
    train_lm,
)
from studio.training.lm_card import LmCard, write_lm_card
from studio.training.options import TrainOptions

BOS, EOS, PAD = 0, 1, 2
SPEC = LmSpec(
    vocabulary=12,
    width=32,
    layers=1,
    heads=2,
    hidden=64,
    context=16,
    bos=BOS,
    eos=EOS,
    pad=PAD,
    batch_rows=16,
    learning_rate=1e-2,
    warmup_steps=2,
)


def counting_rows(count: int) -> torch.Tensor:
    """Rows that count upwards from a first number, of differing length, padded."""
    rows = [[BOS, *(3 + (n + i) % 9 for i in range(4 + n % 5)), EOS] for n in range(count)]
    return torch.tensor([row + [PAD] * (12 - len(row)) for row in rows], dtype=torch.int32)


def corpus() -> LmCorpus:
    return LmCorpus(
        train=lambda _: counting_rows(160), val=counting_rows(9), pad=PAD, prompts=((BOS, 3),)
    )


def options(tmp_path: Path, seconds: float, seed: int = 0) -> TrainOptions:
    return TrainOptions(
        card="lm/counting",
        data=tmp_path,
        out=tmp_path / "out",
        models=tmp_path / "models",
        minutes=seconds / 60,
        threads=1,
        seed=seed,
    )


class Published:
    """What a run handed over."""

    def __init__(self) -> None:
        self.perplexities: list[float] = []
        self.steps: list[int] = []

    def __call__(self, model: LlamaForCausalLM, progress: Progress, perplexity: float) -> None:
        self.perplexities.append(perplexity)
        self.steps.append(progress.step)


def test_it_learns_saves_and_goes_on_where_it_stopped(tmp_path: Path) -> None:
    first, second = Published(), Published()
    train_lm(SPEC, corpus(), options(tmp_path, 2.0), first)
    untrained = heldout_perplexity(LlamaForCausalLM(SPEC.config()), counting_rows(9), PAD)
    assert first.perplexities[-1] < untrained / 2
    train_lm(SPEC, corpus(), options(tmp_path, 0.5), second)
    assert second.steps[-1] > first.steps[-1]
    assert "held-out" in (tmp_path / "out" / "samples.txt").read_text(encoding="utf-8")


def test_padding_does_not_count() -> None:
    torch.manual_seed(0)
    model = LlamaForCausalLM(SPEC.config())
    rows = counting_rows(9)
    wider = torch.cat([rows, torch.full((9, 4), PAD, dtype=torch.int32)], dim=1)
    one, other = heldout_perplexity(model, rows, PAD), heldout_perplexity(model, wider, PAD)
    assert one == pytest.approx(other, rel=1e-4)


def test_a_published_card_loads_and_names_its_files(tmp_path: Path) -> None:
    torch.manual_seed(0)
    model = LlamaForCausalLM(SPEC.config())
    (tmp_path / "rows.jsonl").write_text("{}\n", encoding="utf-8")
    card = LmCard(
        name="lm/counting",
        version="1",
        roles=("verse",),
        languages=("zh",),
        crafts=("poetry",),
        licence="Apache-2.0",
        tokenizer_json="{}",
        data=(tmp_path / "rows.jsonl",),
        about="Counts.",
    )
    folder = write_lm_card(card, model, options(tmp_path, 1), 3, {"heldout_perplexity": 2.5})
    again = load_lm(folder)
    ids = torch.tensor([[BOS, 3, 4]])
    with torch.inference_mode():
        before, after = model(input_ids=ids).logits, again(input_ids=ids).logits
    assert torch.allclose(before, after, atol=2e-2)  # fp16 on disk
    manifest = (folder / "model.toml").read_text(encoding="utf-8")
    for line in ('name = "lm/counting"', "context = 16", "heldout_perplexity = 2.5"):
        assert line in manifest
    assert not list(folder.glob("*.young"))


def test_only_what_is_better_than_before_is_published(tmp_path):
    wrecking = replace(SPEC, keep_best=True, learning_rate=3.0, warmup_steps=1)
    published = Published()
    train_lm(replace(SPEC, keep_best=True), corpus(), options(tmp_path, 3), published)
    best = min(published.perplexities)
    # The same run goes on with a rate that wrecks the model: nothing new is handed over.
    train_lm(wrecking, corpus(), options(tmp_path, 3), published)
    assert min(published.perplexities) == best
    assert published.perplexities == sorted(published.perplexities, reverse=True)


def test_dropout_is_only_felt_while_training(tmp_path):
    model = train_lm(replace(SPEC, dropout=0.5), corpus(), options(tmp_path, 2), Published())
    rows = counting_rows(9).long()
    model.train(False)
    with torch.inference_mode():
        still = [model(input_ids=rows).logits for _ in range(2)]
        model.train(True)
        moving = [model(input_ids=rows).logits for _ in range(2)]
    assert torch.equal(*still)
    assert not torch.equal(*moving)
