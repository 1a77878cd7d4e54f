"""How a finished work becomes the start of another: a table from crafts to crafts.

Each entry fills a part of the target's form; what it fills is shown and can be changed before
anything is made. Everything here is pure.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from studio.crafts.handover_ads import ad_picture, copy_kit, melody_kit, picture_kit, text_kit
from studio.crafts.handover_melodies import melody_picture
from studio.crafts.handover_pictures import picture_poem, picture_words
from studio.crafts.handover_texts import (
    described,
    poem_board,
    poem_melody,
    poem_picture,
    song_words,
    story_board,
    story_scene,
    text_poem,
    verse_panels,
)
from studio.crafts.handover_view import Passed, WorkView
from studio.crafts.moments import sentences
from studio.errors import InvalidInput

STORIES = frozenset({"story", "scene", "dialogue", "continue", "rewrite", "expand"})
SCENES = frozenset({"scene", "dialogue"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Handover:
    """One way from a work to a form. Its label is `handover.<name>` of the locales."""

    name: str
    sources: tuple[str, ...]
    """The crafts whose works it takes."""
    target: str
    pass_on: Callable[[WorkView], Passed]
    fits: Callable[[WorkView], bool] = lambda view: bool(view.text.strip())
    """Whether there is something in this work to pass on."""
    read: Callable[[WorkView], str] | None = None
    """The text that the target's reader card guesses of; None: nothing is read."""


HANDOVERS: tuple[Handover, ...] = (
    Handover(
        name="poem_picture",
        sources=("poetry",),
        target="image",
        pass_on=poem_picture,
        read=described,
    ),
    Handover(
        name="poem_melody",
        sources=("poetry",),
        target="melody",
        pass_on=poem_melody,
        read=song_words,
    ),
    Handover(
        name="poem_board",
        sources=("poetry",),
        target="image",
        pass_on=poem_board,
        fits=lambda view: len(verse_panels(view)) > 1,
        read=described,
    ),
    Handover(
        name="text_picture",
        sources=("writing",),
        target="image",
        pass_on=poem_picture,
        read=described,
    ),
    Handover(
        name="story_scene",
        sources=("writing",),
        target="writing",
        pass_on=story_scene,
        fits=lambda view: bool(view.text.strip()) and view.inputs.get("kind") not in SCENES,
    ),
    Handover(
        name="story_board",
        sources=("writing",),
        target="image",
        pass_on=story_board,
        fits=lambda view: len(sentences(view.text)) > 1,
        read=described,
    ),
    Handover(name="text_poem", sources=("writing",), target="poetry", pass_on=text_poem),
    Handover(
        name="picture_words",
        sources=("image",),
        target="writing",
        pass_on=picture_words,
        fits=lambda view: bool(view.data.get("palette") or view.asked),
    ),
    Handover(
        name="picture_poem",
        sources=("image",),
        target="poetry",
        pass_on=picture_poem,
        fits=lambda view: bool(view.data.get("palette") or view.asked),
    ),
    Handover(
        name="melody_picture",
        sources=("melody",),
        target="image",
        pass_on=melody_picture,
        fits=lambda view: bool(view.data),
    ),
    Handover(
        name="ad_picture",
        sources=("ad_copy", "kit"),
        target="image",
        pass_on=ad_picture,
        fits=lambda view: bool(view.inputs.get("product")),
    ),
    Handover(name="text_kit", sources=("poetry", "writing"), target="kit", pass_on=text_kit),
    Handover(
        name="picture_kit",
        sources=("image",),
        target="kit",
        pass_on=picture_kit,
        fits=lambda view: "frames" not in view.data and "loop" not in view.data,
    ),
    Handover(
        name="melody_kit",
        sources=("melody",),
        target="kit",
        pass_on=melody_kit,
        fits=lambda view: bool(view.data),
    ),
    Handover(
        name="copy_kit",
        sources=("ad_copy",),
        target="kit",
        pass_on=copy_kit,
        fits=lambda view: bool(view.inputs.get("product")),
    ),
)
"""In the order of a menu."""


def offered(view: WorkView, crafts: Mapping[str, object]) -> tuple[Handover, ...]:
    """The hand-overs that this work can make in a studio of these crafts."""
    return tuple(
        each
        for each in HANDOVERS
        if view.craft in each.sources and each.target in crafts and each.fits(view)
    )


def handover_named(name: str, craft: str) -> Handover:
    """The hand-over of that name from works of a craft. Raises InvalidInput for none."""
    for each in HANDOVERS:
        if each.name == name and craft in each.sources:
            return each
    known = ", ".join(each.name for each in HANDOVERS if craft in each.sources)
    raise InvalidInput(
        "name",
        f"A work of {craft} can not be handed over as {name[:40]}.",
        f"Possible: {known}.",
        code="handover_name",
        craft=craft,
        name=name[:40],
        choices=known,
    )
