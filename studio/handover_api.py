"""Hand-overs over HTTP.

GET  /api/works/{id}/hand-over     what can be made of a work: names, and where they lead
POST /api/works/{id}/hand-over     {"version": 1, "name": "poem_picture"} -> craft, inputs, said
GET  /api/works/{id}/lineage       every work that it hangs together with, and the links
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter, Request

from studio.asker import Person, StudioOfApp
from studio.errors import InvalidInput
from studio.handing_over import menu_of
from studio.json_body import json_object
from studio.works import Work

router = APIRouter(prefix="/api/works", tags=["hand-over"])


@router.get("/{work_id}/hand-over")
async def offered(work_id: str, studio: StudioOfApp, person: Person) -> dict[str, Any]:
    """The hand-overs that this work can make here."""
    work = await studio.work(work_id, user=person)
    menu = await asyncio.to_thread(menu_of, work, studio.crafts)
    return {"hand_overs": [{"name": each.name, "craft": each.target} for each in menu]}


@router.post("/{work_id}/hand-over")
async def hand_over(
    work_id: str, request: Request, studio: StudioOfApp, person: Person
) -> dict[str, Any]:
    """A part of the target's form, for `/api/generate/{craft}`; `said` tells it to a person."""
    given = await json_object(request)
    version, name = given.get("version", 1), given.get("name", "")
    passed = await studio.hand_over(work_id, _whole(version), str(name), user=person)
    return {
        "craft": passed.craft,
        "inputs": {name: _plain(value) for name, value in passed.inputs.items()},
        "said": [{"name": name, "text": text} for name, text in passed.said],
        "user": person,
    }


@router.get("/{work_id}/lineage")
async def lineage(work_id: str, studio: StudioOfApp, person: Person) -> dict[str, Any]:
    """What came from what, oldest first."""
    works = await studio.lineage(work_id, user=person)
    return {"works": [_node(each) for each in works], "user": person}


def _node(work: Work) -> Mapping[str, object]:
    links = [
        {"work": each.work, "version": each.version, "relation": each.relation}
        for each in work.links
    ]
    told = {"id": work.id, "craft": work.craft, "title": work.title, "created": work.created}
    return {**told, "parent": work.parent, "links": links}


def _whole(value: object) -> int:
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    raise InvalidInput(
        "version", "The version must be a whole number.", code="no_number", value=str(value)[:40]
    )


def _plain(value: object) -> object:
    return list(value) if isinstance(value, tuple) else value
