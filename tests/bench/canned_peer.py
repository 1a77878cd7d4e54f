"""A peer that answers what it is told to: in its own process, for the tests of the protocol."""

from __future__ import annotations

import os
import time
from collections.abc import Mapping, Sequence
from typing import Any

from studio.families.peers.peer import Joined, Timed, Tokens
from studio.families.peers.serving import serve


class CannedPeer:
    """`given["mood"]`: "dies", "hangs" or "complains" at the first batch."""

    def __init__(self, given: Mapping[str, Any]) -> None:
        print("a library that talks")
        self._mood = given.get("mood", "")

    def batch(self, prompts: Sequence[Tokens], tokens: int, adapters: Sequence[str]) -> Timed:
        if self._mood == "dies":
            os.write(2, b"the model is too large\n")
            os._exit(9)
        if self._mood == "hangs":
            time.sleep(60)
        if self._mood == "complains":
            raise ValueError("no such row")
        return Timed(0.25, 0.5, len(prompts) * (tokens - 1))

    def joining(self, running: Sequence[Tokens], joiner: Tokens, tokens: int) -> Joined:
        raise NotImplementedError


if __name__ == "__main__":
    serve(CannedPeer)
