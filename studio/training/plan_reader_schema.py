"""What a reader card learns to read: its corpus, its words, its fields. A new one is an entry."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import log2
from pathlib import Path
from types import MappingProxyType
from typing import Any

from studio.crafts.guesses import Guesses
from studio.crafts.image_plan import MOODS, NUMBERS, STYLES
from studio.crafts.image_reading import found_words
from studio.crafts.image_words import CONCEPTS
from studio.crafts.melody_reading import CONCEPTS as MELODY_CONCEPTS
from studio.crafts.melody_reading import found_words as found_in_melodies
from studio.music import plan as melody_plan
from studio.music.plan_estimate import MIDDLE_BPM, MODES
from studio.music.plan_estimate import NUMBERS as MELODY_NUMBERS
from studio.training.image_plans import PLANS, reading_errors
from studio.training.melody_plans import melody_reading
from studio.training.plan_reader_melodies import melody_rows
from studio.training.plan_reader_phrases import style_phrases

Row = dict[str, Any]
Labelled = Sequence[tuple[str, str]]
"""(text, label of one choice)."""
Measure = Callable[
    [Sequence[dict[str, Any]], Sequence[dict[str, Any]], Sequence[Guesses | None]],
    dict[str, float],
]
MELODY_PLANS = "melody_plans_written.jsonl"


@dataclass(frozen=True, slots=True)
class ReaderSchema:
    """One reader card's corpus and fields."""

    corpora: tuple[str, ...]
    """Files in the data folder; the first holds the written plans (`text`, `split`, the fields)."""
    crafts: tuple[str, ...]
    concepts: tuple[str, ...]
    found: Callable[[str], frozenset[tuple[str, str]]]
    """(concept, word of it) that the craft's words find in a text."""
    numbers: tuple[str, ...]
    choices: Mapping[str, tuple[str, ...]]
    """Field -> labels."""
    measured: Measure
    """(training rows, test rows, guesses or None for each) -> named errors of whole plans."""
    nearest: tuple[str, ...] = ()
    """Fields whose values of like descriptions are told (lists are joined by a blank)."""
    more: Callable[[Path], Mapping[str, Labelled]] = lambda _: MappingProxyType({})
    """Further labelled texts of a choice, from the data folder or the project."""
    own: Callable[[], Sequence[Row]] = tuple
    """Further whole plans of the project, always learnt from and never counted."""
    scaled: Callable[[Row], Row] = lambda row: row
    """A row with its numbers on the plan's scale."""

    def rows(self, data: Path, split: str) -> list[Row]:
        """The written plans of a split, "train" or "test"."""
        return [self.scaled(row) for row in _lines(data / self.corpora[0], split)]

    def own_rows(self) -> list[Row]:
        """The project's own plans."""
        return [self.scaled(row) for row in self.own()]


def _lines(path: Path, split: str) -> list[Row]:
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    return [row for row in rows if row["split"] == split]


def _moods_of_pictures(data: Path) -> Labelled:
    return [(row["text"], row["mood"]) for row in _lines(data / PLANS, "train")]


def _paced(row: Row) -> Row:
    """With the tempo in octaves about a middle one."""
    return {**row, "pace": log2(float(row["tempo_bpm"]) / MIDDLE_BPM)}


def _moods_of_melodies(data: Path) -> Labelled:
    """The same ten moods, told of music: a mood is a mood."""
    return [(row["text"], row["mood"]) for row in _lines(data / MELODY_PLANS, "train")]


SCHEMAS: Mapping[str, ReaderSchema] = MappingProxyType(
    {
        "reader/image-plan": ReaderSchema(
            corpora=(PLANS, MELODY_PLANS),
            crafts=("image",),
            concepts=tuple(sorted(CONCEPTS)),
            found=found_words,
            numbers=NUMBERS,
            choices=MappingProxyType({"style": STYLES, "mood": MOODS}),
            measured=reading_errors,
            nearest=("palette",),
            more=lambda data: {"style": style_phrases(), "mood": _moods_of_melodies(data)},
            scaled=lambda row: {**row, "warmth": (row["warmth"] + 1) / 2},
        ),
        "reader/melody-plan": ReaderSchema(
            corpora=(MELODY_PLANS, PLANS),
            crafts=("melody",),
            concepts=MELODY_CONCEPTS,
            found=found_in_melodies,
            numbers=MELODY_NUMBERS,
            choices=MappingProxyType(
                {
                    "mood": melody_plan.MOODS,
                    "style": tuple(each for each in melody_plan.STYLES if each != "hornpipe"),
                    "mode": MODES,
                    "meter": ("4/4", "3/4", "2/4", "6/8", "9/8"),
                    "register": melody_plan.REGISTERS,
                }
            ),
            measured=melody_reading,
            more=lambda data: {"mood": _moods_of_pictures(data)},
            own=melody_rows,
            scaled=_paced,
        ),
    }
)
