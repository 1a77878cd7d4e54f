"""The training loop of every way of tuning: steps, scores, the best kept, resumed and stopped.

run = TuningRun(tuning, data, recipe, TuningRun.Hooks(...))
outcome = run.until(minutes)
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

import torch

from studio.training.chat_tokens import TokenRow, batches
from studio.training.tuning.answer_loss import AnswerLoss
from studio.training.tuning.checkpoint import Checkpoint
from studio.training.tuning.journal import Journal
from studio.training.tuning.progress import TuningProgress, perplexity
from studio.training.tuning.recipe import TuningRecipe
from studio.training.tuning.samples import SamplePrompts
from studio.training.tuning.tuning import Tuning

TELL_STEPS = 10
SAVE_SECONDS = 120.0
"""A checkpoint at least this often, so that a kill costs little."""

Ended = Literal["steps", "minutes", "patience", "stopped"]
"""Why a run ended: its plan was done, its time, no better score came, or somebody stopped it."""


@dataclass(frozen=True, slots=True)
class TuningData:
    """Rows to learn from and to score by."""

    train: Callable[[int], Sequence[TokenRow]]
    """The rows of an epoch, by its number: prompts may be drawn anew."""
    val: Sequence[TokenRow]
    samples: SamplePrompts | None = None
    written: Sequence[int] = ()
    """Tokens that answers are made of, where that is known to be few; () stands for all."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a run needs of the world."""

    checkpoint: Checkpoint
    journal: Journal
    publish: Callable[[TuningProgress], None]
    """Writes the card of the tuning as it is; called whenever it is the best so far."""
    stop: Callable[[], bool] = lambda: False
    device: str = "cpu"


