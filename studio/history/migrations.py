"""The schema, as an append-only list of small steps.

A change is one function appended to MIGRATIONS; a released one is never edited. Each runs once, in
its own transaction; its name is then in the table `migrations`.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

Migration = Callable[[sqlite3.Connection], None]


def m001_works(connection: sqlite3.Connection) -> None:
    """Every finished result with its recipe."""
    connection.execute(
        """
        CREATE TABLE works (
            id TEXT PRIMARY KEY,
            user TEXT NOT NULL,
            craft TEXT NOT NULL,
            lang TEXT NOT NULL,
            title TEXT NOT NULL,
            text TEXT NOT NULL,
            body TEXT NOT NULL,
            inputs TEXT NOT NULL,
            plan TEXT NOT NULL,
            outputs TEXT NOT NULL,
            recipe TEXT NOT NULL,
            starred INTEGER NOT NULL DEFAULT 0,
            created TEXT NOT NULL
        )
        """
    )
    connection.execute("CREATE INDEX works_by_user ON works (user, created DESC)")


def m002_duels_and_votes(connection: sqlite3.Connection) -> None:
    """Blind comparisons; one vote a person and duel."""
    connection.execute(
        """
        CREATE TABLE duels (
            id TEXT PRIMARY KEY,
            user TEXT NOT NULL,
            craft TEXT NOT NULL,
            inputs TEXT NOT NULL,
            arms TEXT NOT NULL,
            created TEXT NOT NULL
        )
        """
    )
    connection.execute(
        """
        CREATE TABLE votes (
            duel TEXT NOT NULL REFERENCES duels (id) ON DELETE CASCADE,
            user TEXT NOT NULL,
            choice TEXT NOT NULL CHECK (choice IN ('a', 'b', 'c', 'd', 'tie', 'both_bad')),
            created TEXT NOT NULL,
            PRIMARY KEY (duel, user)
        )
        """
    )


def m003_lineage_and_usage(connection: sqlite3.Connection) -> None:
    """Which work a work was made from, and what it cost."""
    connection.execute("ALTER TABLE works ADD COLUMN parent TEXT NOT NULL DEFAULT ''")
    connection.execute("ALTER TABLE works ADD COLUMN usage TEXT NOT NULL DEFAULT '{}'")


def m004_works_by_parent(connection: sqlite3.Connection) -> None:
    """The versions of a manuscript are found by what they were made from."""
    connection.execute("CREATE INDEX works_by_parent ON works (parent) WHERE parent != ''")


def m005_brands(connection: sqlite3.Connection) -> None:
    """Brand cards: every version of each stays."""
    connection.execute(
        """
        CREATE TABLE brands (
            id TEXT NOT NULL,
            version INTEGER NOT NULL,
            user TEXT NOT NULL,
            name TEXT NOT NULL,
            body TEXT NOT NULL,
            created TEXT NOT NULL,
            PRIMARY KEY (id, version)
        )
        """
    )
    connection.execute("CREATE INDEX brands_by_user ON brands (user, created)")


def m006_links(connection: sqlite3.Connection) -> None:
    """What came from what, across crafts: a work may come from several."""
    connection.execute(
        """
        CREATE TABLE links (
            child TEXT NOT NULL REFERENCES works (id) ON DELETE CASCADE,
            parent TEXT NOT NULL,
            version INTEGER NOT NULL,
            relation TEXT NOT NULL,
            PRIMARY KEY (child, parent, version, relation)
        )
        """
    )
    connection.execute("CREATE INDEX links_by_parent ON links (parent)")


def m007_works_in_order(connection: sqlite3.Connection) -> None:
    """Works are listed in the order of keeping: dates go back when a clock is set back."""
    connection.execute("DROP INDEX works_by_user")
    connection.execute("CREATE INDEX works_by_user ON works (user)")


MIGRATIONS: tuple[Migration, ...] = (
    m001_works,
    m002_duels_and_votes,
    m003_lineage_and_usage,
    m004_works_by_parent,
    m005_brands,
    m006_links,
    m007_works_in_order,
)


def migrate(connection: sqlite3.Connection) -> tuple[str, ...]:
    """Apply what is missing; returns the names applied now.

    Safe when two processes start at once: the second waits, then finds nothing to do. The
    connection must be in autocommit mode (`isolation_level=None`).
    """
    connection.execute(
        "CREATE TABLE IF NOT EXISTS migrations (name TEXT PRIMARY KEY, applied TEXT NOT NULL)"
    )
    return tuple(each.__name__ for each in MIGRATIONS if _applied(connection, each))


def _applied(connection: sqlite3.Connection, migration: Migration) -> bool:
    name = migration.__name__
    connection.execute("BEGIN IMMEDIATE")
    try:
        known = connection.execute("SELECT 1 FROM migrations WHERE name = ?", (name,)).fetchone()
        if not known:
            migration(connection)
            connection.execute("INSERT INTO migrations VALUES (?, datetime('now'))", (name,))
    except sqlite3.Error:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")
    return not known
