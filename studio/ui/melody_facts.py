"""What the page knows of a take: its notes on a clock of quarter notes, its phrases and chords, how
it feels against how it was asked to feel."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence

from studio.crafts.melody_plan import AROUSALS, VALENCES
from studio.errors import InvalidInput
from studio.music.features import quarter_seconds
from studio.music.key import Key, read_key, write_key
from studio.music.meter import Meter, read_meter
from studio.music.plan import FEELING
from studio.music.symbols import PHRASE_BARS
from studio.works import WorkOutput

Data = Mapping[str, object]
STEPS = (-0.6, -0.2, 0.2, 0.6)
"""Between these lie the five words for valence, and the five for arousal."""


def roll_facts(output: WorkOutput) -> str:
    """JSON that the page's script draws the piano roll from and runs the cursor by.

    notes [[MIDI pitch, onset, duration]] and all lengths in quarter notes; scale as pitch classes.
    """
    data = output.data
    plan = plan_of(data)
    meter, key = _meter(data, plan), _key(plan)
    notes = [[each["pitch"], each["onset"], each["duration"]] for each in _notes(data)]
    bars = _whole(data.get("bars", plan.get("bars")), 0)
    upbeat = _number(data.get("upbeat"), 0.0)
    end = max((onset + length for _, onset, length in notes), default=0.0)
    written = upbeat + bars * float(meter.quarters)
    return json.dumps(
        {
            "notes": notes,
            "quarter_s": quarter_s(data),
            "upbeat": upbeat,
            "bar": float(meter.quarters),
            "beat": meter.beat / 24,
            "quarters": max(written, end),
            "scale": sorted(key.scale),
            "tonic": key.pitch_class,
            "flats": any(sign < 0 for sign in key.signature().values()),
            "phrase": PHRASE_BARS,
            "phrases": phrase_form(data),
            "chords": _strings(data.get("chords")),
        }
    )


def quarter_s(data: Data) -> float:
    """Seconds of a quarter note: as the take tells it, else by its meter and tempo."""
    told = _number(data.get("quarter_s"), 0.0)
    plan = plan_of(data)
    tempo = _whole(data.get("tempo_bpm", plan.get("tempo")), 100) or 100
    return told or quarter_seconds(_meter(data, plan), tempo)


def phrase_form(data: Data) -> list[str]:
    """The mark of every phrase, such as A A′ B A; nothing where it was not read."""
    return marks_of(measured_of(data).get("phrase_form", ""))


def marks_of(told: object) -> list[str]:
    """ "AA'BA", "A A' B A" or a list of marks, with a proper prime."""
    text = told if isinstance(told, str) else " ".join(_strings(told))
    return re.findall("[A-Z]′*", text.replace("'", "′"))


def plan_of(data: Data) -> Data:
    """The plan that a take was made by, as the form holds it."""
    plan = data.get("plan")
    return plan if isinstance(plan, Mapping) else {}


def measured_of(data: Data) -> Data:
    """What was measured of a take."""
    found = data.get("measured")
    return found if isinstance(found, Mapping) else {}


def feelings(data: Data) -> tuple[tuple[float, float] | None, tuple[float, float] | None]:
    """(asked, measured), each (valence, arousal) from -1 to 1; None where nothing is known."""
    return _asked_feeling(plan_of(data)), _pair(measured_of(data))


def step_word(value: float) -> int:
    """Which of five words a value from -1 to 1 is told by, 0 to 4."""
    return sum(value >= edge for edge in STEPS)


def _asked_feeling(plan: Data) -> tuple[float, float] | None:
    valence, arousal = (
        VALENCES.get(str(plan.get("valence"))),
        AROUSALS.get(str(plan.get("arousal"))),
    )
    if valence is not None and arousal is not None:
        return valence, arousal
    return FEELING.get(str(plan.get("mood", "")))


def _pair(told: Data) -> tuple[float, float] | None:
    valence, arousal = told.get("valence"), told.get("arousal")
    if isinstance(valence, int | float) and isinstance(arousal, int | float):
        return float(valence), float(arousal)
    return None


def _meter(data: Data, plan: Data) -> Meter:
    try:
        return read_meter(str(data.get("meter") or plan.get("meter") or "4/4"))
    except InvalidInput:
        return read_meter("4/4")


def _key(plan: Data) -> Key:
    try:
        return write_key(str(plan["key"]), str(plan["mode"]))
    except (InvalidInput, KeyError, ValueError):
        return read_key("C")


def _notes(data: Data) -> list[Mapping[str, float]]:
    told = data.get("notes", ())
    listed = told if isinstance(told, list | tuple) else ()
    names = ("pitch", "onset", "duration")
    return [
        each for each in listed if isinstance(each, Mapping) and all(name in each for name in names)
    ]


def _strings(told: object) -> list[str]:
    listed: Sequence[object] = told if isinstance(told, list | tuple) else ()
    return [str(each) for each in listed]


def _number(told: object, other: float) -> float:
    return float(told) if isinstance(told, int | float) else other


def _whole(told: object, other: int) -> int:
    return int(told) if isinstance(told, int | float) else other
