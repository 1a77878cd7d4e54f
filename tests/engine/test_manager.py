"""The engine as the studio uses it: requests in, tickets out, on the fake family."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from contextlib import aclosing
from itertools import pairwise

import pytest

from studio.engine.family import Stepped
from studio.engine.jobs import CROWD, MOVED_S
from studio.engine.manager import Manager
from studio.errors import (
    Busy,
    Cancelled,
    DeadlineExceeded,
    InvalidInput,
    ModelFailed,
    NotReady,
    OutOfMemory,
    StudioError,
)
from studio.families.fake import CRASH, FAIL, REJECT, Fake
from studio.requests import Chunk, Request, Sampling
from tests.engine.fake_cards import MB, Cards, Clock, Gate, ask

Engine = Callable[..., Manager]


class Hook:
    """Runs something at the nth step of a fake."""

    def __init__(self, **at: Callable[[], None]) -> None:
        self.steps: list[tuple[int, ...]] = []
        self._at = {int(name.removeprefix("step_")): task for name, task in at.items()}

    def __call__(self, slots: Sequence[int]) -> None:
        self.steps.append(tuple(slots))
        self._at.get(len(self.steps), lambda: None)()


class TestBatching:
    """Requests of different people share steps; what shares a batch never changes a result."""

    def test_people_share_one_batch(self, engine: Engine) -> None:
        cards = Cards(text=Fake)
        manager = engine(cards)
        tickets = [manager.submit(ask(f"idea {n}", user=f"user {n}")) for n in range(8)]
        manager.drain()
        assert all(ticket.result().text for ticket in tickets)
        assert max(map(len, cards.families["text"].batches)) == 8

    def test_the_same_seed_gives_the_same_text_in_any_batch(self, engine: Engine) -> None:
        def texts(capacity: int, together: bool) -> list[str]:
            manager = engine(Cards(text=lambda: Fake(capacity=capacity)))
            tickets = []
            for n in range(12):
                tickets.append(manager.submit(ask(f"idea {n}", seed=n % 3)))
                if not together:
                    manager.drain()
            manager.drain()
            return [ticket.result().text for ticket in tickets]

        alone = texts(capacity=1, together=False)
        assert texts(capacity=16, together=True) == alone
        assert texts(capacity=5, together=True) == alone
        assert len(set(alone)) == 12

    def test_rows_join_a_batch_that_is_running(self, engine: Engine) -> None:
        late = []
        hook = Hook(step_3=lambda: late.append(manager.submit(ask("late"))))
        manager = engine(Cards(text=lambda: Fake(before_step=hook)))
        first = manager.submit(ask("early"))
        manager.drain()
        assert [len(slots) for slots in hook.steps[:5]] == [1, 1, 1, 2, 2]
        assert first.result().text != late[0].result().text

    def test_waiting_pictures_are_painted_in_one_step(self, engine: Engine, clock: Clock) -> None:
        cards = Cards(paint=lambda: Fake("picture"))
        manager = engine(cards)
        sheet = [manager.submit(ask(card="paint", seed=n)) for n in range(16)]
        manager.drain()
        assert cards.families["paint"].batches == [tuple(range(16))]
        pictures = [ticket.result().picture for ticket in sheet]
        assert len({picture.rgb for picture in pictures if picture}) == 16

    def test_lanes_take_turns_step_by_step(self, engine: Engine) -> None:
        steps: list[str] = []
        cards = Cards(
            text=lambda: Fake("text", before_step=lambda _: steps.append("text")),
            paint=lambda: Fake("picture", capacity=2, before_step=lambda _: steps.append("paint")),
        )
        manager = engine(cards)
        manager.submit(ask("a story"))
        for n in range(14):
            manager.submit(ask(card="paint", seed=n, user="painter"))
        manager.drain()
        pictures = [n for n, lane in enumerate(steps) if lane == "paint"]
        assert len(pictures) == 7
        assert all(after - before == 2 for before, after in pairwise(pictures))


class TestStopping:
    """A stop frees the slot before the next step and disturbs nobody."""

    def test_the_slot_is_free_at_the_next_step(self, engine: Engine) -> None:
        hook = Hook(step_2=lambda: tickets[0].cancel())
        manager = engine(Cards(text=lambda: Fake(capacity=1, before_step=hook)))
        tickets = [manager.submit(ask("stopped")), manager.submit(ask("next"))]
        manager.drain()
        with pytest.raises(Cancelled):
            tickets[0].result()
        assert tickets[0].so_far.text, "what was there is kept"
        alone = engine(Cards(text=Fake))
        expected = alone.submit(ask("next"))
        alone.drain()
        assert tickets[1].result().text == expected.result().text
        assert manager.status().counts.events["cancelled"] == 1

    def test_one_that_waits_never_reaches_the_device(self, engine: Engine) -> None:
        cards = Cards(text=lambda: Fake(capacity=1))
        manager = engine(cards)
        tickets = [manager.submit(ask(f"idea {n}")) for n in range(3)]
        tickets[1].cancel()
        manager.drain()
        with pytest.raises(Cancelled):
            tickets[1].result()
        assert tickets[2].result().text
        assert manager.status().waiting == 0

    def test_a_stop_that_comes_just_before_the_slot_is_given(self, engine: Engine) -> None:
        class Slow(Fake):
            def admit(self, request: Request) -> int:
                if request.prompt == "first":
                    tickets[1].cancel()
                    tickets[2].cancel()
                return super().admit(request)

        manager = engine(Cards(text=Slow))
        tickets = [manager.submit(ask(prompt)) for prompt in ("first", "second", "third", "last")]
        manager.drain()
        assert [ticket.so_far.text != "" for ticket in tickets] == [True, False, False, True]
        assert manager.status().running == 0

    def test_stopping_twice_or_after_the_end_counts_once(self, engine: Engine) -> None:
        manager = engine(Cards(text=Fake))
        done, stopped = manager.submit(ask("done")), manager.submit(ask("stopped"))
        for _ in range(2):
            stopped.cancel()
        manager.drain()
        done.cancel()
        assert done.result().text
        events = manager.status().counts.events
        assert (events["cancelled"], events["completed"]) == (1, 1)

    async def test_closing_the_stream_stops_the_model(self, running: Engine) -> None:
        endless = ask(sampling=Sampling(max_tokens=100_000, temperature=1.0))
        cards = Cards(text=_Endless)
        manager = running(cards)
        async with aclosing(manager.submit(endless)) as ticket:
            async for chunk in ticket:
                if chunk.text:
                    break
        follower = manager.submit(ask("next"))
        follower.cancel()
        manager.close()
        assert not cards.families["text"].rows_left
        assert manager.status().counts.events["cancelled"] == 2


class _Endless(Fake):
    """Never ends a row by itself."""

    rows_left = False

    def step(self, slots: Sequence[int]) -> Sequence[Stepped]:
        super().step(slots)
        return [Stepped(slot, Chunk(text="la ")) for slot in slots]

    def close(self) -> None:
        self.rows_left = bool(self._rows)
        super().close()


class TestFailing:
    """A failure ends exactly what failed."""

    def test_a_row_that_fails_fails_alone(self, engine: Engine) -> None:
        manager = engine(Cards(text=Fake))
        good, bad, other = (manager.submit(ask(p)) for p in ("a", FAIL, "b"))
        manager.drain()
        with pytest.raises(ModelFailed) as failed:
            bad.result()
        assert failed.value.request_id == bad.request_id
        assert good.result().text
        assert other.result().text

    def test_a_step_that_crashes_fails_its_rows_and_no_others(self, engine: Engine) -> None:
        manager = engine(Cards(text=lambda: Fake(capacity=2), verse=Fake))
        batch = [manager.submit(ask(p)) for p in ("a", CRASH)]
        later = manager.submit(ask("b"))
        elsewhere = manager.submit(ask("c", card="verse"))
        manager.drain()
        for ticket in batch:
            with pytest.raises(ModelFailed):
                ticket.result()
        assert later.result().text
        assert elsewhere.result().text
        counts = manager.status().counts.events
        assert (counts["failed"], counts["completed"]) == (2, 2)

    def test_a_prompt_the_model_does_not_take_fails_with_its_own_words(
        self, engine: Engine
    ) -> None:
        manager = engine(Cards(text=Fake))
        bad, good = manager.submit(ask(REJECT)), manager.submit(ask("a"))
        manager.drain()
        with pytest.raises(InvalidInput) as refused:
            bad.result()
        assert refused.value.field == "text"
        assert good.result().text

    def test_an_answer_that_forgets_a_row_fails_that_step(self, engine: Engine) -> None:
        class Forgetful(Fake):
            def step(self, slots: Sequence[int]) -> Sequence[Stepped]:
                return super().step(slots)[1:]

        manager = engine(Cards(text=Forgetful))
        tickets = [manager.submit(ask("a")), manager.submit(ask("b"))]
        manager.drain()
        for ticket in tickets:
            with pytest.raises(ModelFailed):
                ticket.result()

    def test_a_slot_that_cannot_be_released_does_not_stop_the_others(self, engine: Engine) -> None:
        class Sticky(Fake):
            def release(self, slot: int) -> None:
                super().release(slot)
                raise ValueError("sticky")

        manager = engine(Cards(text=Sticky))
        tickets = [manager.submit(ask(f"idea {n}")) for n in range(40)]
        manager.drain()
        assert all(ticket.result().text for ticket in tickets)


class TestOutOfMemory:
    """The device's memory is asked for politely."""

    def test_a_batch_too_large_is_split_and_everybody_is_served(self, engine: Engine) -> None:
        cards = Cards(paint=lambda: Fake("picture", memory_rows=3))
        manager = engine(cards)
        sheet = [manager.submit(ask(card="paint", seed=n)) for n in range(16)]
        manager.drain()
        assert all(ticket.result().picture for ticket in sheet)
        assert {len(batch) for batch in cards.families["paint"].batches} == {2}
        assert manager.status().counts.events["out_of_memory"] == 7

    def test_the_next_batches_are_smaller_from_the_start(self, engine: Engine) -> None:
        hook = Hook()
        manager = engine(Cards(paint=lambda: Fake("picture", memory_rows=8, before_step=hook)))
        for n in range(40):
            manager.submit(ask(card="paint", seed=n))
        manager.drain()
        assert list(map(len, hook.steps)) == [16, 8, 8, 8, 8, 8]

    def test_a_single_row_that_does_not_fit_is_told_so(self, engine: Engine) -> None:
        manager = engine(Cards(text=lambda: Fake(memory_rows=0)))
        ticket = manager.submit(ask())
        manager.drain()
        with pytest.raises(OutOfMemory):
            ticket.result()


class TestWaiting:
    """The queue is bounded, fair, tells places and honours deadlines."""

    def test_a_full_queue_refuses_with_the_number_that_wait(self, engine: Engine) -> None:
        manager = engine(Cards(text=Fake), max_queue=3)
        for n in range(3):
            manager.submit(ask(f"idea {n}"))
        with pytest.raises(Busy) as busy:
            manager.submit(ask("one too many"))
        assert busy.value.position == 3
        assert manager.status().counts.events["refused"] == 1

    def test_a_grid_does_not_starve_another_persons_sentence(self, engine: Engine) -> None:
        order: list[str] = []
        manager = engine(Cards(text=lambda: Fake(capacity=1)))
        tickets = [manager.submit(ask(f"grid {n}", user="ann")) for n in range(20)]
        tickets.append(manager.submit(ask("one sentence", user="bob")))
        for ticket in tickets:
            _when_done(ticket, order)
        manager.drain()
        assert order.index("one sentence") == 1

    async def test_places_in_the_queue_are_told_and_fall(self, engine: Engine) -> None:
        manager = engine(Cards(text=lambda: Fake(capacity=1)))
        tickets = [manager.submit(ask(f"idea {n}")) for n in range(3)]
        seen: list[int] = []

        async def watch() -> None:
            async for chunk in tickets[2]:
                if chunk.queue_position is not None:
                    seen.append(chunk.queue_position)

        watcher = asyncio.ensure_future(watch())
        while not tickets[2].ended:
            await asyncio.sleep(0)
            manager._worker.turn()
        await watcher
        assert seen == [2, 1, 0]

    def test_a_crowd_is_told_its_places_now_and_then(self, engine: Engine, clock: Clock) -> None:
        def pass_time(_: Sequence[int]) -> None:
            clock.now += MOVED_S / 50

        manager = engine(Cards(text=lambda: Fake(capacity=1, before_step=pass_time)))
        tickets = [manager.submit(ask(f"idea {n}")) for n in range(3 * CROWD)]
        told: list[int] = []
        hear, last = tickets[-1].offer, tickets[-1]

        def heard(chunk: Chunk) -> None:
            if chunk.queue_position is not None:
                told.append(chunk.queue_position)
            hear(chunk)

        last.offer = heard  # type: ignore[method-assign]
        manager.drain()
        assert told == sorted(told, reverse=True)
        places = list(dict.fromkeys(told))
        assert places[-CROWD // 2 :] == list(range(CROWD // 2))[::-1]
        assert len(places) < 2 * CROWD

    def test_who_waits_past_the_deadline_is_told(self, engine: Engine, clock: Clock) -> None:
        def pass_time() -> None:
            clock.now += 61

        manager = engine(Cards(text=lambda: Fake(capacity=1, before_step=Hook(step_3=pass_time))))
        runs = manager.submit(ask("runs", deadline_s=60.0))
        waits = manager.submit(ask("waits", deadline_s=60.0))
        patient = manager.submit(ask("patient"))
        manager.drain()
        with pytest.raises(DeadlineExceeded) as late:
            waits.result()
        assert late.value.facts["waited_s"] == 61
        assert runs.result().text
        assert patient.result().text

    def test_who_runs_past_the_deadline_keeps_what_there_is(
        self, engine: Engine, clock: Clock
    ) -> None:
        def pass_time(_: Sequence[int]) -> None:
            clock.now += 10

        manager = engine(Cards(text=lambda: Fake(before_step=pass_time)))
        long = manager.submit(ask("a long story", run_deadline_s=35.0))
        other = manager.submit(ask("another"))
        manager.drain()
        assert long.result().finish == "deadline"
        assert long.result().text
        assert long.result().usage.output_tokens == 4
        assert other.result().finish != "deadline"

    def test_a_melody_past_its_deadline_is_told_so(self, engine: Engine, clock: Clock) -> None:
        def pass_time(_: Sequence[int]) -> None:
            clock.now += 10

        manager = engine(Cards(tunes=lambda: Fake("melody", before_step=pass_time)))
        tune = manager.submit(ask(card="tunes", run_deadline_s=35.0))
        manager.drain()
        with pytest.raises(DeadlineExceeded) as late:
            tune.result()
        assert late.value.code == "run_deadline"

    def test_busy_says_when_there_is_room_again(self, engine: Engine, clock: Clock) -> None:
        def pass_time(_: Sequence[int]) -> None:
            clock.now += 1

        manager = engine(
            Cards(text=lambda: Fake(capacity=1, before_step=pass_time)), max_per_user=3
        )
        limit = Sampling(max_tokens=20)
        for n in range(3):
            manager.submit(ask(f"idea {n}", sampling=limit))
        manager.drain()
        waiting = [manager.submit(ask(f"idea {n}", sampling=limit)) for n in range(3)]
        manager._worker.turn()
        waiting.append(manager.submit(ask("idea 3", sampling=limit)))
        with pytest.raises(Busy) as busy:
            manager.submit(ask("one too many"))
        assert busy.value.code == "busy_user"
        assert 5 < busy.value.retry_s < 30
        assert manager.submit(ask("a neighbour's", user="bob"))

    def test_a_place_comes_with_an_estimate_once_the_card_is_known(self, engine: Engine) -> None:
        manager = engine(Cards(text=lambda: Fake(capacity=1)))
        first = manager.submit(ask("idea"))
        assert first._mail is not None
        assert first._mail.estimate_s is None
        manager.drain()
        again = manager.submit(ask("idea"))
        assert again._mail is not None
        assert again._mail.estimate_s is not None
        assert again._mail.queue_position == 0

    def test_the_usage_says_how_long_it_took(self, engine: Engine, clock: Clock) -> None:
        def pass_time(_: Sequence[int]) -> None:
            clock.now += 0.5

        manager = engine(Cards(text=lambda: Fake(capacity=1, before_step=pass_time)))
        limit = Sampling(max_tokens=4)
        first = manager.submit(ask("a b", sampling=limit))
        second = manager.submit(ask("c", sampling=limit))
        manager.drain()
        assert first.result().usage.output_tokens == 4
        assert (first.result().usage.wait_ms, first.result().usage.total_ms) == (0, 2000)
        assert first.result().usage.first_token_ms == 500
        assert (second.result().usage.wait_ms, second.result().usage.total_ms) == (2000, 4000)


def _when_done(ticket: object, order: list[str]) -> None:
    original = ticket.offer  # type: ignore[attr-defined]

    def offer(chunk: Chunk) -> None:
        original(chunk)
        if chunk.finish is not None:
            order.append(ticket.request.prompt)  # type: ignore[attr-defined]

    ticket.offer = offer  # type: ignore[attr-defined]


class TestResidency:
    """Cards stay while the budget allows; the idle one used longest ago leaves."""

    def three(self) -> Cards:
        names = ("a", "b", "c")
        return Cards(**{name: lambda: Fake(footprint=40 * MB) for name in names})

    def use(self, manager: Manager, *cards: str) -> None:
        for card in cards:
            manager.submit(ask(card=card))
            manager.drain()

    def test_the_least_recently_used_idle_card_leaves(self, engine: Engine) -> None:
        cards = self.three()
        manager = engine(cards)
        self.use(manager, "a", "b", "a", "c")
        assert set(manager.status().resident) == {"a", "c"}
        assert cards.families["b"].closed
        self.use(manager, "a")
        assert cards.loaded == ["a", "b", "c"]
        assert manager.status().counts.events["evictions"] == 1

    def test_a_card_is_warm_before_the_first_person(self, engine: Engine) -> None:
        cards = self.three()
        manager = engine(cards)
        done = manager.preload("b")
        manager.drain()
        assert done.result() is None
        assert cards.families["b"].warm
        assert manager.status().resident == {"b": 40 * MB}

    def test_a_card_in_use_never_leaves(self, engine: Engine) -> None:
        """Requests for three cards that fit two by two: all are served, none loses its card."""
        cards = self.three()
        manager = engine(cards)
        tickets = [manager.submit(ask(f"{n}", card="abc"[n % 3], user=f"{n}")) for n in range(30)]
        manager.drain()
        assert all(ticket.result().text for ticket in tickets)
        assert manager.status().resident_bytes <= 100 * MB

    def test_steady_traffic_cannot_lock_another_card_out(self, engine: Engine) -> None:
        cards = Cards(**{name: lambda: Fake(footprint=80 * MB, capacity=2) for name in "ab"})
        more = iter(range(200))
        manager = engine(cards)
        served: list[str] = []

        def another() -> None:
            if not tickets_b or not tickets_b[0].ended:
                if next(more, None) is not None:
                    manager.submit(ask(f"{len(served)}", card="a"))
                served.append("a")

        cards.makers["a"] = lambda: Fake(
            footprint=80 * MB, capacity=2, before_step=lambda _: another()
        )
        tickets_b: list = []
        manager.submit(ask("first", card="a"))
        manager._worker.turn()
        manager._worker.turn()
        tickets_b.append(manager.submit(ask("patience", card="b", user="bob")))
        manager.drain()
        assert tickets_b[0].result().text
        assert len(served) < 100, "b waited until a's people stopped coming"

    def test_what_can_never_fit_is_refused_before_any_queue(self, engine: Engine) -> None:
        cards = Cards(huge=lambda: Fake(footprint=500 * MB))
        manager = engine(cards)
        with pytest.raises(OutOfMemory) as refused:
            manager.submit(ask(card="huge"))
        assert (refused.value.need, refused.value.have) == (500 * MB, 100 * MB)
        assert not cards.loaded

    def test_a_lease_keeps_a_card_and_the_other_is_told(self, engine: Engine) -> None:
        cards = Cards(**{name: lambda: Fake(footprint=80 * MB) for name in "ab"})
        manager = engine(cards)
        with manager.lease("a"):
            self.use(manager, "a")
            ticket = manager.submit(ask(card="b"))
            manager.drain()
            with pytest.raises(OutOfMemory) as refused:
                ticket.result()
            assert refused.value.have == 20 * MB
        self.use(manager, "b")
        assert set(manager.status().resident) == {"b"}

    def test_a_card_larger_than_it_said_makes_room_or_goes(self, engine: Engine) -> None:
        class Liar(Cards):
            def footprint(self, card: str) -> int:
                return 10 * MB

        cards = Liar(
            a=lambda: Fake(footprint=40 * MB),
            b=lambda: Fake(footprint=80 * MB),
            c=lambda: Fake(footprint=200 * MB),
        )
        manager = engine(cards)
        self.use(manager, "a", "b")
        assert set(manager.status().resident) == {"b"}
        ticket = manager.submit(ask(card="c"))
        manager.drain()
        with pytest.raises(OutOfMemory):
            ticket.result()
        assert cards.families["c"].closed
        assert "c" not in manager.status().resident

    def test_an_unknown_card_stops_before_any_queue(self, engine: Engine) -> None:
        manager = engine(self.three())
        with pytest.raises(NotReady):
            manager.submit(ask(card="nobody"))
        assert manager.status().counts.events["submitted"] == 0

    def test_a_card_that_does_not_load_fails_those_who_asked_for_it(self, engine: Engine) -> None:
        cards = self.three()
        cards.broken = {"a": NotReady("a", "damaged"), "b": ValueError("bad header")}
        manager = engine(cards)
        tickets = {name: manager.submit(ask(card=name)) for name in "abc"}
        manager.drain()
        for name in "ab":
            with pytest.raises(NotReady) as failed:
                tickets[name].result()
            assert failed.value.card == name
        assert tickets["c"].result().text
        cards.broken = {}
        self.use(manager, "a")
        assert "a" in manager.status().resident

    def test_unloading_gives_the_memory_back_but_not_from_under_anyone(
        self, engine: Engine
    ) -> None:
        tried = []
        hook = Hook(step_2=lambda: tried.append(manager.unload("a")))
        manager = engine(Cards(a=lambda: Fake(before_step=hook)))
        ticket = manager.submit(ask(card="a"))
        manager.drain()
        assert ticket.result().text
        with pytest.raises(StudioError):
            tried[0].result()
        done = manager.unload("a")
        manager.drain()
        assert done.result() is None
        assert manager.status().resident_bytes == 0


class TestClosing:
    """The end: nobody is left waiting."""

    def test_every_ticket_ends_and_all_memory_is_given_back(self, running: Engine) -> None:
        gate = Gate()
        cards = Cards(text=lambda: Fake(capacity=2, before_step=gate))
        manager = running(cards)
        tickets = [manager.submit(ask(f"idea {n}")) for n in range(5)]
        assert gate.reached.wait(30)
        loaded = manager.preload("text")
        gate.open()
        manager.close()
        for ticket in tickets:
            if not ticket.so_far.usage.total_ms:
                with pytest.raises(StudioError):
                    ticket.result(timeout_s=30)
        assert loaded.done()
        assert cards.families["text"].closed
        assert manager.status().closed

    def test_closing_again_does_nothing_and_nothing_is_taken_after(self, running: Engine) -> None:
        manager = running(Cards(text=Fake))
        assert manager.submit(ask()).result(timeout_s=30).text
        manager.close()
        manager.close()
        with pytest.raises(StudioError) as closed:
            manager.submit(ask())
        assert closed.value.code == "shutting_down"

    def test_a_manager_that_never_worked_closes_too(self, running: Engine) -> None:
        running(Cards(text=Fake)).close()


class TestDeviceThread:
    """The same with the real thread."""

    async def test_streams_of_many_people_at_once(self, running: Engine) -> None:
        cards = Cards(text=Fake, paint=lambda: Fake("picture"))
        manager = running(cards)

        async def read(n: int) -> str:
            card = "paint" if n % 4 == 0 else "text"
            ticket = manager.submit(ask(f"idea {n}", card=card, seed=n, user=f"user {n % 5}"))
            text = "".join([chunk.text async for chunk in ticket])
            assert (ticket.so_far.picture is None) == (card == "text")
            return text

        texts = await asyncio.gather(*(read(n) for n in range(100)))
        assert sum(bool(text) for text in texts) == 75
        assert max(map(len, cards.families["text"].batches)) > 1

    async def test_a_held_step_leaves_the_event_loop_free(self, running: Engine) -> None:
        gate = Gate()
        manager = running(Cards(text=lambda: Fake(capacity=1, before_step=gate)))
        running_ticket = manager.submit(ask("runs"))
        await asyncio.to_thread(gate.reached.wait, 30)
        waiting = manager.submit(ask("waits"))
        assert (await anext(aiter(waiting))).queue_position == 0
        assert manager.status().running == 1
        running_ticket.cancel()
        gate.open()
        with pytest.raises(Cancelled):
            await running_ticket.completion()

    def test_the_thread_outlives_a_bug(
        self, running: Engine, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        manager = running(Cards(text=Fake))
        scheduler = manager._worker.scheduler
        original, calls = scheduler.next_turn, iter([True])

        def buggy(now: float) -> object:
            if next(calls, False):
                raise KeyError("a bug")
            return original(now)

        monkeypatch.setattr(scheduler, "next_turn", buggy)
        with pytest.raises(ModelFailed):
            manager.submit(ask("unlucky")).result(timeout_s=30)
        assert manager.submit(ask("lucky")).result(timeout_s=30).text

    def test_two_managers_share_nothing(self, running: Engine) -> None:
        one, two = running(Cards(text=Fake)), running(Cards(text=Fake))
        assert one.submit(ask()).result(timeout_s=30) != Busy
        one.close()
        assert two.submit(ask()).result(timeout_s=30).text
        assert one.status().counts.events["completed"] == 1
        assert two.status().counts.events["completed"] == 1
