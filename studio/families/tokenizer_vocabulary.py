"""A model's tokens as constraints see them (`studio.requests.Vocabulary`)."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import TypeVar

from tokenizers import Tokenizer

from studio.families.built import Built

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
        self._built = Built()

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
        return self._built.get(key, build)


def _texts(tokenizer: Tokenizer, size: int) -> list[str]:
    known = min(size, tokenizer.get_vocab_size(with_added_tokens=True))
    added = tokenizer.get_added_tokens_decoder()
    special = {token for token, each in added.items() if each.special}
    plain = _words(tokenizer, known) if tokenizer.decoder is None else _joined(tokenizer, known)
    texts = ["" if i in special else text for i, text in enumerate(plain)]
    return texts + [""] * (size - known)


def _words(tokenizer: Tokenizer, known: int) -> list[str]:
    """Tokens that are words of their own; spaces between them are not part of any."""
    return [tokenizer.id_to_token(token) or "" for token in range(known)]


def _joined(tokenizer: Tokenizer, known: int) -> list[str]:
    """Each token's text after another token: some decoders drop a leading space at the start."""
    anchor = tokenizer.encode("a", add_special_tokens=False).ids or [known - 1]
    alone = len(tokenizer.decode(anchor, skip_special_tokens=False))
    pairs = [[*anchor, token] for token in range(known)]
    return [each[alone:] for each in tokenizer.decode_batch(pairs, skip_special_tokens=False)]
