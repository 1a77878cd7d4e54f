"""The history: works, duels, votes. Every method is told whose, and shows nobody else's.

All methods are synchronous and safe from any number of threads; call them through
`asyncio.to_thread`. All raise StorageFailed for a full disk or a broken file. Order is the order of
keeping (`rowid`), not of the dates: a clock may be set back.
"""

from __future__ import annotations

import json
import sqlite3
import uuid
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, replace
from datetime import UTC, datetime
from pathlib import Path

from studio.errors import InvalidInput
from studio.history.brand_rows import BrandRows
from studio.history.database import Database
from studio.history.link_rows import LINEAGE, add_links, with_links
from studio.history.migrations import migrate
from studio.history.records import (
    CHOICES,
    SIDES,
    Ballot,
    DuelRecord,
    Preference,
    WorkRecord,
)
from studio.history.rows import (
    WORK_COLUMNS,
    as_json,
    as_mapping,
    duel_of,
    work_of,
    work_values,
)
from studio.history.standings import StandingsTable, standings_of
from studio.storage import storing

Clock = Callable[[], datetime]


def _now() -> datetime:
    return datetime.now(UTC)


class Store:
    """One SQLite file. Opening it creates it, and brings an older one up to date."""

    def __init__(self, path: Path, *, clock: Clock = _now) -> None:
        with storing():
            path.parent.mkdir(parents=True, exist_ok=True)
        self._database = Database(path)
        self._clock = clock
        self.brands = BrandRows(self._database, self._timestamp)
        with self._database.reading() as connection:
            migrate(connection)

    def add_work(self, user: str, work: WorkRecord) -> WorkRecord:
        """Keep a work; returns it with its id and time."""
        kept = replace(work, id=work.id or _new_id(), created=work.created or self._timestamp())
        columns, places = ", ".join(WORK_COLUMNS), ", ".join("?" * len(WORK_COLUMNS))
        with self._database.writing() as connection:
            connection.execute(
                f"INSERT INTO works ({columns}) VALUES ({places})", work_values(user, kept)
            )
            add_links(connection, kept.id, kept.links)
        return kept

    def work(self, user: str, work_id: str) -> WorkRecord:
        """One of the person's works. Raises InvalidInput when there is none of that id."""
        with self._database.reading() as connection:
            row = connection.execute(
                "SELECT * FROM works WHERE id = ? AND user = ?", (work_id, user)
            ).fetchone()
            if row is None:
                raise _no_work(work_id)
            return with_links(connection, [work_of(row)])[0]

    def has_work(self, work_id: str) -> bool:
        """Whether anybody has a work of that id."""
        with self._database.reading() as connection:
            found = connection.execute("SELECT 1 FROM works WHERE id = ?", (work_id,)).fetchone()
        return found is not None

    def search(
        self,
        user: str,
        query: str = "",
        craft: str = "",
        starred: bool = False,
        limit: int = 50,
        offset: int = 0,
    ) -> tuple[WorkRecord, ...]:
        """The person's works, newest first, in which every word of the query occurs (in the
        brief, the title or the result)."""
        clauses, values = _conditions(user, query, craft, starred)
        with self._database.reading() as connection:
            rows = connection.execute(
                f"SELECT * FROM works WHERE {clauses} ORDER BY rowid DESC LIMIT ? OFFSET ?",
                (*values, max(0, limit), max(0, offset)),
            ).fetchall()
            return with_links(connection, [work_of(row) for row in rows])

    def lineage(self, user: str, work_id: str) -> tuple[WorkRecord, ...]:
        """The works that hang together with this one by parents and links, oldest first."""
        self.work(user, work_id)
        with self._database.reading() as connection:
            rows = connection.execute(LINEAGE, {"user": user, "id": work_id}).fetchall()
            return with_links(connection, [work_of(row) for row in rows])

    def star(self, user: str, work_id: str, starred: bool = True) -> None:
        """Put a work among the starred, or take it out. Raises InvalidInput for no such work."""
        with self._database.writing() as connection:
            changed = connection.execute(
                "UPDATE works SET starred = ? WHERE id = ? AND user = ?", (starred, work_id, user)
            ).rowcount
        if not changed:
            raise _no_work(work_id)

    def erase(self, user: str) -> tuple[str, ...]:
        """Forget everything of this person; returns the ids of the works whose files may go."""
        with self._database.writing() as connection:
            rows = connection.execute("SELECT id FROM works WHERE user = ?", (user,)).fetchall()
            for table in ("votes", "duels", "works", "brands"):
                connection.execute(f"DELETE FROM {table} WHERE user = ?", (user,))
        return tuple(row["id"] for row in rows)

    def export(self, user: str) -> Iterator[Mapping[str, object]]:
        """Everything of this person, oldest first, as JSON-able rows with their "kind"."""
        with self._database.reading() as connection:
            for row in connection.execute(
                "SELECT * FROM works WHERE user = ? ORDER BY rowid", (user,)
            ):
                yield {"kind": "work", **as_mapping(with_links(connection, [work_of(row)])[0])}
            for row in connection.execute(_DUELS + " ORDER BY duels.rowid", (user, user)):
                yield {"kind": "duel", **as_mapping(duel_of(row))}
        for each in self.brands.every(user):
            yield {"kind": "brand", **asdict(each)}

    def add_duel(self, user: str, duel: DuelRecord) -> DuelRecord:
        """Keep a duel, its arms in the order shown: who shows them has drawn the sides.

        Raises InvalidInput unless there are two to four arms, all with works of this person.
        """
        if not 2 <= len(duel.arms) <= len(SIDES):
            raise InvalidInput("arms", "A duel needs two to four arms.", code="arms")
        for arm in duel.arms:
            self.work(user, arm.work)
        kept = replace(duel, id=duel.id or _new_id(), created=self._timestamp())
        stored = as_json([as_mapping(arm) for arm in kept.arms])
        with self._database.writing() as connection:
            connection.execute(
                "INSERT INTO duels (id, user, craft, inputs, arms, created) "
                "VALUES (?, ?, ?, ?, ?, ?)",
                (kept.id, user, kept.craft, as_json(kept.inputs), stored, kept.created),
            )
        return kept

    def duel(self, user: str, duel_id: str) -> DuelRecord:
        """One of the person's duels, with their vote. Raises InvalidInput for no such duel."""
        with self._database.reading() as connection:
            row = connection.execute(_DUELS + " AND duels.id = ?", (user, user, duel_id)).fetchone()
        if row is None:
            raise InvalidInput(
                "duel", "There is no such comparison.", "Start a new one.", code="no_duel"
            )
        return duel_of(row)

    def vote(self, user: str, duel_id: str, choice: str) -> DuelRecord:
        """The person's one vote on a duel.

        Raises InvalidInput: no such duel, no such side, or a second vote.
        """
        duel = self.duel(user, duel_id)
        if choice not in CHOICES or choice in SIDES[len(duel.arms) :]:
            raise InvalidInput("vote", f"{choice} is no side of this duel.", code="no_side")
        try:
            with self._database.writing() as connection:
                connection.execute(
                    "INSERT INTO votes (duel, user, choice, created) VALUES (?, ?, ?, ?)",
                    (duel_id, user, choice, self._timestamp()),
                )
        except sqlite3.IntegrityError:
            raise InvalidInput(
                "vote",
                "You have voted on this one already.",
                "Make two new versions to vote again.",
                code="vote_twice",
            ) from None
        return replace(duel, choice=choice)

    def standings(self, craft: str = "") -> StandingsTable:
        """Standings of the arms' labels from everybody's votes: numbers, nobody's works."""
        with self._database.reading() as connection:
            rows = connection.execute(
                "SELECT duels.arms, votes.choice FROM votes JOIN duels ON duels.id = votes.duel "
                "WHERE ? IN ('', duels.craft) ORDER BY votes.rowid",
                (craft,),
            ).fetchall()
        return standings_of(
            [
                Ballot(tuple(arm["label"] for arm in json.loads(row["arms"])), row["choice"])
                for row in rows
            ]
        )

    def votes_as_preferences(self, user: str, craft: str = "") -> tuple[Preference, ...]:
        """The person's decided votes as pairs: the winner against each of the others."""
        with self._database.reading() as connection:
            rows = connection.execute(
                _DUELS + " AND ? IN ('', duels.craft) AND votes.choice IN ('a', 'b', 'c', 'd') "
                "ORDER BY duels.rowid",
                (user, user, craft),
            ).fetchall()
        pairs = (self._pairs(user, duel_of(row)) for row in rows)
        return tuple(pair for duel in pairs for pair in duel)

    def _pairs(self, user: str, duel: DuelRecord) -> Iterator[Preference]:
        outputs = [self.work(user, arm.work).outputs for arm in duel.arms]
        winner = SIDES.index(duel.choice)
        for at, rejected in enumerate(outputs):
            if at != winner and rejected and outputs[winner]:
                yield Preference(
                    craft=duel.craft,
                    inputs=duel.inputs,
                    chosen=outputs[winner][0],
                    rejected=rejected[0],
                )

    def _timestamp(self) -> str:
        return self._clock().isoformat(timespec="milliseconds")


_DUELS = (
    "SELECT duels.*, coalesce(votes.choice, '') AS choice FROM duels "
    "LEFT JOIN votes ON votes.duel = duels.id AND votes.user = ? WHERE duels.user = ?"
)


def _new_id() -> str:
    return uuid.uuid4().hex


def _no_work(work_id: str) -> InvalidInput:
    return InvalidInput(
        "work", f"There is no work {work_id}.", "It may have been erased.", code="no_work"
    )


def _conditions(user: str, query: str, craft: str, starred: bool) -> tuple[str, list[object]]:
    clauses, values = ["user = ?"], list[object]([user])
    if craft:
        clauses.append("craft = ?")
        values.append(craft)
    if starred:
        clauses.append("starred = 1")
    for word in query.split():
        clauses.append("(title || char(10) || text || char(10) || body) LIKE ? ESCAPE '\\'")
        values.append(f"%{_literal(word)}%")
    return " AND ".join(clauses), values


def _literal(word: str) -> str:
    """The word with LIKE's own signs taken literally."""
    return word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
