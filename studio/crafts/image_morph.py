"""Morphs: two to eight pictures melt into each other and back into the first: a seamless loop."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from studio.crafts.craft import Inputs
from studio.crafts.image_colours import blended
from studio.crafts.image_kept import Kept
from studio.crafts.image_plan import ImagePlan
from studio.crafts.image_start import Start
from studio.crafts.image_verbs import kept_colours
from studio.crafts.image_wish import Wish
from studio.crafts.palette import spread_over
from studio.errors import InvalidInput

MOST_FRAMES = 192
"""Frames of one loop: what one queue of the studio takes at once."""
_FRAMES, _FPS = 24, 24
_BEATS = 2.0


@dataclass(frozen=True, slots=True)
class Stop:
    """A picture that a morph passes, in the colours that it shows there."""

    kept: Kept
    slots: tuple[str, ...]
    palette: tuple[str, ...]


def morphed(start: Start, inputs: Inputs) -> list[Wish]:
    """The loop's frames in order; the one after the last is the first again.

    Raises InvalidInput("start") for pictures of different shapes, and for too many frames."""
    frames = frames_per_passage(start)
    total = frames * len(start.of)
    if total > MOST_FRAMES:
        raise InvalidInput(
            "start",
            f"This loop would have {total} frames; {MOST_FRAMES} are the most.",
            "Choose fewer pictures, or fewer frames between two.",
            code="image_frames",
            found=total,
            limit=MOST_FRAMES,
        )
    stops = stops_of(start.of, inputs)
    return [
        frame_of(stops, place, _eased(step / frames), inputs)
        for place in range(len(stops))
        for step in range(frames)
    ]


def frames_per_second(start: Start) -> int:
    """How fast the loop runs."""
    return int(start.number("fps", _FPS, 6, 30))


def frames_per_passage(start: Start) -> int:
    """Frames from one picture to the next: told, or `beats` of a melody at `bpm`."""
    if "bpm" not in start.told:
        return int(start.number("frames", _FRAMES, 2, 48))
    seconds = start.number("beats", _BEATS, 1, 16) * 60 / start.number("bpm", 96, 40, 240)
    return max(2, round(seconds * frames_per_second(start)))


def stops_of(pictures: Sequence[Kept], inputs: Inputs) -> list[Stop]:
    """The pictures as stops. Raises InvalidInput("start") for pictures of different shapes."""
    if len({each.shape for each in pictures}) > 1:
        raise InvalidInput(
            "start",
            "Only pictures of one shape can melt into each other.",
            "Choose pictures of the same format.",
            code="image_shapes",
        )
    if not inputs["lock"]:
        return [Stop(each, each.slots, each.palette) for each in pictures]
    palette, slots = kept_colours(pictures[0], inputs)
    # The same spread in every frame: a new one each time would flicker.
    shown = slots or spread_over(palette)
    return [Stop(each, shown, palette) for each in pictures]


def frame_of(
    stops: Sequence[Stop], place: int, at: float, inputs: Inputs, verb: str = "morph"
) -> Wish:
    """What lies between the stop at `place` (`at` 0) and the next one (1)."""
    one, other = stops[place], stops[(place + 1) % len(stops)]
    first = stops[0].kept
    wish = Wish.again(first, inputs, verb, layout="", noise=None)
    return replace(
        wish,
        plan=_plan(one, other, at, first.style),
        slots=one.slots if at == 0 else blended(one.slots, other.slots, at),
        wildness=_between(one.kept.wildness, other.kept.wildness, at),
        passage=_passage(one.kept, other.kept, at),
        parents=tuple(each.kept for each in stops),
    )


def _eased(along: float) -> float:
    """Slow at the pictures, quick between them (smoothstep)."""
    return round(along * along * (3 - 2 * along), 4)


def _between(one: float, other: float, at: float) -> float:
    return round(one + (other - one) * at, 4)


def _plan(one: Stop, other: Stop, at: float, style: str) -> ImagePlan:
    # A style or a sentence can not be half of another: all frames have the first one's.
    numbers = {
        name: _between(value, other.kept.numbers[name], at)
        for name, value in one.kept.numbers.items()
    }
    return ImagePlan(style, one.palette, numbers)


def _passage(one: Kept, other: Kept, at: float) -> dict[str, object]:
    return {
        "layouts": [one.layout, other.layout],
        "noises": [one.noise, other.noise],
        "at": at,
        "styles": [one.style, other.style],
        "prompts": [one.text, other.text],
    }
