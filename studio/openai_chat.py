"""OpenAI's chat completions: their body as requests, and results as their objects.

https://platform.openai.com/docs/api-reference/chat. `top_k`, `min_p` and `repetition_penalty` are
understood as vLLM has them; what is not known is ignored; a last message of the assistant is the
beginning of the answer.
"""

from __future__ import annotations

import time
import uuid
from collections.abc import Sequence
from typing import Any, Literal

from pydantic import BaseModel, Field

from studio.requests import Chunk, Finish, Message, Request, Sampling, Usage

MOST_TOKENS, USUAL_TOKENS = 4096, 1024
MOST_CHOICES = 8
MOST_MESSAGES, MOST_STOPS = 200, 16
DEFAULTS = Sampling()
"""Small models need a cooler hand than OpenAI's own 1.0."""


class TextPart(BaseModel):
    """A part of a message. Only text is understood."""

    type: Literal["text"]
    text: str


class ChatMessage(BaseModel):
    """One turn."""

    role: Literal["system", "developer", "user", "assistant"]
    content: str | list[TextPart]

    @property
    def text(self) -> str:
        if isinstance(self.content, str):
            return self.content
        return "".join(part.text for part in self.content)


class StreamOptions(BaseModel):
    """What a stream tells besides its text."""

    include_usage: bool = False


class ChatBody(BaseModel):
    """The body of `POST /v1/chat/completions`."""

    messages: list[ChatMessage] = Field(min_length=1, max_length=MOST_MESSAGES)
    model: str = ""
    temperature: float | None = Field(None, ge=0, le=2)
    top_p: float | None = Field(None, gt=0, le=1)
    top_k: int | None = Field(None, ge=-1)
    min_p: float | None = Field(None, ge=0, le=1)
    repetition_penalty: float | None = Field(None, gt=0, le=2)
    max_tokens: int | None = Field(None, ge=1)
    max_completion_tokens: int | None = Field(None, ge=1)
    stop: str | list[str] | None = None
    seed: int | None = None
    n: int = Field(1, ge=1, le=MOST_CHOICES)
    stream: bool = False
    stream_options: StreamOptions | None = None

    @property
    def usage_wanted(self) -> bool:
        """Whether a stream ends with what it cost."""
        return self.stream_options is not None and self.stream_options.include_usage

    def requests(self, card: str, adapter: str | None, user: str, seed: int) -> list[Request]:
        """One request a choice; `seed` where the body gives none."""
        turns = [Message(_role(each), each.text) for each in self.messages]
        opening = turns.pop().content if turns[-1].role == "assistant" else ""
        first = seed if self.seed is None else abs(self.seed)
        return [
            Request(
                card=card,
                adapter=adapter,
                seed=first + number,
                messages=tuple(turns),
                opening=opening,
                sampling=self._sampling(),
                user=user,
            )
            for number in range(self.n)
        ]

    def _sampling(self) -> Sampling:
        stops = [self.stop] if isinstance(self.stop, str) else self.stop or []
        tokens = self.max_completion_tokens or self.max_tokens or USUAL_TOKENS
        return Sampling(
            temperature=_or(self.temperature, DEFAULTS.temperature),
            top_p=_or(self.top_p, DEFAULTS.top_p),
            top_k=max(0, self.top_k or 0),
            min_p=_or(self.min_p, DEFAULTS.min_p),
            repetition_penalty=_or(self.repetition_penalty, DEFAULTS.repetition_penalty),
            max_tokens=min(tokens, MOST_TOKENS),
            stop=tuple(each for each in stops if each)[:MOST_STOPS],
        )


class Answer:
    """The choices of one answer while they grow, and the objects that tell of them."""

    def __init__(self, model: str, choices: int) -> None:
        self._model = model
        self._id = f"chatcmpl-{uuid.uuid4().hex}"
        self._created = int(time.time())
        self._texts = [""] * choices
        self._ends: list[Finish | None] = [None] * choices
        self._usages = [Usage() for _ in range(choices)]

    def take(self, index: int, chunk: Chunk) -> list[dict[str, Any]]:
        """What a stream says after this chunk of a choice."""
        said: list[dict[str, Any]] = []
        if chunk.text:
            role = {} if self._texts[index] else {"role": "assistant"}
            self._texts[index] += chunk.text
            said.append(self._event(index, {**role, "content": chunk.text}))
        if chunk.finish is not None:
            self._ends[index], self._usages[index] = chunk.finish, chunk.usage or Usage()
            said.append(self._event(index, {}, _reason(chunk.finish)))
        return said

    def whole(self) -> dict[str, Any]:
        """The answer of a request that is not streamed."""
        choices = [
            {
                "index": index,
                "message": {"role": "assistant", "content": text},
                "finish_reason": _reason(end or "stop"),
                "logprobs": None,
            }
            for index, (text, end) in enumerate(zip(self._texts, self._ends, strict=True))
        ]
        return self._object("chat.completion", choices) | {"usage": self.usage()}

    def last(self) -> dict[str, Any]:
        """The event with the usage, after all others."""
        return self._object("chat.completion.chunk", []) | {"usage": self.usage()}

    def usage(self) -> dict[str, int]:
        """Tokens: the prompt once, the output of all choices."""
        prompt = self._usages[0].prompt_tokens
        output = sum(each.output_tokens for each in self._usages)
        return {
            "prompt_tokens": prompt,
            "completion_tokens": output,
            "total_tokens": prompt + output,
        }

    def _event(
        self, index: int, delta: dict[str, str], reason: str | None = None
    ) -> dict[str, Any]:
        choice = {"index": index, "delta": delta, "finish_reason": reason, "logprobs": None}
        return self._object("chat.completion.chunk", [choice])

    def _object(self, kind: str, choices: Sequence[object]) -> dict[str, Any]:
        return {
            "id": self._id,
            "object": kind,
            "created": self._created,
            "model": self._model,
            "choices": list(choices),
        }


def _role(message: ChatMessage) -> Literal["system", "user", "assistant"]:
    return "system" if message.role == "developer" else message.role


def _reason(finish: Finish) -> str:
    return "length" if finish in ("length", "deadline") else "stop"


def _or(value: float | None, default: float) -> float:
    return default if value is None else value
