"""Thousands of random events: no slot lost, none twice, every request ends exactly once."""

from __future__ import annotations

import math
import random
from collections import Counter, defaultdict

import pytest

from studio.engine.fair_queue import BULK_EVERY
from studio.engine.line import Claim, Shape
from studio.engine.scheduler import Scheduler
from studio.engine.turn import Turn
from studio.errors import Busy

SHAPES = {
    "writer": Shape("text", 4),
    "verse": Shape("text", 2),
    "tunes": Shape("melody", 3),
    "paint": Shape("picture", 5, linger_s=0.5),
}
USERS = ("ann", "bob", "cy", "dee")
MAX_QUEUE = 30
MAX_PER_USER = 12
WEIGHTS = {"ann": 3.0, "dee": 0.5}


class Machine:
    """Plays worker and families: keeps its own books and compares them with the scheduler's."""

    def __init__(self, seed: int, room: int) -> None:
        self.draw = random.Random(seed)
        self.room = room
        self.now = 0.0
        self.scheduler = Scheduler(MAX_QUEUE, MAX_PER_USER, WEIGHTS)
        self.resident: list[str] = []
        self.taken: dict[str, dict[int, int]] = defaultdict(dict)
        self.owner: dict[int, tuple[str, str]] = {}
        self.bulk: dict[int, bool] = {}
        self.before_bulk: Counter[str] = Counter()
        self.alive: set[int] = set()
        self.admitted: dict[tuple[str, str, bool], list[int]] = defaultdict(list)
        self.ends: Counter[int] = Counter()
        self.refused = 0
        self.refused_as: set[str] = set()
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
        claim = Claim(
            bulk=self.draw.random() < 0.4,
            deadline_s=self.draw.choice((None, None, 1.0, 5.0)),
            run_deadline_s=self.draw.choice((None, 3.0)),
        )
        try:
            position = self.scheduler.submit(key, card, user, self.now, claim)
        except Busy as busy:
            self.refused += 1
            self.refused_as.add(busy.code)
            return
        assert 0 <= position < self.scheduler.queued(card)
        self.owner[key] = (card, user)
        self.bulk[key] = claim.bulk
        self.alive.add(key)

    def waiting_of(self, user: str) -> int:
        return sum(
            self.owner[key][1] == user
            for card in SHAPES
            for key in self.scheduler.waiting_for(card)
        )

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
        for key in self.scheduler.overdue(self.now):
            assert key in self.alive
            assert key in self.taken[self.owner[key][0]].values()
            assert self.scheduler.end(key)
            self.ended(key)
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
        left = self.scheduler.waiting_for(turn.card)
        if self.room == len(SHAPES):
            full = self.scheduler.used(turn.card) >= self.scheduler.capacity(turn.card)
            assert full or not left, "a slot idles while somebody waits"
            self.count_bulk(turn, left)
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

    def count_bulk(self, turn: Turn, left: list[int]) -> None:
        """How many were preferred to the bulk that waits."""
        for place, key in enumerate(turn.admit):
            waits = any(self.bulk[each] for each in (*turn.admit[place + 1 :], *left))
            preferred = waits and not self.bulk[key]
            self.before_bulk[turn.card] = self.before_bulk[turn.card] + 1 if preferred else 0
            assert self.before_bulk[turn.card] < BULK_EVERY, "bulk starves"

    def admit(self, card: str, key: int) -> None:
        assert key in self.alive
        assert self.owner[key][0] == card
        self.admitted[(*self.owner[key], self.bulk[key])].append(key)
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
        assert all(self.waiting_of(user) <= MAX_PER_USER for user in USERS)
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
    scheduler.open("a", Shape("text", capacity=1))
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


@pytest.mark.parametrize("seed", range(10))
def test_turns_follow_the_weights_while_all_wait(seed: int) -> None:
    """Among people who always have something waiting, turns are by weight, within two of it."""
    draw = random.Random(seed)
    weights = {user: draw.choice((1.0, 2.0, 3.0, 5.0)) for user in USERS}
    scheduler = Scheduler(max_queue=10_000, weights=weights)
    scheduler.open("a", Shape("text", capacity=1))
    for key in range(2000):
        scheduler.submit(key, "a", USERS[key % 4], now=0)
    served: Counter[str] = Counter()
    for number in range(1, 400):
        turn = scheduler.next_turn(now=0)
        assert turn is not None
        (key,) = turn.admit
        served[USERS[key % 4]] += 1
        scheduler.seat(key, 0)
        scheduler.end(key)
        for seat in scheduler.leaving():
            scheduler.vacate(seat.key)
        for user, weight in weights.items():
            assert abs(served[user] - number * weight / sum(weights.values())) < 2


@pytest.mark.parametrize("seed", range(10))
def test_nobody_gets_more_than_a_share_while_another_waits_below_theirs(seed: int) -> None:
    draw = random.Random(seed)
    capacity = draw.choice((2, 5, 8))
    scheduler = Scheduler(max_queue=1000)
    scheduler.open("a", Shape("text", capacity=capacity))
    owner: dict[int, str] = {}
    held: Counter[str] = Counter()
    for _ in range(300):
        for _ in range(draw.choice((0, 1, 2, 6))):
            key = len(owner)
            owner[key] = draw.choice(USERS[: draw.choice((1, 2, 4))])
            scheduler.submit(key, "a", owner[key], now=0)
        people = {owner[key] for key in scheduler.waiting_for("a")} | set(+held)
        share = math.ceil(capacity / max(1, len(people)))
        turn = scheduler.next_turn(now=0)
        admitted = turn.admit if turn else ()
        left = {owner[key] for key in scheduler.waiting_for("a")}
        for place, key in enumerate(admitted):
            still = left | {owner[each] for each in admitted[place:]}
            below = {user for user in still if held[user] < share}
            assert not below or owner[key] in below, "a share was exceeded"
            held[owner[key]] += 1
            scheduler.seat(key, key)
        for done in list(scheduler.seated("a").values()):
            if draw.random() < 0.3:
                scheduler.end(done)
                held[owner[done]] -= 1
        for seat in scheduler.leaving():
            scheduler.vacate(seat.key)
