"""The moments of a story that are worth a picture: a pure choice among its sentences."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from studio.crafts.image_reading import colours_of, found_concepts
from studio.crafts.insight import keywords

PANELS = 4
LONGEST_CHARACTERS = 280
_SENTENCE = re.compile(r"[^.!?。！？…\n]+[.!?。！？…]*[”\"』」’)]*")
_SPOKEN = re.compile(r"^[\"“「『‘]|^[A-Z][A-Z .'-]{1,24}$|^\(|^（")
_HEADING = re.compile(r"^(?:INT|EXT|I/E)[./ ]|^(?:内景|外景)|^#")
_COLOUR, _KEYWORD, _SPEECH = 2.0, 1.0, -3.0
"""What a colour, a word of the whole text, and being spoken weigh beside a seen thing's 1."""
_FULL = 60
"""Characters from which a sentence is long enough to hold a picture."""


def four_moments(text: str, lang: str, count: int = PANELS) -> tuple[str, ...]:
    """As many passages as panels, in the story's order: the most visible sentence of each part of
    it. Beginning and end always speak; a short text gives as many as it has sentences."""
    found = sentences(text)
    if len(found) <= count:
        return tuple(each[:LONGEST_CHARACTERS] for each in found)
    telling = frozenset(keywords(text, lang, 12))
    return tuple(
        _fitted(max(part, key=lambda each: _seen(each, telling))) for part in _parts(found, count)
    )


def sentences(text: str) -> tuple[str, ...]:
    """Sentences that tell something: no headings, cues or stage directions."""
    found = (each.strip() for each in _SENTENCE.findall(text))
    return tuple(
        each for each in found if len(each) > 3 and not _HEADING.match(each) and not _is_cue(each)
    )


def _is_cue(line: str) -> bool:
    return line.isupper() and len(line.split()) <= 3


def _parts(found: Sequence[str], count: int) -> list[Sequence[str]]:
    edges = [round(len(found) * place / count) for place in range(count + 1)]
    return [found[start:stop] for start, stop in pairwise(edges)]


def _seen(sentence: str, telling: frozenset[str]) -> float:
    """How much there is to see in a sentence."""
    score = float(len(found_concepts(sentence))) + _COLOUR * len(colours_of(sentence))
    score += _KEYWORD * sum(word in sentence.lower() for word in telling)
    score += _SPEECH * bool(_SPOKEN.match(sentence))
    return score + min(1.0, len(sentence) / _FULL)


def _fitted(sentence: str) -> str:
    return sentence[:LONGEST_CHARACTERS].strip()
