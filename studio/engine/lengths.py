"""How much a request will read and write, learnt from those before it: pure arithmetic."""

from __future__ import annotations

from dataclasses import dataclass
from math import log2

from studio.engine.estimate import Need
from studio.engine.fading_fit import FadingFit
from studio.engine.job import Job
from studio.requests import Request

_NEWEST = 0.08
"""How much the newest ending counts, once there were some."""
_USUAL_SHARE = 0.6
"""Of its budget of tokens, what an unknown request will use."""
_BLOCK = 64
"""Characters that are read anew even of a prompt that was read before: whole blocks are shared."""

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
    """Running means by card, adapter, form and budget; else by less of it; else a guess. They may
    be read while another thread learns: a mean that moves meanwhile is as good."""

    def __init__(self) -> None:
        self._share: dict[Kind, _Mean] = {}
        """Steps as a share of the budget."""
        self._lead: dict[Kind, _Mean] = {}
        self._tokens: dict[Kind, FadingFit] = {}
        """Prompt tokens that were read, of characters that were not asked before, and that were."""
        self._admitting: dict[Kind, _Mean] = {}
        """Seconds."""

    def read(self, job: Job) -> None:
        """It was admitted, and its prompt has been read."""
        for kind in _kinds(job.ticket.request):
            self._admitting.setdefault(kind, _Mean()).add(job.admitting_s)
        for kind in _readers(job.ticket.request):
            self._tokens.setdefault(kind, FadingFit(2)).add(job.read, *_characters(job))

    def observe(self, job: Job) -> None:
        """It was completed."""
        request = job.ticket.request
        for kind in _kinds(request):
            self._share.setdefault(kind, _Mean()).add(job.steps / _budget(request))
            self._lead.setdefault(kind, _Mean()).add(job.lead)

    def need(self, job: Job) -> Need:
        """What is left of it: of one that runs at least a few steps, as it did not end yet."""
        request = job.ticket.request
        expected, held = self._expected(request), request.constraint is not None
        if job.steps:
            left = max(expected - job.steps, 0.1 * job.steps)
            return Need(max(1, round(left)), user=request.user, held=held, work=request.work)
        tokens = max(float(job.reading), self._to_read(job) - job.read)
        lead = self._of(self._lead, request, 1.0)
        admitting_s = 0.0 if job.admitted_at else self._of(self._admitting, request, 0.0)
        return Need(
            steps=max(1, round(expected)),
            lead=max(1, round(lead)),
            tokens=tokens,
            admitting_s=admitting_s,
            user=request.user,
            held=held,
            work=request.work,
        )

    def _expected(self, request: Request) -> float:
        return self._of(self._share, request, _USUAL_SHARE) * _budget(request)

    def _to_read(self, job: Job) -> float:
        for kind in _readers(job.ticket.request):
            if kind in self._tokens and self._tokens[kind].known:
                return self._tokens[kind].value(*_characters(job))
        return 0.0

    def _of(self, means: dict[Kind, _Mean], request: Request, guess: float) -> float:
        for kind in _kinds(request):
            if kind in means:
                return means[kind].value
        return guess


def _characters(job: Job) -> tuple[int, int]:
    new = min(job.prompt, job.unlike + _BLOCK)
    return new, job.prompt - new


def _budget(request: Request) -> int:
    return max(1, request.sampling.max_tokens)


def _readers(request: Request) -> tuple[Kind, Kind]:
    return (request.card, request.adapter or ""), (request.card,)


def _kinds(request: Request) -> tuple[Kind, ...]:
    """Requests of one kind end alike, of the nearest kind first: budgets count as equal within a
    factor of 1.4."""
    form = type(request.constraint).__name__ if request.constraint is not None else ""
    alike = (request.card, request.adapter or "", form)
    return (*alike, str(round(2 * log2(_budget(request))))), alike, (request.card,)
