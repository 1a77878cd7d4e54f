"""Several tickets read as one: the texts so far, the place in the queue, the results in order."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from dataclasses import dataclass

from studio.engine.ticket import Ticket
from studio.merging import merged
from studio.requests import Chunk, Completion, Picture, Request, Sound


@dataclass(frozen=True, slots=True)
class Gathered:
    """What some of the requests have given so far."""

    texts: tuple[str, ...]
    pictures: tuple[Picture, ...]
    fraction: float
    done: bool
    waiting: bool
    """Whether all of them still wait for their turn."""


class Gathering:
    """Reads every ticket at once. Leaving `changes` early cancels what is still running.
    Without a ticket everything is done from the start."""

    def __init__(self, tickets: Sequence[Ticket], requests: Sequence[Request]) -> None:
        self._tickets = tuple(tickets)
        self._budgets = [max(1, each.sampling.max_tokens) for each in requests]
        self._texts = ["" for _ in tickets]
        self._shares = [0.0 for _ in tickets]
        self._positions: list[int | None] = [None for _ in tickets]
        self._estimates_s: list[float | None] = [None for _ in tickets]
        self._pictures: list[Picture | None] = [None for _ in tickets]
        self._sounds: list[Sound | None] = [None for _ in tickets]
        self._results: list[Completion | None] = [None for _ in tickets]
        self._data: list[dict[str, object]] = [{} for _ in tickets]

    async def changes(self) -> AsyncGenerator[None, None]:
        """Yields after anything has changed; fast changes come as one.

        Raises the first ticket's failure, after cancelling the others.
        """
        streams = [aiter(ticket) for ticket in self._tickets]
        try:
            async with aclosing(merged(streams)) as batches:
                async for batch in batches:
                    for index, chunk in batch:
                        self._take(index, chunk)
                    yield
        finally:
            for ticket in self._tickets:
                ticket.cancel()

    def _take(self, index: int, chunk: Chunk) -> None:
        self._positions[index] = chunk.queue_position
        self._estimates_s[index] = chunk.estimate_s
        self._texts[index] += chunk.text
        self._data[index].update(chunk.data)
        self._shares[index] = max(self._shares[index], self._share(index, chunk))
        if chunk.picture is not None:
            self._pictures[index] = chunk.picture
        if chunk.sound is not None:
            self._sounds[index] = chunk.sound
        if chunk.finish is not None and chunk.usage is not None:
            self._results[index] = Completion(
                self._texts[index],
                self._pictures[index],
                self._data[index],
                chunk.finish,
                chunk.usage,
                chunk.mean_logprob,
                cut_short=chunk.finish == "deadline",
                sound=self._sounds[index],
            )

    def _share(self, index: int, chunk: Chunk) -> float:
        """How far a request is: by the step that a painter tells, else by its tokens."""
        step, steps = chunk.data.get("step"), chunk.data.get("steps")
        if isinstance(step, int) and isinstance(steps, int) and steps > 0:
            return step / steps
        return self._shares[index] + bool(chunk.text) / self._budgets[index]

    @property
    def texts(self) -> tuple[str, ...]:
        return tuple(self._texts)

    @property
    def pictures(self) -> tuple[Picture, ...]:
        return tuple(each for each in self._pictures if each is not None)

    @property
    def position(self) -> int | None:
        """The last one's place while all of them wait; None as soon as one runs."""
        waiting = [each for each in self._positions if each is not None]
        return max(waiting) if waiting and len(waiting) == len(self._positions) else None

    @property
    def estimate_s(self) -> float | None:
        """Seconds until the last of them is done, told while all of them wait."""
        known = [each for each in self._estimates_s if each is not None]
        return max(known) if known and self.position is not None else None

    @property
    def fraction(self) -> float:
        """How much is done, 0 to 1: finished requests, tokens against their budget, steps."""
        return self.part(0, len(self._tickets)).fraction

    def part(self, start: int, stop: int) -> Gathered:
        """What there is of the requests from `start` up to `stop`."""
        results = self._results[start:stop]
        shares = [
            1.0 if result is not None else min(0.95, share)
            for result, share in zip(results, self._shares[start:stop], strict=True)
        ]
        waiting = [each is not None for each in self._positions[start:stop]]
        return Gathered(
            texts=tuple(self._texts[start:stop]),
            pictures=tuple(each for each in self._pictures[start:stop] if each is not None),
            fraction=sum(shares) / len(shares) if shares else 1.0,
            done=all(result is not None for result in results),
            waiting=bool(waiting) and all(waiting),
        )

    @property
    def completions(self) -> tuple[Completion, ...]:
        """All results, in order; an unfinished one is what there is of it (finish "stop")."""
        return tuple(
            result or Completion(self._texts[i], self._pictures[i], self._data[i], cut_short=True)
            for i, result in enumerate(self._results)
        )
