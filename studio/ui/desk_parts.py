"""The components of a writing desk, from a craft's declaration."""

from __future__ import annotations

from dataclasses import dataclass

import gradio as gr
from gradio.blocks import Block
from gradio.components import Component

from studio.crafts.craft import Craft
from studio.crafts.desk import Desk, Revision
from studio.ui.strings import Words

FILES = ("txt", "md", "docx", "fountain")
"""What a manuscript can be taken away as; fountain only where there is a scene."""
READ_JS = """
const paper = () => element.closest('.paper');
const mark = () => setTimeout(() => paper() && window.atelier.desk.marks(paper()), 0);
watch('value', mark);
mark();
"""


@dataclass(frozen=True, slots=True)
class DeskParts:
    """What the desk's events read and write."""

    desk: Desk
    manuscript: gr.Textbox
    trail: gr.Textbox
    """A `Trail` as JSON, kept by the browser with the text."""
    passage: gr.Textbox
    """What a revision works on, told by the browser: {before, text, after}."""
    pending: gr.Textbox
    """The proposed change: a `Trail` of its alternatives."""
    proposal: gr.HTML
    version: gr.HTML
    back: gr.Button
    forward: gr.Button
    reading: gr.HTML
    read_it: gr.Button
    revisions: tuple[tuple[Revision, gr.Button, Component | None], ...]
    accept: gr.Button
    refuse: gr.Button
    before: gr.Button
    after: gr.Button
    files: tuple[tuple[str, gr.Button], ...]
    taken: gr.Textbox
    leftover: gr.State
    """What a stopped draft left."""

    def laid(self) -> list[Block]:
        """What is written when a version is laid on the desk."""
        return [self.manuscript, self.trail, self.version, self.back, self.forward]


def desk_parts(words: Words, craft: Craft, desk: Desk) -> DeskParts:
    """The sheet of paper with everything on it."""
    name = craft.name
    with gr.Column(elem_classes=["sheet", "paper"], elem_id=f"desk-{name}"):
        with gr.Row(elem_classes="versions"):
            back = gr.Button(words("desk.back"), size="sm", elem_classes="turn", interactive=False)
            version = gr.HTML(words("desk.first"), elem_classes="which")
            forward = gr.Button(
                words("desk.forward"), size="sm", elem_classes="turn", interactive=False
            )
        with gr.Row(elem_classes="revisions"):
            revisions = tuple(_revision(words, craft, each) for each in desk.revisions)
        proposal = gr.HTML(elem_classes="proposal", elem_id=f"proposal-{name}")
        with gr.Row(elem_classes="decide"):
            accept = gr.Button(words("desk.accept"), elem_classes="accept", size="sm")
            refuse = gr.Button(words("desk.refuse"), elem_classes="refuse", size="sm")
            before = gr.Button(words("desk.before"), elem_classes="other", size="sm")
            after = gr.Button(words("desk.after"), elem_classes="other", size="sm")
        manuscript = gr.Textbox(
            label=words("desk.manuscript"),
            show_label=False,
            container=False,
            placeholder=words("desk.placeholder"),
            lines=12,
            max_lines=5000,
            interactive=True,
            elem_classes="manuscript",
            elem_id=f"manuscript-{name}",
        )
        with gr.Row(elem_classes="foot"):
            gr.HTML(words("desk.count"), elem_classes="counted")
            files = tuple(
                (each, gr.Button(f".{each}", size="sm", elem_classes=["file", each]))
                for each in FILES
            )
        reading = gr.HTML(js_on_load=READ_JS, elem_classes="reading", elem_id=f"reading-{name}")
        read_it = gr.Button("read", elem_classes=["behind", "read-it"])
        trail, passage, pending, taken = (
            gr.Textbox(label=each, elem_classes="behind", interactive=True)
            for each in ("trail", "passage", "pending", "taken")
        )
    return DeskParts(
        desk, manuscript, trail, passage, pending, proposal, version, back, forward, reading,
        read_it, revisions, accept, refuse, before, after, files, taken, gr.State(""),
    )  # fmt: skip


def _revision(
    words: Words, craft: Craft, revision: Revision
) -> tuple[Revision, gr.Button, Component | None]:
    classes = ["revise", *(["goes-on"] if revision.goes_on else [])]
    label = words.named("revision", revision.name)
    identity = f"revise-{revision.name}-{craft.name}"
    if not revision.asks:
        return revision, gr.Button(label, size="sm", elem_classes=classes, elem_id=identity), None
    field = craft.named(revision.asks)
    choices = [each for each in field.choices if each != field.default]
    with gr.Row(elem_classes="asking"):
        button = gr.Button(label, size="sm", elem_classes=classes, elem_id=identity)
        chosen = gr.Dropdown(
            words.options(craft.name, field.name, choices),
            value=choices[0],
            label=words.field(craft.name, field),
            show_label=False,
            container=False,
            filterable=False,
            interactive=True,
            min_width=90,
            elem_classes="asked",
        )
    return revision, button, chosen
