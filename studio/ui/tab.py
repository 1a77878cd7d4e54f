"""One builder for every craft's tab: what it shows comes from the craft's declaration."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from typing import Any

import gradio as gr
from gradio.components import Component
from gradio.events import Dependency

from studio.crafts.craft import Craft, Field
from studio.ui.brand_events import brand_panel
from studio.ui.brand_panel import has_brand_card
from studio.ui.compare import compare_panel
from studio.ui.controls import Form, control, form_fields, grouped, idea_fields
from studio.ui.desk import Outcome, WritingDesk
from studio.ui.desk_parts import DeskParts, desk_parts
from studio.ui.examples import example_chips
from studio.ui.handover_board import board_lines
from studio.ui.handover_events import menu_place, wire_menu
from studio.ui.handover_line import origin_line, wire_origin_line
from studio.ui.notes import notes_field
from studio.ui.painting import Asker, Bench, Paint, run_painted
from studio.ui.shell import QUIET, Shell
from studio.ui.terms import TermsPanel, terms_panel
from studio.ui.work_trail import version_row
from studio.ui.workplaces import Easel, PlaceParts, opened, workplace_of
from studio.ui.writer_picker import picked, writer_picker


@dataclass(frozen=True, slots=True)
class CraftTab:
    """What the rest of the page needs to know of a tab."""

    form: Form
    tab: gr.Tab
    bench: Bench
    desk: WritingDesk | None = None
    easel: Easel | None = None
    menu: gr.HTML | None = None
    """What can be made of the work that lies there."""


def craft_tab(shell: Shell, craft: Craft) -> CraftTab:
    """Build the tab of a craft, with everything that happens in it."""
    words, place = shell.words, workplace_of(craft)
    script: dict[str, Any] = {"js_on_load": place.script} if place else {}
    with gr.Tab(words.craft(craft.name), id=craft.name, elem_id=f"tab-{craft.name}") as tab:
        with gr.Row(elem_classes="desk", equal_height=False):
            with gr.Column(scale=5, min_width=320, elem_classes="compose"):
                came_from = origin_line(craft.name)
                branded = gr.Column(elem_classes="brand-place", visible=has_brand_card(craft))
                form = _form(shell, craft)
                wire_origin_line(shell, form, came_from)
                if has_brand_card(craft):
                    with branded:
                        brand_panel(shell, form)
                writer = writer_picker(shell, craft)
                with gr.Row(elem_classes="go-row"):
                    go = gr.Button(
                        words("page.generate"),
                        variant="primary",
                        elem_classes="go",
                        elem_id=f"go-{craft.name}",
                    )
                    stop = gr.Button(
                        words("page.stop"),
                        visible=False,
                        elem_classes="stop",
                        elem_id=f"stop-{craft.name}",
                    )
                    gr.HTML(words("page.keys_hint"), elem_classes="keys-hint")
                status = gr.HTML(elem_classes="status-line", elem_id=f"status-{craft.name}")
                terms = terms_panel(shell, craft.name, status)
                beside = place.beside(words, craft) if place else None
            with gr.Column(scale=6, min_width=320, elem_classes=["outcome", craft.output]):
                row = version_row(words, craft.output) if place else None
                with gr.Row(visible=False, elem_classes="actions") as actions:
                    star = gr.Button(words("page.star"), size="sm", elem_classes="star")
                    plan = gr.Button(words("page.keep_plan"), size="sm")
                    onward = gr.Button(
                        words("page.work_on"),
                        size="sm",
                        visible=craft.output == "text" and not craft.desk,
                    )
                result = gr.HTML(
                    None if craft.desk else words(f"empty.{craft.output}"),
                    elem_classes=["result", craft.output],
                    elem_id=f"result-{craft.name}",
                    **script,
                )
                parts = desk_parts(words, craft, craft.desk) if craft.desk else None
                menu = menu_place(craft.name)
                tools = place.tools(words, craft) if place else None
        bench = Bench(status, result, stop, actions, star, plan, gr.State(""), terms.card)
        leftover = parts.leftover if parts else gr.State("")
        runs = _wire_run(shell, form, bench, go, terms, [leftover, writer])
        desk = _desk(shell, form, bench, parts, writer, runs) if parts else None
        easel = None
        if place and row:
            easel = opened(place, shell, form, PlaceParts(row, tools, beside, bench), runs)
        _wire_actions(shell, form, bench, onward)
        wire_menu(shell, craft.name, menu, bench)
        compare_panel(shell, form)
    return CraftTab(form, tab, bench, desk, easel, menu)


def _desk(
    shell: Shell,
    form: Form,
    bench: Bench,
    parts: DeskParts,
    writer: Component,
    runs: Sequence[Dependency],
) -> WritingDesk:
    """The desk, on which every run's work is laid."""
    outcome = Outcome(
        status=bench.status,
        result=bench.result,
        stop=bench.stop,
        work=bench.work,
        actions=bench.actions,
        star=bench.star,
        terms=bench.terms,
        writer=writer,
    )
    desk = WritingDesk(shell, form, parts, outcome)
    desk.wire()
    for run in runs:
        desk.after(run)
    return desk


