"""Trains gan/abstract: a layout-conditioned projected GAN on paintings and drawings.

    python -m studio train gan/abstract --data DATA --minutes 60

Hinge loss on projected features, plus what keeps it honest: the pooled picture must be the asked
layout (a generator that is told a layout does not collapse), and the deep features of the picture
that the layout came from are a weak guide. Resumes from `out/checkpoint.pt`, saves and publishes
on the way.
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

from studio.families.composition import NUMBERS, SCALE, STYLES, Composition, mixed, noise_shapes
from studio.training.gan_card import publish
from studio.training.gan_measures import gan_measures
from studio.training.options import TrainOptions
from studio.training.picture_batches import PictureBatch, PictureBatches
from studio.training.picture_corpus import PictureCorpus
from studio.training.plan_fidelity import plan_fidelity
from studio.training.projected import Discriminator, Features, Projection, augmented

try:
    from torch.utils.tensorboard import SummaryWriter
except ImportError:  # comes with the [train] extra
    SummaryWriter = None  # type: ignore[assignment, misc]

BATCH = 16
_LAYOUT_WEIGHT = 10.0
_GUIDE_START, _GUIDE_END, _GUIDE_STEPS = 1.0, 0.15, 2000
_RATE = 2e-4
_SAVE_MINUTES = 3.0
_PUBLISH_MINUTES = 6.0
_LONGEST_MEMORY = 0.997


@dataclass(slots=True)
class _Run:
    """Everything that a checkpoint holds."""

    generator: Composition
    average: Composition
    """Moving average of the generator: what is published."""
    judge: Discriminator
    features: Features
    projection: Projection
    generator_steps: torch.optim.Adam
    judge_steps: torch.optim.Adam
    step: int = 0

    @classmethod
    def begin(cls, batches: PictureBatches, seed: int, device: str) -> _Run:
        torch.manual_seed(seed)
        generator = Composition().to(device)
        judge = Discriminator(len(STYLES) + len(NUMBERS)).to(device)
        features = Features().to(device)
        features.calibrate(batches.drawn(96).pictures.to(device))
        return cls(
            generator,
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
            "judge": self.judge,
            "features": self.features,
            "generator_steps": self.generator_steps,
            "judge_steps": self.judge_steps,
        }

    def save(self, path: Path) -> None:
        state = {name: part.state_dict() for name, part in self._parts().items()}
        torch.save(state | {"step": self.step}, path.with_suffix(".young"))
        os.replace(path.with_suffix(".young"), path)

    def resume(self, path: Path) -> None:
        if path.exists():
            state = torch.load(path, map_location="cpu", weights_only=True)
            for name, part in self._parts().items():
                part.load_state_dict(state[name])
            self.step = state["step"]


def train(options: TrainOptions) -> None:
    """Train or resume for `options.minutes`, one step at least; then the card stands in
    `options.models`."""
    begun = time.monotonic()
    ends = begun + 60 * options.minutes
    torch.set_num_threads(options.threads)
    corpus = PictureCorpus.load(options.data, options.out / "corpus.npz")
    batches = PictureBatches(corpus, options.seed)
    run = _Run.begin(batches, options.seed, options.device)
    run.resume(options.out / "checkpoint.pt")
    batches = PictureBatches(corpus, options.seed + 1 + run.step)
    log = SummaryWriter(str(options.out)) if SummaryWriter is not None else None
    saved = published = time.monotonic()
    more = True
    while more:
        _slow_down(run, (ends - time.monotonic()) / max(1.0, ends - begun))
        numbers = _trained(run, batches.drawn(BATCH), options.device)
        if run.step % 25 == 0:
            _report(run, numbers, log)
        if time.monotonic() - saved > 60 * _SAVE_MINUTES:
            run.save(options.out / "checkpoint.pt")
            saved = time.monotonic()
        if time.monotonic() - published > 60 * _PUBLISH_MINUTES:
            publish(run.average, corpus, options, run.step * BATCH, {})
            published = time.monotonic()
        more = time.monotonic() < ends
    run.save(options.out / "checkpoint.pt")
    # Written twice: the second measure paints with the card itself.
    measures = dict(gan_measures(run.average, corpus))
    card = publish(run.average, corpus, options, run.step * BATCH, measures)
    measures |= _fidelity(card, options.data)
    publish(run.average, corpus, options, run.step * BATCH, measures)


def evaluate(card: Path, data: Path) -> Mapping[str, float]:
    """Held-out numbers of a finished card on the corpora in `data`: `gan_measures`, and
    `plan_fidelity` where the prior's card lies beside it."""
    numbers = dict(gan_measures(Composition.load(card), PictureCorpus.of(data)))
    return numbers | _fidelity(card, data)


