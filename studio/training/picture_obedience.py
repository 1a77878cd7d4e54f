"""Asked against measured: random plans, their rank correlations, colours and palettes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from torch import Tensor

from studio.crafts.image_measure import colour_numbers, measured, to_lab
from studio.crafts.image_plan import NUMBERS, STYLES, ImagePlan, read_plan
from studio.crafts.palette import hex_to_rgb, rgb_to_hex, spread_over
from studio.families.composition import NUMBERS as FORMS
from studio.families.layouts import CELLS
from studio.render.oklab import oklab
from studio.requests import Request
from studio.training.picture_batches import PictureBatches
from studio.training.picture_corpus import PictureCorpus

Bytes = NDArray[np.uint8]

NEAR_OKLAB = 0.08
_DOMINANT_SHARE = 0.08
"""Share of a picture's surface from which on a colour counts as dominant."""
_LOW, _HIGH = 0.08, 0.92
_COMPOSED_EDGE = 256
_AT_ONCE = 16


@dataclass(frozen=True, slots=True)
class Wanted:
    """A plan, the words it came with ("" for none) and the seed."""

    plan: ImagePlan
    text: str
    seed: int

    def request(self, card: str = "gan/abstract") -> Request:
        """What the studio would ask the generator, as the image tab does."""
        plan = self.plan
        condition = {"style": plan.style, "palette": list(plan.palette), **plan.numbers}
        condition["edge"] = _COMPOSED_EDGE
        return Request(card=card, prompt=self.text, seed=self.seed, condition=condition)


def random_plans(count: int, seed: int) -> list[Wanted]:
    """Plans whose style and seven numbers are drawn evenly and apart from each other.

    As when a person moves the sliders: the palette is the one the studio then proposes."""
    chance = np.random.default_rng(seed)
    wanted = []
    for number in range(count):
        asked = dict(zip(NUMBERS, chance.uniform(_LOW, _HIGH, len(NUMBERS)), strict=True))
        style = STYLES[number % len(STYLES)]
        plan = read_plan("", number, style=style, chosen=asked)
        wanted.append(Wanted(plan, "", 1000 + number))
    return wanted


def heldout_plans(corpus: PictureCorpus, ids: Sequence[int]) -> list[Wanted]:
    """The plans that these pictures of the corpus would have had: their style, what they measure,
    eight colours. No words: captions name a family of drawings, people do not."""
    batches = PictureBatches(corpus, 82)
    chunks = [ids[start : start + _AT_ONCE] for start in range(0, len(ids), _AT_ONCE)]
    plans = [plan for chunk in chunks for plan in _plans_of(batches, chunk)]
    return [Wanted(plan, "", 3000 + place) for place, plan in enumerate(plans)]


def _plans_of(batches: PictureBatches, ids: Sequence[int]) -> Iterator[ImagePlan]:
    batch = batches.of(ids, CELLS)
    labs = to_lab((batch.palettes.double().numpy() + 1) / 2)
    colours = colour_numbers(batch.layouts.mean((2, 3)).double().numpy(), labs)
    for place, number in enumerate(ids):
        row = batches.corpus.rows[number]
        told = dict(zip(FORMS, row.numbers, strict=True))
        told |= {name: float(value[place]) for name, value in colours.items()}
        rgb = ((batch.palettes[place] + 1) * 127.5).tolist()
        yield ImagePlan(row.style, tuple(rgb_to_hex(each) for each in rgb), told)


def pixels(pictures: Tensor) -> Bytes:
    """[n, h, w, 3] bytes of pictures [n, 3, h, w] in -1..1."""
    bytes_ = ((pictures + 1) * 127.5).clamp(0, 255).round().byte()
    return np.asarray(bytes_.permute(0, 2, 3, 1).contiguous().numpy())


def obedience(wanted: Sequence[Wanted], pictures: Tensor) -> dict[str, float]:
    """`<number>_rank` for all seven, `palette_distance`, `palette_kept`; pictures [n, 3, h, w]."""
    shown = pixels(pictures)
    found = [measured(each) for each in shown]
    ranks = {
        f"{name}_rank": spearman(
            np.array([each.plan.numbers[name] for each in wanted]),
            np.array([each[name] for each in found]),
        )
        for name in NUMBERS
    }
    far = [
        palette_distance(picture, each.plan.palette)
        for picture, each in zip(shown, wanted, strict=True)
    ]
    return ranks | {
        "palette_distance": float(np.mean([mean for mean, _ in far])),
        "palette_kept": float(np.mean([worst <= NEAR_OKLAB for _, worst in far])),
    }


def spearman(asked: NDArray[np.float64], got: NDArray[np.float64]) -> float:
    """Rank correlation, ties at their mean rank; 0 where one side never changes."""
    if np.ptp(asked) == 0 or np.ptp(got) == 0:
        return 0.0
    return float(np.corrcoef(_ranks(asked), _ranks(got))[0, 1])


def _ranks(values: NDArray[np.float64]) -> NDArray[np.float64]:
    _, place, counts = np.unique(values, return_inverse=True, return_counts=True)
    ends = np.cumsum(counts)
    return np.asarray((ends - (counts - 1) / 2)[place], np.float64)


def palette_distance(picture: Bytes, palette: Sequence[str]) -> tuple[float, float]:
    """How far the dominant colours of [h, w, 3] lie from the palette with its own tints (OKLab):
    their mean by area, and the farthest."""
    colours, shares = dominant(picture)
    known = oklab(np.array([hex_to_rgb(each) for each in spread_over(palette)]) / 255)
    far = np.linalg.norm(oklab(colours / 255)[:, None] - known, axis=-1).min(1)
    return float((far * shares).sum() / shares.sum()), float(far.max())


def dominant(picture: Bytes) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Colours [k, 3] in 0..255 that cover much of a picture, and their shares [k]."""
    few = Image.fromarray(picture).quantize(8, Image.Quantize.MEDIANCUT, kmeans=4)
    listed = few.getcolors() or []
    table = np.array(few.getpalette() or [], np.float64).reshape(-1, 3)
    shares = np.array([count for count, _ in listed]) / (picture.shape[0] * picture.shape[1])
    colours = table[[int(str(place)) for _, place in listed]]
    large = shares >= min(_DOMINANT_SHARE, shares.max())
    return colours[large], shares[large]
