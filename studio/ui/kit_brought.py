"""A picture of one's own for the banners of a kit: brought, shown, taken back."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import gradio as gr
from markupsafe import Markup

from studio.crafts.craft import Craft
from studio.ui.controls import Form
from studio.ui.edge import failure_line
from studio.ui.markup import NOTHING, fragment
from studio.ui.picture_files import preview_url
from studio.ui.shell import QUIET, Shell
from studio.ui.strings import Words

FIELD = "upload"


@dataclass(frozen=True, slots=True)
class BroughtPicture:
    """The components."""

    take: gr.UploadButton
    shown: gr.HTML
    drop: gr.Button


def brought_picture_parts(words: Words, craft: Craft) -> BroughtPicture:
    """A button to bring one, a place where it is seen, a button that takes it back."""
    upload: Any = words("kit.bring_picture")
    with gr.Row(elem_classes="tool-row"):
        take = gr.UploadButton(
            upload,
            size="sm",
            file_types=["image"],
            elem_classes="take-from",
            elem_id=f"bring-picture-{craft.name}",
        )
        drop = gr.Button(
            words("kit.drop_picture"),
            size="sm",
            visible=False,
            elem_classes="take-from",
            elem_id=f"drop-picture-{craft.name}",
        )
    shown = gr.HTML(elem_id=f"brought-picture-{craft.name}", elem_classes="brought-picture")
    return BroughtPicture(take, shown, drop)


def wire_brought_picture(shell: Shell, form: Form, parts: BroughtPicture, status: gr.HTML) -> None:
    """Keep what is brought under its id in the form, and show whatever the form names."""
    place = [each.name for each in form.fields].index(FIELD)
    named: Any = form.controls[place]
    name = form.craft.name

    async def bring(path: str | None, person: str, lang: str) -> tuple[object, object]:
        """Keep a picture; what is wrong with it is said in the status."""
        if not path:
            return gr.skip(), gr.skip()
        try:
            content = await asyncio.to_thread(Path(path).read_bytes)
            return await shell.studio.keep_upload(content, user=person), ""
        except Exception as error:  # noqa: BLE001 - the edge: failures become sentences
            return gr.skip(), failure_line(error, shell.words.tongue(lang))

    async def show(upload: str, person: str, lang: str) -> tuple[Markup, object]:
        """The picture that the form names."""
        if not upload:
            return NOTHING, gr.Button(visible=False)
        try:
            picture = await shell.studio.upload(upload, user=person)
        except Exception as error:  # noqa: BLE001 - the edge: failures become sentences
            return failure_line(error, shell.words.tongue(lang)), gr.Button(visible=True)
        tongue = shell.words.tongue(lang)
        seen = fragment(
            '<figure><img src="{url}" alt="{alt}"><figcaption>{alt}</figcaption></figure>',
            url=preview_url(picture),
            alt=tongue("kit.own_picture"),
        )
        return seen, gr.Button(visible=True)

    who = [shell.person, shell.language]
    parts.take.upload(
        bring, [parts.take, *who], [named, status], api_name=f"{name}_bring_picture", **QUIET
    )
    parts.drop.click(None, None, [named], js="() => ''", **QUIET)
    named.change(
        show, [named, *who], [parts.shown, parts.drop], api_name=f"{name}_show_picture", **QUIET
    )
