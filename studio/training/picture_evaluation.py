"""All held-out numbers of gan/abstract: `studio evaluate gan/abstract --json`, one thread.

Pictures go the whole way that a person's go, without a finish: words or plan, sketch, prior,
composition at 256 px; they are measured at 128 px.

- `kid_*`, `fid_*`, `precision_*`, `recall_*` of pictures made for the plans of held-out pictures,
  against these pictures: `paintings` (as they hang), `drawings`, `both`; `layouts_*`: the same of
  pictures made from their layouts; `real_*`: of as many training pictures; `fc_*`, `fastgan_*`: of
  the baselines (`gan_comparison`), which can not be asked for anything: for them `both` is fairest
- `beaten`: the share of the first twelve in which ours is better than both baselines
- `<number>_rank`, `palette_distance`, `palette_kept`: how these pictures obey their plans;
  `slider_*`: the same for 72 plans whose seven numbers are drawn apart from each other, as sliders
  allow: no picture has every mixture (much movement without edges), so ranks stay lower
- `style_right`: mean over styles of the share that a classifier taught on real pictures recognises;
  `style_right_real` is its share on held-out real pictures
- `match`: share of pictures matched to their written brief among 16 (chance 0.06), by what its
  writer meant; `match_plan`: by what the studio read from it; `match_reading`: the share that these
  readings themselves would get, so the most that a perfect generator could; `match_real`: the share
  of held-out real pictures matched to what is known of them
- `copy_*`: distance to the nearest training picture, forms only, relative to that of held-out real
  ones; `*_closest`: the same at the closest 5 %; the nearest pairs are shown in `nearest.png`
- `diversity`: mean distance of 16 pictures of one brief, relative to real ones of its style
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from studio.families.composition import STYLES, Composition
from studio.families.gan import PRIOR, Gan
from studio.families.layouts import CELLS
from studio.requests import Picture, Request
from studio.training.gan_measures import painted
from studio.training.picture_batches import PictureBatches
from studio.training.picture_briefs import Briefs, heldout_briefs, meant, understood, wanted_of
from studio.training.picture_card import tiled
from studio.training.picture_copying import copying
from studio.training.picture_corpus import PictureCorpus
from studio.training.picture_distances import distances
from studio.training.picture_obedience import Wanted, heldout_plans, obedience, random_plans
from studio.training.picture_reader import Axes, Known, PictureReader, known_pictures, matched
from studio.training.picture_references import Eye, places, references, shrunk, whole

Makes = Callable[[Sequence[Request]], Sequence[Picture]]
"""Requests to pictures, in order."""

BASELINES = "baselines.json"
_SLIDERS, _SEEDS, _TAUGHT, _OF_ONE = 72, 2, 1200, 16
_AT_ONCE = 16
_KINDS = (("paintings", True), ("drawings", False))
_ASKED_A_KIND = 90
_SMALL = ("kid", "fid")
"""Better when smaller; the other two when larger."""


@dataclass(frozen=True, slots=True)
class Material:
    """What every measure needs: the corpus, held-out real pictures, and who looks at them."""

    corpus: PictureCorpus
    real: Mapping[str, Tensor]
    """`paintings` and `drawings` [n, 3, 128, 128]."""
    eye: Eye

    @classmethod
    def of(cls, corpus: PictureCorpus, data: Path) -> Material:
        """With an eye whose scale is set by the references."""
        real = references(corpus, data)
        return cls(corpus, real, Eye.opened(real["both"]))

    def apart(self, sets: Mapping[str, Tensor]) -> dict[str, float]:
        """`<measure>_<set>` of made sets named as those of `real`; `both` is put together here."""
        seen = {name: self.eye.seen(pictures) for name, pictures in sets.items()}
        seen.setdefault("both", torch.cat(list(seen.values())))
        return {
            f"{measure}_{name}": value
            for name, made in seen.items()
            for measure, value in distances(made, self.eye.seen(self.real[name])).items()
        }


def evaluate_card(card: Path, data: Path, corpus: PictureCorpus) -> dict[str, float]:
    """All numbers of a card folder; writes `nearest.png` into it."""
    torch.set_num_threads(1)
    models = card.parent.parent
    family = Gan(card, models / PRIOR, "cpu", torch.float32)
    material = Material.of(corpus, data)
    briefs = heldout_briefs(data)

    def makes(requests: Sequence[Request]) -> Sequence[Picture]:
        return through(family, requests)

    plans = {name: heldout_plans(corpus, _asked_ids(corpus, kind)) for name, kind in _KINDS}
    sets = {name: made_of(wanted, makes) for name, wanted in plans.items()}
    wanted, made = [each for name in plans for each in plans[name]], torch.cat(list(sets.values()))
    sliders = random_plans(_SLIDERS, 7)
    told = wanted_of(briefs, models, _SEEDS)
    spoken = made_of(told, makes)
    numbers = likeness(material, sets, Composition.load(card), card / BASELINES)
    numbers |= obedience(wanted, made)
    moved = obedience(sliders, made_of(sliders, makes))
    numbers |= {f"slider_{name}": value for name, value in moved.items() if "_rank" in name}
    numbers |= understanding(material, (wanted, made), briefs, (told, spoken))
    copied = copying(material.eye, corpus, torch.cat([made, spoken]))
    tiled(copied.pairs, 6).quantize(128).save(card / "nearest.png", optimize=True)
    return {**numbers, **copied.numbers, **diversity(material, told[0], makes)}


def through(family: Gan, requests: Sequence[Request]) -> list[Picture]:
    """The pictures of requests, one batch."""
    slots = [family.admit(request) for request in requests]
    chunks = [stepped.chunk for stepped in family.step(slots)]
    for slot in slots:
        family.release(slot)
    return [chunk.picture for chunk in chunks if chunk is not None and chunk.picture is not None]


def made_of(wanted: Sequence[Wanted], makes: Makes) -> Tensor:
    """[n, 3, 128, 128] in -1..1."""
    pictures: list[Picture] = []
    for start in _starts(wanted):
        pictures += makes([each.request() for each in wanted[start : start + _AT_ONCE]])
    return torch.cat([_tensor(each) for each in pictures])


def _tensor(picture: Picture) -> Tensor:
    flat = np.frombuffer(picture.rgb, np.uint8).reshape(1, picture.height, picture.width, 3)
    return shrunk(torch.from_numpy(flat.copy()).permute(0, 3, 1, 2).float() / 127.5 - 1)


def likeness(
    material: Material, made: Mapping[str, Tensor], network: Composition, baselines: Path
) -> dict[str, float]:
    """The distances of `made`, of layouts repainted, of training pictures, and of the baselines."""
    corpus, told = material.corpus, _baselines(baselines)
    ours = material.apart(made)
    repainted = {
        name: _repainted(corpus, network, _asked_ids(corpus, painted_)) for name, painted_ in _KINDS
    }
    usual = {name: _usual(corpus, painted_) for name, painted_ in _KINDS}
    numbers = dict(ours)
    for name, sets in (("layouts", repainted), ("real", usual)):
        numbers |= {f"{name}_{key}": value for key, value in material.apart(sets).items()}
    if told:
        numbers["beaten"] = beaten(ours, told)
    return numbers | told


def _asked_ids(corpus: PictureCorpus, painted_: bool) -> list[int]:
    """90 held-out pictures: the few paintings twice, as many different drawings."""
    held = places(corpus, held=True, painted=painted_)
    turns = -(-_ASKED_A_KIND // len(held))
    order = np.random.default_rng(81).permutation(len(held) * turns)[:_ASKED_A_KIND]
    return [held[int(each) % len(held)] for each in order]


def beaten(ours: Mapping[str, float], told: Mapping[str, float]) -> float:
    """Share of our numbers that are better than every baseline's (`<baseline>_<number>`)."""
    won = []
    for name, value in ours.items():
        rivals = [rival for key, rival in told.items() if key.endswith(f"_{name}")]
        small = name.startswith(_SMALL)
        won.append(all(value < rival if small else value > rival for rival in rivals))
    return float(np.mean(won))


