"""The menu of one tab: what can be made of the work that lies there."""

from __future__ import annotations

import asyncio

import gradio as gr
from markupsafe import Markup

from studio.errors import StudioError
from studio.ui.handover_menu import MENU_JS, handover_menu
from studio.ui.markup import NOTHING
from studio.ui.painting import Bench
from studio.ui.shell import QUIET, Shell


def menu_place(craft: str) -> gr.HTML:
    """Where the menu stands, under the sheet."""
    return gr.HTML(js_on_load=MENU_JS, elem_id=f"make-of-{craft}", elem_classes="make-of-place")


def wire_menu(shell: Shell, craft: str, menu: gr.HTML, bench: Bench) -> None:
    """Keep the menu that of the work on the bench."""

    async def offered(person: str, lang: str, work_id: str) -> Markup:
        """What can be made of the work; nothing while there is none."""
        return await menu_markup(shell, person, lang, work_id)

    bench.work.change(
        offered,
        [shell.person, shell.language, bench.work],
        [menu],
        api_name=f"{craft}_make_of",
        trigger_mode="always_last",
        **QUIET,
    )


async def menu_markup(shell: Shell, person: str, lang: str, work_id: str) -> Markup:
    """The menu of a work; nothing for none."""
    if not work_id:
        return NOTHING
    try:
        work = await shell.studio.work(work_id, user=person)
    except StudioError:
        return NOTHING
    tongue = shell.words.tongue(lang)
    return await asyncio.to_thread(handover_menu, work, shell.studio.crafts, tongue)
