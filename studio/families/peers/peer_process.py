"""The parent's side of a peer: a child process that is asked in turn and idle between."""

from __future__ import annotations

import json
import os
import selectors
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from studio.families.peers.peer import Joined, Timed, Tokens

CODE = Path(__file__).resolve().parents[3]
"""Where `studio` can be imported from."""
OPEN_TIMEOUT_S, TURN_TIMEOUT_S = 240.0, 150.0
_QUIT_TIMEOUT_S = 10.0
_BLOCK_BYTES = 65536


class PeerFailed(RuntimeError):
    """The child died, hung or said that it could not."""


class PeerProcess:
    """A peer (see `Peer`) behind a pipe. Raises PeerFailed, and is then closed."""

    def __init__(
        self, command: Sequence[str], log: Path, *, timeout_s: float = TURN_TIMEOUT_S
    ) -> None:
        """`command` runs the child, whose error output goes into `log`."""
        self._timeout_s, self._log = timeout_s, log
        self._left = b""
        with log.open("wb") as errors:
            self._child = subprocess.Popen(
                list(command), cwd=CODE, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                stderr=errors, start_new_session=True,
            )  # fmt: skip

    @property
    def pid(self) -> int:
        """Of the child."""
        return self._child.pid

    def open(self, given: Mapping[str, Any], timeout_s: float = OPEN_TIMEOUT_S) -> float:
        """Load and warm up; what that took in seconds."""
        return float(self._ask({"do": "open", "given": dict(given)}, timeout_s)["open_s"])

    def batch(self, prompts: Sequence[Tokens], tokens: int, adapters: Sequence[str]) -> Timed:
        """See Peer."""
        asked = {"prompts": [list(each) for each in prompts], "adapters": list(adapters)}
        answer = self._ask({"do": "batch", "tokens": tokens, **asked}, self._timeout_s)
        return Timed(**answer)

    def joining(self, running: Sequence[Tokens], joiner: Tokens, tokens: int) -> Joined:
        """See Peer."""
        asked = {"running": [list(each) for each in running], "joiner": list(joiner)}
        return Joined(**self._ask({"do": "joining", "tokens": tokens, **asked}, self._timeout_s))

    def close(self) -> None:
        """Ask the child to end, and end it if it does not."""
        if self._child.stdin is None or self._child.stdin.closed:
            return
        try:
            self._write({"do": "quit"})
            self._child.wait(_QUIT_TIMEOUT_S)
        except (OSError, ValueError, subprocess.TimeoutExpired):
            self._kill()
        self._child.wait()
        for pipe in (self._child.stdin, self._child.stdout):
            if pipe is not None:
                with suppress(BrokenPipeError):  # what a dead child was not told
                    pipe.close()

    def _ask(self, order: Mapping[str, Any], timeout_s: float) -> dict[str, Any]:
        try:
            self._write(order)
            answer: dict[str, Any] = json.loads(self._line(timeout_s))
        except TimeoutError as error:
            raise self._failed(f"no answer within {timeout_s:g} s") from error
        except (OSError, ValueError) as error:
            raise self._failed(f"stopped: {self._last_words()}") from error
        if "unable" in answer:
            raise NotImplementedError
        if "error" in answer:
            raise self._failed(answer["error"])
        return answer

    def _write(self, order: Mapping[str, Any]) -> None:
        assert self._child.stdin is not None
        self._child.stdin.write(json.dumps(order).encode() + b"\n")
        self._child.stdin.flush()

    def _line(self, timeout_s: float) -> bytes:
        """The next line of the child. ValueError when it has ended, TimeoutError when late."""
        assert self._child.stdout is not None
        until = time.monotonic() + timeout_s
        with selectors.DefaultSelector() as waiting:
            waiting.register(self._child.stdout, selectors.EVENT_READ)
            while b"\n" not in self._left:
                if not waiting.select(max(0.0, until - time.monotonic())):
                    raise TimeoutError
                block = self._child.stdout.read1(_BLOCK_BYTES)  # type: ignore[attr-defined]
                if not block:
                    raise ValueError("ended")
                self._left += block
        line, _, self._left = self._left.partition(b"\n")
        return line

    def _failed(self, why: str) -> PeerFailed:
        self._kill()
        self.close()
        return PeerFailed(why)

    def _kill(self) -> None:
        """With what it started: it leads a group of its own."""
        with suppress(ProcessLookupError):
            os.killpg(self._child.pid, signal.SIGKILL)

    def _last_words(self) -> str:
        lines = self._log.read_text("utf-8", "replace").strip().splitlines()
        return lines[-1][:300] if lines else "it said nothing"
