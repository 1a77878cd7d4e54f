"""A sketch: a few coloured cells, drawn with a pointer or with keys, that a picture is made of."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import gradio as gr

from studio.crafts.craft import Craft
from studio.crafts.image_sketch import cells_of_picture
from studio.crafts.image_start import start_text
from studio.errors import InvalidInput
from studio.requests import Picture
from studio.ui.strings import Words

SIDE = 12
"""Rows and columns of the sketch."""
PAD_JS = "window.atelier.pictures.sketch(element);"


@dataclass(frozen=True, slots=True)
class SketchParts:
    """What the sketch's events read and write."""

    cells: gr.Textbox
    """Rows of hex colours as JSON, told by the browser; "" for an empty sketch."""
    take: gr.UploadButton
    follow: gr.Button
    """Lays the chosen picture under the brush."""
    go: gr.Button


def sketch_parts(words: Words, craft: Craft) -> SketchParts:
    """The pad in a fold of its own, and what it can be filled from."""
    upload: Any = words("picture.take_sketch")  # gradio translates it, though typed as a str
    with gr.Accordion(
        words("picture.sketch"),
        open=False,
        elem_classes=["more", "sketching"],
        elem_id=f"sketching-{craft.name}",
    ):
        gr.HTML(words("picture.hint.sketch"), elem_classes="note")
        gr.HTML(words("picture.sketch_pad"), js_on_load=PAD_JS, elem_classes="pad-place")
        with gr.Row(elem_classes="tool-row"):
            go = gr.Button(
                words("picture.go.sketch"),
                size="sm",
                elem_classes="tool-go",
                elem_id=f"sketch-{craft.name}",
            )
            take = gr.UploadButton(
                upload,
                size="sm",
                file_types=["image"],
                elem_classes="take-from",
                elem_id=f"take-sketch-{craft.name}",
            )
            follow = gr.Button(words("picture.follow_sketch"), size="sm", elem_classes="take-from")
    cells = gr.Textbox(label="cells", elem_classes="behind", interactive=True)
    return SketchParts(cells, take, follow, go)


def sketched_inputs(cells: str, form: Mapping[str, object]) -> dict[str, object]:
    """The form, starting from the sketch. Raises InvalidInput for an empty one."""
    rows = json.loads(cells) if cells else []
    if not rows:
        raise InvalidInput("start", "Draw something first.", code="image_no_sketch")
    return {**form, "start": start_text("sketch", cells=rows)}


def cells_text(picture: Picture) -> str:
    """A picture reduced to the pad's cells, as the browser reads them."""
    rows = cells_of_picture(picture.rgb, picture.width, picture.height, rows=SIDE, columns=SIDE)
    return json.dumps(rows)
