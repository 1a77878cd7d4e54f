"""Who writes, rhymes, composes and paints here and now."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from types import MappingProxyType

from studio.catalog import Card, Catalog, Source, Terms
from studio.errors import NotReady
from studio.sources.folder import (
    UNSAID_LICENCE,
    composer_folder_card,
    folder_card,
    is_composer_folder,
    is_model_folder,
    is_pipeline_folder,
    pipeline_folder_card,
)
from studio.terms import not_accepted

DRAFTS: tuple[tuple[int, int], ...] = ((400_000_000, 8), (1_000_000_000, 4))
"""(most parameters, drafts of one text)."""
FEWEST_DRAFTS = 2
"""Of a model that is large, remote, or does not say its size."""
WORDLESS = ("picture", "melody")
"""Roles whose results are in no language: the plan of a picture or a melody is the same in any."""


class CatalogRoster:
    """Chooses a card, and an adapter for it, by role, language and craft.

    A preferred card (STUDIO_WRITER, STUDIO_PAINTER, STUDIO_COMPOSER, or one arm of a duel) wins
    where it can serve the role.
    `installed` says whether a card's weights are on this machine, `accepted` whether its terms of
    use are accepted here.
    """

    def __init__(
        self,
        catalog: Catalog,
        craft: str,
        installed: Callable[[Card], bool],
        *,
        accepted: Callable[[Terms | None], bool] = lambda terms: terms is None,
        card: str = "",
        adapter: str | None = None,
    ) -> None:
        self._catalog = catalog
        self._craft = craft
        self._installed = installed
        self._accepted = accepted
        self._card = card
        self._adapter = adapter

    def choose(self, role: str, lang: str) -> tuple[str, str | None]:
        """(card, adapter). Raises NotReady with what to do about it."""
        named = self._card
        able = self._catalog.serving(role, "" if role in WORDLESS else lang)
        serving = [card for card in able if card.automatic or card.name == named]
        preferred = [card for card in serving if card.name == named]
        ready = [card for card in preferred or serving if self._usable(card)]
        if not ready:
            raise self._refusal(role, lang, preferred, serving)
        return ready[0].name, self._adapter_for(ready[0], lang)

    def drafts(self, card: str) -> int:
        """8 of a small local model, 4 of a middling one; 2 where a draft is slow or costs money."""
        parameters = self._catalog.card(card).parameters
        return next((drafts for most, drafts in DRAFTS if 0 < parameters <= most), FEWEST_DRAFTS)

    def _usable(self, card: Card) -> bool:
        return self._installed(card) and self._accepted(self._catalog.terms(card))

    def _refusal(
        self, role: str, lang: str, preferred: Sequence[Card], serving: Sequence[Card]
    ) -> NotReady:
        """What stands in the way, of what can be done about it the nearest."""
        for card in preferred or serving:
            terms = self._catalog.terms(card)
            if terms is not None and not self._accepted(terms):
                return not_accepted(card, terms)
        return _missing(preferred[0]) if preferred else _nobody(role, lang, serving)

    def _adapter_for(self, card: Card, lang: str) -> str | None:
        if self._adapter == "none":
            return None
        if self._adapter and not self._is_for_others(self._adapter, card):
            return self._catalog.adapter(self._adapter, card.name).name
        fitting = (
            each.name
            for each in self._catalog.adapters(card.name)
            if each.automatic
            and self._craft in each.crafts
            and (not each.languages or lang in each.languages)
        )
        return next(fitting, None)

    def _is_for_others(self, adapter: str, card: Card) -> bool:
        """Whether it belongs to cards of other roles: a writer's adapter says nothing about who
        paints in the same order."""
        base = self._catalog.card(adapter).base
        return bool(base) and set(self._catalog.card(base).roles).isdisjoint(card.roles)


def _nobody(role: str, lang: str, serving: Sequence[Card]) -> NotReady:
    packaged = any(each.kind == "wheel" for card in serving for each in card.sources)
    if role == "writer" and lang == "zh" and not packaged:
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

    `writer` is a card's name, the Hugging Face id of one, a model's folder, or any id: the last two
    become cards of their own, an id is taken to write both languages.
    """
    return _configured(
        catalog,
        writer,
        is_model_folder,
        folder_card,
        lambda: _hub_card(
            writer,
            "causal_lm",
            "writer",
            crafts=("writing", "poetry", "ad_copy"),
            languages=("en", "zh"),
        ),
    )


def with_painter(catalog: Catalog, painter: str) -> tuple[Catalog, str]:
    """The catalog with the configured painter in it, and that painter's card name ("" for none).

    `painter` is a card's name, the Hugging Face id of one, a pipeline's folder, or any id.
    """
    return _configured(
        catalog,
        painter,
        is_pipeline_folder,
        pipeline_folder_card,
        lambda: _hub_card(painter, "diffusion", "picture", crafts=("image",), automatic=False),
    )


def with_composer(catalog: Catalog, composer: str) -> tuple[Catalog, str]:
    """The catalog with the configured composer in it, and that composer's card name ("" for none).

    `composer` is a card's name, the Hugging Face id of one, a MusicGen folder, or any id.
    """
    return _configured(
        catalog,
        composer,
        is_composer_folder,
        composer_folder_card,
        lambda: _hub_card(composer, "music_gen", "melody", crafts=("melody",), automatic=False),
    )


def _configured(
    catalog: Catalog,
    named: str,
    is_folder: Callable[[str], bool],
    of_folder: Callable[[str], Card],
    of_hub: Callable[[], Card],
) -> tuple[Catalog, str]:
    """The catalog with what a setting names in it, and its card's name ("" for none): a card, a
    folder, the Hugging Face id of a card, or else an id that becomes a card of its own."""
    if not named or named in catalog:
        return catalog, named
    if is_folder(named):
        own = of_folder(named)
        return catalog.with_card(own), own.name
    for card in catalog:
        if any(source.repo_id == named for source in card.sources):
            return catalog, card.name
    own = of_hub()
    return catalog.with_card(own), own.name


def _hub_card(
    repo_id: str,
    family: str,
    role: str,
    *,
    crafts: tuple[str, ...],
    languages: tuple[str, ...] = (),
    automatic: bool = True,
) -> Card:
    plain = repo_id.replace("/", "--")
    return Card(
        name=f"hub/{plain}",
        version="hub",
        kind="base",
        family=family,
        licence=UNSAID_LICENCE,
        folder=Path("hub") / plain,
        roles=(role,),
        languages=languages,
        crafts=crafts,
        sources=(Source(kind="hub", repo_id=repo_id),),
        extra=MappingProxyType({"automatic": automatic}),
    )
