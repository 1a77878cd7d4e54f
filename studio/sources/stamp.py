"""The stamp a fetched card carries: what was put in its folder, and from which source."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path

from studio.catalog import Card, ShippedFile

STAMP_NAME = "installed.json"


@dataclass(frozen=True, slots=True)
class Stamp:
    """Written last into a fetched folder; a folder without it is not installed."""

    card: str
    version: str
    sources: tuple[str, ...]
    """SHA-256 the card asked for: a card with other sources needs a new fetch."""
    files: tuple[ShippedFile, ...]

    @classmethod
    def of(cls, card: Card, folder: Path) -> Stamp:
        """Hash what lies in the folder."""
        paths = sorted(path for path in folder.rglob("*") if path.is_file())
        return cls(card.name, card.version, wanted(card), tuple(_file(p, folder) for p in paths))

    @classmethod
    def read(cls, folder: Path) -> Stamp | None:
        """The stamp of a folder, None when it has none or an unreadable one."""
        try:
            table = json.loads((folder / STAMP_NAME).read_text("utf-8"))
            files = tuple(ShippedFile(**each) for each in table["files"])
            return cls(table["card"], table["version"], tuple(table["sources"]), files)
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def write(self, folder: Path) -> None:
        """Put the stamp into the folder."""
        (folder / STAMP_NAME).write_text(json.dumps(asdict(self), indent=1), "utf-8")


def wanted(card: Card) -> tuple[str, ...]:
    """What identifies the card's sources."""
    return tuple(each.sha256 or f"{each.repo_id}@{each.revision}" for each in card.sources)


def sha256_of(path: Path) -> str:
    """SHA-256 of a file, read in pieces."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _file(path: Path, folder: Path) -> ShippedFile:
    return ShippedFile(path.relative_to(folder).as_posix(), sha256_of(path), path.stat().st_size)
