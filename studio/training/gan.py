"""Trains gan/abstract: a layout-conditioned projected GAN on paintings and drawings.

    python -m studio train gan/abstract --data DATA --minutes 60

Hinge loss on projected features, plus what keeps it honest: the pooled picture must be the asked
layout (a generator that is told a layout does not collapse), and the picture that the layout came
from guides it, strongly at first. Layouts are roughened: the prior's are never perfect.
Resumes from `out/checkpoint.pt`, saves on the way, and publishes the average with the best
held-out score.
"""

from __future__ import annotations

import copy
import os
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from studio.crafts.palette import SLOTS
from studio.families.composition import NUMBERS, STYLES, TEXT, Composition, mixed, noise_shapes
from studio.families.layouts import pooled
from studio.training.gan_card import publish
from studio.training.gan_measures import gan_measures, quick_distance
from studio.training.options import TrainOptions
from studio.training.picture_batches import PictureBatch, PictureBatches
from studio.training.picture_corpus import PictureCorpus
from studio.training.picture_evaluation import evaluate_card
from studio.training.projected import Discriminator, Features, Projection, augmented

try:
    from torch.utils.tensorboard import SummaryWriter
except ImportError:  # comes with the [train] extra
    SummaryWriter = None  # type: ignore[assignment, misc]

BATCH = 16
_LAYOUT_WEIGHT = 6.0
_GUIDE_START, _GUIDE_END, _GUIDE_STEPS = 1.0, 0.2, 2500
_TRUTH_WEIGHT = 6.0
"""Of the true picture's colours, at the start; goes down with the guide."""
_ROUGHEST = 0.25
_RATE = 2e-4
_EASY = 0.3
"""The judge rests after a step that it won by more than this: it learns faster than it should."""
_SAVE_MINUTES = 3.0
_SCORE_MINUTES = 8.0
_LONGEST_MEMORY = 0.997


@dataclass(slots=True)
class _Run:
    """Everything that a checkpoint holds."""

    generator: Composition
    average: Composition
    """Moving average of the generator."""
    best: Composition
    """The average with the best held-out score: what is published."""
    judge: Discriminator
    features: Features
    projection: Projection
    generator_steps: torch.optim.Adam
    judge_steps: torch.optim.Adam
    step: int = 0
    score: float = float("inf")

    @classmethod
    def begin(cls, batches: PictureBatches, seed: int, device: str) -> _Run:
        torch.manual_seed(seed)
        generator = Composition()
        generator.text_centre.copy_(torch.from_numpy(batches.corpus.texts.vectors).mean(0))
        generator.to(device)
        judge = Discriminator(len(STYLES) + len(NUMBERS) + TEXT).to(device)
        features = Features().to(device)
        features.calibrate(batches.drawn(96).pictures.to(device))
        return cls(
            generator,
            copy.deepcopy(generator).requires_grad_(False),
            copy.deepcopy(generator).requires_grad_(False),
            judge,
            features,
            Projection().to(device),
            torch.optim.Adam(generator.parameters(), _RATE, (0.0, 0.99)),
            torch.optim.Adam(judge.parameters(), _RATE, (0.0, 0.99)),
        )

    def _parts(self) -> Mapping[str, nn.Module | torch.optim.Adam]:
        return {
            "generator": self.generator,
            "average": self.average,
            "best": self.best,
            "judge": self.judge,
            "features": self.features,
            "generator_steps": self.generator_steps,
            "judge_steps": self.judge_steps,
        }

    def save(self, path: Path) -> None:
        state = {name: part.state_dict() for name, part in self._parts().items()}
        told = {"step": self.step, "score": self.score}
        torch.save(state | told, path.with_suffix(".young"))
        os.replace(path.with_suffix(".young"), path)

    def resume(self, path: Path) -> None:
        if path.exists():
            state = torch.load(path, map_location="cpu", weights_only=True)
            for name, part in self._parts().items():
                part.load_state_dict(state[name])
            self.step, self.score = state["step"], state["score"]

    def compare(self, corpus: PictureCorpus) -> None:
        """Keep the average when it scores better than the best so far."""
        score = quick_distance(self.average, corpus, self.features)
        print(f"step {self.step} held-out distance {score:.3f} (best {self.score:.3f})", flush=True)
        if score <= self.score:
            self.score = score
            self.best.load_state_dict(self.average.state_dict())


