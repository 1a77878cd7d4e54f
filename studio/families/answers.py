"""The answers of one loaded card to many requests, without an engine around it."""

from __future__ import annotations

from collections.abc import Sequence

from studio.engine.family import Family
from studio.requests import Request


def answers(family: Family, requests: Sequence[Request]) -> list[str]:
    """The texts of all requests, in their order, as many at once as have a slot.

    Raises whatever a row fails with."""
    waiting = list(enumerate(requests))[::-1]
    texts = [""] * len(requests)
    live: dict[int, int] = {}
    while waiting or live:
        while waiting and len(live) < family.capacity:
            number, request = waiting.pop()
            live[family.admit(request)] = number
        for stepped in family.step(list(live)):
            if stepped.error is not None:
                raise stepped.error
            if stepped.chunk is not None:
                texts[live[stepped.slot]] += stepped.chunk.text
            if stepped.ended:
                family.release(stepped.slot)
                del live[stepped.slot]
    return texts
