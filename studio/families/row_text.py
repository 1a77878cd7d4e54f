"""The text side of one row: from tokens to what the person sees."""

from __future__ import annotations

from collections.abc import Sequence

from tokenizers import Tokenizer

from studio.families.detokenizer import Detokenizer
from studio.families.shown_text import ShownText
from studio.requests import Sampling


class RowText(ShownText):
    """Tokens in, showable text out: whole characters, no stop string, no loop."""

    def __init__(
        self, tokenizer: Tokenizer, context: Sequence[int], sampling: Sampling, opening: str
    ) -> None:
        super().__init__(sampling, opening)
        self._detokenizer = Detokenizer(tokenizer, context)
        # The opening's last space is not in the prompt: the first word brings its own.
        self._swallow = " " if opening.endswith(" ") else ""

    def take(self, token: int) -> str:
        """The text to show after this token."""
        text = self._detokenizer.feed(token)
        if text and self._swallow:
            text, self._swallow = text.removeprefix(self._swallow), ""
        return self.feed(text)
