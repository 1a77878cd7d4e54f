"""Llama in GGUF: rotary halves are interleaved there, and not in transformers."""

from __future__ import annotations

from types import MappingProxyType
from typing import Any

from studio.sources.gguf_architecture import Architecture, Values, sizes
from studio.sources.gguf_file import GgufFacts


def _config(facts: GgufFacts) -> dict[str, Any]:
    return {
        "architectures": ["LlamaForCausalLM"],
        "model_type": "llama",
        "rope_theta": facts.of_model("rope.freq_base", 10000.0),
        "hidden_act": "silu",
        **sizes(facts),
    }


def _values(name: str, values: Values, facts: GgufFacts) -> Values:
    heads = facts.of_model("attention.head_count")
    if ".attn_q." in name:
        return _halves(values, heads)
    if ".attn_k." in name:
        return _halves(values, facts.of_model("attention.head_count_kv", heads))
    return values


def _halves(rows: Values, heads: int) -> Values:
    # GGUF interleaves the two halves of each head that rotate together; transformers does not.
    width = rows.shape[0] // heads // 2
    return rows.reshape(heads, width, 2, -1).swapaxes(1, 2).reshape(rows.shape)


LLAMA = Architecture(
    config=_config,
    in_block=MappingProxyType(
        {
            "attn_norm": "input_layernorm",
            "attn_q": "self_attn.q_proj",
            "attn_k": "self_attn.k_proj",
            "attn_v": "self_attn.v_proj",
            "attn_output": "self_attn.o_proj",
            "ffn_norm": "post_attention_layernorm",
            "ffn_gate": "mlp.gate_proj",
            "ffn_up": "mlp.up_proj",
            "ffn_down": "mlp.down_proj",
        }
    ),
    values=_values,
)
