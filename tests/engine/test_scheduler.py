"""Decisions of the scheduler, one at a time, on a clock that is only a number."""

from __future__ import annotations

import math

import pytest

from studio.engine.line import Claim, Shape
from studio.engine.scheduler import Scheduler
from studio.engine.step_times import Step
from studio.errors import Busy

TEXT = Shape("text", capacity=4)
PICTURES = Shape("picture", capacity=4, linger_s=0.01)


def finish(scheduler: Scheduler, *keys: int) -> None:
    """What the worker does with rows that are done."""
    for key in keys:
        scheduler.end(key)
    for seat in scheduler.leaving():
        scheduler.vacate(seat.key)


def run_turn(scheduler: Scheduler, now: float = 0.0) -> tuple[str, tuple[int, ...]] | None:
    """One turn as the worker takes it; a load succeeds at once, as text."""
    turn = scheduler.next_turn(now)
    if turn is None:
        return None
    for slot, key in enumerate(turn.admit):
        scheduler.seat(key, slot + 100 * key)
    return turn.card, turn.admit


def test_a_card_is_loaded_before_anybody_is_admitted() -> None:
    scheduler = Scheduler(max_queue=10)
    scheduler.submit(1, "a", "ann", now=0)
    turn = scheduler.next_turn(now=0)
    assert turn is not None
    assert (turn.card, turn.load, turn.admit) == ("a", True, ())
    scheduler.open("a", TEXT)
    turn = scheduler.next_turn(now=0)
    assert turn is not None
    assert (turn.load, turn.admit) == (False, (1,))


def test_rows_join_a_running_batch_up_to_the_capacity() -> None:
    scheduler = Scheduler(max_queue=10)
    scheduler.open("a", TEXT)
    for key in (1, 2, 3):
        scheduler.submit(key, "a", "ann", now=0)
    assert run_turn(scheduler) == ("a", (1, 2, 3))
    for key in (4, 5):
        scheduler.submit(key, "a", "ann", now=0)
    assert run_turn(scheduler) == ("a", (4,))
    finish(scheduler, 2)
    assert run_turn(scheduler) == ("a", (5,))
    assert sorted(scheduler.seated("a").values()) == [1, 3, 4, 5]


def test_lanes_take_turns_however_many_pictures_wait() -> None:
    scheduler = Scheduler(max_queue=100)
    scheduler.open("words", TEXT)
    scheduler.open("paint", PICTURES)
    scheduler.open("more paint", PICTURES)
    scheduler.submit(1, "words", "ann", now=0)
    for key in range(2, 42):
        scheduler.submit(key, "paint" if key % 2 else "more paint", "bob", now=0)
    cards = []
    for _ in range(8):
        card, admitted = run_turn(scheduler, now=1.0) or ("", ())
        cards.append(card)
        finish(scheduler, *(key for key in admitted if key != 1))
    assert cards[0::2] == ["words"] * 4
    assert sorted(cards[1::2]) == ["more paint"] * 2 + ["paint"] * 2


def test_pictures_wait_a_little_for_company() -> None:
    scheduler = Scheduler(max_queue=10)
    scheduler.open("paint", PICTURES)
    scheduler.submit(1, "paint", "ann", now=5.0)
    assert scheduler.next_turn(now=5.0) is None
    assert scheduler.due() == pytest.approx(5.01)
    scheduler.submit(2, "paint", "bob", now=5.005)
    assert run_turn(scheduler, now=5.011) == ("paint", (1, 2))


def test_a_full_batch_of_pictures_does_not_wait() -> None:
    scheduler = Scheduler(max_queue=10)
    scheduler.open("paint", PICTURES)
    for key in range(1, 6):
        scheduler.submit(key, "paint", "ann", now=5.0)
    assert run_turn(scheduler, now=5.0) == ("paint", (1, 2, 3, 4))


