"""`studio train gan/NAME --base gan/abstract --data FOLDER`: own pictures on a generator.

Trains or resumes for the minutes given; every score on the held-out pictures that is the best so
far becomes the card at once, so a run that is stopped or killed leaves its best behind.
"""

from __future__ import annotations

import math
import os
import re
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file
from torch import Tensor

from studio.catalog import Card, Catalog, read_card
from studio.errors import InvalidInput
from studio.families.composition import TEXT, Composition
from studio.settings import Settings
from studio.sources import located
from studio.sources.stamp import sha256_of
from studio.training.own_cards import begin_anew, run_name
from studio.training.own_pictures import ROWS, PictureSet
from studio.training.own_pictures_corpus import CROPS, OwnPictureBatches, own_corpus
from studio.training.picture_corpus import PictureCorpus
from studio.training.picture_tuning_card import VOICES, TunedPictureCard
from studio.training.picture_tuning_run import RATE, PictureTuningRun
from studio.training.picture_tuning_score import WINDOWS, HeldOut, before_and_after
from studio.training.projected import Features
from studio.training.tuning.journal import CURVES, Journal
from studio.training.tuning.stop import Stop

CHECKPOINT, STOP_FILE = "checkpoint.pt", "stop"
LEFT = (CHECKPOINT, "checkpoint.young", "run", CURVES, "events.out.tfevents.*")
"""Files of a run that `fresh` removes; the reduced pictures are kept."""
NAME = re.compile(r"gan/[a-z0-9][a-z0-9-]*\Z")
SAVE_SECONDS = 120.0
_USUAL = 96


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureTuneOptions:
    """One run on a person's pictures."""

    card: str
    """"gan/NAME"."""
    base: str
    data: Path
    """Folder that `studio data check` has written."""
    out: Path
    models: Path
    cache: Path
    """Where fetched weights lie."""
    minutes: float
    steps: int = 0
    """When not 0, the run ends after so many."""
    batch: int = 16
    crops: int = CROPS
    """Parts that each picture is learnt in."""
    windows: int = WINDOWS
    """Held-out windows of a score."""
    score_steps: int = 100
    patience: int = 5
    """Scores without a better one before the run ends early."""
    rate: float = RATE
    seed: int = 0
    device: str = "cpu"
    threads: int = 2
    wandb: bool = False
    fresh: bool = False
    """Throw away a run that lies in `out`."""
    command: str = ""

    def identity(self) -> dict[str, Any]:
        """What must be the same for a run to go on."""
        fixed = ("card", "base", "batch", "crops", "windows", "rate", "seed")
        return {name: getattr(self, name) for name in fixed} | {"data": sha256_of(self.data / ROWS)}


@dataclass(slots=True)
class PictureProgress:
    """Counts since the run began, over all its processes."""

    seconds: float = 0.0
    before: float = math.inf
    """Held-out kid before the first step."""
    before_frechet: float = math.inf
    best: float = math.inf
    best_frechet: float = math.inf
    best_step: int = 0
    worse: int = 0
    """Scores since then."""
    scored: int = -1
    """The step of the last score."""


@dataclass(frozen=True, slots=True)
class PictureOutcome:
    """How a run ended, and where it stands."""

    ended: str
    """"steps", "minutes", "patience" or "stopped"."""
    steps: int
    progress: PictureProgress
    folder: Path
    """The card's folder; it holds the best, not the last."""

    @property
    def better(self) -> bool:
        """Whether the best is nearer to the held-out pictures than the base was."""
        return self.progress.best < self.progress.before


def tune_pictures(options: PictureTuneOptions) -> PictureOutcome:
    """Train or resume, keep the best, publish it. Raises InvalidInput or NotReady."""
    if not NAME.match(options.card):
        raise InvalidInput(
            "card",
            f"{options.card} is no name for a generator.",
            "Call it gan/NAME, in small letters, digits and hyphens.",
            code="tuning_name",
            method="gan",
            kind="gan",
        )
    base = located(Catalog.read(options.models).card(options.base), options.cache)
    if base.family != "gan":
        raise InvalidInput(
            "base",
            f"{base.name} is no generator that can be tuned.",
            code="not_tunable_pictures",
            card=base.name,
        )
    pictures = PictureSet.read(options.data)
    if options.fresh:
        begin_anew(options.out, LEFT)
    options.out.mkdir(parents=True, exist_ok=True)
    run = run_name(options.out)
    card = TunedPictureCard(options.card, base, pictures, run, options.command)
    card.check_name(options.models)
    torch.set_num_threads(options.threads)
    torch.manual_seed(options.seed)
    with Stop(options.out / STOP_FILE) as stop:
        return _Tuning(options, card).until(stop)


def evaluate(card: Path, data: Path) -> Mapping[str, float]:
    """Distances to the held-out pictures of the data set, of the card and of its base, and the
    base's own from before. Raises InvalidInput for a folder that is no data set."""
    made = read_card(card / "model.toml")
    named = Catalog.read(card.parent.parent).card(str(made.training["base"]))
    base = located(named, Settings.from_environ().cache_dir)
    pictures = PictureSet.read(data)
    corpus = own_corpus(pictures, data / "reduced", voices_of(base), int(made.training["crops"]))
    features = Features()
    features.calibrate(_usual(corpus))
    held = HeldOut.of(corpus, features, int(made.training["windows"]))
    both = (held.distances(Composition.load(each)) for each in (base.folder, card))
    return _numbers(*both)


def voices_of(base: Card) -> Tensor:
    """[n, TEXT] sentence vectors that the base's card carries; n is 0 where it has none."""
    path = base.folder / VOICES
    if not path.is_file():
        return torch.zeros(0, TEXT)
    return torch.stack([each.float() for _, each in sorted(load_file(path).items())])


