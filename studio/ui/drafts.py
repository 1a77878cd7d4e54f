"""What a person types is kept in the browser as they type it, and is there after a reload."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

import gradio as gr
from gradio.components import Component
from gradio.events import Dependency

from studio.ui.controls import Form
from studio.ui.shell import QUIET


@dataclass(frozen=True, slots=True)
class Draft:
    """Controls that are kept together under a name, and their values when nothing is kept."""

    name: str
    controls: tuple[Component, ...]
    values: Sequence[object]


def form_draft(form: Form) -> Draft:
    """A craft's form."""
    return Draft(form.craft.name, form.controls, form.values({}))


def keep_drafts(page: gr.Blocks, drafts: Sequence[Draft]) -> Dependency:
    """Save every draft on every change and fill it again on load, without asking the server."""
    controls = [each for draft in drafts for each in draft.controls]
    for draft in drafts:
        gr.on(
            [each.change for each in draft.controls if hasattr(each, "change")],
            None,
            list(draft.controls),
            None,
            js=f"(...values) => window.atelier.saveDraft({json.dumps(draft.name)}, values)",
            **QUIET,
        )
    shapes = [{"craft": draft.name, "values": draft.values} for draft in drafts]
    return page.load(
        None,
        None,
        controls,
        js=f"() => window.atelier.drafts({json.dumps(shapes, default=str)})",
        **QUIET,
    )
