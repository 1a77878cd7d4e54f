"""A finished picture as the verbs take it: everything that makes the very same one again."""

from __future__ import annotations

import base64
import binascii
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

from studio.crafts.image_plan import NUMBERS, STYLES, ImagePlan
from studio.crafts.image_sizes import ASPECTS
from studio.crafts.palette import SLOTS, is_hex
from studio.errors import InvalidInput

MOST_SEED = 2**63 - 1
_CELLS = (2, 64)
_NEEDED = (
    "layout",
    "slots",
    "noise",
    "style",
    "numbers",
    "palette",
    "text",
    "seed",
    "wildness",
    "aspect",
)
_OPTIONAL = ("family", "work", "version")


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """One finished picture. The same values always make it again."""

    layout: str
    """The code of the picture model: where each of eight colours lies."""
    slots: tuple[str, ...]
    """The eight colours, hex, dark to light."""
    noise: int
    """Seed of the painting."""
    style: str
    numbers: Mapping[str, float]
    palette: tuple[str, ...]
    text: str
    seed: int
    wildness: float
    aspect: float
    """Width / height that it was composed for."""
    family: str = ""
    work: str = ""
    """The work it was shown in; "" when it comes from a file."""
    version: int = 0
    """Its number in that work, from 1."""

    @classmethod
    def read(cls, given: object, number: int = 1) -> Kept:
        """The picture of a start, strictly. Raises InvalidInput("start"), naming its `number`."""
        if not isinstance(given, Mapping) or not _is_whole(given):
            raise _unusable(number)
        return cls(
            **{
                **given,
                "slots": tuple(given["slots"]),
                "palette": tuple(given["palette"]),
                "numbers": {name: float(given["numbers"][name]) for name in NUMBERS},
                "wildness": float(given["wildness"]),
                "aspect": float(given["aspect"]),
            }
        )

    @property
    def plan(self) -> ImagePlan:
        """What it was asked."""
        return ImagePlan(self.style, self.palette, self.numbers)

    @property
    def shape(self) -> tuple[int, int]:
        """(rows, columns) of its layout."""
        return layout_shape(self.layout)

    @property
    def origin(self) -> dict[str, object]:
        """Where it came from, as a child's data keeps it."""
        return {"work": self.work, "version": self.version}

    @property
    def as_data(self) -> dict[str, object]:
        """JSON-able; `read` gives the picture back."""
        return {
            **asdict(self),
            "slots": list(self.slots),
            "palette": list(self.palette),
            "numbers": dict(self.numbers),
        }


def kept_picture(data: Mapping[str, object], work: str = "", version: int = 0) -> dict[str, object]:
    """What a start needs of an output's data. Raises InvalidInput for a picture that was made
    before pictures could be worked on."""
    found = {name: data[name] for name in (*_NEEDED, "family") if name in data}
    return Kept.read({**found, "work": work, "version": version}).as_data


def layout_shape(code: str) -> tuple[int, int]:
    """(rows, columns) of a layout code. Raises ValueError for what is none."""
    try:
        content = base64.b64decode(code, validate=True)
        rows, columns = content[0], content[1]
        packed = zlib.decompressobj().decompress(content[2:], SLOTS * _CELLS[1] ** 2)
    except (binascii.Error, zlib.error, IndexError, ValueError) as error:
        raise ValueError("this is no layout") from error
    low, high = _CELLS
    whole = len(packed) * 2 == SLOTS * rows * columns
    if not (low <= rows <= high and low <= columns <= high and whole):
        raise ValueError("this is no layout")
    return rows, columns


def _is_whole(given: Mapping[str, object]) -> bool:
    return (
        set(_NEEDED) <= set(given) <= {*_NEEDED, *_OPTIONAL}
        and _is_layout(given["layout"])
        and is_palette(given["slots"], SLOTS, SLOTS)
        and is_palette(given["palette"], 1, SLOTS)
        and given["style"] in STYLES
        and _are_numbers(given["numbers"])
        and all(_is_seed(given[name]) for name in ("noise", "seed"))
        and is_between(given["wildness"], 0, 1)
        and is_between(given["aspect"], *ASPECTS)
        and all(isinstance(given.get(name, ""), str) for name in ("text", "family", "work"))
        and isinstance(given.get("version", 0), int)
    )


def is_between(given: object, low: float, high: float) -> bool:
    """Whether it is a number, and one of that range."""
    return isinstance(given, int | float) and not isinstance(given, bool) and low <= given <= high


def is_palette(given: object, least: int, most: int) -> bool:
    """Whether it is a sequence of `least` to `most` hex colours."""
    if not isinstance(given, Sequence) or isinstance(given, str):
        return False
    return least <= len(given) <= most and all(isinstance(c, str) and is_hex(c) for c in given)


def _is_layout(given: object) -> bool:
    try:
        return isinstance(given, str) and bool(layout_shape(given))
    except ValueError:
        return False


def _are_numbers(given: object) -> bool:
    if not isinstance(given, Mapping) or set(given) != set(NUMBERS):
        return False
    return all(is_between(value, 0, 1) for value in given.values())


def _is_seed(given: object) -> bool:
    return isinstance(given, int) and is_between(given, 0, MOST_SEED)


def _unusable(number: int) -> InvalidInput:
    return InvalidInput(
        "start",
        f"Picture {number} holds no composition that can be worked on.",
        "Make it again from its recipe first.",
        code="image_kept",
        number=number,
    )
