"""Brand cards over HTTP.

GET    /api/brands                          the person's cards, the last saved first
POST   /api/brands                          a card as JSON -> its next version (or a new card)
POST   /api/brands/colours                  a logo or picture (the body) -> colours, and a logo
POST   /api/brands/questions                three answers -> a card to look at, not yet saved
GET    /api/brands/{id}?version=2           one of them; without a version the newest
GET    /api/brands/{id}/versions            every version, the newest first
POST   /api/brands/{id}/restore?version=2   an old version as the newest
GET    /api/brands/{id}/export              the card as a JSON file, to be brought elsewhere
DELETE /api/brands/{id}                     forget it, with all its versions
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from studio.ads.brand import Brand
from studio.asker import Person, StudioOfApp
from studio.brands import BrandVersion, exported
from studio.crafts.brand_questions import ANSWERS, brand_from_answers
from studio.errors import InvalidInput
from studio.json_body import json_object, whole_body

MOST_VERSION = 10**6
MOST_PICTURE_BYTES = 16 * 1024 * 1024
router = APIRouter(prefix="/api/brands", tags=["brands"])


@router.get("")
async def brands(studio: StudioOfApp, person: Person) -> dict[str, Any]:
    """The newest version of each of the person's cards."""
    found = await asyncio.to_thread(studio.brands.latest, person)
    return {"brands": [_listed(each) for each in found], "user": person}


@router.post("")
async def save(request: Request, studio: StudioOfApp, person: Person) -> dict[str, Any]:
    """Save a card. One whose id the person has becomes its next version."""
    given = await json_object(request)
    saved = await asyncio.to_thread(studio.brands.save, given, person)
    return saved.as_dict() | {"user": person}


@router.post("/colours")
async def colours(request: Request, studio: StudioOfApp) -> dict[str, Any]:
    """The main colours of a picture (the body), and the picture as a card's logo."""
    content = await whole_body(request, MOST_PICTURE_BYTES)
    logo = await asyncio.to_thread(studio.brands.look, content)
    return {"colours": list(logo.colours), "logo": logo.png}


@router.post("/questions")
async def questions(request: Request) -> dict[str, Any]:
    """A card from the answers "name", "sells", "feels" and "never"."""
    given = await json_object(request)
    return brand_from_answers(**_answers(given)).as_dict()


@router.get("/{card}")
async def one(
    card: str,
    studio: StudioOfApp,
    person: Person,
    version: Annotated[int, Query(ge=0, le=MOST_VERSION)] = 0,
) -> dict[str, Any]:
    """One card; its newest version unless another is asked."""
    found = await asyncio.to_thread(studio.brands.one, card, person, version)
    return found.as_dict()


@router.get("/{card}/versions")
async def versions(card: str, studio: StudioOfApp, person: Person) -> dict[str, Any]:
    """Every version of a card."""
    found = await asyncio.to_thread(studio.brands.versions, card, person)
    return {"versions": [_listed(each) for each in found]}


@router.post("/{card}/restore")
async def restore(
    card: str,
    studio: StudioOfApp,
    person: Person,
    version: Annotated[int, Query(ge=1, le=MOST_VERSION)],
) -> dict[str, Any]:
    """Save an old version once more, as the newest."""
    restored = await asyncio.to_thread(studio.brands.restore, card, version, person)
    return restored.as_dict()


@router.get("/{card}/export", response_class=Response)
async def export(
    card: str,
    studio: StudioOfApp,
    person: Person,
    version: Annotated[int, Query(ge=0, le=MOST_VERSION)] = 0,
) -> Response:
    """The card as a file."""
    found = await asyncio.to_thread(studio.brands.one, card, person, version)
    headers = {"Content-Disposition": 'attachment; filename="brand.json"'}
    return Response(exported(found), media_type="application/json", headers=headers)


@router.delete("/{card}", status_code=204, response_class=Response)
async def delete(card: str, studio: StudioOfApp, person: Person) -> Response:
    """Forget a card."""
    await asyncio.to_thread(studio.brands.delete, card, person)
    return Response(status_code=204)


def _answers(given: Mapping[str, Any]) -> dict[str, str]:
    for name, value in given.items():
        if name not in ANSWERS or not isinstance(value, str):
            raise InvalidInput(name, f"brand has no field {name}.", code="no_field", craft="brand")
    return dict(given)


def _listed(version: BrandVersion) -> dict[str, Any]:
    brand: Brand = version.brand
    return {
        "id": brand.id,
        "version": brand.version,
        "name": brand.name,
        "colours": list(brand.colours),
        "created": version.created,
    }
