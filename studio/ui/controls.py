"""A craft's fields as controls, and back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import gradio as gr
from gradio.components import Component
from gradio.i18n import I18nData

from studio.crafts.craft import Craft, Field
from studio.crafts.origin import FIELD as ORIGIN_NAME
from studio.crafts.origin import LONGEST_CHARACTERS
from studio.ui.strings import Words

MOST_PILLS = 4
"""Up to so many choices are shown all at once; more go into a list."""

MOST_UNFILTERED = 12
"""A longer list can be searched by typing."""

AUTO = "auto"

ORIGIN = Field(ORIGIN_NAME, "text", max_length=LONGEST_CHARACTERS, hidden=True)
"""Every form may tell what it was made from; the page's own hand-overs fill it."""

MOST_OPEN = 3
"""More open fields than this go into a plan of their own, closed until someone wants it."""

OUTPUT_LANGUAGE = Field("lang", "choice", "auto", ("auto", "en", "zh"), advanced=True)
"""Every craft can be asked for a language; left alone it answers in the idea's own."""


@dataclass(frozen=True, slots=True)
class Form:
    """The controls of one craft, in the order of its fields."""

    craft: Craft
    fields: tuple[Field, ...]
    controls: tuple[Component, ...]

    def inputs(self, values: Sequence[object]) -> dict[str, object]:
        """What the person filled in: field name -> value as the craft takes it."""
        return {
            each.name: _from_control(each, value)
            for each, value in zip(self.fields, values, strict=True)
        }

    def values(self, inputs: Mapping[str, object]) -> list[object]:
        """Control values of a form: given inputs, defaults for the rest."""
        return [to_control(each, inputs.get(each.name, each.default)) for each in self.fields]

    def updates(self, inputs: Mapping[str, object]) -> list[object]:
        """Control updates that fill in the given inputs and leave the others as they are."""
        return [
            to_control(each, inputs[each.name]) if each.name in inputs else gr.skip()
            for each in self.fields
        ]


@dataclass(frozen=True, slots=True)
class Groups:
    """The fields of a form by where they stand: idea, main row, plan, further settings, and those
    that the page's tools fill in."""

    idea: tuple[Field, ...]
    main: tuple[Field, ...]
    plan: tuple[Field, ...]
    advanced: tuple[Field, ...]
    hidden: tuple[Field, ...] = ()


def grouped(craft: Craft) -> Groups:
    """Where each field stands. Many open fields make a plan that the studio fills in."""
    idea = idea_fields(craft)
    rest = [each for each in form_fields(craft) if each not in idea and not each.hidden]
    shown = [each for each in rest if not each.advanced]
    open_fields = [each for each in shown if is_open(each)]
    plan = open_fields if len(open_fields) > MOST_OPEN else []
    return Groups(
        idea=idea,
        main=tuple(each for each in shown if each not in plan),
        plan=tuple(plan),
        advanced=tuple(each for each in rest if each.advanced),
        hidden=tuple(each for each in form_fields(craft) if each.hidden),
    )


def idea_fields(craft: Craft) -> tuple[Field, ...]:
    """The words that the tab is built around: every text that must be filled in."""
    shown = (each for each in craft.fields if not each.hidden)
    texts = tuple(each for each in shown if each.kind in ("paragraph", "text"))
    return tuple(each for each in texts if each.required) or texts[:1] or craft.fields[:1]


def form_fields(craft: Craft) -> tuple[Field, ...]:
    """The fields that get a control: the craft's own, the language of the result, and what it was
    made from."""
    own = tuple(craft.fields)
    named = own if any(each.name == "lang" for each in own) else (*own, OUTPUT_LANGUAGE)
    return (*named, ORIGIN)


def is_open(field: Field) -> bool:
    """Whether the studio decides it when the person does not: "auto", or a default below the
    bounds or below zero, which stands for it."""
    if field.kind == "number":
        default = float(str(field.default or 0))
        return field.maximum > field.minimum and (default < field.minimum or default < 0)
    return field.kind == "choice" and field.default == AUTO