def train(options: TrainOptions) -> None:
    """Train or resume for `options.minutes`, one step at least; then the card stands in
    `options.models`."""
    torch.set_num_threads(options.threads)
    corpus = PictureCorpus.load(options.data, options.out / "corpus", os.cpu_count() or 1)
    begun = time.monotonic()
    ends = begun + 60 * options.minutes
    run = _Run.begin(PictureBatches(corpus, options.seed), options.seed, options.device)
    run.resume(options.out / "checkpoint.pt")
    batches = PictureBatches(corpus, options.seed + 1 + run.step)
    log = SummaryWriter(str(options.out)) if SummaryWriter is not None else None
    saved = scored = time.monotonic()
    more = True
    while more:
        _slow_down(run, (ends - time.monotonic()) / max(1.0, ends - begun))
        numbers = _trained(run, batches.drawn(BATCH), options.device)
        if run.step % 25 == 0:
            _report(run, numbers, log)
        if time.monotonic() - scored > 60 * _SCORE_MINUTES:
            run.compare(corpus)
            publish(run.best, corpus, options, run.step * BATCH, {})
            scored = time.monotonic()
        if time.monotonic() - saved > 60 * _SAVE_MINUTES:
            run.save(options.out / "checkpoint.pt")
            saved = time.monotonic()
        more = time.monotonic() < ends
    run.compare(corpus)
    run.save(options.out / "checkpoint.pt")
    measured = gan_measures(run.best, corpus)
    publish(run.best, corpus, options, run.step * BATCH, measured)


def evaluate(card: Path, data: Path) -> Mapping[str, float]:
    """Held-out numbers of a finished card on the corpora in `data`: see `picture_evaluation`."""
    return evaluate_card(card, data, PictureCorpus.of(data))


def _trained(run: _Run, batch: PictureBatch, device: str) -> dict[str, Tensor]:
    """One step of the judge, one of the generator."""
    made, painted, taps = _made(run, batch, device)
    scales = run.projection(taps)
    plans = _heard(run, batch.plans.to(device))
    with torch.no_grad():
        real_taps = run.features(augmented(batch.pictures.to(device), _chance(run.step)))
        real_scales = run.projection(real_taps)
    with torch.autocast(device, torch.bfloat16):
        yes = run.judge(real_scales, plans).float()
        no = run.judge([each.detach() for each in scales], plans).float()
    judged = F.relu(1 - yes).mean() + F.relu(1 + no).mean()
    if float(judged.detach()) > _EASY:
        run.judge_steps.zero_grad()
        judged.backward()  # type: ignore[no-untyped-call]
        run.judge_steps.step()
    pulls = _pulls(batch, made, painted, (taps, real_taps), device)
    return _generator_step(run, (scales, plans), pulls, judged.detach())


def _heard(run: _Run, plans: Tensor) -> Tensor:
    """Plans as the judge is told them: sentence vectors centred, as the generator hears them."""
    known, text = plans[:, :-TEXT], plans[:, -TEXT:]
    given = text.abs().sum(1, keepdim=True) > 0
    return torch.cat([known, 2 * (text - run.generator.text_centre) * given], 1)


def _slow_down(run: _Run, left: float) -> None:
    """Full rate, then down to a twentieth over the last third of the time."""
    for steps in (run.generator_steps, run.judge_steps):
        for group in steps.param_groups:
            group["lr"] = _RATE * min(1.0, max(0.0, 3 * left) + 0.05)


def _chance(step: int) -> torch.Generator:
    """The same augmentation for the pictures and what was made of their layouts."""
    return torch.Generator().manual_seed(step)


