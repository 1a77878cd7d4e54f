"""What every part of the page shares."""

from __future__ import annotations

from dataclasses import dataclass

import gradio as gr

from studio.service import Studio
from studio.ui.strings import Words


@dataclass(frozen=True, slots=True)
class Shell:
    """The studio, the words, and the two controls that every handler reads: the page's language
    and the person's id (random, kept in the browser)."""

    studio: Studio
    words: Words
    language: gr.Radio
    person: gr.BrowserState
