"""Families whose rows are worked on elsewhere: stepped when they ring, never asked in vain."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from functools import reduce

from studio.engine.family import Stepped
from studio.engine.manager import Manager
from studio.engine.ticket import merged
from studio.families.fake import Fake
from studio.requests import Chunk, Request, Usage
from tests.engine.fake_cards import Cards, Clock, ask

Engine = Callable[..., Manager]


class Elsewhere:
    """Its rows get their words from the test, through `say`."""

    lane, capacity, linger_ms = "text", 2, 0.0

    def __init__(self) -> None:
        self.steps = 0
        self.released: list[int] = []
        self.admitted = threading.Event()
        self._ring: Callable[[], None] = lambda: None
        self._news: dict[int, list[Chunk]] = {}
        self._lock = threading.Lock()

    def on_news(self, ring: Callable[[], None]) -> None:
        self._ring = ring

    def footprint(self) -> int:
        return 1

    def warm_up(self) -> None:
        pass

    def admit(self, request: Request) -> int:
        slot = next(n for n in range(self.capacity) if n not in self._news)
        self._news[slot] = []
        self.admitted.set()
        return slot

    def step(self, slots: Sequence[int]) -> Sequence[Stepped]:
        self.steps += 1
        return [Stepped(slot, self._told(slot)) for slot in slots]

    def _told(self, slot: int) -> Chunk | None:
        with self._lock:
            news, self._news[slot] = self._news[slot], []
        return reduce(merged, news) if news else None

    def release(self, slot: int) -> None:
        del self._news[slot]
        self.released.append(slot)

    def close(self) -> None:
        pass

    def say(self, slot: int, text: str, last: bool = False) -> None:
        chunk = Chunk(text, finish="stop", usage=Usage(3, 2)) if last else Chunk(text)
        with self._lock:
            self._news[slot].append(chunk)
        self._ring()


def test_it_is_stepped_when_it_rings_and_not_in_between(
    running: Callable[..., Manager],
) -> None:
    there = Elsewhere()
    manager = running(Cards(text=lambda: there))  # type: ignore[arg-type, return-value]
    ticket = manager.submit(ask())
    assert there.admitted.wait(30)
    there.say(0, "a ")
    there.say(0, "b", last=True)
    assert ticket.result(30).text == "a b"
    assert there.steps <= 3, "the device thread asked in vain"


def test_a_local_model_goes_on_while_another_waits_for_the_world(
    running: Callable[..., Manager],
) -> None:
    there = Elsewhere()
    manager = running(Cards(far=lambda: there, text=Fake))  # type: ignore[arg-type, return-value]
    far = manager.submit(ask(card="far"))
    assert there.admitted.wait(30)
    assert manager.submit(ask("near")).result(30).text
    assert there.steps <= 1
    assert not far.ended
    there.say(0, "here", last=True)
    assert far.result(30).text == "here"


def test_more_than_its_slots_wait_their_turn(running: Callable[..., Manager]) -> None:
    there = Elsewhere()
    manager = running(Cards(text=lambda: there))  # type: ignore[arg-type, return-value]
    tickets = [manager.submit(ask(str(n))) for n in range(3)]
    while len(there._news) < 2:
        pass
    there.say(0, "first", last=True)
    assert tickets[0].result(30).text == "first"
    while len(there.released) < 1 or 0 not in there._news:
        pass
    there.say(0, "third", last=True)
    assert tickets[2].result(30).text == "third"


def test_a_cancel_frees_the_slot_without_any_news(running: Callable[..., Manager]) -> None:
    there = Elsewhere()
    manager = running(Cards(text=lambda: there))  # type: ignore[arg-type, return-value]
    ticket = manager.submit(ask())
    assert there.admitted.wait(30)
    ticket.cancel()
    while not there.released:
        pass
    assert manager.status().running == 0


def test_without_a_thread_the_caller_waits_for_the_news(engine: Engine, clock: Clock) -> None:
    there = Elsewhere()
    manager = engine(Cards(text=lambda: there))  # type: ignore[arg-type, return-value]
    ticket = manager.submit(ask())

    def speak() -> None:
        there.admitted.wait(30)
        there.say(0, "late", last=True)

    speaker = threading.Thread(target=speak)
    speaker.start()
    manager.drain()
    speaker.join()
    assert ticket.result(1).text == "late"
