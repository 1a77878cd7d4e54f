"""Make two and vote: two versions of one idea, blind, side by side."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import aclosing
from dataclasses import dataclass

import gradio as gr
from gradio.blocks import Block
from markupsafe import Markup

from studio.ui.arms import SEED, arms, differences, sides
from studio.ui.controls import Form
from studio.ui.edge import failure_line, paced, progress_line, status_line
from studio.ui.markup import fragment
from studio.ui.outputs import paint_preview, paint_work
from studio.ui.shell import QUIET, Shell
from studio.ui.standings import reveal_markup, standings_markup
from studio.ui.stopping import until
from studio.works import DuelProgress

CHOICES = ("a", "b", "tie", "both_bad")
LETTERS = "AB"

Paint = tuple[object, ...]
"""Updates for (status, side A, side B, stop, vote row, reveal, duel)."""

Shown = tuple[str, ...]
"""A duel on the table: its id, then its works' ids in the order shown; () for none."""


@dataclass(frozen=True, slots=True)
class Arena:
    """The components of a duel."""

    status: gr.HTML
    cards: tuple[gr.HTML, gr.HTML]
    stop: gr.Button
    votes: gr.Row
    reveal: gr.HTML
    duel: gr.State

    def all(self) -> list[Block]:
        return [self.status, *self.cards, self.stop, self.votes, self.reveal, self.duel]


def compare_panel(shell: Shell, form: Form) -> None:
    """The panel at the foot of a craft's tab."""
    words, name = shell.words, form.craft.name
    with gr.Accordion(
        words("compare.title"), open=False, elem_classes="compare", elem_id=f"compare-{name}"
    ) as panel:
        gr.HTML(words("compare.explained"), elem_classes="note")
        with gr.Row(elem_classes="compare-row"):
            options = differences(shell, form.craft)
            difference = gr.Dropdown(
                options,
                value=SEED,
                label=words("compare.difference"),
                filterable=False,
                interactive=True,
                min_width=190,
            )
            first, second = (_side(shell, letter) for letter in LETTERS)
            go = gr.Button(
                words("compare.go"), elem_classes="duel-go", elem_id=f"duel-{name}", min_width=150
            )
            stop = gr.Button(words("page.stop"), visible=False, elem_classes="stop", min_width=80)
        status = gr.HTML(elem_classes="status-line", elem_id=f"duel-status-{name}")
        with gr.Row(elem_classes="arena"):
            cards = (_card(name, "a"), _card(name, "b"))
        with gr.Row(visible=False, elem_classes="votes") as votes:
            buttons = [
                gr.Button(
                    words(f"compare.{each}"),
                    elem_classes=["vote"],
                    elem_id=f"vote-{each}-{name}",
                    min_width=110,
                )
                for each in CHOICES
            ]
        reveal = gr.HTML(elem_classes="reveal-box", elem_id=f"reveal-{name}")
    arena = Arena(status, cards, stop, votes, reveal, gr.State(()))
    _wire_difference(shell, form, difference, first, second)
    _wire_duel(shell, form, arena, go, [difference, first, second])
    _wire_votes(shell, form, arena, buttons)
    _wire_standings(shell, form, arena, panel)


def _side(shell: Shell, letter: str) -> gr.Dropdown:
    return gr.Dropdown(
        [],
        label=shell.words(f"compare.side_{letter.lower()}"),
        allow_custom_value=True,
        visible=False,
        interactive=True,
        min_width=120,
    )


def _card(name: str, letter: str) -> gr.HTML:
    return gr.HTML(elem_classes=["duel-card"], elem_id=f"duel-{letter}-{name}", min_width=280)


def _wire_difference(
    shell: Shell, form: Form, difference: gr.Dropdown, first: gr.Dropdown, second: gr.Dropdown
) -> None:
    def offer(chosen: str) -> tuple[object, object]:
        """Offer the values that the two sides can differ in."""
        options = sides(shell, form.craft, chosen)
        shown = bool(options)
        return (
            gr.Dropdown(options, value=options[0][1] if options else None, visible=shown),
            gr.Dropdown(options, value=options[-1][1] if options else None, visible=shown),
        )

    difference.input(
        offer,
        [difference],
        [first, second],
        api_name=f"{form.craft.name}_sides",
        **QUIET,
    )


def _wire_duel(
    shell: Shell, form: Form, arena: Arena, go: gr.Button, setting: Sequence[Block]
) -> None:
    name = form.craft.name
    go.click(
        duellist(shell, form),
        [shell.person, shell.language, *setting, *form.controls],
        arena.all(),
        api_name=f"{name}_duel",
        **QUIET,
        concurrency_limit=None,
    )
    stop = shell.stopper(f"{name} duel")
    arena.stop.click(stop, api_name=f"{name}_duel_stop", **QUIET, queue=False)


