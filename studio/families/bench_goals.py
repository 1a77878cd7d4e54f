"""What benchmarks are asked for, beside what they measured."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

Goal = tuple[str, float, str]
"""Name, number, "at most" or "at least"."""
CPU_GOALS: Sequence[Goal] = (
    ("batch_1_x", 5.0, "at least"),
    ("batch_8_x", 5.5, "at least"),
    ("batch_16_x", 6.0, "at least"),
    ("batch_16_of_openvino_genai", 0.95, "at least"),
    ("three_adapters_x", 1.3, "at most"),
    ("joining_first_token_x", 1.5, "at most"),
)
"""In times of `transformers.generate`; level with OpenVINO is within the machine's noise."""
GPU_GOALS: Sequence[Goal] = (
    ("gpu_batch_32_x", 3.0, "at least"),
    ("gpu_batch_1_roofline", 0.5, "at least"),
)


def goals_of(measured: Mapping[str, float | None], goals: Sequence[Goal]) -> list[dict[str, Any]]:
    """Each goal with what was measured; `met` is None where nothing was."""
    return [
        {
            "name": name,
            "measured": measured[name],
            "goal": f"{how} {goal:g}",
            "met": _is_met(measured[name], goal, how),
        }
        for name, goal, how in goals
    ]


def engine_goals(numbers: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Of a report of `studio bench engine`: the goals of its device."""
    ours = ("auto", "decode_x", "median")
    measured = {
        "batch_1_x": _found(numbers, "speed", "1", *ours),
        "batch_8_x": _found(numbers, "speed", "8", *ours),
        "batch_16_x": _found(numbers, "speed", "16", *ours),
        "batch_16_of_openvino_genai": _found(
            numbers, "speed", "16", "openvino_genai", "ours_x", "median"
        ),
        "three_adapters_x": _found(numbers, "adapters", "3", "auto", "base_x", "median"),
        "joining_first_token_x": _found(numbers, "joining", "auto", "joined_x", "median"),
        "gpu_batch_32_x": _found(numbers, "speed", "32", *ours),
        "gpu_batch_1_roofline": _found(numbers, "speed", "1", "auto", "roofline"),
    }
    on_gpu = str(numbers["device"]).startswith("cuda")
    return goals_of(measured, GPU_GOALS if on_gpu else CPU_GOALS)


def _found(numbers: Mapping[str, Any], *path: str) -> float | None:
    found: Any = numbers
    for each in path:
        found = found.get(each) if isinstance(found, Mapping) else None
    return None if found is None else float(found)


def _is_met(value: float | None, goal: float, how: str) -> bool | None:
    """None: nothing was measured here."""
    if value is None:
        return None
    return value <= goal if how == "at most" else value >= goal
