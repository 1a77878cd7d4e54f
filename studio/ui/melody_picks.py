"""Which take a person works on, and what each tool asks of the craft for it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from types import MappingProxyType

from studio.crafts.craft import Craft
from studio.crafts.melody_kept import kept_melody
from studio.crafts.melody_start import start_text
from studio.errors import InvalidInput
from studio.ui.controls import is_open
from studio.ui.shell import Shell
from studio.works import WorkOutput

Given = Mapping[str, object]
MOST_BARS = 64
MOST_NOTES = 2000


async def chosen_take(shell: Shell, told: str, person: str) -> WorkOutput:
    """The chosen take. Raises InvalidInput when none is, or when it is not the person's."""
    return await _take(shell, *_chosen(told), person)


async def chosen_melody(shell: Shell, told: str, person: str) -> dict[str, object]:
    """The chosen take as a start takes it. Raises as `chosen_take`."""
    work_id, version = _chosen(told)
    output = await _take(shell, work_id, version, person)
    return kept_melody(output.text, output.data, work_id, version)


def asked_of(
    tool: str, kept: Given, asked: Given, form: Given, craft: Craft, told: str = ""
) -> dict[str, object]:
    """The craft's form for a tool: what `asked` says, on the melody.

    Raises InvalidInput for what can not be read as bars or notes."""
    follow = bool(asked.get("follow"))
    left_open = {} if follow else _open_fields(craft)
    verb, facts = _ASKED[tool](asked, told)
    return {**form, **left_open, "start": start_text(verb, kept, **facts)}


def read_bars(text: str) -> list[int]:
    """ "1, 5-8" as numbers from 1, in order; nothing for "". Raises InvalidInput."""
    found: set[int] = set()
    for part in re.split(r"[,;，、；\s]+", re.sub(r"\s*[-–—~～]\s*", "-", text.strip())):
        match = re.fullmatch(r"(\d{1,3})(?:-(\d{1,3}))?", part)
        if match:
            first, last = int(match[1]), int(match[2] or match[1])
            found |= set(range(min(first, last), max(first, last) + 1))
        elif part:
            raise InvalidInput(
                "bars", f"“{part}” is no bar.", "Like 5-8.", code="melody_bars", text=part
            )
    if found and not 1 <= min(found) <= max(found) <= MOST_BARS:
        raise InvalidInput("bars", "Bars count from 1.", "Like 5-8.", code="melody_bars", text=text)
    return sorted(found)


def read_notes(told: str) -> list[list[float]]:
    """The notes that were edited on the roll: [[pitch, onset, duration], ...] in quarter notes, in
    order, one at a time. Raises InvalidInput when there are none."""
    try:
        given = json.loads(told or "{}").get("notes") or []
        notes = sorted(
            (
                [int(pitch), float(onset), float(length)]
                for pitch, onset, length in given[:MOST_NOTES]
            ),
            key=lambda each: each[1],
        )
    except (ValueError, TypeError, AttributeError):
        notes = []
    if not notes:
        raise InvalidInput("start", "There is no note left.", code="melody_no_notes")
    return notes


def _chosen(told: str) -> tuple[str, int]:
    try:
        given = json.loads(told or "{}")
        return str(given["work"]), int(given["version"])
    except (ValueError, TypeError, KeyError):
        raise InvalidInput(
            "start", "There is no take to work on yet.", "Generate one, or bring your own.",
            code="melody_pick",
        ) from None  # fmt: skip


async def _take(shell: Shell, work_id: str, version: int, person: str) -> WorkOutput:
    work = await shell.studio.work(work_id, user=person)
    if not 1 <= version <= len(work.outputs):
        raise InvalidInput("start", "This take is not there.", code="no_work")
    return work.outputs[version - 1]


def _open_fields(craft: Craft) -> dict[str, object]:
    """What a finished melody decides itself is left open in the form."""
    fields = {each.name: each.default for each in craft.fields if is_open(each)}
    return fields | ({"words": ""} if any(each.name == "words" for each in craft.fields) else {})


Asked = tuple[str, dict[str, object]]
"""A verb, and what it is told."""


def _varied(asked: Given, _: str) -> Asked:
    bars = read_bars(str(asked["bars"] or ""))
    return "vary", {"reach": asked["reach"]} | ({"bars": bars} if bars else {})


def _continued(asked: Given, _: str) -> Asked:
    return "continue", {"bars": _whole(asked["bars"])}


def _transposed(asked: Given, _: str) -> Asked:
    return "transpose", {"semitones": _whole(asked["semitones"])}


def _at_tempo(asked: Given, _: str) -> Asked:
    return "tempo", {"tempo_bpm": _whole(asked["tempo_bpm"])}


def _played_on(asked: Given, _: str) -> Asked:
    return "instrument", {"instrument": asked["instrument"]}


def _accompanied(asked: Given, _: str) -> Asked:
    return "accompany", {"accompaniment": asked["accompaniment"]}


def _sung(asked: Given, _: str) -> Asked:
    return "sing", {"words": str(asked["words"] or "")}


def _edited_notes(_asked: Given, told: str) -> Asked:
    return "edit", {"notes": read_notes(told)}


def _edited_abc(asked: Given, _: str) -> Asked:
    return "edit", {"abc": str(asked["abc"] or "")}


def _whole(value: object) -> int:
    return round(value) if isinstance(value, int | float) else 0


_ASKED: Mapping[str, Callable[[Given, str], Asked]] = MappingProxyType(
    {
        "vary": _varied,
        "continue": _continued,
        "transpose": _transposed,
        "tempo": _at_tempo,
        "instrument": _played_on,
        "accompany": _accompanied,
        "sing": _sung,
        "notes": _edited_notes,
        "abc": _edited_abc,
    }
)