def _baselines(path: Path) -> dict[str, float]:
    if not path.exists():
        return {}
    listed = json.loads(path.read_text("utf-8"))
    return {
        f"{name}_{key}": float(value)
        for name, told in listed.items()
        for key, value in told["measured"].items()
    }


def _repainted(corpus: PictureCorpus, network: Composition, ids: Sequence[int]) -> Tensor:
    batches = PictureBatches(corpus, 51)
    chunks = [batches.of(ids[start : start + _AT_ONCE], CELLS) for start in _starts(ids)]
    with torch.inference_mode():
        made = [shrunk(painted(network, batch, 3)[0]) for batch in chunks]
    return torch.cat(made).clone()


def _usual(corpus: PictureCorpus, painted_: bool) -> Tensor:
    """Training pictures as the generators are shown them: as good as a generator can get."""
    free = places(corpus, held=False, painted=painted_)
    order = np.random.default_rng(52).permutation(len(free))[:_ASKED_A_KIND]
    return whole(corpus, [free[int(each)] for each in order], 53)


def _starts(rows: Sequence[object]) -> range:
    return range(0, len(rows), _AT_ONCE)


def understanding(
    material: Material,
    planned: tuple[Sequence[Wanted], Tensor],
    briefs: Briefs,
    spoken: tuple[Sequence[Wanted], Tensor],
) -> dict[str, float]:
    """`style_right_*` and `match_*`, by a reader that learnt from real pictures alone.

    `planned` and `spoken`: what was asked, and the pictures; each brief is spoken _SEEDS times."""
    axes = Axes.of(material.corpus.texts.vectors)
    taught, held = _known(material.corpus, axes)
    reader = PictureReader.fitted(material.eye, taught, held)
    real = reader.read(held.pictures)
    asked = np.array([STYLES.index(each.plan.style) for each in planned[0]])
    told, heard = meant(briefs, axes), understood(spoken[0][::_SEEDS], axes)
    turns = [reader.read(spoken[1][turn::_SEEDS]) for turn in range(_SEEDS)]
    return {
        "style_right": _balanced(reader.styles(reader.read(planned[1])), asked),
        "style_right_real": _balanced(reader.styles(real), held.styles),
        "match": float(np.mean([matched(reader.off(turn, told)) for turn in turns])),
        "match_plan": float(np.mean([matched(reader.off(turn, heard)) for turn in turns])),
        "match_reading": matched(reader.off(heard, told)),
        "match_real": matched(reader.off(real, held.told)),
    }