class _Tuning:
    """The loop: steps, scores, the best published, checkpoints."""

    def __init__(self, options: PictureTuneOptions, card: TunedPictureCard) -> None:
        self._options, self._card = options, card
        self._identity = options.identity()
        self._base = Composition.load(card.base.folder)
        self._corpus = own_corpus(
            card.pictures,
            options.out / "corpus",
            voices_of(card.base),
            options.crops,
            options.threads,
        )
        usual = _usual(self._corpus)
        self._run = PictureTuningRun(self._base, usual, options.device, options.rate)
        self._held = HeldOut.of(self._corpus, self._run.features, options.windows)
        self._journal = Journal(options.out, options.card, self._identity, wandb=options.wandb)
        self._progress = PictureProgress()

    def until(self, stop: Stop) -> PictureOutcome:
        """Begin, or go on from the checkpoint, for at most the minutes given; one step at least."""
        self._begin()
        ended = self._steps(stop)
        if self._progress.scored != self._run.steps:
            self._score()
        self._save()
        self._journal.close()
        folder = self._options.models / self._options.card
        return PictureOutcome(ended, self._run.steps, self._progress, folder)

    def _begin(self) -> None:
        if self._resumed():
            return
        found = self._held.distances(self._base.to(self._options.device))
        self._progress.before, self._progress.before_frechet = found["kid"], found["frechet"]
        self._journal.say(f"before: held-out kid {found['kid']:.2f}")
        self._journal.step(0, {f"val/{name}": value for name, value in found.items()})

    def _steps(self, stop: Stop) -> str:
        options, progress, run = self._options, self._progress, self._run
        batches = OwnPictureBatches(self._corpus, options.seed + 1 + run.steps)
        last = saved = time.monotonic()
        ends = progress.seconds + 60 * options.minutes
        while True:
            told = run.step(batches.drawn(options.batch))
            self._tell(told)
            if run.steps % options.score_steps == 0:
                self._score()
            now = time.monotonic()
            progress.seconds, last = progress.seconds + now - last, now
            if now - saved > SAVE_SECONDS:
                self._save()
                saved = now
            if 0 < options.steps <= run.steps:
                return "steps"
            if progress.worse >= options.patience:
                return "patience"
            if stop.asked:
                return "stopped"
            if progress.seconds >= ends:
                return "minutes"

    def _tell(self, told: Mapping[str, float]) -> None:
        step = self._run.steps
        self._journal.step(step, {f"train/{name}": value for name, value in told.items()})
        if step % 10 == 0:
            shown = " ".join(f"{name} {value:.3f}" for name, value in told.items())
            self._journal.say(f"step {step} {shown}")

    def _score(self) -> None:
        """Held-out distances of the average; the card when it is the best so far."""
        progress, step = self._progress, self._run.steps
        found = self._held.distances(self._run.average)
        progress.scored = step
        better = found["kid"] < progress.best
        progress.worse = 0 if better else progress.worse + 1
        if better:
            progress.best, progress.best_frechet = found["kid"], found["frechet"]
            progress.best_step = step
            self._run.keep()
            self._publish()
        mark = " (best)" if better else ""
        self._journal.say(f"step {step} held-out kid {found['kid']:.2f}{mark}")
        self._journal.step(step, {f"val/{name}": value for name, value in found.items()})

    def _publish(self) -> None:
        options, progress = self._options, self._progress
        sheet = before_and_after(self._corpus, self._base, self._run.best)
        training = {
            "steps": self._run.steps,
            "best_step": progress.best_step,
            "minutes": round(progress.seconds / 60, 1),
            **{name: getattr(options, name) for name in ("batch", "crops", "windows", "seed")},
            "learning_rate": options.rate,
            "augmentation": round(self._run.augmentation.p, 3),
        }
        numbers = _numbers(
            {"kid": progress.before, "frechet": progress.before_frechet},
            {"kid": progress.best, "frechet": progress.best_frechet},
        )
        self._card.write(options.models, self._run.best, sheet, training, numbers)

    def _save(self) -> None:
        """Written beside and moved over: a killed run never leaves half a checkpoint."""
        state = {"identity": self._identity, "progress": asdict(self._progress)}
        young = self._options.out / "checkpoint.young"
        torch.save(state | {"run": self._run.state(), "random": torch.get_rng_state()}, young)
        os.replace(young, self._options.out / CHECKPOINT)

    def _resumed(self) -> bool:
        path = self._options.out / CHECKPOINT
        if not path.is_file():
            return False
        state = torch.load(path, map_location="cpu", weights_only=True)
        if state["identity"] != self._identity:
            pairs = sorted({*state["identity"], *self._identity})
            other = [n for n in pairs if state["identity"].get(n) != self._identity.get(n)]
            raise InvalidInput(
                "out",
                f"{self._options.out} holds another run: {', '.join(other)}.",
                "Give another --out, or --fresh to begin anew.",
                code="other_run",
                folder=self._options.out.name,
            )
        self._run.restore(state["run"])
        torch.set_rng_state(state["random"])
        self._progress = PictureProgress(**state["progress"])
        return True


def _numbers(before: Mapping[str, float], after: Mapping[str, float]) -> dict[str, float]:
    return {
        name: round(value, 3)
        for kind in ("kid", "frechet")
        for name, value in (
            (f"heldout_{kind}_before", before[kind]),
            (f"heldout_{kind}", after[kind]),
        )
    }


def _usual(corpus: PictureCorpus) -> Tensor:
    return OwnPictureBatches(corpus, 0).drawn(_USUAL).pictures
