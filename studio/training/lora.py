"""Trains a LoRA adapter on a frozen base, on chats, for so many minutes.

    train_lora(spec, data, options, publish)

Resumes from `options.out`, scores the held-out rows every few minutes, keeps the best, and
publishes it. AdamW, linear warm-up, cosine over the time budget; the base in bfloat16, the adapter
in float32 under autocast. The loop is that of every tuning (`tuning/loop.py`). LoRA: arXiv
2106.09685, by PEFT.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from peft import PeftModel, get_peft_model_state_dict
from transformers import AutoModelForCausalLM

from studio.training.chat_tokens import TokenRow
from studio.training.options import TrainOptions
from studio.training.tuning.answer_loss import AnswerLoss
from studio.training.tuning.checkpoint import Checkpoint
from studio.training.tuning.journal import Journal
from studio.training.tuning.loop import Surroundings, TuningData, TuningRun
from studio.training.tuning.peft_tuning import open_lora
from studio.training.tuning.progress import TuningProgress
from studio.training.tuning.recipe import TuningRecipe
from studio.training.tuning.scored_lm import PlainLm
from studio.training.tuning.stop import Stop


@dataclass(frozen=True, slots=True)
class LoraSpec:
    """Everything that fixes a run but its data."""

    base: Path
    """Folder of the base's weights."""
    rank: int = 16
    alpha: int = 32
    dropout: float = 0.05
    learning_rate: float = 6e-4
    warmup_steps: int = 10
    weight_decay: float = 0.01
    batch_tokens: int = 2048
    """Padded tokens of one batch."""
    clip: float = 1.0
    score_minutes: float = 6.0
    val_rows: int = 64
    """Held-out rows that the best is chosen by; `studio evaluate` scores them all."""
    patience: int = 4
    """Scores without a better one before the run stops early."""

    def recipe(self, seed: int) -> TuningRecipe:
        """The same as a recipe whose only end is its minutes."""
        return TuningRecipe(
            method="lora",
            rank=self.rank,
            alpha=self.alpha,
            dropout=self.dropout,
            learning_rate=self.learning_rate,
            warmup_steps=self.warmup_steps,
            weight_decay=self.weight_decay,
            batch_tokens=self.batch_tokens,
            clip=self.clip,
            epochs=0,
            score_minutes=self.score_minutes,
            val_rows=self.val_rows,
            patience=self.patience,
            seed=seed,
        )


@dataclass(frozen=True, slots=True)
class LoraData:
    """Rows to learn from and to score by."""

    train: Callable[[int], list[TokenRow]]
    """The rows of an epoch, by its number."""
    val: Sequence[TokenRow]
    written: Sequence[int] = ()
    """Tokens that answers are made of, in order; () stands for all. Training compares an answer's
    token with these only (scores use them all): a head of 262,144 rows is half the cost."""


LoraProgress = TuningProgress
Publish = Callable[[PeftModel, LoraProgress], None]
"""Writes the card of the model as it is: (model, progress)."""


def train_lora(spec: LoraSpec, data: LoraData, options: TrainOptions, publish: Publish) -> None:
    """Train within the time budget, or go on where `options.out` stopped."""
    torch.set_num_threads(options.threads)
    torch.manual_seed(options.seed)
    recipe = spec.recipe(options.seed)
    tuning = open_lora(spec.base, recipe, options.device, 0)
    identity = {"card": options.card, "method": "lora", "rank": spec.rank}
    journal = Journal(options.out, options.card, recipe.table(), wandb=False)
    with Stop(options.out / "stop") as stop:
        around = Surroundings(
            Checkpoint(options.out / "checkpoint.pt", identity),
            journal,
            lambda progress: publish(tuning.peft, progress),
            lambda: stop.asked,
            options.device,
        )
        rows = TuningData(data.train, data.val, written=data.written)
        TuningRun(tuning, rows, recipe, around).until(options.minutes)


def frozen_base(folder: Path, device: str) -> Any:
    """The base in bfloat16, nothing to learn in it. Raises OSError when files are missing."""
    model: Any = AutoModelForCausalLM.from_pretrained(
        folder, dtype=torch.bfloat16, local_files_only=True
    )
    return model.to(device).requires_grad_(False)


def heldout_loss(model: Any, rows: Sequence[TokenRow], batch_tokens: int) -> float:
    """Mean loss of the learnt tokens, in nats."""
    return AnswerLoss(PlainLm(model), bf16=True).mean(rows, batch_tokens)


def adapter_state(model: PeftModel) -> dict[str, torch.Tensor]:
    """The adapter in PEFT's own names, float16, on the CPU."""
    state = get_peft_model_state_dict(model)
    return {
        name: each.detach().to("cpu", torch.float16).contiguous() for name, each in state.items()
    }
