"""Fits what words do to a picture's plan, and measures how well plans are read.

    python -m studio.training.image_plans DATA          prints studio/crafts/image_effects.py
    python -m studio.training.image_plans DATA --palettes   prints studio/crafts/image_palettes.py
    python -m studio.training.image_plans DATA --test   prints held-out errors as JSON

Ridge regression of the plan numbers, the style and the mood on the concepts found in the 320
written descriptions of the training split (`image_plans_written.jsonl`, CC0), and of the style on
the phrases of `plan_reader_phrases` too. The reader card (`plan_reader`) does better where the text
encoder is there; this is what the studio knows without.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from studio.crafts.guesses import Guesses
from studio.crafts.image_colouring import palette_distance
from studio.crafts.image_plan import MOODS, NUMBERS, STYLES, mood_ranking, read_plan, style_ranking
from studio.crafts.image_reading import found_words
from studio.crafts.image_words import CONCEPTS
from studio.training.plan_reader_fit import concept_table
from studio.training.plan_reader_phrases import style_phrases

Floats = NDArray[np.floating[Any]]
Rows = Sequence[dict[str, Any]]
PLANS = "image_plans_written.jsonl"
_RIDGE = 4.0
_LEAST_VOTE = 0.06
_SEEDS = (1, 2, 3, 4)
_NAMES = tuple(sorted(CONCEPTS))
Labelled = Sequence[tuple[str, str]]
"""(text, label)."""


def written(data: Path, split: str) -> Rows:
    """The rows of a split ("train" or "test"); warmth on the scale 0..1."""
    lines = (data / PLANS).read_text("utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    return [row | {"warmth": (row["warmth"] + 1) / 2} for row in rows if row["split"] == split]


def fitted(rows: Rows, more: Mapping[str, Labelled]) -> str:
    """The source of `studio/crafts/image_effects.py`; `more`: further texts of a style or mood."""
    texts = [row["text"] for row in rows]
    taught = [text for each in more.values() for text, _ in each]
    there = concept_table([found_words(text) for text in (*texts, *taught)], _NAMES)
    sizes = np.cumsum([len(texts), *(len(each) for each in more.values())])[:-1]
    own, *others = np.split(there, sizes)
    numbers = np.array([[row[each] for each in NUMBERS] for row in rows])
    votes = {
        field: _votes_of(own, [row[field] for row in rows], table, labels)
        for (field, table), labels in zip(
            _beside(more, others).items(), (STYLES, MOODS), strict=True
        )
    }
    return _source(numbers.mean(0), _ridge(own, numbers), votes["style"], votes["mood"])


def _beside(
    more: Mapping[str, Labelled], tables: Sequence[Floats]
) -> dict[str, tuple[Floats, list[str]]]:
    known = {f: (t, [b for _, b in more[f]]) for f, t in zip(more, tables, strict=True)}
    nothing = (np.zeros((0, len(_NAMES))), list[str]())
    return {field: known.get(field, nothing) for field in ("style", "mood")}


def _votes_of(
    own: Floats, said: list[str], other: tuple[Floats, list[str]], labels: Sequence[str]
) -> list[str]:
    there, names = np.vstack([own, other[0]]), [*said, *other[1]]
    hot = np.array([[float(name == each) for each in labels] for name in names])
    return [
        f'"{name}": {{{_votes(labels, row)}}},'
        for name, row in zip(_NAMES, _ridge(there, hot), strict=True)
    ]


def _source(means: Floats, effects: Floats, styles: list[str], moods: list[str]) -> str:
    said = ", ".join(f'"{n}": {m:.2f}' for n, m in zip(NUMBERS, means, strict=True))
    lines = [
        '"""What each concept does to a plan: fitted by `studio.training.image_plans`."""',
        "",
        "from __future__ import annotations",
        "",
        "from collections.abc import Mapping",
        "from types import MappingProxyType",
        "",
        f"MEANS: Mapping[str, float] = MappingProxyType({{{said}}})",
        '"""The plan of a description that says nothing."""',
        "EFFECTS: Mapping[str, tuple[float, ...]] = MappingProxyType({",
        *(
            f'"{n}": ({", ".join(f"{v:.2f}" for v in row)}),'
            for n, row in zip(_NAMES, effects, strict=True)
        ),
        "})",
        f'"""Added to the plan: {", ".join(NUMBERS)}."""',
        *("VOTES: Mapping[str, Mapping[str, float]] = MappingProxyType({", *styles, "})"),
        '"""For and against styles; small votes are left out."""',
        *("MOOD_VOTES: Mapping[str, Mapping[str, float]] = MappingProxyType({", *moods, "})"),
        '"""For and against moods; small votes are left out."""',
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


def reading_errors(
    train: Rows, test: Rows, guesses: Sequence[Guesses | None] | None = None
) -> dict[str, float]:
    """How near plans come to the written ones of `test`: mean absolute errors of the numbers
    ("all": of all of them), the style's and mood's rank, the palette's Lab distance (CIE76).

    Beside them two baselines: the mean of the true mood (one that is told the mood) and of all."""
    told = guesses or [None] * len(test)
    texts, truth = [row["text"] for row in test], _numbers(test)
    plans = [read_plan(t, seed=1, guesses=g) for t, g in zip(texts, told, strict=True)]
    read = np.array([[plan.numbers[each] for each in NUMBERS] for plan in plans])
    styles = [style_ranking(t, g) for t, g in zip(texts, told, strict=True)]
    moods = [mood_ranking(t, g) for t, g in zip(texts, told, strict=True)]
    return {
        **{n: float(e) for n, e in zip(NUMBERS, np.abs(read - truth).mean(0), strict=True)},
        "all": float(np.abs(read - truth).mean()),
        "style_top1": _among(styles, test, "style", 1),
        "style_top3": _among(styles, test, "style", 3),
        "mood_top1": _among(moods, test, "mood", 1),
        "palette_distance": _palette_distance(texts, told, test),
        "true_mood_mean": float(np.abs(_mood_means(train, test) - truth).mean()),
        "mean": float(np.abs(_numbers(train).mean(0) - truth).mean()),
    }


def _mood_means(train: Rows, test: Rows) -> Floats:
    moods = {row["mood"] for row in train}
    means = {mood: _numbers([r for r in train if r["mood"] == mood]).mean(0) for mood in moods}
    return np.array([means[row["mood"]] for row in test])


def _among(rankings: Sequence[Sequence[str]], rows: Rows, field: str, first: int) -> float:
    return float(
        np.mean([row[field] in each[:first] for each, row in zip(rankings, rows, strict=True)])
    )


def _palette_distance(texts: Sequence[str], told: Sequence[Guesses | None], rows: Rows) -> float:
    """Mean over the rows and over the palettes of several seeds."""
    far = [
        palette_distance(read_plan(text, seed=seed, guesses=guess).palette, row["palette"])
        for text, guess, row in zip(texts, told, rows, strict=True)
        for seed in _SEEDS
    ]
    return float(np.mean(far))


def _numbers(rows: Rows) -> Floats:
    return np.array([[row[each] for each in NUMBERS] for row in rows])


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    if "--test" in sys.argv:
        errors = reading_errors(written(folder, "train"), written(folder, "test"))
        print(json.dumps(errors, indent=2))
    elif "--palettes" in sys.argv:
        print(palettes(written(folder, "train")), end="")
    else:
        print(fitted(written(folder, "train"), {"style": style_phrases()}), end="")
