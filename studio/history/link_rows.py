"""What came from what, in the database: a work may come from several, of any craft."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from studio.history.records import LinkRecord, WorkRecord

MOST_ASKED = 500
"""Works asked for at once: SQLite takes 999 values in older builds."""

LINEAGE = """
WITH RECURSIVE family (id) AS (
  SELECT :id
  UNION SELECT w.parent FROM works w JOIN family f ON w.id = f.id
    WHERE w.user = :user AND w.parent != ''
  UNION SELECT w.id FROM works w JOIN family f ON w.parent = f.id
    WHERE w.user = :user AND w.parent != ''
  UNION SELECT l.parent FROM links l JOIN family f ON l.child = f.id
  UNION SELECT l.child FROM links l JOIN family f ON l.parent = f.id)
SELECT * FROM works WHERE user = :user AND id IN (SELECT id FROM family) ORDER BY rowid
"""
"""Every work of a person that hangs together with one, by parents and by links."""


def add_links(connection: sqlite3.Connection, child: str, links: Iterable[LinkRecord]) -> None:
    """Keep what a work came from; the same link twice is one."""
    connection.executemany(
        "INSERT OR IGNORE INTO links (child, parent, version, relation) VALUES (?, ?, ?, ?)",
        [(child, each.parent, each.version, each.relation) for each in links],
    )


def with_links(
    connection: sqlite3.Connection, works: Sequence[WorkRecord]
) -> tuple[WorkRecord, ...]:
    """The works with what they came from."""
    found = _links(connection, [each.id for each in works])
    return tuple(replace(each, links=tuple(found.get(each.id, ()))) for each in works)


def _links(
    connection: sqlite3.Connection, children: Sequence[str]
) -> Mapping[str, list[LinkRecord]]:
    found: dict[str, list[LinkRecord]] = {}
    for start in range(0, len(children), MOST_ASKED):
        some = children[start : start + MOST_ASKED]
        places = ", ".join("?" * len(some))
        rows = connection.execute(
            f"SELECT * FROM links WHERE child IN ({places}) ORDER BY rowid", some
        )
        for row in rows:
            link = LinkRecord(row["parent"], row["version"], row["relation"])
            found.setdefault(row["child"], []).append(link)
    return found
