"""Which phrases of a melody are alike: a letter for each four bars, "A'" for a varied A.

Read from a tune's bars (training, analysis) or drawn for a new one. How often a form is drawn
follows the training corpus, phrases that never return made rarer: a listener holds on to what
comes back.
"""

from __future__ import annotations

import random
from collections.abc import Hashable, Mapping, Sequence
from types import MappingProxyType

from studio.music.symbols import LETTERS, PHRASE_BARS

AGAIN, VARIED = 0.99, 0.5
"""Shares of equal bars from which a phrase is an earlier one again, or a variation of it."""

Form = tuple[str, ...]
_FORMS: Mapping[int, Mapping[str, float]] = MappingProxyType(
    {
        1: {"A": 1},
        2: {"A A'": 5, "A B": 3},
        3: {"A A' B": 3, "A B A'": 4, "A B B'": 2},
        4: {
            "A A' B A'": 4, "A A' B B'": 4, "A B A B'": 2, "A A' B C": 2, "A B A' B'": 2,
            "A B C B'": 1.5, "A B A' C": 1, "A B C A'": 1.5,
        },
        5: {"A A' B A A'": 2, "A A' B B' A'": 2, "A B C A B'": 1},
        6: {"A A' B B' C C'": 2, "A B A B' C B'": 2, "A A' B C A A'": 2, "A A' B B' A A'": 2},
        7: {"A A' B B' C A A'": 2, "A B A B' C D B'": 1},
        8: {
            "A A' B B' C C' D D'": 1, "A B A B' C D A B'": 3, "A B A B' C D C B'": 2,
            "A A' B A' C C' B A'": 2, "A B A' C D E D' C'": 1,
        },
    }
)  # fmt: skip
"""Number of phrases -> form -> how welcome it is."""


def phrase_forms(bars: Sequence[Hashable]) -> Form:
    """The mark of each phrase of four bars (the last may be shorter), by equal bars."""
    phrases = [tuple(bars[at : at + PHRASE_BARS]) for at in range(0, len(bars), PHRASE_BARS)]
    first: list[tuple[tuple[Hashable, ...], str]] = []
    marks: list[str] = []
    for phrase in phrases:
        likeness, letter = max(
            ((_likeness(phrase, earlier), name) for earlier, name in first),
            key=lambda each: each[0],
            default=(0.0, ""),
        )
        if likeness < VARIED:
            letter = LETTERS[min(len(first), len(LETTERS) - 1)]
            first.append((phrase, letter))
        marks.append(letter if likeness >= AGAIN or likeness < VARIED else f"{letter}'")
    return tuple(marks)


def drawn_form(bars: int, seed: int) -> Form:
    """A form for so many bars. Past eight phrases the first half is said again."""
    count = -(-bars // PHRASE_BARS)
    if count > max(_FORMS):
        head = drawn_form((count - count // 2) * PHRASE_BARS, seed)
        return (*head, *head[: count // 2])
    forms = _FORMS[count]
    drawn = random.Random(f"form {count} {seed}").choices(tuple(forms), tuple(forms.values()))
    return tuple(drawn[0].split())


def _likeness(phrase: Sequence[Hashable], earlier: Sequence[Hashable]) -> float:
    """Share of equal bars; a phrase that begins like another is a variation of it at least."""
    equal = [one == other for one, other in zip(phrase, earlier, strict=False)]
    share = sum(equal) / max(len(phrase), len(earlier))
    return max(share, VARIED) if equal and equal[0] else share
