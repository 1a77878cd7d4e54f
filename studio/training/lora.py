"""Trains a LoRA adapter on a frozen base, on chats.

    train_lora(spec, data, options, publish)

Resumes from `options.out`, trains for `options.minutes` of wall clock, scores the held-out rows
every few minutes, keeps the best, and publishes it. AdamW, linear warm-up, cosine over the time
budget; the base in bfloat16, the adapter in float32 under autocast. The loss is taken on the
answers only, and the head runs on their tokens only: on a small model it is a third of the cost.
LoRA: arXiv 2106.09685, by PEFT.
"""

from __future__ import annotations

import math
import os
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import torch
from peft import LoraConfig, PeftModel, get_peft_model, get_peft_model_state_dict
from torch.nn.functional import cross_entropy, linear
from transformers import AutoModelForCausalLM

from studio.training.chat_tokens import NOT_LEARNT, TokenRow, batches, padded
from studio.training.options import TrainOptions

try:
    from torch.utils.tensorboard import SummaryWriter
except ImportError:  # comes with the [train] extra
    SummaryWriter = None  # type: ignore[assignment, misc]

HEAD_TOKENS = 256
"""Answer tokens whose logits exist at one time: a vocabulary of 262,144 would fill the memory."""


@dataclass(frozen=True, slots=True)
class LoraSpec:
    """Everything that fixes a run but its data."""

    base: Path
    """Folder of the base's weights."""
    rank: int = 16
    alpha: int = 32
    dropout: float = 0.05
    targets: str = "all-linear"
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


@dataclass(frozen=True, slots=True)
class LoraData:
    """Rows to learn from and to score by."""

    train: Callable[[int], list[TokenRow]]
    """The rows of an epoch, by its number."""
    val: Sequence[TokenRow]
    written: Sequence[int] = ()
    """Tokens that answers are made of, in order; () stands for all. Training compares an answer's
    token with these only (scores use them all): a head of 262,144 rows is half the cost."""


@dataclass(slots=True)
class LoraProgress:
    """Where a run stands; part of its checkpoint."""

    step: int = 0
    epoch: int = 0
    batch: int = 0
    seconds: float = 0.0
    tokens: int = 0
    """Learnt tokens seen."""
    best: float = math.inf
    """Lowest held-out loss per learnt token so far."""
    worse: int = 0
    """Scores since then."""
    before: float = 0.0
    """Held-out loss of the base alone."""


Publish = Callable[[PeftModel, LoraProgress], None]
"""Writes the card of the model as it is: (model, progress)."""


def train_lora(spec: LoraSpec, data: LoraData, options: TrainOptions, publish: Publish) -> None:
    """Train within the time budget, or go on where `options.out` stopped."""
    torch.set_num_threads(options.threads)
    torch.manual_seed(options.seed)
    run = _Run(spec, data, options, publish)
    run.resume()
    run.until(run.progress.seconds + 60 * options.minutes)


def frozen_base(folder: Path, device: str) -> Any:
    """The base in bfloat16, nothing to learn in it. Raises OSError when files are missing."""
    model: Any = AutoModelForCausalLM.from_pretrained(
        folder, dtype=torch.bfloat16, local_files_only=True
    )
    return model.to(device).requires_grad_(False)


class Head:
    """The output layer, or the rows of it that answers are made of."""

    def __init__(self, model: Any, written: Sequence[int] = ()) -> None:
        weight = _head(model).weight
        self._places: torch.Tensor | None = None
        if written:
            ids = torch.tensor(written, device=weight.device)
            self._places = torch.full((len(weight),), NOT_LEARNT, device=weight.device)
            self._places[ids] = torch.arange(len(ids), device=weight.device)
            weight = weight[ids]
        self._weight = weight.detach()

    def places(self, targets: torch.Tensor) -> torch.Tensor:
        """Where each target's logit stands; NOT_LEARNT where the head has no row for it."""
        return targets if self._places is None else self._places[targets]

    def __call__(self, hidden: torch.Tensor) -> torch.Tensor:
        """Logits [tokens, rows of the head]."""
        return linear(hidden, self._weight)


