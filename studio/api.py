"""The HTTP side: probes, metrics and a JSON API around the page.

    GET  /healthz                      the process answers
    GET  /readyz                       weights are loaded: 200, else 503
    GET  /metrics                      Prometheus text
    GET  /api/crafts                   what can be made, with every field of its form
    POST /api/generate/{craft}         a form as JSON -> the finished work as JSON
    POST /api/generate/{craft}?stream=1   the same as it comes (`streamed_api`)
    /api/duels/...                     one brief made twice, blind, and the vote (`duel_api`)
    GET  /api/history                  the person's works, newest first
    GET  /api/works/{id}               one of them
    GET  /api/works/{id}/files/{version}/{name}
    GET  /api/works/{id}/sound/{version}?format=flac&rate=48000   a melody in another sound format
    GET  /api/works/{id}/colours/{version}?format=css&n=6   a picture's colours: css ase gpl json
    POST /api/uploads                  a picture (the body) -> its id, for a form's field `upload`
    POST /api/melodies?name=tune.mid   a melody file (the body) -> what it is, and a start from it
    /api/brands/...                    brand cards (`brand_api`)
    /api/works/{id}/hand-over          what a work passes on to other crafts (`handover_api`)
    /v1/...                            OpenAI's chat completions and models (`openai_api`)

A person is whoever sends the same `X-Studio-User`: a random word of 16 to 64 letters and digits
that the client makes up and keeps. Without one, a new person is made up and told in the answer.
Errors are `{"error": {"code", "message", "hint", ...}}`, the message in the client's language.
"""

from __future__ import annotations

import asyncio
import logging
import math
from dataclasses import asdict
from typing import Annotated, Any

import gradio as gr
import uvicorn
from fastapi import FastAPI, Query, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import FileResponse, JSONResponse, PlainTextResponse, Response
from gradio.oauth import attach_oauth

from studio import __version__
from studio.asker import Person, StudioOfApp
from studio.brand_api import router as brand_router
from studio.crafts.craft import Craft
from studio.door import BehindDoor, Door
from studio.door.asgi import NAME, App
from studio.duel_api import router as duel_router
from studio.error_json import error_json, error_status, foreseen
from studio.errors import Busy, Cancelled, InvalidInput, StudioError
from studio.event_stream import wants_events
from studio.handover_api import router as handover_router
from studio.heap import spare_the_lasting
from studio.json_body import MOST_BODY_BYTES, json_object, whole_body
from studio.locales import Locales
from studio.melodies import MOST_UPLOAD_BYTES, upload_report
from studio.openai_api import openai_app
from studio.render.colour_files import colours_of_file
from studio.render.colour_sheet import LEAST, MOST, USUAL
from studio.render.sound_file import media_type
from studio.service import Studio
from studio.settings import Settings
from studio.streamed_api import streamed_work, whole_work
from studio.telemetry.http_requests import HttpRequests
from studio.telemetry.http_tally import HttpTally
from studio.telemetry.logs import open_log
from studio.telemetry.metric import EXPOSITION_TYPE, exposition
from studio.telemetry.request_id import HEADER
from studio.ui.language import PageHead
from studio.ui.page import build_page, mount_options, page_head
from studio.ui.picture_files import picture_file
from studio.work_json import work_json

__all__ = ["MOST_BODY_BYTES", "create_app", "serve_page"]

MOST_OFFSET = 10**9
"""SQLite's whole numbers end; nobody has more works."""

logger = logging.getLogger(__name__)


def serve_page(settings: Settings) -> None:
    """Open the studio and serve its page until the process is stopped."""
    open_log(settings.log, settings.log_level)
    studio = Studio.open(settings)
    try:
        locales = Locales.load(settings.assets_dir / "locales")
        app = create_app(studio, locales, build_page(studio, locales))
        studio.preload()
        spare_the_lasting()
        uvicorn.run(
            app,
            host=settings.host,
            port=settings.port,
            access_log=False,
            log_config=None,
            proxy_headers=False,
            server_header=False,
            timeout_graceful_shutdown=3,
        )
    finally:
        studio.close()


