"""A soak from its beginning to its end: a server, its people, the report."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Sequence
from contextlib import AsyncExitStack, suppress

import httpx

from studio.settings import Settings
from studio.soak.marks import mark_of
from studio.soak.options import SoakOptions
from studio.soak.person import Person
from studio.soak.report import SoakReport, judged
from studio.soak.server import soaked_server
from studio.soak.tally import Tally
from studio.soak.watch import Watch

LONGEST_SILENCE_S = 600.0
"""A request that says nothing for so long is lost."""


def soak(settings: Settings, options: SoakOptions) -> SoakReport:
    """Run one. Without `options.url` the studio of these settings is served for it."""
    if options.url:
        return asyncio.run(soaked(options.url, options, "given"))
    with soaked_server(settings) as address:
        return asyncio.run(soaked(address, options, "fake" if settings.fake else "real weights"))


async def soaked(address: str, options: SoakOptions, server: str) -> SoakReport:
    """The report of a server that is up."""
    tally = Tally()
    async with AsyncExitStack() as stack:
        clients = [_client(address, options.seed, n) for n in range(options.people + 1)]
        for each in clients:
            await stack.enter_async_context(each)
        watch = Watch(clients[-1], max(0.25, min(5.0, options.seconds / 120)))
        watching = asyncio.create_task(watch.run())
        await _lived(_people(clients[:-1], options, tally), options, tally)
        watching.cancel()
        with suppress(asyncio.CancelledError):
            await watching
        crowded = [each for each in watch.samples if each.at <= options.seconds]
        promises = judged(tally, crowded, await watch.drained())
    about = {"server": server, "people": options.people, "seconds": options.seconds}
    return SoakReport({**about, "seed": options.seed}, tally, watch.samples, promises)


async def _lived(people: Sequence[Person], options: SoakOptions, tally: Tally) -> None:
    until = time.monotonic() + options.seconds
    living = [asyncio.create_task(each.live(until)) for each in people]
    done, late = await asyncio.wait(living, timeout=options.seconds + options.grace_s)
    for each in late:
        each.cancel()
        tally.break_promise("lost", "a person was still waiting when the soak was over")
    await asyncio.gather(*late, return_exceptions=True)
    for each in done:
        each.result()
    await asyncio.gather(*(each.settle() for each in people))


def _people(
    clients: Sequence[httpx.AsyncClient], options: SoakOptions, tally: Tally
) -> list[Person]:
    others: list[str] = []
    return [
        Person(each, mark_of(options.seed, n), f"{options.seed} {n}", tally, others)
        for n, each in enumerate(clients)
    ]


def _client(address: str, seed: int, number: int) -> httpx.AsyncClient:
    # The name is no mark: an answer that tells who asked must not pass for one that is theirs.
    name = f"soak-{random.Random(f'name {seed} {number}').getrandbits(64):016x}"
    return httpx.AsyncClient(
        base_url=address,
        headers={"X-Studio-User": name, "Accept-Language": "zh" if number % 3 == 2 else "en"},
        timeout=httpx.Timeout(LONGEST_SILENCE_S, connect=30.0),
        trust_env=False,
    )
