"""Several streams read as one: nothing lost, nobody left running."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import aclosing

import pytest

from studio.merging import merged


async def count(limit: int, closed: list[str], name: str = "") -> AsyncIterator[str]:
    try:
        for number in range(limit):
            await asyncio.sleep(0)
            yield f"{name}{number}"
    finally:
        await asyncio.sleep(0)
        closed.append(name)


async def test_every_item_arrives_once_and_in_its_streams_order() -> None:
    closed: list[str] = []
    streams = [count(5, closed, "a"), count(3, closed, "b"), count(0, closed, "c")]
    items = [item async for batch in merged(streams) for item in batch]
    assert [text for index, text in items if index == 0] == [f"a{n}" for n in range(5)]
    assert [text for index, text in items if index == 1] == [f"b{n}" for n in range(3)]
    assert sorted(closed) == ["a", "b", "c"]


async def test_leaving_early_closes_every_stream_before_it_returns() -> None:
    closed: list[str] = []
    async with aclosing(merged([count(10**6, closed, "a"), count(10**6, closed, "b")])) as batches:
        async for _ in batches:
            break
    assert sorted(closed) == ["a", "b"]


async def test_the_first_failure_ends_all() -> None:
    closed: list[str] = []

    async def fails() -> AsyncIterator[str]:
        yield "one"
        raise ValueError("broken string")

    with pytest.raises(ValueError, match="broken string"):
        async for _ in merged([count(10**6, closed, "a"), fails()]):
            pass
    assert closed == ["a"]
