"""How well descriptions are read: the plan reader against written plans, and against a baseline
that is told the true mood and answers with that mood's mean.

    python -m studio.training.melody_plans DATA            prints the words alone on the test split
    python -m studio.training.melody_plans DATA --shares   prints the table of music/plan_shares.py
"""

from __future__ import annotations

import json
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from statistics import mean
from typing import Any

from studio.crafts.guesses import Guesses
from studio.music.key import PENTATONIC
from studio.music.plan import MOODS, STYLES, MelodyPlan
from studio.music.plan_reader import read_plan
from studio.music.plan_shares import LABELS
from studio.training.plan_reader_melodies import melody_rows

WRITTEN = "melody_plans_written.jsonl"
NUMBERS = ("valence", "arousal", "tempo_bpm", "density")
NAMES = ("mode", "meter", "register", "style")
LANGUAGES = ("en", "zh")
NEAR_TEMPO = 0.2
"""Share of the written tempo up to which a tempo counts as right."""
_PRIOR = 4
"""So many plans of the whole are added to a mood's or a style's own."""
Row = Mapping[str, Any]


def plan_reading(data: Path, split: str = "test") -> dict[str, float]:
    """Mood accuracy; mean absolute errors of numbers and accuracies of names, each with the
    baseline's as `..._mood_mean`. By the words alone. Empty when the file is not there."""
    path = data / WRITTEN
    if not path.exists():
        return {}
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    asked = [row for row in rows if row["split"] == split]
    told = [row for row in rows if row["split"] == "train"]
    plans = [read_plan(row["text"]) for row in asked]
    found = {**_measured(plans, asked), **_baseline(told, asked)}
    return {f"plan_{name}": round(float(value), 3) for name, value in found.items()}


def melody_reading(
    train: Sequence[Row], test: Sequence[Row], guesses: Sequence[Guesses | None]
) -> dict[str, float]:
    """The same numbers with a card's guesses, of all and of each language: accuracies, mean
    absolute errors, the share of tempi within 20 % and the mean error of the tempo in %."""
    plans = [read_plan(row["text"], guess=g) for row, g in zip(test, guesses, strict=True)]
    found = {**_measured(plans, test), **_baseline(train, test)}
    for lang in LANGUAGES:
        places = [place for place, row in enumerate(test) if row.get("lang", "en") == lang]
        if places:
            own = _measured([plans[each] for each in places], [test[each] for each in places])
            found |= {f"{name}_{lang}": value for name, value in own.items()}
    return found


def _measured(plans: Sequence[MelodyPlan], rows: Sequence[Row]) -> dict[str, float]:
    off = [
        abs(plan.tempo_bpm / float(row["tempo_bpm"]) - 1)
        for plan, row in zip(plans, rows, strict=True)
    ]
    return {
        "mood_accuracy": _share(p.mood == r["mood"] for p, r in zip(plans, rows, strict=True)),
        **{
            f"{name}_accuracy": _share(
                _named(plan, name) == row[name] for plan, row in zip(plans, rows, strict=True)
            )
            for name in NAMES
        },
        **{
            f"{name}_error": mean(
                abs(float(getattr(plan, name)) - float(row[name]))
                for plan, row in zip(plans, rows, strict=True)
            )
            for name in NUMBERS
        },
        "tempo_percent_error": 100 * mean(off),
        "tempo_within_20_percent": _share(each <= NEAR_TEMPO for each in off),
    }


def _baseline(told: Sequence[Row], asked: Sequence[Row]) -> dict[str, float]:
    """What one gets who is told the true mood and answers with its mean or commonest."""
    found = {}
    for name in NUMBERS:
        usual = _by_mood(told, lambda values: mean(map(float, values)), name)
        found[f"{name}_error_mood_mean"] = mean(
            abs(float(usual[row["mood"]]) - float(row[name])) for row in asked
        )
    for name in NAMES:
        usual = _by_mood(told, lambda values: Counter(values).most_common(1)[0][0], name)
        found[f"{name}_accuracy_mood_mean"] = _share(
            usual[row["mood"]] == row[name] for row in asked
        )
    return found


def _by_mood(
    rows: Sequence[Row], usual: Callable[[Sequence[Any]], Any], name: str
) -> dict[str, Any]:
    values: dict[str, list[Any]] = defaultdict(list)
    for row in rows:
        values[row["mood"]].append(row[name])
    return {mood: usual(each) for mood, each in values.items()}


def _share(found: Iterator[bool]) -> float:
    return mean(map(float, found))


def _named(plan: MelodyPlan, name: str) -> str:
    """The plan's value in the words of the written plans, which know one pentatonic."""
    value = str(getattr(plan, name))
    return "pentatonic" if value in PENTATONIC else value


def shares(data: Path) -> str:
    """The lines of `studio.music.plan_shares.SHARES`: of all plans, of each mood and each style,
    the percentage of each mode, meter and register, drawn a little to that of all."""
    lines = (data / WRITTEN).read_text(encoding="utf-8").splitlines()
    rows = [row for row in map(json.loads, lines) if row["split"] == "train"] + melody_rows()
    made = []
    for field, labels in LABELS.items():
        whole = {label: sum(row[field] == label for row in rows) / len(rows) for label in labels}
        named = [("all", rows)]
        named += [(m, [r for r in rows if r["mood"] == m]) for m in MOODS]
        named += [(s, [r for r in rows if r["style"] == s]) for s in STYLES]
        for name, part in named:
            found = [
                (sum(row[field] == label for row in part) + _PRIOR * whole[label])
                / (len(part) + _PRIOR)
                for label in labels
            ]
            made.append(f"{field} {name} " + " ".join(f"{100 * each:.1f}" for each in found))
    return "\n".join(made)


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    print(shares(folder) if "--shares" in sys.argv else json.dumps(plan_reading(folder), indent=2))