def _balanced(read: NDArray[np.int64], true: NDArray[np.int64]) -> float:
    """Mean over the styles of the share that is read rightly: painters' styles are many."""
    return float(np.mean([(read[true == style] == style).mean() for style in np.unique(true)]))


def _known(corpus: PictureCorpus, axes: Axes) -> tuple[Known, Known]:
    """Training pictures that teach the reader, every style as often, and all held-out ones."""
    order = np.random.default_rng(61)
    free = np.nonzero(~corpus.held)[0]
    each = _TAUGHT // len(STYLES)
    ids: list[int] = []
    for style in range(len(STYLES)):
        mine = free[corpus.styles[free] == style]
        ids += order.permutation(mine)[:each].tolist()
    held = [place for painted_ in (True, False) for place in _held(corpus, painted_)]
    return known_pictures(corpus, axes, ids, 62), known_pictures(corpus, axes, held, 63)


def _held(corpus: PictureCorpus, painted_: bool) -> list[int]:
    return places(corpus, held=True, painted=painted_)


def diversity(material: Material, one: Wanted, makes: Makes) -> dict[str, float]:
    """16 seeds of one wish against training pictures of its style, in its colours each."""
    again = [Wanted(one.plan, one.text, 9000 + turn) for turn in range(_OF_ONE)]
    corpus = material.corpus
    same = np.nonzero(~corpus.held & (corpus.styles == STYLES.index(one.plan.style)))[0]
    chosen = np.random.default_rng(71).permutation(same)[: 2 * _OF_ONE].tolist()
    real = PictureBatches(corpus, 72).of(chosen, CELLS)
    usual = torch.pdist(material.eye.forms(shrunk(real.pictures))).mean()
    mine = torch.pdist(material.eye.forms(made_of(again, makes))).mean()
    return {"diversity": float(mine / usual)}
