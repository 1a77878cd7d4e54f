"""A run that is stopped closes what it reads, at once, and only on the page that asked."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing

import pytest

from studio.ui.stopping import Stops, until


class Source:
    """Counts up; waits for ever after `last`."""

    def __init__(self, last: int, ends: bool = False) -> None:
        self.last, self.ends, self.closed = last, ends, False

    async def read(self) -> AsyncGenerator[int, None]:
        try:
            for number in range(self.last):
                yield number
            if not self.ends:
                await asyncio.Event().wait()
        finally:
            self.closed = True


async def test_what_ends_by_itself_comes_whole() -> None:
    source = Source(3, ends=True)
    with Stops().run(("page", "writing")) as asked:
        assert [each async for each in until(source.read(), asked)] == [0, 1, 2]
    assert source.closed


async def test_a_stop_ends_even_a_run_that_waits() -> None:
    stops, source, seen = Stops(), Source(2), []
    with stops.run(("page", "writing")) as asked:
        asyncio.get_running_loop().call_later(0.05, stops.stop, ("page", "writing"))
        async with asyncio.timeout(5):
            async for each in until(source.read(), asked):
                seen.append(each)
    assert seen == [0, 1]
    assert source.closed


async def test_a_closed_tab_closes_the_run() -> None:
    source = Source(1)
    with Stops().run(("page", "writing")) as asked:
        async with aclosing(until(source.read(), asked)) as progress:
            assert await anext(progress) == 0
            waiting = asyncio.ensure_future(anext(progress))
            await asyncio.sleep(0.02)
            waiting.cancel()
            with pytest.raises(asyncio.CancelledError):
                await waiting
    assert source.closed


async def test_a_stop_reaches_only_its_own_page_and_its_own_run() -> None:
    stops = Stops()
    with stops.run(("one", "writing")) as one, stops.run(("two", "writing")) as two:
        stops.stop(("one", "writing"))
        stops.stop(("two", "poetry"))
        assert one.is_set()
        assert not two.is_set()


async def test_a_failure_comes_through() -> None:
    async def failing() -> AsyncGenerator[int, None]:
        yield 1
        raise RuntimeError("ink")

    with Stops().run(("page", "writing")) as asked, pytest.raises(RuntimeError, match="ink"):
        async for _ in until(failing(), asked):
            pass
