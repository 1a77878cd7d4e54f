"""What the browser tells of an ad that is worked on, read strictly, and what each verb asks of the
craft for it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from studio.ads.channels import CHANNELS
from studio.crafts.craft import Craft
from studio.errors import InvalidInput
from studio.ui.shell import Shell
from studio.works import Work, WorkOutput

Given = Mapping[str, object]
Row = dict[str, object]
"""An `AdText` as JSON."""
OF_ANOTHER_BRIEF = ("brand", "product")
"""Where the form differs in these, it is another brief, and the work's own is taken."""


ONE_LINE = 200
"""Texts up to this limit have no lines of their own."""


@dataclass(frozen=True, slots=True)
class Told:
    """One version of a work as it stands in the browser."""

    work: str
    version: int
    channels: Mapping[str, Sequence[Given]] = field(default_factory=dict)
    layouts: Mapping[str, int] = field(default_factory=dict)

    @classmethod
    def read(cls, text: str) -> Told:
        """Raises InvalidInput when nothing is told of a work."""
        try:
            given = json.loads(text or "{}")
            return cls(
                str(given["work"]),
                int(given["version"]),
                _rows_of(given.get("channels", {})),
                {str(size): int(layout) for size, layout in given.get("layouts", {}).items()},
            )
        except (ValueError, TypeError, KeyError, AttributeError):
            raise InvalidInput(
                "start", "There is no ad to work on yet.", "Generate one first.", code="ad_pick"
            ) from None


async def told_work(shell: Shell, told: Told, person: str) -> tuple[Work, WorkOutput]:
    """The person's work and its version. Raises InvalidInput when it is not there."""
    work = await shell.studio.work(told.work, user=person)
    if not 1 <= told.version <= len(work.outputs):
        raise InvalidInput("start", "This version is not there.", code="no_work")
    return work, work.outputs[told.version - 1]


def kept_rows(channel: str, told: Sequence[Given], shown: object) -> list[Row]:
    """The texts as the craft keeps them: as they are typed now, counted anew; an emptied line is
    gone. `shown`: the rows that the work has, whose other facts stay. Raises InvalidInput for an
    unknown channel or field."""
    earlier = _by_place(shown)
    rows = []
    for each in told:
        name, text = str(each.get("name", "")), str(each.get("text", ""))
        if text.strip():
            was = earlier.get((name, _whole(each.get("at"))), {})
            rows.append(_row(channel, name, text.strip(), each.get("locked") is True, was))
    return rows


def base_inputs(work: Work, form: Given, craft: Craft) -> dict[str, object]:
    """The form that a verb is asked with: the person's own while it still holds this brief, else
    the one that the work was made with."""
    same = all(_plain(form.get(name)) == _plain(work.inputs.get(name)) for name in OF_ANOTHER_BRIEF)
    names = {each.name for each in craft.fields} | {"lang"}
    own = {name: value for name, value in work.inputs.items() if name in names}
    return {**(dict(form) if same else own), "lang": work.lang, "n": 1, "start": ""}


def ad_start(
    verb: str, work: Work, output: WorkOutput, told: Told, form: Given, craft: Craft
) -> dict[str, object]:
    """The ad craft's form for `rewrite` and `edit`."""
    channel = str(output.data.get("channel", ""))
    rows = kept_rows(channel, told.channels.get(channel, ()), output.data.get("fields"))
    start = json.dumps(
        {"verb": verb, "of": {"channel": channel, "fields": rows}}, ensure_ascii=False
    )
    again = {"seed": 0} if verb == "rewrite" else {"seed": output.seed}
    return {**base_inputs(work, form, craft), "channel": channel, **again, "start": start}


def _row(channel: str, name: str, text: str, locked: bool, was: Given) -> Row:
    known: Any = CHANNELS.get(channel)
    fields = {each.name: each for each in known.fields} if known else {}
    if name not in fields:
        raise InvalidInput("start", "This channel has no such text.", code="ad_field", name=name)
    if fields[name].limit <= ONE_LINE:
        text = " ".join(text.split())
    same = was.get("text") == text
    return {
        "name": name,
        "text": text,
        "used": fields[name].used(text),
        "limit": fields[name].limit,
        "angle": str(was.get("angle", "")) if same else "",
        "by": str(was.get("by", "model")) if same else "person",
        "locked": locked,
    }


def _by_place(shown: object) -> dict[tuple[str, int], Given]:
    """(field, which of it) -> the row that the work has there."""
    found: dict[tuple[str, int], Given] = {}
    seen: dict[str, int] = {}
    for each in shown if isinstance(shown, list | tuple) else ():
        if isinstance(each, Mapping):
            name = str(each.get("name", ""))
            seen[name] = seen.get(name, -1) + 1
            found[name, seen[name]] = each
    return found


def _rows_of(given: Mapping[str, Any]) -> dict[str, list[Given]]:
    return {
        str(channel): [each for each in rows if isinstance(each, dict)]
        for channel, rows in given.items()
    }


def _plain(value: object) -> str:
    return " ".join(str(value or "").split())


def _whole(value: object) -> int:
    return int(value) if isinstance(value, int | float) else 0
