"""A file to hand to a person."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RenderedFile:
    """One finished file: its name (no folder), its MIME type, its bytes."""

    name: str
    mime: str
    content: bytes
