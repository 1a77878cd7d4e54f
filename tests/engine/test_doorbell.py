"""Readers are woken together, each exactly when its own bell was rung."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import pytest

from studio.engine.doorbell import Doorbell


async def test_many_are_woken_by_one_call(monkeypatch: pytest.MonkeyPatch) -> None:
    loop, calls = asyncio.get_running_loop(), list[Callable[..., Any]]()
    wake = loop.call_soon_threadsafe

    def counted(callback: Callable[..., Any], *given: Any) -> asyncio.Handle:
        calls.append(callback)
        return wake(callback, *given)

    monkeypatch.setattr(loop, "call_soon_threadsafe", counted)
    doorbell, bells = Doorbell(), [loop.create_future() for _ in range(16)]
    quiet = loop.create_future()
    for bell in bells:
        doorbell.ring(loop, bell)
    await asyncio.gather(*bells)
    assert (len(calls), quiet.done()) == (1, False)
    again = loop.create_future()
    doorbell.ring(loop, again)
    await again
    assert len(calls) == 2


async def test_a_reader_that_gave_up_does_not_keep_the_others_waiting() -> None:
    loop, doorbell = asyncio.get_running_loop(), Doorbell()
    gone, here = loop.create_future(), loop.create_future()
    doorbell.ring(loop, gone)
    doorbell.ring(loop, here)
    gone.cancel()
    await here


async def test_each_loop_has_its_own_call() -> None:
    doorbell = Doorbell()

    def elsewhere() -> bool:
        async def woken() -> bool:
            loop = asyncio.get_running_loop()
            bell = loop.create_future()
            loop.call_later(0, doorbell.ring, loop, bell)
            await bell
            return True

        return asyncio.run(woken())

    mine = asyncio.get_running_loop().create_future()
    assert await asyncio.to_thread(elsewhere)
    doorbell.ring(asyncio.get_running_loop(), mine)
    await mine


def test_a_closed_loop_is_told_every_time() -> None:
    loop, doorbell = asyncio.new_event_loop(), Doorbell()
    bells = [loop.create_future() for _ in range(3)]
    doorbell.ring(loop, bells[0])
    loop.close()
    for bell in bells[1:]:
        with pytest.raises(RuntimeError):
            doorbell.ring(loop, bell)
