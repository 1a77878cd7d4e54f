"""Llama and Qwen3 over pre-allocated slots, for decoding many rows at once.

Query, key and value are one product, gate and up another; grouped queries meet their keys without
repeating them. Decoding rows and pieces of prompts go through every weight together, so that a
joining prompt costs the running rows little. Architectures: arXiv 2302.13971, arXiv 2505.09388.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import torch
from torch.nn import functional as F

from studio.families.forward import Span
from studio.families.kv_slots import KvSlots
from studio.families.linears import FloatLinear, Linear, MakeLinear
from studio.families.lora_rows import LoraRows, Part, Site
from studio.families.step_plan import StepPlan


@dataclass(frozen=True, slots=True)
class LlamaShape:
    """What the fused forward needs of a config."""

    layers: int
    hidden: int
    heads: int
    kv_heads: int
    head_width: int
    inner: int
    epsilon: float
    rope_base: float

    @classmethod
    def of(cls, config: Any) -> LlamaShape | None:
        """The shape of a transformers config, or None when the fused forward does not know it."""
        if not _plain(config):
            return None
        return cls(
            layers=config.num_hidden_layers,
            hidden=config.hidden_size,
            heads=config.num_attention_heads,
            kv_heads=config.num_key_value_heads,
            head_width=getattr(config, "head_dim", None)
            or config.hidden_size // config.num_attention_heads,
            inner=config.intermediate_size,
            epsilon=config.rms_norm_eps,
            rope_base=config.rope_parameters["rope_theta"],
        )

    def sites(self) -> dict[str, Site]:
        """Where adapters may add: four products a layer."""
        queries, keys = self.heads * self.head_width, self.kv_heads * self.head_width
        sites = {}
        for i in range(self.layers):
            at, mlp = f"model.layers.{i}.self_attn", f"model.layers.{i}.mlp"
            qkv = (Part(f"{at}.q_proj", queries), Part(f"{at}.k_proj", keys))
            sites[f"{i}.qkv"] = Site(self.hidden, (*qkv, Part(f"{at}.v_proj", keys)))
            sites[f"{i}.out"] = Site(queries, (Part(f"{at}.o_proj", self.hidden),))
            gate = (Part(f"{mlp}.gate_proj", self.inner), Part(f"{mlp}.up_proj", self.inner))
            sites[f"{i}.gate_up"] = Site(self.hidden, gate)
            sites[f"{i}.down"] = Site(self.inner, (Part(f"{mlp}.down_proj", self.hidden),))
        return sites


@dataclass(frozen=True, slots=True)
class _Layer:
    before_attention: torch.Tensor
    qkv: Linear
    query_norm: torch.Tensor | None
    key_norm: torch.Tensor | None
    out: Linear
    before_mlp: torch.Tensor
    gate_up: Linear
    down: Linear

    @property
    def linears(self) -> tuple[Linear, ...]:
        return (self.qkv, self.out, self.gate_up, self.down)


class FusedLlama:
    """A forward (see `Forward`) of its own for Llama-like models."""

    def __init__(
        self,
        shape: LlamaShape,
        weights: Mapping[str, torch.Tensor],
        cache: KvSlots,
        lora: LoraRows,
        make_linear: MakeLinear,
    ) -> None:
        self._shape, self._cache, self._lora = shape, cache, lora
        self._embedding = weights["model.embed_tokens.weight"]
        self._norm = weights["model.norm.weight"]
        self._head = make_linear(weights.get("lm_head.weight", self._embedding))
        self._layers = [_layer(weights, i, make_linear) for i in range(shape.layers)]
        self._cos, self._sin = _rotations(shape, cache.shape.tokens, self._embedding)

    @property
    def vocabulary_size(self) -> int:
        return len(self._embedding)

    def run(self, spans: Sequence[Span]) -> torch.Tensor:
        order = sorted(range(len(spans)), key=lambda i: (len(spans[i].tokens) > 1, spans[i].slot))
        ordered = [spans[i] for i in order]
        groups = self._shape.heads // self._shape.kv_heads
        plan = StepPlan.of(ordered, groups, self._cache.shape.tokens, self._embedding)
        self._lora.select([span.adapter for span in ordered for _ in span.tokens])
        rows = self._embedding[plan.tokens]
        turn = self._cos[plan.positions][:, None], self._sin[plan.positions][:, None]
        for i, layer in enumerate(self._layers):
            rows = self._attend(i, layer, rows, plan, turn)
            rows = self._transform(i, layer, rows)
        rows = rows[plan.last_tokens(spans, order)]
        return self._head(self._normed(rows, self._norm)).float()

    def footprint(self) -> int:
        tensors = (self._embedding, self._norm, self._cos, self._sin)
        linears = [each for layer in self._layers for each in layer.linears]
        if not isinstance(self._head, FloatLinear) or not self._head.holds(self._embedding):
            linears.append(self._head)
        weights = sum(each.nbytes for each in tensors) + sum(each.footprint() for each in linears)
        return weights + self._cache.footprint() + self._lora.footprint()

    def _normed(self, rows: torch.Tensor, weight: torch.Tensor) -> torch.Tensor:
        return F.rms_norm(rows, (rows.shape[-1],), weight, self._shape.epsilon)

    def _attend(
        self, i: int, layer: _Layer, rows: torch.Tensor, plan: StepPlan, turn: Turn
    ) -> torch.Tensor:
        shape, normed = self._shape, self._normed(rows, layer.before_attention)
        mixed = self._lora.add(f"{i}.qkv", normed, layer.qkv(normed))
        split = mixed.view(len(rows), shape.heads + 2 * shape.kv_heads, shape.head_width)
        counts = [shape.heads, shape.kv_heads, shape.kv_heads]
        queries, keys, values = torch.split(split, counts, 1)
        if layer.query_norm is not None and layer.key_norm is not None:
            queries, keys = (
                self._normed(queries, layer.query_norm),
                self._normed(keys, layer.key_norm),
            )
        self._cache.keys[i][plan.slots, :, plan.positions] = _turned(keys, turn)
        self._cache.values[i][plan.slots, :, plan.positions] = values
        seen = plan.attend(_turned(queries, turn), self._cache.keys[i], self._cache.values[i])
        return rows + self._lora.add(f"{i}.out", seen, layer.out(seen))

    def _transform(self, i: int, layer: _Layer, rows: torch.Tensor) -> torch.Tensor:
        normed = self._normed(rows, layer.before_mlp)
        both = self._lora.add(f"{i}.gate_up", normed, layer.gate_up(normed))
        gate, up = both.chunk(2, -1)
        inner = F.silu(gate) * up
        return rows + self._lora.add(f"{i}.down", inner, layer.down(inner))


Turn = tuple[torch.Tensor, torch.Tensor]
"""Cosine and signed sine of each token's position, [tokens, 1, head width]."""


