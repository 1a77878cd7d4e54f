"""Compositions that were painted lately: another finish of the same picture needs no model.

A request always gives the same picture, so what it gave once can be given again.
"""

from __future__ import annotations

import json
import threading
import uuid
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import replace

from studio.engine.ticket import Ticket
from studio.requests import Chunk, Completion, Request, Usage

BUDGET_BYTES = 96 * 2**20
"""About 120 compositions of 512 px."""
_PASSING = frozenset({"drift", "passage"})
_MADE = ("layout", "slots", "noise")


class Painted:
    """The newest pictures by what they were asked, in memory only. Safe from any thread."""

    def __init__(self, budget_bytes: int = BUDGET_BYTES) -> None:
        self._budget_bytes = budget_bytes
        self._known: OrderedDict[str, Completion] = OrderedDict()
        self._lock = threading.Lock()

    def ticket(self, request: Request, version: str) -> Ticket | None:
        """A ticket that has its picture already; None when it must be painted. `version` tells
        the weights apart that go by the request's card."""
        key = _key(request, version)
        with self._lock:
            found = self._known.get(key)
            if found is not None:
                self._known.move_to_end(key)
        if found is None:
            return None
        ticket = Ticket(request, uuid.uuid4().hex[:12], lambda: None)
        ticket.offer(Chunk(picture=found.picture, data=found.data, finish="stop", usage=Usage()))
        return ticket

    def keep(self, request: Request, completion: Completion, version: str) -> None:
        """Remember a picture, under its request and under the one that makes it again exactly."""
        if completion.picture is None or completion.cut_short or "passage" in request.condition:
            return
        keys = {_key(each, version) for each in (request, _again(request, completion.data))}
        with self._lock:
            for key in keys:
                self._known[key] = completion
                self._known.move_to_end(key)
            while self._bytes() > self._budget_bytes:
                self._known.popitem(last=False)

    def _bytes(self) -> int:
        kept = {id(each.picture): each.picture for each in self._known.values()}
        return sum(len(each.rgb) for each in kept.values() if each is not None)


def _again(request: Request, made: Mapping[str, object]) -> Request:
    """The request that keeps the layout, colours and noise that the model told."""
    if not set(_MADE) <= set(made):
        return request
    asked = {name: v for name, v in request.condition.items() if name not in _PASSING}
    return replace(request, condition={**asked, **{name: made[name] for name in _MADE}})


def _key(request: Request, version: str) -> str:
    asked = {name: request.condition[name] for name in sorted(request.condition)}
    parts = (request.card, version, request.adapter, request.seed, request.prompt, asked)
    return json.dumps(parts, sort_keys=True, default=str)
