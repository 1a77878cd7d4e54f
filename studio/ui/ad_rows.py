"""The texts of an ad as the page works on them: each with its place, its room and its lock."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from studio.ads.channel import AdField
from studio.ads.channels import CHANNELS


@dataclass(frozen=True, slots=True)
class AdRow:
    """One text of an ad and the room it takes, as its channel counts."""

    name: str
    """The field of the channel."""
    text: str
    used: int
    limit: int
    at: int = 0
    """Which text of that field, from 0."""
    angle: str = ""
    by: str = ""
    """Who wrote it: "model", "rule" or "person"."""
    locked: bool = False
    counter: str = ""
    """How its length is counted; "" where no channel says."""
    most: int = 0
    """How many texts the field takes; 0 where no channel says."""

    @property
    def left(self) -> int:
        """What is free of the limit; below zero it is over."""
        return self.limit - self.used

    @property
    def is_over(self) -> bool:
        return self.limit > 0 and self.left < 0


def rows_of(data: Mapping[str, object], channel: str = "") -> tuple[AdRow, ...]:
    """The rows an ad craft put into its output's data, in order; none for anything else."""
    return tuple(_rows(data.get("fields", ()), channel or str(data.get("channel", ""))))


def fields_of(rows: Sequence[AdRow]) -> dict[str, list[AdRow]]:
    """Rows by field, in the order of the channel."""
    grouped: dict[str, list[AdRow]] = {}
    for each in rows:
        grouped.setdefault(each.name, []).append(each)
    return grouped


def _rows(given: object, channel: str) -> Iterator[AdRow]:
    if not isinstance(given, Sequence) or isinstance(given, str):
        return
    seen: dict[str, int] = {}
    for each in given:
        if isinstance(each, Mapping):
            name = re.sub(r"[_ ]?\d+$", "", str(each.get("name", "")))
            seen[name] = seen.get(name, -1) + 1
            yield _row(each, name, seen[name], _field(channel, name))


def _row(given: Mapping[str, object], name: str, at: int, field: AdField | None) -> AdRow:
    return AdRow(
        name=name,
        text=str(given.get("text", "")),
        used=_whole(given.get("used")),
        limit=_whole(given.get("limit")),
        at=at,
        angle=str(given.get("angle", "")),
        by=str(given.get("by", "")),
        locked=given.get("locked") is True,
        counter=field.counter if field else "",
        most=field.most if field else 0,
    )


def _field(channel: str, name: str) -> AdField | None:
    known = CHANNELS.get(channel)
    fields = known.fields if known else ()
    return next((each for each in fields if each.name == name), None)


def _whole(value: object) -> int:
    return int(value) if isinstance(value, int | float) else 0
