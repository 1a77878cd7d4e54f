"""A process of its own: mixed requests on tiny models, and what memory they leave behind.

    python mixed_requests.py FOLDER COUNT

prints {"loaded": RSS before, "after": RSS behind COUNT requests, "empty": behind the unloading,
"threads": [before, after]} as JSON. RSS in bytes.
"""

from __future__ import annotations

import ctypes
import gc
import json
import os
import random
import sys
import threading
from contextlib import suppress
from pathlib import Path

from studio.engine.family import Family
from studio.engine.manager import Manager
from studio.engine.ticket import Ticket
from studio.errors import Cancelled, StudioError
from studio.families.fake import CRASH, FAIL, REJECT, Fake
from studio.requests import Request, Sampling
from tests.families.subjects import PICTURE
from tests.families.tiny_generator import tiny_generator
from tests.families.tiny_models import open_tiny, tiny_card

PROMPTS = ("A lamp in the harbour.", "The keeper of the lighthouse. " * 4, FAIL, CRASH, REJECT)


class Tiny:
    """Two language models, a generator of pictures, and a melody."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._loads = folder, 0

    def footprint(self, card: str) -> int:
        return 40_000_000

    def load(self, card: str) -> Family:
        self._loads += 1
        place = self._folder / f"{card}-{self._loads}"
        if card == "picture":
            return tiny_generator(place)
        if card == "melody":
            return Fake("melody")
        return open_tiny(tiny_card(place, "gemma3" if card == "other" else "llama"))


def main(folder: Path, count: int) -> None:
    with Manager(Tiny(folder), budget_bytes=10**9) as manager:
        mixed(manager, 100, seed=1)
        loaded, threads = resident_bytes(), threading.active_count()
        mixed(manager, count, seed=2)
        after, threads_after = resident_bytes(), threading.active_count()
        for card in list(manager.status().resident):
            manager.unload(card).result(30)
        told = {"loaded": loaded, "after": after, "empty": resident_bytes()}
        print(json.dumps(told | {"threads": [threads, threads_after]}))


def mixed(manager: Manager, count: int, seed: int) -> None:
    """Texts, melodies and pictures, some stopped, some that fail; sixteen at once."""
    chance = random.Random(seed)
    live: list[Ticket] = []
    for number in range(count):
        card = ("text", "other", "picture", "melody")[number % 4]
        request = Request(
            card=card,
            seed=number,
            prompt=chance.choice(PROMPTS),
            user=f"user {number % 7}",
            sampling=Sampling(max_tokens=chance.randint(2, 20)),
            condition=PICTURE if card == "picture" else {},
        )
        live.append(manager.submit(request))
        if chance.random() < 0.2:
            chance.choice(live).cancel()
        if len(live) >= 16:
            ended(live.pop(0))
    for ticket in live:
        ended(ticket)


def ended(ticket: Ticket) -> None:
    with suppress(StudioError, Cancelled):
        ticket.result(60)


def resident_bytes() -> int:
    """RSS once everything that is free has been given back."""
    gc.collect()
    ctypes.CDLL("libc.so.6").malloc_trim(0)
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
