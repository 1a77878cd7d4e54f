"""Filled examples under the idea: one click fills the form, in the browser alone."""

from __future__ import annotations

import json
from collections import Counter

import gradio as gr

from studio.crafts.craft import Inputs
from studio.crafts.form import spoken_language
from studio.ui.controls import Form, idea_fields
from studio.ui.shell import QUIET, Shell

LONGEST_CHIP = 46
MOST = 3
"""Examples shown in the page's own language."""
FIRST_FEW = 1
"""Examples shown in each other language."""


def example_chips(shell: Shell, form: Form) -> None:
    """One chip for each of the craft's examples."""
    if not form.craft.examples:
        return
    gr.HTML(shell.words("page.examples"), elem_classes="examples-title")
    seen: Counter[str] = Counter()
    for example in form.craft.examples:
        lang = spoken_language(_idea(form, example))
        seen[lang] += 1
        if seen[lang] > MOST:
            continue
        rank = "first" if seen[lang] <= FIRST_FEW else "further"
        chip = gr.Button(
            _chip_text(form, example),
            size="sm",
            elem_classes=["chip", lang, rank],
            min_width=40,
            scale=0,
        )
        values = json.dumps(form.values(example), ensure_ascii=True, default=str)
        chip.click(
            None,
            None,
            list(form.controls),
            js=f"() => {values}",
            **QUIET,
        )


def _idea(form: Form, example: Inputs) -> str:
    words = (str(example.get(each.name, "")) for each in idea_fields(form.craft))
    return " · ".join(each for each in words if each)


def _chip_text(form: Form, example: Inputs) -> str:
    text = " ".join(_idea(form, example).split())
    return text if len(text) <= LONGEST_CHIP else text[: LONGEST_CHIP - 1].rstrip() + "…"
