"""Trains prior/layout: the small diffusion network that draws layouts from plans.

    python -m studio train prior/layout --data DATA --minutes 20

Learns the pooled slot maps of the same pictures as gan/abstract, each repainted in a palette of
the pool, told what that picture then measures; parts of the plan are hidden at random, so that a
plan may be partly given. Resumes from `out/checkpoint.pt`.
"""

from __future__ import annotations

import copy
import json
import os
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from PIL import Image
from torch import Tensor

from studio.crafts.image_measure import colour_numbers, to_lab
from studio.crafts.palette import SLOTS
from studio.families.composition import NUMBERS, STYLES, TEXT
from studio.families.layout_prior import (
    PLAN_NUMBERS,
    TRAIN_STEPS,
    LayoutPrior,
    asked_rows,
    balance,
    drawn_layouts,
    scheduler,
)
from studio.families.layouts import CELLS, pooled, tone_shares
from studio.training.options import TrainOptions
from studio.training.picture_batches import PictureBatches
from studio.training.picture_card import card_text, manifest, tiled, write_weights
from studio.training.picture_corpus import LEVELS, PictureCorpus
from studio.training.provenance import replaced

BATCH = 48
_RATE = 1.5e-3
_SAVE_MINUTES = 3.0
_PUBLISH_MINUTES = 12.0
"""Publishing draws layouts to measure them: as dear as a minute of training."""
_HIDDEN = 0.2
"""Share of plan numbers and styles hidden during training."""

ABOUT = """A small diffusion network that draws a layout of 32 x 32 cells from a plan: style,
density, movement, angularity, warmth, saturation, brightness, contrast, the palette's eight colours
and the description's vector. Parts of the plan may be left out.

It begins from a drawing by rules (`studio/families/drawings`), part of the way: the wilder the
picture, the more of it the prior draws anew.

Data: the pooled pictures of gan/abstract (paintings in the public domain and CC0 drawings)."""


@dataclass(frozen=True, slots=True)
class LayoutRows:
    """n layouts [n,8,32,32] in -1..1 and what they were asked [n, ASKED] (nothing hidden)."""

    layouts: Tensor
    asked: Tensor
    palettes: Tensor
    """[n, 8, 3] in -1..1."""


class LayoutSource:
    """Draws whole layouts of the corpus with mirrors, turns, palettes and sentences."""

    def __init__(self, corpus: PictureCorpus, seed: int, held: bool = False) -> None:
        self._corpus = corpus
        self._batches = PictureBatches(corpus, seed, held)
        # One block: thousands of small tensors among large passing ones would scatter the memory.
        self._pooled = torch.zeros(len(corpus.rows), SLOTS, CELLS, CELLS)

    def drawn(self, count: int) -> LayoutRows:
        """`count` layouts, styles by weight, each with what it measures in its colours."""
        ids = self._batches.ids(count)
        layouts = torch.stack([self._layout(each) for each in ids])
        palettes, plans = self._batches.palettes(ids), self._batches.plans(ids)
        lab = to_lab((palettes.double().numpy() + 1) / 2)
        colours = colour_numbers(layouts.mean((2, 3)).double().numpy(), lab)
        form = plans[:, len(STYLES) : -TEXT]
        named = dict(zip(NUMBERS, form.T.numpy(), strict=True)) | colours
        numbers = np.stack([named[each] for each in PLAN_NUMBERS], 1).astype(np.float32)
        asked = asked_rows(
            plans[:, : len(STYLES)].argmax(1).tolist(),
            torch.from_numpy(numbers),
            torch.ones(count, len(PLAN_NUMBERS)),
            torch.from_numpy(lab.astype(np.float32)),
            plans[:, -TEXT:],
        )
        return LayoutRows(layouts * 2 - 1, asked, palettes)

    def _layout(self, picture: int) -> Tensor:
        """Shares [8, 32, 32] of a picture, mirrored and turned by chance."""
        if not bool(self._pooled[picture].any()):
            tones = torch.from_numpy(self._corpus.tones[picture][::2, ::2].astype(np.float32))
            self._pooled[picture] = pooled(tone_shares(tones / LEVELS), CELLS, CELLS)
        mirrored, turns = self._batches.turn(picture)
        layout = self._pooled[picture]
        return torch.rot90(layout.flip(-1) if mirrored else layout, turns, (1, 2))


