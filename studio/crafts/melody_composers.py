"""What a composer that writes sound rather than notes is asked, and what its music is shown as.

The plan and the form stay those of the craft; the request says the plan in English words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

import numpy as np

from studio.crafts.craft import Check, Craft, Field, Inputs, Order, Output, Roster
from studio.crafts.form import spoken_language
from studio.crafts.guesses import without_guesses
from studio.crafts.melody_order import number_of
from studio.crafts.melody_plan import AUTO, form_values, plan_of
from studio.crafts.melody_wish import title_of
from studio.errors import InvalidInput
from studio.music.key import PENTATONIC
from studio.music.plan import MelodyPlan
from studio.requests import Completion, Request, Sampling, Sound

OWN = "own"
SECONDS = (1, 30)
GUIDANCE = (1, 10)
COMPOSER_FIELDS = (
    Field("composer", "text", AUTO, max_length=120, advanced=True, hidden=True),
    Field("seconds", "number", 10, minimum=SECONDS[0], maximum=SECONDS[1], hidden=True),
    Field(
        *("guidance", "number", 3),
        minimum=GUIDANCE[0],
        maximum=GUIDANCE[1],
        step=0.5,
        advanced=True,
        hidden=True,
    ),
)
"""Hidden until a composer is at hand: see `with_composers`."""

TOP_K = 250
"""Codes of 2048 that may follow: how the models were tuned to be heard (arXiv 2306.05284, 3.2)."""
_USUAL_TEMPERATURE = 0.85
"""The form's: it stands for the models' own 1.0."""
HEARD_DB = -60.0
_NAMES: Mapping[str, str] = MappingProxyType(
    {
        "chinese": "Chinese folk melody",
        "cinematic": "cinematic theme",
        "folk": "folk tune",
        "song": "song",
        "dizi": "dizi bamboo flute",
        "guzheng": "guzheng zither",
        "guitar": "nylon guitar",
        "chip": "chip lead",
        "pad": "soft synth pad",
        "pentatonic": "gong",
    }
)
_PACES = ((60, "very slow"), (84, "slow"), (112, ""), (144, "lively"), (1000, "fast"))
"""(beats a minute below which it is so, the word)."""


def with_composers(craft: Craft, cards: Sequence[str]) -> Craft:
    """The craft with the composers' fields on its page, these cards among the choices."""
    shown = []
    for each in craft.fields:
        choices = (AUTO, OWN, *cards) if each.name == "composer" else each.choices
        composers = each in COMPOSER_FIELDS
        shown.append(replace(each, hidden=False, choices=choices) if composers else each)
    return replace(craft, fields=tuple(shown))


def chosen_composer(inputs: Mapping[str, object]) -> str:
    """What the form names: a card, OWN, or "" when it leaves that open."""
    name = str(inputs.get("composer", AUTO))
    return "" if name == AUTO else name


def composer_of(inputs: Mapping[str, object]) -> str:
    """The card that composes sound; "" when the studio's own model writes notes. Asked after the
    studio has put a card's name, or OWN, in the place of AUTO."""
    name = chosen_composer(inputs)
    return "" if name == OWN else name


def composes_from_words(inputs: Mapping[str, object]) -> bool:
    """Whether a composer without notes can do what the form asks: it can not go on from a melody,
    and it sings no text."""
    return not any(str(inputs.get(name, "")).strip() for name in ("start", "words"))


def composed_order(inputs: Inputs, roster: Roster) -> Order:
    """As many pieces as takes are asked for, each with a seed of its own.

    Raises InvalidInput without a description, NotReady without the composer.
    """
    text = str(inputs["text"])
    if not text.strip():
        raise InvalidInput("text", "Please fill in text.", code="required")
    lang = spoken_language(text, str(inputs.get("lang", AUTO)))
    plan, (card, _) = plan_of(inputs), roster.choose("melody", lang)
    request = composer_request(inputs, plan, card)
    first, takes = number_of(inputs, "seed"), number_of(inputs, "n")
    requests = tuple(replace(request, seed=first + number) for number in range(takes))
    filled = {**without_guesses(inputs), "composer": card}
    return Order(requests, filled, lang, form_values(plan))


