"""The studio lets a reader card guess before a picture is ordered; without one words suffice."""

from __future__ import annotations

from studio.batch import finished
from studio.crafts.guesses import Guesses
from studio.crafts.image_plan import MOODS, NUMBERS, STYLES
from studio.service import Studio

BRIEF = {"text": "the moment before the exam", "n": 1, "seed": 4}


class Says:
    """A plan reader that guesses rings, whatever is asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str]] = []

    def read(self, card: str, text: str, concepts: frozenset[str]) -> Guesses:
        self.asked.append((card, text))
        style = {name: float(name == "rings") for name in STYLES}
        mood = dict.fromkeys(MOODS, 0.1)
        return Guesses(dict.fromkeys(NUMBERS, 0.3), {"style": style, "mood": mood})


async def test_the_guesses_reach_the_plan_and_are_not_kept_as_inputs(studio: Studio) -> None:
    reader = Says()
    studio._orders._plans = reader  # type: ignore[assignment]
    work = await finished(studio, "image", BRIEF, "ada")
    assert work.plan["style"] == "rings"
    assert "guesses" not in work.inputs
    assert reader.asked == [("reader/image-plan", BRIEF["text"])]


async def test_a_guess_changes_the_plan(studio: Studio) -> None:
    plain = await finished(studio, "image", BRIEF, "ada")
    studio._orders._plans = Says()  # type: ignore[assignment]
    guessed = await finished(studio, "image", BRIEF, "ada")
    assert plain.plan != guessed.plan
    again = await finished(studio, "image", guessed.inputs, "ada")
    assert again.plan == guessed.plan
    assert again.outputs[0].data["numbers"] == guessed.outputs[0].data["numbers"]


async def test_what_is_said_and_what_is_chosen_stand_over_a_guess(studio: Studio) -> None:
    studio._orders._plans = Says()  # type: ignore[assignment]
    said = await finished(studio, "image", {**BRIEF, "text": "a grid of windows"}, "ada")
    assert said.plan["style"] == "grid"
    chosen = {**BRIEF, "style": "waves", "density": 0.9, "palette": "#e63946 #1d3557"}
    work = await finished(studio, "image", chosen, "ada")
    assert (work.plan["style"], work.plan["density"]) == ("waves", 0.9)
    assert work.plan["palette"] == "#e63946 #1d3557"


async def test_without_a_reader_the_words_are_enough(studio: Studio) -> None:
    work = await finished(studio, "image", {**BRIEF, "text": "a grid of windows"}, "ada")
    assert work.plan["style"] == "grid"
