"""Cards that a person trains: whose name they may take, and the versions that they keep."""

from __future__ import annotations

import shutil
import uuid
from collections.abc import Iterable
from pathlib import Path

from studio.catalog import read_card
from studio.errors import InvalidInput

VERSIONS = "versions"
"""Folder inside the card's own where earlier versions lie, to go back to."""


def check_own_name(models: Path, name: str) -> None:
    """Raises InvalidInput `name_taken` when a card of that name is not a person's own."""
    path = models / name / "model.toml"
    if path.is_file() and "run" not in read_card(path).training:
        raise InvalidInput(
            "card",
            f"{name} is a card of the studio's own.",
            "Choose another name.",
            code="name_taken",
            card=name,
        )


def next_version(folder: Path, run: str) -> str:
    """The version that `run` writes into a card's folder; an earlier run's is kept beside it.

    The same run replaces its own card, another makes a new version."""
    if not (folder / "model.toml").is_file():
        return "1"
    old = read_card(folder / "model.toml")
    if old.training.get("run") == run:
        return old.version
    kept = folder / VERSIONS / old.version
    if not kept.exists():
        kept.mkdir(parents=True)
        for path in folder.iterdir():
            if path.is_file():
                shutil.copy2(path, kept / path.name)
    return str(int(old.version) + 1)


def run_name(out: Path) -> str:
    """The run's own name, kept in its folder: a resumed run is the same run."""
    path = out / "run"
    if not path.is_file():
        path.write_text(uuid.uuid4().hex[:12], encoding="utf-8")
    return path.read_text("utf-8").strip()


def begin_anew(out: Path, left: Iterable[str]) -> None:
    """Remove what a run has left in its folder (glob patterns), and nothing else there."""
    for pattern in left:
        for path in out.glob(pattern):
            path.unlink()