def answer_loss(
    model: Any, head: Head, batch: Sequence[TokenRow], *, backward: bool
) -> tuple[float, int]:
    """(summed loss of the learnt tokens, their number); with `backward` the gradient of the mean
    is added to the adapter."""
    device = model.device
    ids, labels = (each.to(device) for each in padded(batch))
    chosen = labels[:, 1:] != NOT_LEARNT
    targets, count = head.places(labels[:, 1:][chosen]), int(chosen.sum())
    with torch.autocast(device.type, dtype=torch.bfloat16):
        hidden = _decoder(model)(input_ids=ids[:, :-1], use_cache=False).last_hidden_state[chosen]
        total, gradient = _head_loss(head, hidden, targets, backward=backward)
    if backward:
        hidden.backward(gradient / count)
    return total, count


def heldout_loss(model: Any, rows: Sequence[TokenRow], batch_tokens: int) -> float:
    """Mean loss of the learnt tokens, in nats."""
    total, count = 0.0, 0
    head = Head(model)
    model.eval()
    order = torch.Generator().manual_seed(0)
    with torch.no_grad():
        for batch in batches(rows, batch_tokens, order):
            loss, tokens = answer_loss(model, head, batch, backward=False)
            total, count = total + loss, count + tokens
    model.train()
    return total / max(1, count)


class _Run:
    """One run's moving parts: model, optimizer, clock, log."""

    def __init__(
        self, spec: LoraSpec, data: LoraData, options: TrainOptions, publish: Publish
    ) -> None:
        self.spec, self.data, self.options, self.publish = spec, data, options, publish
        self.model = get_peft_model(frozen_base(spec.base, options.device), _config(spec))
        self.model.train()
        self.head = Head(self.model, data.written)
        self.learnt = [each for each in self.model.parameters() if each.requires_grad]
        for each in self.learnt:
            each.data = each.data.float()
        self.optimizer = torch.optim.AdamW(
            self.learnt, lr=0.0, weight_decay=spec.weight_decay, betas=(0.9, 0.98)
        )
        self.progress = LoraProgress()
        options.out.mkdir(parents=True, exist_ok=True)
        self.log = SummaryWriter(str(options.out)) if SummaryWriter is not None else None

    @property
    def checkpoint(self) -> Path:
        return self.options.out / "checkpoint.pt"

    def resume(self) -> None:
        """Go on from the checkpoint, or score the base as it is."""
        if not self.checkpoint.exists():
            with self.model.disable_adapter():
                self.progress.before = heldout_loss(self.model, self._quick(), self._tokens)
            print(f"before: {math.exp(self.progress.before):.2f}", flush=True)
            return
        state = torch.load(self.checkpoint, map_location=self.options.device, weights_only=True)
        self.model.load_state_dict(state["adapter"], strict=False)
        self.optimizer.load_state_dict(state["optimizer"])
        self.progress = LoraProgress(**state["progress"])

    def until(self, budget_s: float) -> None:
        """Train until `budget_s` seconds of all runs together or until patience ends."""
        progress, last, scored = self.progress, time.monotonic(), time.monotonic()
        for batch in self._batches():
            self._step(batch, _rate(progress, self.spec, budget_s))
            now = time.monotonic()
            progress.seconds, last = progress.seconds + now - last, now
            if progress.seconds >= budget_s:
                break
            if now - scored >= 60 * self.spec.score_minutes:
                self.score()
                scored = time.monotonic()
            if progress.worse >= self.spec.patience:
                break
        self.score()

    def score(self) -> None:
        """Held-out loss, checkpoint, and the card when it is the best so far."""
        progress = self.progress
        loss = heldout_loss(self.model, self._quick(), self._tokens)
        better = loss < progress.best
        progress.best, progress.worse = (
            min(loss, progress.best),
            0 if better else progress.worse + 1,
        )
        head = f"minute {progress.seconds / 60:.1f} step {progress.step} epoch {progress.epoch}"
        print(f"{head} held-out {math.exp(loss):.2f}", flush=True)
        self._scalar("val/perplexity", math.exp(loss))
        self._write_checkpoint()
        if better:
            self.publish(self.model, progress)

    @property
    def _tokens(self) -> int:
        return self.spec.batch_tokens

    def _quick(self) -> Sequence[TokenRow]:
        return self.data.val[: self.spec.val_rows]

    def _step(self, batch: Sequence[TokenRow], rate: float) -> None:
        for group in self.optimizer.param_groups:
            group["lr"] = rate
        total, count = answer_loss(self.model, self.head, batch, backward=True)
        torch.nn.utils.clip_grad_norm_(self.learnt, self.spec.clip)
        self.optimizer.step()
        self.optimizer.zero_grad(set_to_none=True)
        self.progress.step += 1
        self.progress.tokens += count
        if self.progress.step % 10 == 0:
            speed = self.progress.tokens / max(self.progress.seconds, 1e-9)
            loss = f"loss {total / count:.3f} {speed:.0f} answer tokens/s"
            print(f"step {self.progress.step} {loss}", flush=True)
        self._scalar("train/loss", total / count)

    def _scalar(self, name: str, value: float) -> None:
        if self.log is not None:
            self.log.add_scalar(name, value, self.progress.step)
            self.log.flush()

    def _write_checkpoint(self) -> None:
        # Written beside and moved over: a killed run never leaves half a checkpoint.
        named = {name: each for name, each in self.model.named_parameters() if each.requires_grad}
        state = {
            "adapter": named,
            "optimizer": self.optimizer.state_dict(),
            "progress": asdict(self.progress),
        }
        young = self.checkpoint.with_suffix(".young")
        torch.save(state, young)
        os.replace(young, self.checkpoint)

    def _batches(self) -> Iterator[list[TokenRow]]:
        """Endless batches, the same order for the same seed."""
        progress = self.progress
        while True:
            shuffle = torch.Generator().manual_seed(1_000_003 * self.options.seed + progress.epoch)
            order = batches(self.data.train(progress.epoch), self.spec.batch_tokens, shuffle)
            for batch in order[progress.batch :]:
                progress.batch += 1
                yield batch
            progress.epoch, progress.batch = progress.epoch + 1, 0


