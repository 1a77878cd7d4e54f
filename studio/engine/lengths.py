"""How many steps a request takes, learnt from those that have ended: pure arithmetic."""

from __future__ import annotations

from dataclasses import dataclass
from math import log2

from studio.requests import Request

_NEWEST = 0.08
"""How much the newest ending counts, once there were some."""
_USUAL_SHARE = 0.6
"""Of its budget of tokens, what an unknown request will use."""

Kind = tuple[str, ...]


@dataclass(slots=True)
class _Mean:
    """A mean in which older values fade."""

    number: int = 0
    value: float = 0.0

    def add(self, value: float) -> None:
        self.number += 1
        self.value += max(1 / self.number, _NEWEST) * (value - self.value)


class Lengths:
    """Running means of steps by card, adapter, form and budget; else by card; else a guess."""

    def __init__(self) -> None:
        self._share: dict[Kind, _Mean] = {}
        """Steps as a share of the budget."""
        self._lead: dict[str, _Mean] = {}

    def observe(self, request: Request, steps: int, lead: int) -> None:
        """A request was completed in so many steps; its first piece came with step `lead`."""
        share = steps / _budget(request)
        for kind in (_kind(request), (request.card,)):
            self._share.setdefault(kind, _Mean()).add(share)
        self._lead.setdefault(request.card, _Mean()).add(lead)

    def expected(self, request: Request) -> float:
        """Steps until it is done; at least 1."""
        for kind in (_kind(request), (request.card,)):
            if kind in self._share:
                return max(1.0, self._share[kind].value * _budget(request))
        return max(1.0, _USUAL_SHARE * _budget(request))

    def lead(self, card: str) -> float:
        """Steps until the first piece; at least 1."""
        return max(1.0, self._lead[card].value) if card in self._lead else 1.0

    def remaining(self, request: Request, done: int) -> float:
        """Steps that one which runs still needs: it did not end yet, so at least a few."""
        return max(1.0, self.expected(request) - done, 0.1 * done)


def _budget(request: Request) -> int:
    return max(1, request.sampling.max_tokens)


def _kind(request: Request) -> Kind:
    """Requests of one kind end alike: budgets count as equal within a factor of 1.4."""
    form = type(request.constraint).__name__ if request.constraint is not None else ""
    budget = round(2 * log2(_budget(request)))
    return (request.card, request.adapter or "", form, str(budget))
