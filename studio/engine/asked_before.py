"""How much of a prompt was asked shortly before: what is likely to be read already."""

from __future__ import annotations

from collections import deque

from studio.requests import Request

_REMEMBERED = 24
"""Prompts of a card with one adapter: about as many as lie in its slots."""


class AskedBefore:
    """The last prompts of each card and adapter. May be used from any thread."""

    def __init__(self) -> None:
        self._prompts: dict[tuple[str, str], deque[str]] = {}

    def unlike(self, request: Request) -> tuple[int, int]:
        """Characters of its prompt, and how many of them come after what one before it begins
        with too. It is one of those before from now on."""
        text = prompt_text(request)
        kind = (request.card, request.adapter or "")
        before = self._prompts.setdefault(kind, deque(maxlen=_REMEMBERED))
        alike = max((_alike(text, each) for each in tuple(before)), default=0)
        before.append(text)
        return len(text), len(text) - alike


def prompt_text(request: Request) -> str:
    """What the model reads, templates aside."""
    said = "".join(f"{each.role}\n{each.content}\n" for each in request.messages)
    return (said or request.prompt) + request.opening


def _alike(one: str, other: str) -> int:
    """Characters that both begin with, by halving."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one.startswith(other[low:middle], low):
            low = middle
        else:
            high = middle - 1
    return low
