"""Tokenizers that cut a text by character."""

from __future__ import annotations

from collections.abc import Sequence

from tokenizers import Regex, Tokenizer, models, pre_tokenizers
from tokenizers.decoders import Fuse


def character_tokenizer(symbols: Sequence[str], special: Sequence[str], unknown: str) -> Tokenizer:
    """Every symbol a token, numbered in this order; `special` ones are known inside a text."""
    ids = {symbol: number for number, symbol in enumerate(symbols)}
    tokenizer = Tokenizer(models.WordLevel(ids, unk_token=unknown))
    tokenizer.pre_tokenizer = pre_tokenizers.Split(Regex(r"[\s\S]"), "isolated")
    tokenizer.decoder = Fuse()
    tokenizer.add_special_tokens(list(special))
    return tokenizer
