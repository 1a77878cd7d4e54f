"""Duels over HTTP: one brief made by two to four arms, shown blind until the person's own vote.

POST /api/duels                 {"craft", "inputs", "arms": [{"settings": {...}}, ...]} -> sides
POST /api/duels?stream=1        the same as server-sent events: `progress` ({"stage", "fraction",
                                "position", "estimate_s"}, the last two null once a side runs),
                                `text`, then `duel`
GET  /api/duels/{id}            its sides; after the vote with what they were
POST /api/duels/{id}/vote       {"choice": "a"|"b"|"c"|"d"|"tie"|"both_bad"} -> who was who
GET  /api/duels/{id}/files/{side}/{version}/{name}
GET  /api/standings/{craft}     Bradley-Terry standings of the craft's arms, from everybody's votes

An arm is {"settings": {field: value}, "card", "adapter"}: what it changes. Its settings are
numbers, choices and toggles of the craft, or a seed: the standings show them to everybody, so no
free text is among them. Before the vote nothing tells a side's arm, work, seed or recipe.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import FileResponse, Response

from studio.asker import Person, StudioOfApp
from studio.crafts.craft import Craft
from studio.duels import DuelView
from studio.errors import InvalidInput
from studio.event_stream import event_response, last_item, wants_events
from studio.history.records import SIDES
from studio.json_body import json_object
from studio.streamed_api import Told, in_tenths, told_events
from studio.work_json import output_json
from studio.works import Arm, DuelProgress, Standings, Work, WorkOutput

COMPARED = ("number", "choice", "toggle", "seed")
_ARM_FIELDS = frozenset({"settings", "card", "adapter"})
router = APIRouter(prefix="/api", tags=["duels"])


@router.post("/duels", response_model=None)
async def start(
    request: Request,
    studio: StudioOfApp,
    person: Person,
    stream: Annotated[bool, Query()] = False,
) -> Response | dict[str, Any]:
    """Make the works of a duel. Hanging up stops it."""
    given = await json_object(request)
    craft, inputs, arms = _brief(given, studio.crafts)
    running = studio.duel(craft, inputs, arms, user=person)
    if stream or wants_events(request):
        told = partial(_told, person=person)
        events = told_events(running, told, lambda number: {"side": SIDES[number]})
        return await event_response(events, request)
    made = await last_item(running, request)
    return _duel_json(made.duel_id, made.works) | {"user": person}


@router.get("/duels/{duel_id}")
async def one(duel_id: str, studio: StudioOfApp, person: Person) -> dict[str, Any]:
    """One of the person's duels."""
    duel = await studio.duel_view(duel_id, user=person)
    return _duel_json(duel.id, duel.works) | _revealed(duel) | {"user": person}


@router.post("/duels/{duel_id}/vote")
async def vote(
    duel_id: str, request: Request, studio: StudioOfApp, person: Person
) -> dict[str, Any]:
    """The person's one vote on it."""
    given = await json_object(request)
    told = await studio.vote(duel_id, str(given.get("choice", "")), user=person)
    duel = await studio.duel_view(duel_id, user=person)
    return _revealed(duel) | {"standings": _standings_json(told.standings)}


@router.get("/duels/{duel_id}/files/{side}/{version}/{name}")
async def duel_file(
    duel_id: str, side: str, version: int, name: str, studio: StudioOfApp, person: Person
) -> FileResponse:
    """A file of a side. The name is looked up among the work's own: no path comes from outside."""
    duel = await studio.duel_view(duel_id, user=person)
    sides = dict(zip(SIDES, duel.works, strict=False))
    outputs: tuple[WorkOutput, ...] = sides[side].outputs if side in sides else ()
    files = outputs[version - 1].files if 0 < version <= len(outputs) else {}
    if name not in files:
        raise InvalidInput("name", f"This duel has no file {name}.", code="no_file", name=name)
    return FileResponse(files[name], filename=name)


