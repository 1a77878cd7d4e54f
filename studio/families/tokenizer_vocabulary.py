"""A model's tokens as constraints see them (`studio.requests.Vocabulary`)."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any, TypeVar, cast

from tokenizers import Tokenizer

T = TypeVar("T")


class TokenizerVocabulary:
    """The vocabulary of a `tokenizers` tokenizer, with the model's own size.

    A token that is only part of a character has "\\ufffd" in its text.
    """

    def __init__(self, tokenizer: Tokenizer, eos: int, size: int) -> None:
        self._tokenizer = tokenizer
        self._eos = eos
        self._size = size
        self._texts: list[str] = []
        self._built: dict[Hashable, Any] = {}

    @property
    def eos(self) -> int:
        return self._eos

    def __len__(self) -> int:
        return self._size

    def text(self, token: int) -> str:
        if not self._texts:
            self._texts = _texts(self._tokenizer, self._size)
        return self._texts[token]

    def encode(self, text: str) -> tuple[int, ...]:
        return tuple(self._tokenizer.encode(text, add_special_tokens=False).ids)

    def cached(self, key: Hashable, build: Callable[[], T]) -> T:
        if key not in self._built:
            self._built[key] = build()
        return cast(T, self._built[key])


def _texts(tokenizer: Tokenizer, size: int) -> list[str]:
    """Each token's text after another token: some decoders drop a leading space at the start."""
    known = min(size, tokenizer.get_vocab_size(with_added_tokens=True))
    special = {
        token for token, each in tokenizer.get_added_tokens_decoder().items() if each.special
    }
    anchor = next(token for token in range(known) if token not in special)
    alone = len(tokenizer.decode([anchor], skip_special_tokens=True))
    pairs = tokenizer.decode_batch(
        [[anchor, token] for token in range(known)], skip_special_tokens=True
    )
    texts = ["" if i in special else pair[alone:] for i, pair in enumerate(pairs)]
    return texts + [""] * (size - known)
