"""Requests that the device had no memory to admit: each waits until another of its card ends."""

from __future__ import annotations


class Postponed:
    """Used by the device thread alone. A request is known by its key."""

    def __init__(self) -> None:
        self._waiting: dict[str, list[tuple[int, int]]] = {}

    def add(self, card: str, key: int, running: int) -> None:
        """It did not fit beside so many rows of its card."""
        self._waiting.setdefault(card, []).append((key, running))

    def due(self, card: str, running: int) -> tuple[int, ...]:
        """Those that are worth another try now that so many rows run; they wait no longer."""
        waiting = self._waiting.pop(card, [])
        if late := [each for each in waiting if running >= each[1]]:
            self._waiting[card] = late
        return tuple(key for key, then in waiting if running < then)
