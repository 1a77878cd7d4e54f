"""Tiny random language models, made in a temporary folder: no weights, no network."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import torch
from tokenizers import AddedToken, Tokenizer, decoders, pre_tokenizers, trainers
from tokenizers.models import BPE
from transformers import (
    AutoModelForCausalLM,
    Gemma3TextConfig,
    GPT2Config,
    LlamaConfig,
    Qwen3Config,
)

from studio.catalog import Card, Catalog
from studio.engine.family import Stepped
from studio.families.causal_lm import CausalLm
from studio.families.causal_lm_loading import Sizes, load_lm
from studio.requests import Chunk, Request

VOCABULARY = 400
CONTEXT = 192
TEXT = (
    "The keeper of the lighthouse found a letter on the kitchen table. It was addressed to the "
    "next keeper, who had not come yet. He read it twice. “Come in,” said the sea. "
    "江上夜雨，客舟孤灯。"
    "月落乌啼霜满天，江枫渔火对愁眠。雨夜，一位修表匠收到一块停在明天的怀表。 1905 1919 2026"
)
TEMPLATE = (
    "{% for m in messages %}<|{{ m.role }}|>{{ m.content }}<|end|>{% endfor %}"
    "{% if add_generation_prompt %}<|assistant|>{% endif %}"
)
SPECIAL = ("<|bos|>", "<|end|>", "<|user|>", "<|assistant|>", "<|system|>")


def tiny_config(kind: str) -> Any:
    """A config of that architecture, small enough to run in milliseconds."""
    sizes: dict[str, Any] = {
        "vocab_size": VOCABULARY,
        "hidden_size": 32,
        "intermediate_size": 64,
        "num_hidden_layers": 2,
        "num_attention_heads": 4,
        "num_key_value_heads": 2,
        "head_dim": 32,
        "max_position_embeddings": CONTEXT,
        "bos_token_id": 0,
        "eos_token_id": 1,
        "pad_token_id": 0,
        "initializer_range": 0.2,
    }
    match kind:
        case "llama":
            return LlamaConfig(**sizes, tie_word_embeddings=True)
        case "qwen3":
            return Qwen3Config(**sizes, tie_word_embeddings=False)
        case "gemma3":
            kinds = ["sliding_attention", "full_attention"]
            return Gemma3TextConfig(
                **sizes, sliding_window=16, layer_types=kinds, tie_word_embeddings=False
            )
        case "gpt2":
            return GPT2Config(
                vocab_size=VOCABULARY, n_embd=32, n_layer=2, n_head=4, n_positions=CONTEXT,
                bos_token_id=0, eos_token_id=1, initializer_range=0.2,
            )  # fmt: skip
    raise ValueError(kind)


def tiny_card(folder: Path, kind: str, **fields: Any) -> Card:
    """Write config, weights and tokenizer into `folder / kind`; return its card."""
    place = folder / kind
    place.mkdir(parents=True)
    torch.manual_seed(7)
    AutoModelForCausalLM.from_config(tiny_config(kind)).save_pretrained(place)
    tiny_tokenizer().save(str(place / "tokenizer.json"))
    settings = {"chat_template": TEMPLATE, "bos_token": "<|bos|>", "eos_token": "<|end|>"}
    (place / "tokenizer_config.json").write_text(json.dumps(settings))
    given = {"name": f"lm/{kind}", "kind": "lm", "roles": ("writer",), "context": CONTEXT} | fields
    return Card(version="1", family="causal_lm", licence="CC0-1.0", folder=place, **given)


def tiny_tokenizer() -> Tokenizer:
    """Byte-level BPE: some Chinese characters are spread over several tokens."""
    tokenizer = Tokenizer(BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=VOCABULARY,
        special_tokens=[AddedToken(each, special=True) for each in SPECIAL],
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    tokenizer.train_from_iterator([TEXT], trainer)
    return tokenizer


def open_tiny(
    card: Card, *, adapters: Iterable[Card] = (), dtype: str = "float32", **sizes: Any
) -> CausalLm:
    """The family on a tiny card; sizes as in `Sizes`."""
    lm = load_lm(card, torch.device("cpu"), dtype, Sizes(**sizes))
    catalog = Catalog([card, *adapters])
    return CausalLm(lm, lambda name: catalog.adapter(name, card.name))


def reference(card: Card) -> Any:
    """The same weights in transformers' own class."""
    return AutoModelForCausalLM.from_pretrained(card.folder, dtype=torch.float32).eval()


def run(family: CausalLm, requests: Iterable[Request]) -> list[list[Chunk]]:
    """All requests in one batch, to their ends: the chunks of each."""
    slots = [family.admit(request) for request in requests]
    chunks: dict[int, list[Chunk]] = {slot: [] for slot in slots}
    live = list(slots)
    while live:
        for stepped in family.step(live):
            _take(stepped, chunks, live)
            if stepped.ended:
                family.release(stepped.slot)
    return [chunks[slot] for slot in slots]


def texts(runs: list[list[Chunk]]) -> list[str]:
    """The whole text of each row."""
    return ["".join(chunk.text for chunk in chunks) for chunks in runs]


def _take(stepped: Stepped, chunks: dict[int, list[Chunk]], live: list[int]) -> None:
    if stepped.error is not None:
        raise stepped.error
    if stepped.chunk is not None:
        chunks[stepped.slot].append(stepped.chunk)
    if stepped.ended:
        live.remove(stepped.slot)
