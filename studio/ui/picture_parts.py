"""The components of an easel: the trail of sheets, and the tools for what is chosen on a sheet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import gradio as gr
from gradio.components import Component
from gradio.i18n import I18nData

from studio.crafts.craft import Craft
from studio.crafts.image_finishes import FINISHES, FORMATS
from studio.crafts.image_grid import AXES, VALUES
from studio.crafts.image_sizes import EDGES, FREE, PRESETS
from studio.crafts.image_verbs import REACHES
from studio.crafts.image_walk import DEFAULT_STEP, DIRECTIONS
from studio.ui.easel_tool import Tool, tool_choice, tool_go, tool_hint, tool_panel
from studio.ui.picture_colours import ColourParts, colour_parts
from studio.ui.picture_film import film_tool
from studio.ui.strings import Words

TOOLS = ("vary", "cross", "morph", "film", "walk", "recolour", "refinish", "grid")
"""Verbs that work on chosen pictures, in the order of their buttons."""
FIRST_DIRECTIONS = ("warmer", "darker", "denser", "calmer")
FIRST_AXES = ("finish", "wildness")
FIRST_VALUES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {"finish": ("oil", "gouache", "ink"), "wildness": ("0.1", "0.5", "0.9")}
)
ARRIVED_JS = """
const arrived = () => setTimeout(() => window.atelier.pictures.arrived(element), 0);
watch('value', arrived);
arrived();
element.addEventListener('click', (event) => {
  const button = event.target.closest('[data-do]');
  if (button && element.contains(button)) {
    trigger('click', { action: button.dataset.do, id: button.dataset.id });
  }
});
"""
"""Of the sheet: its choice stands again after every paint; its buttons reach the server."""


@dataclass(frozen=True, slots=True)
class PictureParts:
    """What the easel's events read and write."""

    tools: tuple[Tool, ...]
    picked: gr.Textbox
    """The chosen pictures, told by the browser: [{work, version}, ...]."""
    harmonies: gr.HTML
    take_colours: gr.UploadButton
    colour_help: ColourParts

    def named(self, name: str) -> Tool:
        """The tool of that name."""
        return next(each for each in self.tools if each.name == name)


def picture_parts(words: Words, craft: Craft) -> PictureParts:
    """The tray of chosen pictures, and under it one panel a tool, of which one is open."""
    with gr.Column(elem_classes="easel-tools", elem_id=f"tools-{craft.name}"):
        gr.HTML(words("picture.said"), elem_classes="tray-place")
        tool_choice(words, craft, "picture", TOOLS)
        recolour, harmonies, take_colours, colour_help = _recolour(words, craft)
        tools = (
            _vary(words, craft),
            _tool(words, craft, "cross"),
            _morph(words, craft),
            film_tool(words, craft),
            _walk(words, craft),
            recolour,
            _refinish(words, craft),
            _grid(words, craft),
        )
        picked = gr.Textbox(label="picked", elem_classes="behind", interactive=True)
    return PictureParts(tools, picked, harmonies, take_colours, colour_help)


def _tool(words: Words, craft: Craft, name: str) -> Tool:
    with tool_panel(name):
        tool_hint(words, "picture", name)
        return Tool(name, tool_go(words, craft, "picture", name), {})


def _vary(words: Words, craft: Craft) -> Tool:
    with tool_panel("vary"):
        tool_hint(words, "picture", "vary")
        with gr.Row(elem_classes="fields"):
            reach = gr.Radio(
                [(words(f"picture.reach.{each}"), each) for each in REACHES],
                value="middle",
                label=words("picture.how_far"),
                elem_classes="pills",
                interactive=True,
            )
            follow = gr.Checkbox(False, label=words("picture.follow"), interactive=True)
        return Tool(
            "vary", tool_go(words, craft, "picture", "vary"), {"reach": reach, "follow": follow}
        )


def _morph(words: Words, craft: Craft) -> Tool:
    with tool_panel("morph"):
        tool_hint(words, "picture", "morph")
        with gr.Row(elem_classes="fields"):
            frames = gr.Slider(
                4, 48, 16, step=1, label=words("picture.frames"), buttons=[], interactive=True
            )
            bpm = gr.Slider(
                0, 240, 0, step=1, label=words("picture.bpm"), buttons=[], interactive=True
            )
        return Tool(
            "morph", tool_go(words, craft, "picture", "morph"), {"frames": frames, "bpm": bpm}
        )


def _walk(words: Words, craft: Craft) -> Tool:
    with tool_panel("walk"):
        tool_hint(words, "picture", "walk")
        with gr.Row(elem_classes="fields"):
            directions = gr.CheckboxGroup(
                words.options(craft.name, "direction", tuple(DIRECTIONS)),
                value=list(FIRST_DIRECTIONS),
                label=words("picture.directions"),
                elem_classes=["pills", "directions"],
                interactive=True,
            )
            step = gr.Slider(
                0.1,
                1.0,
                DEFAULT_STEP,
                step=0.05,
                label=words("picture.step"),
                buttons=[],
                interactive=True,
            )
        return Tool(
            "walk",
            tool_go(words, craft, "picture", "walk"),
            {"directions": directions, "step": step},
        )


