"""A ticket ends exactly once, never blocks the device, and stops when nobody reads it."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from contextlib import aclosing

import pytest

from studio.engine.ticket import Ticket, merged
from studio.errors import Cancelled, ModelFailed
from studio.requests import Chunk, Completion, Picture, Request, Usage

RED, BLUE = Picture(1, 1, b"\xff\x00\x00"), Picture(1, 1, b"\x00\x00\xff")
REQUEST = Request(card="a", seed=1)


class Device:
    """The other side of a ticket: counts cancels, and ends the ticket as the worker would."""

    def __init__(self) -> None:
        self.cancels = 0
        self.ticket = Ticket(REQUEST, "r1", self.cancel)

    def cancel(self) -> None:
        self.cancels += 1
        self.ticket.fail(Cancelled())

    def say(self, *texts: str, finish: bool = False) -> None:
        for text in texts:
            self.ticket.offer(Chunk(text=text))
        if finish:
            self.ticket.offer(Chunk(finish="stop", usage=Usage(output_tokens=len(texts))))


@pytest.fixture
def device() -> Device:
    return Device()


def in_thread(task: Callable[[], None]) -> threading.Thread:
    thread = threading.Thread(target=task)
    thread.start()
    return thread


async def test_chunks_come_in_order_and_the_last_one_says_so(device: Device) -> None:
    device.ticket.offer(Chunk(queue_position=3))
    stream = aiter(device.ticket)
    assert (await anext(stream)).queue_position == 3
    device.say("Once")
    assert (await anext(stream)).text == "Once"
    device.say(" upon", finish=True)
    last = await anext(stream)
    assert (last.text, last.finish) == (" upon", "stop")
    with pytest.raises(StopAsyncIteration):
        await anext(stream)
    assert device.cancels == 0


async def test_a_reader_that_waits_is_woken_from_the_device_thread(device: Device) -> None:
    first = asyncio.ensure_future(anext(aiter(device.ticket)))
    await asyncio.sleep(0)
    thread = in_thread(lambda: device.say("moon"))
    assert (await first).text == "moon"
    thread.join()


async def test_a_slow_reader_gets_all_the_text_in_one_chunk(device: Device) -> None:
    device.say(*(f"{n} " for n in range(10_000)), finish=True)
    chunks = [chunk async for chunk in device.ticket]
    assert len(chunks) == 1
    assert chunks[0].text == "".join(f"{n} " for n in range(10_000))
    assert chunks[0].finish == "stop"


async def test_positions_are_news_only_until_the_result_begins(device: Device) -> None:
    for position in (5, 4, 3):
        device.ticket.offer(Chunk(queue_position=position))
    stream = aiter(device.ticket)
    assert (await anext(stream)).queue_position == 3
    device.ticket.offer(Chunk(queue_position=0))
    device.say("now")
    assert await anext(stream) == Chunk(text="now")


def test_merging_keeps_the_newest_picture_and_every_datum() -> None:
    older = Chunk(text="a", picture=RED, data={"x": 1, "y": 1})
    whole = merged(older, Chunk(text="b", picture=BLUE, data={"y": 2}, finish="length"))
    assert (whole.text, whole.picture, whole.finish) == ("ab", BLUE, "length")
    assert dict(whole.data) == {"x": 1, "y": 2}
    assert merged(older, Chunk(text="c")).picture == RED


async def test_the_completion_is_the_chunks_gathered(device: Device) -> None:
    whole = asyncio.ensure_future(device.ticket.completion())
    await asyncio.sleep(0)
    device.ticket.offer(Chunk(queue_position=0))
    device.say("Once", " upon")
    device.ticket.offer(Chunk(text=" a", data={"k": 1}, finish="length", usage=Usage(7, 3)))
    assert await whole == Completion("Once upon a", None, {"k": 1}, "length", Usage(7, 3))


async def test_streaming_and_waiting_for_the_whole_do_not_disturb_each_other(
    device: Device,
) -> None:
    whole = asyncio.ensure_future(device.ticket.completion())
    device.say("a", "b", finish=True)
    assert [chunk.text async for chunk in device.ticket] == ["ab"]
    assert (await whole).text == "ab"
    assert (await device.ticket.completion()).text == "ab"


async def test_a_failure_reaches_the_reader_after_what_came_before(device: Device) -> None:
    device.say("half")
    device.ticket.fail(ModelFailed("r1"))
    stream = aiter(device.ticket)
    assert (await anext(stream)).text == "half"
    with pytest.raises(ModelFailed):
        await anext(stream)
    with pytest.raises(ModelFailed):
        await device.ticket.completion()


async def test_it_ends_once_whatever_comes_later(device: Device) -> None:
    device.say("done", finish=True)
    device.ticket.fail(ModelFailed("r1"))
    device.say("more")
    device.ticket.cancel()
    assert (await device.ticket.completion()).text == "done"


async def test_a_stop_raises_cancelled_and_keeps_the_text(device: Device) -> None:
    device.say("Once upon")
    device.ticket.cancel()
    with pytest.raises(Cancelled):
        async for _ in device.ticket:
            pass
    assert device.ticket.so_far.text == "Once upon"


class TestAbandoning:
    """Whoever stops reading stops the request."""

    async def test_leaving_an_aclosing_block(self, device: Device) -> None:
        device.say("one")
        async with aclosing(device.ticket) as ticket:
            async for _ in ticket:
                break
        assert device.cancels == 1

    async def test_a_reader_whose_task_is_cancelled(self, device: Device) -> None:
        async def read() -> None:
            async for _ in device.ticket:
                pass

        reader = asyncio.ensure_future(read())
        await asyncio.sleep(0)
        reader.cancel()
        with pytest.raises(asyncio.CancelledError):
            await reader
        assert device.ticket.ended

    async def test_a_completion_nobody_waits_for_any_more(self, device: Device) -> None:
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0):
                await device.ticket.completion()
        assert device.ticket.ended

    async def test_a_break_without_a_block(self, device: Device) -> None:
        device.say("one")
        async for _ in device.ticket:
            break
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        assert device.ticket.ended

    async def test_reading_to_the_end_cancels_nothing(self, device: Device) -> None:
        device.say("one", finish=True)
        async with aclosing(device.ticket) as ticket:
            assert [chunk.text async for chunk in ticket] == ["one"]
        assert device.cancels == 0

    def test_an_event_loop_that_was_closed_in_the_middle(self, device: Device) -> None:
        loop = asyncio.new_event_loop()
        stream = aiter(device.ticket)
        reader = loop.create_task(_next(stream))
        loop.run_until_complete(asyncio.sleep(0))
        loop.stop()
        reader._log_destroy_pending = False  # type: ignore[attr-defined]
        loop.close()
        device.say("nobody hears this")
        assert device.cancels >= 1
        assert device.ticket.ended


async def _next(stream: object) -> Chunk:
    return await anext(stream)  # type: ignore[call-overload,no-any-return]


class TestWithoutAnEventLoop:
    """The command line and the benchmark block."""

    def test_result_waits_for_the_device_thread(self, device: Device) -> None:
        thread = in_thread(lambda: device.say("moon", finish=True))
        assert device.ticket.result(timeout_s=30).text == "moon"
        thread.join()

    def test_result_raises_what_the_request_failed_with(self, device: Device) -> None:
        device.ticket.fail(ModelFailed("r1"))
        with pytest.raises(ModelFailed):
            device.ticket.result()

    def test_result_gives_up_waiting_but_does_not_stop_it(self, device: Device) -> None:
        with pytest.raises(TimeoutError):
            device.ticket.result(timeout_s=0)
        assert device.cancels == 0
