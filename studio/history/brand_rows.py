"""Brand cards in the database: a save never overwrites, it adds a version."""

from __future__ import annotations

import json
import sqlite3
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from studio.errors import InvalidInput
from studio.history.database import Database
from studio.history.rows import as_json


@dataclass(frozen=True, slots=True)
class BrandRecord:
    """One version of one card. `body` is the card as JSON has it."""

    id: str
    version: int
    name: str
    body: Mapping[str, object]
    created: str
    """ISO 8601, UTC."""


class BrandRows:
    """The table of them. Every method is told whose, and shows nobody else's."""

    def __init__(self, database: Database, timestamp: Callable[[], str]) -> None:
        self._database = database
        self._timestamp = timestamp

    def save(self, user: str, name: str, body: Mapping[str, object], card: str) -> BrandRecord:
        """The next version of the person's card of that id; a new card when they have none."""
        with self._database.writing() as connection:
            known = connection.execute(_LATEST + " AND id = ?", (user, card)).fetchone()
            card = card if known else uuid.uuid4().hex
            version = known["version"] + 1 if known else 1
            created = self._timestamp()
            connection.execute(
                "INSERT INTO brands (id, version, user, name, body, created) "
                "VALUES (?, ?, ?, ?, ?, ?)",
                (card, version, user, name, as_json(body), created),
            )
        return BrandRecord(card, version, name, body, created)

    def latest(self, user: str) -> tuple[BrandRecord, ...]:
        """The newest version of each of the person's cards, the last saved first."""
        with self._database.reading() as connection:
            rows = connection.execute(_LATEST + " ORDER BY rowid DESC", (user,))
            return tuple(_record(row) for row in rows)

    def every(self, user: str) -> tuple[BrandRecord, ...]:
        """Every version of all the person's cards, the oldest first."""
        with self._database.reading() as connection:
            rows = connection.execute("SELECT * FROM brands WHERE user = ? ORDER BY rowid", (user,))
            return tuple(_record(row) for row in rows)

    def one(self, user: str, card: str, version: int = 0) -> BrandRecord:
        """A version of a card, 0 for the newest. Raises InvalidInput when there is none."""
        found = self.versions(user, card)
        for each in found:
            if version in (0, each.version):
                return each
        raise _no_version(version) if found else _no_brand()

    def versions(self, user: str, card: str) -> tuple[BrandRecord, ...]:
        """Every version of a card, the newest first; none for nobody's or somebody else's."""
        with self._database.reading() as connection:
            rows = connection.execute(
                "SELECT * FROM brands WHERE user = ? AND id = ? ORDER BY version DESC", (user, card)
            )
            return tuple(_record(row) for row in rows)

    def delete(self, user: str, card: str) -> None:
        """Forget a card with all its versions. Raises InvalidInput when there is none."""
        with self._database.writing() as connection:
            gone = connection.execute(
                "DELETE FROM brands WHERE user = ? AND id = ?", (user, card)
            ).rowcount
        if not gone:
            raise _no_brand()


_LATEST = (
    "SELECT * FROM brands WHERE user = ? AND version = "
    "(SELECT max(version) FROM brands AS newer WHERE newer.id = brands.id)"
)


def _record(row: sqlite3.Row) -> BrandRecord:
    return BrandRecord(
        row["id"], row["version"], row["name"], json.loads(row["body"]), row["created"]
    )


def _no_brand() -> InvalidInput:
    return InvalidInput(
        "brand_card",
        "There is no such brand card.",
        "It may have been erased.",
        code="no_brand",
    )


def _no_version(version: int) -> InvalidInput:
    return InvalidInput(
        "brand_card",
        f"This brand card has no version {version}.",
        code="brand_no_version",
        version=version,
    )
