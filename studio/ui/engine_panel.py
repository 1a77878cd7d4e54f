"""The engine at a glance: device, what is loaded, who waits."""

from __future__ import annotations

import gradio as gr
from markupsafe import Markup

from studio.ui.markup import NOTHING, fragment, joined
from studio.ui.shell import QUIET, Shell
from studio.ui.strings import Tongue
from studio.works import Status

REFRESH_S = 5.0


def engine_panel(shell: Shell) -> None:
    """A line at the foot of the page that opens; it asks for news only while it is open."""
    with gr.Accordion(
        shell.words("engine.title"), open=False, elem_classes="engine", elem_id="engine"
    ) as panel:
        board = gr.HTML(elem_classes="engine-board")
        clock = gr.Timer(REFRESH_S, active=False)

    def look(lang: str) -> Markup:
        """The engine's state, painted."""
        return engine_markup(shell.studio.status(), shell.words.tongue(lang))

    quiet = {**QUIET, "queue": False}
    clock.tick(look, [shell.language], [board], api_name="engine_tick", **quiet)
    panel.expand(look, [shell.language], [board], api_name="engine_look", **quiet)
    panel.expand(lambda: gr.Timer(active=True), None, [clock], api_name="engine_watch", **quiet)
    panel.collapse(lambda: gr.Timer(active=False), None, [clock], api_name="engine_rest", **quiet)


def engine_markup(status: Status, tongue: Tongue) -> Markup:
    """Facts, then a bar of the budget for each resident card."""
    facts = {
        "engine.device": status.device,
        "engine.running": status.running,
        "engine.waiting": status.waiting,
        "engine.memory": tongue(
            "engine.megabytes",
            used=round(sum(status.resident.values()) / 1e6),
            budget=round(status.budget_bytes / 1e6),
        ),
    }
    return fragment(
        '<dl class="facts">{facts}</dl>{cards}{missing}',
        facts=joined(
            fragment("<div><dt>{name}</dt><dd>{value}</dd></div>", name=tongue(key), value=value)
            for key, value in facts.items()
        ),
        cards=_cards(status, tongue),
        missing=fragment(
            '<p class="note">{text}</p>',
            text=tongue("engine.missing", cards=", ".join(status.missing)),
        )
        if status.missing
        else NOTHING,
    )


def _cards(status: Status, tongue: Tongue) -> Markup:
    if not status.resident:
        return fragment('<p class="note">{text}</p>', text=tongue("engine.nothing_loaded"))
    budget = max(1, status.budget_bytes, *status.resident.values())
    return fragment(
        '<ul class="resident">{rows}</ul>',
        rows=joined(
            fragment(
                '<li><code>{name}</code><i class="bar" aria-hidden="true">'
                '<i style="width:{share}%"></i></i>'
                "<span>{megabytes} MB</span></li>",
                name=name,
                share=max(1, round(100 * size / budget)),
                megabytes=round(size / 1e6),
            )
            for name, size in status.resident.items()
        ),
    )
