"""The sign-in page and its routes: a plain form, a cookie, and the way out again.

GET  /sign-in?next=/      the page, in the browser's language or in `lang`
POST /sign-in             name, password, next -> a session's cookie, and on to `next`
POST /sign-out            the session ends
GET  /sign-in/hf          back from the hub, which vouches for a name
GET  /api/key             a personal key for programs, as JSON
"""

from __future__ import annotations

from pathlib import Path

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from studio.door.accounts import SESSION_S, Accounts
from studio.door.answers import asked_language
from studio.door.asgi import NAME, address
from studio.door.guard import SESSION
from studio.door.password_check import WAIT_S, PasswordCheck
from studio.errors import StudioError
from studio.locales import Locales
from studio.settings import Settings

FACE = "newsreader-latin-wght-normal.woff2"
PAGE = Markup("""<!doctype html>
<html lang="{tag}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>{title} · Atelier</title>
<style>{css}</style>
<script>{js}</script>
</head>
<body>
<main>
<header>{masthead}</header>
<h2>{title}</h2>
{wrong}
<form method="post" action="/sign-in">{fields}</form>
<nav>{languages}</nav>
</main>
</body>
</html>
""")
FIELDS = Markup("""
<input type="hidden" name="next" value="{next}">
<input type="hidden" name="lang" value="{lang}">
<label for="name">{name}</label>
<input id="name" name="name" value="{given}" autocomplete="username" autocapitalize="none"
 spellcheck="false" maxlength="100" required {first}>
<label for="password">{password}</label>
<input id="password" name="password" type="password" autocomplete="current-password"
 maxlength="1000" required {second}>
<button type="submit">{go}</button>
""")
TO_HUB = Markup('<a class="go" href="/login/huggingface?_target_url=/sign-in/hf">{go}</a>')
WRONG = Markup('<p class="wrong" role="alert" id="wrong">{text}</p>')
LANGUAGE = Markup('<a href="/sign-in?lang={code}&amp;next={next}" lang="{tag}" {here}>{name}</a>')


class SignIn:
    """The routes. The guard lets them through; everything else is behind it."""

    def __init__(
        self, accounts: Accounts, check: PasswordCheck, locales: Locales, settings: Settings
    ) -> None:
        self._accounts, self._check, self._locales = accounts, check, locales
        self._space, self._assets = settings.space, settings.assets_dir

    def routes(self) -> list[Route]:
        """To be added to the app."""
        return [
            Route("/sign-in", self.page, methods=["GET"]),
            Route("/sign-in", self.enter, methods=["POST"]),
            Route("/sign-in/hf", self.from_hub, methods=["GET"]),
            Route("/sign-in/face.woff2", self.face, methods=["GET"]),
            Route("/sign-out", self.leave, methods=["POST"]),
            Route("/api/key", self.key, methods=["GET"]),
        ]

    async def page(self, request: Request) -> Response:
        """The form."""
        following = local(request.query_params.get("next", "/"))
        return self._page(self._language(request), following)

    async def enter(self, request: Request) -> Response:
        """Check the password; a wrong one shows the form again, with the name still in it."""
        form = await request.form()
        name, password = str(form.get("name", "")).strip(), str(form.get("password", ""))
        following, lang = (
            local(str(form.get("next", "/"))),
            self._locales.known(str(form.get("lang", ""))),
        )
        try:
            right = await self._check.lets_in(name, password, address(request.scope))
        except StudioError as error:
            said = self._locales.sentence(error, lang)
            answer = self._page(lang, following, name, said, 429)
            answer.headers["Retry-After"] = str(WAIT_S)
            return answer
        if not right:
            said = self._locales.text("sign_in.wrong", lang)
            return self._page(lang, following, name, said, 401)
        return self._signed_in(request, name, following)

    async def from_hub(self, request: Request) -> Response:
        """The hub's word becomes a session of ours; its token is not kept."""
        told = request.scope.get("session", {}).pop("oauth_info", None) or {}
        name = str(told.get("userinfo", {}).get("preferred_username", ""))
        if not self._accounts.hub or not self._accounts.knows(name):
            lang = self._language(request)
            said = self._locales.text("sign_in.not_known", lang)
            return self._page(lang, "/", "", said, 403)
        return self._signed_in(request, name, "/")

    async def leave(self, request: Request) -> Response:
        """Forget the session; the page that follows clears what the browser keeps of the person."""
        answer = RedirectResponse("/sign-in?out=1", 303)
        answer.delete_cookie(SESSION, secure=self._is_secure(request), httponly=True)
        return answer

    async def key(self, request: Request) -> Response:
        """The personal key of whoever asks."""
        name = str(request.scope[NAME])
        told = {"name": name, "key": self._accounts.key(name)}
        return JSONResponse(told, headers={"Cache-Control": "no-store"})

    async def face(self, _: Request) -> Response:
        """The page's own font: the sign-in page has no other file."""
        return FileResponse(self._assets / "fonts" / FACE)

    def _signed_in(self, request: Request, name: str, following: str) -> Response:
        answer = RedirectResponse(following, 303)
        answer.set_cookie(
            SESSION,
            self._accounts.session(name),
            max_age=SESSION_S,
            httponly=True,
            secure=self._is_secure(request),
            samesite="none" if self._space else "lax",
        )
        return answer

    def _is_secure(self, request: Request) -> bool:
        """A Space stands behind https and inside the hub's frame."""
        return self._space or request.url.scheme == "https"

    def _language(self, request: Request) -> str:
        asked = request.query_params.get("lang", "")
        known = self._locales.known(asked) == asked
        return asked if known else asked_language(self._locales, request.scope)

    def _page(
        self,
        lang: str,
        following: str,
        name: str = "",
        wrong: str = "",
        status: int = 200,
    ) -> Response:
        def said(key: str) -> str:
            return self._locales.text(key, lang)

        page = PAGE.format(
            tag=self._locales.text("language.tag", lang),
            title=said("sign_in.title"),
            css=Markup(_text(self._assets / "css" / "sign_in.css")),
            js=Markup(_text(self._assets / "js" / "sign_in.js")),
            masthead=Markup(said("page.masthead")),
            wrong=WRONG.format(text=wrong) if wrong else "",
            fields=self._fields(lang, following, name, bool(wrong)),
            languages=Markup(" ").join(self._languages(lang, following)),
        )
        return HTMLResponse(page, status, {"Cache-Control": "no-store"})

    def _fields(self, lang: str, following: str, name: str, wrong: bool) -> Markup:
        if self._accounts.hub:
            return TO_HUB.format(go=self._locales.text("sign_in.hub", lang))
        told = Markup('autofocus aria-describedby="wrong" aria-invalid="true"')
        return FIELDS.format(
            next=following,
            lang=lang,
            given=name,
            name=self._locales.text("sign_in.name", lang),
            password=self._locales.text("sign_in.password", lang),
            go=self._locales.text("sign_in.go", lang),
            first="" if wrong else Markup("autofocus"),
            second=told if wrong else "",
        )

    def _languages(self, lang: str, following: str) -> list[Markup]:
        return [
            LANGUAGE.format(
                code=each.code,
                next=following,
                tag=each.tag,
                here=Markup('aria-current="true"') if each.code == lang else "",
                name=each.name,
            )
            for each in self._locales.languages
        ]


def local(place: str) -> str:
    """A path of this studio, to go on to; "/" for anything that could lead elsewhere."""
    plain = place.isprintable() and "\\" not in place
    return place if plain and place.startswith("/") and not place.startswith("//") else "/"


def _text(path: Path) -> str:
    return path.read_text("utf-8")
