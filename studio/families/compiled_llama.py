"""Llama, Qwen3 and Gemma 3 in 8-bit integers on a processor: every step one compiled function.

Weights are 8-bit with a step for each output, activations 8-bit with a step for each row, keys,
values and adapters 16-bit floats, everything else float32. Each token is summed on its own, so a
row is the same in any company, however its prompt was cut, and on any number of threads.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import torch

from studio.families.compiled.bank import AdapterBank
from studio.families.compiled.model import packed_model
from studio.families.compiled.parts import HEAD, Desk, Plan
from studio.families.compiled.slots import CompiledSlots
from studio.families.compiled.step import LAST_STAGES, PARTS_A_THREAD, STAGES
from studio.families.compiled.team import Team
from studio.families.compiled.tiles import BLOCK, FEW_ROWS
from studio.families.decoder_shape import DecoderShape
from studio.families.forward import Prefix, Span


class CompiledLlama:
    """A forward (see `Forward`) for the processor's 8-bit dot products."""

    def __init__(
        self,
        shape: DecoderShape,
        weights: Mapping[str, torch.Tensor],
        cache: CompiledSlots,
        bank: AdapterBank,
        threads: int,
    ) -> None:
        self._cache, self._bank, self._team = cache, bank, Team(threads)
        self._embedding = weights["model.embed_tokens.weight"].float()
        self._scale = shape.embedding_scale
        head = weights.get("lm_head.weight", self._embedding)
        self._model = packed_model(shape, weights, head, cache.tokens)
        self._desk = self._new_desk(1)

    @property
    def vocabulary_size(self) -> int:
        return len(self._embedding)

    def run(self, spans: Sequence[Span]) -> torch.Tensor:
        order = sorted(range(len(spans)), key=lambda i: spans[i].adapter)
        plan, tokens = _plan([spans[i] for i in order], self._model.layers)
        if len(tokens) > len(self._desk.rows) or self._bank.widest > self._desk.inner.shape[1]:
            self._desk = self._new_desk(max(len(tokens), len(self._desk.rows)))
        logits = np.empty((len(plan.wanted), self._model.blocks[HEAD] * BLOCK), np.float32)
        desk = self._desk._replace(rows=self._desk.rows[: len(tokens)], logits=logits)
        np.multiply(self._embedding[tokens].numpy(), np.float32(self._scale), out=desk.rows)
        self._team.run(self._model, self._cache.arrays, self._bank.arrays, plan, desk)
        wanted = [i for i in order if spans[i].wanted]
        found = torch.from_numpy(logits)[:, : self.vocabulary_size]
        if wanted == sorted(wanted):
            return found
        return found[torch.tensor(wanted).argsort()]

    def tune(self) -> None:
        """Measure how many threads pay on this machine. Before anything is in the slots."""
        self._team.tune(self._try)

    def place(self, slot: int, prefix: Prefix) -> None:
        self._cache.place(slot, prefix)

    def copy(self, source: int, target: int, tokens: int) -> None:
        self._cache.copy(source, target, tokens)

    def footprint(self) -> int:
        model = sum(each.nbytes for each in self._model if isinstance(each, np.ndarray))
        others = self._cache.footprint() + self._bank.footprint()
        return model + self._embedding.nbytes + others

    def _try(self, rows: int) -> None:
        """A step of so many rows that nobody asked for."""
        slots = self._cache.shape.slots
        rows = min(rows, slots * self._cache.tokens)
        spans = [Span(slot, 0, (0,) * len(range(slot, rows, slots))) for slot in range(slots)]
        self.run([span for span in spans if span.tokens])

    def _new_desk(self, rows: int) -> Desk:
        model = self._model
        inputs, outputs = int(model.inputs.max()), int(model.blocks[:HEAD].max()) * BLOCK
        parts = PARTS_A_THREAD * self._team.size
        return Desk(
            rows=np.zeros((rows, self._embedding.shape[1]), np.float32),
            normed=np.zeros((rows, inputs), np.float32),
            mixed=np.zeros((rows, outputs), np.float32),
            rounded=np.zeros((rows, inputs), np.int8),
            scales=np.zeros(rows, np.float32),
            shifts=np.zeros(rows, np.int32),
            inner=np.zeros((rows, max(1, self._bank.widest)), np.float32),
            scores=np.zeros(
                (PARTS_A_THREAD * self._team.size, FEW_ROWS, self._cache.tokens), np.float32
            ),
            totals=np.zeros((parts, FEW_ROWS), np.float32),
            logits=np.zeros((0, 0), np.float32),
        )


def _plan(spans: Sequence[Span], layers: int) -> tuple[Plan, torch.Tensor]:
    """Every token a row, and the tokens."""
    ends = np.cumsum([len(span.tokens) for span in spans])
    wanted = [end - 1 for end, span in zip(ends, spans, strict=True) if span.wanted]
    plan = Plan(
        positions=_whole([place for span in spans for place in range(span.start, span.end)]),
        slots=_whole([span.slot for span in spans for _ in span.tokens]),
        adapters=_whole([span.adapter for span in spans for _ in span.tokens]),
        wanted=_whole(wanted),
        tally=np.zeros((layers * STAGES + LAST_STAGES, 2), np.int64),
    )
    return plan, torch.tensor([token for span in spans for token in span.tokens])


def _whole(numbers: Sequence[int]) -> np.ndarray:
    return np.array(numbers, np.int64)
