"""Our decoding against `transformers.generate`, interleaved in one process.

Machines are noisy, so every number is a ratio of neighbours: in each round every engine runs the
same rows one after the other, and the median over the rounds counts.
"""

from __future__ import annotations

import json
import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import save_file
from transformers import AutoModelForCausalLM

from studio.catalog import Card, Catalog
from studio.families.causal_lm import CausalLm
from studio.families.causal_lm_loading import load_lm
from studio.families.loaded_lm import LoadedLm
from studio.requests import Request, Sampling

BATCHES = (1, 8, 16)
SHORT_WORDS = 24
PROMPT_WORDS = 50
ADAPTERS = 3
RANK = 16
SENTENCE = (
    "The lighthouse keeper climbed the spiral stairs every evening before dusk, carrying a lamp, "
    "a loaf of bread and a notebook bound in blue leather. On the third of October the sea brought "
    "him a bottle with a letter inside, addressed to no one, and it began with his own name."
)


@dataclass(frozen=True, slots=True)
class Timed:
    """One batch on one engine."""

    first_s: float
    """Until every row has its first token."""
    rest_s: float
    """From there to the last token."""


Engine = Callable[[int], Timed]


class EngineBench:
    """The engines on one card, and the rounds they run."""

    def __init__(self, card: Card, device: str, scratch: Path, *, tokens: int, rounds: int) -> None:
        """`scratch` takes three random adapters; `tokens` are written a row."""
        self._card, self._device = card, torch.device(device)
        self._tokens, self._rounds = tokens, rounds
        self._tokens_of: Callable[[Request], list[int]] = lambda _: []
        self._ours = {dtype: self._open(dtype, scratch) for dtype in ("float32", "auto")}
        model: Any = AutoModelForCausalLM.from_pretrained(card.folder, dtype=torch.float32)
        self._model = model.to(self._device).eval()

    def speed(self) -> dict[str, dict[str, float]]:
        """Decode tokens/s of generate, and how many times as fast ours is, by batch size."""
        engines: dict[str, Engine] = {"generate": self._generate}
        for dtype, family in self._ours.items():
            engines[dtype] = lambda rows, family=family: self._decode(family, rows)  # type: ignore[misc]
        return {str(rows): self._compare(engines, rows) for rows in BATCHES}

    def adapters(self, rows: int = 8) -> float:
        """Time of a batch over three adapters, in times of the same batch on the base."""
        family = self._ours["auto"]
        mixed = [f"lora/bench-{i % ADAPTERS}" for i in range(rows)]
        self._decode(family, rows, mixed)  # loads them
        ratios = []
        for _ in range(self._rounds):
            plain = self._decode(family, rows)
            ratios.append(self._decode(family, rows, mixed).rest_s / plain.rest_s)
        return statistics.median(ratios)

    def joining(self, rows: int = 8) -> float:
        """First token of a short prompt that joins a running batch, in times of a lone one."""
        family = self._ours["auto"]
        ratios = []
        for _ in range(self._rounds):
            alone = self._first_token(family, [])
            running = [family.admit(self._request()) for _ in range(rows)]
            while any(family.unread(slot) for slot in running):
                family.step(running)
            ratios.append(self._first_token(family, running) / alone)
            for slot in running:
                family.release(slot)
        return statistics.median(ratios)

    def _open(self, dtype: str, scratch: Path) -> CausalLm:
        lm = replace(load_lm(self._card, self._device, dtype), ends=frozenset())
        names = [f"lora/bench-{i}" for i in range(ADAPTERS)]
        cards = [_random_adapter(self._card, lm, name, scratch) for name in names]
        catalog = Catalog([self._card, *cards])
        family = CausalLm(lm, lambda name: catalog.adapter(name, self._card.name))
        family.warm_up()
        self._tokens_of = lm.prompt.tokens
        return family

    def _compare(self, engines: Mapping[str, Engine], rows: int) -> dict[str, float]:
        timed: dict[str, list[Timed]] = {name: [] for name in engines}
        for _ in range(self._rounds):
            for name, engine in engines.items():
                timed[name].append(engine(rows))
        written = rows * (self._tokens - 1)
        decode = statistics.median(each.rest_s for each in timed["generate"])
        numbers = {"generate_tokens_per_s": round(written / decode, 1)}
        for name in self._ours:
            pairs = list(zip(timed["generate"], timed[name], strict=True))
            faster = statistics.median(slow.rest_s / fast.rest_s for slow, fast in pairs)
            sooner = statistics.median(slow.first_s / fast.first_s for slow, fast in pairs)
            numbers |= {f"{name}_decode_x": round(faster, 2), f"{name}_first_x": round(sooner, 2)}
        return numbers

    def _generate(self, rows: int) -> Timed:
        prompt = self._tokens_of(self._request())
        ids = torch.tensor([prompt] * rows, device=self._device)
        first = _seconds(lambda: self._greedy(ids, 1))
        return Timed(first, max(1e-9, _seconds(lambda: self._greedy(ids, self._tokens)) - first))

    @torch.inference_mode()
    def _greedy(self, ids: torch.Tensor, tokens: int) -> None:
        self._model.generate(
            ids, attention_mask=torch.ones_like(ids), do_sample=False, max_new_tokens=tokens,
            min_new_tokens=tokens,
        )  # fmt: skip

    def _decode(
        self, family: CausalLm, rows: int, adapters: Sequence[str | None] = (None,)
    ) -> Timed:
        requests = [self._request(adapters[i % len(adapters)]) for i in range(rows)]
        begin = time.perf_counter()
        slots = [family.admit(request) for request in requests]
        first, live = 0.0, slots
        while live:
            live = [each.slot for each in family.step(live) if not each.ended]
            if not first and not any(family.unread(slot) for slot in slots):
                first = time.perf_counter() - begin
        rest = time.perf_counter() - begin - first
        for slot in slots:
            family.release(slot)
        return Timed(first, rest)

    def _first_token(self, family: CausalLm, running: Sequence[int]) -> float:
        begin = time.perf_counter()
        slot = family.admit(self._request(words=SHORT_WORDS))
        while family.unread(slot):
            family.step([*running, slot])
        taken = time.perf_counter() - begin
        family.release(slot)
        return taken

    def _request(self, adapter: str | None = None, words: int = PROMPT_WORDS) -> Request:
        sampling = Sampling(temperature=0, max_tokens=self._tokens)
        prompt = " ".join(SENTENCE.split()[:words])
        return Request(
            card=self._card.name, seed=0, prompt=prompt, adapter=adapter, sampling=sampling
        )


def _random_adapter(base: Card, lm: LoadedLm, name: str, scratch: Path) -> Card:
    """A LoRA of rank 16 on every place, written as PEFT writes it."""
    folder = scratch / name.replace("/", "-")
    folder.mkdir(parents=True, exist_ok=True)
    weights = {}
    for site in lm.lora.sites.values():
        for part in site.parts:
            key = f"base_model.model.{part.module}"
            weights[f"{key}.lora_A.weight"] = torch.randn(RANK, site.inputs) * 0.01
            weights[f"{key}.lora_B.weight"] = torch.randn(part.outputs, RANK) * 0.01
    save_file(weights, folder / "adapter_model.safetensors")
    config = {"peft_type": "LORA", "r": RANK, "lora_alpha": RANK}
    (folder / "adapter_config.json").write_text(json.dumps(config))
    return replace(base, name=name, kind="lora", base=base.name, folder=folder)


def _seconds(work: Callable[[], None]) -> float:
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin
