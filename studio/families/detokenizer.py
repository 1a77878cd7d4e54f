"""Tokens to text as they come, whole characters only."""

from __future__ import annotations

from collections.abc import Sequence

from tokenizers import Tokenizer

CONTEXT_TOKENS = 6
"""Prompt tokens kept in view, so that a first piece keeps its leading space."""
BROKEN = "\ufffd"


class Detokenizer:
    """The text of one row. A character whose bytes are spread over tokens waits for the last."""

    def __init__(self, tokenizer: Tokenizer, context: Sequence[int]) -> None:
        self._tokenizer = tokenizer
        self._tokens = list(context[-CONTEXT_TOKENS:])
        self._start = 0
        self._read = len(self._tokens)

    def feed(self, token: int) -> str:
        """The new text that this token completes, "" when it completes none."""
        self._tokens.append(token)
        before = self._decode(self._tokens[self._start : self._read])
        now = self._decode(self._tokens[self._start :])
        if len(now) <= len(before) or now.endswith(BROKEN):
            return ""
        self._start, self._read = self._read, len(self._tokens)
        return now[len(before) :]

    def _decode(self, tokens: Sequence[int]) -> str:
        return str(self._tokenizer.decode(list(tokens), skip_special_tokens=True))
