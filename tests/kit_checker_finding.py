"""What the checker of ad kits says of one fault."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule that is broken, where, and what was seen."""

    rule: str
    where: str
    detail: str

    def __str__(self) -> str:
        return f"{self.rule} | {self.where} | {self.detail}"
