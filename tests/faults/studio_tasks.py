"""What a studio on fakes does in a process of its own, until a test kills it or takes its disk."""

from __future__ import annotations

import asyncio
import io
import os
import time
from collections.abc import Callable
from contextlib import redirect_stderr, suppress
from pathlib import Path

from studio import archive
from studio.__main__ import main
from studio.errors import StudioError
from studio.history.store import Store
from studio.service import Studio
from studio.settings import Settings
from studio.works import Work
from tests.faults.processes import Say, mount

INPUTS = {"text": "a lamp in the harbour", "seed": 7}
USER = "ann"
HELD_S = 60.0


def opened(data: Path) -> Studio:
    """The studio on fakes whose data lie there."""
    given = {"STUDIO_FAKE": "1", "STUDIO_DATA_DIR": str(data)}
    return Studio.open(Settings.from_environ(given))


async def made(studio: Studio, craft: str = "writing", see: Callable[[str], object] = str) -> Work:
    """One work; what there is of it is shown on the way."""
    last = None
    async for progress in studio.generate(craft, INPUTS, user=USER):
        last = progress
        see(progress.preview)
    assert last is not None
    assert last.work is not None
    return last.work


def killed_while_it_writes(data: Path, say: Say) -> None:
    """Says so once the first words are there, and stays there."""

    def hold(preview: str) -> None:
        if preview:
            say("now")
            time.sleep(HELD_S)

    asyncio.run(made(opened(data), see=hold))


def killed_between_files(data: Path, say: Say) -> None:
    """The second file of a work is half written."""
    write, written = archive.write_durably, list[Path]()

    def slowly(path: Path, content: bytes) -> None:
        if written:
            write(path, content[: len(content) // 2])
            say("now")
            time.sleep(HELD_S)
        write(path, content)
        written.append(path)

    archive.write_durably = slowly
    asyncio.run(made(opened(data), "image"))


def killed_after_the_row(data: Path, say: Say) -> None:
    """The row of a work is committed, its files are not in their place yet."""
    add = Store.add_work

    def then_hold(*given: object) -> object:
        kept = add(*given)  # type: ignore[arg-type]
        say("now")
        time.sleep(HELD_S)
        return kept

    Store.add_work = then_hold  # type: ignore[assignment, method-assign]
    asyncio.run(made(opened(data), "image"))


def full_disk(data: Path, say: Say) -> None:
    """Works until the disk is full, makes room, works on; says what it saw."""
    studio, ballast, seen = opened(data), data / "ballast", [""]
    with suppress(OSError), ballast.open("wb", buffering=0) as file:
        while True:
            file.write(bytes(4096))
    told = told_by(studio, seen.append)
    left = [each.name for each in (data / "works").rglob("*.*") if each.is_file()]
    ballast.unlink()
    again = asyncio.run(made(studio)).outputs[0].text
    say({"told": told, "preview": seen[-1], "left": left, "again": again})


def read_only_disk(data: Path, say: Say) -> None:
    """The folder becomes read-only while the studio runs; says what it saw."""
    studio = opened(data)
    asyncio.run(made(studio))
    became = mount("-o", "remount,ro", str(data))
    say({"became": became, "told": told_by(studio), "opens": told_when_opened(data)})


def told_by(studio: Studio, see: Callable[[str], object] = str) -> str:
    """The code of what a person is told who asks for a work."""
    try:
        asyncio.run(made(studio, see=see))
    except StudioError as error:
        return error.code
    return ""


def told_when_opened(data: Path) -> tuple[int, str]:
    """What the command line says in a data folder: its status and its words."""
    os.environ.update({"STUDIO_FAKE": "1", "STUDIO_DATA_DIR": str(data)})
    words = io.StringIO()
    with redirect_stderr(words):
        status = main(["history", "list"])
    return status, words.getvalue()
