"""The controls of a brand card, and the card as they show it."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import gradio as gr
from gradio.components import Component

from studio.ads.brand import FONTS, LANGUAGES, Brand
from studio.ui.strings import Words

TYPED = (
    "name",
    "voice",
    "audience",
    "do_words",
    "dont_words",
    "example",
    "second_example",
    "claims",
    "colours",
    "font",
    "valence",
    "arousal",
    "languages",
    "motif",
)
"""The controls in their order; together with what is held they are a whole card."""
PICTURES = (".png", ".jpg", ".jpeg", ".webp", ".gif", ".tif", ".tiff", ".bmp")
EVENTS_JS = """
const dates = () => window.atelier.localTimes(element);
watch('value', dates);
dates();
element.addEventListener('click', (event) => {
  const button = event.target.closest('[data-do]');
  if (button && element.contains(button)) {
    trigger('click', { action: button.dataset.do, id: button.dataset.id });
  }
});
element.addEventListener('change', (event) => {
  if (event.target.type === 'color') {
    trigger('click', { action: 'set', id: `${event.target.dataset.at} ${event.target.value}` });
  }
});
"""
_PARTED = re.compile(r"[,，、;；\n]+")
_COLOURS_PARTED = re.compile(r"[,，、;；\s]+")
_PROOF = re.compile(r"\s*[|｜]\s*")


@dataclass(frozen=True, slots=True)
class BrandEditor:
    """The controls by name, and what of a card has none: its id, version and logo, as JSON."""

    typed: Mapping[str, Component]
    held: gr.Textbox
    drop: gr.File
    look: gr.HTML
    """The logo and the colours, painted."""

    def all(self) -> list[Component]:
        """Everything that holds a part of the card."""
        return [self.held, *self.typed.values()]


def brand_editor(words: Words, craft: str) -> BrandEditor:
    """Build the controls, in the order a person thinks of a brand: who, how, with what words."""
    made: dict[str, Component] = {}

    def text(name: str, lines: int = 1, hint: bool = False) -> None:
        told: dict[str, Any] = {"placeholder": words(f"brand.hint.{name}")} if hint else {}
        made[name] = gr.Textbox(
            label=words(f"brand.{name}"),
            lines=lines,
            max_lines=max(1, 3 * lines - 2),
            interactive=True,
            min_width=150,
            elem_id=f"brand-{craft}-{name.replace('_', '-')}",
            **told,
        )

    with gr.Row(elem_classes="fields"):
        text("name")
        text("voice", hint=True)
        text("audience", hint=True)
    with gr.Row(elem_classes="fields"):
        text("do_words", 2, hint=True)
        text("dont_words", 2, hint=True)
    with gr.Row(elem_classes="fields"):
        text("example", 2)
        text("second_example", 2)
    with gr.Row(elem_classes=["fields", "brand-wide"]):
        text("claims", 3, hint=True)
    drop = _drop(words, craft)
    with gr.Row(elem_classes=["fields", "brand-wide"]):
        text("colours", hint=True)
    look = gr.HTML(js_on_load=EVENTS_JS, elem_id=f"brand-look-{craft}")
    _feeling(words, craft, made)
    with gr.Row(elem_classes=["fields", "brand-wide"]):
        text("motif", 2, hint=True)
    held = gr.Textbox("", label="held", elem_classes="behind", interactive=True)
    return BrandEditor({name: made[name] for name in TYPED}, held, drop, look)


def _drop(words: Words, craft: str) -> gr.File:
    gr.HTML(words("brand.drop"), elem_classes="note")
    return gr.File(
        label=words("brand.drop"),
        show_label=False,
        file_types=list(PICTURES),
        elem_id=f"brand-drop-{craft}",
        elem_classes="drop",
        height=118,
    )


def _feeling(words: Words, craft: str, made: dict[str, Component]) -> None:
    with gr.Row(elem_classes="fields"):
        for name in ("valence", "arousal"):
            made[name] = gr.Slider(
                -1,
                1,
                0,
                step=0.05,
                label=words(f"brand.{name}"),
                info=words(f"brand.hint.{name}"),
                buttons=[],
                interactive=True,
                min_width=180,
                elem_id=f"brand-{craft}-{name}",
            )
    with gr.Row(elem_classes="fields"):
        made["font"] = gr.Radio(
            [(words(f"brand.font_{each}"), each) for each in FONTS],
            value=FONTS[0],
            label=words("brand.font"),
            elem_classes="pills",
            interactive=True,
            min_width=150,
        )
        made["languages"] = gr.CheckboxGroup(
            [(words(f"choice.lang.{each}"), each) for each in LANGUAGES],
            label=words("brand.languages"),
            elem_classes="pills",
            interactive=True,
            min_width=150,
        )


def typed_card(values: Sequence[Any]) -> dict[str, Any]:
    """What the controls show, as `Brand.read` takes it. `values`: as `BrandEditor.all`."""
    held, *rest = values
    shown = dict(zip(TYPED, rest, strict=True))
    examples = [str(shown.pop(each) or "") for each in ("example", "second_example")]
    return {
        **shown,
        **_held(held),
        **{name: _listed(shown[name]) for name in ("voice", "do_words", "dont_words")},
        "examples": [each for each in examples if each.strip()],
        "claims": [
            _claim(line) for line in str(shown["claims"] or "").splitlines() if line.strip()
        ],
        "colours": listed_colours(shown["colours"]),
        "languages": list(shown["languages"] or ()),
        "valence": float(shown["valence"] or 0),
        "arousal": float(shown["arousal"] or 0),
    }


def shown_card(brand: Brand) -> list[Any]:
    """A card as the controls show it: values in the order of `BrandEditor.all`."""
    examples = (*brand.examples, "", "")
    shown: dict[str, Any] = {
        **brand.as_dict(),
        **{name: _one_line(getattr(brand, name)) for name in ("voice", "do_words", "dont_words")},
        "example": examples[0],
        "second_example": examples[1],
        "claims": "\n".join(
            " | ".join(filter(None, (each.text, each.proof))) for each in brand.claims
        ),
        "colours": " ".join(brand.colours),
    }
    return [held_text(brand), *(shown[name] for name in TYPED)]


def held_text(brand: Brand) -> str:
    """What of a card has no control."""
    return json.dumps({"id": brand.id, "version": brand.version, "logo": brand.logo})


def held_logo(held: str) -> str:
    """The logo that is held; "" for none."""
    return str(_held(held).get("logo", ""))


def with_logo(held: str, logo: str) -> str:
    """The same with another logo."""
    return json.dumps({**_held(held), "logo": logo})


def listed_colours(typed: object) -> list[str]:
    """The colours of a line, whatever stands between them."""
    return [each for each in _COLOURS_PARTED.split(str(typed or "")) if each]


def _held(held: object) -> dict[str, Any]:
    found = json.loads(str(held or "{}"))
    return dict(found) if isinstance(found, dict) else {}


def _one_line(words: Sequence[str]) -> str:
    """Parted as the words' own writing does."""
    return ("、" if any(not each.isascii() for each in words) else ", ").join(words)


def _listed(typed: object) -> list[str]:
    return [each.strip() for each in _PARTED.split(str(typed or "")) if each.strip()]


def _claim(line: str) -> dict[str, str]:
    text, *proof = _PROOF.split(line.strip(), maxsplit=1)
    return {"text": text, "proof": proof[0] if proof else ""}
