"""All numbers of `studio bench engine` that language models give."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

import torch

from studio.families.bench_engines import BenchEngines, Place
from studio.families.bench_goals import engine_goals
from studio.families.bench_prompts import TEXT, BenchPrompts
from studio.families.bench_turns import Turns
from studio.families.decoder_shape import DecoderShape
from studio.families.engine_bench import ADAPTERS, BASELINE, OURS, Ceiling, EngineBench
from studio.families.lm_estimate import cache_number_bytes, config_of, is_packed, slots_for
from studio.families.machine_rates import MachineRates, measure_rates
from studio.families.peers.our_engine import OurEngine
from studio.families.peers.peer_list import GENERATE, PEERS, PEFT
from studio.families.roofline import ModelCost
from studio.sources.parameters import count_parameters

PROMPT_TOKENS, SHORT_TOKENS = 64, 32
_OTHERS = ("peft",)
"""Not in the race of batches: it is `generate` with adapters."""


@dataclass(frozen=True, slots=True)
class EngineRuns:
    """What is run."""

    batches: Sequence[int] = (1, 4, 8, 16, 32)
    tokens: int = 32
    """Written a row."""
    rounds: int = 3
    peers: bool = False
    """Also those that are not transformers' `generate`."""


def engine_numbers(place: Place, runs: EngineRuns) -> dict[str, Any]:
    """Speed by batch, joining rows, adapters, the machine's roofs, and the goals."""
    engines = BenchEngines(place)
    dtypes = ("float32", OURS) if place.device == "cpu" else (OURS,)
    try:
        ours = engines.open_ours(dtypes, max(ADAPTERS))
        engines.open_peers((GENERATE, *(() if not runs.peers else (*PEERS, PEFT))))
        return _numbers(engines, ours, runs)
    finally:
        engines.close()


def _numbers(engines: BenchEngines, ours: OurEngine, runs: EngineRuns) -> dict[str, Any]:
    place, lengths = engines.place, (PROMPT_TOKENS, SHORT_TOKENS)
    rates = measure_rates(torch.device(place.device))
    slow = frozenset(engines.opened) - {BASELINE, OURS, "float32"}
    turns = Turns(engines.opened, runs.rounds, slow)
    bench = EngineBench(turns, BenchPrompts(ours.prompt.ids(TEXT), *lengths), runs.tokens)
    racing = [name for name in engines.opened if name not in _OTHERS]
    adapted = [name for name in (OURS, "peft") if name in engines.opened]
    numbers: dict[str, Any] = {
        **_head(place, runs),
        "machine": _machine(rates),
        "joining": bench.joining(racing),
        "adapters": bench.adapters(adapted, [each.name for each in engines.adapters]),
        # Last: the largest batches take longest, and may get a round less.
        "speed": bench.speed(runs.batches, racing, _ceiling(engines, rates, runs)),
    }
    numbers["engines"] = {name: dict(each) for name, each in engines.said.items()}
    for name, why in turns.failed.items():
        numbers["engines"][name]["state"] = f"failed: {why}"
    return {**numbers, "goals": engine_goals(numbers)}


def _head(place: Place, runs: EngineRuns) -> dict[str, Any]:
    return {
        "card": place.card.name,
        "device": place.device,
        "threads": place.threads,
        "prompt_tokens": PROMPT_TOKENS,
        "tokens": runs.tokens,
        "rounds": runs.rounds,
        "batches": list(runs.batches),
        "slots": place.rows,
        "slots_by_default": _slots_by_default(place),
    }


def _slots_by_default(place: Place) -> int:
    """How many rows the studio serves at once when nobody asks for more."""
    device, config = torch.device(place.device), config_of(place.card)
    parameters = place.card.parameters or count_parameters(place.card.folder)
    packed = is_packed(parameters, DecoderShape.of(config), "auto", device)
    number = cache_number_bytes(packed, "auto", device)
    tokens = min(2048, place.card.context or 2048, config.max_position_embeddings)  # type: ignore[union-attr]
    return slots_for(config, tokens, number)


def _ceiling(engines: BenchEngines, rates: MachineRates, runs: EngineRuns) -> Ceiling:
    card = engines.place.card
    cost = ModelCost.of(config_of(card), card.parameters or count_parameters(card.folder))
    context = PROMPT_TOKENS + runs.tokens / 2

    def most(name: str, rows: int) -> float | None:
        facts = engines.facts.get(name)
        return facts and cost.most_tokens_per_s(rates, facts, rows, context)  # type: ignore[return-value]

    return most


def _machine(rates: MachineRates) -> dict[str, float | None]:
    """In GB/s and in thousands of millions of operations a second."""
    return {
        _in_billions(name): value and round(value / 1e9, 1) for name, value in asdict(rates).items()
    }


def _in_billions(name: str) -> str:
    return name.replace("bytes_per_s", "gb_s").replace("_per_s", "_gop_s")
