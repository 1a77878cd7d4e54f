"""Gemma 3 (text) in GGUF: five sliding layers to a full one, norm weights stored with one added.

What the file leaves to the reader (the pattern of layers, the local rope base, the scale of
attention) is as in the report: arXiv 2503.19786.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import Any

from studio.sources.gguf_architecture import Architecture, Values, sizes
from studio.sources.gguf_file import GgufFacts

FULL_EVERY = 6
LOCAL_ROPE_BASE = 10000.0
CHAT_TEMPLATE = (
    "{{ bos_token }}{% for message in messages %}{{ message['content'] | trim }}"
    "{{ '\\n' if message['role'] == 'system' else '\\n\\n' }}{% endfor %}"
)
"""The pretrained model knows no turns: plain text, and an empty line before the answer."""


def _config(facts: GgufFacts) -> dict[str, Any]:
    own = sizes(facts)
    return {
        "architectures": ["Gemma3ForCausalLM"],
        "model_type": "gemma3_text",
        "hidden_activation": "gelu_pytorch_tanh",
        "sliding_window": facts.of_model("attention.sliding_window"),
        "layer_types": [_kind(i) for i in range(own["num_hidden_layers"])],
        "rope_parameters": {
            "full_attention": _rope(facts.of_model("rope.freq_base", 1e6)),
            "sliding_attention": _rope(LOCAL_ROPE_BASE),
        },
        "query_pre_attn_scalar": own["head_dim"],
        "attention_bias": False,
        **own,
    }


def _kind(layer: int) -> str:
    return "sliding_attention" if (layer + 1) % FULL_EVERY else "full_attention"


def _rope(base: float) -> dict[str, Any]:
    return {"rope_type": "default", "rope_theta": base}


def _values(name: str, values: Values, _facts: GgufFacts) -> Values:
    # GGUF stores what the normed values are multiplied by; transformers multiplies by 1 + weight.
    return values - 1 if name.endswith("norm.weight") else values


GEMMA3 = Architecture(
    config=_config,
    in_block=MappingProxyType(
        {
            "attn_norm": "input_layernorm",
            "attn_q": "self_attn.q_proj",
            "attn_k": "self_attn.k_proj",
            "attn_v": "self_attn.v_proj",
            "attn_q_norm": "self_attn.q_norm",
            "attn_k_norm": "self_attn.k_norm",
            "attn_output": "self_attn.o_proj",
            "post_attention_norm": "post_attention_layernorm",
            "ffn_norm": "pre_feedforward_layernorm",
            "ffn_gate": "mlp.gate_proj",
            "ffn_up": "mlp.up_proj",
            "ffn_down": "mlp.down_proj",
            "post_ffw_norm": "post_feedforward_layernorm",
        }
    ),
    values=_values,
    chat_template=CHAT_TEMPLATE,
)
