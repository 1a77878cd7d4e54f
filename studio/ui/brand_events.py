"""What happens on the panel of a brand card.

The form's hidden field `brand_card` is the truth: whatever sets it (a choice, a save, a work that
is brought back, a reload) lays the card on the panel.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import gradio as gr
from gradio.blocks import Block

from studio.ads.brand import Brand
from studio.crafts.brand_questions import brand_from_answers
from studio.errors import InvalidInput
from studio.ui.brand_editor import (
    held_logo,
    listed_colours,
    shown_card,
    typed_card,
    with_logo,
)
from studio.ui.brand_markup import look, past, worn
from studio.ui.brand_panel import NO_CARD, BrandPanel, brand_parts
from studio.ui.controls import Form
from studio.ui.edge import failure_line, status_line
from studio.ui.markup import NOTHING
from studio.ui.shell import QUIET, Shell
from studio.ui.strings import Tongue

MOST_CARD_BYTES = 240_000
"""Of an imported file: four bytes for each character that a card may have."""
Handler = Callable[..., Awaitable[list[Any]]]


def brand_panel(shell: Shell, form: Form) -> BrandPanel:
    """Build the panel of a craft that has a field `brand_card`, with everything that happens."""
    panel = brand_parts(shell.words, form)
    BrandEvents(shell, form, panel).wire()
    return panel


@dataclass(frozen=True, slots=True)
class Asking:
    """Whose page asks, and in which language it is answered."""

    person: str
    tongue: Tongue


class BrandEvents:
    """The handlers of one panel."""

    def __init__(self, shell: Shell, form: Form, panel: BrandPanel) -> None:
        self._shell = shell
        self._panel = panel
        self._name = form.craft.name

    def wire(self) -> None:
        """Connect everything."""
        panel, who = self._panel, [self._shell.person, self._shell.language]
        edited = panel.editor.all()
        colours = panel.editor.typed["colours"]
        chosen = self._chosen()
        on = self._on
        on(panel.card.change, "lay", self._lay, [*who, panel.card], self._laid())  # type: ignore[attr-defined]
        on(panel.fold.expand, "list", self._list, [*who, panel.card], [panel.picker])
        on(panel.picker.input, "choose", self._choose, [*who, panel.picker], chosen)
        on(panel.save.click, "save", self._save, [*who, *edited], chosen)
        on(panel.past.click, "past", self._act, [*who, panel.card], chosen)
        filled = [panel.status, panel.asking, panel.editing, panel.editor.look, *edited]
        on(panel.ask.click, "ask", self._ask, [*who, *panel.answers], filled)
        on(panel.bring.upload, "bring", self._bring, [*who, panel.bring], filled)
        on(panel.afresh.click, "new", self._new, who, filled)
        seen: list[Block] = [panel.status, panel.editor.look, panel.editor.held, colours]
        looked = [*who, panel.editor.held, colours]
        dropped = [*seen, panel.editor.drop]
        on(panel.editor.drop.upload, "drop", self._drop, [*looked, panel.editor.drop], dropped)
        on(panel.editor.look.click, "look", self._change, looked, seen)
        on(colours.input, "colours", self._repaint, looked, [panel.editor.look])  # type: ignore[attr-defined]

    def _on(
        self,
        event: Callable[..., Any],
        what: str,
        handler: Handler,
        given: Sequence[Block],
        written: Sequence[Block],
    ) -> None:
        """Errors become the status line, the first output; the others stay as they are."""
        telling = written[0] is self._panel.status

        async def handled(person: str, lang: str, *values: Any) -> list[Any]:
            return await handler(Asking(person, self._shell.words.tongue(lang)), *values)

        async def told(person: str, lang: str, *values: Any) -> list[Any]:
            try:
                return await handled(person, lang, *values)
            except Exception as error:  # noqa: BLE001 - the edge
                tongue = self._shell.words.tongue(lang)
                failed = failure_line(_named(error, tongue), tongue)
                return [failed, *[gr.skip()] * (len(written) - 1)]

        async def acted(event: gr.EventData, person: str, lang: str, *values: Any) -> list[Any]:
            return await told(person, lang, *values, str(event.action), str(event.id))

        async def alone(person: str, lang: str, *values: Any) -> Any:
            return (await handled(person, lang, *values))[0]

        plain = told if telling else handled if len(written) > 1 else alone
        event(
            acted if what in ("past", "look") else plain,
            list(given),
            list(written),
            api_name=f"{self._name}_brand_{what}",
            trigger_mode="always_last" if what == "colours" else "once",
            **QUIET,
        )

    def _chosen(self) -> list[Block]:
        panel = self._panel
        brand: list[Block] = [panel.brand] if panel.brand else []
        return [panel.status, panel.card, *brand]

    def _laid(self) -> list[Block]:
        panel = self._panel
        return [panel.worn, panel.picker, panel.past, panel.editor.look, *panel.editor.all()]

    def _wearing(self, brand: Brand | None, said: str = "") -> list[Any]:
        """Updates that put a card on the form; None takes it off."""
        card = json.dumps(brand.as_dict(), ensure_ascii=False) if brand else ""
        named = [brand.name if brand else gr.skip()] if self._panel.brand else []
        return [status_line(said, "done"), card, *named]

    async def _lay(self, who: Asking, card: str) -> list[Any]:
        """The card of the form on the panel."""
        try:
            brand = Brand.read(card) if card else None
        except InvalidInput:  # a card of an older recipe: the form says so when it is used
            brand = None
        picker = await self._picker(who, brand)
        if brand is None:
            empty = shown_card(Brand(""))
            return [NOTHING, picker, NOTHING, NOTHING, *empty]
        return [
            worn(brand, who.tongue),
            picker,
            await self._past(who, brand),
            look(brand.colours, brand.logo, who.tongue),
            *shown_card(brand),
        ]

    async def _past(self, who: Asking, brand: Brand) -> Any:
        try:
            versions = await asyncio.to_thread(
                self._shell.studio.brands.versions, brand.id, who.person
            )
        except InvalidInput:  # erased since, or somebody else's file
            return NOTHING
        return past(brand, versions, who.tongue)

    async def _list(self, who: Asking, card: str) -> list[Any]:
        """The person's cards, as another tab may have saved some."""
        try:
            brand = Brand.read(card) if card else None
        except InvalidInput:
            brand = None
        return [await self._picker(who, brand)]

    async def _picker(self, who: Asking, brand: Brand | None) -> gr.Dropdown:
        saved = await asyncio.to_thread(self._shell.studio.brands.latest, who.person)
        choices = [(who.tongue("brand.none"), NO_CARD)]
        choices += [(each.brand.name, each.brand.id) for each in saved]
        worn_id = brand.id if brand else NO_CARD
        if brand and worn_id not in {each for _, each in choices}:
            choices.append((brand.name, worn_id))
        return gr.Dropdown(choices=choices, value=worn_id)

    async def _choose(self, who: Asking, card: str) -> list[Any]:
        if card == NO_CARD:
            return self._wearing(None)
        brand = await asyncio.to_thread(self._shell.studio.brands.one, card, who.person)
        return self._wearing(brand)

    async def _save(self, who: Asking, *values: Any) -> list[Any]:
        given = typed_card(values)
        brand = await asyncio.to_thread(self._shell.studio.brands.save, given, who.person)
        said = who.tongue("brand.saved", name=brand.name, number=brand.version)
        return self._wearing(brand, said)

    async def _act(self, who: Asking, card: str, action: str, value: str) -> list[Any]:
        """Bring a version back, or erase the card."""
        brands, brand = self._shell.studio.brands, Brand.read(card)
        if action == "erase":
            await asyncio.to_thread(brands.delete, brand.id, who.person)
            return self._wearing(None, who.tongue("brand.erased", name=brand.name))
        restored = await asyncio.to_thread(brands.restore, brand.id, int(value), who.person)
        said = who.tongue("brand.restored", number=value, now=restored.version)
        return self._wearing(restored, said)

    async def _ask(self, who: Asking, *answers: str) -> list[Any]:
        brand = brand_from_answers(*(each or "" for each in answers))
        return self._filled(who, brand, who.tongue("brand.made"))

    async def _bring(self, who: Asking, path: str) -> list[Any]:
        file = Path(path)
        if file.stat().st_size > MOST_CARD_BYTES:
            raise InvalidInput("file", "This file is no brand card.", code="brand_json")
        content = await asyncio.to_thread(file.read_bytes)
        brand = Brand.read(content.decode("utf-8-sig", "replace"))
        return self._filled(who, brand, who.tongue("brand.brought", name=brand.name))

    async def _new(self, who: Asking) -> list[Any]:
        """An empty card; what the form wears stays on until another is saved."""
        return self._filled(who, Brand(""), "")

    def _filled(self, who: Asking, brand: Brand, said: str) -> list[Any]:
        painted = look(brand.colours, brand.logo, who.tongue)
        folds = [gr.Accordion(open=False), gr.Accordion(open=True)]
        return [status_line(said, "done"), *folds, painted, *shown_card(brand)]

    async def _drop(self, who: Asking, held: str, _: str, path: str) -> list[Any]:
        """A logo or picture gives its colours, and itself."""
        content = await asyncio.to_thread(Path(path).read_bytes)
        logo = await asyncio.to_thread(self._shell.studio.brands.look, content)
        said = status_line(who.tongue("brand.dropped", count=len(logo.colours)), "done")
        painted = look(logo.colours, logo.png, who.tongue)
        return [said, painted, with_logo(held, logo.png), " ".join(logo.colours), None]

    async def _change(
        self, who: Asking, held: str, typed: str, action: str, value: str
    ) -> list[Any]:
        """A colour is changed, put first or left out; the logo is taken off."""
        colours = changed_colours(listed_colours(typed), action, value)
        held = with_logo(held, "") if action == "unlogo" else held
        return [NOTHING, look(colours, held_logo(held), who.tongue), held, " ".join(colours)]

    async def _repaint(self, who: Asking, held: str, typed: str) -> list[Any]:
        return [look(listed_colours(typed), held_logo(held), who.tongue)]


def changed_colours(colours: Sequence[str], action: str, value: str) -> list[str]:
    """The colours after `action` "set" ("2 #1f6f5c"), "main" or "drop" (a place)."""
    place, _, colour = value.partition(" ")
    at = int(place) if place.isdigit() else len(colours)
    if at >= len(colours):
        return list(colours)
    rest = [*colours[:at], *colours[at + 1 :]]
    if action == "set":
        return [*colours[:at], colour, *colours[at + 1 :]]
    return {"main": [colours[at], *rest], "drop": rest}.get(action, list(colours))


def _named(error: Exception, tongue: Tongue) -> Exception:
    """The error, with the card's part named as the panel calls it."""
    if isinstance(error, InvalidInput) and "key" in error.facts:
        key = f"brand.{error.facts['key']}"
        error.facts["key"] = tongue.known(key) or error.facts["key"]
    return error
