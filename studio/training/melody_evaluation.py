"""What lm/melody is measured by: likelihood and style beside a Markov chain on held-out tunes,
copying, mood, and whether everything that comes out can be read.

    studio evaluate lm/melody --json
    python -m studio.training.melody_evaluation models/lm/melody DATA      # 200 seeds x 6 plans

`nats_per_note`, `bits_per_note`      held-out negative log-likelihood of all words of the bars
`markov_nats_per_note`                the chain's, of notes, rests and ties alone, by the same notes
`distance_<measure>[_markov|_halves]` see `melody_measures`: sets of the same plans
`copied*[_markov|_real]`              see `melody_copying`; `_real` are the held-out tunes
`mood_*_rank`, `labels_*`             see `melody_moods`
`valid_<reader>`, `obeys_<field>`     see `melody_validity` and `obedience`
"""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch

from studio.families.answers import answers
from studio.families.causal_lm import CausalLm
from studio.music.copies import training_copies
from studio.music.features import features
from studio.music.original import OriginalForm
from studio.music.prefix import melody_prefix
from studio.music.similarity import Makeup, makeup
from studio.music.symbols import read_symbols
from studio.music.tune import Tune
from studio.requests import Constraint, Request
from studio.training.lm import load_lm
from studio.training.melody_answers import (
    SAMPLING,
    melody_vocabulary,
    nats_per_note,
    opened,
)
from studio.training.melody_copying import copying, known_runs
from studio.training.melody_corpus import Melody, read_melodies
from studio.training.melody_heldout import form_of, heldout, plan_of, tune_of
from studio.training.melody_made import CARD, Made, made
from studio.training.melody_markov import MelodyMarkov, note_count
from studio.training.melody_measures import compared, distances, halves
from studio.training.melody_moods import (
    agreement,
    crossed_feelings,
    labels_apart,
    written_feelings,
)
from studio.training.melody_validity import valid

PLANS: tuple[Mapping[str, object], ...] = (
    {"text": "a slow lullaby, minor but hopeful", "meter": "6/8", "bars": 8},
    {"text": "an angry march in D minor", "bars": 16},
    {"text": "江南水乡的清晨，悠扬，五声音阶", "bars": 12},
    {"text": "a quick reel in G mixolydian", "bars": 32},
    {"text": "a mysterious song in phrygian mode", "meter": "9/8", "bars": 8},
    {"text": "HAPPY", "meter": "3/4", "bars": 64},
)
"""Six plans unlike each other: all lengths, simple and compound meters, common and rare modes."""
AT_ONCE = 8


@dataclass(frozen=True, slots=True)
class Sizes:
    """How much is drawn."""

    takes: int = 200
    """Of held-out plans."""
    splits: int = 10
    feelings: int = 100
    labels: int = 60
    seeds: int = 8
    """Of each of PLANS."""


def evaluate(card: Path, data: Path, sizes: Sizes | None = None) -> dict[str, float]:
    """All numbers of a card folder on the corpora in `data`. Raises FileNotFoundError."""
    sizes = sizes or Sizes()
    torch.set_num_threads(1)
    melodies = read_melodies(data)
    family = opened(card)
    numbers = against_markov(card, family, data, melodies, sizes)
    for name, asked in (
        ("mood", written_feelings(data, sizes.feelings)),
        ("crossed", crossed_feelings(sizes.feelings)),
    ):
        if asked:
            found = agreement(family, asked)
            numbers |= {f"{name}_{feeling}_rank": value for feeling, value in found.items()}
    numbers |= labels_apart(family, sizes.labels)
    numbers |= everything_reads(family, sizes.seeds)
    return {name: round(value, 4) for name, value in numbers.items()}