def roughened(layouts: Tensor) -> Tensor:
    """Layouts [n, 8, h, w] as an imperfect prior would give them: hazy, noisy, still shares."""
    rows = len(layouts)
    rough = _ROUGHEST * torch.rand(rows, 1, 1, 1).square().to(layouts)
    haze = 0.5 * torch.rand(rows, 1, 1, 1).square().to(layouts)
    soft = F.avg_pool2d(layouts, 3, 1, 1, count_include_pad=False)
    noisy = torch.lerp(layouts, soft, haze) + rough * torch.randn_like(layouts)
    noisy = noisy.clamp(min=1e-3)
    return noisy / noisy.sum(1, keepdim=True)


def _made(run: _Run, batch: PictureBatch, device: str) -> tuple[Tensor, Tensor, list[Tensor]]:
    """Pictures made of the batch's layouts, the choices they are mixed of, and their taps."""
    rows, _, height, width = batch.layouts.shape
    noise = [torch.randn(rows, *shape, device=device) for shape in noise_shapes(height, width)]
    layouts, palettes, plans = (
        each.to(device) for each in (batch.layouts, batch.palettes, batch.plans)
    )
    with torch.autocast(device, torch.bfloat16):
        painted = run.generator(roughened(layouts), plans, noise)
    made = mixed(painted, palettes)
    return made, painted, run.features(augmented(made, _chance(run.step)))


def _pulls(
    batch: PictureBatch,
    made: Tensor,
    painted: Tensor,
    taps: tuple[Sequence[Tensor], Sequence[Tensor]],
    device: str,
) -> dict[str, Tensor]:
    """How far the pictures are from their layouts, their originals, and those' features."""
    layouts = batch.layouts.to(device)
    shares = torch.softmax(painted[:, :SLOTS].float(), 1)
    pairs = zip(taps[0], taps[1], strict=True)
    return {
        "layout": (pooled(shares, *layouts.shape[-2:]) - layouts).abs().sum(1).mean() / 2,
        "truth": (made - batch.pictures.to(device)).abs().mean(),
        "guide": torch.stack([(a - b).abs().mean() for a, b in pairs]).mean(),
    }


def _generator_step(
    run: _Run,
    judged_of: tuple[Sequence[Tensor], Tensor],
    pulls: Mapping[str, Tensor],
    judged: Tensor,
) -> dict[str, Tensor]:
    scales, plans = judged_of
    run.judge.requires_grad_(False)
    with torch.autocast(plans.device.type, torch.bfloat16):
        fooled = -run.judge(scales, plans).float().mean()
    run.judge.requires_grad_(True)
    weight = _guide_weight(run.step)
    loss = fooled + _LAYOUT_WEIGHT * pulls["layout"]
    loss = loss + weight * (pulls["guide"] + _TRUTH_WEIGHT * pulls["truth"])
    run.generator_steps.zero_grad()
    loss.backward()
    nn.utils.clip_grad_norm_(run.generator.parameters(), 10.0)
    run.generator_steps.step()
    _average(run)
    run.step += 1
    return {"judge": judged, "fooled": fooled, **pulls}


def _guide_weight(step: int) -> float:
    done = min(1.0, step / _GUIDE_STEPS)
    return _GUIDE_START + done * (_GUIDE_END - _GUIDE_START)


def _average(run: _Run) -> None:
    memory = min(_LONGEST_MEMORY, 1 - 1 / (run.step / 8 + 1.5))
    with torch.no_grad():
        pairs = zip(run.average.parameters(), run.generator.parameters(), strict=True)
        for slow, fast in pairs:
            slow.lerp_(fast, 1 - memory)


def _report(run: _Run, numbers: Mapping[str, Tensor], log: object | None) -> None:
    shown = {name: float(value.detach()) for name, value in numbers.items()}
    print(f"step {run.step} " + " ".join(f"{k} {v:.3f}" for k, v in shown.items()), flush=True)
    if isinstance(log, SummaryWriter):
        for name, value in shown.items():
            log.add_scalar(name, value, run.step)
