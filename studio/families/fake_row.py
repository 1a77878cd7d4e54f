"""How the fake model writes: words drawn from a hash of what it was asked, one a step."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Sequence

from studio.families.fake_vocabulary import EOS, FakeVocabulary
from studio.requests import Chunk, Finish, Request, Usage

_SENTENCE = 9
"""Tokens of a sentence, its full stop included."""
_NOTE = re.compile(r"n\d+d(6|12|24)\Z")
_HANZI = re.compile("[\u4e00-\u9fff]")
_NEXT_WORD = re.compile(r" [a-z]+\Z")
_WORD = re.compile(r"[A-Za-z]{2,}\Z")


class FakeRow:
    """One text or melody in the making. Keeps to the sampling limits and to the constraint."""

    def __init__(self, request: Request, vocabulary: FakeVocabulary) -> None:
        self.tokens: list[int] = []
        self._sampling = request.sampling
        self._vocabulary = vocabulary
        self._rule = request.constraint.bind(vocabulary) if request.constraint else None
        self._draw = random.Random(question(request))
        self._length = _SENTENCE * self._draw.randint(2, 6)
        self._prompt_tokens = len(vocabulary.encode(asked(request)))
        chinese = _HANZI.search(asked(request)) is not None
        self._tastes = vocabulary.cached(chinese, lambda: tuple(_tastes(vocabulary, chinese)))
        self._stop_mark = vocabulary.encode("。" if chinese else ".")
        self._sent = 0

    def step(self) -> Chunk | None:
        """One more token; None while what it wrote may be the start of a stop string."""
        token = self._next_token()
        self.tokens.append(token)
        text, stopped = _cut(self._vocabulary.decode(self.tokens), self._sampling.stop)
        finish = "stop" if stopped else self._finish(token)
        shown = len(text) if finish else len(text) - _held_back(text, self._sampling.stop)
        news, self._sent = text[self._sent : shown], max(self._sent, shown)
        if finish is None:
            return Chunk(text=news) if news else None
        usage = Usage(prompt_tokens=self._prompt_tokens, output_tokens=len(self.tokens))
        return Chunk(text=news, finish=finish, usage=usage)

    def _next_token(self) -> int:
        allowed = self._rule.allowed(self.tokens) if self._rule else None
        if len(self.tokens) >= self._length and (allowed is None or EOS in allowed):
            return EOS
        if allowed is None:
            return self._free_token()
        wanted = self._wanted(allowed)
        return self._draw.choice(wanted) if wanted else EOS

    def _free_token(self) -> int:
        if self._stop_mark and len(self.tokens) % _SENTENCE == _SENTENCE - 1:
            return self._stop_mark[0]
        return self._draw.choice(self._tastes[0])

    def _wanted(self, allowed: Sequence[int]) -> Sequence[int]:
        """What it likes best among the allowed."""
        likes = set(allowed)
        for taste in self._tastes:
            liked = [token for token in taste if token in likes]
            if liked:
                return liked
        return [token for token in allowed if token != EOS]

    def _finish(self, token: int) -> Finish | None:
        if token == EOS:
            return "stop"
        made, limits = len(self.tokens), self._sampling
        if made < limits.max_tokens:
            return None
        at_end = self._vocabulary.text(token).endswith((".", "!", "?", "。", "！", "？"))
        in_grace = made < limits.max_tokens + limits.grace_tokens
        return None if in_grace and not at_end else "length"


def asked(request: Request) -> str:
    """Everything the request says in words."""
    said = [each.content for each in request.messages]
    return "\n".join(part for part in (*said, request.prompt, request.opening) if part)


def question(request: Request) -> str:
    """What decides the answer: the words, the seed unless greedy, the adapter, the condition."""
    seed = request.seed if request.sampling.temperature > 0 else "greedy"
    condition = sorted((name, str(value)) for name, value in request.condition.items())
    return repr((asked(request), seed, request.adapter, condition))


def _tastes(vocabulary: FakeVocabulary, chinese: bool) -> Iterator[tuple[int, ...]]:
    """Tokens it likes to say, best first; never the end."""
    likes: list[Callable[[str], object]] = [_NOTE.match]
    likes += [_HANZI.match] if chinese else [_NEXT_WORD.match, _WORD.match]
    for like in likes:
        liked = tuple(n for n in range(1, len(vocabulary)) if like(vocabulary.text(n)))
        if liked:
            yield liked
    yield tuple(range(1, len(vocabulary)))


def _cut(text: str, stops: Sequence[str]) -> tuple[str, bool]:
    """The text before the first stop string, and whether there was one."""
    places = [place for stop in stops if (place := text.find(stop)) >= 0]
    return (text[: min(places)], True) if places else (text, False)


def _held_back(text: str, stops: Sequence[str]) -> int:
    """How many characters at the end may be the start of a stop string."""
    starts = [stop[:length] for stop in stops for length in range(1, len(stop))]
    return max((len(start) for start in starts if text.endswith(start)), default=0)
