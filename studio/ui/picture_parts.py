"""The components of an easel: the trail of sheets, and the tools for what is chosen on a sheet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import gradio as gr
from gradio.blocks import Block
from gradio.components import Component
from gradio.i18n import I18nData

from studio.crafts.craft import Craft
from studio.crafts.image_finishes import FINISHES, FORMATS
from studio.crafts.image_grid import AXES, VALUES
from studio.crafts.image_sizes import EDGES, FREE, PRESETS
from studio.crafts.image_verbs import REACHES
from studio.crafts.image_walk import DEFAULT_STEP, DIRECTIONS
from studio.ui.strings import Words

TOOLS = ("vary", "cross", "morph", "walk", "recolour", "refinish", "grid")
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
class VersionRow:
    """Where a person is among the sheets they made."""

    back: gr.Button
    version: gr.HTML
    forward: gr.Button


@dataclass(frozen=True, slots=True)
class Tool:
    """One tool: its button, and what it asks beside the chosen pictures, by name."""

    name: str
    go: gr.Button
    asked: Mapping[str, Component]


@dataclass(frozen=True, slots=True)
class PictureParts:
    """What the easel's events read and write."""

    tools: tuple[Tool, ...]
    picked: gr.Textbox
    """The chosen pictures, told by the browser: [{work, version}, ...]."""
    trail: gr.Textbox
    """A `Trail` as JSON, kept by the browser."""
    harmonies: gr.HTML
    take_colours: gr.UploadButton

    def named(self, name: str) -> Tool:
        """The tool of that name."""
        return next(each for each in self.tools if each.name == name)

    def laid(self, row: VersionRow) -> list[Block]:
        """What is written when a sheet of the trail is laid on the easel."""
        return [self.trail, row.version, row.back, row.forward]


def has_easel(craft: Craft) -> bool:
    """Whether a craft's pictures can be worked on: it takes a start."""
    return craft.output == "picture" and any(each.name == "start" for each in craft.fields)


def version_row(words: Words) -> VersionRow:
    """Back and forward through the sheets."""
    with gr.Row(elem_classes=["versions", "sheets-made"]):
        back = gr.Button(words("picture.back"), size="sm", elem_classes="turn", interactive=False)
        version = gr.HTML(words("picture.first"), elem_classes="which")
        forward = gr.Button(
            words("picture.forward"), size="sm", elem_classes="turn", interactive=False
        )
    return VersionRow(back, version, forward)


def picture_parts(words: Words, craft: Craft) -> PictureParts:
    """The tray of chosen pictures, and under it one panel a tool, of which one is open."""
    with gr.Column(elem_classes="easel-tools", elem_id=f"tools-{craft.name}"):
        gr.HTML(words("picture.said"), elem_classes="tray-place")
        choice = gr.Radio(
            [(words(f"picture.tool.{each}"), each) for each in TOOLS],
            value=TOOLS[0],
            label=words("picture.tools"),
            elem_classes=["pills", "tool-choice"],
            elem_id=f"tool-choice-{craft.name}",
            interactive=True,
        )
        recolour, harmonies, take_colours = _recolour(words, craft)
        tools = (
            _vary(words, craft),
            _tool(words, craft, "cross"),
            _morph(words, craft),
            _walk(words, craft),
            recolour,
            _refinish(words, craft),
            _grid(words, craft),
        )
        picked, trail = (
            gr.Textbox(label=each, elem_classes="behind", interactive=True)
            for each in ("picked", "trail")
        )
    js = "(tool) => window.atelier.pictures.tool(" + repr(craft.name) + ", tool)"
    choice.change(None, [choice], None, js=js, api_visibility="private")
    return PictureParts(tools, picked, trail, harmonies, take_colours)


def _panel(name: str) -> gr.Column:
    return gr.Column(elem_classes=["tool-panel", f"for-{name}"])


def _go(words: Words, craft: Craft, name: str) -> gr.Button:
    return gr.Button(
        words(f"picture.go.{name}"),
        size="sm",
        elem_classes="tool-go",
        elem_id=f"{name}-{craft.name}",
    )


def _hint(words: Words, name: str) -> None:
    gr.HTML(words(f"picture.hint.{name}"), elem_classes="note")


def _tool(words: Words, craft: Craft, name: str) -> Tool:
    with _panel(name):
        _hint(words, name)
        return Tool(name, _go(words, craft, name), {})


def _vary(words: Words, craft: Craft) -> Tool:
    with _panel("vary"):
        _hint(words, "vary")
        with gr.Row(elem_classes="fields"):
            reach = gr.Radio(
                [(words(f"picture.reach.{each}"), each) for each in REACHES],
                value="middle",
                label=words("picture.how_far"),
                elem_classes="pills",
                interactive=True,
            )
            follow = gr.Checkbox(False, label=words("picture.follow"), interactive=True)
        return Tool("vary", _go(words, craft, "vary"), {"reach": reach, "follow": follow})


def _morph(words: Words, craft: Craft) -> Tool:
    with _panel("morph"):
        _hint(words, "morph")
        with gr.Row(elem_classes="fields"):
            frames = gr.Slider(
                4, 48, 16, step=1, label=words("picture.frames"), buttons=[], interactive=True
            )
            bpm = gr.Slider(
                0, 240, 0, step=1, label=words("picture.bpm"), buttons=[], interactive=True
            )
        return Tool("morph", _go(words, craft, "morph"), {"frames": frames, "bpm": bpm})


def _walk(words: Words, craft: Craft) -> Tool:
    with _panel("walk"):
        _hint(words, "walk")
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
        return Tool("walk", _go(words, craft, "walk"), {"directions": directions, "step": step})


def _recolour(words: Words, craft: Craft) -> tuple[Tool, gr.HTML, gr.UploadButton]:
    upload: Any = words("picture.take_colours")  # gradio translates it, though typed as a str
    with _panel("recolour"):
        _hint(words, "recolour")
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
            go = _go(words, craft, "recolour")
            gr.HTML(words("picture.lock_hint"), elem_classes="note")
        return Tool("recolour", go, {"colours": colours}), harmonies, take


def _refinish(words: Words, craft: Craft) -> Tool:
    asked: dict[str, Component] = {}
    with _panel("refinish"):
        _hint(words, "refinish")
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
        go = _go(words, craft, "refinish")
    for name in ("finish", "size"):
        js = f"(value) => window.atelier.pictures.mark({craft.name!r}, {name!r}, value)"
        changed = getattr(asked[name], "change")  # noqa: B009 - gradio makes it at run time
        changed(None, [asked[name]], None, js=js, api_visibility="private")
    return Tool("refinish", go, asked)


def _grid(words: Words, craft: Craft) -> Tool:
    asked: dict[str, Component] = {}
    with _panel("grid"):
        _hint(words, "grid")
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
        return Tool("grid", _go(words, craft, "grid"), asked)


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