def against_markov(
    card: Path, family: CausalLm, data: Path, melodies: Sequence[Melody], sizes: Sizes
) -> dict[str, float]:
    """Likelihood, distances and copying of the model and of the chain, on the same plans."""
    asked = heldout(melodies, sizes.takes, 5)
    chain = MelodyMarkov(each.symbols for each in melodies if each.split == "train")
    forms = [OriginalForm(form_of(each.symbols), training_copies()) for each in asked]
    sets = {
        "": _answered(family, asked, forms),
        "_markov": _chained(chain, asked, forms),
        "_real": [tune_of(each.symbols) for each in asked],
    }
    made_up = {name: _makeups(tunes) for name, tunes in sets.items()}
    usual = _makeups([tune_of(each.symbols) for each in melodies[:: max(1, len(melodies) // 4000)]])
    apart = [distances(made_up[name], made_up["_real"]) for name in ("", "_markov")]
    numbers = likelihood(card, chain, [each for each in melodies if each.split == "val"])
    numbers |= compared(apart[0], apart[1], halves(usual, sizes.takes, sizes.splits, 3))
    known = known_runs(data, melodies)
    for name, tunes in sets.items():
        numbers |= {f"{key}{name}": value for key, value in copying(tunes, known).items()}
    return numbers


def likelihood(card: Path, chain: MelodyMarkov, rows: Sequence[Melody]) -> dict[str, float]:
    """Of rows, by the struck note."""
    nats = nats_per_note(load_lm(card), [each.symbols for each in rows])
    notes = sum(note_count(each.symbols) for each in rows)
    chained = sum(chain.nats(each.symbols) for each in rows) / max(1, notes)
    found = {"nats_per_note": nats, "markov_nats_per_note": chained}
    return found | {
        name.replace("nats", "bits"): each / math.log(2) for name, each in found.items()
    }


def everything_reads(family: CausalLm, seeds: int) -> dict[str, float]:
    """Of PLANS, so many seeds each: `valid_<reader>` and `obeys_<field>`, shares of the takes."""
    forms = [
        {**plan, "n": AT_ONCE, "seed": 1 + 100 * turn}
        for plan in PLANS
        for turn in range(-(-seeds // AT_ONCE))
    ]
    takes = made(family, forms)
    numbers = valid([(each.tune, each.output.text) for each in takes])
    return {"valid_takes": float(len(takes)), **numbers, **obedience(takes)}


def obedience(takes: Sequence[Made]) -> dict[str, float]:
    """Share of takes that keep each field of their plan, and of those that pass every check."""
    count = max(1, len(takes))
    checks = [{check.name: check.passed for check in each.output.checks} for each in takes]
    kept = {name: sum(each.get(name, True) for each in checks) / count for name in checks[0]}
    meters = sum(str(each.tune.meter) == _planned(each, "meter") for each in takes)
    closes = sum(features(each.tune).closes for each in takes)
    return {f"obeys_{name}": value for name, value in kept.items()} | {
        "obeys_meter": meters / count,
        "obeys_close": closes / count,
    }


def _planned(take: Made, name: str) -> object:
    plan = take.output.data["plan"]
    return plan[name] if isinstance(plan, Mapping) else None


def _answered(family: CausalLm, asked: Sequence[Melody], forms: Sequence[Constraint]) -> list[Tune]:
    requests = [
        Request(
            card=CARD,
            seed=seed,
            prompt=melody_prefix(plan_of(each.symbols)),
            sampling=SAMPLING,
            constraint=form,
        )
        for seed, (each, form) in enumerate(zip(asked, forms, strict=True))
    ]
    texts = answers(family, requests)
    return [
        tune_of((*plan_of(each.symbols), *read_symbols(text)))
        for each, text in zip(asked, texts, strict=True)
    ]


def _chained(
    chain: MelodyMarkov, asked: Sequence[Melody], forms: Sequence[Constraint]
) -> list[Tune]:
    vocabulary = melody_vocabulary()
    return [
        tune_of((*plan_of(each.symbols), *chain.written(form, vocabulary, SAMPLING, seed)))
        for seed, (each, form) in enumerate(zip(asked, forms, strict=True))
    ]


def _makeups(tunes: Sequence[Tune]) -> list[Makeup]:
    return [makeup(each) for each in tunes if len(each.notes()) > 1]


if __name__ == "__main__":
    torch.set_num_threads(1)
    EVERY = everything_reads(opened(Path(sys.argv[1])), 200)
    print(json.dumps(EVERY, indent=2))
