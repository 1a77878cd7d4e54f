"""A finished kit as the verbs take it: everything that makes the same kit again, part by part."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from studio.ads.channels import CHANNELS
from studio.crafts.ad_kit import AdText
from studio.crafts.ad_start import rows_of
from studio.crafts.image_kept import Kept as KeptPicture
from studio.crafts.kit_pictures import SHAPES
from studio.crafts.melody_kept import Kept as KeptMelody
from studio.errors import InvalidInput

LONGEST_MOTIF, LONGEST_ID = 400, 64
Rows = Mapping[str, tuple[AdText, ...]]
_KEYS = ("copy", "pictures", "jingle", "motif", "layouts", "work", "version")


@dataclass(frozen=True, slots=True)
class KeptKit:
    """One kit. Empty parts are made anew."""

    copy: Rows = field(default_factory=lambda: MappingProxyType({}))
    """Channel -> its texts."""
    pictures: Mapping[str, KeptPicture] = field(default_factory=lambda: MappingProxyType({}))
    """Shape -> its composition."""
    jingle: KeptMelody | None = None
    motif: str = ""
    """ABC of what returns in the jingle."""
    layouts: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    """Size of a banner -> the layout that was picked, from 1."""
    work: str = ""
    """The work it was shown in; "" when it comes from a file."""
    version: int = 0
    """Its number in that work, from 1."""

    @classmethod
    def read(cls, given: object) -> KeptKit:
        """The kit of a start, strictly. Raises InvalidInput("start")."""
        if not isinstance(given, Mapping) or not set(given) <= set(_KEYS):
            raise unusable()
        copy, pictures = given.get("copy") or {}, given.get("pictures") or {}
        jingle, motif = given.get("jingle"), given.get("motif", "")
        whole = isinstance(pictures, Mapping) and isinstance(motif, str)
        if not whole or not set(pictures) <= set(SHAPES) or len(motif) > LONGEST_MOTIF:
            raise unusable()
        return cls(
            read_copy(copy),
            {name: KeptPicture.read(pictures[name]) for name in SHAPES if name in pictures},
            None if jingle is None else KeptMelody.read(jingle),
            motif,
            read_layouts(given.get("layouts") or {}),
            str(given.get("work", ""))[:LONGEST_ID],
            int(version) if isinstance(version := given.get("version", 0), int) else 0,
        )


def read_copy(given: object) -> Rows:
    """Texts by channel. Raises InvalidInput("start") for an unknown channel or a bad row."""
    if not isinstance(given, Mapping) or not set(given) <= set(CHANNELS):
        raise unusable()
    return {name: rows_of(CHANNELS[name], given[name]) for name in CHANNELS if name in given}


def read_layouts(given: object) -> dict[str, int]:
    """Which layout each size was given. Raises InvalidInput("start")."""
    if not isinstance(given, Mapping) or not all(_is_layout(each) for each in given.values()):
        raise unusable()
    return {str(size): int(layout) for size, layout in given.items()}


def unusable() -> InvalidInput:
    """The error for a start that is no kit."""
    return InvalidInput(
        "start",
        "This is no kit that can be worked on.",
        "Make it again from its recipe first.",
        code="kit_kept",
    )


def _is_layout(given: object) -> bool:
    return isinstance(given, int) and not isinstance(given, bool) and 1 <= given <= MOST_LAYOUTS


MOST_LAYOUTS = 3
"""Designs of one size of banner."""
