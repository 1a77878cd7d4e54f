"""The real pictures that made ones are measured against, whole and 128 px, and how they are seen.

Held-out paintings are shown in their true colours, as they hang; held-out drawings in palettes of
the pool, as the generators are shown them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from PIL import Image
from torch import Tensor

from studio.families.layouts import CELLS
from studio.training.gan_measures import pooled_features
from studio.training.paintings import PAINTINGS, parts
from studio.training.picture_batches import PictureBatches
from studio.training.picture_corpus import PictureCorpus, held_out
from studio.training.projected import Features

EDGE = 128


@dataclass(frozen=True, slots=True)
class Eye:
    """The frozen classifier at 128 px, its scale set once: all sets are seen alike."""

    features: Features

    @classmethod
    def opened(cls, usual: Tensor) -> Eye:
        """`usual` [n, 3, 128, 128]: real pictures that set the scale of its features."""
        features = Features(EDGE)
        features.calibrate(usual)
        return cls(features)

    @torch.inference_mode()
    def seen(self, pictures: Tensor) -> Tensor:
        """[n, 432] of pictures [n, 3, 128, 128] in -1..1."""
        return pooled_features(self.features, pictures).clone()

    def forms(self, pictures: Tensor) -> Tensor:
        """`seen` without colour: every picture as the ranks of its lightness, in grey."""
        return self.seen(ranked(pictures))


def ranked(pictures: Tensor) -> Tensor:
    """Pictures [n, 3, h, w] -> grey ones whose lightness is spread evenly over -1..1.

    Repainting and lightening a picture leave this as it is: what is copied is a form."""
    weights = torch.tensor([0.299, 0.587, 0.114]).view(1, 3, 1, 1)
    light = (pictures * weights).sum(1)
    # Small differences are the paint's grain; they must not become forms on an empty ground.
    steps = (light * 12).round().flatten(1)
    places = torch.stack([_share_below(row) for row in steps])
    return (2 * places - 1).reshape(len(pictures), 1, *light.shape[1:]).expand(-1, 3, -1, -1)


def _share_below(row: Tensor) -> Tensor:
    levels, place, counts = torch.unique(row, return_inverse=True, return_counts=True)
    ends = counts.cumsum(0).to(row)
    return ((ends - counts.to(row) / 2) / len(row))[place] if len(levels) > 1 else row * 0 + 0.5


def painted_parts(archive: Path) -> Tensor:
    """[n, 3, 128, 128] of the held-out paintings' parts, in their true colours."""
    chosen = [part.image for part in parts(archive) if held_out(part.file)]
    small = [np.asarray(image.resize((EDGE, EDGE), Image.Resampling.BOX)) for image in chosen]
    return torch.from_numpy(np.stack(small)).permute(0, 3, 1, 2).float() / 127.5 - 1


def whole(corpus: PictureCorpus, ids: Sequence[int], seed: int) -> Tensor:
    """[n, 3, 128, 128] pictures of the corpus, in palettes that the seed draws."""
    batches = PictureBatches(corpus, seed)
    chunks = [ids[start : start + 16] for start in range(0, len(ids), 16)]
    return torch.cat([shrunk(batches.of(chunk, CELLS).pictures) for chunk in chunks])


def shrunk(pictures: Tensor) -> Tensor:
    """Any square pictures in 128 px: area averages, or enlarged smoothly."""
    if pictures.shape[-1] < EDGE:
        return F.interpolate(pictures, size=(EDGE, EDGE), mode="bilinear").clamp(-1, 1)
    return F.interpolate(pictures, size=(EDGE, EDGE), mode="area")


def places(corpus: PictureCorpus, *, held: bool, painted: bool) -> list[int]:
    """Pictures of the corpus: held out or not, painted or drawn by rules."""
    rows = enumerate(corpus.rows)
    return [k for k, row in rows if row.held == held and (row.painting >= 0) == painted]


def references(corpus: PictureCorpus, data: Path) -> dict[str, Tensor]:
    """Held out, each [n, 3, 128, 128]: all `paintings`, all `drawings`, and `both` together."""
    paintings = painted_parts(data / PAINTINGS)
    drawings = whole(corpus, places(corpus, held=True, painted=False), 41)
    return {
        "paintings": paintings,
        "drawings": drawings,
        "both": torch.cat([paintings, drawings]),
    }
