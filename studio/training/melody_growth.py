"""The shipped melody model with rows for symbols that its vocabulary did not have.

A new symbol begins as the nearest old one (`|40` as `|32`), a mark of a phrase as the mean of all,
so training goes on where it stopped instead of from nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import cast

import torch
from tokenizers import Tokenizer
from transformers import LlamaForCausalLM

from studio.training.lm import LmSpec, load_lm

_EMBEDDING = "model.embed_tokens.weight"


def grown_melody_lm(card: Path, spec: LmSpec, ids: Mapping[str, int]) -> LlamaForCausalLM | None:
    """A model of `spec` that knows what the card's model knows; None where there is no card or
    its layers have another shape."""
    if not (card / "model.safetensors").exists():
        return None
    old = load_lm(card)
    grown = LlamaForCausalLM(spec.config())
    learnt, fresh = old.state_dict(), grown.state_dict()
    names = [name for name in fresh if fresh[name].ndim and not _is_rows(name)]
    if any(name not in learnt or learnt[name].shape != fresh[name].shape for name in names):
        return None
    known = Tokenizer.from_file(str(card / "tokenizer.json")).get_vocab()
    kept = {name: learnt[name] for name in names}
    grown.load_state_dict(kept, strict=False)
    with torch.no_grad():
        rows = cast(torch.nn.Embedding, grown.get_input_embeddings()).weight
        rows.copy_(_rows(learnt[_EMBEDDING], known, ids))
    return grown


def _is_rows(name: str) -> bool:
    return name in (_EMBEDDING, "lm_head.weight")


def _rows(old: torch.Tensor, known: Mapping[str, int], ids: Mapping[str, int]) -> torch.Tensor:
    """[symbols, width] in the order of `ids`."""
    chosen = [known.get(symbol, known.get(_nearest(symbol), -1)) for symbol in _in_order(ids)]
    mean = old.mean(0)
    return torch.stack([old[number] if number >= 0 else mean for number in chosen])


def _in_order(ids: Mapping[str, int]) -> list[str]:
    return sorted(ids, key=lambda symbol: ids[symbol])


def _nearest(symbol: str) -> str:
    if symbol.startswith("bars="):
        return "bars=32"
    return "|32" if symbol.startswith("|") else ""
