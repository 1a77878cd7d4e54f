"""Standing notes, kept in view with what they take of the writer's attention."""

from __future__ import annotations

import gradio as gr
from gradio.components import Component
from markupsafe import Markup

from studio.crafts.craft import Craft, Field
from studio.ui.controls import control
from studio.ui.markup import NOTHING, fragment
from studio.ui.shell import QUIET, Shell
from studio.works import TokenCount


def notes_field(shell: Shell, craft: Craft, field: Field) -> Component:
    """The field, and under it its size in tokens of the craft's writer."""
    with gr.Column(elem_classes="notes"):
        notes = control(craft, field, shell.words)
        size = gr.HTML(elem_classes="tokens", elem_id=f"tokens-{craft.name}")

    async def count(text: str, lang: str) -> Markup:
        """Tokens by the writer's own tokenizer; "about" when it is not loaded."""
        if not text.strip():
            return NOTHING
        counted = await shell.studio.count_tokens(craft.name, text)
        return _line(counted, shell.words.tongue(lang)("desk.tokens", count=_said(counted)))

    changed = getattr(notes, "change")  # noqa: B009 - gradio makes it at run time
    changed(
        count,
        [notes, shell.language],
        [size],
        api_name=f"{craft.name}_tokens",
        trigger_mode="always_last",
        **QUIET,
    )
    return notes


def _said(counted: TokenCount) -> str:
    return str(counted.tokens) if counted.exact else f"≈ {counted.tokens}"


def _line(counted: TokenCount, text: str) -> Markup:
    kind = "exact" if counted.exact else "about"
    return fragment('<p class="size {kind}">{text}</p>', kind=kind, text=text)
