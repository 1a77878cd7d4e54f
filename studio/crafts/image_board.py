"""A board: several pictures of one style and one palette, each of its own words and seed.

{"verb": "board", "panels": ["first line", "second line", ...]}: what the lines of a poem or the
moments of a story become. The form's text is what the board is about as a whole.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace

from studio.crafts.craft import Inputs
from studio.crafts.image_form import number, plan_of
from studio.crafts.image_plan import NUMBERS, ImagePlan, read_plan
from studio.crafts.image_sizes import asked_size
from studio.crafts.image_start import Start
from studio.crafts.image_wish import Wish
from studio.errors import InvalidInput

LEAST_PANELS, MOST_PANELS = 2, 16
LONGEST_PANEL = 300
_OWN = ("brightness", "contrast", "density", "movement", "angularity")
"""What each panel has of its own; the colours belong to the whole."""
_LOWEST, _HIGHEST = 0.03, 0.97


def board_start(panels: Sequence[str]) -> str:
    """The value of the form's field `start` for these panels."""
    texts = [each.strip()[:LONGEST_PANEL] for each in panels if each.strip()]
    return json.dumps({"verb": "board", "panels": texts[:MOST_PANELS]}, ensure_ascii=False)


def boarded(start: Start, inputs: Inputs) -> list[Wish]:
    """One picture a panel, in order; one seed each, the form's first."""
    shared, first = plan_of(inputs), int(number(inputs, "seed"))
    wish = Wish(
        inputs=inputs,
        plan=shared,
        text="",
        seed=first,
        wildness=number(inputs, "wildness"),
        aspect=asked_size(inputs).aspect,
        verb="board",
    )
    whole = _read(str(inputs["text"]), shared).numbers
    return [
        replace(
            wish,
            text=text,
            seed=first + place,
            plan=_own_plan(text, shared, whole),
            label={"panel": place + 1, "line": text},
        )
        for place, text in enumerate(_panels(start))
    ]


def _own_plan(text: str, shared: ImagePlan, whole: Mapping[str, float]) -> ImagePlan:
    """The shared plan, moved by how the panel's words differ from those of the whole."""
    own = _read(text, shared).numbers
    moved = {name: shared.numbers[name] + own[name] - whole[name] for name in _OWN}
    numbers = {
        name: round(min(_HIGHEST, max(_LOWEST, moved.get(name, shared.numbers[name]))), 2)
        for name in NUMBERS
    }
    return replace(shared, numbers=numbers)


def _read(text: str, shared: ImagePlan) -> ImagePlan:
    return read_plan(text, 1, style=shared.style, palette=shared.palette)


def _panels(start: Start) -> list[str]:
    given = start.told["panels"]
    rows = given if isinstance(given, list) else []
    texts = [each.strip() for each in rows if isinstance(each, str) and each.strip()]
    fits = LEAST_PANELS <= len(texts) <= MOST_PANELS and len(texts) == len(rows)
    if not fits or any(len(each) > LONGEST_PANEL for each in texts):
        raise InvalidInput(
            "start",
            f"A board takes {LEAST_PANELS} to {MOST_PANELS} short texts, one a picture.",
            code="image_panels",
            least=LEAST_PANELS,
            most=MOST_PANELS,
        )
    return texts
