"""How the history's file is opened: one short connection for each piece of work.

A connection takes well under a millisecond to open and belongs to one thread, so that any number
of threads may use one store. WAL lets readers go on while one writes; it is a property of the
file, so only the first to open it has to switch it on.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from studio.errors import StorageFailed

BUSY_TIMEOUT_MS = 10_000
_RETRY_S = 0.01
_CODES: Mapping[int, str] = MappingProxyType(
    {
        sqlite3.SQLITE_FULL: "disk_full",
        sqlite3.SQLITE_READONLY: "disk_read_only",
        sqlite3.SQLITE_CANTOPEN: "disk_read_only",
        sqlite3.SQLITE_IOERR: "disk_failed",
        sqlite3.SQLITE_BUSY: "disk_failed",
        sqlite3.SQLITE_CORRUPT: "history_damaged",
        sqlite3.SQLITE_NOTADB: "history_damaged",
    }
)
"""Primary result codes (sqlite.org/rescode.html) that a person can do something about."""


@dataclass(frozen=True, slots=True)
class Database:
    """The path of a SQLite file, and the two ways to work on it. Both raise StorageFailed."""

    path: Path

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """A connection whose statements each stand alone."""
        with _told(), closing(self._open()) as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """One transaction: all of it is kept, or none when the block raises."""
        with _told(), closing(self._open()) as connection:
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
                connection.execute("COMMIT")
            except BaseException:
                if connection.in_transaction:  # a full disk ends it by itself
                    connection.execute("ROLLBACK")
                raise

    def _open(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self.path, isolation_level=None)
        connection.row_factory = sqlite3.Row
        connection.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")
        _write_ahead(connection)
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("PRAGMA foreign_keys = ON")
        return connection


@contextmanager
def _told() -> Iterator[None]:
    """What the disk refuses, as a sentence; mistakes in the SQL pass as they are."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        code = _CODES.get(getattr(error, "sqlite_errorcode", 0) & 0xFF)
        if code is None:
            raise
        raise StorageFailed(code) from error


def _write_ahead(connection: sqlite3.Connection) -> None:
    """Switch the file to WAL where it is not yet. While others do the same, SQLite says "locked"
    at once, whatever the busy timeout (sqlite.org/wal.html, section 2.2)."""
    ends = time.monotonic() + BUSY_TIMEOUT_MS / 1000
    while True:
        try:
            if connection.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
                connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > ends:
                connection.close()
                raise
            time.sleep(_RETRY_S)
