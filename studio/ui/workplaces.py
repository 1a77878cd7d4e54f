"""Where finished works of a craft are worked on: a table from the kind of output to what its tab
has beside the form and under the result."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Protocol

from gradio.events import Dependency

from studio.crafts.craft import Craft, OutputKind
from studio.ui import ad_parts as ad
from studio.ui import melody_parts as melody
from studio.ui import picture_parts as picture
from studio.ui.ad_desk import AdDesk, DeskOfAds
from studio.ui.controls import Form
from studio.ui.drafts import Draft
from studio.ui.kit_brought import brought_picture_parts, wire_brought_picture
from studio.ui.kit_stand import KitStand, kit_parts
from studio.ui.melody_brought import brought_parts
from studio.ui.melody_stand import MelodyStand, StandParts
from studio.ui.painting import Bench
from studio.ui.picture_easel import EaselParts, PictureEasel
from studio.ui.picture_sketch import sketch_parts
from studio.ui.shell import Shell
from studio.ui.strings import Words
from studio.ui.work_trail import VersionRow


class Easel(Protocol):
    """The events of a place where finished works are worked on."""

    def wire(self) -> None:
        """Connect everything but the arrival of works."""

    def after(self, event: Dependency) -> None:
        """Put the work that this event brought on the trail."""

    def draft(self) -> Draft:
        """What the browser keeps of it."""


@dataclass(frozen=True, slots=True)
class Workplace:
    """What one kind of output adds to its tab."""

    script: str
    """Of the result, when it loads."""
    beside: Callable[[Words, Craft], Any]
    """Under the form: another way to begin."""
    tools: Callable[[Words, Craft], Any]
    """Under the result."""
    easel: Callable[[Shell, Form, PlaceParts], Easel]


@dataclass(frozen=True, slots=True)
class PlaceParts:
    """The components that an easel is made of."""

    row: VersionRow
    tools: Any
    beside: Any
    bench: Bench


def workplace_of(craft: Craft) -> Workplace | None:
    """The workplace of a craft that takes a start; None where works are only shown."""
    takes_start = any(each.name == "start" for each in craft.fields)
    return _PLACES.get(craft.output) if takes_start else None


def opened(
    place: Workplace, shell: Shell, form: Form, parts: PlaceParts, runs: Sequence[Dependency]
) -> Easel:
    """The easel, on whose trail every run's work is put."""
    easel = place.easel(shell, form, parts)
    easel.wire()
    for run in runs:
        easel.after(run)
    return easel


def _picture(shell: Shell, form: Form, parts: PlaceParts) -> Easel:
    return PictureEasel(shell, form, EaselParts(parts.row, parts.tools, parts.beside, parts.bench))


def _melody(shell: Shell, form: Form, parts: PlaceParts) -> Easel:
    return MelodyStand(shell, form, StandParts(parts.row, parts.tools, parts.beside, parts.bench))


def _ad(shell: Shell, form: Form, parts: PlaceParts) -> Easel:
    return AdDesk(shell, form, DeskOfAds(parts.row, parts.tools, parts.bench))


def _kit(shell: Shell, form: Form, parts: PlaceParts) -> Easel:
    wire_brought_picture(shell, form, parts.beside, parts.bench.status)
    return KitStand(shell, form, DeskOfAds(parts.row, parts.tools, parts.bench))


_PLACES: Mapping[OutputKind, Workplace] = MappingProxyType(
    {
        "picture": Workplace(picture.ARRIVED_JS, sketch_parts, picture.picture_parts, _picture),
        "melody": Workplace(melody.ARRIVED_JS, brought_parts, melody.melody_parts, _melody),
        "ad": Workplace(ad.arrived_js(), ad.nothing_beside, ad.ad_parts, _ad),
        "kit": Workplace(ad.arrived_js(), brought_picture_parts, kit_parts, _kit),
    }
)
