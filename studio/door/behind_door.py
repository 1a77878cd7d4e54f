"""An app whose every answer, even that to an error nobody foresaw, passes a wrapper."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from fastapi import FastAPI
from starlette.types import ASGIApp


class BehindDoor(FastAPI):
    """FastAPI answers unforeseen errors outside of all added middleware; this lies outside of
    that too."""

    def __init__(self, around: Callable[[ASGIApp], ASGIApp], **named: Any) -> None:
        super().__init__(**named)
        self._around = around

    def build_middleware_stack(self) -> ASGIApp:
        """Called once, by the first request."""
        return self._around(super().build_middleware_stack())
