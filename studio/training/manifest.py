"""Lines of a model.toml, for the writers of cards."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from studio.sources.stamp import sha256_of
from studio.training.options import TrainOptions
from studio.training.provenance import commit_of_code


def toml_value(value: Any) -> str:
    """A string, number, truth, list, or table of them, on one line."""
    if isinstance(value, Mapping):
        inner = ", ".join(f"{name} = {toml_value(each)}" for name, each in value.items())
        return f"{{ {inner} }}"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return f"[{', '.join(map(toml_value, value))}]"
    if isinstance(value, float):
        return repr(value)
    # A JSON string, whole number or truth is the same in TOML.
    return json.dumps(value, ensure_ascii=False)


def table(name: str, values: Mapping[str, Any]) -> list[str]:
    """The lines of `[name]`, an empty one first; `name` "" is the top of the file."""
    head = ["", f"[{name}]"] if name else []
    return [*head, *(f"{key} = {toml_value(value)}" for key, value in values.items())]


def file_tables(folder: Path, names: Sequence[str]) -> list[str]:
    """A [[files]] table for each shipped file, with its hash and size."""
    lines: list[str] = []
    for name in names:
        path = folder / name
        facts = {"path": name, "sha256": sha256_of(path), "bytes": path.stat().st_size}
        lines += ["", "[[files]]", *table("", facts)]
    return lines


def training_table(
    card: str, data: Sequence[Path], options: TrainOptions, facts: Mapping[str, Any]
) -> list[str]:
    """[training] of a shipped card: the command, its corpora by hash, the run's own facts."""
    values = {
        "command": f"studio train {card} --data DATA --minutes {options.minutes:g}",
        "data": [{"file": path.name, "sha256": sha256_of(path)} for path in data],
        **facts,
        "seed": options.seed,
        "commit": commit_of_code(),
    }
    return table("training", values)
