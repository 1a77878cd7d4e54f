"""A picture's plan: what a description is turned into before any model is asked. Pure Python."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import hypot
from statistics import fmean

from studio.crafts.guesses import Guesses
from studio.crafts.image_colouring import colours_for
from studio.crafts.image_effects import EFFECTS, MEANS, MOOD_VOTES, VOTES
from studio.crafts.image_reading import found_concepts
from studio.crafts.image_said import kept_to_words, said_ground, said_styles
from studio.crafts.palette import hex_to_lab, warmth

NUMBERS = (
    "warmth",
    "saturation",
    "brightness",
    "contrast",
    "density",
    "movement",
    "angularity",
)
"""All in 0..1; warmth 0.5 is neutral."""
STYLES = (
    "lyrical",
    "geometric",
    "minimal",
    "gestural",
    "colorfield",
    "rings",
    "waves",
    "flow",
    "grid",
    "cells",
    "marble",
    "drip",
)
MOODS = (
    "calm",
    "happy",
    "sad",
    "angry",
    "tense",
    "playful",
    "romantic",
    "heroic",
    "mysterious",
    "nostalgic",
)
_LIGHT_LEAST, _DARK_MOST, _APART = 0.8, 0.25, 0.65
"""Brightness on a light or a dark ground, and the contrast of what lies far from it."""


@dataclass(frozen=True, slots=True)
class ImagePlan:
    """Everything that a composition is asked."""

    style: str
    palette: tuple[str, ...]
    """Two to five hex colours (more when the person gave more)."""
    numbers: Mapping[str, float]
    """NUMBERS -> 0..1."""
    mood: str = ""


def read_plan(
    text: str,
    seed: int,
    *,
    style: str = "",
    palette: Sequence[str] = (),
    chosen: Mapping[str, float] | None = None,
    guesses: Guesses | None = None,
) -> ImagePlan:
    """The plan of a description. What is given (`style`, `palette`, `chosen`) stands over what the
    words say outright, and that over what is guessed: by a reader card, else by the lexicon.

    The seed draws what is left open: which of the few palettes that suit."""
    given = dict(chosen or {})
    numbers = kept_to_words(text, _numbers(text, guesses)) | given
    colours = tuple(palette) or colours_for(text, numbers, seed, guesses)
    shown = _shown(colours, numbers, asked=bool(palette)) | (
        {} if palette else _on_its_ground(text, colours)
    )
    numbers |= {name: value for name, value in shown.items() if name not in given}
    return ImagePlan(
        style=style or style_ranking(text, guesses)[0],
        palette=colours,
        numbers={name: round(value, 2) for name, value in numbers.items()},
        mood=mood_ranking(text, guesses)[0],
    )


def style_ranking(text: str, guesses: Guesses | None = None) -> tuple[str, ...]:
    """All styles, the likeliest first; those called by name before all others."""
    scores = guesses.choices["style"] if guesses else _votes(text, VOTES, STYLES)
    named = said_styles(text)
    return tuple(sorted(STYLES, key=lambda name: (name not in named, -scores.get(name, 0.0))))


def mood_ranking(text: str, guesses: Guesses | None = None) -> tuple[str, ...]:
    """All moods, the likeliest first."""
    scores = guesses.choices["mood"] if guesses else _votes(text, MOOD_VOTES, MOODS)
    return tuple(sorted(MOODS, key=lambda name: -scores.get(name, 0.0)))


def _numbers(text: str, guesses: Guesses | None) -> dict[str, float]:
    totals = dict(guesses.numbers) if guesses else dict(MEANS)
    for concept in sorted(found_concepts(text)) if guesses is None else ():
        for name, effect in zip(NUMBERS, EFFECTS[concept], strict=True):
            totals[name] += effect
    return {name: min(0.97, max(0.03, totals[name])) for name in NUMBERS}


def _votes(
    text: str, votes: Mapping[str, Mapping[str, float]], names: Sequence[str]
) -> dict[str, float]:
    # Nothing said: the first one, a little.
    scores = {name: 0.03 * (name == names[0]) for name in names}
    for concept in sorted(found_concepts(text)):
        for name, vote in votes[concept].items():
            scores[name] += vote
    return scores


def _on_its_ground(text: str, colours: Sequence[str]) -> dict[str, float]:
    """A ground that is named is most of the picture: as light as the picture is."""
    ground = said_ground(text)
    if not ground:
        return {}
    lightness = hex_to_lab(ground)[0] / 100
    far = max(abs(hex_to_lab(each)[0] / 100 - lightness) for each in colours)
    light = {"brightness": min(max(lightness, _DARK_MOST - 0.1), 0.9)}
    if lightness > _LIGHT_LEAST - 0.05:
        light = {"brightness": max(_LIGHT_LEAST, lightness - 0.12)}
    elif lightness < _DARK_MOST:
        light = {"brightness": max(0.12, lightness + 0.06)}
    return light | ({"contrast": max(_APART, far)} if far > 0.5 else {})


def _shown(
    colours: Sequence[str], numbers: Mapping[str, float], *, asked: bool
) -> dict[str, float]:
    """Warmth and saturation as the colours have them: a plan must not contradict its palette.

    A picture seldom shows its colours in equal parts, so their mean chroma is but half of what is
    expected of its saturation, unless the person has `asked` for just these."""
    labs = [hex_to_lab(each) for each in colours]
    low, high = min(lab[0] for lab in labs) / 100, max(lab[0] for lab in labs) / 100
    full = min(1.0, fmean(hypot(a, b) for _, a, b in labs) / 70)
    return {
        "warmth": fmean(warmth(each) for each in colours),
        "saturation": full if asked else (full + numbers["saturation"]) / 2,
        "brightness": min(max(numbers["brightness"], low), high),
    }
