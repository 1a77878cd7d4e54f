"""The unseen components of a place where ads are worked on: the buttons stand in the work itself,
beside what they are for, and press these."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import gradio as gr

from studio.crafts.craft import Craft
from studio.ui.ad_counting import counting_json
from studio.ui.strings import Words

AD_VERBS = ("rewrite", "edit")


@dataclass(frozen=True, slots=True)
class AdParts:
    """What the events read and write."""

    verbs: Mapping[str, gr.Button]
    told: gr.Textbox
    """The work, its texts with their locks, and the picked layouts, as the browser tells them."""
    judged: gr.Textbox
    """What is held against lines that are being typed."""


def arrived_js() -> str:
    """Script of the result: the work is made ready; what is typed reaches the server."""
    return f"""
const tell = (action, id) => trigger('click', {{ action, id }});
const counting = {counting_json()};
const arrived = () => setTimeout(() => window.atelier.ads.arrived(element, tell, counting), 0);
watch('value', arrived);
arrived();
"""


def nothing_beside(_words: Words, _craft: Craft) -> None:
    """An ad begins with its brief: there is no other way to begin."""


def ad_parts(words: Words, craft: Craft) -> AdParts:
    """Of an ad of one channel."""
    return verb_parts(words, craft, AD_VERBS)


def verb_parts(words: Words, craft: Craft, verbs: Sequence[str]) -> AdParts:
    """A button a verb; none of them is seen."""
    buttons = {
        verb: gr.Button(
            words(f"version.{verb}"), elem_id=f"{verb}-{craft.name}", elem_classes="behind"
        )
        for verb in verbs
    }
    told = gr.Textbox(label="told", elem_classes="behind", interactive=True)
    judged = gr.Textbox(label="judged", elem_classes="behind", interactive=True)
    return AdParts(buttons, told, judged)