def train(options: TrainOptions) -> None:
    """Train or resume within `options.minutes`, then publish."""
    ends = time.monotonic() + 60 * options.minutes
    torch.set_num_threads(options.threads)
    torch.manual_seed(options.seed)
    corpus = PictureCorpus.load(options.data, options.out / "corpus", os.cpu_count() or 1)
    network = LayoutPrior()
    network.text_centre.copy_(torch.from_numpy(corpus.texts.vectors).mean(0))
    network.to(options.device)
    average = copy.deepcopy(network).requires_grad_(False)
    steps = torch.optim.AdamW(network.parameters(), _RATE, (0.9, 0.99), weight_decay=0.01)
    step = _resumed(options.out / "checkpoint.pt", network, average, steps)
    source = LayoutSource(corpus, options.seed + step)
    saved = published = begun = time.monotonic()
    while time.monotonic() < ends:
        left = (ends - time.monotonic()) / max(1.0, ends - begun)
        for group in steps.param_groups:
            group["lr"] = _RATE * min(1.0, (step + 1) / 100) * min(1.0, 3 * left + 0.03)
        loss = _stepped(network, average, steps, source.drawn(BATCH), step, options.device)
        step += 1
        if step % 50 == 0:
            print(f"step {step} loss {loss:.4f}", flush=True)
        if time.monotonic() - saved > 60 * _SAVE_MINUTES:
            _save(options.out / "checkpoint.pt", network, average, steps, step)
            saved = time.monotonic()
        if time.monotonic() - published > 60 * _PUBLISH_MINUTES:
            publish(average, corpus, options, step)
            published = time.monotonic()
    _save(options.out / "checkpoint.pt", network, average, steps, step)
    publish(average, corpus, options, step)


def evaluate(card: Path, data: Path) -> Mapping[str, float]:
    """Held-out numbers of a finished card; see `prior_measures`."""
    corpus = PictureCorpus.of(data)
    return prior_measures(LayoutPrior.load(card), corpus)


def prior_measures(network: LayoutPrior, corpus: PictureCorpus) -> dict[str, float]:
    """On 96 held-out plans: denoising error, and what drawn layouts measure against their plan.

    `*_error`: mean absolute difference (0..1 scales). `spread`: mean distance between two layouts
    drawn for one plan, as a share of that between two held-out layouts (1: as varied)."""
    rows = LayoutSource(corpus, 11, held=True).drawn(96)
    chance = torch.Generator().manual_seed(3)
    noise = torch.randn(rows.layouts.shape, generator=chance)
    times = torch.randint(0, TRAIN_STEPS, (96,), generator=chance)
    noisy = scheduler().add_noise(rows.layouts, noise, times)
    with torch.no_grad():
        error = F.mse_loss(network(noisy, times, rows.asked), rows.layouts)
        made = drawn_layouts(network, rows.asked, noise)
        asked_once = rows.asked[:1].expand(16, -1)
        again = drawn_layouts(network, asked_once, noise[:16])
    lab = to_lab((rows.palettes.double().numpy() + 1) / 2)
    got = colour_numbers(made.mean((2, 3)).double().numpy(), lab)
    first = len(STYLES)
    wanted = (rows.asked[:, first : first + len(PLAN_NUMBERS)].numpy() + 1) / 2
    errors = {
        f"{name}_error": float(np.abs(got[name] - wanted[:, PLAN_NUMBERS.index(name)]).mean())
        for name in ("warmth", "brightness", "contrast", "saturation")
    }
    real = torch.pdist((rows.layouts[:16] + 1).flatten(1) / 2).mean()
    drawn = torch.pdist(again.flatten(1)).mean()
    return {"denoising_mse": float(error), **errors, "spread": float(drawn / real)}


