"""How near made pictures come to training pictures, in forms: colours and lightness left out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from studio.training.picture_corpus import EDGE as STORED_EDGE
from studio.training.picture_corpus import LEVELS, PictureCorpus
from studio.training.picture_distances import nearest
from studio.training.picture_references import EDGE, Eye, places

_DRAWINGS = 600
"""Training drawings that are compared with; of the paintings all are."""
_CLOSEST = 0.05
_PAIRS = 6


@dataclass(frozen=True, slots=True)
class Copying:
    """`numbers` as `picture_evaluation` names them; `pairs` [12, 3, 128, 128]: the nearest made
    pictures, each followed by its training neighbour."""

    numbers: Mapping[str, float]
    pairs: Tensor


def tones_of(corpus: PictureCorpus, ids: Sequence[int]) -> Tensor:
    """[n, 3, 128, 128] grey pictures of the corpus, as stored."""
    step = STORED_EDGE // EDGE
    stored = torch.from_numpy(np.stack([corpus.tones[each] for each in ids]))
    grey = F.avg_pool2d(stored[:, None].float(), step) / (LEVELS * 3.5) - 1
    return grey.expand(-1, 3, -1, -1)


def copying(eye: Eye, corpus: PictureCorpus, made: Tensor) -> Copying:
    """Of pictures [n, 3, 128, 128]; they are also compared mirrored."""
    numbers: dict[str, float] = {}
    closest: list[tuple[float, Tensor]] = []
    looks = [eye.forms(made), eye.forms(made.flip(3))]
    for kind, painted in (("paintings", True), ("drawings", False)):
        known = places(corpus, held=False, painted=painted)
        known = known if painted else _some(known)
        forms = _forms(eye, corpus, known)
        held = tones_of(corpus, places(corpus, held=True, painted=painted))
        usual = _both([nearest(eye.forms(each), forms) for each in (held, held.flip(3))])[0]
        apart, place = _both([nearest(each, forms) for each in looks])
        numbers[f"copy_{kind}"] = float(apart.median() / usual.median())
        numbers[f"copy_{kind}_closest"] = float(apart.quantile(_CLOSEST) / usual.quantile(_CLOSEST))
        for row in apart.argsort()[:_PAIRS].tolist():
            twin = tones_of(corpus, [known[int(place[row])]])[0]
            closest.append((float(apart[row] / usual.median()), torch.stack([made[row], twin])))
    closest.sort(key=lambda pair: pair[0])
    return Copying(numbers, torch.cat([pair for _, pair in closest[:_PAIRS]]))


def _some(ids: Sequence[int]) -> list[int]:
    """A fixed sample."""
    return [ids[int(each)] for each in np.random.default_rng(9).permutation(len(ids))[:_DRAWINGS]]


def _forms(eye: Eye, corpus: PictureCorpus, ids: Sequence[int]) -> Tensor:
    chunks = [ids[start : start + 48] for start in range(0, len(ids), 48)]
    return torch.cat([eye.forms(tones_of(corpus, chunk)) for chunk in chunks])


def _both(looks: Sequence[tuple[Tensor, Tensor]]) -> tuple[Tensor, Tensor]:
    """The nearer of a picture and its mirror image."""
    (near, place), (other, other_place) = looks
    return torch.minimum(near, other), torch.where(near <= other, place, other_place)
