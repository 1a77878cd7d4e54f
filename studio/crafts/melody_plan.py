"""The plan in the melody's form: its fields, the plan that a filled form tells, and where each of
its values came from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Literal

from studio.crafts.craft import Field
from studio.crafts.guesses import given_guesses
from studio.music.key import SCALES, TONICS
from studio.music.plan import (
    BARS_BOUNDS,
    DENSITIES,
    INSTRUMENTS,
    METERS,
    MOODS,
    REGISTERS,
    STYLES,
    TEMPO_BOUNDS,
    MelodyPlan,
    density_value,
)
from studio.music.plan_reader import read_plan
from studio.music.said_plan import said_plan
from studio.music.words_estimate import hinted

Source = Literal["said", "guessed", "form", "default"]
AUTO = "auto"
VALENCES: Mapping[str, float] = MappingProxyType(
    {"very_dark": -0.8, "dark": -0.4, "neutral": 0.0, "bright": 0.4, "very_bright": 0.8}
)
AROUSALS: Mapping[str, float] = MappingProxyType(
    {"very_calm": -0.8, "calm": -0.4, "moderate": 0.0, "lively": 0.4, "driven": 0.8}
)
PLAN_FIELDS = (
    Field("mood", "choice", AUTO, choices=(AUTO, *MOODS)),
    Field("key", "choice", AUTO, choices=(AUTO, *TONICS)),
    Field("mode", "choice", AUTO, choices=(AUTO, *SCALES)),
    Field("meter", "choice", AUTO, choices=(AUTO, *METERS)),
    Field("tempo", "number", 0, minimum=TEMPO_BOUNDS[0], maximum=TEMPO_BOUNDS[1]),
    Field("bars", "number", 0, minimum=BARS_BOUNDS[0], maximum=BARS_BOUNDS[1]),
    Field("density", "choice", AUTO, choices=(AUTO, *DENSITIES)),
    Field("register", "choice", AUTO, choices=(AUTO, *REGISTERS)),
    Field("style", "choice", AUTO, choices=(AUTO, *STYLES)),
    Field("instrument", "choice", AUTO, choices=(AUTO, *INSTRUMENTS)),
    Field("valence", "choice", AUTO, choices=(AUTO, *VALENCES)),
    Field("arousal", "choice", AUTO, choices=(AUTO, *AROUSALS)),
)
FOLLOWING = frozenset({"key", "bars", "instrument"})
"""What no reader card guesses: it follows mood and style unless it is said."""


def plan_of(inputs: Mapping[str, object]) -> MelodyPlan:
    """What the words say outright, then what is guessed of them; the form stands over both."""
    chosen = _chosen(inputs)
    text = str(inputs.get("text", ""))
    plan = read_plan(text, chosen.get("mood", ""), chosen.get("style", ""), given_guesses(inputs))
    return replace(
        plan,
        tonic=chosen.get("key", plan.tonic),
        mode=chosen.get("mode", plan.mode),
        meter=chosen.get("meter", plan.meter),
        tempo_bpm=round(float(chosen.get("tempo", plan.tempo_bpm))),
        bars=round(float(chosen.get("bars", plan.bars))),
        density=density_value(chosen.get("density", plan.density_name)),
        register=chosen.get("register", plan.register),
        instrument=chosen.get("instrument", plan.instrument),
        valence=VALENCES[chosen.get("valence", _nearest(plan.valence, VALENCES))],
        arousal=AROUSALS[chosen.get("arousal", _nearest(plan.arousal, AROUSALS))],
    )


def form_values(plan: MelodyPlan) -> dict[str, object]:
    """The plan as the form's fields hold it: filling the form with it gives the plan again."""
    return {
        "mood": plan.mood,
        "key": plan.tonic,
        "mode": plan.mode,
        "meter": plan.meter,
        "tempo": plan.tempo_bpm,
        "bars": plan.bars,
        "density": plan.density_name,
        "register": plan.register,
        "style": plan.style,
        "instrument": plan.instrument,
        "valence": _nearest(plan.valence, VALENCES),
        "arousal": _nearest(plan.arousal, AROUSALS),
    }


def plan_sources(
    inputs: Mapping[str, object], made_by: Mapping[str, object] | None = None
) -> Mapping[str, Source]:
    """Where each plan field's value comes from: "form" chosen by the person, "said" outright,
    "guessed" from the words, or "default". A kept form holds no guesses: `made_by` is the plan
    that its melody was made by, and what words alone would not give was guessed."""
    text, chosen = str(inputs.get("text", "")), _chosen(inputs)
    said = said_plan(text).fields
    read = given_guesses(inputs) is not None
    guessed = {"mood"} if hinted(text) else set()
    if read:
        guessed = {each.name for each in PLAN_FIELDS} - FOLLOWING
    if made_by is not None:
        alone = form_values(plan_of(inputs))
        guessed |= {name for name, value in made_by.items() if alone.get(name) != value}
    return MappingProxyType(
        {each.name: _source(each.name, chosen, said, guessed) for each in PLAN_FIELDS}
    )


def _source(
    name: str, chosen: Mapping[str, str], said: frozenset[str], guessed: set[str]
) -> Source:
    if name in chosen:
        return "form"
    if name in said:
        return "said"
    return "guessed" if name in guessed else "default"


def _chosen(inputs: Mapping[str, object]) -> dict[str, str]:
    """The plan fields that the person has set."""
    given = {each.name: inputs.get(each.name) for each in PLAN_FIELDS}
    return {name: str(value) for name, value in given.items() if value not in (None, AUTO, 0, "")}


def _nearest(value: float, levels: Mapping[str, float]) -> str:
    return min(levels, key=lambda name: abs(levels[name] - value))
