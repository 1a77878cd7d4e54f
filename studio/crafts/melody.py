"""Melody: a description or a feeling, in English or Chinese, becomes a plan, and the plan several
takes whose bars add up, in the asked key and number of bars."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from studio.crafts.craft import Craft, Field, Inputs, Order, Output, Roster
from studio.crafts.form import spoken_language
from studio.crafts.melody_checks import melody_checks
from studio.music.abc_writer import write_abc
from studio.music.features import features, seconds
from studio.music.harmony import chord_names
from studio.music.key import SCALES, TONICS
from studio.music.plan import (
    BARS_BOUNDS,
    DENSITIES,
    INSTRUMENTS,
    METERS,
    MOODS,
    REGISTERS,
    STRUCTURES,
    STYLES,
    TEMPO_BOUNDS,
    MelodyPlan,
    density_value,
)
from studio.music.plan_reader import read_plan
from studio.music.prefix import melody_prefix
from studio.music.takes import merit, read_take
from studio.music.tune import Tune
from studio.requests import Completion, Request, Sampling

AUTO = "auto"
CANDIDATES, MOST_CANDIDATES = 3, 16
"""So many takes are drawn for each one that is kept; a batch of sixteen costs little more."""
SYMBOLS_A_BAR = 26
MOST_SYMBOLS = 480
TITLE_WORDS, TITLE_CHARACTERS, MOST_TITLE = 7, 14, 60

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
)
FIELDS = (
    Field("text", "paragraph", required=True, max_length=1000),
    *PLAN_FIELDS,
    Field("n", "number", 3, minimum=1, maximum=8),
    Field("temperature", "number", 0.85, minimum=0, maximum=1.5, step=0.05, advanced=True),
    Field("seed", "seed", 0, advanced=True),
)


def order(inputs: Inputs, roster: Roster) -> Order:
    """The plan from the words and the form, and more takes than are asked for."""
    lang = spoken_language(str(inputs["text"]), str(inputs.get("lang", AUTO)))
    plan = _plan(inputs)
    card, adapter = roster.choose("melody", lang)
    wanted = _int(inputs, "n")
    first = _int(inputs, "seed")
    requests = tuple(
        Request(
            card=card,
            adapter=adapter,
            seed=first + number,
            prompt=melody_prefix(plan.words()),
            sampling=_sampling(inputs, plan),
            constraint=plan.form(STRUCTURES[number % len(STRUCTURES)]),
        )
        for number in range(max(wanted, min(CANDIDATES * wanted, MOST_CANDIDATES)))
    )
    return Order(requests, inputs, lang, form_values(plan))


def finish(order: Order, completions: Sequence[Completion]) -> tuple[Output, ...]:
    """The best takes by what can be measured, in the order of their seeds."""
    plan = _plan({**order.inputs, **order.plan})
    title = title_of(str(order.inputs["text"]), plan)
    takes = []
    for request, completion in zip(order.requests, completions, strict=True):
        tune = read_take(completion.text, plan, title)
        if tune is not None:
            takes.append((merit(plan, features(tune)), request.seed, tune))
    best = sorted(takes, key=lambda take: -take[0])[: _int(order.inputs, "n")]
    return tuple(
        _output(plan, tune, seed, len(takes))
        for _, seed, tune in sorted(best, key=lambda take: take[1])
    )


def preview(order: Order, texts: Sequence[str]) -> str:
    """How far the takes are: "5/16" bars each."""
    bars = order.plan["bars"]
    return "  ".join(f"♪ {text.count('|')}/{bars}" for text in texts)


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
    }


def title_of(text: str, plan: MelodyPlan) -> str:
    """The first clause of the description, short; a bare label gets the key beside it."""
    clause = re.split(r"[,.;:!?，。；：！？\n]", text.strip())[0].strip()
    if re.search("[\u4e00-\u9fff]", clause):
        return clause[:TITLE_CHARACTERS]
    words = clause.split()
    if len(words) < 2:
        clause = f"{clause.capitalize()} melody in {plan.key.tonic} {plan.mode}".strip()
        words = clause.split()
    title = " ".join(words[:TITLE_WORDS])[:MOST_TITLE]
    return title[:1].upper() + title[1:]


def _plan(inputs: Mapping[str, object]) -> MelodyPlan:
    """What the words say; what the form says stands over it."""
    chosen = {each.name: inputs[each.name] for each in PLAN_FIELDS if _chosen(inputs[each.name])}
    text = str(inputs["text"])
    plan = read_plan(text, str(chosen.get("mood", "")), str(chosen.get("style", "")))
    density = str(chosen.get("density", plan.density_name))
    return replace(
        plan,
        tonic=str(chosen.get("key", plan.tonic)),
        mode=str(chosen.get("mode", plan.mode)),
        meter=str(chosen.get("meter", plan.meter)),
        tempo_bpm=int(str(chosen.get("tempo", plan.tempo_bpm))),
        bars=int(str(chosen.get("bars", plan.bars))),
        density=density_value(density),
        register=str(chosen.get("register", plan.register)),
        instrument=str(chosen.get("instrument", plan.instrument)),
    )


def _chosen(value: object) -> bool:
    return value not in (AUTO, 0, "")


def _int(inputs: Inputs, name: str) -> int:
    return int(float(str(inputs[name])))


def _sampling(inputs: Inputs, plan: MelodyPlan) -> Sampling:
    return Sampling(
        temperature=float(str(inputs["temperature"])),
        top_p=0.95,
        min_p=0.02,
        max_tokens=min(MOST_SYMBOLS, plan.bars * SYMBOLS_A_BAR + 16),
    )


def _output(plan: MelodyPlan, tune: Tune, seed: int, drawn: int) -> Output:
    found = features(tune)
    notes = [
        {
            "pitch": note.pitch,
            "onset": float(note.onset),
            "duration": float(note.duration),
        }
        for note in tune.notes()
    ]
    data: dict[str, object] = {
        "plan": form_values(plan),
        "notes": notes,
        "tempo_bpm": plan.tempo_bpm,
        "instrument": plan.instrument,
        "style": plan.style,
        "seconds": round(seconds(tune), 2),
        "measured": {
            "valence": found.valence,
            "arousal": found.arousal,
            "notes_per_s": round(found.notes_per_s, 2),
            "key": f"{found.tonic} {found.mode}",
        },
        "chosen_of": drawn,
    }
    checks = melody_checks(plan, found)
    return Output(
        write_abc(tune, chord_names(tune)), tune.title, data=data, checks=checks, seed=seed
    )


CRAFT = Craft(
    name="melody",
    output="melody",
    fields=FIELDS,
    order=order,
    finish=finish,
    preview=preview,
    examples=(
        {"text": "a slow lullaby for a rainy harbour, minor but hopeful, 6/8"},
        {"text": "Irish jig for a shop opening, not too fast", "bars": 16},
        {"text": "HAPPY"},
        {"text": "a march for the smallest robot in the parade, a little proud", "style": "march"},
        {"text": "slow waltz in Eb major, candlelight, strings", "bars": 16},
        {"text": "江南水乡的清晨，悠扬，五声音阶，速度不要太快", "lang": "zh"},
        {
            "text": "一段充满活力的乐曲，节奏明快，旋律优美，具有跳跃感和动感。",
            "lang": "zh",
        },
        {"text": "深夜的末班车，忧伤，D小调，四三拍", "lang": "zh", "instrument": "piano"},
    ),
)