def _form(shell: Shell, craft: Craft) -> Form:
    words, groups = shell.words, grouped(craft)
    made: dict[str, Component] = {}

    def place(fields: Sequence[Field]) -> None:
        for field in fields:
            made[field.name] = control(craft, field, words)
            made[field.name].elem_id = f"field-{craft.name}-{field.name}"

    with gr.Group(elem_classes="idea"), gr.Row():
        place(groups.idea)
    chips = gr.Row(elem_classes="examples")
    noted = craft.desk.notes if craft.desk else ""
    main = [each for each in groups.main if each.name != noted]
    if main:
        with gr.Row(elem_classes="fields"):
            place(main)
    if noted:
        made[noted] = notes_field(shell, craft, craft.named(noted))
    for title, hint, fields in (
        ("page.plan", "page.plan_hint", groups.plan),
        ("page.more", "", groups.advanced),
    ):
        if fields:
            with gr.Accordion(words(title), open=False, elem_classes="more"):
                if hint:
                    gr.HTML(words(hint), elem_classes="note")
                with gr.Row(elem_classes="fields"):
                    place(fields)
    place(groups.hidden)
    _begun(shell, craft, made)
    if craft.output == "picture" and "start" in made:
        board_lines(shell, craft, made["start"])
    form = Form(craft, form_fields(craft), tuple(made[each.name] for each in form_fields(craft)))
    with chips:
        example_chips(shell, form)
    return form


def _begun(shell: Shell, craft: Craft, made: Mapping[str, Component]) -> None:
    """That the form starts from a finished picture is said, and can be taken back."""
    start: Any = made.get("start")
    if start is None:
        return
    with gr.Row(elem_classes="begun", elem_id=f"begun-{craft.name}"):
        gr.HTML(shell.words(f"{craft.output}.begun"), elem_classes="note")
        afresh = gr.Button(shell.words("picture.afresh"), size="sm", elem_classes="take-from")
    told = f"(start) => window.atelier.begun({craft.name!r}, start)"
    start.change(None, [start], None, js=told, **QUIET)
    afresh.click(None, None, [start], js="() => ''", **QUIET)


def _wire_run(
    shell: Shell,
    form: Form,
    bench: Bench,
    go: gr.Button,
    terms: TermsPanel,
    more: Sequence[Component],
) -> list[Dependency]:
    """`more`: what a stopped text leaves, and who shall write."""
    name, (leftover, writer) = form.craft.name, more
    runs = [
        start(
            runner(shell, form),
            [shell.person, shell.language, writer, *form.controls],
            [*bench.all(), leftover],
            api_name=api_name,
            **QUIET,
            concurrency_limit=None,
        )
        for start, api_name in (
            (go.click, f"{name}_page"),
            (terms.accepted.success, f"{name}_agreed"),
        )
    ]
    bench.stop.click(shell.stopper(name), api_name=f"{name}_stop", **QUIET, queue=False)
    return runs


def runner(shell: Shell, form: Form) -> Callable[..., AsyncIterator[Paint]]:
    """The handler of the button. After the paint comes what a stopped text left, for a desk."""

    async def run(
        request: gr.Request, person: str, lang: str, writer: str, *values: object
    ) -> AsyncIterator[Paint]:
        """Generate one work from the form and paint it as it comes."""

        async def inputs() -> dict[str, object]:
            return form.inputs(values)

        asker = Asker(str(request.session_hash), person, lang)
        painted = run_painted(shell, form.craft, asker, inputs, picked(writer or ""))
        async with aclosing(painted) as paints:
            async for paint, left in paints:
                yield *paint, left

    return run


def _wire_actions(shell: Shell, form: Form, bench: Bench, onward: gr.Button) -> None:
    name = form.craft.name

    async def keep(work_id: str, person: str) -> object:
        """Star the work on the paper."""
        await shell.studio.star(work_id, True, user=person)
        return gr.Button(shell.words("page.starred"))

    async def keep_plan(work_id: str, person: str) -> list[object]:
        """Fill the form with the plan that the work was made by."""
        work = await shell.studio.work(work_id, user=person)
        return form.updates(work.plan)

    async def work_on(work_id: str, person: str) -> str:
        """Bring the text back to the desk."""
        work = await shell.studio.work(work_id, user=person)
        return work.outputs[0].text if work.outputs else work.text

    idea = form.controls[form.fields.index(idea_fields(form.craft)[0])]
    given = [bench.work, shell.person]
    bench.star.click(keep, given, [bench.star], api_name=f"{name}_star", **QUIET)
    bench.plan.click(keep_plan, given, list(form.controls), api_name=f"{name}_keep_plan", **QUIET)
    onward.click(work_on, given, [idea], api_name=f"{name}_work_on", **QUIET)
