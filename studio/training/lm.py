"""Trains a small Llama-like language model from scratch on rows of token ids.

    spec = LmSpec(vocabulary=6000, width=320, layers=5, heads=5, hidden=864, context=128)
    train_lm(spec, corpus, options, publish)

`train_lm` resumes from `options.out`, trains for `options.minutes`, saves and publishes every few
minutes (so young weights are usable early) and once more at the end. AdamW, linear warm-up, cosine
over the time budget, bf16 autocast, the loss masked on padding. What a card folder holds is
`lm_card.py`'s matter.
"""

from __future__ import annotations

import math
import os
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import torch
from torch.nn.functional import cross_entropy
from transformers import LlamaConfig, LlamaForCausalLM

from studio.training.options import TrainOptions

try:
    from torch.utils.tensorboard import SummaryWriter
except ImportError:  # comes with the [train] extra
    SummaryWriter = None  # type: ignore[assignment, misc]

BUCKET = 64
"""Batches whose rows are sorted by length together: short rows are not padded to long ones."""


@dataclass(frozen=True, slots=True)
class LmSpec:
    """Everything that fixes a run but its data: the architecture and how it is trained."""

    vocabulary: int
    width: int
    layers: int
    heads: int
    hidden: int
    """Width of the gated feed-forward layer."""
    context: int
    kv_heads: int = 0
    """0: as many as heads."""
    bos: int = 0
    eos: int = 1
    pad: int = 2
    batch_rows: int = 48
    learning_rate: float = 1e-3
    warmup_steps: int = 200
    weight_decay: float = 0.1
    dropout: float = 0.0
    """Share of what the embedding, attention and feed-forward layers give that is dropped."""
    keep_best: bool = False
    """Publish only what scores better on the held-out rows than anything of this run before."""
    save_minutes: float = 4.0
    fast_val_rows: int = 256
    """Held-out rows of the scores on the way; the last score uses them all."""

    def config(self) -> LlamaConfig:
        """The transformers configuration of this architecture (tied embeddings, RoPE)."""
        return LlamaConfig(
            vocab_size=self.vocabulary,
            hidden_size=self.width,
            intermediate_size=self.hidden,
            num_hidden_layers=self.layers,
            num_attention_heads=self.heads,
            num_key_value_heads=self.kv_heads or self.heads,
            max_position_embeddings=self.context,
            bos_token_id=self.bos,
            eos_token_id=self.eos,
            pad_token_id=self.pad,
            tie_word_embeddings=True,
        )


@dataclass(frozen=True, slots=True)
class LmCorpus:
    """Rows of token ids, int tensors of shape [rows, length], padded on the right."""

    train: Callable[[int], torch.Tensor]
    """The rows of one epoch, by its number: a corpus may draw prefixes or keys anew."""
    val: torch.Tensor
    pad: int
    prompts: tuple[tuple[int, ...], ...] = ()
    """Prefixes that are continued now and then, so that a person can read the progress."""
    decode: Callable[[list[int]], str] = field(default=lambda ids: " ".join(map(str, ids)))


@dataclass(slots=True)
class Progress:
    """Where a run stands; part of its checkpoint."""

    step: int = 0
    epoch: int = 0
    batch: int = 0
    seconds: float = 0.0
    tokens: int = 0
    best: float = math.inf
    """The lowest held-out perplexity so far."""


Publish = Callable[[LlamaForCausalLM, Progress, float], None]
"""Writes the card folder: (model, progress, held-out perplexity)."""


def train_lm(
    spec: LmSpec,
    corpus: LmCorpus,
    options: TrainOptions,
    publish: Publish,
    start: LlamaForCausalLM | None = None,
) -> LlamaForCausalLM:
    """Train within the time budget, or go on where `options.out` stopped. Returns the model.

    A new run begins with the weights of `start`, or with drawn ones.
    """
    torch.set_num_threads(options.threads)
    torch.manual_seed(options.seed)
    run = _Run(spec, corpus, options, publish, start)
    run.resume()
    run.until(run.progress.seconds + 60 * options.minutes)
    return run.model


def load_lm(card: Path) -> LlamaForCausalLM:
    """The model of a finished card folder in fp32. Raises OSError when files are missing."""
    model: LlamaForCausalLM = LlamaForCausalLM.from_pretrained(card, dtype=torch.float32)
    model.train(False)
    return model


