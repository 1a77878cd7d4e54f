"""The shipped adapters' training: so many minutes, and runs begun by earlier code go on."""

from __future__ import annotations

import math
from pathlib import Path

import pytest
import torch
from peft import PeftModel, get_peft_model_state_dict

from studio.catalog import Card
from studio.families.text_prompt import TextPrompt
from studio.training.chat_tokens import ChatTokens, TokenRow
from studio.training.data.chats import data_chats
from studio.training.lora import (
    LoraData,
    LoraProgress,
    LoraSpec,
    frozen_base,
    heldout_loss,
    train_lora,
)
from studio.training.options import TrainOptions
from tests.families.tiny_models import tiny_card
from tests.training.tuned_models import toy_dataset


class Published:
    """What a run handed over, score by score."""

    def __init__(self) -> None:
        self.steps: list[int] = []
        self.best = math.inf
        self.weights: dict[str, torch.Tensor] = {}

    def __call__(self, model: PeftModel, progress: LoraProgress) -> None:
        self.steps.append(progress.step)
        self.best = progress.best
        state = get_peft_model_state_dict(model)
        self.weights = {name: each.clone() for name, each in state.items()}


@pytest.fixture
def card(tmp_path: Path) -> Card:
    return tiny_card(tmp_path, "llama")


def rows(card: Card, folder: Path) -> list[TokenRow]:
    dataset = toy_dataset(folder)
    return ChatTokens(TextPrompt(card.name, card.folder), 190).rows(data_chats(dataset.rows))


def options(folder: Path, minutes: float) -> TrainOptions:
    return TrainOptions("lora/toy", folder, folder / "run", folder, minutes, threads=1)


def test_it_learns_for_its_minutes_and_goes_on(card: Card, tmp_path: Path) -> None:
    spec = LoraSpec(
        card.folder, rank=4, alpha=8, learning_rate=0.02, batch_tokens=1024, warmup_steps=1
    )
    learnt = rows(card, tmp_path / "set")
    written = sorted({label for row in learnt for label in row.labels if label >= 0})
    data = LoraData(lambda _: learnt, learnt[:6], written)
    first, second, third = Published(), Published(), Published()
    train_lora(spec, data, options(tmp_path, 0.02), first)
    before = heldout_loss(frozen_base(card.folder, "cpu"), learnt[:6], 1024)
    assert first.best < before
    train_lora(spec, data, options(tmp_path, 0.01), second)
    assert not second.steps or second.steps[0] > first.steps[-1]

    checkpoint = tmp_path / "run" / "checkpoint.pt"
    state = torch.load(checkpoint, weights_only=True)
    counts = ("step", "epoch", "batch", "seconds", "tokens", "best", "worse", "before")
    progress = {name: state["progress"][name] for name in counts} | {"best": math.inf}
    old = {"adapter": state["learnt"], "optimizer": state["optimizer"], "progress": progress}
    torch.save(old, checkpoint)
    train_lora(spec, data, options(tmp_path, 0.0), third)
    assert third.steps == [progress["step"]], "nothing is learnt in no time, and nothing lost"
    for name, each in state["learnt"].items():
        assert torch.equal(third.weights[name.replace(".default", "")], each)
