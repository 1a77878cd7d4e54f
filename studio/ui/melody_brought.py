"""A melody that a person brings, from a file or by humming: what was read, before it is used."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import gradio as gr
from markupsafe import Markup

from studio.crafts.craft import Craft
from studio.crafts.melody_checks import pitch_name
from studio.errors import InvalidInput
from studio.music.key import Key, write_key
from studio.render.uploaded_tune import Remark
from studio.ui.easel_tool import tool_go
from studio.ui.markup import NOTHING, fragment, joined
from studio.ui.melody_facts import marks_of
from studio.ui.melody_sheet import feeling_words
from studio.ui.strings import Tongue, Words

KIND = "melody"
FILES = (
    ".mid",
    ".midi",
    ".abc",
    ".txt",
    ".musicxml",
    ".xml",
    ".mxl",
    ".wav",
    ".flac",
    ".ogg",
    ".mp3",
)
USES = ("take", "continue", "vary", "accompany")
"""What can be done with it at once; as a take it can be everything else."""
RECORD_JS = "window.atelier.melodies.recorder(element);"


@dataclass(frozen=True, slots=True)
class BroughtParts:
    """What the events around a brought melody read and write."""

    upload: gr.UploadButton
    shown: gr.HTML
    kept: gr.Textbox
    """The melody as a start takes it, as JSON."""
    uses: Mapping[str, gr.Button]
    row: gr.Row


def brought_parts(words: Words, craft: Craft) -> BroughtParts:
    """A fold of its own under the form."""
    upload_label: Any = words("melody.upload")  # gradio translates it, though typed as a str
    with gr.Accordion(
        words("melody.bring"),
        open=False,
        elem_classes=["more", "bringing"],
        elem_id=f"bringing-{craft.name}",
    ):
        gr.HTML(words("melody.hint.bring"), elem_classes="note")
        with gr.Row(elem_classes="tool-row"):
            upload = gr.UploadButton(
                upload_label,
                size="sm",
                file_types=list(FILES),
                elem_classes=["take-from", "melody-file"],
                elem_id=f"bring-{craft.name}",
            )
            gr.HTML(words("melody.record"), js_on_load=RECORD_JS, elem_classes="record-place")
        shown = gr.HTML(elem_classes="brought", elem_id=f"brought-{craft.name}")
        with gr.Row(visible=False, elem_classes="tool-row") as row:
            uses = {each: tool_go(words, craft, KIND, f"bring_{each}") for each in USES}
        kept = gr.Textbox(label="brought", elem_classes="behind", interactive=True)
    return BroughtParts(upload, shown, kept, uses, row)


@dataclass(frozen=True, slots=True)
class Brought:
    """A melody that was read: how it looks, what was found, what to know about the reading."""

    title: str
    kind: str
    facts: str
    score: str
    """SVG."""
    analysis: Mapping[str, object]
    remarks: Sequence[Remark] = ()


def brought_markup(brought: Brought, craft: str, tongue: Tongue) -> Markup:
    """Title, piano roll, score, and a table of what was read."""
    return fragment(
        '<article class="take open reading" data-facts="{facts}" aria-label="{label}">'
        '<p class="lead">{label}</p>{title}{remarks}<div class="roll" data-label="{roll}"></div>'
        '<div class="score" tabindex="0" role="group" aria-label="{alt}" data-svg="{score}"></div>'
        '<table class="read-table"><caption>{found}</caption><tbody>{rows}</tbody></table>'
        "</article>",
        facts=brought.facts,
        label=tongue("melody.brought", kind=tongue.name("melody.kind", brought.kind)),
        title=fragment("<h3>{title}</h3>", title=brought.title) if brought.title else NOTHING,
        remarks=joined(_remark(each, tongue) for each in brought.remarks),
        roll=tongue("melody.roll"),
        alt=tongue("melody.score", title=brought.title),
        score=brought.score,
        found=tongue("melody.found"),
        rows=joined(
            fragment(
                '<tr><th scope="row">{name}</th><td>{value}</td></tr>',
                name=tongue.name("melody.analysis", name),
                value=value,
            )
            for name, value in _rows(brought.analysis, craft, tongue)
        ),
    )


def _remark(remark: Remark, tongue: Tongue) -> Markup:
    key = f"melody.remark.{remark.code}"
    told = tongue(key, **remark.facts) if tongue.known(key) else remark.text
    return fragment('<p class="note remark">{told}</p>', told=told)


def _rows(found: Mapping[str, object], craft: str, tongue: Tongue) -> Iterator[tuple[str, str]]:
    """Key, meter, length, range, mood and phrases, as far as they were read."""
    mode = str(found.get("mode", ""))
    tonic = str(found.get("tonic") or str(found.get("key", "")).partition(" ")[0])
    yield "key", " ".join(filter(None, (tonic, tongue.choice(craft, "mode", mode) if mode else "")))
    yield "meter", str(found.get("meter", ""))
    for name in ("tempo_bpm", "bars", "notes"):
        if found.get(name):
            yield name, str(found[name])
    lowest, highest = found.get("lowest"), found.get("highest")
    if isinstance(lowest, int) and isinstance(highest, int):
        key = _key(tonic, mode)
        yield "range", f"{pitch_name(lowest, key)}–{pitch_name(highest, key)}"
    yield "mood", _mood(found, craft, tongue)
    marks = marks_of(found.get("phrase_form", ""))
    if marks:
        yield "phrase_form", " ".join(marks)


def _mood(found: Mapping[str, object], craft: str, tongue: Tongue) -> str:
    mood = tongue.choice(craft, "mood", str(found.get("mood", "")))
    valence, arousal = found.get("valence"), found.get("arousal")
    if isinstance(valence, int | float) and isinstance(arousal, int | float):
        return f"{mood} · {feeling_words((float(valence), float(arousal)), tongue)}"
    return mood


def _key(tonic: str, mode: str) -> Key:
    try:
        return write_key(tonic, mode)
    except (InvalidInput, KeyError, ValueError):
        return write_key("C", "major")
