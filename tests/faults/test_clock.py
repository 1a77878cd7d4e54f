"""The clock of the machine is set back while the studio runs."""

from __future__ import annotations

import asyncio
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from studio.engine.manager import Manager
from studio.errors import DeadlineExceeded
from studio.families.fake import Fake
from studio.history.records import WorkRecord
from studio.history.store import Store
from studio.service import Studio
from tests.engine.fake_cards import MB, Cards, Gate, ask
from tests.faults.studio_tasks import USER, made


class Clock:
    """An hour earlier at every second look."""

    def __init__(self) -> None:
        self._now, self._looks = datetime(2026, 10, 25, 3, tzinfo=UTC), 0

    def __call__(self) -> datetime:
        self._looks += 1
        return self._now - timedelta(hours=1) * (self._looks % 2)


def test_the_history_keeps_the_order_of_making(tmp_path: Path) -> None:
    store = Store(tmp_path / "studio.sqlite3", clock=Clock())
    kept, parent = [], ""
    for number in range(6):
        record = WorkRecord(craft="writing", lang="en", text=f"work {number}", parent=parent)
        kept.append(store.add_work(USER, record))
        parent = kept[-1].id
    assert len({each.id for each in kept}) == 6
    assert len({each.created for each in kept}) == 2, "the dates did go back"
    newest_first = [each.text for each in reversed(kept)]
    assert [each.text for each in store.search(USER)] == newest_first
    pages = [each.text for at in (0, 2, 4) for each in store.search(USER, limit=2, offset=at)]
    assert pages == newest_first
    assert [each.text for each in store.lineage(USER, parent)] == newest_first[::-1]
    assert [each["text"] for each in store.export(USER)] == newest_first[::-1]


def test_brand_cards_keep_it_too(tmp_path: Path) -> None:
    store = Store(tmp_path / "studio.sqlite3", clock=Clock())
    for name in ("first", "second", "third"):
        store.brands.save(USER, name, {}, "")
    assert [each.name for each in store.brands.latest(USER)] == ["third", "second", "first"]


def test_deadlines_and_times_do_not_follow_the_wall_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    wall = time.time
    gate = Gate()
    with Manager(Cards(text=lambda: Fake(before_step=gate)), budget_bytes=100 * MB) as manager:
        running = manager.submit(ask(deadline_s=3600))
        assert gate.reached.wait(30)
        for step_s in (-3600.0, 86_400.0):
            monkeypatch.setattr(time, "time", lambda step_s=step_s: wall() + step_s)
            waiting = manager.submit(ask(deadline_s=1800, seed=2))
            assert not waiting.ended
        gate.open()
        usages = [running.result(30).usage, waiting.result(30).usage]
        assert all(0 <= each.wait_ms <= each.total_ms < 60_000 for each in usages)


def test_a_deadline_is_held_although_the_clock_goes_back(monkeypatch: pytest.MonkeyPatch) -> None:
    wall, gate = time.time, Gate()
    slow = Cards(text=lambda: Fake(capacity=1, before_step=gate))
    with Manager(slow, budget_bytes=100 * MB) as manager:
        first = manager.submit(ask())
        assert gate.reached.wait(30)
        late = manager.submit(ask(deadline_s=0.01, seed=2))
        monkeypatch.setattr(time, "time", lambda: wall() - 3600)
        time.sleep(0.02)
        gate.open()
        assert first.result(30).text
        with pytest.raises(DeadlineExceeded):
            late.result(30)


def test_works_made_across_the_change_are_listed_as_they_came(
    studio: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(studio._archive.store, "_clock", Clock())
    works = [asyncio.run(made(studio)).id for _ in range(3)]
    assert [each.id for each in asyncio.run(studio.search(user=USER))] == works[::-1]
