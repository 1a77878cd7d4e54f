"""The page's file route, narrowed: nothing from elsewhere, no link that leads out, and where people
sign in no file of somebody else's."""

from __future__ import annotations

import json
import re
from collections.abc import Awaitable, Callable
from pathlib import Path
from urllib.parse import parse_qs

from starlette.responses import JSONResponse

from studio.asker import SIGNED_IN
from studio.door.answers import UPLOAD
from studio.door.asgi import App, Message, Receive, Scope, Send, route
from studio.door.file_owners import FileOwners

Owns = Callable[[str, str], Awaitable[bool]]
"""(work id, person) -> whether the work is theirs."""

OWNERS = "studio.owners"
"""Where a request's scope keeps the FileOwners, for the page's events."""
_FILE = re.compile(r"/gradio_api/file[=/](?P<path>.*)", re.S)
_ELSEWHERE = re.compile(r"/gradio_api/proxy=|/gradio_api/file[=/]\s*[a-z][a-z0-9+.-]*:", re.I)
_SESSION = re.compile(r"/gradio_api/(heartbeat|stream)/(?P<session>[^/]+)")


class FileGate:
    """ASGI: 403 for what the page may not be given."""

    def __init__(self, app: App, works: Path, shared: Path, owners: FileOwners, owns: Owns) -> None:
        """`works` holds every work's folder by its id; `shared` is for everybody."""
        self._app = app
        self._works, self._shared = works.resolve(), shared.resolve()
        self._owners, self._owns = owners, owns

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            scope[OWNERS] = self._owners
            if not await self._open(scope):
                refused = JSONResponse({"detail": "This file is not for you."}, 403)
                await refused(scope, receive, send)
                return
            if route(scope) == UPLOAD and SIGNED_IN in scope:
                send = self._noted(send, str(scope[SIGNED_IN]))
        await self._app(scope, receive, send)

    async def _open(self, scope: Scope) -> bool:
        path, person = route(scope), scope.get(SIGNED_IN)
        if _ELSEWHERE.match(path):
            return False
        if found := _FILE.match(path):
            return await self._may_have(found["path"], person)
        return person is None or self._in_own_session(scope, path, str(person))

    async def _may_have(self, named: str, person: str | None) -> bool:
        """A link inside the works that leads out of them is refused to everybody."""
        try:
            written = Path(named).absolute()
            real = written.resolve(strict=True)
        except (OSError, ValueError, RuntimeError):
            return False
        if real.is_relative_to(self._works):
            work = real.relative_to(self._works).parts[0]
            return not work.startswith(".") and (person is None or await self._owns(work, person))
        if written.is_relative_to(self._works) or real != written.parent.resolve() / written.name:
            return False
        free = person is None or real.is_relative_to(self._shared)
        return free or self._owners.may_have(str(person), str(real))

    def _in_own_session(self, scope: Scope, path: str, person: str) -> bool:
        found = _SESSION.match(path)
        asked = parse_qs(scope.get("query_string", b"").decode("latin-1"))
        named = [found["session"]] if found else asked.get("session_hash", [])
        return all(self._owners.owns(person, each) for each in named)

    def _noted(self, send: Send, person: str) -> Send:
        """Remembers the paths that an upload is answered with."""
        body = bytearray()

        async def sent(message: Message) -> None:
            body.extend(message.get("body", b""))
            if message["type"] == "http.response.body" and not message.get("more_body"):
                for each in _paths(bytes(body)):
                    self._owners.show(person, str(Path(each).resolve()))
            await send(message)

        return sent


def _paths(body: bytes) -> list[str]:
    try:
        told = json.loads(body)
    except ValueError:
        return []
    return [str(each) for each in told] if isinstance(told, list) else []
