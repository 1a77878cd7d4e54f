"""The components of a melody's stand: the tools for the take that is worked on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import gradio as gr
from gradio.components import Component

from studio.crafts.craft import Craft
from studio.crafts.melody_kept import ACCOMPANIMENTS
from studio.music.plan import INSTRUMENTS, TEMPO_BOUNDS
from studio.ui.easel_tool import Tool, tool_choice, tool_go, tool_hint, tool_panel
from studio.ui.strings import Words

KIND = "melody"
PANELS = ("vary", "continue", "pitch", "sound", "words", "notes", "abc")
REACHES = ("near", "middle", "far")
BARS_MORE = (4, 32, 8)
"""Least, most and usual number of bars that a tune is continued by."""
STEPS = (-12, -7, -5, -2, -1, 1, 2, 5, 7, 12)
"""Semitones that have a button of their own."""
PACES: Mapping[str, float] = MappingProxyType(
    {"−20 %": 0.8, "−10 %": 0.9, "+10 %": 1.1, "+20 %": 1.2}
)
LONGEST_WORDS = 4000
LONGEST_ABC = 40_000
ARRIVED_JS = """
const tell = (action, id) => trigger('click', { action, id });
const arrived = () => setTimeout(() => window.atelier.melodies.arrived(element, tell), 0);
watch('value', arrived);
arrived();
element.addEventListener('click', (event) => {
  const button = event.target.closest('[data-do]');
  if (button && element.contains(button)) tell(button.dataset.do, button.dataset.id);
});
"""
"""Of the takes: the choice stands again after every paint; buttons reach the server."""

PAD_JS = "window.atelier.melodies.notesPad(element);"


@dataclass(frozen=True, slots=True)
class MelodyParts:
    """What the stand's events read and write."""

    tools: tuple[Tool, ...]
    picked: gr.Textbox
    """The take that is worked on, told by the browser: {work, version, notes}."""
    counted: gr.HTML
    """How many syllables there are, and how many are needed."""
    sound: gr.File
    """A sound file in another format, on its way to the person."""

    def asked(self, tool: str, name: str) -> Component:
        """What a tool asks."""
        return next(each for each in self.tools if each.name == tool).asked[name]


def melody_parts(words: Words, craft: Craft) -> MelodyParts:
    """One panel a kind of work, of which one is open."""
    with gr.Column(elem_classes="easel-tools", elem_id=f"tools-{craft.name}"):
        gr.HTML(words("melody.said"), elem_classes="said-place")
        tool_choice(words, craft, KIND, PANELS)
        lyrics, counted = _lyrics(words, craft)
        tools = (
            _vary(words, craft),
            _continue(words, craft),
            *_pitch(words, craft),
            *_sound(words, craft),
            lyrics,
            _notes(words, craft),
            _abc(words, craft),
        )
        picked = gr.Textbox(label="picked", elem_classes="behind", interactive=True)
        sound = gr.File(label="sound", elem_classes="behind", interactive=False)
    return MelodyParts(tools, picked, counted, sound)


def _vary(words: Words, craft: Craft) -> Tool:
    with tool_panel("vary"):
        tool_hint(words, KIND, "vary")
        with gr.Row(elem_classes="fields"):
            reach = gr.Radio(
                [(words(f"picture.reach.{each}"), each) for each in REACHES],
                value="middle",
                label=words("picture.how_far"),
                elem_classes="pills",
                interactive=True,
            )
            bars = gr.Textbox(
                label=words("melody.bars_free"),
                placeholder=words("melody.bars_like"),
                max_length=80,
                interactive=True,
                elem_id=f"bars-{craft.name}",
                elem_classes="bars-free",
            )
        follow = gr.Checkbox(False, label=words("melody.follow"), interactive=True)
        go = tool_go(words, craft, KIND, "vary")
    return Tool("vary", go, {"reach": reach, "bars": bars, "follow": follow})


def _continue(words: Words, craft: Craft) -> Tool:
    least, most, usual = BARS_MORE
    with tool_panel("continue"):
        tool_hint(words, KIND, "continue")
        with gr.Row(elem_classes="fields"):
            bars = gr.Slider(
                least,
                most,
                usual,
                step=4,
                label=words("melody.bars_more"),
                buttons=[],
                interactive=True,
            )
        follow = gr.Checkbox(False, label=words("melody.follow"), interactive=True)
        go = tool_go(words, craft, KIND, "continue")
    return Tool("continue", go, {"bars": bars, "follow": follow})