def test_a_full_queue_says_how_many_wait_and_takes_nobody() -> None:
    scheduler = Scheduler(max_queue=2)
    scheduler.submit(1, "a", "ann", now=0)
    scheduler.submit(2, "b", "ann", now=0)
    with pytest.raises(Busy) as busy:
        scheduler.submit(3, "a", "bob", now=0)
    assert busy.value.position == 2
    assert not scheduler.alive(3)
    assert scheduler.waiting == 2


def test_positions_are_told_when_they_change_and_only_then() -> None:
    scheduler = Scheduler(max_queue=10)
    scheduler.open("a", Shape("text", capacity=1))
    places = [scheduler.submit(key, "a", "ann", now=0) for key in (1, 2, 3)]
    assert places == [0, 1, 2]
    assert list(scheduler.moved()) == []
    assert scheduler.submit(4, "a", "bob", now=0) == 1
    assert dict(scheduler.moved()) == {2: 2, 3: 3}
    run_turn(scheduler)
    assert dict(scheduler.moved()) == {4: 0, 2: 1, 3: 2}
    scheduler.end(2)
    assert dict(scheduler.moved()) == {3: 1}


def test_a_cancel_while_running_keeps_the_slot_until_it_is_released() -> None:
    scheduler = Scheduler(max_queue=10)
    scheduler.open("a", Shape("text", capacity=1))
    scheduler.submit(1, "a", "ann", now=0)
    scheduler.submit(2, "a", "ann", now=0)
    run_turn(scheduler)
    assert scheduler.end(1)
    assert not scheduler.end(1)
    assert run_turn(scheduler) == ("a", ())
    assert scheduler.due() == -math.inf
    finish(scheduler)
    assert run_turn(scheduler) == ("a", (2,))


def test_only_those_who_still_wait_can_be_late() -> None:
    scheduler = Scheduler(max_queue=10)
    scheduler.open("a", Shape("text", capacity=1))
    for key in (1, 2, 3):
        scheduler.submit(key, "a", "ann", now=0, claim=Claim(deadline_s=5))
    scheduler.submit(4, "a", "bob", now=0)
    run_turn(scheduler)
    scheduler.end(3)
    assert scheduler.expired(now=4.9) == []
    assert scheduler.expired(now=5.0) == [2]
    assert scheduler.alive(1)
    assert scheduler.alive(4)


def test_nothing_to_do_is_due_never() -> None:
    scheduler = Scheduler(max_queue=10)
    scheduler.open("a", TEXT)
    assert scheduler.due() == math.inf
    scheduler.submit(1, "a", "ann", now=0, claim=Claim(deadline_s=60))
    scheduler.end(1)
    assert scheduler.due() == math.inf


class TestRoom:
    """Cards that do not fit beside those in use."""

    def crowded(self) -> Scheduler:
        """`a` runs request 1; `b`, asked for by request 2, does not fit beside it."""
        scheduler = Scheduler(max_queue=10)
        scheduler.open("a", TEXT)
        scheduler.submit(1, "a", "ann", now=0)
        run_turn(scheduler)
        scheduler.submit(2, "b", "bob", now=0)
        turn = scheduler.next_turn(now=0)
        assert turn is not None
        assert turn.card == "b"
        scheduler.hold("b")
        return scheduler

    def test_a_card_without_room_is_not_offered_until_another_is_idle(self) -> None:
        scheduler = self.crowded()
        assert [run_turn(scheduler), run_turn(scheduler)] == [("a", ()), ("a", ())]
        finish(scheduler, 1)
        turn = scheduler.next_turn(now=0)
        assert turn is not None
        assert (turn.card, turn.load) == ("b", True)

    def test_newcomers_cannot_keep_it_waiting_for_ever(self) -> None:
        scheduler = self.crowded()
        scheduler.submit(3, "a", "ann", now=0)
        assert run_turn(scheduler) == ("a", ())
        finish(scheduler, 1)
        assert run_turn(scheduler) == ("b", ())
        scheduler.shut("a")
        scheduler.open("b", TEXT)
        assert {run_turn(scheduler), run_turn(scheduler)} == {("b", (2,)), ("a", ())}

    def test_everybody_goes_on_when_the_one_who_wanted_room_gives_up(self) -> None:
        scheduler = self.crowded()
        scheduler.submit(3, "a", "ann", now=0)
        scheduler.end(2)
        assert run_turn(scheduler) == ("a", (3,))

    def test_a_given_back_lease_is_a_reason_to_try_again(self) -> None:
        scheduler = self.crowded()
        scheduler.make_room()
        cards = {(run_turn(scheduler) or ("",))[0] for _ in range(2)}
        assert cards == {"a", "b"}


