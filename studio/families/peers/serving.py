"""The child's side of a peer's process: one JSON object a line in, one out."""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict
from typing import Any, TextIO

from studio.families.peers.peer import Peer

Opens = Callable[[Mapping[str, Any]], Peer]


def serve(opens: Opens) -> None:
    """Answer until the input ends or says quit: open, batch, joining.

    Libraries print as they like: their standard output goes to the error output.
    """
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    opened: Peer | None = None
    for order in _orders():
        try:
            if order["do"] == "open":
                opened, answer = _opened(opens, order["given"])
            else:
                assert opened is not None, "open comes first"
                answer = _answer(opened, order)
        except NotImplementedError:
            answer = {"unable": True}
        except Exception as error:  # noqa: BLE001 - the parent reports it and goes on
            answer = {"error": f"{type(error).__name__}: {error}"}
        _write(answers, answer)
    close = getattr(opened, "close", None)
    if close is not None:
        close()


def _orders() -> Iterator[dict[str, Any]]:
    for line in sys.stdin:
        order = json.loads(line)
        if order["do"] == "quit":
            return
        yield order


def _opened(opens: Opens, given: Mapping[str, Any]) -> tuple[Peer, dict[str, Any]]:
    begun = time.perf_counter()
    peer = opens(given)
    return peer, {"open_s": time.perf_counter() - begun}


def _answer(peer: Peer, order: Mapping[str, Any]) -> dict[str, Any]:
    if order["do"] == "batch":
        return asdict(peer.batch(order["prompts"], order["tokens"], order["adapters"]))
    return asdict(peer.joining(order["running"], order["joiner"], order["tokens"]))


def _write(answers: TextIO, answer: Mapping[str, Any]) -> None:
    answers.write(json.dumps(answer) + "\n")
    answers.flush()
