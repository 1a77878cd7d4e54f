"""transformers' own continuous batching: its paged cache and scheduler, in their own thread.

https://huggingface.co/docs/transformers/continuous_batching. `given`: folder, device, dtype,
threads.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from typing import Any

import torch
from transformers import AutoModelForCausalLM, ContinuousBatchingConfig, GenerationConfig

from studio.families.peers.first_tokens import FirstTokens
from studio.families.peers.peer import Joined, Timed, Tokens
from studio.families.peers.serving import serve

PAGE_TOKENS, PAGES, STEP_TOKENS = 64, 512, 1024
"""The cache holds 32,768 tokens; on a GPU the library sizes it itself."""
NO_END = -1
ANSWER_S = 120.0


class TransformersBatchingPeer:
    """A peer (see `Peer`)."""

    def __init__(self, given: Mapping[str, Any]) -> None:
        torch.set_num_threads(given["threads"])
        model: Any = AutoModelForCausalLM.from_pretrained(
            given["folder"], dtype=getattr(torch, given["dtype"]), local_files_only=True
        )
        model = model.to(given["device"]).eval()
        ends = {"eos_token_id": NO_END, "pad_token_id": 0}
        settings = GenerationConfig(do_sample=False, **ends)  # type: ignore[no-untyped-call]
        self._manager = model.init_continuous_batching(settings, _sizes(given["device"]))
        self._manager.start()
        self.batch([[0, 1]], 2, [])

    def batch(self, prompts: Sequence[Tokens], tokens: int, adapters: Sequence[str]) -> Timed:
        """See Peer. It knows no adapter of a row."""
        if any(adapters):
            raise NotImplementedError
        clock = FirstTokens(len(prompts), tokens)
        rows = {self._ask(prompt, tokens): row for row, prompt in enumerate(prompts)}
        live = set(rows)
        while live:
            answer = self._next()
            clock.saw(rows[answer.request_id])
            if answer.is_finished():
                live.discard(answer.request_id)
        return clock.timed()

    def joining(self, running: Sequence[Tokens], joiner: Tokens, tokens: int) -> Joined:
        """See Peer."""
        alone = self._first(joiner, set())
        clock = FirstTokens(len(running), tokens)
        rows = {self._ask(prompt, tokens): row for row, prompt in enumerate(running)}
        live = set(rows)
        while not clock.complete:
            answer = self._next()
            clock.saw(rows[answer.request_id])
        return Joined(alone, self._first(joiner, live))

    def close(self) -> None:
        """Stop its thread."""
        self._manager.stop(block=True, timeout=5)

    def _first(self, prompt: Tokens, live: set[str]) -> float:
        """The first token of a row that comes in now; the running rows are then called off."""
        begun = time.perf_counter()
        own = self._ask(prompt, 1)
        while self._next().request_id != own:
            pass
        taken = time.perf_counter() - begun
        for each in live:
            self._manager.cancel_request(each)
        self._drain()
        return taken

    def _ask(self, prompt: Tokens, tokens: int) -> str:
        return str(self._manager.add_request(list(prompt), max_new_tokens=tokens, streaming=True))

    def _next(self) -> Any:
        answer = self._manager.get_result(timeout=ANSWER_S)
        if answer is None or answer.error:
            raise RuntimeError(str(answer and answer.error).splitlines()[-1])
        return answer

    def _drain(self) -> None:
        """What the rows that were called off had written."""
        while self._manager.get_result(timeout=0.5) is not None:
            pass


def _sizes(device: str) -> ContinuousBatchingConfig:
    if device != "cpu":
        return ContinuousBatchingConfig(allow_block_sharing=False)
    return ContinuousBatchingConfig(
        page_size=PAGE_TOKENS, num_blocks=PAGES, max_batch_tokens=STEP_TOKENS,
        allow_block_sharing=False, use_cuda_graph=False, use_async_batching=False,
    )  # fmt: skip


if __name__ == "__main__":
    serve(TransformersBatchingPeer)