def create_app(studio: Studio, locales: Locales, page: gr.Blocks | None = None) -> FastAPI:
    """The app behind its door: the routes above, and the page at "/" when there is one.
    Raises InvalidInput for a setting of the door that can not be read."""
    door, tally = Door(studio, locales), HttpTally()
    snippet = page_head(locales, studio.settings) if page else ""

    def around(app: App) -> App:
        return HttpRequests(door.around(PageHead(app, snippet)), tally)

    app = BehindDoor(
        around,
        title="Atelier",
        version=__version__,
        docs_url=None,
        redoc_url=None,
        openapi_url="/api/openapi.json",
    )
    app.state.studio, app.state.locales = studio, locales
    app.state.http = tally
    _add_routes(app)
    app.router.routes.extend(door.routes())
    app.mount("/v1", openai_app(studio, locales))
    for kind in (StudioError, RequestValidationError, Cancelled, Exception):
        app.add_exception_handler(kind, _answer_error)
    if page is None:
        return app
    page.queue(default_concurrency_limit=None)
    options = mount_options(locales, studio.settings)
    if door.accounts:
        options["auth_dependency"] = signed_in_name
        if door.accounts.hub:
            attach_oauth(app)
    mounted: FastAPI = gr.mount_gradio_app(app, page, path="/", **options)
    return mounted


def signed_in_name(request: Request) -> str | None:
    """The name that the door has let in, for gradio."""
    return request.scope.get(NAME)


def _add_routes(app: FastAPI) -> None:
    app.add_api_route("/healthz", healthz, tags=["probes"])
    app.add_api_route("/readyz", readyz, tags=["probes"])
    app.add_api_route("/metrics", metrics, tags=["probes"], response_class=PlainTextResponse)
    app.add_api_route("/api/crafts", crafts)
    app.add_api_route("/api/generate/{craft}", generate, methods=["POST"], response_model=None)
    app.add_api_route("/api/history", history)
    app.add_api_route("/api/works/{work_id}", one_work)
    app.add_api_route("/api/works/{work_id}/files/{version}/{name}", work_file)
    app.add_api_route("/api/works/{work_id}/sound/{version}", work_sound, response_class=Response)
    app.add_api_route(
        "/api/works/{work_id}/colours/{version}", work_colours, response_class=Response
    )
    app.add_api_route("/api/melodies", read_melody, methods=["POST"])
    app.add_api_route("/api/uploads", keep_upload, methods=["POST"])
    app.include_router(brand_router)
    app.include_router(duel_router)
    app.include_router(handover_router)


def healthz() -> dict[str, str]:
    """The process answers."""
    return {"status": "alive", "version": __version__}


def readyz(studio: StudioOfApp) -> JSONResponse:
    """Whether weights are loaded, and which."""
    status = studio.status()
    return JSONResponse(asdict(status), status_code=200 if status.ready else 503)


def metrics(request: Request, studio: StudioOfApp) -> PlainTextResponse:
    """All counters of the studio, and of HTTP."""
    told = studio.metrics() + exposition(request.app.state.http.metrics())
    return PlainTextResponse(told, media_type=EXPOSITION_TYPE)


def crafts(studio: StudioOfApp) -> dict[str, Any]:
    """Every craft with the fields of its form: what `/api/generate` takes."""
    return {"crafts": [_craft_json(craft) for craft in studio.crafts.values()]}


async def generate(
    craft: str,
    request: Request,
    studio: StudioOfApp,
    person: Person,
    stream: Annotated[bool, Query()] = False,
) -> Response | dict[str, Any]:
    """Make one work from a filled form: whole, or as events. Hanging up stops it."""
    inputs = await json_object(request)
    running = studio.generate(craft, inputs, user=person)
    if stream or wants_events(request):
        return await streamed_work(running, request, person)
    return work_json(await whole_work(running, request)) | {"user": person}