def _recolour(words: Words, craft: Craft) -> tuple[Tool, gr.HTML, gr.UploadButton, ColourParts]:
    upload: Any = words("picture.take_colours")  # gradio translates it, though typed as a str
    with tool_panel("recolour"):
        tool_hint(words, "picture", "recolour")
        with gr.Row(elem_classes=["fields", "colour-row"]):
            colours = gr.Textbox(
                label=words("picture.colours"),
                placeholder=words("picture.colours_like"),
                max_length=200,
                interactive=True,
                elem_id=f"colours-{craft.name}",
                elem_classes="colours",
            )
            take = gr.UploadButton(
                upload,
                size="sm",
                file_types=["image"],
                elem_classes="take-from",
                elem_id=f"take-colours-{craft.name}",
            )
        harmonies = gr.HTML(elem_classes="harmonies", elem_id=f"harmonies-{craft.name}")
        with gr.Row(elem_classes="tool-row"):
            go = tool_go(words, craft, "picture", "recolour")
            gr.HTML(words("picture.lock_hint"), elem_classes="note")
        help_ = colour_parts(words, craft)
        return Tool("recolour", go, {"colours": colours}), harmonies, take, help_


def _refinish(words: Words, craft: Craft) -> Tool:
    asked: dict[str, Component] = {}
    with tool_panel("refinish"):
        tool_hint(words, "picture", "refinish")
        with gr.Row(elem_classes="fields"):
            asked["finish"] = gr.Dropdown(
                words.options(craft.name, "finish", tuple(FINISHES)[:-1]),
                value="oil",
                label=words("field.finish"),
                filterable=False,
                interactive=True,
                elem_id=f"finish-{craft.name}",
            )
            asked["size"] = gr.Dropdown(
                words.options(craft.name, "size", (*PRESETS, FREE)),
                value="1024",
                label=words("field.image.size"),
                filterable=False,
                interactive=True,
                elem_id=f"size-{craft.name}",
            )
            asked["format"] = gr.Dropdown(
                words.options(craft.name, "format", FORMATS),
                value="png",
                label=words("field.image.format"),
                filterable=False,
                interactive=True,
                elem_id=f"format-{craft.name}",
            )
        with gr.Row(elem_classes=["fields", "free-size"]):
            for edge in ("width", "height"):
                asked[edge] = gr.Number(
                    1200,
                    label=words(f"field.image.{edge}"),
                    precision=0,
                    minimum=EDGES[0],
                    maximum=EDGES[1],
                    interactive=True,
                )
        for finish, names in FINISHES.items():
            if names:
                with gr.Row(elem_classes=["fields", "tuning", f"of-{finish}"]):
                    for each in names:
                        asked[f"{finish}.{each}"] = gr.Slider(
                            0,
                            1,
                            0.5,
                            step=0.05,
                            label=words(f"picture.tuning.{each}"),
                            buttons=[],
                            interactive=True,
                        )
        go = tool_go(words, craft, "picture", "refinish")
    for name in ("finish", "size"):
        js = f"(value) => window.atelier.mark({craft.name!r}, {name!r}, value)"
        changed = getattr(asked[name], "change")  # noqa: B009 - gradio makes it at run time
        changed(None, [asked[name]], None, js=js, api_visibility="private")
    return Tool("refinish", go, asked)


def _grid(words: Words, craft: Craft) -> Tool:
    asked: dict[str, Component] = {}
    with tool_panel("grid"):
        tool_hint(words, "picture", "grid")
        for side, first in zip(("x", "y"), FIRST_AXES, strict=True):
            with gr.Row(elem_classes=["fields", "axis"]):
                asked[side] = gr.Dropdown(
                    [(words.named("field", each, craft.name), each) for each in AXES],
                    value=first,
                    label=words(f"picture.axis.{side}"),
                    filterable=False,
                    interactive=True,
                    elem_id=f"axis-{side}-{craft.name}",
                )
                asked[f"{side}_values"] = gr.Dropdown(
                    axis_choices(words, craft, first),
                    value=list(FIRST_VALUES[first]),
                    label=words("picture.values"),
                    multiselect=True,
                    max_choices=VALUES[1],
                    allow_custom_value=True,
                    interactive=True,
                    elem_id=f"values-{side}-{craft.name}",
                )
        return Tool("grid", tool_go(words, craft, "picture", "grid"), asked)


def axis_choices(words: Words, craft: Craft, axis: str) -> list[tuple[I18nData | str, str]]:
    """(label, value) of what an axis of a grid is offered; other values may be typed."""
    if axis in ("style", "finish"):
        field = craft.named(axis)
        names = [each for each in field.choices if each not in ("auto", "smooth")]
        return list(words.options(craft.name, axis, names))
    if axis == "seed":
        return [(str(each), str(each)) for each in (1, 2, 3, 4)]
    if axis == "palette":
        return [(each, each) for each in SOME_PALETTES]
    return [(each, each) for each in ("0", "0.1", "0.25", "0.5", "0.75", "0.9", "1")]


SOME_PALETTES = (
    "#f4ede0 #d8a48f #9f2d1c #26211f",
    "#eef2f0 #8fb8c9 #3d6f9e #14234a",
    "#f3efe2 #a3b18a #3f8f4f #1b4332",
    "#faf3dd #c9a227 #1f7a7a #2e2a72",
)
"""What a grid of colours begins with."""
