"""The JSON of a form's hidden field `start`."""

from __future__ import annotations

import json

from studio.errors import InvalidInput


def start_object(text: str, code: str) -> dict[str, object]:
    """The object in it. Raises InvalidInput("start") with the craft's own `code`."""
    try:
        given = json.loads(text)
    except (ValueError, RecursionError):
        given = None
    if not isinstance(given, dict):
        raise InvalidInput("start", "What to start from is no JSON object.", code=code)
    return given


def wrong_in_start(name: str, value: object, choices: str) -> InvalidInput:
    """The error for a value that the start of an ad or a kit can not have."""
    shown = str(value)[:40]
    return InvalidInput(
        "start",
        f"{name} can not be {shown}.",
        f"Possible: {choices}.",
        code="kit_value",
        name=name,
        value=shown,
        choices=choices,
    )
