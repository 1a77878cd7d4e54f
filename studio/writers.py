"""Which writers there are, with what a person should know before choosing one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from studio.catalog import Card, Catalog
from studio.engine.status import Status
from studio.errors import StudioError
from studio.roster import with_writer
from studio.settings import Settings
from studio.sources import installed
from studio.sources.endpoint import endpoint_card
from studio.sources.parameters import count_parameters

Fits = Literal["loaded", "fits", "makes_room", "too_large", "unknown", "elsewhere"]

HUB_BYTES_A_PARAMETER = 2
"""Models lie on the hub in 16 bits."""


@dataclass(frozen=True, slots=True)
class Writer:
    """One writer: how large, whose, for which languages, whether it is here and fits."""

    card: str
    kind: str
    licence: str
    languages: tuple[str, ...]
    crafts: tuple[str, ...]
    parameters: int
    """0: not known."""
    download_bytes: int
    """What fetching it takes, about; 0: not known, or nothing to fetch."""
    installed: bool
    accepted: bool
    """Its terms of use, where it has any."""
    need_bytes: int
    """Memory it takes once loaded, caches included; 0: not known."""
    free_bytes: int
    """Memory that no loaded card holds now."""
    fits: Fits

    @property
    def usable(self) -> bool:
        """Whether it can write now, or when others have made room."""
        return self.installed and self.accepted and self.fits != "too_large"


def with_writers(catalog: Catalog, settings: Settings) -> tuple[Catalog, str]:
    """The catalog with the configured endpoint and writer in it, and the writer's card name.

    The endpoint comes last: it serves by itself only what no card on this machine does.
    STUDIO_WRITER may name its card, or its model as it calls it.
    """
    if not settings.endpoint:
        return with_writer(catalog, settings.writer)
    card = endpoint_card(settings)
    chosen = bool(settings.writer) and settings.writer in (card.name, settings.endpoint_model)
    catalog, writer = with_writer(catalog, "" if chosen else settings.writer)
    return catalog.with_card(card), card.name if chosen else writer


class Writers:
    """The writers of a catalog, looked at anew each time."""

    def __init__(
        self,
        catalog: Catalog,
        settings: Settings,
        is_here: Callable[[Card], bool],
        accepted: Callable[[Card], bool],
        need_bytes: Callable[[str], int],
    ) -> None:
        """`need_bytes(card)` estimates; the first time it may import what runs the card."""
        self._catalog = catalog
        self._settings = settings
        self._is_here = is_here
        self._accepted = accepted
        self._need_bytes = need_bytes

    def __iter__(self) -> Iterator[Card]:
        """The cards that write, adapters aside."""
        return (card for card in self._catalog if "writer" in card.roles and card.kind != "lora")

    def told(self, engine: Status) -> tuple[Writer, ...]:
        """All of them, told against the engine's memory at this moment."""
        return tuple(self._told(card, engine) for card in self)

    def _told(self, card: Card, engine: Status) -> Writer:
        here, need = self._is_here(card), self._needs(card)
        free = max(0, engine.budget_bytes - engine.resident_bytes)
        return Writer(
            card=card.name,
            kind=card.kind,
            licence=card.licence,
            languages=card.languages,
            crafts=card.crafts,
            parameters=self._parameters(card),
            download_bytes=0 if here else _download_bytes(card),
            installed=here,
            accepted=self._accepted(card),
            need_bytes=need,
            free_bytes=free,
            fits=_fits(card, need, free, engine),
        )

    def _parameters(self, card: Card) -> int:
        folder = None if card.parameters else installed(card, self._settings.cache_dir)
        return count_parameters(folder) if folder else card.parameters

    def _needs(self, card: Card) -> int:
        try:
            return self._need_bytes(card.name)
        except StudioError:  # what is broken says so when it is loaded
            return 0


def _fits(card: Card, need: int, free: int, engine: Status) -> Fits:
    if card.kind == "remote":
        return "elsewhere"
    if card.name in engine.resident:
        return "loaded"
    if not need:
        return "unknown"
    if need > engine.budget_bytes:
        return "too_large"
    return "fits" if need <= free else "makes_room"


def _download_bytes(card: Card) -> int:
    told = int(card.extra.get("download_bytes", 0))
    on_hub = any(source.kind == "hub" for source in card.sources)
    return told or (HUB_BYTES_A_PARAMETER * card.parameters if on_hub else 0)
