"""What a person types is kept in the browser as they type it, and is there after a reload."""

from __future__ import annotations

import json
from collections.abc import Sequence

import gradio as gr

from studio.ui.controls import Form
from studio.ui.shell import QUIET


def keep_drafts(page: gr.Blocks, forms: Sequence[Form]) -> None:
    """Save every form on every change and fill it again on load, without asking the server."""
    controls = [each for form in forms for each in form.controls]
    for form in forms:
        gr.on(
            [each.change for each in form.controls if hasattr(each, "change")],
            None,
            list(form.controls),
            None,
            js=f"(...values) => window.atelier.saveDraft({json.dumps(form.craft.name)}, values)",
            **QUIET,
        )
    shapes = [
        {
            "craft": form.craft.name,
            "values": form.values({}),
            "fields": [f.name for f in form.fields],
        }
        for form in forms
    ]
    page.load(
        None,
        None,
        controls,
        js=f"() => window.atelier.drafts({json.dumps(shapes, default=str)})",
        **QUIET,
    )
