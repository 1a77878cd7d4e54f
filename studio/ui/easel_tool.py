"""One tool of an easel: a button, what it asks beside the chosen thing, the panel it stands in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import gradio as gr
from gradio.components import Component

from studio.crafts.craft import Craft
from studio.ui.strings import Words


@dataclass(frozen=True, slots=True)
class Tool:
    """One tool: its button, and what it asks beside the chosen things, by name."""

    name: str
    go: gr.Button
    asked: Mapping[str, Component]


def tool_choice(words: Words, craft: Craft, kind: str, names: Sequence[str]) -> None:
    """The names of the panels; the one that is chosen stands open (see the style sheets)."""
    choice = gr.Radio(
        [(words(f"{kind}.tool.{each}"), each) for each in names],
        value=names[0],
        label=words(f"{kind}.tools"),
        elem_classes=["pills", "tool-choice"],
        elem_id=f"tool-choice-{craft.name}",
        interactive=True,
    )
    js = f"(tool) => window.atelier.tool({craft.name!r}, tool)"
    choice.change(None, [choice], None, js=js, api_visibility="private")


def tool_panel(name: str) -> gr.Column:
    """What one name of `tool_choice` opens."""
    return gr.Column(elem_classes=["tool-panel", f"for-{name}"])


def tool_hint(words: Words, kind: str, name: str) -> None:
    """What a tool is for, in a sentence."""
    gr.HTML(words(f"{kind}.hint.{name}"), elem_classes="note")


def tool_go(words: Words, craft: Craft, kind: str, name: str) -> gr.Button:
    """The button that makes it."""
    return gr.Button(
        words(f"{kind}.go.{name}"),
        size="sm",
        elem_classes="tool-go",
        elem_id=f"{name}-{craft.name}",
    )
