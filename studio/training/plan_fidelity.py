"""How often pictures keep their plans: descriptions -> plans -> pictures -> checks."""

from __future__ import annotations

from pathlib import Path

import torch

from studio.crafts.image_checks import image_checks
from studio.crafts.image_plan import NUMBERS, ImagePlan, read_plan
from studio.families.gan import Gan
from studio.requests import Request
from studio.training.image_plans import written

_EDGE = 128


def plan_fidelity(card: Path, prior: Path, data: Path) -> dict[str, float]:
    """`<check>_kept` for each check of the image craft: its share of pictures that pass, over the
    held-out descriptions in `data` (40, one picture each)."""
    family = Gan(card, prior, "cpu", torch.float32)
    passed: dict[str, list[bool]] = {}
    rows = written(data, "test")
    for start in range(0, len(rows), family.capacity):
        plans = [read_plan(row["text"], seed=1) for row in rows[start : start + family.capacity]]
        slots = [family.admit(_asked(plan, seed)) for seed, plan in enumerate(plans, start)]
        for plan, stepped in zip(plans, family.step(slots), strict=True):
            assert stepped.chunk is not None
            assert stepped.chunk.picture is not None
            for check in image_checks(plan, stepped.chunk.picture):
                passed.setdefault(check.name, []).append(check.passed)
        for slot in slots:
            family.release(slot)
    return {
        f"{name.removesuffix('_match')}_kept": sum(verdicts) / len(verdicts)
        for name, verdicts in passed.items()
    }


def _asked(plan: ImagePlan, seed: int) -> Request:
    numbers = {name: plan.numbers[name] for name in NUMBERS if name != "saturation"}
    condition = {"style": plan.style, "palette": list(plan.palette), "edge": _EDGE, **numbers}
    return Request(card="gan/abstract", seed=seed + 1, condition=condition)
