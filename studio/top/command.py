"""The command: frames until q, Escape or Ctrl-C; one frame with --once."""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping
from dataclasses import asdict
from urllib.parse import urlsplit

import httpx
from rich.console import Console
from rich.live import Live

from studio.settings import Settings
from studio.top.frame import away, frame
from studio.top.keys import leaving_keys
from studio.top.watching import Away, Watching

PATIENCE_S = 5.0


def top(arguments: argparse.Namespace, settings: Settings) -> int:
    """`studio top`: 0 when the person left, 1 when --once met nobody."""
    url = arguments.url or f"http://127.0.0.1:{settings.port}"
    headers = _headers(url, settings)
    with httpx.Client(timeout=PATIENCE_S, headers=headers) as client:
        watching = Watching(url, client)
        if arguments.once or arguments.json:
            return _lines(watching, arguments)
        return _live(watching, arguments.every)


def _headers(url: str, settings: Settings) -> Mapping[str, str]:
    """The studio's own key opens its counters from afar; it does not travel in the clear."""
    parts = urlsplit(url)
    private = parts.scheme == "https" or parts.hostname in ("127.0.0.1", "localhost", "::1")
    if not (settings.api_key and private):
        return {}
    return {"Authorization": f"Bearer {settings.api_key.reveal()}"}


def _lines(watching: Watching, arguments: argparse.Namespace) -> int:
    """Frames one below the other, or JSON lines: for a file, a pipe, a test."""
    console = Console(highlight=False)
    with leaving_keys() as wait:
        while True:
            code = _line(watching, console, as_json=arguments.json)
            if arguments.once or wait(arguments.every):
                return code


def _line(watching: Watching, console: Console, *, as_json: bool) -> int:
    try:
        reading = watching.look()
    except Away as error:
        told = {"url": watching.url, "away": str(error)}
        print(json.dumps(told), flush=True) if as_json else console.print(
            away(watching.url, str(error), 1)
        )
        return 1
    if as_json:
        print(json.dumps(asdict(reading)), flush=True)
    else:
        console.print(frame(reading, watching.speeds))
    return 0


def _live(watching: Watching, every_s: float) -> int:
    tries = 0
    with leaving_keys() as wait, Live(screen=True, auto_refresh=False) as live:
        while True:
            try:
                shown, tries = frame(watching.look(), watching.speeds), 0
            except Away as error:
                tries += 1
                shown = away(watching.url, str(error), tries)
            live.update(shown, refresh=True)
            if wait(every_s):
                return 0
