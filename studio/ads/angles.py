"""From which side a text speaks, so that the texts of an ad speak from different ones."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import zip_longest
from typing import TypeVar

from studio.ads.phrases import AdBrief

T = TypeVar("T")
_ACTION = re.compile(
    r"\b(?:see|come|take|find|try|say hello|meet|book|learn|get to know)\b"
    r"|看看|来看|试试|认识|了解|来吧",
    re.IGNORECASE,
)
_WHOM = re.compile(r"\bfor\b|给|为", re.IGNORECASE)


def angle_of(text: str, brief: AdBrief) -> str:
    """ "proof", "question", "benefit", "for whom", "call to action" or "brand"."""
    plain = text.casefold()
    if any(each.proof and each.text.casefold() in plain for each in brief.claims):
        return "proof"
    if text.rstrip().endswith(("?", "？")):
        return "question"
    if any(each.casefold().rstrip(".。") in plain for each in brief.benefits):
        return "benefit"
    if _ACTION.search(text):
        return "call to action"
    return "for whom" if _WHOM.search(text) else "brand"


def side_of(text: str, brief: AdBrief) -> str:
    """The angle, of a benefit also which: every point of a brief shall be heard."""
    angle, plain = angle_of(text, brief), text.casefold()
    said = [str(at) for at, each in enumerate(brief.points) if each.casefold() in plain]
    return " ".join((angle, *said)) if angle in ("benefit", "proof") else angle


def alternating(rows: Sequence[T], angle: Callable[[T], str]) -> list[T]:
    """The same rows, an angle a turn: the first of each angle, then the second of each ..."""
    groups: dict[str, list[T]] = {}
    for each in rows:
        groups.setdefault(angle(each), []).append(each)
    turns = zip_longest(*groups.values())
    return [each for turn in turns for each in turn if each is not None]
