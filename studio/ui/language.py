"""The language of the page: a switch that lasts, and the script that lets it.

The browser chooses the page's words by `navigator.language` before any script of the page runs.
So the choice is put into the document's head on its way out, where it runs first.
"""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, MutableMapping
from pathlib import Path
from typing import Any

import gradio as gr

from studio.locales import Language
from studio.ui.strings import Words

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

SCRIPTS = (
    "studio.js",
    "desk.js",
    "pictures.js",
    "melody.js",
    "melody_edit.js",
    "ads.js",
    "handover.js",
)
READ_JS = "() => window.atelier.language()"
SWITCH_JS = "(code) => { window.atelier.switchLanguage(code); return []; }"


def head_script(languages: tuple[Language, ...], assets: Path) -> str:
    """The page's own script and the languages it knows, as one script element."""
    known = json.dumps([{"code": each.code, "tag": each.tag} for each in languages])
    scripts = ((assets / "js" / name).read_text(encoding="utf-8") for name in SCRIPTS)
    script = "\n".join(scripts)
    return f"<script>window.atelierLanguages={known};\n{script}</script>"


def language_switch(words: Words) -> gr.Radio:
    """The switch itself. Handlers take it as an input: it says what language to answer in."""
    languages = words.locales.languages
    return gr.Radio(
        choices=[(each.name, each.code) for each in languages],
        value=languages[0].code,
        label=words("page.language"),
        elem_id="language",
        interactive=True,
        container=False,
        min_width=120,
        scale=0,
    )


class PageHead:
    """ASGI middleware: inserts a snippet right after `<head>` of every HTML page."""

    def __init__(self, app: App, snippet: str) -> None:
        self._app = app
        self._snippet = snippet.encode("utf-8")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        # A page that comes packed could not be written into.
        if b"text/html" in dict(scope["headers"]).get(b"accept", b""):
            plain = [(k, v) for k, v in scope["headers"] if k != b"accept-encoding"]
            scope = {**scope, "headers": plain}
        await self._app(scope, receive, _HeadSender(send, self._snippet))


class _HeadSender:
    """Passes messages on; keeps an HTML answer back until it is whole."""

    def __init__(self, send: Send, snippet: bytes) -> None:
        self._send = send
        self._snippet = snippet
        self._start: Message | None = None
        self._body = b""

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start" and _is_html(message):
            self._start = message
        elif self._start is None:
            await self._send(message)
        else:
            self._body += message.get("body", b"")
            if not message.get("more_body", False):
                await self._send_page(self._start)

    async def _send_page(self, start: Message) -> None:
        body = self._body
        if self._snippet not in body:
            body = body.replace(b"<head>", b"<head>" + self._snippet, 1)
        headers = [(k, v) for k, v in start["headers"] if k.lower() != b"content-length"]
        headers.append((b"content-length", str(len(body)).encode()))
        await self._send({**start, "headers": headers})
        await self._send({"type": "http.response.body", "body": body})


def _is_html(message: Message) -> bool:
    headers = {name.lower(): value for name, value in message.get("headers", ())}
    plain = not headers.get(b"content-encoding")
    return plain and bool(headers.get(b"content-type", b"").startswith(b"text/html"))
