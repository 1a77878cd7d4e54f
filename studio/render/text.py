"""A text as files to take away: Markdown, plain text, a Word document, and Fountain for a scene.

Each carries its recipe and says how it was made: in front, in a part of its own, or in a comment.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

from studio.crafts.craft import Output
from studio.prose.screenplay import elements_of, fountain, is_scene
from studio.render.recipe import KEY, recipe_text
from studio.render.rendered_file import RenderedFile
from studio.render.text_docx import MEDIA_TYPE, text_docx

_SOURCES = "http://cv.iptc.org/newscodes/digitalsourcetype/"
AI_SOURCE = _SOURCES + "trainedAlgorithmicMedia"
"""IPTC digital source type: made by a trained model."""
EDITED_SOURCE = _SOURCES + "compositeWithTrainedAlgorithmicMedia"
HAND_SOURCE = _SOURCES + "digitalCreation"
"""A model's text that a person worked on; a text that no model touched."""
LONGEST_NAME = 48


def text_files(output: Output, recipe: Mapping[str, object]) -> tuple[RenderedFile, ...]:
    """`name.md` and `name.txt` (YAML front matter, then the text), `name.docx`, and
    `name.fountain` where the text is laid out as a scene."""
    name = file_name(output.title or output.text, "text")
    front = front_matter(output.title, recipe)
    heading = f"# {' '.join(output.title.split())}\n\n" if output.title else ""
    word = text_docx(output.title, output.text, recipe_text(recipe), source_of(recipe))
    return (
        RenderedFile(f"{name}.md", "text/markdown", _bytes(front, heading + _kept_lines(output))),
        RenderedFile(f"{name}.txt", "text/plain", _bytes(front, output.text)),
        RenderedFile(f"{name}.docx", MEDIA_TYPE, word),
        *_fountain(name, output, recipe),
    )


def source_of(recipe: Mapping[str, object]) -> str:
    """The IPTC digital source type: by a model, by a model and a person, by a person alone."""
    desk = recipe.get("desk")
    if not isinstance(desk, Mapping):
        return AI_SOURCE
    alone = desk.get("how") == "by_hand" and not desk.get("parent")
    return HAND_SOURCE if alone else EDITED_SOURCE


def _fountain(name: str, output: Output, recipe: Mapping[str, object]) -> tuple[RenderedFile, ...]:
    """Title page, scene, and the recipe in a boneyard comment, which no reader prints."""
    if not is_scene(output.text):
        return ()
    title = f"Title: {' '.join(output.title.split())}\n" if output.title else ""
    page = f"{title}Notes: digital source type {source_of(recipe)}\n\n"
    told = recipe_text(recipe).replace("*/", "*\\/")
    body = page + fountain(elements_of(output.text)) + f"\n/* {KEY}: {told} */\n"
    return (RenderedFile(f"{name}.fountain", "text/plain", body.encode()),)


def front_matter(title: str, recipe: Mapping[str, object]) -> str:
    """YAML whose values are JSON (which YAML contains), so that no text can break out of it."""
    lines = (
        "---",
        f"title: {json.dumps(title, ensure_ascii=False)}",
        f"digital_source_type: {source_of(recipe)}",
        f"{KEY}: {recipe_text(recipe)}",
        "---",
    )
    return "\n".join(lines) + "\n\n"


def file_name(text: str, otherwise: str) -> str:
    """A name that every file system takes, from the first words of `text`; no folders, no dots."""
    words = re.findall(r"[\w'-]+", text.casefold())
    whole = re.sub(r"-{2,}", "-", re.sub(r"[^\w-]", "", "-".join(words))).strip("-_")
    if len(whole) > LONGEST_NAME:
        whole = whole[: LONGEST_NAME + 1].rpartition("-")[0] or whole[:LONGEST_NAME]
    return whole or otherwise


def _kept_lines(output: Output) -> str:
    """Markdown joins lines; two spaces at the end keep verse and dialogue as they are."""
    return re.sub(r"(?<=\S)\n(?=\S)", "  \n", output.text)


def _bytes(front: str, body: str) -> bytes:
    return (front + body.rstrip() + "\n").encode()
