"""The page's head gets its script; everything else passes untouched."""

from __future__ import annotations

import httpx
from fastapi import FastAPI
from fastapi.responses import HTMLResponse, PlainTextResponse, StreamingResponse

from studio.locales import Locales
from studio.settings import Settings
from studio.ui.language import PageHead
from studio.ui.page import page_head

SNIPPET = "<script>first</script>"


def app() -> FastAPI:
    served = FastAPI()

    @served.get("/")
    def page() -> HTMLResponse:
        return HTMLResponse("<html><head><title>工坊</title></head></html>")

    @served.get("/text")
    def text() -> PlainTextResponse:
        return PlainTextResponse("a <head> in a text")

    @served.get("/parts")
    def parts() -> StreamingResponse:
        pieces = iter(["<html><he", "ad></head>", "</html>"])
        return StreamingResponse(pieces, media_type="text/html")

    return served


async def fetched(path: str) -> httpx.Response:
    transport = httpx.ASGITransport(app=PageHead(app(), SNIPPET))  # type: ignore[arg-type]
    async with httpx.AsyncClient(transport=transport, base_url="http://studio") as client:
        return await client.get(path)


async def test_a_page_gets_the_script_first_in_its_head() -> None:
    answer = await fetched("/")
    assert answer.text.startswith(f"<html><head>{SNIPPET}<title>工坊")
    assert int(answer.headers["content-length"]) == len(answer.content)


async def test_a_page_in_parts_gets_it_too() -> None:
    assert (await fetched("/parts")).text == f"<html><head>{SNIPPET}</head></html>"


async def test_what_is_no_page_is_left_alone() -> None:
    assert (await fetched("/text")).text == "a <head> in a text"


def test_the_script_knows_the_languages(locales: Locales) -> None:
    script = page_head(locales, Settings.from_environ({}))
    assert '{"code": "zh", "tag": "zh-CN"}' in script
    assert script.count("</script>") == 1