def composer_request(inputs: Inputs, plan: MelodyPlan, card: str) -> Request:
    """One piece: see `studio/families/music_gen_order.py`."""
    seconds, guidance = (float(str(inputs[name])) for name in ("seconds", "guidance"))
    warmth = round(float(str(inputs["temperature"])) / _USUAL_TEMPERATURE, 3)
    return Request(
        card=card,
        seed=number_of(inputs, "seed"),
        prompt=composer_prompt(str(inputs["text"]), plan),
        sampling=Sampling(temperature=warmth, top_k=TOP_K, top_p=1.0),
        condition={"seconds": seconds, "guidance": guidance},
    )


def composer_prompt(text: str, plan: MelodyPlan) -> str:
    """The words, and what the plan made of them; of a Chinese text the plan alone, because the
    models read English."""
    text = " ".join(text.split()).rstrip(".。")
    said = plan_in_words(plan)
    return said if spoken_language(text) == "zh" or not text else f"{text}. {said}"


def plan_in_words(plan: MelodyPlan) -> str:
    """ "slow lullaby in A minor, 6/8, 72 bpm, music box, calm"."""
    pace = next(word for below, word in _PACES if plan.tempo_bpm < below)
    kind = _NAMES.get(plan.style, plan.style)
    mode = _NAMES.get(plan.mode, plan.mode)
    mode = f"{mode} (pentatonic)" if plan.mode in PENTATONIC else mode
    parts = (
        f"{pace} {kind} in {plan.key.tonic} {mode}".strip(),
        plan.meter,
        f"{plan.tempo_bpm} bpm",
        _NAMES.get(plan.instrument, plan.instrument.replace("_", " ")),
        plan.mood,
    )
    return ", ".join(parts)


def composed_outputs(order: Order, completions: Sequence[Completion]) -> tuple[Output, ...]:
    """The pieces that came, without notes: what was stopped has no sound yet."""
    plan = plan_of({**order.inputs, **order.plan})
    made = zip(order.requests, completions, strict=True)
    return tuple(_output(order, plan, request, done.sound) for request, done in made if done.sound)


def _output(order: Order, plan: MelodyPlan, request: Request, sound: Sound) -> Output:
    text = str(order.inputs["text"])
    loud, peak = _levels(sound)
    data = {
        "composer": request.card,
        "description": text,
        "prompt": request.prompt,
        "plan": dict(order.plan),
        "seconds": round(sound.seconds, 2),
        "instrument": plan.instrument,
        "style": plan.style,
        "tempo_bpm": plan.tempo_bpm,
        "meter": plan.meter,
        "measured": {"level_db": loud, "peak_db": peak, "rate_hz": sound.rate_hz},
        "verb": "",
        "label": {},
        "parents": [],
        "chosen_of": 1,
    }
    checks = tuple(_checks(float(str(request.condition["seconds"])), sound, loud))
    return Output(
        title=title_of(text, plan), data=data, checks=checks, seed=request.seed, sound=sound
    )


def _checks(asked_s: float, sound: Sound, loud: float) -> Iterator[Check]:
    near = abs(sound.seconds - asked_s) < 0.1
    yield Check("sound_length", near, f"{sound.seconds:.1f}/{asked_s:g} s")
    yield Check("sound_heard", loud > HEARD_DB, f"{loud:.0f} dB")


def _levels(sound: Sound) -> tuple[float, float]:
    """Mean and highest level in dB below full scale; silence is -120."""
    samples = np.abs(np.frombuffer(sound.samples, "<f4")).astype(np.float64)
    if not samples.size:
        return -120.0, -120.0
    loud, peak = np.sqrt(np.mean(samples**2)), samples.max()
    level, highest = (round(float(20 * np.log10(max(each, 1e-6))), 1) for each in (loud, peak))
    return level, highest
