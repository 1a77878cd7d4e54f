"""One admitted request of a language model: what it has read, written and may write."""

from __future__ import annotations

import random
from collections.abc import Hashable, Sequence

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
        voice: Hashable = None,
    ) -> None:
        """`budget`: tokens it may write; `room`: tokens with grace, as far as the slot goes;
        `before`: places of the slot that a prefix has taken; `voice`: what its prompt is read
        with."""
        self.request, self.slot, self.adapter, self.rule = request, slot, adapter, rule
        self.voice = voice
        self.generated: list[int] = []
        self.prompt, self.before, self.read = tuple(prompt), before, 0
        """What it reads, behind how many places of a prefix, and how much of it it has read."""
        self._text = text
        self._budget, self._room = budget, room
        self._random = random.Random(request.seed)
        self._drawn: float | None = None
        self._followers: dict[tuple[int, ...], list[int]] = {}
        self._log_probability = 0.0

    @property
    def unread(self) -> int:
        """Prompt tokens that have not gone through the model."""
        return len(self.prompt) - self.read

    def span(self, most: int) -> Span:
        """The next tokens for the model: one written, or up to `most` of the prompt."""
        if not self.unread:
            start = self.before + len(self.prompt) + len(self.generated) - 1
            return Span(self.slot, start, self.generated[-1:], self.adapter)
        piece = self.prompt[self.read : self.read + most]
        start = self.before + self.read
        return Span(self.slot, start, piece, self.adapter, len(piece) == self.unread)

    def went(self, span: Span) -> None:
        """The span went through the model."""
        self.read = max(self.read, min(span.end - self.before, len(self.prompt)))

    def skip(self, tokens: int) -> None:
        """So many tokens of the prompt, from its first on, lie in the slot without being read."""
        self.read = tokens

    def uniform(self) -> float:
        """The random number of the row's next token: the same until that is written, so that a
        step that the device had no memory for can be tried again."""
        if self._drawn is None:
            self._drawn = self._random.random()
        return self._drawn

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
        self._drawn = None
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
        usage = Usage(prompt_tokens=len(self.prompt), output_tokens=len(self.generated))
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
