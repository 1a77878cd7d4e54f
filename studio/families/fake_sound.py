"""What the fake family composes: a few sine tones, chosen by what was asked."""

from __future__ import annotations

import array
import math
import random
import sys

from studio.families.fake_row import question
from studio.requests import Chunk, Request, Sound, Usage

_RATE_HZ = 8000
_NOTE_S = 0.5
_STEPS = (0, 2, 4, 7, 9, 12)
_LEVEL = 0.3


def composed(request: Request) -> Chunk:
    """As many seconds as were asked, 10 else, in one step."""
    draw = random.Random(question(request))
    seconds = float(str(request.condition.get("seconds", 10)))
    tones = [draw.choice(_STEPS) for _ in range(math.ceil(seconds / _NOTE_S))]
    samples = array.array("f", (_at(each, tones) for each in range(round(seconds * _RATE_HZ))))
    if sys.byteorder == "big":
        samples.byteswap()
    sound = Sound(_RATE_HZ, 1, samples.tobytes())
    return Chunk(sound=sound, data={"step": 1, "steps": 1}, finish="stop", usage=Usage())


def _at(sample: int, tones: list[int]) -> float:
    """Each tone rings out before the next."""
    second = sample / _RATE_HZ
    place, age = divmod(second, _NOTE_S)
    pitch_hz = 440 * 2 ** (tones[int(place)] / 12)
    return _LEVEL * (1 - age / _NOTE_S) * math.sin(2 * math.pi * pitch_hz * second)
