"""`transformers.generate`, with PEFT's rows of different adapters where there are any.

PEFT's `adapter_names` gives each row its own adapter: https://huggingface.co/docs/peft, "Mixed
batches". `given`: folder, device, dtype, threads, adapters (name -> folder).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from typing import Any

import torch
from peft import PeftModel
from transformers import AutoModelForCausalLM
from transformers.generation.streamers import BaseStreamer

from studio.families.peers.first_tokens import FirstTokens
from studio.families.peers.peer import Joined, Timed, Tokens
from studio.families.peers.serving import serve

NO_ADAPTER = "__base__"
"""PEFT's name for a row without one."""


class GeneratePeer:
    """A peer (see `Peer`)."""

    def __init__(self, given: Mapping[str, Any]) -> None:
        torch.set_num_threads(given["threads"])
        self._device = torch.device(given["device"])
        model: Any = AutoModelForCausalLM.from_pretrained(
            given["folder"], dtype=getattr(torch, given["dtype"]), local_files_only=True
        )
        adapters: Mapping[str, str] = given.get("adapters", {})
        self._adapted = bool(adapters)
        for name, folder in adapters.items():
            if isinstance(model, PeftModel):
                model.load_adapter(folder, name)
            else:
                model = PeftModel.from_pretrained(model, folder, name)
        self._model = model.to(self._device).eval()
        self._model.generation_config.eos_token_id = None
        self._model.generation_config.pad_token_id = 0
        self.batch([[0, 1]], 2, [])

    @torch.inference_mode()
    def batch(self, prompts: Sequence[Tokens], tokens: int, adapters: Sequence[str]) -> Timed:
        """See Peer. All prompts have one length."""
        ids = torch.tensor([list(each) for each in prompts], device=self._device)
        more = {"adapter_names": [each or NO_ADAPTER for each in adapters]} if adapters else {}
        clock = FirstTokens(len(prompts), tokens)
        with nullcontext() if adapters or not self._adapted else self._model.disable_adapter():
            self._model.generate(
                input_ids=ids, attention_mask=torch.ones_like(ids), do_sample=False,
                max_new_tokens=tokens, streamer=_Watch(clock), **more,
            )  # fmt: skip
        return clock.timed()

    def joining(self, running: Sequence[Tokens], joiner: Tokens, tokens: int) -> Joined:
        """See Peer: `generate` runs a batch to its end."""
        raise NotImplementedError


class _Watch(BaseStreamer):
    """Is handed the prompts, then each step's tokens."""

    def __init__(self, clock: FirstTokens) -> None:
        self._clock, self._handed = clock, 0

    def put(self, value: torch.Tensor) -> None:  # noqa: ARG002
        self._handed += 1
        if self._handed > 1:
            self._clock.saw_all()

    def end(self) -> None:
        """Nothing is kept."""


if __name__ == "__main__":
    serve(GeneratePeer)