def _fidelity(card: Path, data: Path) -> dict[str, float]:
    prior = card.parents[1] / "prior" / "layout"
    return plan_fidelity(card, prior, data) if (prior / "model.toml").exists() else {}


def _trained(run: _Run, batch: PictureBatch, device: str) -> dict[str, Tensor]:
    """One step of the judge, one of the generator."""
    made, scales, kept = _made(run, batch, device)
    real = batch.pictures.to(device)
    plans = batch.plans.to(device)
    with torch.no_grad():
        real_taps = run.features(augmented(real, _chance(run.step)))
        real_scales = run.projection(real_taps)
    with torch.autocast(device, torch.bfloat16):
        yes = run.judge(real_scales, plans).float()
        no = run.judge([each.detach() for each in scales], plans).float()
    judged = F.relu(1 - yes).mean() + F.relu(1 + no).mean()
    run.judge_steps.zero_grad()
    judged.backward()  # type: ignore[no-untyped-call]
    run.judge_steps.step()
    return _generator_step(run, (made, scales, kept), real_taps, batch, judged.detach())


def _slow_down(run: _Run, left: float) -> None:
    """Full rate, then down to a twentieth over the last third of the time."""
    for steps in (run.generator_steps, run.judge_steps):
        for group in steps.param_groups:
            group["lr"] = _RATE * min(1.0, max(0.0, 3 * left) + 0.05)


def _chance(step: int) -> torch.Generator:
    """The same augmentation for the pictures and what was made of their layouts."""
    return torch.Generator().manual_seed(step)


def _made(run: _Run, batch: PictureBatch, device: str) -> tuple[Tensor, list[Tensor], list[Tensor]]:
    """Pictures made of the batch's layouts, their projected scales and their taps."""
    rows, _, height, width = batch.layouts.shape
    noise = [torch.randn(rows, *shape, device=device) for shape in noise_shapes(height, width)]
    layouts, palettes, plans = (
        each.to(device) for each in (batch.layouts, batch.palettes, batch.plans)
    )
    with torch.autocast(device, torch.bfloat16):
        logits = run.generator(layouts, palettes, plans, noise)
    made = mixed(logits, palettes)
    taps = run.features(augmented(made, _chance(run.step)))
    return made, run.projection(taps), taps


def _generator_step(
    run: _Run,
    made: tuple[Tensor, list[Tensor], list[Tensor]],
    real_taps: Sequence[Tensor],
    batch: PictureBatch,
    judged: Tensor,
) -> dict[str, Tensor]:
    pictures, scales, taps = made
    run.judge.requires_grad_(False)
    with torch.autocast(pictures.device.type, torch.bfloat16):
        fooled = -run.judge(scales, batch.plans.to(pictures.device)).float().mean()
    run.judge.requires_grad_(True)
    layout = (F.avg_pool2d(pictures, SCALE) - batch.layouts.to(pictures.device)).abs().mean()
    pairs = zip(taps[1:], real_taps[1:], strict=True)
    guide = torch.stack([(a - b).abs().mean() for a, b in pairs]).mean()
    loss = fooled + _LAYOUT_WEIGHT * layout + _guide_weight(run.step) * guide
    run.generator_steps.zero_grad()
    loss.backward()
    nn.utils.clip_grad_norm_(run.generator.parameters(), 10.0)
    run.generator_steps.step()
    _average(run)
    run.step += 1
    return {"judge": judged, "fooled": fooled, "layout": layout, "guide": guide}


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
