"""A Gemma 3 GGUF becomes a model and a tokenizer that write what the original would."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import gguf
import pytest
import torch
from tokenizers import Tokenizer
from transformers import AutoModelForCausalLM, Gemma3TextConfig

from studio.sources.gguf_conversion import convert_gguf
from studio.sources.unavailable import SourceUnavailable

SPECIAL = ["<pad>", "<eos>", "<bos>", "<unk>"]
DEFINED = ["\n", "\n\n", "  "]
BYTES = [f"<0x{i:02X}>" for i in range(256)]
PIECES = ["ab", "abc", "▁a", "▁ab", "雨夜", *"abc12▁雨夜。"]
TOKENS = [*SPECIAL, *DEFINED, *BYTES, *PIECES]
KINDS = [3] * len(SPECIAL) + [4] * len(DEFINED) + [6] * 256 + [1] * len(PIECES)
IN_BLOCK = {
    "input_layernorm": "attn_norm", "self_attn.q_proj": "attn_q", "self_attn.k_proj": "attn_k",
    "self_attn.v_proj": "attn_v", "self_attn.o_proj": "attn_output",
    "self_attn.q_norm": "attn_q_norm", "self_attn.k_norm": "attn_k_norm",
    "post_attention_layernorm": "post_attention_norm", "pre_feedforward_layernorm": "ffn_norm",
    "mlp.gate_proj": "ffn_gate", "mlp.up_proj": "ffn_up", "mlp.down_proj": "ffn_down",
    "post_feedforward_layernorm": "post_ffw_norm",
}  # fmt: skip


def silent(_done: int, _total: int | None, _stage: str) -> None:
    """Progress that nobody watches."""


def tiny_model() -> Any:
    """Seven layers: a full one after five sliding ones, and a sliding one after it."""
    config = Gemma3TextConfig(
        vocab_size=len(TOKENS), hidden_size=32, intermediate_size=64, num_hidden_layers=7,
        num_attention_heads=4, num_key_value_heads=1, head_dim=8, query_pre_attn_scalar=8,
        sliding_window=4, max_position_embeddings=64, initializer_range=0.3,
    )  # fmt: skip
    torch.manual_seed(0)
    model = AutoModelForCausalLM.from_config(config).eval()
    with torch.no_grad():
        for name, each in model.named_parameters():
            if "norm" in name:
                each.normal_(0, 0.3)
    return model


def write_gguf(path: Path, model: Any, architecture: str = "gemma3") -> None:
    """As llama.cpp's converter writes it: norms plus one, nothing said of the sliding pattern."""
    config, state = model.config, model.state_dict()
    writer = gguf.GGUFWriter(path, architecture)
    writer.add_block_count(config.num_hidden_layers)
    writer.add_context_length(config.max_position_embeddings)
    writer.add_embedding_length(config.hidden_size)
    writer.add_feed_forward_length(config.intermediate_size)
    writer.add_head_count(config.num_attention_heads)
    writer.add_head_count_kv(config.num_key_value_heads)
    writer.add_key_length(config.head_dim)
    writer.add_value_length(config.head_dim)
    writer.add_sliding_window(config.sliding_window)
    writer.add_rope_freq_base(1e6)
    writer.add_layer_norm_rms_eps(config.rms_norm_eps)
    _write_vocabulary(writer)
    named = [("token_embd", "model.embed_tokens"), ("output_norm", "model.norm")]
    for i in range(config.num_hidden_layers):
        named += [(f"blk.{i}.{to}", f"model.layers.{i}.{at}") for at, to in IN_BLOCK.items()]
    for theirs, ours in named:
        values = state[f"{ours}.weight"]
        writer.add_tensor(f"{theirs}.weight", (values + ("norm" in theirs)).numpy())
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def _write_vocabulary(writer: gguf.GGUFWriter) -> None:
    writer.add_tokenizer_model("llama")
    writer.add_tokenizer_pre("default")
    writer.add_token_list(TOKENS)
    first = len(TOKENS) - len(PIECES)
    writer.add_token_scores([float(min(0, first - i)) for i in range(len(TOKENS))])
    writer.add_token_types(KINDS)
    writer.add_pad_token_id(0)
    writer.add_eos_token_id(1)
    writer.add_bos_token_id(2)
    writer.add_unk_token_id(3)
    writer.add_add_bos_token(True)
    writer.add_add_space_prefix(False)


@pytest.fixture(scope="module")
def model() -> Any:
    return tiny_model()


@pytest.fixture(scope="module")
def folder(model: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("gemma")
    write_gguf(place / "tiny.gguf", model)
    made = place / "made"
    made.mkdir()
    convert_gguf(place / "tiny.gguf", made, silent)
    return made


def test_it_computes_what_the_original_computes(model: Any, folder: Path) -> None:
    loaded = AutoModelForCausalLM.from_pretrained(folder, dtype=torch.float32).eval()
    ids = torch.tensor([[2, *range(20, 34)]])
    with torch.inference_mode():
        torch.testing.assert_close(loaded(ids).logits, model(ids).logits, atol=0.05, rtol=0.02)


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("abc", ["abc"]),
        ("ab ab", ["ab", "▁ab"]),
        ("雨夜。", ["雨夜", "。"]),
        ("a  b\n\n\nc", ["a", "  ", "b", "\n\n", "\n", "c"]),
        ("怀", ["<0xE6>", "<0x80>", "<0x80>"]),
        ("12", ["1", "2"]),
    ],
)
def test_it_cuts_text_as_sentencepiece_does(text: str, tokens: list[str], folder: Path) -> None:
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    encoding = tokenizer.encode(text)
    assert encoding.tokens == ["<bos>", *tokens]
    assert tokenizer.decode(encoding.ids) == text


def test_it_names_its_ends_and_starts_prompts_as_it_was_trained(folder: Path) -> None:
    settings = json.loads((folder / "tokenizer_config.json").read_text())
    assert (settings["bos_token"], settings["eos_token"]) == ("<bos>", "<eos>")
    assert "bos_token" in settings["chat_template"]


def test_another_architecture_is_refused(model: Any, tmp_path: Path) -> None:
    write_gguf(tmp_path / "other.gguf", model, "gemma9")
    with pytest.raises(SourceUnavailable, match=r"other[.]gguf"):
        convert_gguf(tmp_path / "other.gguf", tmp_path, silent)
