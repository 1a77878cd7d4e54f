"""Who writes, rhymes, composes and paints here and now."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from studio.catalog import Card, Catalog, Source
from studio.errors import NotReady


class CatalogRoster:
    """Chooses a card, and an adapter for it, by role, language and craft.

    A preferred card (STUDIO_WRITER, or one arm of a duel) wins where it can serve the role.
    `installed` says whether a card's weights are on this machine.
    """

    def __init__(
        self,
        catalog: Catalog,
        craft: str,
        installed: Callable[[Card], bool],
        *,
        card: str = "",
        adapter: str | None = None,
    ) -> None:
        self._catalog = catalog
        self._craft = craft
        self._installed = installed
        self._card = card
        self._adapter = adapter

    def choose(self, role: str, lang: str) -> tuple[str, str | None]:
        """(card, adapter). Raises NotReady with what to do about it."""
        serving = self._catalog.serving(role, lang)
        preferred = [card for card in serving if card.name == self._card]
        ready = [card for card in preferred or serving if self._installed(card)]
        if not ready:
            raise _missing(preferred[0]) if preferred else _nobody(role, lang, serving)
        return ready[0].name, self._adapter_for(ready[0], lang)

    def _adapter_for(self, card: Card, lang: str) -> str | None:
        if self._adapter == "none":
            return None
        if self._adapter:
            return self._catalog.adapter(self._adapter, card.name).name
        fitting = (
            each.name
            for each in self._catalog.adapters(card.name)
            if self._craft in each.crafts and (not each.languages or lang in each.languages)
        )
        return next(fitting, None)


def _nobody(role: str, lang: str, serving: Sequence[Card]) -> NotReady:
    if role == "writer" and lang == "zh":
        return NotReady(
            "writer/zh",
            "Chinese prose needs a bilingual writer, and none is configured.",
            "Set STUDIO_WRITER, for example to Qwen/Qwen3-1.7B, and run `studio models fetch` "
            "where a hub is reachable; or write in English.",
            code="no_chinese_writer",
        )
    if serving:
        return _missing(serving[0])
    return NotReady(role, f"No card serves {role} in {lang}.", code="no_role", role=role, lang=lang)


def _missing(card: Card) -> NotReady:
    return NotReady(
        card.name,
        f"{card.name} is not installed yet.",
        f"Run: studio models fetch {card.name}",
        code="not_installed",
    )


def with_writer(catalog: Catalog, writer: str) -> tuple[Catalog, str]:
    """The catalog with the configured writer in it, and that writer's card name ("" for none).

    `writer` is a card's name, the Hugging Face id of one, or any id: that becomes a card of its
    own, taken to write both languages.
    """
    if not writer or writer in catalog:
        return catalog, writer
    for card in catalog:
        if any(source.repo_id == writer for source in card.sources):
            return catalog, card.name
    card = _hub_card(writer)
    return catalog.with_card(card), card.name


def _hub_card(repo_id: str) -> Card:
    return Card(
        name=f"hub/{repo_id.replace('/', '--')}",
        version="hub",
        kind="base",
        family="causal_lm",
        licence="see the model's page",
        folder=Path("hub") / repo_id.replace("/", "--"),
        roles=("writer",),
        languages=("en", "zh"),
        sources=(Source(kind="hub", repo_id=repo_id),),
    )