def _stepped(
    network: LayoutPrior,
    average: LayoutPrior,
    steps: torch.optim.AdamW,
    rows: LayoutRows,
    step: int,
    device: str,
) -> float:
    layouts, asked = rows.layouts.to(device), _hidden(rows.asked).to(device)
    times = torch.randint(0, TRAIN_STEPS, (len(layouts),), device=device)
    noisy = scheduler().add_noise(layouts, torch.randn_like(layouts), times)
    with torch.autocast(device, torch.bfloat16):
        clean = network(noisy, times, asked)
    # Every noise level weighs the same, or the nearly clean ones would teach nothing.
    weight = balance(times)[1].square().clamp(min=0.003)
    loss = ((clean.float() - layouts).square() / weight).mean()
    steps.zero_grad()
    loss.backward()
    torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
    steps.step()
    memory = min(0.998, 1 - 1 / (step / 8 + 1.5))
    with torch.no_grad():
        for slow, fast in zip(average.parameters(), network.parameters(), strict=True):
            slow.lerp_(fast, 1 - memory)
    return float(loss.detach())


def _hidden(asked: Tensor) -> Tensor:
    """Some styles, some numbers, and now and then the whole plan left out."""
    n, first, count = len(asked), len(STYLES), len(PLAN_NUMBERS)
    kept = asked.clone()
    whole = torch.rand(n, 1) > _HIDDEN / 2
    kept[:, :first] *= (torch.rand(n, 1) > _HIDDEN / 2) & whole
    mask = ((torch.rand(n, count) > _HIDDEN) & whole).float()
    kept[:, first : first + count] *= mask
    kept[:, first + count : first + 2 * count] *= mask
    kept[:, -TEXT:] *= whole
    return kept


def _resumed(
    path: Path, network: LayoutPrior, average: LayoutPrior, steps: torch.optim.AdamW
) -> int:
    if not path.exists():
        return 0
    state = torch.load(path, map_location="cpu", weights_only=True)
    network.load_state_dict(state["network"])
    average.load_state_dict(state["average"])
    steps.load_state_dict(state["steps"])
    return int(state["step"])


def _save(
    path: Path, network: LayoutPrior, average: LayoutPrior, steps: torch.optim.AdamW, step: int
) -> None:
    state = {
        "network": network.state_dict(),
        "average": average.state_dict(),
        "steps": steps.state_dict(),
        "step": step,
    }
    torch.save(state, path.with_suffix(".young"))
    os.replace(path.with_suffix(".young"), path)


def publish(network: LayoutPrior, corpus: PictureCorpus, options: TrainOptions, step: int) -> Path:
    """Write or replace the card folder."""
    folder = options.models / options.card
    folder.mkdir(parents=True, exist_ok=True)
    write_weights(network, folder)
    config = {
        "width": network.width,
        "told": network.told_width,
        "styles": list(STYLES),
        "numbers": list(PLAN_NUMBERS),
    }
    replaced(folder / "config.json", json.dumps(config, indent=2) + "\n")
    measured = prior_measures(network, corpus)
    _samples(network, corpus).save(folder / "samples.png", optimize=True)
    count = sum(each.numel() for each in network.parameters())
    seen = step * BATCH
    replaced(folder / "CARD.md", card_text(options, ABOUT, count, seen, measured))
    head = (
        f'name = "{options.card}"\nversion = "1"\nkind = "prior"\nfamily = "gan"\n'
        'roles = []\nlanguages = ["en", "zh"]\ncrafts = ["image"]\n'
        f'licence = "Apache-2.0"\nbase = ""\nparameters = {count}\n'
    )
    replaced(folder / "model.toml", head + manifest(folder, options, seen, measured))
    return folder


def _samples(network: LayoutPrior, corpus: PictureCorpus) -> Image.Image:
    """Held-out layouts above, layouts drawn for their plans below."""
    rows = LayoutSource(corpus, 5, held=True).drawn(24)
    noise = torch.randn(rows.layouts.shape, generator=torch.Generator().manual_seed(1))
    with torch.no_grad():
        made = drawn_layouts(network, rows.asked, noise)
    both = torch.cat([(rows.layouts + 1) / 2, made])
    colours = torch.einsum("nkhw,nkc->nchw", both, rows.palettes.repeat(2, 1, 1))
    return tiled(F.interpolate(colours, scale_factor=2, mode="nearest"), 12)
