"""Users take turns; nobody's own requests overtake each other."""

from __future__ import annotations

import random

from studio.engine.fair_queue import FairQueue


def drained(queue: FairQueue) -> list[int]:
    return list(iter(queue.pop, None))


def test_a_grid_of_one_user_does_not_hold_up_another() -> None:
    queue = FairQueue()
    for key in range(1, 65):
        queue.push("ann", key)
    queue.push("bob", 65)
    assert drained(queue)[:3] == [1, 65, 2]


def test_a_user_keeps_the_order_of_their_own_requests() -> None:
    queue = FairQueue()
    for key, user in enumerate("aababcaabc"):
        queue.push(user, key)
    order = drained(queue)
    for user in "abc":
        own = [key for key, each in enumerate("aababcaabc") if each == user]
        assert [key for key in order if key in own] == own


def test_the_order_shown_is_the_order_served() -> None:
    draw = random.Random(7)
    queue = FairQueue()
    for key in range(40):
        queue.push(draw.choice("abcde"), key)
    for _ in range(10):
        queue.pop()
    shown = list(queue.order())
    assert shown == drained(queue)
    assert len(queue) == 0


def test_users_that_are_passed_over_keep_their_place() -> None:
    queue = FairQueue()
    queue.push("new", 5)
    queue.push("old", 2)
    assert queue.pop(newest=2) == 2
    assert queue.pop(newest=2) is None
    assert queue.pop() == 5


def test_a_removed_request_is_gone_and_its_user_too() -> None:
    queue = FairQueue()
    queue.push("ann", 1)
    queue.push("bob", 2)
    queue.remove(1)
    assert (len(queue), queue.oldest(), drained(queue)) == (1, 2, [2])
