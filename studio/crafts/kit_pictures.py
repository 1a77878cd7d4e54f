"""The pictures of a kit: one composition for each shape of banner, of one plan and one palette."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from studio.ads.brand import Brand
from studio.ads.phrases import AdBrief
from studio.crafts import image
from studio.crafts.craft import Inputs, OrderPart, Part, Roster
from studio.crafts.form import fill
from studio.crafts.guesses import GUESSES
from studio.crafts.image_form import asked_palette
from studio.crafts.image_kept import Kept, kept_picture
from studio.crafts.image_start import start_text
from studio.crafts.kit_mood import Mood
from studio.crafts.palette import hex_to_lab, lab_to_hex
from studio.requests import Completion

SHAPES: Mapping[str, tuple[int, int]] = MappingProxyType(
    {"wide": (1600, 640), "square": (1080, 1080), "tall": (960, 1920)}
)
"""Shape -> width and height of its finished picture in px."""
PART = "picture/"
"""What the names of the parts begin with."""
_FEWEST_COLOURS = 4
_PAPER, _INK = 93.0, 18.0
"""Lab lightness of the light and the dark tint that a small palette is filled up with."""
_FAINT = 0.3
"""Share of its colour that such a tint keeps."""


@dataclass(frozen=True, slots=True)
class PictureWish:
    """What all pictures of one kit share."""

    text: str
    style: str
    palette: tuple[str, ...]
    finish: str
    seed: int
    lang: str
    guesses: object = None
    kept: Mapping[str, Kept] = field(default_factory=lambda: MappingProxyType({}))
    """By shape: compositions that are painted again as they were."""


def picture_text(brief: AdBrief, mood: Mood) -> str:
    """The description that the picture model is given: the mood and what is sold."""
    points = [each.rstrip(".。") for each in brief.points]
    if brief.lang == "zh":
        return f"{mood.chinese}的抽象画，{brief.product}，{'，'.join(points)}"
    return f"{mood.word} abstract picture, {brief.product}, {', '.join(points)}"


def picture_parts(wish: PictureWish, roster: Roster) -> tuple[OrderPart, ...]:
    """One order a shape. Raises what the image craft does."""
    return tuple(
        OrderPart(PART + shape, "picture", image.order(_inputs(wish, shape), roster))
        for shape in SHAPES
    )


def palette_of(colours: Sequence[str]) -> tuple[str, ...]:
    """A brand's colours, with a light and a dark tint where they are too few for a picture."""
    own = tuple(dict.fromkeys(colours))
    if not own or len(own) >= _FEWEST_COLOURS:
        return own
    main = hex_to_lab(own[0])
    tints = (
        lab_to_hex((lightness, main[1] * _FAINT, main[2] * _FAINT)) for lightness in (_PAPER, _INK)
    )
    lights = [hex_to_lab(each)[0] for each in own]
    return (*own, *(each for each in tints if _is_apart(each, lights)))


def asked_colours(inputs: Inputs, brand: Brand | None) -> tuple[str, ...]:
    """The colours of a campaign: those of the form, else the brand's; () leaves them to the
    pictures. Raises InvalidInput("palette")."""
    typed = asked_palette(str(inputs["palette"]))
    return typed or (brand.colours if brand is not None else ())


def picture_outputs(done: Sequence[tuple[OrderPart, Sequence[Completion]]]) -> tuple[Part, ...]:
    """The finished pictures, a part each."""
    return tuple(
        Part(part.name, part.kind, image.finish(part.order, made)[0]) for part, made in done
    )


def kept_pictures(painted: Sequence[Part]) -> dict[str, object]:
    """What makes the same pictures again, by shape; a picture without a code is left out."""
    return {
        part.name.removeprefix(PART): kept_picture(part.output.data)
        for part in painted
        if "layout" in part.output.data
    }


def _is_apart(colour: str, lights: Sequence[float]) -> bool:
    return all(abs(hex_to_lab(colour)[0] - each) > 15 for each in lights)


def _inputs(wish: PictureWish, shape: str) -> Inputs:
    width, height = SHAPES[shape]
    kept = wish.kept.get(shape)
    given: dict[str, object] = {
        "text": wish.text,
        "style": wish.style,
        "palette": " ".join(palette_of(wish.palette)),
        "lock": bool(wish.palette),
        "finish": wish.finish,
        "size": "free",
        "width": width,
        "height": height,
        "n": 1,
        "seed": wish.seed,
        "lang": wish.lang,
    }
    if kept is not None:
        given["start"] = start_text("refinish", [kept.as_data])
    filled = fill(image.CRAFT, given, lambda: wish.seed)
    return filled if wish.guesses is None else {**filled, GUESSES: wish.guesses}