@router.get("/standings/{craft}")
async def standings(craft: str, studio: StudioOfApp) -> dict[str, Any]:
    """Numbers from everybody's votes; nobody's works."""
    return _standings_json(await studio.standings(craft))


def _told(step: DuelProgress, person: str) -> Told:
    progress = {
        "stage": step.stage,
        "fraction": round(step.fraction, 2),
        "position": step.position,
        "estimate_s": in_tenths(step.estimate_s),
    }
    done = step.stage == "done"
    duel = _duel_json(step.duel_id, step.works) | {"user": person} if done else {}
    return Told(progress, step.previews, ("duel", duel) if done else None)


def _brief(
    given: Mapping[str, Any], crafts: Mapping[str, Craft]
) -> tuple[str, Mapping[str, Any], list[Arm]]:
    for name in given:
        if name not in ("craft", "inputs", "arms"):
            raise _unfit(name)
    inputs, arms = given.get("inputs", {}), given.get("arms", [])
    if not isinstance(inputs, dict):
        raise _unfit("inputs")
    if not isinstance(arms, list):
        raise _unfit("arms")
    craft = str(given.get("craft", ""))
    fields = crafts[craft].fields if craft in crafts else ()
    kinds = {each.name: each.kind for each in fields if each.kind in COMPARED}
    return craft, inputs, [_arm(each, kinds) for each in arms]


def _arm(given: object, kinds: Mapping[str, str]) -> Arm:
    if not isinstance(given, dict) or not given or not set(given) <= _ARM_FIELDS:
        raise _unfit("arms")
    settings, card, adapter = (given.get(name) for name in ("settings", "card", "adapter"))
    settings = {} if settings is None else settings
    named = isinstance(card, str | None) and isinstance(adapter, str | None)
    if not named or not isinstance(settings, dict):
        raise _unfit("arms")
    for name, value in settings.items():
        plain = isinstance(value, bool) if kinds.get(name) == "toggle" else _is_short(value)
        if name not in kinds or not plain:
            raise _unfit(name)
    return Arm(_label(settings, card, adapter), settings, card or "", adapter)


def _is_short(value: object) -> bool:
    return len(value) <= 40 if isinstance(value, str) else isinstance(value, int | float)


def _label(settings: Mapping[str, object], card: str | None, adapter: str | None) -> str:
    """What the standings rank: as the page names its arms. All seeds are alike."""
    set_to = [f"{name} = {value}" for name, value in settings.items() if name != "seed"]
    return ", ".join([*filter(None, (card, adapter)), *set_to]) or "seed"


def _unfit(name: str) -> InvalidInput:
    return InvalidInput(
        name,
        f"{name[:40]} is not as a duel needs it.",
        "A duel is a craft, inputs, and two to four arms that set numbers or choices.",
        code="duel_brief",
    )


def _duel_json(duel_id: str, works: tuple[Work, ...]) -> dict[str, Any]:
    sides = [_side_json(duel_id, side, work) for side, work in zip(SIDES, works, strict=False)]
    return {"id": duel_id, "sides": sides}


def _side_json(duel_id: str, side: str, work: Work) -> dict[str, Any]:
    outputs = []
    for number, output in enumerate(work.outputs, 1):
        told = output_json(f"/api/duels/{duel_id}/files/{side}/{number}", output)
        outputs.append({name: told[name] for name in ("title", "text", "checks", "files")})
    return {"side": side, "outputs": outputs}


def _revealed(duel: DuelView) -> dict[str, Any]:
    """Nothing before the vote."""
    if not duel.choice:
        return {"choice": None}
    arms = [
        {"side": side, "label": label, "work": work.id}
        for side, label, work in zip(SIDES, duel.labels, duel.works, strict=False)
    ]
    return {"choice": duel.choice, "arms": arms}


def _standings_json(told: Standings) -> dict[str, Any]:
    rows = [asdict(each) for each in told.rows]
    return {"rows": rows, "votes": told.votes, "more_votes": told.more_votes}