async def history(
    studio: StudioOfApp,
    person: Person,
    query: str = "",
    craft: str | None = None,
    starred: bool = False,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    offset: Annotated[int, Query(ge=0, le=MOST_OFFSET)] = 0,
) -> dict[str, Any]:
    """The person's own works, newest first."""
    works = await studio.search(
        user=person, query=query, craft=craft, starred=starred, limit=limit, offset=offset
    )
    return {"works": [work_json(work) for work in works], "user": person}


async def one_work(work_id: str, studio: StudioOfApp, person: Person) -> dict[str, Any]:
    """One of the person's works."""
    return work_json(await studio.work(work_id, user=person))


async def work_file(
    work_id: str, version: int, name: str, studio: StudioOfApp, person: Person
) -> FileResponse:
    """A file of a work. The name is looked up among the work's own: no path comes from outside."""
    work = await studio.work(work_id, user=person)
    files = work.outputs[version - 1].files if 0 < version <= len(work.outputs) else {}
    if name not in files:
        raise InvalidInput("name", f"This work has no file {name}.", code="no_file", name=name)
    return FileResponse(files[name], filename=name)


async def work_sound(
    work_id: str,
    version: int,
    studio: StudioOfApp,
    person: Person,
    format: Annotated[str, Query()] = "flac",
    rate: Annotated[int, Query()] = 44100,
) -> Response:
    """A melody's sound in another format, at another sample rate."""
    content = await studio.sound(work_id, version, format, rate, user=person)
    named = f'attachment; filename="melody.{format}"'
    headers = {"Content-Disposition": named}
    return Response(content, media_type=media_type(format), headers=headers)


async def work_colours(
    work_id: str,
    version: int,
    studio: StudioOfApp,
    person: Person,
    format: Annotated[str, Query()] = "json",
    n: Annotated[int, Query(ge=LEAST, le=MOST)] = USUAL,
    lang: Annotated[str, Query(pattern="en|zh")] = "en",
) -> Response:
    """The colours of a picture as a palette file, named in `lang`."""
    work = await studio.work(work_id, user=person)
    files = work.outputs[version - 1].files if 0 < version <= len(work.outputs) else {}
    path = picture_file(files)
    if path is None:
        raise InvalidInput("version", "There is no picture.", code="no_file", name="picture")
    made = await asyncio.to_thread(colours_of_file, path, n, format, lang)
    headers = {"Content-Disposition": f'attachment; filename="{made.name}"'}
    return Response(made.content, media_type=made.mime, headers=headers)


async def read_melody(
    request: Request, studio: StudioOfApp, name: Annotated[str, Query(max_length=200)]
) -> dict[str, Any]:
    """Read a melody that a person brings: MIDI, ABC, MusicXML, or a hummed WAV. `start` is what
    the field `start` of the melody craft takes as "of"."""
    found = await studio.read_melody(name, await whole_body(request, MOST_UPLOAD_BYTES))
    return upload_report(found)


async def keep_upload(request: Request, studio: StudioOfApp, person: Person) -> dict[str, str]:
    """Keep a picture (the body) to work with: its id, as a form's field `upload` takes it."""
    content = await whole_body(request, MOST_UPLOAD_BYTES)
    return {"upload": await studio.keep_upload(content, user=person), "user": person}


def _craft_json(craft: Craft) -> dict[str, Any]:
    fields = [asdict(field) for field in craft.fields]
    return {"name": craft.name, "output": craft.output, "fields": fields}


def _answer_error(request: Request, error: Exception) -> Response:
    """Errors as JSON, in the client's language; what nobody foresaw keeps its details to itself."""
    if isinstance(error, Cancelled):
        return Response(status_code=499)
    if isinstance(error, RequestValidationError):
        error = _as_invalid_input(error)
    told, known = foreseen(request, error), request.headers.get(HEADER, "")
    headers = {HEADER: known} if known else {}
    if isinstance(told, Busy):
        headers["Retry-After"] = str(math.ceil(told.retry_s))
    content = {"error": error_json(request, told)}
    return JSONResponse(content, status_code=error_status(told), headers=headers)


def _as_invalid_input(error: RequestValidationError) -> InvalidInput:
    first = error.errors()[0]
    return InvalidInput(str(first["loc"][-1]), str(first["msg"]), code="invalid_input")