def heldout_perplexity(model: LlamaForCausalLM, rows: torch.Tensor, pad: int) -> float:
    """exp of the mean loss per token, padding left out; rows [n, length]."""
    device = model.device
    total, count = 0.0, 0
    model.train(False)
    with torch.inference_mode(), _autocast(device):
        for batch in _by_length(rows, pad).split(64):  # type: ignore[no-untyped-call]
            trimmed = _trim(batch, pad).to(device)
            total += float(_loss(model, trimmed, pad, "sum"))
            count += int((trimmed[:, 1:] != pad).sum())
    model.train(True)
    return math.exp(total / max(1, count))


class _Run:
    """One run's moving parts: model, optimizer, clock, log."""

    def __init__(
        self,
        spec: LmSpec,
        corpus: LmCorpus,
        options: TrainOptions,
        publish: Publish,
        start: LlamaForCausalLM | None,
    ) -> None:
        self.spec, self.corpus, self.options, self.publish = spec, corpus, options, publish
        self.model = start or LlamaForCausalLM(spec.config())
        self.model.to(torch.device(options.device))  # type: ignore[arg-type]
        self.model.train(True)
        _drop(self.model, spec.dropout)
        self.optimizer = torch.optim.AdamW(
            _decay_groups(self.model, spec.weight_decay), lr=0.0, betas=(0.9, 0.95), fused=True
        )
        self.progress = Progress()
        self.losses: list[float] = []
        options.out.mkdir(parents=True, exist_ok=True)
        self.log = SummaryWriter(str(options.out)) if SummaryWriter is not None else None

    @property
    def checkpoint(self) -> Path:
        return self.options.out / "checkpoint.pt"

    def resume(self) -> None:
        if not self.checkpoint.exists():
            return
        state = torch.load(self.checkpoint, map_location=self.options.device, weights_only=True)
        self.model.load_state_dict(state["model"])
        self.optimizer.load_state_dict(state["optimizer"])
        self.progress = Progress(**state["progress"])

    def until(self, budget_s: float) -> None:
        """Train until `budget_s` seconds of all runs together, then save for good."""
        progress, last, saved = self.progress, time.monotonic(), time.monotonic()
        for rows in self._batches():
            rate = _schedule(progress, self.spec, budget_s)
            self._step(rows, rate)
            now = time.monotonic()
            progress.seconds, last = progress.seconds + now - last, now
            if progress.seconds >= budget_s:
                break
            if now - saved >= 60 * self.spec.save_minutes:
                self.save(self.corpus.val[: self.spec.fast_val_rows])
                # Scoring and saving count as time: the budget is what a person waits.
                saved = time.monotonic()
        self.save(self.corpus.val)

    def save(self, val: torch.Tensor) -> None:
        """Score, checkpoint, sample and publish."""
        keep_best = self.spec.keep_best
        val = self.corpus.val if keep_best else val
        perplexity = heldout_perplexity(self.model, val, self.corpus.pad)
        better = perplexity < self.progress.best
        self.progress.best = min(perplexity, self.progress.best)
        self._write_checkpoint()
        self._report(perplexity)
        if better or not keep_best:
            self.publish(self.model, self.progress, perplexity)

    def _step(self, rows: torch.Tensor, rate: float) -> None:
        for group in self.optimizer.param_groups:
            group["lr"] = rate
        rows = rows.to(self.options.device)
        with _autocast(rows.device):
            loss = _loss(self.model, rows, self.corpus.pad, "mean")
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
        self.optimizer.step()
        self.optimizer.zero_grad(set_to_none=True)
        self._count(rows, float(loss.detach()), rate)

    def _count(self, rows: torch.Tensor, loss: float, rate: float) -> None:
        progress = self.progress
        progress.step += 1
        progress.tokens += int((rows != self.corpus.pad).sum())
        self.losses.append(loss)
        if progress.step % 50 == 0:
            mean = sum(self.losses) / len(self.losses)
            speed = progress.tokens / max(progress.seconds, 1e-9)
            print(f"step {progress.step} loss {mean:.3f} rate {rate:.2e} {speed:.0f} tokens/s")
            self._scalar("train/loss", mean)
            self._scalar("train/tokens_per_s", speed)
            self.losses.clear()

    def _report(self, perplexity: float) -> None:
        minutes = self.progress.seconds / 60
        head = f"minute {minutes:.1f} step {self.progress.step} held-out {perplexity:.2f}"
        print(head, flush=True)
        self._scalar("val/perplexity", perplexity)
        texts = [self.corpus.decode(_continue(self.model, each)) for each in self.corpus.prompts]
        with (self.options.out / "samples.txt").open("a", encoding="utf-8") as sheet:
            sheet.write("\n".join([head, *texts, ""]) + "\n")

    def _scalar(self, name: str, value: float) -> None:
        if self.log is not None:
            self.log.add_scalar(name, value, self.progress.step)
            self.log.flush()

    def _write_checkpoint(self) -> None:
        # Written beside and moved over: a killed run never leaves half a checkpoint.
        state = {
            "model": self.model.state_dict(),
            "optimizer": self.optimizer.state_dict(),
            "progress": {name: getattr(self.progress, name) for name in Progress.__slots__},
        }
        young = self.checkpoint.with_suffix(".young")
        torch.save(state, young)
        os.replace(young, self.checkpoint)

    def _batches(self) -> Iterator[torch.Tensor]:
        """Endless batches [batch_rows, longest row], the same order for the same seed."""
        progress = self.progress
        while True:
            rows = self.corpus.train(progress.epoch)
            order = _epoch_order(rows, self.corpus.pad, self.spec.batch_rows, self._shuffle())
            for chosen in order[progress.batch :]:
                progress.batch += 1
                yield _trim(rows[chosen], self.corpus.pad)
            progress.epoch, progress.batch = progress.epoch + 1, 0

    def _shuffle(self) -> torch.Generator:
        return torch.Generator().manual_seed(1_000_003 * self.options.seed + self.progress.epoch)


