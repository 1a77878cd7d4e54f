"""`studio models`: what there is, fetched and verified. Imports no page and no torch.

A card that comes under terms of use is fetched when they are accepted: by an answer on the
terminal, by `--accept NAME`, or by STUDIO_ACCEPT. Without any the others are fetched all the same.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping, Sequence, Set

from studio.catalog import Card, Catalog
from studio.consent import Consent
from studio.roster import with_composer, with_painter
from studio.settings import Settings
from studio.sources import fetch, installed, verify
from studio.writers import with_writers


def models(arguments: argparse.Namespace, settings: Settings) -> int:
    """`studio models list|fetch|verify`."""
    catalog, writer = with_writers(Catalog.read(settings.models_dir), settings)
    catalog, painter = with_painter(catalog, settings.painter)
    catalog, composer = with_composer(catalog, settings.composer)
    actions = {"list": _list_models, "fetch": _fetch_models, "verify": _verify_models}
    consent = Consent(catalog, settings, arguments.accept)
    chosen = [catalog.card(name) for name in arguments.cards]
    if arguments.action == "fetch":
        consent.require(chosen)
    if not chosen and arguments.action == "list":
        chosen = list(catalog)
    elif not chosen:
        chosen = list(consent.among(_wanted(catalog, {writer, painter, composer})))
    rows, code = actions[arguments.action](chosen, settings)
    if arguments.json:
        print(json.dumps(rows, ensure_ascii=False, indent=2))
    else:
        print("\n".join("  ".join(str(value) for value in row.values()) for row in rows))
    return code


def _list_models(
    cards: Sequence[Card], settings: Settings
) -> tuple[list[Mapping[str, object]], int]:
    rows: list[Mapping[str, object]] = [
        {
            "card": card.name,
            "version": card.version,
            "kind": card.kind,
            "licence": card.licence,
            "installed": installed(card, settings.cache_dir) is not None,
            "parameters": card.parameters,
            "measured": dict(card.measured),
        }
        for card in cards
    ]
    return rows, 0


def _fetch_models(
    cards: Sequence[Card], settings: Settings
) -> tuple[list[Mapping[str, object]], int]:
    rows: list[Mapping[str, object]] = []
    for card in cards:
        here = installed(card, settings.cache_dir)
        folder = here or fetch(card, settings.cache_dir, _ProgressLine())
        rows.append({"card": card.name, "folder": str(folder)})
    return rows, 0


def _wanted(catalog: Catalog, configured: Set[str]) -> list[Card]:
    """What is configured, and what can be had without a model hub: shipped or from a wheel."""
    kinds = ((card, {source.kind for source in card.sources}) for card in catalog)
    return [
        card
        for card, sources in kinds
        if not sources or "wheel" in sources or card.name in configured
    ]


class _ProgressLine:
    """One line on the terminal that is written again only when it says something new."""

    def __init__(self) -> None:
        self._said = ""

    def __call__(self, done: int, total: int | None, stage: str) -> None:
        share = f"{done / total:4.0%}" if total else f"{done / 1e6:.0f} MB"
        line = f"{stage}: {share}"
        if line != self._said:
            end = "\n" if total and done >= total else "\r"
            print(line, end=end, file=sys.stderr, flush=True)
        self._said = line


def _verify_models(
    cards: Sequence[Card], settings: Settings
) -> tuple[list[Mapping[str, object]], int]:
    rows: list[Mapping[str, object]] = []
    for card in cards:
        folder = installed(card, settings.cache_dir)
        problems = verify(card, folder) if folder else ["not installed"]
        rows.append({"card": card.name, "state": "ok" if not problems else "; ".join(problems)})
    return rows, int(any(row["state"] != "ok" for row in rows))
