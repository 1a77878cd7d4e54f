"""GPT-2's kind of vocabulary in GGUF: merges of bytes."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from tokenizers import AddedToken, Tokenizer, decoders, pre_tokenizers
from tokenizers.models import BPE

from studio.sources.gguf_file import CONTROL_TOKEN, GgufFacts
from studio.sources.unavailable import SourceUnavailable

SPLITS: Mapping[str, bool] = MappingProxyType({"smollm": True, "gpt-2": False})
"""GGUF pre-tokenizer name -> whether digits are split one by one before GPT-2's pattern."""


def byte_bpe(facts: GgufFacts) -> Tokenizer:
    """The tokenizer of a `gpt2` vocabulary. Raises SourceUnavailable for another pre-tokenizer."""
    name = facts.text("tokenizer.ggml.pre")
    if name not in SPLITS:
        raise SourceUnavailable(f"GGUF with the pre-tokenizer {name} can not be converted.")
    merges = [tuple(each.split(" ", 1)) for each in facts.of_tokenizer("merges")]
    vocabulary = {token: i for i, token in enumerate(facts.tokens)}
    tokenizer = Tokenizer(BPE(vocab=vocabulary, merges=merges))
    byte_level = pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=True)
    digits = [pre_tokenizers.Digits(individual_digits=True)] if SPLITS[name] else []
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence([*digits, byte_level])
    tokenizer.decoder = decoders.ByteLevel()
    special = facts.tokens_of_type(CONTROL_TOKEN)
    tokenizer.add_special_tokens([AddedToken(each, normalized=False) for each in special])
    return tokenizer