def test_after_out_of_memory_fewer_are_admitted_until_nobody_asks_any_more() -> None:
    scheduler = Scheduler(max_queue=10)
    scheduler.open("a", TEXT)
    for key in range(1, 8):
        scheduler.submit(key, "a", "ann", now=0)
    run_turn(scheduler)
    scheduler.narrow("a", 2)
    finish(scheduler, 1, 2, 3)
    assert run_turn(scheduler) == ("a", (5,))
    finish(scheduler, 4, 5)
    assert run_turn(scheduler) == ("a", (6, 7))
    finish(scheduler, 6, 7)
    assert scheduler.capacity("a") == 4


def paid_turn(scheduler: Scheduler, seconds: dict[str, float]) -> tuple[str, tuple[int, ...]]:
    """One turn of a machine on which a row costs so many seconds by card; pictures end with it."""
    card, admitted = run_turn(scheduler, now=1.0) or ("", ())
    rows = sum(
        seat.work for line in scheduler.lines() if line.card == card for seat in line.seats.values()
    )
    scheduler.spent(card, Step(rows, seconds[card] * rows), seconds[card] * rows)
    finish(scheduler, *(admitted if card == "paint" else ()))
    return card, admitted


class TestLanes:
    """Nobody's pictures or melody hold up another's sentence."""

    def test_turns_are_shared_by_seconds_not_by_steps(self) -> None:
        scheduler = Scheduler(max_queue=200)
        scheduler.open("words", TEXT)
        scheduler.open("tunes", Shape("melody", capacity=4))
        scheduler.submit(1, "words", "ann", now=0)
        scheduler.submit(2, "tunes", "bob", now=0)
        cost = {"words": 0.03, "tunes": 0.3}
        cards = [paid_turn(scheduler, cost)[0] for _ in range(110)]
        assert 8 <= cards.count("tunes") <= 12

    def test_a_grid_of_pictures_holds_up_a_stream_for_one_bounded_step(self) -> None:
        """64 pictures at 0.2 s each and a big melody: between two tokens at most one step of each,
        and a step of pictures stays below half a second once it is known what a picture costs."""
        scheduler = Scheduler(max_queue=200)
        scheduler.open("words", TEXT)
        scheduler.open("tunes", Shape("melody", capacity=4))
        scheduler.open("paint", Shape("picture", capacity=16, linger_s=0.01))
        cost = {"words": 0.03, "tunes": 0.1, "paint": 0.2}
        for key in range(100, 110):
            scheduler.submit(key, "paint", "cy", now=0)
            if key in (100, 102, 104, 109):
                paid_turn(scheduler, cost)
        scheduler.submit(1, "words", "ann", now=0)
        scheduler.submit(2, "tunes", "bob", now=0)
        for key in range(3, 67):
            scheduler.submit(key, "paint", "cy", now=0)
        since_word: list[str] = []
        painted = 0
        for _ in range(300):
            card, admitted = paid_turn(scheduler, cost)
            since_word = [] if card == "words" else [*since_word, card]
            assert len(set(since_word)) == len(since_word) or "paint" not in since_word
            assert since_word.count("paint") <= 1
            if card == "paint":
                painted += len(admitted)
                assert len(admitted) * cost["paint"] <= 0.5
        assert painted > 20, "pictures starve"

    def test_alone_a_grid_fills_the_batch(self) -> None:
        scheduler = Scheduler(max_queue=200)
        scheduler.open("paint", Shape("picture", capacity=16))
        for key in range(1, 65):
            scheduler.submit(key, "paint", "cy", now=0)
        assert [len(paid_turn(scheduler, {"paint": 0.05})[1]) for _ in range(4)] == [16] * 4

    def test_large_pictures_count_as_what_they_take(self) -> None:
        """What is known of small ones holds for those of twice the edge, before one was painted;
        beside small ones they fill what room there is."""
        scheduler = Scheduler(max_queue=200)
        scheduler.open("paint", Shape("picture", capacity=16))
        cost = {"paint": 0.2}
        for key in range(1, 7):
            scheduler.submit(key, "paint", "cy", now=0)
            if key in (1, 3, 4, 6):
                paid_turn(scheduler, cost)
        for key in range(7, 10):
            scheduler.submit(key, "paint", "cy", now=0, claim=Claim(work=4.0))
        assert [len(paid_turn(scheduler, cost)[1]) for _ in range(3)] == [1, 1, 1]
        for key in range(10, 16):
            scheduler.submit(key, "paint", "cy", now=0)
        assert len(paid_turn(scheduler, cost)[1]) == 5

    def test_bulk_has_fewer_seconds_than_what_people_wait_for_but_some(self) -> None:
        scheduler = Scheduler(max_queue=200)
        scheduler.open("words", TEXT)
        scheduler.open("tunes", Shape("melody", capacity=4))
        scheduler.submit(1, "words", "ann", now=0)
        scheduler.submit(2, "tunes", "bob", now=0, claim=Claim(bulk=True))
        cost = {"words": 0.1, "tunes": 0.1}
        cards = [paid_turn(scheduler, cost)[0] for _ in range(100)]
        assert 18 <= cards.count("tunes") <= 22


