"""What is found when a finished poem is measured against its form."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Verdict:
    """One property of one line."""

    name: str
    """"line_length", "tones", "syllables", "rhyme", "opening_character", "line_count",
    "own_lines"."""
    passed: bool
    line: int
    """Counted from 1; 0 is the whole poem."""
    facts: str
    """What was found and what was asked: "7/7", "楼 · 尤"."""
