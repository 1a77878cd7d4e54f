"""The page's blocks, which take nobody's word for who they are.

What a browser sends with an event is only what it says. Where people sign in, the door knows who
they are; so on its way in every event gets the person's id from there, and files and sessions that
are somebody else's are refused.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import gradio as gr

from studio.asker import SIGNED_IN
from studio.door.file_gate import OWNERS
from studio.door.file_owners import FileOwners

PERSON_KEY = "atelier-person"
_ELSEWHERE = ("http://", "https://")


def is_person(block: Any) -> bool:
    """Whether a component is the person's id, as the browser keeps it."""
    return isinstance(block, gr.BrowserState) and block.storage_key == PERSON_KEY


class SignedPage(gr.Blocks):
    """Blocks whose events know who is signed in."""

    async def process_api(
        self,
        block_fn: Any,
        inputs: list[Any],
        state: Any = None,
        request: Any = None,
        *given: Any,
        **named: Any,
    ) -> dict[str, Any]:
        """One event. Raises gr.Error for a file or a session that is not the person's."""
        _check_from_here(inputs)
        scope = _scope(request)
        person, owners = scope.get(SIGNED_IN), scope.get(OWNERS)
        if person is None or owners is None:
            return await super().process_api(block_fn, inputs, state, request, *given, **named)
        _check_own(person, owners, inputs, str(getattr(request, "session_hash", "")))
        declared = (self.fns[block_fn] if isinstance(block_fn, int) else block_fn).inputs
        known = _with_person(declared, inputs, person)
        told = await super().process_api(block_fn, known, state, request, *given, **named)
        for path in _files(told.get("data")):
            owners.show(person, str(Path(path).resolve()))
        return told


def signed_in(request: Any) -> str | None:
    """The id of who is signed in, of an event's request; None where nobody has to."""
    found = _scope(request).get(SIGNED_IN)
    return None if found is None else str(found)


def _scope(request: Any) -> dict[str, Any]:
    asked = getattr(request, "request", None)
    return dict(getattr(asked, "scope", None) or {})


def _with_person(declared: Sequence[Any], inputs: list[Any], person: str) -> list[Any]:
    pairs = zip(declared, inputs, strict=False)
    known = [person if is_person(block) else value for block, value in pairs]
    return known + list(inputs[len(known) :])


def _check_own(person: str, owners: FileOwners, inputs: list[Any], session: str) -> None:
    files = (str(Path(path).resolve()) for path in _files(inputs))
    if not owners.owns(person, session) or not all(owners.may_have(person, f) for f in files):
        raise gr.Error("This file is not yours.", print_exception=False)


def _check_from_here(inputs: list[Any]) -> None:
    """The studio fetches nothing for anybody."""
    if any(path.startswith(_ELSEWHERE) for path in _files(inputs)):
        raise gr.Error("Only files that were uploaded can be used.", print_exception=False)


def _files(value: Any) -> Iterator[str]:
    """Every file named in an event's values, as gradio's FileData has it."""
    if isinstance(value, dict):
        path = value.get("path")
        if isinstance(path, str) and path:
            yield path
        for each in value.values():
            yield from _files(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _files(each)
