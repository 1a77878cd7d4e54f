"""Writes a trained generator as a finished card folder, with a small sample sheet.

model.toml comes last, with the hash of each file: a reader that finds it finds the rest whole.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from PIL import Image

from studio.families.composition import NUMBERS, STYLES, Composition, mixed, noise_shapes
from studio.training.options import TrainOptions
from studio.training.picture_batches import PictureBatches
from studio.training.picture_card import (
    VERSION,
    card_text,
    manifest,
    tiled,
    write_weights,
)
from studio.training.picture_corpus import PictureCorpus
from studio.training.provenance import replaced

ABOUT = """A layout-conditioned projected GAN. It is told an n x n colour layout, eight palette
colours, a style and three plan numbers (density, movement, angularity), and chooses for every
pixel among the eight colours.

Data: 299 paintings by Wassily Kandinsky, 1910-1930 (public domain; photographs from Wikimedia
Commons), 1,726 older procedural pictures (CC0) and drawings made by `studio/families/sketches.py`
(CC0), all reduced to eight colours and repainted in other palettes. Split by picture: 6 % held out.

Limits: abstract pictures only; it knows no objects and no text. Young: forms are round and soft
where straight edges and corners are asked ("geometric", "grid"), thin lines break, rings close
badly. It has learnt from one painter and from rules, so "lyrical" leans on that painter's forms.
A picture with styles other than lyrical begins from a drawing by rules (`families/sketches.py`)
that the layout prior repaints."""


def publish(
    network: Composition,
    corpus: PictureCorpus,
    options: TrainOptions,
    pictures_seen: int,
    measured: Mapping[str, float],
) -> Path:
    """Write or replace `options.models / options.card`; returns the folder."""
    folder = options.models / options.card
    folder.mkdir(parents=True, exist_ok=True)
    write_weights(network, folder)
    config = {
        "widths": list(network.widths),
        "style": network.style,
        "styles": list(STYLES),
        "numbers": list(NUMBERS),
    }
    replaced(folder / "config.json", json.dumps(config, indent=2) + "\n")
    sample_sheet(network, corpus).quantize(192).save(folder / "samples.png", optimize=True)
    count = sum(each.numel() for each in network.parameters())
    replaced(folder / "CARD.md", card_text(options, ABOUT, count, pictures_seen, measured))
    head = (
        f'name = "{options.card}"\nversion = "{VERSION}"\nkind = "gan"\nfamily = "gan"\n'
        'roles = ["picture"]\nlanguages = ["en", "zh"]\ncrafts = ["image"]\n'
        f'licence = "Apache-2.0"\nbase = ""\nparameters = {count}\nprior = "prior/layout"\n'
    )
    replaced(folder / "model.toml", head + manifest(folder, options, pictures_seen, measured))
    return folder


def sample_sheet(network: Composition, corpus: PictureCorpus, columns: int = 8) -> Image.Image:
    """Held-out layouts repainted: each style once or more, from 8 x 8 cells, 128 px a picture."""
    wanted = [*[7] * 8, *[4] * 8, *range(len(STYLES)), 5, 9, 10, 3]
    held = [np.nonzero(corpus.held & (corpus.styles == style))[0] for style in range(len(STYLES))]
    ids = [int(held[style][(turn * 3) % len(held[style])]) for turn, style in enumerate(wanted)]
    batch = PictureBatches(corpus, 5, held=True).of(ids, whole=1.0)
    rows, _, height, width = batch.layouts.shape
    chance = torch.Generator().manual_seed(1)
    noise = [torch.randn(rows, *each, generator=chance) for each in noise_shapes(height, width)]
    with torch.no_grad():
        logits = network(batch.layouts, batch.palettes, batch.plans, noise)
    large = F.interpolate(logits, scale_factor=2, mode="bicubic")
    return tiled(mixed(large, batch.palettes, 1.5), columns)
