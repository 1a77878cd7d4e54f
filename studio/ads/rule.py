"""One rule of advertising: what it forbids, and who says so."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

Where = Literal["anywhere", "headlines", "no_symbols", "never"]
"""`no_symbols`: channels that refuse symbols; `never`: judged elsewhere, not by its pattern."""
Excuse = Literal["none", "brief", "proof"]
"""What lets a word pass: nothing, that the person wrote it, or a claim with its proof."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern that a text must not hold."""

    name: str
    pattern: re.Pattern[str]
    source: str
    checked_on: str
    where: Where = "anywhere"
    excuse: Excuse = "none"
    lang: str = ""
    """The only language it is for; "" for all."""
