"""Everything a person has made: found again, starred, opened, brought back to its tab."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import gradio as gr
from gradio.blocks import Block
from gradio.components import Component
from markupsafe import Markup

from studio.ancestry import origin_of_recipe
from studio.crafts.origin import FIELD as ORIGIN
from studio.errors import InvalidInput, StudioError
from studio.ui.edge import failure_line, status_line
from studio.ui.handover_menu import handover_menu
from studio.ui.handovers import handed
from studio.ui.history_cards import history_cards
from studio.ui.kin_graph import kin_graph
from studio.ui.lineage import lineage_line, topics_line
from studio.ui.markup import NOTHING, fragment
from studio.ui.outputs import paint_work
from studio.ui.painting import finished
from studio.ui.shell import QUIET, Shell
from studio.ui.tab import CraftTab
from studio.works import Work

PAGE = 24
EVERY_CRAFT = ""
LONGEST_TITLE = 160
REVEAL_JS = "() => { window.atelier.handover.reveal(); return window.atelier.revealDetail(); }"
CLICK_JS = """
const dates = () => window.atelier.localTimes(element);
watch('value', dates);
dates();
element.addEventListener('click', (event) => {
  const button = event.target.closest('[data-do]');
  if (button && element.contains(button)) {
    trigger('click', { action: button.dataset.do, id: button.dataset.id });
  }
});
"""


@dataclass(frozen=True, slots=True)
class Shelf:
    """The components of the history."""

    query: gr.Textbox
    craft: gr.Dropdown
    starred: gr.Checkbox
    cards: gr.HTML
    more: gr.Button
    shown: gr.State
    status: gr.HTML
    detail: gr.HTML
    topics: gr.HTML

    def filters(self) -> list[Component]:
        return [self.query, self.craft, self.starred]

    def listing(self) -> list[Component]:
        return [self.cards, self.more, self.shown]


def history_tab(shell: Shell, tabs: gr.Tabs, crafts: Sequence[CraftTab]) -> None:
    """Build the history, and everything that happens in it."""
    words = shell.words
    with (
        gr.Tab(words("history.title"), id="history", elem_id="tab-history") as tab,
        gr.Row(elem_classes="shelf-row", equal_height=False),
    ):
        with gr.Column(scale=6, min_width=320):
            with gr.Row(elem_classes="filters"):
                query = gr.Textbox(
                    label=words("history.search"),
                    placeholder=words("history.search_hint"),
                    scale=3,
                    min_width=200,
                    elem_id="history-search",
                )
                craft = gr.Dropdown(
                    [
                        (words("history.every_craft"), EVERY_CRAFT),
                        *(
                            (words.craft(each.form.craft.name), each.form.craft.name)
                            for each in crafts
                        ),
                    ],
                    value=EVERY_CRAFT,
                    label=words("history.craft"),
                    filterable=False,
                    interactive=True,
                    min_width=140,
                    elem_id="history-craft",
                )
                starred = gr.Checkbox(
                    label=words("history.only_starred"),
                    interactive=True,
                    min_width=130,
                    elem_id="history-starred",
                )
            topics = gr.HTML(js_on_load=CLICK_JS, elem_id="history-topics")
            cards = gr.HTML(js_on_load=CLICK_JS, elem_id="history-cards", elem_classes="shelf")
            more = gr.Button(words("history.more"), size="sm", visible=False)
        with gr.Column(scale=5, min_width=320, elem_classes="aside"):
            gr.HTML(words("history.drop"), elem_classes="drop-title")
            drop = gr.File(
                label=words("history.drop"),
                show_label=False,
                elem_id="history-drop",
                elem_classes="drop",
                height=118,
            )
            status = gr.HTML(elem_classes="status-line", elem_id="history-status")
            detail = gr.HTML(
                js_on_load=CLICK_JS, elem_id="history-detail", elem_classes=["result", "detail"]
            )
    shelf = Shelf(query, craft, starred, cards, more, gr.State(PAGE), status, detail, topics)
    _wire_listing(shell, shelf, tab)
    _wire_cards(shell, shelf, tabs, crafts)
    _wire_drop(shell, shelf, drop, tabs, crafts)


def _wire_listing(shell: Shell, shelf: Shelf, tab: gr.Tab) -> None:
    async def show(person: str, lang: str, *filters: object) -> tuple[object, object, int]:
        """The works that meet the filters, newest first."""
        return await _listing(shell, person, lang, filters, PAGE)

    async def show_more(
        person: str, lang: str, shown: int, *filters: object
    ) -> tuple[object, object, int]:
        """The same, with one more page."""
        return await _listing(shell, person, lang, filters, shown + PAGE)

    given = [shell.person, shell.language]
    gr.on(
        [tab.select, shelf.query.change, shelf.craft.input, shelf.starred.input],
        show,
        [*given, *shelf.filters()],
        shelf.listing(),
        api_name="history_page",
        trigger_mode="always_last",
        **QUIET,
    )

    async def show_topics(person: str, lang: str) -> object:
        """What the person writes about."""
        topics = await shell.studio.topics(user=person)
        return topics_line(topics, shell.words.tongue(lang))

    def search(event: gr.EventData) -> str:
        """A topic was chosen: its word is searched for."""
        return str(event.id)

    tab.select(show_topics, given, [shelf.topics], api_name="history_topics", **QUIET)
    shelf.topics.click(search, None, [shelf.query], api_name="history_topic", **QUIET)
    shelf.more.click(
        show_more,
        [*given, shelf.shown, *shelf.filters()],
        shelf.listing(),
        api_name="history_more",
        **QUIET,
    )


async def _listing(
    shell: Shell, person: str, lang: str, filters: Sequence[object], limit: int
) -> tuple[object, object, int]:
    query, craft, starred = filters
    works = await shell.studio.search(
        user=person,
        query=str(query or ""),
        craft=str(craft) or None,
        starred=bool(starred),
        limit=limit + 1,
    )
    cards = history_cards(works[:limit], shell.words.tongue(lang))
    return cards, gr.Button(visible=len(works) > limit), limit


def _wire_cards(shell: Shell, shelf: Shelf, tabs: gr.Tabs, crafts: Sequence[CraftTab]) -> None:
    back = _places(tabs, crafts)

    async def act(
        event: gr.EventData, person: str, lang: str, shown: int, *filters: object
    ) -> list[object]:
        """What a button on a card asks for: star, unstar, open, use."""
        action, work_id = str(event.action), str(event.id)
        listing: Sequence[object] = [gr.skip()] * 3
        detail: object = gr.skip()
        places: Sequence[object] = [gr.skip()] * len(back)
        if action in ("star", "unstar"):
            await shell.studio.star(work_id, action == "star", user=person)
            listing = await _listing(shell, person, lang, filters, shown)
        else:
            if action == "hand-over":
                try:
                    _, updates = await handed(shell, crafts, work_id, person)
                except StudioError as error:
                    line = failure_line(error, shell.words.tongue(lang))
                    return [*listing, line, *places]
                return [*listing, detail, *_handed_places(updates, crafts)]
            work = await shell.studio.work(work_id, user=person)
            if action == "open":
                versions = await shell.studio.lineage(work_id, user=person)
                detail = detail_markup(shell, work, lang, versions)
            else:
                places = _brought_back(shell, work, crafts, lang)
        return [*listing, detail, *places]

    acted = gr.on(
        [shelf.cards.click, shelf.detail.click],
        act,
        [shell.person, shell.language, shelf.shown, *shelf.filters()],
        [*shelf.listing(), shelf.detail, *back],
        api_name="history_act",
        **QUIET,
    )
    acted.then(None, None, None, js=REVEAL_JS)
    for each in crafts:
        if each.desk is not None:
            each.desk.after(acted)
        if each.easel is not None:
            each.easel.after(acted)


def _handed_places(updates: Sequence[object], crafts: Sequence[CraftTab]) -> list[object]:
    """Updates of a hand-over in the order of `_places`: the benches stay as they are."""
    tabs, *controls = updates
    found: list[object] = [tabs]
    for each in crafts:
        size = len(each.form.controls)
        found += [*controls[:size], *[gr.skip()] * len(each.bench.all())]
        controls = controls[size:]
    return found


def _places(tabs: gr.Tabs, crafts: Sequence[CraftTab]) -> list[Block]:
    """Everything that bringing a work back may write to."""
    places: list[Block] = [tabs]
    for each in crafts:
        places += [*each.form.controls, *each.bench.all()]
    return places


def _brought_back(shell: Shell, work: Work, crafts: Sequence[CraftTab], lang: str) -> list[object]:
    tongue = shell.words.tongue(lang)
    updates: list[object] = [gr.Tabs(selected=work.craft)]
    for each in crafts:
        if each.form.craft.name == work.craft:
            updates += each.form.updates({ORIGIN: "", **work.inputs})
            restored = status_line(tongue("history.restored"), "done")
            updates += finished(shell, each.form.craft, work, lang, restored)
        else:
            updates += [gr.skip()] * (len(each.form.controls) + len(each.bench.all()))
    return updates


def detail_markup(shell: Shell, work: Work, lang: str, versions: Sequence[Work] = ()) -> Markup:
    """A whole work in the history, under the versions that hang together with it."""
    tongue = shell.words.tongue(lang)
    kinds = {name: craft.output for name, craft in shell.studio.crafts.items()}
    kind = kinds[work.craft]
    return fragment(
        '<h3 class="detail-title" tabindex="-1">{asked}</h3>{versions}{kin}{work}{menu}',
        asked=_short(work.text or work.title),
        versions=lineage_line(_versions(versions, work), work.id, tongue),
        kin=NOTHING if _is_text_alone(versions) else kin_graph(versions, work.id, kinds, tongue),
        work=paint_work(kind, work, tongue),
        menu=handover_menu(work, shell.studio.crafts, tongue),
    )


def _versions(works: Sequence[Work], shown: Work) -> Sequence[Work]:
    """The versions of a text itself: what was made of it by hand or on its desk."""
    return [each for each in works if each.craft == shown.craft] if _is_text_alone(works) else ()


def _is_text_alone(works: Sequence[Work]) -> bool:
    """Whether they are versions of one text, and nothing else was made of it."""
    return all("desk" in each.recipe or not each.links for each in works)


def _short(asked: str) -> str:
    """A passage that was worked on can be long; as a title its beginning is enough."""
    return asked if len(asked) <= LONGEST_TITLE else asked[:LONGEST_TITLE].rstrip() + "…"


def _wire_drop(
    shell: Shell, shelf: Shelf, drop: gr.File, tabs: gr.Tabs, crafts: Sequence[CraftTab]
) -> None:
    async def restore(path: str | None, lang: str) -> list[object]:
        """Fill the form from the recipe inside a dropped file, and go to its tab."""
        tongue = shell.words.tongue(lang)
        try:
            recipe = await _recipe(shell, path)
        except Exception as error:  # noqa: BLE001 - the edge
            size = 1 + sum(len(each.form.controls) for each in crafts)
            return [failure_line(error, tongue), None, *[gr.skip()] * size]
        restored = status_line(tongue("history.restored"), "done")
        return [restored, None, *_filled(recipe, crafts)]

    controls = [control for each in crafts for control in each.form.controls]
    drop.upload(
        restore,
        [drop, shell.language],
        [shelf.status, drop, tabs, *controls],
        api_name="history_drop",
        **QUIET,
    )


async def _recipe(shell: Shell, path: str | None) -> Mapping[str, object]:
    file = Path(path or "")
    content = await asyncio.to_thread(file.read_bytes)
    recipe = await shell.studio.recipe_of(file.name, content)
    if recipe is None or recipe.get("craft") not in shell.studio.crafts:
        raise InvalidInput(
            "file",
            f"{file.name} carries no recipe of this studio.",
            code="no_recipe",
            name=file.name,
        )
    return recipe


def _filled(recipe: Mapping[str, object], crafts: Sequence[CraftTab]) -> list[object]:
    updates: list[object] = [gr.Tabs(selected=str(recipe["craft"]))]
    given = recipe.get("inputs")
    inputs = given if isinstance(given, Mapping) else {}
    origin = {ORIGIN: origin_of_recipe(recipe).text}
    for each in crafts:
        wanted = each.form.craft.name == recipe["craft"]
        updates += each.form.updates({**inputs, **origin} if wanted else {})
    return updates
