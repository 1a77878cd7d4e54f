"""A work handed on: its target's tab opens with the form filled in, to be looked at and changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import gradio as gr
from gradio.blocks import Block

from studio.ui.edge import failure_line
from studio.ui.handover_menu import told_of
from studio.ui.shell import QUIET, Shell
from studio.ui.tab import CraftTab

KEPT = frozenset({"n", "finish", "size", "format", "temperature", "top_p", "drafts", "brand"})
"""Fields of the target that stay as the person has them where nothing is passed for them."""
ARRIVED_JS = "(craft) => craft ? window.atelier.handover.arrived(craft) : []"


def wire_hand_overs(shell: Shell, tabs: gr.Tabs, crafts: Sequence[CraftTab]) -> None:
    """Connect the menus of all tabs: what is passed on fills the target's form."""
    places = handed_places(tabs, crafts)
    arrived = gr.Textbox(label="handed", elem_classes="behind")
    for each in crafts:
        if each.menu is None:
            continue
        statuses: list[Block] = [each.bench.status]

        async def act(event: gr.EventData, person: str, lang: str) -> list[object]:
            """Hand the work over; what goes wrong is said where it was asked."""
            return await _act(shell, crafts, str(event.id), person, lang)

        handed = each.menu.click(
            act,
            [shell.person, shell.language],
            [*statuses, arrived, *places],
            api_name=f"{each.form.craft.name}_hand_over",
            **QUIET,
        )
        handed.then(None, [arrived], None, js=ARRIVED_JS, **QUIET)


async def _act(
    shell: Shell, crafts: Sequence[CraftTab], told: str, person: str, lang: str
) -> list[object]:
    try:
        target, updates = await handed(shell, crafts, told, person)
    except Exception as error:  # noqa: BLE001 - the edge: failures become sentences
        size = 1 + sum(len(each.form.controls) for each in crafts)
        line = failure_line(error, shell.words.tongue(lang))
        return [line, "", *[gr.skip()] * size]
    return [gr.skip(), target, *updates]


def handed_places(tabs: gr.Tabs, crafts: Sequence[CraftTab]) -> list[Block]:
    """Everything that a hand-over writes to."""
    return [tabs, *(control for each in crafts for control in each.form.controls)]


async def handed(
    shell: Shell, crafts: Sequence[CraftTab], told: str, person: str
) -> tuple[str, list[object]]:
    """(target, updates of `handed_places`) for a button's id. Raises StudioError."""
    work, version, name = told_of(told)
    passed = await shell.studio.hand_over(work, version, name, user=person)
    updates: list[object] = [gr.Tabs(selected=passed.craft)]
    for each in crafts:
        wanted = each.form.craft.name == passed.craft
        updates += each.form.updates(_whole(each, passed.inputs) if wanted else {})
    return passed.craft, updates


def _whole(tab: CraftTab, passed: Mapping[str, object]) -> Mapping[str, object]:
    """The whole form: what is passed, defaults for the rest but for what a person keeps."""
    rest = {each.name: each.default for each in tab.form.fields if each.name not in KEPT}
    return {**rest, **passed}
