"""Records to rows of the database, and back."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import asdict, fields

from studio.history.records import DuelArm, DuelRecord, WorkRecord

WORK_COLUMNS = (
    "id",
    "user",
    "craft",
    "lang",
    "title",
    "text",
    "body",
    "inputs",
    "plan",
    "outputs",
    "recipe",
    "usage",
    "starred",
    "created",
    "parent",
)


def as_json(value: object) -> str:
    """JSON of a value that may hold read-only mappings. Raises TypeError for anything else."""
    return json.dumps(value, ensure_ascii=False, default=_plain)


def as_mapping(record: WorkRecord | DuelRecord | DuelArm) -> Mapping[str, object]:
    """The record's fields by name; arms of a duel as mappings too."""
    values = {each.name: getattr(record, each.name) for each in fields(record)}
    if isinstance(record, DuelRecord):
        values["arms"] = [as_mapping(arm) for arm in record.arms]
    if isinstance(record, WorkRecord):
        values["links"] = [asdict(each) for each in record.links]
    return values


def _plain(value: object) -> object:
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(f"{type(value).__name__} is not JSON-able")


def work_values(user: str, work: WorkRecord) -> tuple[object, ...]:
    """Values in the order of WORK_COLUMNS. `body` is what search looks through."""
    body = "\n".join(str(each.get("text", "")) for each in work.outputs)
    return (
        work.id,
        user,
        work.craft,
        work.lang,
        work.title,
        work.text,
        body,
        as_json(work.inputs),
        as_json(work.plan),
        as_json(work.outputs),
        as_json(work.recipe),
        as_json(work.usage),
        work.starred,
        work.created,
        work.parent,
    )


def work_of(row: sqlite3.Row) -> WorkRecord:
    """A row of the table `works`."""
    return WorkRecord(
        id=row["id"],
        craft=row["craft"],
        lang=row["lang"],
        text=row["text"],
        title=row["title"],
        inputs=json.loads(row["inputs"]),
        plan=json.loads(row["plan"]),
        outputs=tuple(json.loads(row["outputs"])),
        recipe=json.loads(row["recipe"]),
        usage=json.loads(row["usage"]),
        starred=bool(row["starred"]),
        created=row["created"],
        parent=row["parent"],
    )


def duel_of(row: sqlite3.Row) -> DuelRecord:
    """A row of the table `duels` joined with the asking person's vote as `choice`."""
    return DuelRecord(
        id=row["id"],
        craft=row["craft"],
        inputs=json.loads(row["inputs"]),
        arms=tuple(DuelArm(**arm) for arm in json.loads(row["arms"])),
        created=row["created"],
        choice=row["choice"],
    )
