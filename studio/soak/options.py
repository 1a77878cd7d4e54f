"""How long, how many, and at which server."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from studio.errors import InvalidInput

HERE = ("127.0.0.1", "localhost", "::1")
MOST_PEOPLE, MOST_MINUTES = 256, 120.0


@dataclass(frozen=True, slots=True)
class SoakOptions:
    """One soak. Raises InvalidInput for what is out of bounds, or not on this machine."""

    people: int = 64
    seconds: float = 600.0
    seed: int = 1
    url: str = ""
    """A server that runs already; "" starts one."""
    grace_s: float = 600.0
    """After the end, what is under way may take so long."""

    def __post_init__(self) -> None:
        if not 1 <= self.people <= MOST_PEOPLE:
            raise _out_of_range("people", self.people, MOST_PEOPLE)
        if not 0 < self.seconds <= 60 * MOST_MINUTES:
            raise _out_of_range("minutes", self.seconds / 60, MOST_MINUTES)
        if self.url and urlsplit(self.url).hostname not in HERE:
            raise InvalidInput(
                "url", "A soak only talks to this machine.", "Give http://127.0.0.1:PORT."
            )


def _out_of_range(name: str, value: float, most: float) -> InvalidInput:
    told = f"{name} must lie between 0 and {most:g}."
    return InvalidInput(name, told, code="out_of_range", value=value, minimum=0, maximum=most)
