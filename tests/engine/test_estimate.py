"""What is told to those who wait comes true: a simulated machine, a random mix of requests."""

from __future__ import annotations

import random
import statistics
from collections.abc import Sequence
from dataclasses import replace

import pytest

from studio.engine.asked_before import AskedBefore
from studio.engine.estimate import Batch, Need, forecast, shared
from studio.engine.family import Stepped
from studio.engine.manager import Manager
from studio.engine.prices import Prices
from studio.engine.step_times import Step, StepTimes
from studio.engine.ticket import Ticket
from studio.families.fake import Fake
from studio.requests import Chunk, Request, Sampling
from tests.engine.fake_cards import MB, Cards, Clock

PRICES = Prices(0.02, 0.001, 0.0004)
ADMITTING_S = 0.03


def needs(*steps: int) -> list[Need]:
    return [Need(each) for each in steps]


def test_a_queue_of_one_slot_adds_up() -> None:
    waits = forecast(Batch(needs(5), needs(10, 2), slots=1, prices=Prices(0.1, 0.0)))
    assert [round(each.first_s, 3) for each in waits[1:]] == [0.6, 1.6]
    assert [round(each.done_s, 3) for each in waits[1:]] == [1.5, 1.7]


def test_pictures_that_fit_one_step_are_done_with_it() -> None:
    waits = forecast(Batch([], needs(*[1] * 6), slots=4, prices=Prices(0.5, 0.1)))
    assert [round(each.done_s, 2) for each in waits] == [0.9] * 4 + [1.6] * 2


def test_others_take_their_turns_until_they_have_what_they_want() -> None:
    assert shared(2.0, [(10.0, 1.0), (0.5, 1.0)]) == pytest.approx(4.5)


def test_a_prompt_is_read_before_the_first_word() -> None:
    """Two hundred tokens beside a row that writes: two steps of up to 128, the first word with
    the second."""
    prices = Prices(0.1, 0.0, 0.01)
    batch = Batch(needs(50), [Need(10, tokens=200.0)], 4, prices, pieces=(128, 512))
    found = forecast(batch)[1]
    assert found.first_s == pytest.approx(2 * 0.1 + 200 * 0.01)
    assert found.done_s == pytest.approx(found.first_s + 9 * 0.1)


def test_who_is_below_their_share_is_next() -> None:
    waiting = [Need(10, user="ann"), Need(10, user="bob")]
    batch = Batch([Need(20, user="ann"), Need(5, user="bob")], waiting, 2, Prices(0.1, 0.0))
    alike = forecast(batch)
    shared_out = forecast(replace(batch, shares={"ann": 1, "bob": 1}))
    assert alike[2].first_s < alike[3].first_s
    assert shared_out[3].first_s < shared_out[2].first_s


def test_a_step_that_is_under_way_counts_from_its_beginning() -> None:
    batch = Batch(needs(1), needs(1), 4, Prices(0.5, 0.0), since_s=0.2)
    assert [round(each.done_s, 3) for each in forecast(batch)] == [0.3, 0.8]


@pytest.mark.parametrize("faster", [1.0, 0.5])
def test_the_price_of_a_step_is_learnt_from_steps(faster: float) -> None:
    """And learnt anew when the machine changes; what the last steps say nothing of is kept."""
    draw = random.Random(3)
    times = StepTimes()
    for times_s in (1.0, faster):
        for _ in range(200):
            rows, tokens = draw.randint(1, 16), draw.choice((0, 0, 30, 128))
            noise = times_s * draw.uniform(0.9, 1.1)
            times.observe("a", Step(rows, noise * PRICES.seconds(rows, tokens), tokens))
    for rows, tokens in ((1, 0), (8, 128), (16, 0), (16, 30)):
        true_s = faster * PRICES.seconds(rows, tokens)
        assert times.seconds("a", rows, tokens) == pytest.approx(true_s, rel=0.1)
    for _ in range(2000):
        times.observe("a", Step(4, faster * PRICES.seconds(4)))
    true_s = faster * PRICES.seconds(4, 128)
    assert times.seconds("a", 4, 128) == pytest.approx(true_s, rel=0.15)


def test_rows_that_a_constraint_holds_have_a_price_of_their_own() -> None:
    prices = PRICES._replace(held_s=0.004)
    draw, times = random.Random(4), StepTimes()
    for _ in range(200):
        held, free = draw.randint(0, 8), draw.randint(1, 8)
        seconds = prices.seconds(held + free, held=held)
        times.observe("a", Step(held + free, seconds, held=held))
    assert times.prices("a").held_s == pytest.approx(0.004, rel=0.1)
    batch = Batch([], [Need(5, held=True)], 4, prices)
    assert forecast(batch)[0].done_s == pytest.approx(5 * 0.025)


def test_hiccups_do_not_spoil_a_price() -> None:
    draw = random.Random(5)
    times = StepTimes()
    for _ in range(400):
        rows = draw.randint(1, 16)
        late = 20.0 if draw.random() < 0.02 else 1.0
        times.observe("a", Step(rows, late * PRICES.seconds(rows)))
    assert times.seconds("a", 8) == pytest.approx(PRICES.seconds(8), rel=0.4)


def test_pictures_are_priced_too() -> None:
    times = StepTimes()
    for rows in (1, 4, 16, 16, 2, 8):
        times.observe("paint", Step(rows, 0.05 + 0.12 * rows))
    assert times.seconds("paint", 10) == pytest.approx(1.25, rel=0.05)
    assert int(times.rows_within("paint", 0.5)) == 3


