"""What a GGUF file says about its model, by key."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gguf import GGUFReader

NORMAL_TOKEN = 1
"""GGUF token type of what text is made of."""
CONTROL_TOKEN = 3
"""Token type of special tokens."""
DEFINED_TOKEN = 4
"""Token type of tokens that are found in the text before anything else is split."""


@dataclass(frozen=True, slots=True)
class GgufFacts:
    """The keys and values of a GGUF file, and the names of its tensors."""

    values: Mapping[str, Any]
    tensors: frozenset[str]

    @classmethod
    def of(cls, reader: GGUFReader) -> GgufFacts:
        """Read all keys; slow parts (a vocabulary) are read once, here."""
        values = {name: field.contents() for name, field in reader.fields.items()}
        return cls(values, frozenset(tensor.name for tensor in reader.tensors))

    def text(self, key: str) -> str:
        """A text value, "" when the file does not have the key."""
        return str(self.values.get(key, ""))

    def of_model(self, key: str, default: Any = None) -> Any:
        """The value of `<architecture>.<key>`. Raises KeyError without a default."""
        name = f"{self.values['general.architecture']}.{key}"
        return self.values[name] if default is None else self.values.get(name, default)

    def of_tokenizer(self, key: str) -> Any:
        """The value of `tokenizer.ggml.<key>`, None when the file does not have it."""
        return self.values.get(f"tokenizer.ggml.{key}")

    @property
    def tokens(self) -> list[str]:
        """The vocabulary, in the order of its ids."""
        tokens: list[str] = self.values["tokenizer.ggml.tokens"]
        return tokens

    def tokens_of_type(self, kind: int) -> list[str]:
        """The tokens of one GGUF token type, in the order of their ids."""
        types = self.values["tokenizer.ggml.token_type"]
        return [token for token, own in zip(self.tokens, types, strict=True) if own == kind]


def write_json(path: Path, table: Mapping[str, Any]) -> None:
    """Write a table as JSON that a person can read."""
    path.write_text(json.dumps(dict(table), indent=1, ensure_ascii=False), "utf-8")