def _turned(rows: torch.Tensor, turn: Turn) -> torch.Tensor:
    first, second = rows.chunk(2, -1)
    return rows * turn[0] + torch.cat((second, first), -1) * turn[1]


def _rotations(shape: LlamaShape, tokens: int, like: torch.Tensor) -> Turn:
    powers = torch.arange(0, shape.head_width, 2).float() / shape.head_width
    angles = torch.outer(torch.arange(tokens).float(), shape.rope_base**-powers)
    cos, sin = angles.cos(), angles.sin()
    return torch.cat((cos, cos), -1).to(like), torch.cat((-sin, sin), -1).to(like)


def _layer(weights: Mapping[str, torch.Tensor], i: int, make_linear: MakeLinear) -> _Layer:
    def named(name: str) -> torch.Tensor:
        return weights[f"model.layers.{i}.{name}.weight"]

    def joined(*names: str) -> Linear:
        return make_linear(torch.cat([named(name) for name in names]))

    qkv = ("self_attn.q_proj", "self_attn.k_proj", "self_attn.v_proj")
    return _Layer(
        before_attention=named("input_layernorm"),
        qkv=joined(*qkv),
        query_norm=weights.get(f"model.layers.{i}.self_attn.q_norm.weight"),
        key_norm=weights.get(f"model.layers.{i}.self_attn.k_norm.weight"),
        out=make_linear(named("self_attn.o_proj")),
        before_mlp=named("post_attention_layernorm"),
        gate_up=joined("mlp.gate_proj", "mlp.up_proj"),
        down=make_linear(named("mlp.down_proj")),
    )


def _plain(config: Any) -> bool:
    rope = getattr(config, "rope_parameters", None) or {}
    return (
        config.model_type in ("llama", "qwen3")
        and config.hidden_act == "silu"
        and not getattr(config, "attention_bias", False)
        and not getattr(config, "mlp_bias", False)
        and not getattr(config, "use_sliding_window", False)
        and rope.get("rope_type") == "default"
        and rope.get("partial_rotary_factor", 1.0) == 1.0
    )