class TuningRun:
    """One run's moving parts."""

    def __init__(
        self, tuning: Tuning, data: TuningData, recipe: TuningRecipe, around: Surroundings
    ) -> None:
        self._tuning, self._data, self._recipe, self._around = tuning, data, recipe, around
        self._loss = AnswerLoss(tuning, bf16=recipe.bf16, written=data.written)
        self._learnt = list(tuning.learnt().values())
        self._optimizer = torch.optim.AdamW(
            self._learnt, lr=0.0, weight_decay=recipe.weight_decay, betas=(0.9, 0.98)
        )
        tuning.model.train()
        self.progress = TuningProgress()
        self._epoch_steps = 0
        self._scored_at = time.monotonic()

    def until(self, minutes: float) -> Ended:
        """Begin, or go on from the checkpoint, for at most `minutes` more."""
        self._begin()
        budget_s = self.progress.seconds + 60 * minutes
        ended = self._steps(budget_s)
        if self.progress.scored != self.progress.step:
            self._score()
        self._save()
        self._around.journal.close()
        return ended

    def _begin(self) -> None:
        found = self._around.checkpoint.load(self._tuning, self._optimizer, self._around.device)
        self.progress = found or self.progress
        self.progress.total = planned_steps(self._data, self._recipe)
        if found is None:
            with self._tuning.off():
                self.progress.before = self._heldout()
            self._around.journal.say(f"before: held-out {perplexity(self.progress.before):.2f}")
            self._around.journal.step(0, {"val/loss": self.progress.before})

    def _steps(self, budget_s: float) -> Ended:
        progress, saved = self.progress, time.monotonic()
        last = saved
        for parts in self._groups():
            if 0 < progress.total <= progress.step:
                return "steps"
            if progress.worse >= self._recipe.patience:
                return "patience"
            if progress.seconds >= budget_s:
                return "minutes"
            if self._around.stop():
                return "stopped"
            self._step(parts, self._rate(budget_s))
            if self._is_due():
                self._score()
            if progress.scored == progress.step or time.monotonic() - saved > SAVE_SECONDS:
                self._save()
                saved = time.monotonic()
            now = time.monotonic()
            progress.seconds, last = progress.seconds + now - last, now
        return "steps"

    def _step(self, parts: Sequence[Sequence[TokenRow]], rate: float) -> None:
        progress = self.progress
        for group in self._optimizer.param_groups:
            group["lr"] = rate
        loss, count = self._loss.learn(parts)
        torch.nn.utils.clip_grad_norm_(self._learnt, self._recipe.clip)
        self._optimizer.step()
        progress.step += 1
        progress.batch += 1
        progress.tokens += count
        self._tuning.stepped(progress.step)
        self._optimizer.zero_grad(set_to_none=True)
        self._tell(loss, rate)

    def _tell(self, loss: float, rate: float) -> None:
        progress = self.progress
        self._around.journal.step(progress.step, {"train/loss": loss, "train/rate": rate})
        if progress.step % TELL_STEPS == 0:
            speed = progress.tokens / max(progress.seconds, 1e-9)
            of = f" of {progress.total}" if progress.total else ""
            head = f"step {progress.step}{of} loss {loss:.3f}"
            self._around.journal.say(f"{head} {speed:.0f} answer tokens/s")

    def _score(self) -> None:
        """Held-out loss and samples; the card when it is the best so far."""
        progress, loss = self.progress, self._heldout()
        progress.scored = progress.step
        self._scored_at = time.monotonic()
        better = loss < progress.best
        progress.worse = 0 if better else progress.worse + 1
        if better:
            progress.best, progress.best_step = loss, progress.step
            self._around.publish(progress)
        mark = " (best)" if better else ""
        clock = f"minute {progress.seconds / 60:.1f} epoch {progress.epoch} step {progress.step}"
        self._around.journal.say(f"{clock} held-out {perplexity(loss):.2f}{mark}")
        self._around.journal.step(progress.step, {"val/loss": loss})
        if self._data.samples is not None:
            texts = self._data.samples.write(self._tuning)
            self._around.journal.samples(progress.step, texts)

    def _save(self) -> None:
        self._around.checkpoint.save(self._tuning, self._optimizer, self.progress)

    def _heldout(self) -> float:
        rows = self._data.val[: self._recipe.val_rows]
        return self._loss.mean(rows, self._recipe.batch_tokens)

    def _is_due(self) -> bool:
        recipe, step = self._recipe, self.progress.step
        if recipe.score_minutes:
            return time.monotonic() - self._scored_at >= 60 * recipe.score_minutes
        if recipe.score_steps:
            return step % recipe.score_steps == 0
        return self.progress.batch == self._epoch_steps

    def _rate(self, budget_s: float) -> float:
        """Linear warm-up by steps, then cosine to a twentieth, by steps or by time: whichever is
        further on, so that a run that its minutes will cut short still comes to rest."""
        progress, recipe = self.progress, self._recipe
        warm = min(1.0, (progress.step + 1) / max(1, recipe.warmup_steps))
        done = progress.seconds / max(1e-9, budget_s)
        if progress.total:
            done = max(done, progress.step / progress.total)
        return recipe.rate * warm * (0.05 + 0.95 * 0.5 * (1 + math.cos(math.pi * min(1.0, done))))

    def _groups(self) -> Iterator[list[list[TokenRow]]]:
        """Endless steps, each of `accumulate` batches, the same order for the same seed."""
        progress = self.progress
        while True:
            made = groups_of_epoch(self._data, self._recipe, progress.epoch)
            self._epoch_steps = len(made)
            yield from made[progress.batch :]
            progress.epoch, progress.batch = progress.epoch + 1, 0


def groups_of_epoch(
    data: TuningData, recipe: TuningRecipe, epoch: int
) -> list[list[list[TokenRow]]]:
    """The steps of an epoch, each a list of batches."""
    shuffle = torch.Generator().manual_seed(1_000_003 * recipe.seed + epoch)
    rows = [row for row in data.train(epoch) if row.learnt]
    made = batches(rows, recipe.batch_tokens, shuffle)
    return [
        made[at : at + recipe.accumulate] for at in range(0, len(made), max(1, recipe.accumulate))
    ]


def planned_steps(data: TuningData, recipe: TuningRecipe) -> int:
    """Steps of the whole run, told by its first epoch; 0 when only its minutes end it."""
    if recipe.steps or not recipe.epochs:
        return recipe.steps
    return recipe.epochs * len(groups_of_epoch(data, recipe, 0))
