"""The tool that makes a film: the melody that pictures move to, and the film on its sheet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import gradio as gr
from markupsafe import Markup

from studio.crafts.craft import Craft
from studio.crafts.image_film import SHAPES
from studio.crafts.melody_kept import kept_melody
from studio.errors import InvalidInput
from studio.ui.easel_tool import Tool, tool_go, tool_hint, tool_panel
from studio.ui.markup import NOTHING, file_url, fragment
from studio.ui.picture_files import film_file, poster_file
from studio.ui.shell import Shell
from studio.ui.strings import Tongue, Words
from studio.works import Work, WorkOutput

NAME = "film"
MOST_WORKS, MOST_MELODIES = 12, 40
"""How far back the list goes."""
LONGEST_TITLE = 32


def film_tool(words: Words, craft: Craft) -> Tool:
    """A melody of the person's own, the shape, the button."""
    with tool_panel(NAME):
        tool_hint(words, "picture", NAME)
        with gr.Row(elem_classes="fields"):
            melody = gr.Dropdown(
                [],
                value=None,
                label=words("film.melody"),
                info=words("film.melody_hint"),
                filterable=False,
                interactive=True,
                elem_id=f"film-melody-{craft.name}",
            )
            shape = gr.Radio(
                [(words(f"film.shape_{each}"), each) for each in SHAPES],
                value="square",
                label=words("film.shape"),
                elem_classes="pills",
                interactive=True,
            )
        go = tool_go(words, craft, "picture", NAME)
    return Tool(NAME, go, {"melody": melody, "shape": shape})


async def melody_choices(shell: Shell, person: str, lang: str) -> list[tuple[str, str]]:
    """(label, "work version") of the person's latest melodies and jingles, newest first."""
    tongue = shell.words.tongue(lang)
    found: list[Work] = []
    for craft in ("melody", "kit"):
        found += await shell.studio.search(user=person, craft=craft, limit=MOST_WORKS)
    found.sort(key=lambda work: work.created, reverse=True)
    rows = (row for work in found for row in _takes(work, tongue))
    return [row for row, _ in zip(rows, range(MOST_MELODIES), strict=False)]


async def film_melody(shell: Shell, told: str, person: str) -> Mapping[str, object]:
    """The chosen melody as a start takes it. Raises InvalidInput when none is chosen, or when it
    is not the person's."""
    work_id, _, number = told.partition(" ")
    if not work_id or not number.isdigit():
        raise InvalidInput(
            "start",
            "Choose a melody first.",
            "Make one on the melody tab; it then stands in the list.",
            code="film_melody",
        )
    work, version = await shell.studio.work(work_id, user=person), int(number)
    if not 1 <= version <= len(work.outputs):
        raise InvalidInput("start", "This take is not there.", code="no_work")
    return _kept(work.outputs[version - 1], work_id, version)


def film_player(output: WorkOutput, label: str) -> Markup:
    """The film to play; nothing where there is none."""
    film, poster = film_file(output.files), poster_file(output.files)
    if film is None:
        return NOTHING
    shape = _told(output).get("shape", "square")
    return fragment(
        '<video class="film {shape}" controls playsinline preload="metadata" aria-label="{label}" '
        'src="{url}"{poster}></video>',
        shape=shape,
        label=label,
        url=file_url(film),
        poster=fragment(' poster="{url}"', url=file_url(poster)) if poster else NOTHING,
    )


def film_line(output: WorkOutput, tongue: Tongue) -> str:
    """How long it is, and to what."""
    told = _told(output)
    melody: Any = told.get("melody") or {}
    title = str(melody.get("title", ""))[:LONGEST_TITLE]
    return tongue("film.told", seconds=round(float(told.get("seconds", 0))), title=title)


def _takes(work: Work, tongue: Tongue) -> Iterator[tuple[str, str]]:
    for number, output in enumerate(work.outputs, 1):
        kept = _kept(output, work.id, number)
        if kept.get("abc"):
            yield _label(work, output, number, tongue), f"{work.id} {number}"


def _kept(output: WorkOutput, work_id: str, version: int) -> dict[str, Any]:
    """The take itself, or a kit's jingle; empty for what has no notes."""
    whole: Any = output.data.get("kept")
    if isinstance(whole, Mapping) and isinstance(whole.get("jingle"), Mapping):
        return {**whole["jingle"], "work": work_id, "version": version}
    if "notes" not in output.data:
        return {}
    return kept_melody(output.text, output.data, work_id, version)


def _label(work: Work, output: WorkOutput, number: int, tongue: Tongue) -> str:
    title = (output.title or work.title)[:LONGEST_TITLE]
    key = "film.jingle" if work.craft == "kit" else "film.take"
    return tongue(key, title=title, number=number, seconds=_seconds(output))


def _seconds(output: WorkOutput) -> int:
    jingle: Any = output.data.get("jingle")
    told: Any = jingle if isinstance(jingle, Mapping) else output.data
    return round(float(told.get("seconds") or 0))


def _told(output: WorkOutput) -> Mapping[str, Any]:
    told = output.data.get("film")
    return told if isinstance(told, Mapping) else {}


def choice_of(rows: Sequence[tuple[str, str]], chosen: str | None) -> object:
    """The list anew; what was chosen stays, else the newest is."""
    values = [value for _, value in rows]
    taken = chosen if chosen in values else next(iter(values), None)
    return gr.Dropdown(choices=list(rows), value=taken)
