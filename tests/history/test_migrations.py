"""An old database opens, keeps its rows, and is like a new one."""

from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from threading import Barrier

import pytest

from studio.history.migrations import MIGRATIONS, migrate
from studio.history.records import WorkRecord
from studio.history.store import Store

OLDEST_WORK = (
    "w1", "ada", "writing", "en", "Old", "an old brief", "An old story.",
    '{"text": "an old brief"}', "{}", '[{"text": "An old story.", "seed": 3}]',
    '{"craft": "writing"}', 1, "2026-01-01T00:00:00.000+00:00",
)  # fmt: skip


def a_database(path: Path, steps: int) -> None:
    """A file as the version of `steps` migrations left it, with one work."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("CREATE TABLE migrations (name TEXT PRIMARY KEY, applied TEXT NOT NULL)")
        for step in MIGRATIONS[:steps]:
            step(connection)
            connection.execute("INSERT INTO migrations VALUES (?, 'then')", (step.__name__,))
        marks = ", ".join("?" * len(OLDEST_WORK))
        connection.execute(
            "INSERT INTO works (id, user, craft, lang, title, text, body, inputs, plan, outputs, "
            f"recipe, starred, created) VALUES ({marks})",
            OLDEST_WORK,
        )


def shape(path: Path) -> list[tuple[str, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        tables = [row[0] for row in connection.execute("SELECT name FROM sqlite_master ORDER BY 1")]
        return [(t, *map(str, connection.execute(f"PRAGMA table_info({t})"))) for t in tables]


@pytest.mark.parametrize("steps", range(1, len(MIGRATIONS) + 1))
def test_every_older_schema_opens_with_its_rows_and_becomes_the_newest(tmp_path, steps):
    old, new = tmp_path / "old.sqlite", tmp_path / "new.sqlite"
    a_database(old, steps)
    store = Store(old)
    work = store.work("ada", "w1")
    assert (work.title, work.starred, work.parent) == ("Old", True, "")
    assert work.outputs[0]["text"] == "An old story."
    assert store.search("ada", "old story") == (work,)
    store.add_work("ada", WorkRecord(craft="melody", lang="en", text="new", parent="w1"))
    Store(new)
    assert shape(old) == shape(new)


def test_migrating_again_does_nothing(tmp_path):
    with closing(sqlite3.connect(tmp_path / "a.sqlite", isolation_level=None)) as connection:
        assert migrate(connection) == tuple(step.__name__ for step in MIGRATIONS)
        assert migrate(connection) == ()


def test_a_failing_step_leaves_the_file_as_it_was(tmp_path, monkeypatch):
    def m999_broken(connection: sqlite3.Connection) -> None:
        connection.execute("ALTER TABLE works ADD COLUMN half TEXT")
        connection.execute("ALTER TABLE nowhere ADD COLUMN x TEXT")

    a_database(tmp_path / "a.sqlite", 1)
    monkeypatch.setattr("studio.history.migrations.MIGRATIONS", (*MIGRATIONS, m999_broken))
    with pytest.raises(sqlite3.OperationalError):
        Store(tmp_path / "a.sqlite")
    monkeypatch.undo()
    assert Store(tmp_path / "a.sqlite").work("ada", "w1").title == "Old"


def test_names_are_in_order_and_unlike():
    names = [step.__name__ for step in MIGRATIONS]
    assert names == sorted(set(names))


@pytest.mark.parametrize("time", range(20))
def test_opening_a_new_file_from_many_threads_at_once_works(time, tmp_path):
    together = Barrier(6)

    def opened(_: int) -> Store:
        together.wait()
        return Store(tmp_path / "new.sqlite")

    with ThreadPoolExecutor(6) as threads:
        stores = list(threads.map(opened, range(6)))
    assert stores[0].search("ada") == ()