def _epoch_order(
    rows: torch.Tensor, pad: int, batch_rows: int, shuffle: torch.Generator
) -> list[torch.Tensor]:
    """Row numbers of each batch: rows of like length together, batches in random order."""
    lengths = (rows != pad).sum(1)
    batches: list[torch.Tensor] = []
    everything: Any = torch.randperm(len(rows), generator=shuffle)
    for bucket in everything.split(BUCKET * batch_rows):
        batches += bucket[lengths[bucket].argsort()].split(batch_rows)
    return [batches[place] for place in torch.randperm(len(batches), generator=shuffle).tolist()]


def _by_length(rows: torch.Tensor, pad: int) -> torch.Tensor:
    return rows[(rows != pad).sum(1).argsort()]


def _trim(rows: torch.Tensor, pad: int) -> torch.Tensor:
    """The rows as int64 without the columns that are padding in all of them."""
    return rows[:, : int((rows != pad).sum(1).max())].long()


def _loss(model: LlamaForCausalLM, rows: torch.Tensor, pad: int, reduction: str) -> torch.Tensor:
    # Padding stands on the right and attention is causal: no attention mask is needed.
    logits = model(input_ids=rows[:, :-1], use_cache=False).logits
    return cross_entropy(
        logits.flatten(0, 1).float(), rows[:, 1:].flatten(), ignore_index=pad, reduction=reduction
    )


def _autocast(device: torch.device) -> torch.autocast:
    return torch.autocast(device.type, dtype=torch.bfloat16)


def _schedule(progress: Progress, spec: LmSpec, budget_s: float) -> float:
    """Linear warm-up by steps, then cosine by time down to a twentieth."""
    warm = min(1.0, (progress.step + 1) / max(1, spec.warmup_steps))
    done = min(1.0, progress.seconds / max(1e-9, budget_s))
    return spec.learning_rate * warm * (0.05 + 0.95 * 0.5 * (1 + math.cos(math.pi * done)))


def _drop(model: LlamaForCausalLM, share: float) -> None:
    """Dropout on what flows into the residual stream (Srivastava et al. 2014); Llama has none."""
    if not share:
        return

    def dropped(module: torch.nn.Module, _: object, given: torch.Tensor) -> torch.Tensor:
        return torch.nn.functional.dropout(given, share, module.training)

    inner = model.model
    for layer in inner.layers:
        layer.self_attn.o_proj.register_forward_hook(dropped)
        layer.mlp.down_proj.register_forward_hook(dropped)
    inner.embed_tokens.register_forward_hook(dropped)


def _decay_groups(model: LlamaForCausalLM, weight_decay: float) -> list[dict[str, Any]]:
    """Matrices decay, norms do not."""
    parameters = list(model.parameters())
    return [
        {"params": [each for each in parameters if each.ndim > 1], "weight_decay": weight_decay},
        {"params": [each for each in parameters if each.ndim <= 1], "weight_decay": 0.0},
    ]


def _continue(model: LlamaForCausalLM, prompt: tuple[int, ...]) -> list[int]:
    """One sampled continuation with its prompt, seeded: sheets of different hours compare."""
    ids = torch.tensor([prompt], device=model.device)
    model.train(False)
    with torch.random.fork_rng(), torch.inference_mode():
        torch.manual_seed(0)
        longest = int(model.config.max_position_embeddings)
        drawn = model.generate(  # type: ignore[misc]
            ids, attention_mask=torch.ones_like(ids), do_sample=True, top_p=0.9, max_length=longest
        )
    model.train(True)
    return [int(each) for each in drawn[0]]
