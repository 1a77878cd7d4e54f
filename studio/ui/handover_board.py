"""The lines of a board, over the picture's form: what a poem passed on, or what a person types.

All of it happens in the browser: the lines and the form's field `start` say the same.
"""

from __future__ import annotations

from typing import Any

import gradio as gr
from gradio.components import Component

from studio.crafts.craft import Craft
from studio.ui.shell import QUIET, Shell


def board_lines(shell: Shell, craft: Craft, start: Component) -> None:
    """A field of lines, one picture each, kept in step with `start`."""
    told: Any = start
    words = shell.words
    turn = gr.Button(words("handover.board"), size="sm", elem_classes="take-from")
    turn.click(None, None, None, js="() => window.atelier.handover.turned()", **QUIET)
    with gr.Column(elem_classes="board-lines", elem_id=f"board-{craft.name}"):
        gr.HTML(words("handover.board_hint"), elem_classes="note")
        lines = gr.Textbox(
            label=words("handover.board_lines"),
            lines=4,
            max_lines=16,
            max_length=5000,
            interactive=True,
            elem_id=f"board-lines-{craft.name}",
        )
    lines.change(
        None,
        [lines, told],
        [told],
        js="(lines, start) => window.atelier.handover.started(lines, start)",
        **QUIET,
    )
    told.change(
        None,
        [told, lines],
        [lines],
        js="(start, lines) => window.atelier.handover.lines(start, lines)",
        **QUIET,
    )
