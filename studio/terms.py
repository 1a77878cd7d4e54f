"""Which models' terms of use have been accepted here, and when: a small file in the data folder."""

from __future__ import annotations

import json
import os
from collections.abc import Collection
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from studio.catalog import Card, Terms
from studio.errors import NotReady
from studio.storage import storing


class AcceptedTerms:
    """Read anew at every question, so that the page and the command line see each other's answers.

    `given`: names of terms that the operator accepts by a setting.
    """

    def __init__(self, file: Path, given: Collection[str] = ()) -> None:
        self._file = file
        self._given = frozenset(given)

    def cover(self, terms: Terms | None) -> bool:
        """Whether these terms, in this version, are accepted; where there are none, they are."""
        if terms is None or terms.name in self._given:
            return True
        return bool(self._read().get(terms.name, {}).get("version") == terms.version)

    def accept(self, terms: Terms) -> None:
        """Write down that these terms were accepted, and when (UTC). Raises StorageFailed."""
        now = datetime.now(UTC).isoformat(timespec="seconds")
        entry = {"version": terms.version, "url": terms.url, "accepted": now}
        with storing():
            self._file.parent.mkdir(parents=True, exist_ok=True)
            made = self._file.with_suffix(f".{os.getpid()}")
            made.write_text(json.dumps(self._read() | {terms.name: entry}, indent=1), "utf-8")
            made.replace(self._file)

    def _read(self) -> dict[str, Any]:
        try:
            table = json.loads(self._file.read_text("utf-8"))
        except (OSError, ValueError):
            return {}
        return table if isinstance(table, dict) else {}


def not_accepted(card: Card, terms: Terms) -> NotReady:
    """What is said when a card is wanted whose terms nobody has accepted yet."""
    return NotReady(
        card.name,
        f"{card.name} comes under the {terms.title} ({terms.url}). Read and accept them first.",
        f"On the page, or with: studio models fetch {card.name} --accept {terms.name}",
        code="terms_not_accepted",
        title=terms.title,
        url=terms.url,
        name=terms.name,
    )
