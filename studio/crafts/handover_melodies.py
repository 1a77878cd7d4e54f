"""What a melody passes on to a picture: its mood, tempo, mode and register as plan and palette.

The mapping follows what listeners agree on: faster and major is lighter, warmer and more saturated;
slower and minor darker, bluer and greyer, and it is the shared feeling that carries it (Palmer,
Schloss, Xu, Prado-León, Music-color associations are mediated by emotion, PNAS 110, 2013, p. 8836).
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from studio.crafts.handover_view import Passed, WorkView, said, shortened
from studio.crafts.handover_words import a, mood_word
from studio.crafts.palette import harmony

BRIGHT_MODES = frozenset({"major", "lydian", "mixolydian", "gong", "zhi", "pentatonic"})
STYLES: Mapping[str, str] = MappingProxyType(
    {
        "folk": "lyrical",
        "ballad": "flow",
        "chinese": "waves",
        "cinematic": "colorfield",
        "hymn": "colorfield",
        "jig": "drip",
        "reel": "flow",
        "hornpipe": "lyrical",
        "lullaby": "waves",
        "march": "geometric",
        "waltz": "rings",
        "jingle": "cells",
        "chiptune": "grid",
    }
)
"""Style of a melody -> style of a picture: what turns in circles, what marches in blocks."""
_MOODS: Mapping[str, str] = MappingProxyType({"angry": "gestural", "mysterious": "marble"})
"""Moods that stand over the melody's style."""
_HEIGHT: Mapping[str, float] = MappingProxyType({"low": -0.12, "mid": 0.0, "high": 0.12})
_NOTES: Mapping[str, float] = MappingProxyType(
    {"sparse": 0.15, "light": 0.3, "medium": 0.45, "dense": 0.62, "busy": 0.78}
)
_SLOW_BPM, _FAST_BPM = 50, 170
COLOURS = 5


def melody_picture(view: WorkView) -> Passed:
    """Its words, mood and way of moving; numbers and colours from what is heard."""
    plan = _plan(view)
    numbers = picture_numbers(view)
    colours = " ".join(_palette(numbers))
    style = _MOODS.get(str(plan.get("mood")), STYLES.get(str(plan.get("style")), "lyrical"))
    text = _described(view)
    rows = said(("text", text), ("style", style), ("palette", colours))
    heard = said(("mood", plan.get("mood", "")), ("tempo", plan.get("tempo", "")))
    mode = said(("mode", plan.get("mode", "")))
    given: dict[str, object] = {"text": text, "style": style, "palette": colours, **numbers}
    return Passed("image", given, (*rows, *heard, *mode))


def picture_numbers(view: WorkView) -> dict[str, float]:
    """The seven numbers of a picture's plan, each 0..1."""
    valence, arousal = feeling(view)
    plan = _plan(view)
    quick = _share(plan.get("tempo"), _SLOW_BPM, _FAST_BPM)
    bright = 0.08 if str(plan.get("mode")) in BRIGHT_MODES else -0.08
    height = _HEIGHT.get(str(plan.get("register")), 0.0)
    stirred = (arousal + 1) / 2
    values = {
        "warmth": 0.5 + 0.22 * valence + 0.08 * arousal + bright,
        "saturation": 0.34 + 0.14 * valence + 0.24 * arousal + 0.1 * quick,
        "brightness": 0.52 + 0.2 * valence + bright + height,
        "contrast": 0.42 + 0.3 * (stirred - 0.5) - 0.1 * valence,
        "density": 0.5 * _NOTES.get(str(plan.get("density")), 0.45) + 0.3 * stirred + 0.08,
        "movement": 0.15 + 0.4 * quick + 0.35 * stirred,
        "angularity": 0.38 + 0.25 * arousal - 0.25 * valence,
    }
    return {name: round(min(0.95, max(0.05, value)), 2) for name, value in values.items()}


def feeling(view: WorkView) -> tuple[float, float]:
    """(valence, arousal), -1..1: as measured in the notes, else (0, 0)."""
    measured: Any = view.data.get("measured")
    if not isinstance(measured, Mapping):
        return 0.0, 0.0
    return _number(measured.get("valence")), _number(measured.get("arousal"))


def _palette(numbers: Mapping[str, float]) -> tuple[str, ...]:
    names = ("warmth", "brightness", "saturation", "contrast")
    return harmony(1, **{name: numbers[name] for name in names}, count=COLOURS)


def _described(view: WorkView) -> str:
    plan = _plan(view)
    mood = mood_word(str(plan.get("mood", "")), view.lang)
    called = shortened(view.title or view.asked, 60).rstrip(".。")
    slow = _share(plan.get("tempo"), _SLOW_BPM, _FAST_BPM)
    if view.lang == "zh":
        pace = "舒缓" if slow < 0.33 else "急促" if slow > 0.66 else "从容"
        return "，".join(each for each in (called, f"{mood}的抽象画", f"节奏{pace}") if each)
    pace = "slow" if slow < 0.33 else "quick" if slow > 0.66 else "unhurried"
    kind = f"{a(mood + ' abstract picture') if mood else 'an abstract picture'} in {pace} motion"
    return f"{called}: {kind}" if called else kind


def _plan(view: WorkView) -> Mapping[str, object]:
    given = view.data.get("plan")
    return given if isinstance(given, Mapping) else view.plan


def _share(value: object, low: float, high: float) -> float:
    return min(1.0, max(0.0, (_number(value, (low + high) / 2) - low) / (high - low)))


def _number(value: object, default: float = 0.0) -> float:
    return float(value) if isinstance(value, int | float) else default
