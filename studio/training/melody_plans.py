"""How well descriptions are read: the plan reader against written plans, and against a baseline
that is told the true mood and answers with that mood's mean."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from statistics import mean

from studio.music.key import PENTATONIC
from studio.music.plan import MelodyPlan
from studio.music.plan_reader import read_plan

WRITTEN = "melody_plans_written.jsonl"
NUMBERS = ("valence", "arousal", "tempo_bpm", "density")
NAMES = ("mode", "meter", "register", "style")
Row = Mapping[str, object]


def plan_reading(data: Path, split: str = "test") -> dict[str, float]:
    """Mood accuracy; mean absolute errors of numbers and accuracies of names, each with the
    baseline's as `..._mood_mean`. Empty when the file is not there."""
    path = data / WRITTEN
    if not path.exists():
        return {}
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    asked = [row for row in rows if row["split"] == split]
    told = [row for row in rows if row["split"] == "train"]
    plans = [read_plan(str(row["text"])) for row in asked]
    right = [plan.mood == row["mood"] for plan, row in zip(plans, asked, strict=True)]
    found = {"plan_mood_accuracy": mean(right)}
    for name in NUMBERS:
        usual = _by_mood(told, lambda values: mean(map(_number, values)), name)
        found[f"plan_{name}_error"] = mean(
            abs(float(getattr(plan, name)) - _number(row[name]))
            for plan, row in zip(plans, asked, strict=True)
        )
        found[f"plan_{name}_error_mood_mean"] = mean(
            abs(_number(usual[str(row["mood"])]) - _number(row[name])) for row in asked
        )
    for name in NAMES:
        usual = _by_mood(told, lambda values: Counter(values).most_common(1)[0][0], name)
        found[f"plan_{name}_accuracy"] = mean(
            _named(plan, name) == row[name] for plan, row in zip(plans, asked, strict=True)
        )
        found[f"plan_{name}_accuracy_mood_mean"] = mean(
            usual[str(row["mood"])] == row[name] for row in asked
        )
    return {name: round(float(value), 3) for name, value in found.items()}


def _by_mood(
    rows: Sequence[Row], usual: Callable[[Sequence[object]], object], name: str
) -> dict[str, object]:
    values: dict[str, list[object]] = defaultdict(list)
    for row in rows:
        values[str(row["mood"])].append(row[name])
    return {mood: usual(each) for mood, each in values.items()}


def _number(value: object) -> float:
    return float(str(value))


def _named(plan: MelodyPlan, name: str) -> str:
    """The plan's value in the words of the written plans, which know one pentatonic."""
    value = str(getattr(plan, name))
    return "pentatonic" if value in PENTATONIC else value
