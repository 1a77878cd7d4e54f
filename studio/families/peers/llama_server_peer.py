"""llama.cpp's HTTP server with one parallel slot a row, asked over the loopback.

`given`: server (the `llama-server` binary), file (GGUF), threads, rows, row_tokens.
"""

from __future__ import annotations

import json
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

import httpx

from studio.families.peers.first_tokens import FirstTokens
from studio.families.peers.peer import Joined, Timed, Tokens
from studio.families.peers.serving import serve

STARTS_WITHIN_S, ANSWERS_WITHIN_S, ASKS_EVERY_S = 60.0, 120.0, 0.2


class LlamaServerPeer:
    """A peer (see `Peer`)."""

    def __init__(self, given: Mapping[str, Any]) -> None:
        port = _free_port()
        rows = given["rows"]
        self._server = subprocess.Popen(
            [
                *(given["server"], "--model", given["file"], "--host", "127.0.0.1"),
                *("--port", str(port), "--parallel", str(rows), "--no-webui"),
                *("--ctx-size", str(rows * given["row_tokens"])),
                *("--threads", str(given["threads"]), "--log-disable"),
            ],
            stdin=subprocess.DEVNULL,
        )
        limits = httpx.Limits(max_connections=rows, max_keepalive_connections=rows)
        address = f"http://127.0.0.1:{port}"
        self._http = httpx.Client(base_url=address, limits=limits, timeout=ANSWERS_WITHIN_S)
        self._threads = ThreadPoolExecutor(rows)
        self._wait()
        self.batch([[0, 1]] * rows, 2, [])

    def batch(self, prompts: Sequence[Tokens], tokens: int, adapters: Sequence[str]) -> Timed:
        """See Peer. The server takes one set of adapters for a batch."""
        if any(adapters):
            raise NotImplementedError
        clock = FirstTokens(len(prompts), tokens)
        ends = [
            self._threads.submit(self._write, prompt, tokens, partial(clock.saw, row))
            for row, prompt in enumerate(prompts)
        ]
        for each in ends:
            each.result(ANSWERS_WITHIN_S)
        return clock.timed()

    def joining(self, running: Sequence[Tokens], joiner: Tokens, tokens: int) -> Joined:
        """See Peer."""
        alone = self._first(joiner)
        began = [threading.Event() for _ in running]
        others = [
            self._threads.submit(self._write, prompt, tokens, event.set)
            for prompt, event in zip(running, began, strict=True)
        ]
        for event in began:
            event.wait(ANSWERS_WITHIN_S)
        joined = self._first(joiner)
        for each in others:
            each.result(ANSWERS_WITHIN_S)
        return Joined(alone, joined)

    def close(self) -> None:
        """Stop the server."""
        self._threads.shutdown(cancel_futures=True)
        self._http.close()
        self._server.terminate()
        self._server.wait()

    def _first(self, prompt: Tokens) -> float:
        begun = time.perf_counter()
        self._write(prompt, 1, lambda: None)
        return time.perf_counter() - begun

    def _write(self, prompt: Tokens, tokens: int, wrote: Callable[[], object]) -> None:
        """One row as a stream; `wrote` is called at each token."""
        asked = {
            "prompt": list(prompt), "n_predict": tokens, "temperature": 0, "ignore_eos": True,
            "cache_prompt": False, "stream": True,
        }  # fmt: skip
        with self._http.stream("POST", "/completion", json=asked) as answer:
            answer.raise_for_status()
            for line in answer.iter_lines():
                if line.startswith("data:") and not json.loads(line[5:])["stop"]:
                    wrote()

    def _wait(self) -> None:
        until = time.monotonic() + STARTS_WITHIN_S
        while time.monotonic() < until and self._server.poll() is None:
            try:
                if self._http.get("/health").status_code == httpx.codes.OK:
                    return
            except httpx.TransportError:
                pass  # not listening yet
            time.sleep(ASKS_EVERY_S)
        self._server.kill()
        raise RuntimeError("llama-server did not come up")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


if __name__ == "__main__":
    serve(LlamaServerPeer)
