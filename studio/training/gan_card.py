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
from safetensors.torch import save_file
from torch import Tensor

from studio.families.composition import NUMBERS, STYLES, Composition
from studio.families.layouts import CELLS
from studio.families.sketching import VOICES
from studio.training.gan_measures import painted
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

ABOUT = """A layout-conditioned projected GAN. It is told a layout (32 x 32 cells, each with shares
of eight slots), a style, density, movement, angularity and the description's vector, and chooses
for every pixel among the palette's eight colours, and how light the paint lies there.

Data: 234 paintings by Wassily Kandinsky, 1910-1930 (public domain; photographs from Wikimedia
Commons; framed and figurative ones left out) and drawings made by `studio/families/drawings` (CC0),
all reduced to eight tones and repainted in other palettes. Split by picture: 6 % held out.

Limits: abstract pictures only; it knows no objects and no text. It has learnt from one painter and
from rules, so "lyrical" leans on that painter's forms. The layout comes from a drawing by rules
that the layout prior repaints, more of it the wilder the picture."""


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
    save_file(family_voices(corpus), folder / VOICES)
    (folder / VOICES).chmod(0o644)
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


def family_voices(corpus: PictureCorpus) -> dict[str, Tensor]:
    """Mean vector of each family's captions, [TEXT]: how words choose among drawings."""
    voices = {}
    for row, choices in zip(corpus.rows, corpus.texts.choices, strict=True):
        own = corpus.texts.vectors[choices[: len(row.captions)]]
        if row.painting < 0 and own.any():
            voices[row.family] = torch.from_numpy(own.mean(0)).half()
    return voices


def sample_sheet(network: Composition, corpus: PictureCorpus, columns: int = 8) -> Image.Image:
    """Held-out layouts repainted, whole, 128 px a picture: first the painter's, then all styles."""
    wanted = [*[7] * 8, *[4] * 8, *range(len(STYLES)), 5, 9, 10, 3]
    places = np.nonzero(corpus.held)[0]
    held = [[each for each in places if corpus.styles[each] == k] for k in range(len(STYLES))]
    ids = [int(held[k][(turn * 3) % len(held[k])]) for turn, k in enumerate(wanted) if held[k]]
    batch = PictureBatches(corpus, 5, held=True).of(ids, CELLS)
    made, _ = painted(network, batch, 1)
    return tiled(F.avg_pool2d(made, 2), columns)
