"""llama.cpp through its batch API: all rows of a step in one `llama_decode`, each a sequence.

`given`: file (GGUF), threads, rows (most at once), row_tokens.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import llama_cpp
import numpy as np

from studio.families.peers.first_tokens import FirstTokens
from studio.families.peers.peer import Joined, Timed, Tokens
from studio.families.peers.serving import serve

BATCH_TOKENS = 2048
"""Most that one `llama_decode` is handed."""


@dataclass(frozen=True, slots=True)
class _Entry:
    """One token of one row, and whether what follows it is wanted."""

    token: int
    place: int
    row: int
    wanted: bool


class LlamaCppPeer:
    """A peer (see `Peer`)."""

    def __init__(self, given: Mapping[str, Any]) -> None:
        llama_cpp.llama_backend_init()
        settings = llama_cpp.llama_model_default_params()
        model = llama_cpp.llama_model_load_from_file(given["file"].encode(), settings)
        if model is None:
            raise RuntimeError(f"{given['file']} can not be loaded")
        sizes = llama_cpp.llama_context_default_params()
        sizes.n_ctx = given["rows"] * given["row_tokens"]
        sizes.n_seq_max, sizes.n_batch = given["rows"], BATCH_TOKENS
        sizes.n_threads = sizes.n_threads_batch = given["threads"]
        self._context: Any = llama_cpp.llama_init_from_model(model, sizes)
        self._memory: Any = llama_cpp.llama_get_memory(self._context)
        vocabulary = llama_cpp.llama_model_get_vocab(model)
        self._words = int(llama_cpp.llama_vocab_n_tokens(vocabulary))
        self._given: Any = llama_cpp.llama_batch_init(BATCH_TOKENS, 0, 1)
        self.batch([[0, 1]], 2, [])

    def batch(self, prompts: Sequence[Tokens], tokens: int, adapters: Sequence[str]) -> Timed:
        """See Peer. llama.cpp does not batch rows of different adapters."""
        if any(adapters):
            raise NotImplementedError
        clock = FirstTokens(len(prompts), tokens)
        last = self._read(prompts)
        clock.saw_all()
        places = [len(prompt) for prompt in prompts]
        for _ in range(tokens - 1):
            last = self._step(last, places)
        timed = clock.timed()
        llama_cpp.llama_memory_clear(self._memory, True)
        return timed

    def joining(self, running: Sequence[Tokens], joiner: Tokens, tokens: int) -> Joined:  # noqa: ARG002
        """See Peer. The joiner's prompt goes through together with a step of the others."""
        begun = time.perf_counter()
        self._read([joiner])
        alone = time.perf_counter() - begun
        llama_cpp.llama_memory_clear(self._memory, True)
        last = self._read(running)
        places = [len(prompt) for prompt in running]
        begun = time.perf_counter()
        rows = [_Entry(last[i], places[i], i, True) for i in range(len(running))]
        self._decoded([*rows, *_prompt(joiner, len(running))])
        joined = time.perf_counter() - begun
        llama_cpp.llama_memory_clear(self._memory, True)
        return Joined(alone, joined)

    def _read(self, prompts: Sequence[Tokens]) -> list[int]:
        rows = [_prompt(prompt, row) for row, prompt in enumerate(prompts)]
        return self._decoded([entry for row in rows for entry in row])

    def _step(self, last: Sequence[int], places: list[int]) -> list[int]:
        rows = range(len(last))
        written = self._decoded([_Entry(last[i], places[i], i, True) for i in rows])
        for i in rows:
            places[i] += 1
        return written

    def _decoded(self, entries: Sequence[_Entry]) -> list[int]:
        """The likeliest token after each wanted entry."""
        found = []
        for begin in range(0, len(entries), BATCH_TOKENS):
            piece = entries[begin : begin + BATCH_TOKENS]
            self._fill(piece)
            if llama_cpp.llama_decode(self._context, self._given):
                raise RuntimeError("llama_decode failed")
            found += [self._likeliest(i) for i, entry in enumerate(piece) if entry.wanted]
        return found

    def _fill(self, entries: Sequence[_Entry]) -> None:
        given = self._given
        given.n_tokens = len(entries)
        for i, entry in enumerate(entries):
            given.token[i], given.pos[i] = entry.token, entry.place
            given.n_seq_id[i], given.seq_id[i][0] = 1, entry.row
            given.logits[i] = entry.wanted

    def _likeliest(self, i: int) -> int:
        logits = llama_cpp.llama_get_logits_ith(self._context, i)
        return int(np.ctypeslib.as_array(logits, (self._words,)).argmax())


def _prompt(prompt: Tokens, row: int) -> list[_Entry]:
    last = len(prompt) - 1
    return [_Entry(token, place, row, place == last) for place, token in enumerate(prompt)]


if __name__ == "__main__":
    serve(LlamaCppPeer)
