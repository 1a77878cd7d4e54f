"""How often the melody model alone, without the studio's constraint, writes what can be played."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import torch
from transformers import LlamaForCausalLM

from studio.music.coding import decode
from studio.music.key import Key
from studio.music.meter import read_meter
from studio.music.prefix import melody_prefix
from studio.music.symbols import read_symbols
from studio.music.tune import bar_ticks

LONGEST = 360
"""Symbols, the plan included."""
MIDDLE_C = 60


def playable_share(
    model: LlamaForCausalLM,
    plans: Sequence[Sequence[str]],
    ids: Mapping[str, int],
) -> float:
    """Share of drawn melodies, one a plan, whose bars all add up, are as many as asked, and that
    end on the tonic. Plans of one length; seed 0, temperature 0.9, top-p 0.95."""
    prompts = [melody_prefix(plan).split() for plan in plans]
    rows = torch.tensor([[ids[word] for word in prompt] for prompt in prompts])
    drawn = _drawn(model, rows.to(model.device))
    names = {number: symbol for symbol, number in ids.items()}
    texts = [" ".join(names[int(token)] for token in row[rows.shape[1] :]) for row in drawn]
    good = sum(playable(text, plan) for text, plan in zip(texts, plans, strict=True))
    return good / len(plans)


def _drawn(model: Any, rows: torch.Tensor) -> torch.Tensor:
    """Sampled continuations of the rows, prompts included."""
    was_training = model.training
    model.eval()
    with torch.random.fork_rng(), torch.inference_mode():
        torch.manual_seed(0)
        drawn: torch.Tensor = model.generate(
            rows,
            attention_mask=torch.ones_like(rows),
            do_sample=True,
            temperature=0.9,
            top_p=0.95,
            max_length=LONGEST,
        )
    model.train(was_training)
    return drawn


def playable(text: str, plan: Sequence[str]) -> bool:
    """Whether a model's text keeps its plan's meter and bars and ends on the tonic."""
    asked = dict(word.split("=") for word in plan)
    meter = read_meter(asked["meter"])
    tune = decode(read_symbols(text.partition("<eos>")[0]), meter, Key("C"), MIDDLE_C)
    notes = tune.notes()
    if not notes or tune.full_bars != int(asked["bars"]):
        return False
    even = all(bar_ticks(bar) == meter.bar for bar in tune.bars[int(tune.upbeat) :])
    return even and notes[-1].pitch % 12 == 0
