"""Thousands of random events: no slot lost, none twice, every request ends exactly once."""

from __future__ import annotations

import math
import random
from collections import Counter, defaultdict

import pytest

from studio.engine.line import Shape
from studio.engine.scheduler import Scheduler, Turn
from studio.errors import Busy

SHAPES = {
    "writer": Shape("text", 4),
    "verse": Shape("text", 2),
    "tunes": Shape("melody", 3),
    "paint": Shape("picture", 5, linger_s=0.5),
}
USERS = ("ann", "bob", "cy", "dee")
MAX_QUEUE = 30


class Machine:
    """Plays worker and families: keeps its own books and compares them with the scheduler's."""

    def __init__(self, seed: int, room: int) -> None:
        self.draw = random.Random(seed)
        self.room = room
        self.now = 0.0
        self.scheduler = Scheduler(MAX_QUEUE)
        self.resident: list[str] = []
        self.taken: dict[str, dict[int, int]] = defaultdict(dict)
        self.owner: dict[int, tuple[str, str]] = {}
        self.alive: set[int] = set()
        self.admitted: dict[tuple[str, str], list[int]] = defaultdict(list)
        self.ends: Counter[int] = Counter()
        self.refused = 0
        self.loads = 0

    def run(self, events: int) -> None:
        operations = (self.submit, self.cancel, self.wait, self.turn, self.turn, self.turn)
        for _ in range(events):
            self.draw.choice(operations)()
            self.check()
        while self.scheduler.due() < math.inf:
            self.now = max(self.now, self.scheduler.due())
            self.turn()
            self.check()

    # events

    def submit(self) -> None:
        key = len(self.owner) + self.refused + 1
        card, user = self.draw.choice(tuple(SHAPES)), self.draw.choice(USERS)
        deadline = self.draw.choice((None, None, 1.0, 5.0))
        try:
            position = self.scheduler.submit(key, card, user, self.now, deadline)
        except Busy:
            self.refused += 1
            return
        assert 0 <= position < self.scheduler.queued(card)
        self.owner[key] = (card, user)
        self.alive.add(key)

    def cancel(self) -> None:
        if self.owner:
            key = self.draw.choice(tuple(self.owner))
            assert self.scheduler.end(key) == (key in self.alive)
            self.ended(key)

    def wait(self) -> None:
        self.now += self.draw.choice((0.0, 0.1, 1.0))

    def turn(self) -> None:
        self.dismiss()
        turn = self.scheduler.next_turn(self.now)
        list(self.scheduler.moved())
        if turn is None:
            return
        if turn.load:
            self.load(turn.card)
        else:
            self.step(turn)

    def dismiss(self) -> None:
        for seat in self.scheduler.leaving():
            if seat.slot is not None:
                assert self.taken[seat.card].pop(seat.slot) == seat.key
            self.scheduler.vacate(seat.key)
        for key in self.scheduler.expired(self.now):
            assert key in self.alive
            assert all(key not in slots.values() for slots in self.taken.values())
            self.ended(key)

    def load(self, card: str) -> None:
        assert card not in self.resident
        idle = [each for each in self.resident if not self.scheduler.in_use(each)]
        if self.draw.random() < 0.05:
            for key in self.scheduler.waiting_for(card):
                self.scheduler.end(key)
                self.ended(key)
        elif len(self.resident) - len(idle) >= self.room:
            self.scheduler.hold(card)
        else:
            for each in idle[: max(0, len(self.resident) + 1 - self.room)]:
                assert not self.taken[each]
                self.scheduler.shut(each)
                self.resident.remove(each)
            self.scheduler.open(card, SHAPES[card])
            self.resident.append(card)
            self.loads += 1

    def step(self, turn: Turn) -> None:
        for key in turn.admit:
            self.admit(turn.card, key)
        seated = self.scheduler.seated(turn.card)
        assert dict(seated).items() <= self.taken[turn.card].items()
        assert {key for key in self.taken[turn.card].values() if key in self.alive} == set(
            seated.values()
        )
        if self.draw.random() < 0.03:
            self.scheduler.narrow(turn.card, max(1, len(seated) // 2))
        for key in seated.values():
            if self.draw.random() < (1.0 if turn.card == "paint" else 0.3):
                assert self.scheduler.end(key)
                self.ended(key)

    def admit(self, card: str, key: int) -> None:
        assert key in self.alive
        assert self.owner[key][0] == card
        self.admitted[self.owner[key]].append(key)
        chance = self.draw.random()
        if chance < 0.05:  # the family refuses it
            assert self.scheduler.end(key)
            self.ended(key)
            return
        if chance < 0.1:  # cancelled while the family admits it
            assert self.scheduler.end(key)
            self.ended(key)
        slot = min(set(range(SHAPES[card].capacity)) - self.taken[card].keys())
        self.taken[card][slot] = key
        self.scheduler.seat(key, slot)

    def ended(self, key: int) -> None:
        if key in self.alive:
            self.alive.discard(key)
            self.ends[key] += 1

    # what must always hold

    def check(self) -> None:
        assert self.scheduler.waiting <= MAX_QUEUE
        assert len(self.resident) <= self.room
        for card, slots in self.taken.items():
            assert len(slots) <= SHAPES[card].capacity
            assert len(set(slots.values())) == len(slots)
        assert all(self.scheduler.alive(key) for key in self.alive)
        for order in self.admitted.values():
            assert order == sorted(order), "a user's requests overtook each other"


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("room", [1, 2, 4])
def test_random_operations(seed: int, room: int) -> None:
    machine = Machine(seed, room)
    machine.run(1500)
    assert not machine.alive, "somebody was left waiting"
    assert machine.ends == Counter(dict.fromkeys(machine.owner, 1))
    assert not any(machine.taken.values()), "a slot was lost"
    assert (machine.scheduler.waiting, machine.scheduler.running) == (0, 0)
    assert len(machine.owner) > 150
    assert machine.loads >= 4


@pytest.mark.parametrize("seed", range(20))
def test_no_user_is_served_twice_while_another_waits(seed: int) -> None:
    """Fairness: between two admissions of one user, everybody who waited all along had a turn."""
    draw = random.Random(seed)
    scheduler = Scheduler(max_queue=1000)
    scheduler.open("a", Shape("text", capacity=2))
    waiting: dict[int, str] = {}
    served: list[tuple[str, frozenset[str]]] = []
    key = 0
    for _ in range(400):
        for _ in range(draw.choice((0, 1, 3))):
            key += 1
            waiting[key] = draw.choice(USERS)
            scheduler.submit(key, "a", waiting[key], now=0)
        turn = scheduler.next_turn(now=0)
        for admitted in turn.admit if turn else ():
            user = waiting.pop(admitted)
            served.append((user, frozenset(waiting.values())))
            scheduler.seat(admitted, admitted)
        for done in scheduler.seated("a").values():
            if draw.random() < 0.7:
                scheduler.end(done)
        for seat in scheduler.leaving():
            scheduler.vacate(seat.key)
    for first, (user, still_waiting) in enumerate(served):
        later = [each for each, _ in served[first + 1 :]]
        again = later.index(user) if user in later else len(later)
        if again < len(later):
            assert still_waiting - {user} <= set(later[:again])