def test_what_was_asked_before_counts_as_read() -> None:
    asked = AskedBefore()
    first = Request(card="text", seed=1, prompt="Write a story. " * 20 + "A lighthouse.")
    whole = len(first.prompt)
    assert asked.unlike(first) == (whole, whole)
    assert asked.unlike(replace(first, seed=2)) == (whole, 0)
    other = replace(first, prompt="Write a story. " * 20 + "Rain.")
    assert asked.unlike(other)[1] == len("Rain.")
    assert asked.unlike(replace(first, adapter="other")) == (whole, whole)


class World:
    """A clock that only the machine's steps move, and people who come while they run."""

    def __init__(self, seed: int, seconds: float) -> None:
        self.draw, self.clock = random.Random(seed), Clock()
        self.next_at, self.end = self.clock.now, self.clock.now + seconds
        self.orders: list[Order] = []
        self.manager = Manager(
            Cards(
                text=lambda: Machine(self, "text", PRICES),
                tunes=lambda: Machine(self, "melody", Prices(0.01, 0.002, 0.0002)),
                paint=lambda: Machine(self, "picture", Prices(0.1, 0.15)),
            ),
            budget_bytes=100 * MB,
            clock=self.clock,
            threaded=False,
        )

    def run(self) -> None:
        """Until everybody has come and everybody is served."""
        while self.clock.now < self.end or self.manager.status().running:
            if not self.manager._worker.turn():
                self.pass_time(0.001)
        self.manager.close()

    def pass_time(self, seconds: float) -> None:
        """People come in the middle of whatever takes so long."""
        until = self.clock.now + seconds
        while self.next_at <= until and self.next_at < self.end:
            self.clock.now = max(self.clock.now, self.next_at)
            self.orders.append(Order(self))
            self.next_at += self.draw.expovariate(1.1)
        self.clock.now = until


class Machine(Fake):
    """A card whose admissions and steps take time, and that reads prompts in pieces, word by
    word."""

    prompt_pieces = (64, 256)

    def __init__(self, world: World, lane: str, prices: Prices) -> None:
        super().__init__(lane, capacity=8)
        self._world, self._prices = world, prices
        self._unread: dict[int, int] = {}

    def admit(self, request: Request) -> int:
        self._world.pass_time(ADMITTING_S)
        slot = super().admit(request)
        self._unread[slot] = 0 if self.lane == "picture" else len(request.prompt.split())
        return slot

    def step(self, slots: Sequence[int]) -> Sequence[Stepped]:
        writing = [slot for slot in slots if not self._unread[slot]]
        left, read = self.prompt_pieces[0 if writing else 1], {}
        for slot in slots:
            read[slot] = min(left, self._unread[slot])
            self._unread[slot] -= read[slot]
            left -= read[slot]
        writing = [slot for slot in slots if not self._unread[slot]]
        self._world.pass_time(self._prices.seconds(len(writing), sum(read.values())))
        told = {each.slot: each for each in super().step(writing)} if writing else {}
        return [
            replace(told.get(slot, Stepped(slot)), read=read[slot], reading=self._unread[slot] > 0)
            for slot in slots
        ]


class Order:
    """What one person asked for at once: what was foretold then, and what came true."""

    def __init__(self, world: World) -> None:
        self.submitted, self._clock = world.clock.now, world.clock
        self.first: dict[str, float] = {}
        self.done = 0.0
        self.told: list[tuple[float | None, float | None]] = []
        requests = asked_for(world.draw, len(world.orders))
        tickets = [world.manager.submit(each, tell=False) for each in requests]
        world.manager.tell_new()
        for ticket in tickets:
            self._watch(ticket)

    def _watch(self, ticket: Ticket) -> None:
        mail = ticket.first_place
        self.told.append((mail.first_s, mail.estimate_s) if mail else (None, None))
        original = ticket.offer

        def offer(chunk: Chunk) -> None:
            original(chunk)
            if chunk.queue_position is None:
                passed = self._clock.now - self.submitted
                self.first.setdefault(ticket.request_id, passed)
                self.done = max(self.done, passed)

        ticket.offer = offer  # type: ignore[method-assign]

    def errors(self) -> tuple[float, float] | None:
        """Relative errors of the last one's first piece, and of the end of all."""
        first = [each for each, _ in self.told if each is not None]
        done = [each for _, each in self.told if each is not None]
        if len(done) < len(self.told):
            return None
        begun = max(self.first.values())
        return abs(max(first) - begun) / begun, abs(max(done) - self.done) / self.done


def asked_for(draw: random.Random, seed: int) -> list[Request]:
    """Text, tunes or a sheet of pictures, of one of six people."""
    card = draw.choice(("text", "text", "text", "tunes", "paint"))
    number = draw.choice((1, 4, 9)) if card == "paint" else draw.choice((1, 1, 2, 4))
    limit = Sampling(max_tokens=draw.choice((20, 60, 120)))
    user, words = draw.choice("abcdef"), draw.choice((5, 40, 150))
    return [
        Request(card=card, seed=seed + n, prompt=f"idea {seed} " * words, user=user, sampling=limit)
        for n in range(number)
    ]


def errors_of(seed: int, seconds: float) -> list[tuple[float, float]]:
    """Of all orders once the machine is warm."""
    world = World(seed, seconds)
    world.run()
    found = [each.errors() for each in world.orders[20:]]
    known = [each for each in found if each is not None]
    assert len(known) > 0.9 * len(found)
    return known


def test_estimates_at_submission_come_true_within_thirty_percent() -> None:
    errors = errors_of(1, 120) + errors_of(2, 120)
    assert len(errors) > 150
    first, done = ([each[i] for each in errors] for i in range(2))
    assert statistics.median(first) < 0.3
    assert statistics.median(done) < 0.3
