"""`studio train NAME --base CARD --data DATASET`: a person's own data set on a card."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import torch

from studio.catalog import Card, Catalog
from studio.errors import InvalidInput
from studio.families.text_prompt import TextPrompt
from studio.sources import located
from studio.sources.stamp import sha256_of
from studio.training.chat_tokens import ChatTokens, TokenRow
from studio.training.data.chats import data_chats
from studio.training.data.dataset import ROWS, Dataset
from studio.training.data.row import DataRow
from studio.training.own_cards import begin_anew, run_name
from studio.training.tuning.card import TunedCard
from studio.training.tuning.checkpoint import Checkpoint
from studio.training.tuning.journal import CURVES, SAMPLES, Journal
from studio.training.tuning.loop import Ended, Surroundings, TuningData, TuningRun, planned_steps
from studio.training.tuning.methods import WHOLE, open_tuning
from studio.training.tuning.progress import TuningProgress
from studio.training.tuning.recipe import TuningRecipe
from studio.training.tuning.samples import SamplePrompts
from studio.training.tuning.stop import Stop

CHECKPOINT = "checkpoint.pt"
NAME = re.compile(r"(?:lora|lm)/[a-z0-9][a-z0-9-]*\Z")
STOP_FILE = "stop"
LEFT = (CHECKPOINT, "checkpoint.young", "run", CURVES, SAMPLES, "events.out.tfevents.*")
"""Files of a run that `--fresh` removes."""


@dataclass(frozen=True, slots=True)
class TuneOptions:
    """One run of `studio train` on a data set."""

    card: str
    """"lora/NAME" for adapters, "lm/NAME" for whole models."""
    base: str
    data: Path
    """Folder that `studio data check` has written."""
    out: Path
    models: Path
    cache: Path
    """Where fetched weights lie."""
    minutes: float
    recipe: TuningRecipe
    device: str = "cpu"
    threads: int = 2
    wandb: bool = False
    fresh: bool = False
    """Throw away a run that lies in `out`."""
    samples: int = 3
    """Held-out prompts that are continued at each score."""
    command: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a run ended, and where it stands."""

    ended: Ended
    progress: TuningProgress
    folder: Path
    """The card's folder; it holds the best, not the last."""


def tune(options: TuneOptions) -> Outcome:
    """Train or resume, keep the best, publish it. Raises InvalidInput or NotReady."""
    _check_name(options)
    base = located(Catalog.read(options.models).card(options.base), options.cache)
    _check_base(base)
    dataset = Dataset.read(options.data)
    if options.fresh:
        begin_anew(options.out, LEFT)
    options.out.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(options.threads)
    torch.manual_seed(options.recipe.seed)
    card = TunedCard(
        options.card, base, dataset, options.recipe, run_name(options.out), options.command
    )
    card.check_name(options.models)
    data = token_data(dataset, base, options.recipe, options.samples)
    return _run(options, card, data)


def token_data(dataset: Dataset, base: Card, recipe: TuningRecipe, samples: int = 0) -> TuningData:
    """The data set as the base's tokens. Raises InvalidInput `data_few` when a side is empty."""
    prompt = TextPrompt(base.name, base.folder)
    tokens = ChatTokens(prompt, recipe.context)
    train, held_out = dataset.of_split("train"), dataset.of_split("val")
    val = _rows(tokens, held_out, 0)
    if not val or not _rows(tokens, train, 0):
        raise InvalidInput(
            "data", "The data set has too few texts: at least two are needed.", code="data_few"
        )
    sheet = SamplePrompts.of(val, prompt, samples)
    return TuningData(lambda epoch: _rows(tokens, train, epoch), val, sheet)


def _run(options: TuneOptions, card: TunedCard, data: TuningData) -> Outcome:
    recipe = options.recipe
    tuning = open_tuning(card.base.folder, recipe, options.device, planned_steps(data, recipe))

    def publish(progress: TuningProgress) -> None:
        card.write(options.models, tuning, progress)

    identity = recipe.table() | {
        "card": options.card,
        "base": options.base,
        "data": sha256_of(options.data / ROWS),
    }
    journal = Journal(options.out, options.card, identity, wandb=options.wandb)
    checkpoint = Checkpoint(options.out / CHECKPOINT, identity)
    with Stop(options.out / STOP_FILE) as stop:
        around = Surroundings(checkpoint, journal, publish, lambda: stop.asked, options.device)
        run = TuningRun(tuning, data, recipe, around)
        ended = run.until(options.minutes)
    return Outcome(ended, run.progress, options.models / options.card)


def _rows(tokens: ChatTokens, rows: Sequence[DataRow], epoch: int) -> list[TokenRow]:
    return [row for row in tokens.rows(data_chats(rows, epoch)) if row.learnt]


def _check_name(options: TuneOptions) -> None:
    kind = "lm" if options.recipe.method in WHOLE else "lora"
    if not NAME.match(options.card) or not options.card.startswith(f"{kind}/"):
        raise InvalidInput(
            "card",
            f"{options.card} is no name for what {options.recipe.method} makes.",
            f"Call it {kind}/NAME, in small letters, digits and hyphens.",
            code="tuning_name",
            method=options.recipe.method,
            kind=kind,
        )


def _check_base(base: Card) -> None:
    if base.family != "causal_lm" or base.kind not in ("base", "lm"):
        raise InvalidInput(
            "base",
            f"{base.name} is no language model that can be tuned.",
            code="not_tunable",
            card=base.name,
        )
