"""One admitted request of a language model: what it has read, written and may write."""

from __future__ import annotations

import random
from collections.abc import Sequence

from studio.families.forward import Span
from studio.families.row_text import RowText
from studio.requests import Chunk, Finish, Request, TokenRule, Usage


class TextRow:
    """Grows token by token; owns its slot, its random numbers and its text."""

    def __init__(
        self,
        request: Request,
        prompt: Sequence[int],
        text: RowText,
        *,
        slot: int,
        adapter: int,
        rule: TokenRule | None,
        budget: int,
        room: int,
        before: int = 0,
    ) -> None:
        """`budget`: tokens it may write; `room`: tokens with grace, as far as the slot goes;
        `before`: places of the slot that a prefix has taken."""
        self.request, self.slot, self.adapter, self.rule = request, slot, adapter, rule
        self.generated: list[int] = []
        self._prompt, self._text = tuple(prompt), text
        self._budget, self._room, self._before = budget, room, before
        self._read = 0
        self._random = random.Random(request.seed)
        self._followers: dict[tuple[int, ...], list[int]] = {}
        self._log_probability = 0.0

    @property
    def unread(self) -> int:
        """Prompt tokens that have not gone through the model."""
        return len(self._prompt) - self._read

    def span(self, most: int) -> Span:
        """The next tokens for the model: one written, or up to `most` of the prompt."""
        if not self.unread:
            start = self._before + len(self._prompt) + len(self.generated) - 1
            return Span(self.slot, start, self.generated[-1:], self.adapter)
        piece = self._prompt[self._read : self._read + most]
        start = self._before + self._read
        return Span(self.slot, start, piece, self.adapter, len(piece) == self.unread)

    def went(self, span: Span) -> None:
        """The span went through the model."""
        self._read = max(self._read, min(span.end - self._before, len(self._prompt)))

    def uniform(self) -> float:
        """The row's next random number; call once a token."""
        return self._random.random()

    def allowed(self) -> Sequence[int] | None:
        """What the row's constraint allows next."""
        return None if self.rule is None else self.rule.allowed(self.generated)

    def banned(self) -> Sequence[int]:
        """Tokens that would complete an n-gram it has written before."""
        size = self.request.sampling.no_repeat_ngram
        if not size or len(self.generated) < size:
            return ()
        return self._followers.get(tuple(self.generated[len(self.generated) - size + 1 :]), ())

    def take(self, token: int, ends: frozenset[int], log_probability: float = 0.0) -> Chunk | None:
        """Write a token; `ends` are those that end a sequence. None when nothing is to be shown.

        `log_probability`: what the model alone gave the token, for the row's mean.
        """
        self.generated.append(token)
        self._log_probability += log_probability
        self._remember_ngram()
        if token in ends:
            return self._end("stop", "")
        text = self._text.take(token)
        if self._text.stopped:
            return self._end("stop", text)
        if self._text.looped:
            return self._end("loop", text)
        if self._spent():
            return self._end("length", text)
        return Chunk(text=text) if text else None

    def _spent(self) -> bool:
        written = len(self.generated)
        return written >= self._room or (written >= self._budget and self._text.at_sentence_end)

    def _end(self, finish: Finish, text: str) -> Chunk:
        text += self._text.flush()
        usage = Usage(prompt_tokens=len(self._prompt), output_tokens=len(self.generated))
        return Chunk(
            text=text,
            finish="loop" if self._text.looped else finish,
            usage=usage,
            mean_logprob=self._log_probability / len(self.generated),
        )

    def _remember_ngram(self) -> None:
        size = self.request.sampling.no_repeat_ngram
        if size and len(self.generated) >= size:
            *first, last = self.generated[-size:]
            self._followers.setdefault(tuple(first), []).append(last)
