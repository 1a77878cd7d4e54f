"""Who asks over HTTP, and which studio answers: what every route of the API depends on."""

from __future__ import annotations

import re
import uuid
from typing import Annotated

from fastapi import Depends, Header, Request

from studio.errors import InvalidInput
from studio.service import Studio

SIGNED_IN = "studio.person"
"""Where a request's scope keeps the id of who is signed in. Only the door writes it."""
_PERSON = re.compile(r"[A-Za-z0-9_-]{16,64}\Z")


def studio_of(request: Request) -> Studio:
    """The studio of the app."""
    studio: Studio = request.app.state.studio
    return studio


def person_of(request: Request, x_studio_user: Annotated[str | None, Header()] = None) -> str:
    """Who is signed in, whatever the header says; without sign-in the header's word, made up where
    none is sent. Raises InvalidInput for a weak one."""
    if SIGNED_IN in request.scope:
        return str(request.scope[SIGNED_IN])
    if x_studio_user is None:
        return uuid.uuid4().hex
    if not _PERSON.match(x_studio_user):
        raise InvalidInput(
            "X-Studio-User",
            "X-Studio-User must be 16 to 64 letters, digits, - or _.",
            "Make up a random one and keep it.",
            code="person",
        )
    return x_studio_user


Person = Annotated[str, Depends(person_of)]
StudioOfApp = Annotated[Studio, Depends(studio_of)]
