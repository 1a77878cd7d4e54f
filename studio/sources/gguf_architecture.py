"""What a GGUF conversion must know of one architecture."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from studio.sources.gguf_file import GgufFacts

Values = np.ndarray[Any, Any]

TOP = {"token_embd": "model.embed_tokens", "output_norm": "model.norm", "output": "lm_head"}.items()


@dataclass(frozen=True, slots=True)
class Architecture:
    """Names, config and values of one `general.architecture`, as transformers wants them."""

    config: Callable[[GgufFacts], dict[str, Any]]
    """The table of config.json."""
    in_block: Mapping[str, str]
    """Name of a tensor in `blk.<i>` -> its module in `model.layers.<i>`."""
    values: Callable[[str, Values, GgufFacts], Values]
    """(GGUF name, values) -> the values under transformers' conventions."""
    chat_template: str = ""
    """For files that bring none."""

    def name_of(self, tensor: str) -> str:
        """The GGUF name of a tensor -> its name in safetensors. Raises KeyError."""
        parts = tensor.removesuffix(".weight").split(".")
        if parts[0] == "blk":
            return f"model.layers.{parts[1]}.{self.in_block[parts[2]]}.weight"
        return f"{dict(TOP)[parts[0]]}.weight"


def sizes(facts: GgufFacts) -> dict[str, Any]:
    """The part of config.json that decoder-only models share."""
    heads = facts.of_model("attention.head_count")
    hidden = facts.of_model("embedding_length")
    return {
        "vocab_size": len(facts.tokens),
        "hidden_size": hidden,
        "intermediate_size": facts.of_model("feed_forward_length"),
        "num_hidden_layers": facts.of_model("block_count"),
        "num_attention_heads": heads,
        "num_key_value_heads": facts.of_model("attention.head_count_kv", heads),
        "head_dim": facts.of_model("attention.key_length", hidden // heads),
        "max_position_embeddings": facts.of_model("context_length"),
        "rms_norm_eps": round(facts.of_model("attention.layer_norm_rms_epsilon"), 9),
        "tie_word_embeddings": "output.weight" not in facts.tensors,
        "bos_token_id": facts.of_tokenizer("bos_token_id"),
        "eos_token_id": facts.of_tokenizer("eos_token_id"),
        "pad_token_id": facts.of_tokenizer("padding_token_id"),
        "dtype": "float16",
    }
