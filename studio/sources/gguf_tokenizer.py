"""What is the same for every vocabulary of a GGUF file: its named tokens and its chat template."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from tokenizers import Tokenizer

from studio.sources.gguf_architecture import Architecture
from studio.sources.gguf_file import GgufFacts

MakeTokenizer = Callable[[GgufFacts], Tokenizer]
"""Raises SourceUnavailable for a variant it does not know."""

NAMED: Mapping[str, str] = MappingProxyType(
    {"bos": "bos", "eos": "eos", "unk": "unknown", "pad": "padding"}
)


def tokenizer_config(facts: GgufFacts, architecture: Architecture) -> dict[str, Any]:
    """The table of tokenizer_config.json."""
    ids = {name: facts.of_tokenizer(f"{key}_token_id") for name, key in NAMED.items()}
    named = {f"{name}_token": facts.tokens[i] for name, i in ids.items() if i is not None}
    template = facts.text("tokenizer.chat_template") or architecture.chat_template
    return {
        "tokenizer_class": "PreTrainedTokenizerFast",
        "clean_up_tokenization_spaces": False,
        "model_max_length": facts.of_model("context_length"),
        "chat_template": template or None,
        **named,
    }
