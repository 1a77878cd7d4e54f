"""Fits what words do to a picture's plan, and measures how well plans are read.

    python -m studio.training.image_plans DATA          prints studio/crafts/image_effects.py
    python -m studio.training.image_plans DATA --palettes   prints studio/crafts/image_palettes.py
    python -m studio.training.image_plans DATA --test   prints held-out errors as JSON

Ridge regression of the plan numbers and of the style on the concepts found in the 320 written
descriptions of the training split (`image_plans_written.jsonl`, CC0).
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from studio.crafts.image_plan import NUMBERS, read_plan
from studio.crafts.image_reading import found_concepts
from studio.crafts.image_words import CONCEPTS
from studio.training.picture_corpus import PLANS

Floats = NDArray[np.float64]
Rows = Sequence[dict[str, Any]]
_RIDGE = 4.0
_LEAST_VOTE = 0.08


def written(data: Path, split: str) -> Rows:
    """The rows of a split ("train" or "test"); warmth on the scale 0..1."""
    lines = (data / PLANS).read_text("utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    return [row | {"warmth": (row["warmth"] + 1) / 2} for row in rows if row["split"] == split]


def fitted(rows: Rows) -> str:
    """The source of `studio/crafts/image_effects.py`."""
    names, styles = sorted(CONCEPTS), sorted({row["style"] for row in rows})
    there = np.array([[float(n in found_concepts(row["text"])) for n in names] for row in rows])
    numbers = np.array([[row[each] for each in NUMBERS] for row in rows])
    hot = np.array([[float(row["style"] == each) for each in styles] for row in rows])
    effects, votes = _ridge(there, numbers), _ridge(there, hot)
    means = ", ".join(f'"{n}": {m:.2f}' for n, m in zip(NUMBERS, numbers.mean(0), strict=True))
    lines = [
        '"""What each concept does to a plan: fitted by `studio.training.image_plans`."""',
        "",
        "from __future__ import annotations",
        "",
        "from collections.abc import Mapping",
        "from types import MappingProxyType",
        "",
        f"MEANS: Mapping[str, float] = MappingProxyType({{{means}}})",
        '"""The plan of a description that says nothing."""',
        "EFFECTS: Mapping[str, tuple[float, ...]] = MappingProxyType({",
        *(
            f'"{n}": ({", ".join(f"{v:.2f}" for v in row)}),'
            for n, row in zip(names, effects, strict=True)
        ),
        "})",
        f'"""Added to the plan: {", ".join(NUMBERS)}."""',
        "VOTES: Mapping[str, Mapping[str, float]] = MappingProxyType({",
        *(f'"{n}": {{{_votes(styles, row)}}},' for n, row in zip(names, votes, strict=True)),
        "})",
        '"""For and against styles; small votes are left out."""',
    ]
    return "\n".join(lines) + "\n"


def palettes(rows: Rows) -> str:
    """The source of `studio/crafts/image_palettes.py`."""
    kept = dict.fromkeys(tuple(row["palette"]) for row in rows if len(row["palette"]) >= 3)
    lines = [
        '"""Palettes written for this project (CC0): what the colours of a mood are drawn from."""',
        "",
        "from __future__ import annotations",
        "",
        'PALETTES: tuple[tuple[str, ...], ...] = tuple(tuple(line.split()) for line in """',
        *(" ".join(palette) for palette in kept),
        '""".strip().splitlines())',
    ]
    return "\n".join(lines) + "\n"


def _votes(styles: Sequence[str], row: Floats) -> str:
    kept = [(s, v) for s, v in zip(styles, row, strict=True) if abs(v) >= _LEAST_VOTE]
    return ", ".join(f'"{style}": {value:.2f}' for style, value in kept)


def _ridge(there: Floats, wanted: Floats) -> Floats:
    gram = there.T @ there + _RIDGE * np.eye(there.shape[1])
    return np.asarray(np.linalg.solve(gram, there.T @ (wanted - wanted.mean(0))))


def reading_errors(train: Rows, test: Rows) -> dict[str, float]:
    """Mean absolute errors on the test split; beside it the mean of the true mood (a baseline
    that is told the mood) and the mean of all; and how often the style is the written one."""
    truth = _numbers(test)
    plans = [read_plan(row["text"], seed=1) for row in test]
    read = np.array([[plan.numbers[each] for each in NUMBERS] for plan in plans])
    moods = {row["mood"] for row in train}
    means = {mood: _numbers([r for r in train if r["mood"] == mood]).mean(0) for mood in moods}
    guess = np.array([means[row["mood"]] for row in test])
    hits = [plan.style == row["style"] for plan, row in zip(plans, test, strict=True)]
    return {
        **{n: float(e) for n, e in zip(NUMBERS, np.abs(read - truth).mean(0), strict=True)},
        "all": float(np.abs(read - truth).mean()),
        "baseline_true_mood": float(np.abs(guess - truth).mean()),
        "baseline_mean": float(np.abs(_numbers(train).mean(0) - truth).mean()),
        "style_accuracy": float(np.mean(hits)),
    }


def _numbers(rows: Rows) -> Floats:
    return np.array([[row[each] for each in NUMBERS] for row in rows])


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    if "--test" in sys.argv:
        print(
            json.dumps(reading_errors(written(folder, "train"), written(folder, "test")), indent=2)
        )
    else:
        made = palettes if "--palettes" in sys.argv else fitted
        print(made(written(folder, "train")), end="")