def _pitch(words: Words, craft: Craft) -> tuple[Tool, Tool]:
    """Higher and lower, slower and faster."""
    with tool_panel("pitch"):
        tool_hint(words, KIND, "pitch")
        with gr.Row(elem_classes=["fields", "one-number"]):
            semitones = gr.Number(
                0,
                label=words("melody.semitones"),
                precision=0,
                minimum=-12,
                maximum=12,
                interactive=True,
                elem_id=f"semitones-{craft.name}",
            )
            _steps(
                {f"{each:+d}".replace("-", "−"): str(each) for each in STEPS}, "transpose", "set"
            )
            transpose = tool_go(words, craft, KIND, "transpose")
        with gr.Row(elem_classes=["fields", "one-number"]):
            tempo_bpm = gr.Number(
                100,
                label=words("melody.tempo"),
                precision=0,
                minimum=TEMPO_BOUNDS[0],
                maximum=TEMPO_BOUNDS[1],
                interactive=True,
                elem_id=f"tempo-of-{craft.name}",
            )
            _steps({name: f"{by}" for name, by in PACES.items()}, "tempo", "scale")
            tempo = tool_go(words, craft, KIND, "tempo")
    return (
        Tool("transpose", transpose, {"semitones": semitones}),
        Tool("tempo", tempo, {"tempo_bpm": tempo_bpm}),
    )


def _steps(steps: Mapping[str, str], tool: str, how: str) -> None:
    """Buttons that fill a number and press the tool's own button."""
    buttons = "".join(
        f'<button type="button" data-{how}="{value}" data-tool="{tool}">{name}</button>'
        for name, value in steps.items()
    )
    gr.HTML(f'<div class="steps">{buttons}</div>', elem_classes="steps-place")


def _sound(words: Words, craft: Craft) -> tuple[Tool, Tool]:
    """Another instrument and other chords, the tune as it is."""
    with tool_panel("sound"):
        tool_hint(words, KIND, "sound")
        with gr.Row(elem_classes=["fields", "one-choice"]):
            instrument = gr.Dropdown(
                words.options(craft.name, "instrument", INSTRUMENTS),
                value=INSTRUMENTS[0],
                label=words("field.instrument"),
                filterable=False,
                interactive=True,
                elem_id=f"instrument-of-{craft.name}",
            )
            swap = tool_go(words, craft, KIND, "instrument")
        with gr.Row(elem_classes=["fields", "one-choice"]):
            accompaniment = gr.Dropdown(
                words.options(craft.name, "accompaniment", ACCOMPANIMENTS),
                value=ACCOMPANIMENTS[0],
                label=words("field.accompaniment"),
                filterable=False,
                interactive=True,
                elem_id=f"accompaniment-of-{craft.name}",
            )
            accompany = tool_go(words, craft, KIND, "accompany")
    return (
        Tool("instrument", swap, {"instrument": instrument}),
        Tool("accompany", accompany, {"accompaniment": accompaniment}),
    )


def _lyrics(words: Words, craft: Craft) -> tuple[Tool, gr.HTML]:
    with tool_panel("words"):
        tool_hint(words, KIND, "words")
        with gr.Row(elem_classes="fields"):
            lyrics = gr.Textbox(
                label=words("melody.lyrics"),
                placeholder=words("melody.lyrics_like"),
                lines=4,
                max_lines=14,
                max_length=LONGEST_WORDS,
                interactive=True,
                elem_id=f"lyrics-{craft.name}",
                elem_classes="lyrics",
            )
        with gr.Row(elem_classes="tool-row"):
            go = tool_go(words, craft, KIND, "sing")
            counted = gr.HTML(elem_classes=["note", "counted"], elem_id=f"counted-{craft.name}")
    return Tool("sing", go, {"words": lyrics}), counted


def _notes(words: Words, craft: Craft) -> Tool:
    with tool_panel("notes"):
        tool_hint(words, KIND, "notes")
        gr.HTML(words("melody.notes_pad"), js_on_load=PAD_JS, elem_classes="notes-place")
        return Tool("notes", tool_go(words, craft, KIND, "notes"), {})


def _abc(words: Words, craft: Craft) -> Tool:
    with tool_panel("abc"):
        tool_hint(words, KIND, "abc")
        with gr.Row(elem_classes="fields"):
            abc = gr.Textbox(
                label=words("melody.abc_text"),
                lines=8,
                max_lines=20,
                max_length=LONGEST_ABC,
                interactive=True,
                elem_id=f"abc-text-{craft.name}",
                elem_classes="abc-text",
            )
        return Tool("abc", tool_go(words, craft, KIND, "abc"), {"abc": abc})
