"""OpenVINO GenAI's continuous batching, which reads a GGUF file as it is.

https://openvinotoolkit.github.io/openvino.genai. `given`: file (GGUF), threads, rows.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import openvino
import openvino_genai

from studio.families.peers.first_tokens import FirstTokens
from studio.families.peers.peer import Joined, Timed, Tokens
from studio.families.peers.serving import serve

CACHE_GIGABYTES, STEP_TOKENS = 2, 2048


class OpenvinoPeer:
    """A peer (see `Peer`)."""

    def __init__(self, given: Mapping[str, Any]) -> None:
        sizes = openvino_genai.SchedulerConfig()
        sizes.max_num_seqs, sizes.max_num_batched_tokens = given["rows"], STEP_TOKENS
        sizes.cache_size, sizes.enable_prefix_caching = CACHE_GIGABYTES, False
        device = {"INFERENCE_NUM_THREADS": given["threads"]}
        self._pipeline: Any = openvino_genai.ContinuousBatchingPipeline(
            given["file"], sizes, "CPU", device, {}
        )
        self._asked = 0
        self.batch([[0, 1]], 2, [])

    def batch(self, prompts: Sequence[Tokens], tokens: int, adapters: Sequence[str]) -> Timed:
        """See Peer. It takes adapters only when it is built."""
        if any(adapters):
            raise NotImplementedError
        clock = FirstTokens(len(prompts), tokens)
        rows = [self._ask(prompt, tokens) for prompt in prompts]
        self._until_all_began(rows, clock)
        self._to_the_end()
        return clock.timed()

    def joining(self, running: Sequence[Tokens], joiner: Tokens, tokens: int) -> Joined:
        """See Peer."""
        alone = self._first(joiner)
        rows = [self._ask(prompt, tokens) for prompt in running]
        self._until_all_began(rows, FirstTokens(len(rows), tokens))
        joined = self._first(joiner)
        self._to_the_end()
        return Joined(alone, joined)

    def _first(self, prompt: Tokens) -> float:
        begun = time.perf_counter()
        row = self._ask(prompt, 1)
        while not row.can_read():
            self._pipeline.step()
        return time.perf_counter() - begun

    def _until_all_began(self, rows: Sequence[Any], clock: FirstTokens) -> None:
        while not clock.complete:
            self._pipeline.step()
            for i, row in enumerate(rows):
                if row.can_read():
                    clock.saw(i, sum(len(each.generated_ids) for each in row.read().values()))

    def _to_the_end(self) -> None:
        while self._pipeline.has_non_finished_requests():
            self._pipeline.step()

    def _ask(self, prompt: Tokens, tokens: int) -> Any:
        settings = openvino_genai.GenerationConfig()
        settings.max_new_tokens, settings.ignore_eos, settings.do_sample = tokens, True, False
        ids = openvino.Tensor(np.asarray([list(prompt)], dtype=np.int64))
        self._asked += 1
        return self._pipeline.add_request(self._asked, ids, settings)


if __name__ == "__main__":
    serve(OpenvinoPeer)
