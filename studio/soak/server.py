"""The studio's own server in a process of its own, on a port of this machine, with its own data."""

from __future__ import annotations

import os
import socket
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import fields, replace
from multiprocessing import get_context
from pathlib import Path
from types import MappingProxyType
from typing import Any

import httpx

from studio.api import serve_page
from studio.errors import StudioError
from studio.secret import Secret
from studio.settings import Settings

START_S = 180.0
STOP_S = 20.0
HOST = "127.0.0.1"


@contextmanager
def soaked_server(settings: Settings) -> Iterator[str]:
    """The address of a fresh server, while inside. Nobody has to sign in, no rate is limited: what
    is asked is whether it holds. Raises StudioError when it does not start."""
    with tempfile.TemporaryDirectory(prefix="atelier-soak-") as folder:
        own = replace(
            settings,
            data_dir=_data_dir(settings, Path(folder)),
            host=HOST,
            port=_free_port(),
            auth=Secret(),
            api_key=Secret(),
            rate="",
            address_rate="",
        )
        log = Path(folder) / "server.log"
        process = get_context("spawn").Process(target=_serve, args=(_sent(own), log), daemon=True)
        process.start()
        try:
            address = f"http://{HOST}:{own.port}"
            _wait(address, process.is_alive, log)
            yield address
        finally:
            process.terminate()
            process.join(STOP_S)
            process.kill()
            process.join()


def _data_dir(settings: Settings, folder: Path) -> Path:
    """A history of its own; the weights that are converted already are shared."""
    own = folder / "data"
    own.mkdir()
    if settings.cache_dir.is_dir():
        (own / "cache").symlink_to(settings.cache_dir.resolve(), target_is_directory=True)
    return own


def _free_port() -> int:
    with socket.socket() as free:
        free.bind((HOST, 0))
        return int(free.getsockname()[1])


def _sent(settings: Settings) -> dict[str, Any]:
    """The settings as they can be handed to a process: read-only mappings can not."""
    given = {each.name: getattr(settings, each.name) for each in fields(settings)}
    return {name: dict(value) if isinstance(value, MappingProxyType) else value
            for name, value in given.items()}  # fmt: skip


def _serve(given: dict[str, Any], log: Path) -> None:
    """In the child: what it says goes to the log, so that the report stays readable."""
    with log.open("wb") as file:
        for stream in (sys.stdout, sys.stderr):
            os.dup2(file.fileno(), stream.fileno())
    serve_page(Settings(**given))


def _wait(address: str, is_alive: Callable[[], bool], log: Path) -> None:
    until = time.monotonic() + START_S
    while time.monotonic() < until:
        try:
            if httpx.get(f"{address}/readyz", timeout=5).status_code == 200:
                return
        except httpx.TransportError:
            pass
        if not is_alive():
            break
        time.sleep(0.1)
    told = log.read_text("utf-8", "replace")[-600:] if log.exists() else ""
    raise StudioError(f"The server of the soak did not start. {told}", code="soak_server")
