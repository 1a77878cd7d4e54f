"""STUDIO_AUTH: nobody comes further than the sign-in page without saying who they are."""

from __future__ import annotations

from urllib.parse import quote

from starlette.responses import RedirectResponse, Response

from studio.asker import SIGNED_IN
from studio.door.accounts import Accounts
from studio.door.answers import refusal
from studio.door.asgi import (
    NAME,
    SAFE,
    App,
    Receive,
    Scope,
    Send,
    address,
    cookie,
    from_this_machine,
    header,
    route,
    wants_page,
)
from studio.door.password_check import WAIT_S, PasswordCheck
from studio.errors import StudioError
from studio.locales import Locales
from studio.secret import Secret

SESSION = "atelier-session"
OPEN = frozenset({"/healthz", "/sign-in", "/sign-in/face.woff2"})
OPEN_TO_HUB = frozenset({"/login/huggingface", "/login/callback", "/sign-in/hf"})
WATCHED = frozenset({"/metrics", "/readyz"})
"""For who runs the studio: from the machine itself, or with its API key."""


class Guard:
    """ASGI: lets a request in with a session's cookie, a personal key (Bearer), or Basic auth. It
    writes into the scope who asks; a header can not."""

    def __init__(
        self, app: App, accounts: Accounts, check: PasswordCheck, api_key: Secret, locales: Locales
    ) -> None:
        self._app, self._accounts, self._check = app, accounts, check
        self._api_key, self._locales = api_key, locales

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self._app(scope, receive, send)
            return
        try:
            answer = await self._let_in(scope)
        except StudioError as error:
            wait = {"Retry-After": str(WAIT_S)}
            answer = refusal(self._locales, scope, error, 429, **wait)
        await (answer or self._app)(scope, receive, send)

    async def _let_in(self, scope: Scope) -> Response | None:
        """None lets the request pass."""
        path, given = route(scope), header(scope, "authorization")
        if _is_forged(scope):
            error = StudioError("This came from another site.", code="other_site")
            return refusal(self._locales, scope, error, 403)
        name = await self._named(scope, given)
        if name is not None:
            scope[NAME], scope[SIGNED_IN] = name, self._accounts.person(name)
            return None
        if self._is_open(scope, path) or self._has_api_key(scope, path, given):
            return None
        return self._turned_away(scope, path)

    async def _named(self, scope: Scope, given: str) -> str | None:
        scheme, _, word = given.partition(" ")
        if scheme.lower() == "bearer":
            return self._accounts.of_key(word.strip())
        if scheme.lower() == "basic":
            return await self._check.of_basic(word.strip(), address(scope))
        return self._accounts.of_session(cookie(scope, SESSION))

    def _is_open(self, scope: Scope, path: str) -> bool:
        if path in WATCHED:
            return from_this_machine(scope)
        return path in OPEN or (self._accounts.hub and path in OPEN_TO_HUB)

    def _has_api_key(self, scope: Scope, path: str, given: str) -> bool:
        """The studio's own key opens /v1 and the counters; it speaks for nobody's works."""
        scheme, _, word = given.partition(" ")
        fits = self._api_key and scheme.lower() == "bearer" and self._api_key.matches(word.strip())
        if not fits or not (path in WATCHED or path.startswith("/v1/")):
            return False
        scope[SIGNED_IN] = "api-" + self._accounts.person("api key: " + word.strip())
        return True

    def _turned_away(self, scope: Scope, path: str) -> Response:
        if wants_page(scope) and not path.startswith(("/api/", "/v1/", "/gradio_api/")):
            asked = path + ("?" + scope["query_string"].decode("latin-1")).rstrip("?")
            return RedirectResponse(f"/sign-in?next={quote(asked)}", 303)
        error = StudioError("Please sign in.", "Authorization: Bearer KEY.", code="sign_in")
        return refusal(self._locales, scope, error, 401, **{"WWW-Authenticate": "Bearer"})


def _is_forged(scope: Scope) -> bool:
    """Whether another site's page makes a browser send this, with the person's cookie."""
    where = header(scope, "sec-fetch-site")
    return scope["method"] not in SAFE and where in ("cross-site", "same-site")
