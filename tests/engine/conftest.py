"""Managers without a thread, for a fixed order of events, and with one."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from studio.engine.manager import Manager
from tests.engine.fake_cards import MB, Cards, Clock


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def engine(clock: Clock) -> Iterator[Callable[..., Manager]]:
    """Makes managers without a thread: `drain` works in the test's own thread, in a fixed order."""
    managers: list[Manager] = []

    def make(cards: Cards, budget: int = 100 * MB, **more: object) -> Manager:
        manager = Manager(cards, budget_bytes=budget, clock=clock, threaded=False, **more)  # type: ignore[arg-type]
        managers.append(manager)
        return manager

    yield make
    for manager in managers:
        manager.close()


@pytest.fixture
def running() -> Iterator[Callable[..., Manager]]:
    """Makes managers with their device thread."""
    managers: list[Manager] = []

    def make(cards: Cards, budget: int = 100 * MB, **more: object) -> Manager:
        manager = Manager(cards, budget_bytes=budget, **more)  # type: ignore[arg-type]
        managers.append(manager)
        return manager

    yield make
    for manager in managers:
        manager.close()