def duellist(shell: Shell, form: Form) -> Callable[..., AsyncIterator[Paint]]:
    """The handler of "Make two": the first three values say what differs, the rest is the form."""
    name = form.craft.name

    async def run(
        request: gr.Request, person: str, lang: str, *values: object
    ) -> AsyncIterator[Paint]:
        """Make two versions of the form's idea, side by side and blind."""
        tongue = shell.words.tongue(lang)
        difference, first, second = (str(each or "") for each in values[:3])
        with shell.stops.run((str(request.session_hash), f"{name} duel")) as asked:
            yield _started(status_line(tongue("status.running"), "busy", 0.0))
            try:
                both = arms(difference, (first, second))
                made = shell.studio.duel(name, form.inputs(values[3:]), both, user=person)
                async with aclosing(until(made, asked)) as progress:
                    async for each in paced(progress):
                        yield _painted(shell, form, each, lang)
            except Exception as error:  # noqa: BLE001 - the edge: failures become sentences
                yield _ended(failure_line(error, tongue))
            if asked.is_set():
                yield _ended(status_line(tongue("status.stopped"), "done"))

    return run


def _started(status: object) -> Paint:
    hidden = gr.Row(visible=False)
    return status, gr.skip(), gr.skip(), gr.Button(visible=True), hidden, "", ()


def _ended(status: object) -> Paint:
    return status, gr.skip(), gr.skip(), gr.Button(visible=False), *[gr.skip()] * 3


def _painted(shell: Shell, form: Form, duel: DuelProgress, lang: str) -> Paint:
    tongue = shell.words.tongue(lang)
    craft = form.craft
    status = progress_line(duel, tongue)
    if duel.stage != "done":
        previews = [*duel.previews, "", ""][: len(LETTERS)]
        cards = [
            _side_card(i, paint_preview(craft, text, tongue)) for i, text in enumerate(previews)
        ]
        return status, *cards, gr.skip(), gr.skip(), gr.skip(), gr.skip()
    cards = [
        _side_card(i, paint_work(craft.output, work, tongue, blind=True))
        for i, work in enumerate(duel.works[: len(LETTERS)])
    ]
    asking = status_line(tongue("compare.ask"), "done")
    shown = (duel.duel_id, *(each.id for each in duel.works))
    return asking, *cards, gr.Button(visible=False), gr.Row(visible=True), "", shown


def _side_card(index: int, body: Markup) -> Markup:
    return fragment('<h3 class="letter">{letter}</h3>{body}', letter=LETTERS[index], body=body)


def _wire_votes(shell: Shell, form: Form, arena: Arena, buttons: list[gr.Button]) -> None:
    for choice, button in zip(CHOICES, buttons, strict=True):
        button.click(
            voter(shell, form, choice),
            [arena.duel, shell.person, shell.language],
            [arena.status, arena.votes, arena.reveal, *arena.cards],
            api_name=f"{form.craft.name}_vote_{choice}",
            **QUIET,
        )


def voter(shell: Shell, form: Form, choice: str) -> Callable[[Shown, str, str], object]:
    """The handler of one vote button."""

    async def vote(duel: Shown, person: str, lang: str) -> list[object]:
        """Count the vote once, then tell who was who and hand the files over."""
        tongue = shell.words.tongue(lang)
        try:
            told = await shell.studio.vote(duel[0], choice, user=person)
            works = [await shell.studio.work(each, user=person) for each in duel[1:]]
        except Exception as error:  # noqa: BLE001 - the edge
            return [failure_line(error, tongue), *[gr.skip()] * 4]
        cards = [
            _side_card(i, paint_work(form.craft.output, work, tongue))
            for i, work in enumerate(works[: len(LETTERS)])
        ]
        said = status_line(tongue(f"compare.voted_{choice}"), "done")
        return [said, gr.Row(visible=False), reveal_markup(told, tongue), *cards]

    return vote


def _wire_standings(shell: Shell, form: Form, arena: Arena, panel: gr.Accordion) -> None:
    async def show(lang: str) -> Markup:
        """How the arms of this craft stand so far."""
        return standings_markup(
            await shell.studio.standings(form.craft.name), shell.words.tongue(lang)
        )

    panel.expand(
        show,
        [shell.language],
        [arena.reveal],
        api_name=f"{form.craft.name}_standings",
        **QUIET,
    )
