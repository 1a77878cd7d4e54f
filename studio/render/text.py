"""A text as files to take away: Markdown and plain text, each with its recipe in front."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

from studio.crafts.craft import Output
from studio.render.recipe import KEY, recipe_text
from studio.render.rendered_file import RenderedFile

AI_SOURCE = "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"
"""IPTC digital source type: made by a trained model."""
LONGEST_NAME = 48


def text_files(output: Output, recipe: Mapping[str, object]) -> tuple[RenderedFile, ...]:
    """`name.md` and `name.txt`: YAML front matter (title, source type, recipe), then the text."""
    name = file_name(output.title or output.text, "text")
    front = front_matter(output.title, recipe)
    heading = f"# {' '.join(output.title.split())}\n\n" if output.title else ""
    return (
        RenderedFile(f"{name}.md", "text/markdown", _bytes(front, heading + _kept_lines(output))),
        RenderedFile(f"{name}.txt", "text/plain", _bytes(front, output.text)),
    )


def front_matter(title: str, recipe: Mapping[str, object]) -> str:
    """YAML whose values are JSON (which YAML contains), so that no text can break out of it."""
    lines = (
        "---",
        f"title: {json.dumps(title, ensure_ascii=False)}",
        f"digital_source_type: {AI_SOURCE}",
        f"{KEY}: {recipe_text(recipe)}",
        "---",
    )
    return "\n".join(lines) + "\n\n"


def file_name(text: str, otherwise: str) -> str:
    """A name that every file system takes, from the first words of `text`; no folders, no dots."""
    words = re.findall(r"[\w'-]+", text.casefold())
    whole = re.sub(r"[^\w-]", "", "-".join(words)).strip("-_")
    if len(whole) > LONGEST_NAME:
        whole = whole[: LONGEST_NAME + 1].rpartition("-")[0] or whole[:LONGEST_NAME]
    return whole or otherwise


def _kept_lines(output: Output) -> str:
    """Markdown joins lines; two spaces at the end keep verse and dialogue as they are."""
    return re.sub(r"(?<=\S)\n(?=\S)", "  \n", output.text)


def _bytes(front: str, body: str) -> bytes:
    return (front + body.rstrip() + "\n").encode()
