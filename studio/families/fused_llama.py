"""Llama, Qwen3 and Gemma 3 over pre-allocated slots, for decoding many rows at once.

Query, key and value are one product, gate and up another; grouped queries meet their keys without
repeating them. Decoding rows and pieces of prompts go through every weight together, so that a
joining prompt costs the running rows little. Architectures: arXiv 2302.13971, arXiv 2505.09388,
arXiv 2503.19786; where they differ says `DecoderShape`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import torch
from torch.nn import functional as F

from studio.families.decoder_layer import DecoderLayer, norm_weight
from studio.families.decoder_shape import DecoderShape
from studio.families.forward import Prefix, Span
from studio.families.kv_slots import KvSlots
from studio.families.lora_rows import LoraRows
from studio.families.step_plan import StepPlan

Turn = tuple[torch.Tensor, torch.Tensor]
"""Cosine and signed sine of each token's position, [tokens, 1, head width]."""


class FusedLlama:
    """A forward (see `Forward`) of its own for Llama-like models."""

    def __init__(
        self,
        shape: DecoderShape,
        weights: Mapping[str, torch.Tensor],
        cache: KvSlots,
        lora: LoraRows,
    ) -> None:
        self._shape, self._cache, self._lora = shape, cache, lora
        self._embedding = weights["model.embed_tokens.weight"]
        self._scale = torch.tensor(shape.embedding_scale).to(self._embedding)
        self._norm = norm_weight(weights, "model.norm", shape)
        self._head = weights.get("lm_head.weight", self._embedding)
        self._layers = [DecoderLayer.of(weights, i, shape) for i in range(shape.layers)]
        self._rotations = {
            base: _rotations(base, shape.head_width, cache.shape.tokens, self._embedding)
            for base in set(shape.rope_bases)
        }

    @property
    def vocabulary_size(self) -> int:
        return len(self._embedding)

    def run(self, spans: Sequence[Span]) -> torch.Tensor:
        order = sorted(range(len(spans)), key=lambda i: (len(spans[i].tokens) > 1, spans[i].slot))
        ordered = [spans[i] for i in order]
        plans = self._plans(ordered)
        plan = plans[0]
        self._lora.select([span.adapter for span in ordered for _ in span.tokens])
        turns = {base: _at(plan.positions, turn) for base, turn in self._rotations.items()}
        rows = self._embedding[plan.tokens] * self._scale
        for i, layer in enumerate(self._layers):
            near, base = plans[self._shape.windows[i]], self._shape.rope_bases[i]
            rows = rows + self._attended(i, layer, rows, near, turns[base])
            rows = rows + self._transformed(i, layer, rows)
        rows = rows[plan.last_tokens(spans, order)]
        if not len(rows):  # pieces of long prompts, and nobody writes
            return rows.new_zeros((0, self.vocabulary_size), dtype=torch.float32)
        return F.linear(self._normed(rows, self._norm), self._head).float()

    def place(self, slot: int, prefix: Prefix) -> None:
        self._cache.place(slot, prefix.keys, prefix.values)

    def copy(self, source: int, target: int, tokens: int) -> None:
        self._cache.copy(source, target, tokens)

    def footprint(self) -> int:
        tensors = [each for turn in self._rotations.values() for each in turn]
        tensors += [each for layer in self._layers for each in layer.products]
        tensors += [self._embedding, self._norm]
        if self._head is not self._embedding:
            tensors.append(self._head)
        weights: int = sum(each.nbytes for each in tensors)
        return weights + self._cache.footprint() + self._lora.footprint()

    def _plans(self, spans: Sequence[Span]) -> Mapping[int, StepPlan]:
        """The step as layers of each window see it: the whole step while rows are short."""
        groups, tokens = self._shape.heads // self._shape.kv_heads, self._cache.shape.tokens
        longest = max(span.end for span in spans)
        whole = StepPlan.of(spans, groups, tokens, self._embedding)
        return {0: whole} | {
            window: StepPlan.of(spans, groups, tokens, self._embedding, window)
            if longest > window
            else whole
            for window in set(self._shape.windows) - {0}
        }

    def _normed(self, rows: torch.Tensor, weight: torch.Tensor | None) -> torch.Tensor:
        if weight is None:
            return rows
        return F.rms_norm(rows, (rows.shape[-1],), weight, self._shape.epsilon)

    def _attended(
        self, i: int, layer: DecoderLayer, rows: torch.Tensor, plan: StepPlan, turn: Turn
    ) -> torch.Tensor:
        shape, normed = self._shape, self._normed(rows, layer.before_attention)
        mixed = self._lora.add(f"{i}.qkv", normed, F.linear(normed, layer.qkv))
        split = mixed.view(len(rows), shape.heads + 2 * shape.kv_heads, shape.head_width)
        looks, values = torch.split(split, [shape.heads + shape.kv_heads, shape.kv_heads], 1)
        turned = _turned(self._normed_looks(layer, looks), turn)
        queries, keys = torch.split(turned, [shape.heads, shape.kv_heads], 1)
        self._cache.keys[i][plan.slots, :, plan.positions] = keys
        self._cache.values[i][plan.slots, :, plan.positions] = values
        seen = plan.attend(queries, self._cache.keys[i], self._cache.values[i])
        out = self._lora.add(f"{i}.out", seen, F.linear(seen, layer.out))
        return self._normed(out, layer.after_attention)

    def _normed_looks(self, layer: DecoderLayer, looks: torch.Tensor) -> torch.Tensor:
        """Queries and keys, [tokens, heads, width]; most architectures leave them as they are."""
        if layer.query_norm is None and layer.key_norm is None:
            return looks
        queries, keys = torch.split(looks, [self._shape.heads, self._shape.kv_heads], 1)
        queries = self._normed(queries, layer.query_norm)
        return torch.cat((queries, self._normed(keys, layer.key_norm)), 1)

    def _transformed(self, i: int, layer: DecoderLayer, rows: torch.Tensor) -> torch.Tensor:
        normed = self._normed(rows, layer.before_mlp)
        both = self._lora.add(f"{i}.gate_up", normed, F.linear(normed, layer.gate_up))
        gate, up = both.chunk(2, -1)
        inner = self._activated(gate).mul_(up)
        out = self._lora.add(f"{i}.down", inner, F.linear(inner, layer.down))
        return self._normed(out, layer.after_mlp)

    def _activated(self, gate: torch.Tensor) -> torch.Tensor:
        if self._shape.activation == "silu":
            return F.silu(gate)
        return F.gelu(gate, approximate="tanh")


def _turned(rows: torch.Tensor, turn: Turn) -> torch.Tensor:
    first, second = rows.chunk(2, -1)
    return rows * turn[0] + torch.cat((second, first), -1) * turn[1]


def _at(positions: torch.Tensor, turn: Turn) -> Turn:
    return turn[0][positions][:, None], turn[1][positions][:, None]


def _rotations(base: float, width: int, tokens: int, like: torch.Tensor) -> Turn:
    powers = torch.arange(0, width, 2).float() / width
    angles = torch.outer(torch.arange(tokens).float(), base**-powers)
    cos, sin = angles.cos(), angles.sin()
    return torch.cat((cos, cos), -1).to(like), torch.cat((-sin, sin), -1).to(like)
