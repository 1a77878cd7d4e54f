"""What a painter that works from words is asked: a pipeline's prompt and its settings.

The plan and the form stay those of the craft; only the request is said in another way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from studio.crafts.colour_names import colour_name
from studio.crafts.craft import Craft, Field, Inputs
from studio.crafts.form import spoken_language
from studio.crafts.image_form import AUTO, UNSET, number
from studio.crafts.image_plan import NUMBERS
from studio.crafts.image_start import read_start
from studio.crafts.image_wish import Wish
from studio.requests import Request

STEPS = (0, 100)
"""0: as many as the painter's card says."""
GUIDANCE = (UNSET, 20)
STRENGTH = (0.05, 1.0)
SCHEDULERS = (AUTO, "euler", "euler_a", "ddim", "dpmpp_2m", "unipc", "lcm")
MOST_NAMED = 4
"""Colours that a prompt names: more than that is not obeyed."""

PAINTER_FIELDS = (
    Field("painter", "text", AUTO, max_length=120, advanced=True, hidden=True),
    Field("steps", "number", 0, minimum=STEPS[0], maximum=STEPS[1], advanced=True, hidden=True),
    Field(
        *("guidance", "number", UNSET),
        minimum=GUIDANCE[0],
        maximum=GUIDANCE[1],
        step=0.5,
        advanced=True,
        hidden=True,
    ),
    Field("negative", "text", max_length=1000, advanced=True, hidden=True),
    Field("scheduler", "choice", AUTO, choices=SCHEDULERS, advanced=True, hidden=True),
    Field(
        *("strength", "number", 0.6),
        minimum=STRENGTH[0],
        maximum=STRENGTH[1],
        step=0.05,
        advanced=True,
        hidden=True,
    ),
)
"""Hidden until a pipeline is at hand: see `with_painters`."""

_KEPT = ("style", "palette", *NUMBERS, "aspect")
"""What the craft's own condition says that `finish` reads again."""
_STYLES: Mapping[str, str] = MappingProxyType({"colorfield": "colour field"})


def with_painters(craft: Craft, cards: Sequence[str]) -> Craft:
    """The craft with the painters' fields on its page, these cards among the choices."""
    shown = []
    for each in craft.fields:
        choices = (AUTO, *cards) if each.name == "painter" else each.choices
        painters = each in PAINTER_FIELDS
        shown.append(replace(each, hidden=False, choices=choices) if painters else each)
    return replace(craft, fields=tuple(shown))


def chosen_painter(inputs: Mapping[str, object]) -> str:
    """The card that the form names; "" leaves it open."""
    name = str(inputs.get("painter", AUTO))
    return "" if name == AUTO else name


def repaints(inputs: Mapping[str, object]) -> bool:
    """Whether the form asks to paint over a picture."""
    start = read_start(str(inputs.get("start", "")))
    return start is not None and start.verb == "repaint"


def works_from_words(inputs: Mapping[str, object]) -> bool:
    """Whether a painter without layouts can do what the form asks."""
    start = read_start(str(inputs.get("start", "")))
    return start is None or start.verb == "repaint" or (start.verb == "grid" and not start.of)


def painter_request(request: Request, inputs: Inputs) -> Request:
    """The same picture asked of a pipeline: see `studio/families/diffusion_order.py`."""
    asked: Mapping[str, Any] = request.condition
    condition = {name: asked[name] for name in _KEPT if name in asked} | _settings(inputs)
    prompt = painter_prompt(request.prompt, str(asked["style"]), tuple(asked["palette"]))
    return replace(request, prompt=prompt, condition=condition)


def painter_prompt(text: str, style: str, palette: Sequence[str]) -> str:
    """The words, and what the plan made of them: its style and its colours, by their names.

    A pipeline reads English best and only the first lines: of a Chinese text the plan goes first.
    """
    named = list(dict.fromkeys(colour_name(each) for each in palette))[:MOST_NAMED]
    colours = " and ".join(filter(None, (", ".join(named[:-1]), *named[-1:])))
    plan = f"abstract painting, {_STYLES.get(style, style.replace('_', ' '))}, in {colours}"
    text = text.strip().rstrip(".。")
    return f"{plan}. {text}" if spoken_language(text) == "zh" else f"{text}. {plan}"


def composition_request(inputs: Inputs, card: str, adapter: str | None) -> Request:
    """The picture that is painted over, asked of the picture model again."""
    start = read_start(str(inputs["start"]))
    assert start is not None
    return Wish.again(start.of[0], inputs, "repaint").request(card, adapter)


def _settings(inputs: Inputs) -> dict[str, object]:
    """Only what the person set: the rest is as the painter's card says."""
    steps, guidance = int(number(inputs, "steps")), number(inputs, "guidance")
    scheduler, negative = str(inputs["scheduler"]), str(inputs["negative"])
    given = {
        "steps": steps or None,
        "guidance": guidance if guidance >= 0 else None,
        "negative": negative or None,
        "scheduler": scheduler if scheduler != AUTO else None,
        "strength": number(inputs, "strength") if repaints(inputs) else None,
    }
    return {name: value for name, value in given.items() if value is not None}