def adapter_state(model: PeftModel) -> dict[str, torch.Tensor]:
    """The adapter in PEFT's own names, float16, on the CPU."""
    state = get_peft_model_state_dict(model)
    return {
        name: each.detach().to("cpu", torch.float16).contiguous() for name, each in state.items()
    }


def _config(spec: LoraSpec) -> LoraConfig:
    return LoraConfig(
        r=spec.rank,
        lora_alpha=spec.alpha,
        lora_dropout=spec.dropout,
        target_modules=spec.targets,
        task_type="CAUSAL_LM",
    )


def _decoder(model: Any) -> Any:
    """The part below the head; PEFT's wrapper keeps the model inside."""
    inner = model.get_base_model() if isinstance(model, PeftModel) else model
    return inner.model


def _head(model: Any) -> Any:
    inner = model.get_base_model() if isinstance(model, PeftModel) else model
    return inner.lm_head


def _head_loss(
    head: Head, hidden: torch.Tensor, targets: torch.Tensor, *, backward: bool
) -> tuple[float, torch.Tensor]:
    """(summed loss, its gradient at `hidden`), a slice of tokens at a time."""
    total, gradient = 0.0, torch.zeros_like(hidden)
    for start in range(0, len(targets), HEAD_TOKENS):
        part = slice(start, start + HEAD_TOKENS)
        leaf = hidden[part].detach().requires_grad_(backward)
        loss = cross_entropy(head(leaf).float(), targets[part], reduction="sum")
        total += float(loss.detach())
        if backward:
            loss.backward()  # type: ignore[no-untyped-call]
            assert leaf.grad is not None
            gradient[part] = leaf.grad
    return total, gradient


def _rate(progress: LoraProgress, spec: LoraSpec, budget_s: float) -> float:
    """Linear warm-up by steps, then cosine by time down to a twentieth."""
    warm = min(1.0, (progress.step + 1) / max(1, spec.warmup_steps))
    done = min(1.0, progress.seconds / max(1e-9, budget_s))
    return spec.learning_rate * warm * (0.05 + 0.95 * 0.5 * (1 + math.cos(math.pi * done)))
