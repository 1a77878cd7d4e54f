"""A llama-architecture GGUF file -> safetensors, config and tokenizer that transformers loads.

transformers can read GGUF itself, in about a minute and with the wrong digit splitting for this
vocabulary; this takes seconds, once. Format: https://github.com/ggml-org/ggml/blob/master/docs/gguf.md
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np
from gguf import GGUFReader, ReaderTensor
from gguf.quants import dequantize
from safetensors.numpy import save_file
from tokenizers import AddedToken, Tokenizer, decoders, pre_tokenizers
from tokenizers.models import BPE

from studio.sources.progress import Progress
from studio.sources.unavailable import SourceUnavailable

CONTROL_TOKEN = 3
"""GGUF token type of special tokens."""

TOP: Mapping[str, str] = MappingProxyType(
    {
        "token_embd": "model.embed_tokens",
        "output_norm": "model.norm",
        "output": "lm_head",
    }
)
IN_BLOCK: Mapping[str, str] = MappingProxyType(
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
)
SPLITS: Mapping[str, bool] = MappingProxyType({"smollm": True, "gpt-2": False})
"""GGUF pre-tokenizer name -> whether digits are split one by one before GPT-2's pattern."""


def convert_gguf(path: Path, folder: Path, progress: Progress) -> None:
    """Write model.safetensors (float16), config.json and the tokenizer into `folder`.

    The quantised values fit float16 but for its rounding (2^-11). Raises SourceUnavailable for
    another architecture or vocabulary than Llama with byte-level BPE.
    """
    reader = GGUFReader(path)
    facts = _facts(reader)
    _write_tokenizer(facts, folder)
    _write_json(folder / "config.json", _config(facts, reader))
    _write_weights(reader, facts, folder, progress)


def _facts(reader: GGUFReader) -> Mapping[str, Any]:
    facts = {name: field.contents() for name, field in reader.fields.items()}
    known = (facts["general.architecture"], facts.get("tokenizer.ggml.model"))
    if known != ("llama", "gpt2") or facts.get("tokenizer.ggml.pre") not in SPLITS:
        raise SourceUnavailable(f"GGUF with {known[0]} and {known[1]} can not be converted.")
    return facts


def _config(facts: Mapping[str, Any], reader: GGUFReader) -> dict[str, Any]:
    heads = facts["llama.attention.head_count"]
    return {
        "architectures": ["LlamaForCausalLM"],
        "model_type": "llama",
        "vocab_size": len(facts["tokenizer.ggml.tokens"]),
        "hidden_size": facts["llama.embedding_length"],
        "intermediate_size": facts["llama.feed_forward_length"],
        "num_hidden_layers": facts["llama.block_count"],
        "num_attention_heads": heads,
        "num_key_value_heads": facts.get("llama.attention.head_count_kv", heads),
        "head_dim": facts.get(
            "llama.attention.key_length", facts["llama.embedding_length"] // heads
        ),
        "max_position_embeddings": facts["llama.context_length"],
        "rms_norm_eps": round(facts["llama.attention.layer_norm_rms_epsilon"], 9),
        "rope_theta": facts.get("llama.rope.freq_base", 10000.0),
        "hidden_act": "silu",
        "tie_word_embeddings": all(each.name != "output.weight" for each in reader.tensors),
        "bos_token_id": facts["tokenizer.ggml.bos_token_id"],
        "eos_token_id": facts["tokenizer.ggml.eos_token_id"],
        "pad_token_id": facts.get("tokenizer.ggml.padding_token_id"),
        "dtype": "float16",
    }


def _write_tokenizer(facts: Mapping[str, Any], folder: Path) -> None:
    tokens: list[str] = facts["tokenizer.ggml.tokens"]
    merges = [tuple(each.split(" ", 1)) for each in facts["tokenizer.ggml.merges"]]
    tokenizer = Tokenizer(BPE(vocab={token: i for i, token in enumerate(tokens)}, merges=merges))
    byte_level = pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=True)
    digits = [pre_tokenizers.Digits(individual_digits=True)]
    first = digits if SPLITS[facts["tokenizer.ggml.pre"]] else []
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence([*first, byte_level])
    tokenizer.decoder = decoders.ByteLevel()
    types = facts["tokenizer.ggml.token_type"]
    special = [token for token, kind in zip(tokens, types, strict=True) if kind == CONTROL_TOKEN]
    tokenizer.add_special_tokens([AddedToken(each, normalized=False) for each in special])
    tokenizer.save(str(folder / "tokenizer.json"))
    _write_json(folder / "tokenizer_config.json", _tokenizer_config(facts, tokens))


def _tokenizer_config(facts: Mapping[str, Any], tokens: list[str]) -> dict[str, Any]:
    named = {
        f"{name}_token": tokens[facts[f"tokenizer.ggml.{key}_token_id"]]
        for name, key in (("bos", "bos"), ("eos", "eos"), ("unk", "unknown"), ("pad", "padding"))
        if f"tokenizer.ggml.{key}_token_id" in facts
    }
    return {
        "tokenizer_class": "PreTrainedTokenizerFast",
        "clean_up_tokenization_spaces": False,
        "model_max_length": facts["llama.context_length"],
        "chat_template": facts.get("tokenizer.chat_template"),
        **named,
    }


def _write_weights(
    reader: GGUFReader, facts: Mapping[str, Any], folder: Path, progress: Progress
) -> None:
    total, done, weights = sum(int(each.n_bytes) for each in reader.tensors), 0, {}
    for name, tensor in _named(reader):
        weights[name] = np.ascontiguousarray(_values(tensor, facts).astype(np.float16))
        done += int(tensor.n_bytes)
        progress(done, total, "convert")
    save_file(weights, folder / "model.safetensors", metadata={"format": "pt"})


def _named(reader: GGUFReader) -> Iterator[tuple[str, ReaderTensor]]:
    for tensor in reader.tensors:
        parts = tensor.name.removesuffix(".weight").split(".")
        if parts[0] == "blk":
            yield f"model.layers.{parts[1]}.{IN_BLOCK[parts[2]]}.weight", tensor
        else:
            yield f"{TOP[parts[0]]}.weight", tensor


def _values(tensor: ReaderTensor, facts: Mapping[str, Any]) -> np.ndarray[Any, Any]:
    values = dequantize(tensor.data, tensor.tensor_type)
    heads = facts["llama.attention.head_count"]
    if ".attn_q." in tensor.name:
        return _halves(values, heads)
    if ".attn_k." in tensor.name:
        return _halves(values, facts.get("llama.attention.head_count_kv", heads))
    return values


def _halves(rows: np.ndarray[Any, Any], heads: int) -> np.ndarray[Any, Any]:
    # GGUF interleaves the two halves of each head that rotate together; transformers does not.
    width = rows.shape[0] // heads // 2
    return rows.reshape(heads, width, 2, -1).swapaxes(1, 2).reshape(rows.shape)


def _write_json(path: Path, table: Mapping[str, Any]) -> None:
    path.write_text(json.dumps(dict(table), indent=1, ensure_ascii=False), "utf-8")
