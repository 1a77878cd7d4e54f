"""How often each mode, meter and register goes with a mood or a style.

Counted over the written plans of the training split and the project's own (CC0):
`python -m studio.training.melody_plans DATA --shares` prints the table again.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

LABELS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "mode": ("major", "minor", "pentatonic", "dorian", "mixolydian"),
        "meter": ("4/4", "3/4", "2/4", "6/8", "9/8"),
        "register": ("low", "mid", "high"),
    }
)
ALL = "all"
SHARES = """
mode all 37.0 26.1 14.5 14.5 7.8
mode happy 72.7 0.9 15.7 0.5 10.1
mode sad 4.0 72.4 11.2 11.2 1.2
mode angry 1.4 67.6 8.9 20.9 1.2
mode calm 49.5 0.9 33.6 12.1 3.9
mode tense 1.3 65.2 5.9 26.4 1.2
mode playful 64.7 3.6 10.3 2.3 19.0
mode romantic 70.8 3.7 12.6 7.0 5.8
mode heroic 44.0 13.9 14.4 4.2 23.4
mode mysterious 1.4 30.6 8.9 57.9 1.2
mode nostalgic 59.7 1.9 23.7 3.3 11.4
mode folk 25.2 4.7 19.1 31.5 19.6
mode ballad 43.3 29.6 2.5 18.6 6.0
mode chinese 1.4 4.9 90.9 2.5 0.3
mode cinematic 18.2 56.3 5.0 16.3 4.2
mode hymn 38.3 32.3 8.4 16.2 4.8
mode jig 46.4 25.8 2.3 12.3 13.3
mode reel 26.1 13.5 0.9 20.3 39.3
mode hornpipe 37.0 26.1 14.5 14.5 7.8
mode lullaby 48.4 29.3 14.7 7.0 0.5
mode march 51.1 33.4 5.3 4.1 6.1
mode waltz 60.6 29.5 4.2 5.4 0.4
mode jingle 80.4 3.0 5.2 9.5 1.9
mode chiptune 40.8 35.7 1.8 20.2 1.5
meter all 50.6 17.4 16.6 12.6 2.8
meter happy 45.6 13.1 26.5 14.7 0.1
meter sad 64.3 24.7 0.6 10.3 0.1
meter angry 62.1 0.6 26.5 6.9 3.8
meter calm 54.5 29.2 0.6 15.6 0.1
meter tense 49.1 6.9 25.6 12.1 6.4
meter playful 17.0 9.5 49.7 18.3 5.5
meter romantic 50.9 28.4 1.5 17.1 2.0
meter heroic 71.3 4.3 17.3 6.9 0.1
meter mysterious 48.2 26.6 3.4 11.6 10.3
meter nostalgic 43.5 30.3 13.6 12.5 0.1
meter folk 24.0 22.2 18.3 30.6 4.7
meter ballad 81.0 3.5 2.5 12.9 0.1
meter chinese 50.5 12.3 35.6 0.5 1.1
meter cinematic 79.5 3.1 12.4 1.0 4.0
meter hymn 82.2 16.3 0.7 0.6 0.1
meter jig 2.9 1.0 0.9 70.7 24.4
meter reel 58.2 1.0 38.3 2.2 0.2
meter hornpipe 50.6 17.4 16.6 12.6 2.8
meter lullaby 3.1 48.8 1.0 46.9 0.2
meter march 39.1 0.8 59.4 0.6 0.1
meter waltz 2.4 96.1 0.8 0.6 0.1
meter jingle 62.4 16.9 18.4 2.2 0.2
meter chiptune 87.4 0.8 11.1 0.6 0.1
register all 24.9 47.9 27.2
register happy 0.9 56.2 42.9
register sad 24.1 63.3 12.6
register angry 61.1 20.3 18.6
register calm 14.3 64.2 21.5
register tense 51.8 19.6 28.6
register playful 14.3 23.1 62.6
register romantic 7.4 69.4 23.2
register heroic 30.6 52.7 16.7
register mysterious 42.6 34.2 23.2
register nostalgic 2.8 76.8 20.5
register folk 30.2 60.4 9.4
register ballad 20.0 70.4 9.6
register chinese 26.2 46.5 27.3
register cinematic 49.7 33.1 17.3
register hymn 47.8 42.1 10.1
register jig 5.7 34.2 60.1
register reel 4.5 68.5 27.0
register hornpipe 24.9 47.9 27.2
register lullaby 7.7 61.4 30.9
register march 46.0 39.0 15.0
register waltz 4.7 67.0 28.3
register jingle 8.7 33.2 58.1
register chiptune 10.3 22.9 66.8
"""
"""field, mood or style, per cent of each of LABELS."""


@lru_cache(maxsize=128)
def shares_of(field: str, name: str) -> Mapping[str, float]:
    """Label -> probability among the plans of a mood, of a style, or of ALL."""
    for line in SHARES.strip().splitlines():
        at, of, *numbers = line.split()
        if (at, of) == (field, name):
            return MappingProxyType(
                dict(zip(LABELS[field], (float(each) / 100 for each in numbers), strict=True))
            )
    raise KeyError(field, name)
