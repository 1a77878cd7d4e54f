"""Mood in, mood out: whether what came out feels as it was asked, and whether labels differ."""

from __future__ import annotations

import json
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.stats import spearmanr

from studio.crafts.melody_plan import AROUSALS, VALENCES, plan_of
from studio.families.causal_lm import CausalLm
from studio.music.features import features
from studio.music.key import SCALES
from studio.music.plan import DENSITIES, MOODS, density_name
from studio.music.similarity import makeup
from studio.music.traits import measure
from studio.music.tune import Tune
from studio.training.melody_made import made
from studio.training.melody_plans import WRITTEN

LABELS = ("HAPPY", "SAD", "ANGRY")
BARS = 8
TEMPI = (56, 76, 96, 120, 152)
FOLDS = 5
RIDGE = 0.1
"""Part of the identity in the covariance: few takes, many features."""
Table = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Feeling:
    """A filled form and the feeling that it asks for, -1 to 1."""

    form: Mapping[str, object]
    valence: float
    arousal: float


def written_feelings(data: Path, count: int) -> list[Feeling]:
    """Written plans as forms, held-out ones first. Empty when the file is not there."""
    path = data / WRITTEN
    if not path.exists():
        return []
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    random.Random(7).shuffle(rows)
    rows.sort(key=lambda row: row["split"] != "test")
    return [_written(row, 100 * number) for number, row in enumerate(rows[:count], 1)]


def crossed_feelings(count: int) -> list[Feeling]:
    """Moods, modes, tempi and densities crossed as they come: a sad reel, an angry lullaby. What
    is asked is the mood drawn towards what mode and tempo can say (`MelodyPlan.feeling`)."""
    every = list(product(MOODS, SCALES, TEMPI, DENSITIES))
    found = []
    for number, asked in enumerate(random.Random(11).sample(every, count), 1):
        form = dict(zip(("mood", "mode", "tempo", "density"), asked, strict=True))
        form |= {"text": str(form["mood"]), "bars": BARS, "n": 1, "seed": 100 * number}
        found.append(Feeling(form, *plan_of(form).feeling))
    return found


def agreement(family: CausalLm, asked: Sequence[Feeling]) -> dict[str, float]:
    """Spearman's rank correlation of asked and measured `valence` and `arousal`."""
    takes = made(family, [each.form for each in asked])
    return {
        name: float(
            spearmanr(
                [getattr(each, name) for each in asked],
                [getattr(features(take.tune), name) for take in takes],
            ).statistic
        )
        for name in ("valence", "arousal")
    }


def labels_apart(family: CausalLm, takes: int, at_once: int = 4) -> dict[str, float]:
    """How often a classifier that hears tunes of LABELS tells which they are, each tune unseen:
    `labels_heard`, and `labels_read` without the tempo."""
    forms = [
        {"text": label, "bars": BARS, "n": at_once, "seed": 1000 + 50 * turn}
        for label in LABELS
        for turn in range(-(-takes // at_once))
    ]
    found = made(family, forms)
    truth = np.array([LABELS.index(str(each.asked["text"])) for each in found])
    heard = np.array([heard_of(each.tune) for each in found])
    return {
        "labels_heard": told_apart(heard, truth),
        "labels_read": told_apart(heard[:, 1:], truth),
    }


def heard_of(tune: Tune) -> tuple[float, ...]:
    """What a listener hears of a tune, its speed first; nothing of its plan."""
    found, made_up, traits = features(tune), makeup(tune), measure(tune)
    shares = made_up.pitch_classes
    third = shares.get(4, 0.0) - shares.get(3, 0.0)
    darks = shares.get(8, 0.0) + shares.get(10, 0.0) + shares.get(1, 0.0)
    return (
        float(np.log2(found.notes_per_s)),
        third,
        darks,
        found.middle,
        float(made_up.span),
        made_up.notes_a_bar,
        traits.motion,
        traits.dotted,
        traits.equal,
        made_up.moves.get("leap", 0.0),
        made_up.moves.get("repeat", 0.0),
    )


def told_apart(rows: Table, truth: NDArray[np.int64]) -> float:
    """Share of rows that linear discriminant analysis (Fisher 1936) names rightly, learnt from
    the other folds."""
    order = np.random.default_rng(5).permutation(len(rows))
    right = 0
    for fold in range(FOLDS):
        held = order[fold::FOLDS]
        rest = np.setdiff1d(order, held)
        right += int((_named(rows[rest], truth[rest], rows[held]) == truth[held]).sum())
    return right / len(rows)


def _named(taught: Table, truth: NDArray[np.int64], asked: Table) -> NDArray[np.int64]:
    """The class whose mean is nearest under the common covariance."""
    centre, width = taught.mean(0), taught.std(0) + 1e-9
    known, given = (taught - centre) / width, (asked - centre) / width
    names = np.unique(truth)
    means = np.stack([known[truth == name].mean(0) for name in names])
    inside = known - means[np.searchsorted(names, truth)]
    spread = inside.T @ inside / len(known) + RIDGE * np.eye(known.shape[1])
    apart = given[:, None] - means[None]
    distances = np.einsum("rcf,fg,rcg->rc", apart, np.linalg.inv(spread), apart)
    named: NDArray[np.int64] = names[distances.argmin(1)]
    return named


def _written(row: Mapping[str, object], seed: int) -> Feeling:
    names = ("text", "lang", "mood", "mode", "meter", "register", "style")
    valence, arousal = (float(str(row[name])) for name in ("valence", "arousal"))
    form = {name: row[name] for name in names}
    form |= {
        "tempo": row["tempo_bpm"],
        "density": density_name(float(str(row["density"]))),
        "valence": min(VALENCES, key=lambda name: abs(VALENCES[name] - valence)),
        "arousal": min(AROUSALS, key=lambda name: abs(AROUSALS[name] - arousal)),
        "bars": BARS,
        "n": 1,
        "seed": seed,
    }
    return Feeling(form, valence, arousal)