def test_what_a_person_waits_for_goes_before_bulk_and_bulk_still_comes() -> None:
    scheduler = Scheduler(max_queue=200)
    scheduler.open("a", Shape("text", capacity=1))
    for key in range(1, 4):
        scheduler.submit(key, "a", "grid", now=0, claim=Claim(bulk=True))
    assert scheduler.submit(4, "a", "ann", now=0) == 0
    for key in range(5, 40):
        scheduler.submit(key, "a", f"user {key % 5}", now=0)
    served = []
    for _ in range(30):
        _, (key,) = run_turn(scheduler) or ("", (0,))
        served.append(key)
        finish(scheduler, key)
    assert served[0] == 4
    assert [place for place, key in enumerate(served) if key < 4] == [7, 15, 23]


def test_one_person_cannot_fill_the_queue_of_all() -> None:
    scheduler = Scheduler(max_queue=10, max_per_user=3)
    for key in (1, 2, 3):
        scheduler.submit(key, "a", "ann", now=0)
    with pytest.raises(Busy) as busy:
        scheduler.submit(4, "a", "ann", now=0)
    assert (busy.value.code, busy.value.position) == ("busy_user", 3)
    assert scheduler.submit(5, "a", "bob", now=0) == 1
    scheduler.end(1)
    scheduler.submit(6, "a", "ann", now=0)


def test_a_weight_of_the_request_counts_for_its_user() -> None:
    scheduler = Scheduler(max_queue=100, weights={"bob": 1.0})
    scheduler.open("a", Shape("text", capacity=1))
    for key in range(1, 41):
        user, weight = (("ann", 3.0), ("bob", 0.0))[key % 2]
        scheduler.submit(key, "a", user, now=0, claim=Claim(weight=weight))
    served = []
    for _ in range(16):
        _, (key,) = run_turn(scheduler) or ("", (0,))
        served.append(key)
        finish(scheduler, key)
    assert sum(key % 2 == 0 for key in served) == 12


def test_who_runs_past_the_deadline_is_told_to_end() -> None:
    scheduler = Scheduler(max_queue=10)
    scheduler.open("a", TEXT)
    scheduler.submit(1, "a", "ann", now=0, claim=Claim(run_deadline_s=9))
    turn = scheduler.next_turn(now=5)
    assert turn is not None
    scheduler.seat(1, 0)
    assert scheduler.overdue(now=13.9) == []
    assert scheduler.overdue(now=14.0) == [1]
