"""What the fused forward needs to know of a model: sizes, and where the architectures differ."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from studio.families.lora_rows import Part, Site

Activation = Literal["silu", "gelu_tanh"]
ACTIVATIONS: Sequence[tuple[str, Activation]] = (
    ("silu", "silu"),
    ("gelu_pytorch_tanh", "gelu_tanh"),
)
"""transformers' name -> ours."""
KNOWN = frozenset({"llama", "qwen3", "gemma3_text"})
UNKNOWN_EXTRAS = (
    *("attention_bias", "mlp_bias", "use_sliding_window", "use_bidirectional_attention"),
    *("final_logit_softcapping", "attn_logit_softcapping"),
)
"""Settings of a config that the fused forward does not do when they are on."""


@dataclass(frozen=True, slots=True)
class DecoderShape:
    """A decoder-only model with rotary positions, gated MLPs and RMS norms."""

    hidden: int
    heads: int
    kv_heads: int
    head_width: int
    inner: int
    epsilon: float
    activation: Activation
    rope_bases: tuple[float, ...]
    """Of each layer."""
    windows: tuple[int, ...]
    """How many tokens each layer looks back, itself included; 0: all."""
    embedding_scale: float = 1.0
    query_scale: float = 1.0
    """On top of 1 / sqrt(head width)."""
    norm_offset: float = 0.0
    """What is added to the stored weights of norms."""
    norms_after: bool = False
    """Whether what attention and MLP give is normed once more before it is added."""

    @classmethod
    def of(cls, config: Any) -> DecoderShape | None:
        """The shape of a transformers config, or None when the fused forward does not know it."""
        if config.model_type not in KNOWN or any(getattr(config, e, None) for e in UNKNOWN_EXTRAS):
            return None
        ropes = _ropes(config)
        activation = dict(ACTIVATIONS).get(_activation(config))
        if activation is None or not all(_is_plain(rope) for rope in ropes):
            return None
        width = getattr(config, "head_dim", None) or (
            config.hidden_size // config.num_attention_heads
        )
        return cls(
            hidden=config.hidden_size,
            heads=config.num_attention_heads,
            kv_heads=config.num_key_value_heads,
            head_width=width,
            inner=config.intermediate_size,
            epsilon=config.rms_norm_eps,
            activation=activation,
            rope_bases=tuple(rope["rope_theta"] for rope in ropes),
            windows=_windows(config),
            **(_of_gemma(config, width) if config.model_type == "gemma3_text" else {}),
        )

    @property
    def layers(self) -> int:
        return len(self.windows)

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


def _of_gemma(config: Any, width: int) -> dict[str, Any]:
    return {
        "embedding_scale": math.sqrt(config.hidden_size),
        "query_scale": math.sqrt(width / config.query_pre_attn_scalar),
        "norm_offset": 1.0,
        "norms_after": True,
    }


def _kinds(config: Any) -> list[str]:
    kinds = getattr(config, "layer_types", None)
    return list(kinds or ["full_attention"] * config.num_hidden_layers)


def _windows(config: Any) -> tuple[int, ...]:
    return tuple(
        config.sliding_window if kind == "sliding_attention" else 0 for kind in _kinds(config)
    )


def _ropes(config: Any) -> list[dict[str, Any]]:
    """The rotary parameters of each layer: one table for all, or one for each kind of layer."""
    rope = getattr(config, "rope_parameters", None) or {}
    return [rope.get(kind, rope) for kind in _kinds(config)]


def _is_plain(rope: dict[str, Any]) -> bool:
    return rope.get("rope_type") == "default" and rope.get("partial_rotary_factor", 1.0) == 1.0


def _activation(config: Any) -> str:
    return str(getattr(config, "hidden_activation", None) or config.hidden_act)
