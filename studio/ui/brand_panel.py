"""The brand card beside a form: chosen, made by three questions, typed, brought as a file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import gradio as gr
from gradio.components import Component

from studio.crafts.craft import Craft
from studio.ui.brand_editor import EVENTS_JS, BrandEditor, brand_editor
from studio.ui.controls import Form
from studio.ui.strings import Words

FIELD = "brand_card"
"""The form's hidden field that holds the chosen card as JSON."""
NO_CARD = "none"
"""What the list of cards has for "none"."""
QUESTIONS = ("sells", "feels", "never")


@dataclass(frozen=True, slots=True, kw_only=True)
class BrandPanel:
    """What the events around a brand card read and write."""

    card: Component
    """The form's own hidden field."""
    brand: Component | None
    """The form's field for the brand's name."""
    worn: gr.HTML
    fold: gr.Accordion
    picker: gr.Dropdown
    afresh: gr.Button
    bring: gr.UploadButton
    asking: gr.Accordion
    answers: tuple[gr.Textbox, ...]
    """The name, and the three questions."""
    ask: gr.Button
    editing: gr.Accordion
    editor: BrandEditor
    save: gr.Button
    status: gr.HTML
    past: gr.HTML


def has_brand_card(craft: Craft) -> bool:
    """Whether a craft takes a brand card."""
    return any(each.name == FIELD for each in craft.fields)


def brand_parts(words: Words, form: Form) -> BrandPanel:
    """Build the panel: a line that says which card is worn, and a fold with everything else."""
    name = form.craft.name
    worn = gr.HTML(elem_classes="brand-worn-place", elem_id=f"brand-worn-{name}")
    fold = gr.Accordion(
        words("brand.title"),
        open=False,
        elem_classes=["more", "brand-card"],
        elem_id=f"brand-card-{name}",
    )
    with fold:
        gr.HTML(words("brand.intro"), elem_classes="note")
        picker, afresh, bring = _choosing(words, name)
        asking, answers, ask = _questions(words, name)
        editing = gr.Accordion(
            words("brand.parts"),
            open=False,
            elem_classes=["more", "brand-editor"],
            elem_id=f"brand-editor-{name}",
        )
        with editing:
            editor = brand_editor(words, name)
        save, status, past = _keeping(words, name)
    card, brand = _control(form, FIELD), _control(form, "brand")
    assert card is not None
    return BrandPanel(
        card=card,
        brand=brand,
        worn=worn,
        fold=fold,
        picker=picker,
        afresh=afresh,
        bring=bring,
        asking=asking,
        answers=answers,
        ask=ask,
        editing=editing,
        editor=editor,
        save=save,
        status=status,
        past=past,
    )


def _control(form: Form, name: str) -> Component | None:
    named = {each.name: made for each, made in zip(form.fields, form.controls, strict=True)}
    return named.get(name)


def _choosing(words: Words, name: str) -> tuple[gr.Dropdown, gr.Button, gr.UploadButton]:
    upload_label: Any = words("brand.bring")  # gradio translates it, though typed as a str
    with gr.Row(elem_classes=["fields", "brand-choice"]):
        picker = gr.Dropdown(
            [(words("brand.none"), NO_CARD)],
            value=NO_CARD,
            label=words("brand.yours"),
            filterable=False,
            interactive=True,
            min_width=180,
            elem_id=f"brand-picker-{name}",
        )
        afresh = gr.Button(words("brand.new"), size="sm", elem_classes="take-from")
        bring = gr.UploadButton(
            upload_label,
            size="sm",
            file_types=[".json"],
            elem_classes="take-from",
            elem_id=f"brand-bring-{name}",
        )
    return picker, afresh, bring


def _questions(words: Words, name: str) -> tuple[gr.Accordion, tuple[gr.Textbox, ...], gr.Button]:
    asking = gr.Accordion(
        words("brand.questions"),
        open=False,
        elem_classes=["more", "brand-asking"],
        elem_id=f"brand-asking-{name}",
    )
    with asking:
        answers = tuple(
            gr.Textbox(
                label=words(f"brand.{'name' if each == 'name' else f'ask_{each}'}"),
                placeholder=words(f"brand.hint.{each if each != 'name' else 'asked_name'}"),
                lines=1,
                interactive=True,
                elem_classes="brand-question",
                elem_id=f"brand-ask-{name}-{each}",
            )
            for each in ("name", *QUESTIONS)
        )
        ask = gr.Button(
            words("brand.ask"), size="sm", elem_classes="tool-go", elem_id=f"brand-ask-{name}"
        )
    return asking, answers, ask


def _keeping(words: Words, name: str) -> tuple[gr.Button, gr.HTML, gr.HTML]:
    with gr.Row(elem_classes="tool-row"):
        save = gr.Button(
            words("brand.save"),
            size="sm",
            elem_classes=["tool-go", "brand-save"],
            elem_id=f"brand-save-{name}",
        )
    status = gr.HTML(elem_classes="status-line", elem_id=f"brand-status-{name}")
    past = gr.HTML(js_on_load=EVENTS_JS, elem_id=f"brand-past-{name}")
    return save, status, past
