"""What is light never waits for what is heavy, and whoever leaves the line is not waited for."""

from __future__ import annotations

import asyncio
import os
import sys
import threading
from collections.abc import Iterator

import pytest

from studio.finishing import NICENESS, WHOLE_AT_ONCE, Finishing
from studio.telemetry.request_id import carried, current_request_id


class Held:
    """A finish that goes on until it is let go."""

    def __init__(self) -> None:
        self.begun, self.go = threading.Event(), threading.Event()

    def __call__(self) -> str:
        self.begun.set()
        assert self.go.wait(30)
        return "painted"


@pytest.fixture
def finishing() -> Iterator[Finishing]:
    opened = Finishing(heavy=1)
    yield opened
    opened.close()


def counted(finishing: Finishing) -> dict[str, float]:
    (metric,) = finishing.metrics()
    return {each.labels["state"]: float(each.value) for each in metric.samples}  # type: ignore[arg-type]


async def test_a_text_passes_pictures_that_wait(finishing: Finishing) -> None:
    held = Held()
    pictures = [asyncio.ensure_future(finishing.run("picture", held)) for _ in range(3)]
    await asyncio.to_thread(held.begun.wait, 30)
    assert await finishing.run("text", lambda: "written") == "written"
    assert counted(finishing) == {"running": 1, "waiting": 2}
    held.go.set()
    assert await asyncio.gather(*pictures) == ["painted"] * 3
    assert counted(finishing) == {"running": 0, "waiting": 0}


@pytest.mark.skipif(sys.platform != "linux", reason="threads of other systems share a niceness")
async def test_what_is_heavy_gives_way(finishing: Finishing) -> None:
    def niceness() -> int:
        return os.getpriority(os.PRIO_PROCESS, threading.get_native_id())

    before = niceness()
    assert await finishing.run("text", niceness) == before
    assert await finishing.run("picture", niceness) == max(before, NICENESS)
    assert await finishing.run("kit", niceness) == max(before, NICENESS)
    assert niceness() == before


async def test_pictures_pass_kits(finishing: Finishing) -> None:
    held = Held()
    kits = [asyncio.ensure_future(finishing.run("kit", held)) for _ in range(WHOLE_AT_ONCE + 1)]
    await asyncio.to_thread(held.begun.wait, 30)
    assert await finishing.run("picture", lambda: "drawn") == "drawn"
    assert sum(counted(finishing).values()) == WHOLE_AT_ONCE + 1
    assert counted(finishing)["running"] <= WHOLE_AT_ONCE
    held.go.set()
    await asyncio.gather(*kits)


async def test_who_leaves_before_the_turn_has_nothing_made(finishing: Finishing) -> None:
    held, made = Held(), list[str]()
    first = asyncio.ensure_future(finishing.run("picture", held))
    await asyncio.to_thread(held.begun.wait, 30)
    left = asyncio.ensure_future(finishing.run("melody", lambda: made.append("played")))
    await asyncio.sleep(0)
    left.cancel()
    with pytest.raises(asyncio.CancelledError):
        await left
    assert counted(finishing) == {"running": 1, "waiting": 0}
    held.go.set()
    await first
    await finishing.run("melody", lambda: made.append("last"))
    assert made == ["last"]


async def test_a_failure_is_the_callers_and_the_line_goes_on(finishing: Finishing) -> None:
    def broken() -> None:
        raise ValueError("no such colour")

    with pytest.raises(ValueError, match="no such colour"):
        await finishing.run("picture", broken)
    assert await finishing.run("picture", lambda: 1) == 1
    assert counted(finishing) == {"running": 0, "waiting": 0}


async def test_it_is_done_for_the_request_that_asked(finishing: Finishing) -> None:
    with carried("asked-for-this"):
        assert await finishing.run("picture", current_request_id) == "asked-for-this"
