"""Couplets (对联) out of poems: the middle couplets of 律诗, the paired lines of tunes."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from itertools import pairwise
from types import MappingProxyType

from studio.training.verse_corpus import Poem
from studio.verse.prefix import COUPLET
from studio.verse.zh_tunes import TuneLine, tunes

COUPLET_SHARE = 0.3
"""So many of the poems that hold couplets lend one of them to an epoch."""
SHORTEST = 4
MIDDLE = ((2, 3), (4, 5))
"""The lines of a 律诗 that the rules pair."""
OPPOSITE = MappingProxyType({"平": "仄", "仄": "平"})


def drawn_couplets(poems: Sequence[Poem], seed: int) -> list[Poem]:
    """One couplet each of a share of these poems, drawn by `seed`."""
    draw = random.Random(seed)
    found = (list(couplets(poem)) for poem in poems)
    lent = ((each, draw.random() < COUPLET_SHARE) for each in found if each)
    return [draw.choice(each) for each, is_lent in lent if is_lent]


def couplets(poem: Poem) -> Iterator[Poem]:
    """The couplets of a poem, each as a poem of the form 对联."""
    for upper, lower in _places(poem):
        pair = (poem.lines[upper], poem.lines[lower])
        yield Poem(COUPLET, poem.title, pair, poem.split, poem.written)


def _places(poem: Poem) -> Sequence[tuple[int, int]]:
    if poem.form.endswith("律诗"):
        return MIDDLE
    numbered = pairwise(enumerate(tunes().get(poem.form, ())))
    return [(one, other) for (one, upper), (other, lower) in numbered if _oppose(upper, lower)]


def _oppose(upper: TuneLine, lower: TuneLine) -> bool:
    """Whether a tune's tones make two lines a couplet: it ends 仄, 平, and the beats differ."""
    if len(upper.tones) != len(lower.tones) or len(upper.tones) < SHORTEST:
        return False
    if upper.mark != "，" or upper.tones[-1] + lower.tones[-1] != "仄平":
        return False
    beats = zip(upper.tones[1::2], lower.tones[1::2], strict=True)
    return all(OPPOSITE.get(one) == other for one, other in beats)