def control(craft: Craft, field: Field, words: Words) -> Component:
    """The control of a field, by its kind."""
    label = words.field(craft.name, field)
    default: Any = to_control(field, field.default)
    if field.hidden:
        return _behind(field, default, label)
    match field.kind:
        case "paragraph":
            lines = 3 if field.required else 2
            return gr.Textbox(default, label=label, lines=lines, max_lines=16, **_shared(field))
        case "text" if field.choices:
            return _suggestions(craft, field, words)
        case "text":
            return gr.Textbox(default, label=label, **_shared(field))
        case "lines":
            return gr.Textbox(
                default, label=label, lines=2, info=words("page.one_a_line"), **_shared(field)
            )
        case "choice":
            return _choice(craft, field, words)
        case "choices":
            return gr.Dropdown(
                words.choices(craft.name, field),
                value=[],
                multiselect=True,
                label=label,
                info=words("page.none_is_all"),
                **_plain(),
            )
        case "toggle":
            return gr.Checkbox(bool(default), label=label, interactive=True, min_width=200)
        case "seed":
            return gr.Number(
                default or 0,
                label=label,
                precision=0,
                minimum=0,
                info=words("page.seed_info"),
                **_plain(),
            )
        case "number":
            return _number(field, label, words)


def _behind(field: Field, default: Any, label: I18nData | str) -> Component:
    """Of a hidden field: it holds the value and is not shown."""
    told: dict[str, Any] = {"label": label, "elem_classes": "behind", "interactive": True}
    if field.kind in ("number", "seed"):
        return gr.Number(default, **told)
    if field.kind == "toggle":
        return gr.Checkbox(bool(default), **told)
    return gr.Textbox(str(default), **told)


def _shared(field: Field) -> dict[str, Any]:
    return {"max_length": field.max_length, **_plain()}


def _plain() -> dict[str, Any]:
    return {"interactive": True, "min_width": 150}


def _choice(craft: Craft, field: Field, words: Words) -> Component:
    choices = words.choices(craft.name, field)
    label = words.field(craft.name, field)
    default = str(field.default)
    if len(choices) <= MOST_PILLS:
        return gr.Radio(choices, value=default, label=label, elem_classes="pills", **_plain())
    many = len(choices) > MOST_UNFILTERED
    return gr.Dropdown(choices, value=default, label=label, filterable=many, **_plain())


def _suggestions(craft: Craft, field: Field, words: Words) -> Component:
    """A text with suggestions: choose one or write your own."""
    return gr.Dropdown(
        words.choices(craft.name, field),
        value=str(field.default),
        label=words.field(craft.name, field),
        allow_custom_value=True,
        **_plain(),
    )


def _number(field: Field, label: I18nData | str, words: Words) -> Component:
    default: Any = field.default or 0
    if is_open(field):
        return gr.Number(
            None, label=label, step=field.step, placeholder=words("choice.tempo.auto"), **_plain()
        )
    if field.maximum > field.minimum:
        return gr.Slider(
            field.minimum,
            field.maximum,
            default,
            step=field.step,
            label=label,
            buttons=[],
            interactive=True,
            min_width=180,
        )
    return gr.Number(default, label=label, step=field.step, **_plain())


def to_control(field: Field, value: object) -> object:
    """A craft's value as its control shows it."""
    if field.kind == "choices":
        return list(value) if isinstance(value, list | tuple) else []
    if field.kind == "lines" and isinstance(value, list | tuple):
        return "\n".join(str(each) for each in value)
    if field.kind == "number" and is_open(field) and value == field.default:
        return None
    return value


def _from_control(field: Field, value: object) -> object:
    if field.kind == "choices":
        return tuple(value) if isinstance(value, list | tuple) else ()
    if field.kind == "lines":
        return tuple(line.strip() for line in str(value or "").splitlines() if line.strip())
    return field.default if value is None else value
