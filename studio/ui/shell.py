"""What every part of the page shares."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

import gradio as gr

from studio.service import Studio
from studio.ui.stopping import Stops
from studio.ui.strings import Words

QUIET: Mapping[str, Any] = MappingProxyType(
    {"api_visibility": "private", "show_progress": "hidden"}
)
"""How the page's own events run: no entry in the API (see `endpoints`), no spinner over results."""


@dataclass(frozen=True, slots=True)
class Shell:
    """The studio, the words, and the two controls that every handler reads: the page's language
    and the person's id (random, kept in the browser)."""

    studio: Studio
    words: Words
    language: gr.Radio
    person: gr.BrowserState
    stops: Stops = field(default_factory=Stops)

    def stopper(self, what: str) -> Callable[[gr.Request], Awaitable[None]]:
        """The handler of a stop button: ends the run of that name on the page that asks."""

        async def stop(request: gr.Request) -> None:
            self.stops.stop((str(request.session_hash), what))

        return stop
