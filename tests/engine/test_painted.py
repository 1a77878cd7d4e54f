"""A composition that was painted lately is given again without a model."""

from __future__ import annotations

from dataclasses import replace

from studio.engine.painted import Painted
from studio.requests import Completion, Picture, Request

REQUEST = Request(
    card="gan/abstract", seed=4, prompt="calm", condition={"style": "rings", "drift": 0.2}
)
MADE = Completion(
    picture=Picture(8, 8, bytes(192)), data={"layout": "code", "slots": ["#000000"], "noise": 4}
)


def test_the_same_request_gets_its_picture_at_once() -> None:
    painted = Painted()
    painted.keep(REQUEST, MADE, "v1")
    ticket = painted.ticket(replace(REQUEST, user="ben"), "v1")
    assert ticket is not None
    assert ticket.result().picture == MADE.picture
    assert ticket.result().data == MADE.data


def test_so_does_the_request_that_makes_it_again_from_its_layout() -> None:
    painted = Painted()
    painted.keep(REQUEST, MADE, "v1")
    again = {"style": "rings", **MADE.data}
    assert painted.ticket(replace(REQUEST, condition=again), "v1") is not None


def test_other_seeds_words_and_weights_are_painted() -> None:
    painted = Painted()
    painted.keep(REQUEST, MADE, "v1")
    assert painted.ticket(replace(REQUEST, seed=5), "v1") is None
    assert painted.ticket(replace(REQUEST, prompt="angry"), "v1") is None
    assert painted.ticket(REQUEST, "v2") is None


def test_the_oldest_leave_when_memory_is_full() -> None:
    painted = Painted(budget_bytes=2 * 192)
    for seed in (1, 2, 3):
        made = replace(MADE, picture=Picture(8, 8, bytes([seed]) * 192))
        painted.keep(replace(REQUEST, seed=seed), made, "v1")
    assert painted.ticket(replace(REQUEST, seed=1), "v1") is None
    assert painted.ticket(replace(REQUEST, seed=3), "v1") is not None
