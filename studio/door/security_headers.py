"""What a browser may do with an answer, said with every one of them.

Content Security Policy 3, https://www.w3.org/TR/CSP3/. Inline scripts run by their hash only.
"""

from __future__ import annotations

import base64
import hashlib
import re

from studio.door.asgi import App, Message, Receive, Scope, Send, route

HUB = "https://huggingface.co"
PERMISSIONS = ", ".join(
    [
        *("microphone=(self)", "autoplay=(self)", "clipboard-write=(self)", "fullscreen=(self)"),
        *("camera=()", "geolocation=()", "payment=()", "usb=()", "display-capture=()"),
        *("browsing-topics=()", "accelerometer=()", "gyroscope=()", "magnetometer=()"),
    ]
)
"""The microphone is for humming."""
FILES = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
"""For files that people made: opened as documents they draw, and nothing in them runs."""
_A_FILE = re.compile(r"/(gradio_api/file[=/]|api/(works|duels)/)")
_SCRIPT = re.compile(rb"<script(?P<about>[^>]*)>(?P<text>.*?)</script>", re.S | re.I)


def page_policy(hashes: tuple[str, ...] = (), *, space: bool = False) -> str:
    """The policy of a page whose inline scripts have these hashes.

    'unsafe-eval' is gradio's: its front end compiles event handlers and templates. No host but
    the studio's own is named anywhere.
    """
    scripts = " ".join(["'self'", "'unsafe-eval'", *(f"'{each}'" for each in hashes)])
    rules = {
        "default-src": "'self'",
        "script-src": scripts,
        "style-src": "'self' 'unsafe-inline'",
        "img-src": "'self' data: blob:",
        "media-src": "'self' data: blob:",
        "font-src": "'self' data:",
        "connect-src": "'self' data: blob:",
        "worker-src": "'self' blob:",
        "frame-src": "'none'",
        "object-src": "'none'",
        "base-uri": "'self'",
        "form-action": f"'self' {HUB}" if space else "'self'",
        "frame-ancestors": f"'self' {HUB}" if space else "'self'",
    }
    return "; ".join(f"{name} {value}" for name, value in rules.items())


class SecurityHeaders:
    """ASGI: the headers on every answer; an HTML page is held until its scripts are hashed."""

    def __init__(self, app: App, *, space: bool) -> None:
        """`space` lets the hub show the page in its frame, as it shows every Space."""
        self._app = app
        self._space = space

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            send = _Dressed(send, is_file=bool(_A_FILE.match(route(scope))), space=self._space)
        await self._app(scope, receive, send)


class _Dressed:
    """Sends an answer on with its headers."""

    def __init__(self, send: Send, *, is_file: bool, space: bool) -> None:
        self._send, self._is_file, self._space = send, is_file, space
        self._page: Message | None = None
        self._body = bytearray()

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            if not self._is_file and _kind(message).startswith(b"text/html"):
                self._page = message
            else:
                policy = FILES if self._is_file else page_policy(space=self._space)
                await self._send(self._with_headers(message, policy))
        elif self._page is None:
            await self._send(message)
        else:
            self._body += message.get("body", b"")
            if not message.get("more_body", False):
                await self._send_page(self._page)

    async def _send_page(self, start: Message) -> None:
        policy = page_policy(script_hashes(bytes(self._body)), space=self._space)
        await self._send(self._with_headers(start, policy))
        await self._send({"type": "http.response.body", "body": bytes(self._body)})

    def _with_headers(self, start: Message, policy: str) -> Message:
        ours = {
            b"content-security-policy": policy.encode(),
            b"x-content-type-options": b"nosniff",
            b"referrer-policy": b"same-origin",
            b"permissions-policy": PERMISSIONS.encode(),
            b"cross-origin-resource-policy": b"same-origin",
        }
        if not self._space:
            ours[b"cross-origin-opener-policy"] = b"same-origin"
            ours[b"x-frame-options"] = b"SAMEORIGIN"
        kept = [(k, v) for k, v in start.get("headers", ()) if k.lower() not in ours]
        return {**start, "headers": [*kept, *ours.items()]}


def script_hashes(page: bytes) -> tuple[str, ...]:
    """`sha256-...` of every inline script of an HTML page, each once."""
    texts = [found["text"] for found in _SCRIPT.finditer(page) if b"src=" not in found["about"]]
    digests = (hashlib.sha256(each).digest() for each in texts)
    return tuple(dict.fromkeys(f"sha256-{base64.b64encode(each).decode()}" for each in digests))


def _kind(start: Message) -> bytes:
    found = (v for k, v in start.get("headers", ()) if k.lower() == b"content-type")
    return bytes(next(found, b""))
