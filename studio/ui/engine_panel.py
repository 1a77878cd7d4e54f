"""The engine at a glance, at the foot of the page: a line that opens."""

from __future__ import annotations

import gradio as gr
from markupsafe import Markup

from studio.errors import StudioError
from studio.settings import Settings
from studio.ui.edge import failure_line, status_line
from studio.ui.engine_markup import engine_markup
from studio.ui.shell import QUIET, Shell

REFRESH_S = 4.0
LOCAL = frozenset({"127.0.0.1", "localhost", "::1"})
BOARD_JS = """
let held = '';
const times = () => {
  for (const time of element.querySelectorAll('time[datetime]')) {
    const at = new Date(time.dateTime);
    if (!isNaN(at)) time.textContent = at.toTimeString().slice(0, 5);
  }
};
const keep = () => {
  times();
  const lost = !document.activeElement || document.activeElement === document.body;
  if (held && lost) element.querySelector(`[data-id="${CSS.escape(held)}"]`)?.focus();
};
watch('value', () => requestAnimationFrame(keep));
times();
element.addEventListener('focusin', (event) => { held = event.target.dataset?.id ?? ''; });
element.addEventListener('focusout', (event) => { if (event.relatedTarget) held = ''; });
element.addEventListener('click', (event) => {
  const button = event.target.closest('[data-do=unload]');
  if (button && element.contains(button)) trigger('click', { id: button.dataset.id });
});
"""
"""The hours of the errors become local; the news must not take the keyboard's place away."""


def engine_panel(shell: Shell) -> None:
    """A line at the foot of the page that opens; it asks for news only while it is open."""
    with gr.Accordion(
        shell.words("engine.title"), open=False, elem_classes="engine", elem_id="engine"
    ) as panel:
        board = gr.HTML(js_on_load=BOARD_JS, elem_classes="engine-board")
        status = gr.HTML(elem_id="engine-status")
        clock = gr.Timer(REFRESH_S, active=False)

    def look(lang: str, request: gr.Request) -> Markup:
        """The engine's state, painted."""
        studio, tongue = shell.studio, shell.words.tongue(lang)
        may = may_unload(request.username, studio.settings)
        return engine_markup(studio.engine(), studio.status().missing, tongue, may)

    async def unload(event: gr.EventData, lang: str, request: gr.Request) -> tuple[Markup, Markup]:
        """A card's memory is given back; says so, or why not."""
        tongue, card = shell.words.tongue(lang), str(event.id)
        if not may_unload(request.username, shell.studio.settings):
            return look(lang, request), status_line()
        try:
            await shell.studio.unload(card)
        except StudioError as error:
            return look(lang, request), failure_line(error, tongue)
        return look(lang, request), status_line(tongue("engine.unloaded", card=card), "done")

    quiet = {**QUIET, "queue": False}
    clock.tick(look, [shell.language], [board], api_name="engine_tick", **quiet)
    panel.expand(look, [shell.language], [board], api_name="engine_look", **quiet)
    panel.expand(lambda: gr.Timer(active=True), None, [clock], api_name="engine_watch", **quiet)
    panel.collapse(lambda: gr.Timer(active=False), None, [clock], api_name="engine_rest", **quiet)
    board.click(unload, [shell.language], [board, status], api_name="engine_unload", **quiet)


def may_unload(name: str | None, settings: Settings) -> bool:
    """Who may give memory back: the names in STUDIO_ADMINS; without any, everybody on a studio
    without sign-in that only its own machine reaches."""
    if settings.admins:
        return name in settings.admins
    return name is None and settings.host in LOCAL
