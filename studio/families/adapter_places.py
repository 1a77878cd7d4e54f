"""Which adapters are loaded, and in which place of a stack."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Protocol

from studio.families.adapter_file import AdapterFile, Site, read_adapter


class AdapterStack(Protocol):
    """Adapters that a forward can add, by place; 0 is none."""

    @property
    def sites(self) -> Mapping[str, Site]:
        """Where this base can be adapted."""

    def index(self, name: str) -> int: ...

    def load(self, name: str, folder: Path, busy: Sequence[int]) -> int: ...

    def retire(self, name: str) -> None: ...

    def footprint(self) -> int: ...


class AdapterPlaces:
    """At most so many adapters; who comes last takes the place of an idle one."""

    def __init__(self, sites: Mapping[str, Site], most: int) -> None:
        self._sites, self._most = sites, most
        self._names: list[str] = []
        self._retired = 0
        self._files: dict[str, AdapterFile] = {}

    @property
    def files(self) -> list[AdapterFile]:
        """By place, from place 1."""
        return [self._files[name] for name in self._names]

    def index(self, name: str) -> int:
        """Where a loaded adapter lies; 0 when it is not loaded."""
        return self._names.index(name) + 1 if name in self._files else 0

    def load(self, name: str, folder: Path, busy: Sequence[int]) -> int:
        """Read a PEFT folder and return its place.

        The place of an idle adapter is taken when all are (`busy`: places in use). Raises
        NotReady for a folder that is no LoRA or (IA)3 of this base; RuntimeError when every place
        is in use.
        """
        file = read_adapter(name, folder, self._sites)
        place = self._free(busy)
        if place <= len(self._names):
            del self._files[self._names[place - 1]]
            self._names[place - 1] = name
        else:
            self._names.append(name)
        self._files[name] = file
        return place

    def retire(self, name: str) -> None:
        """There is a newer adapter of that name: the next that asks for it loads it. Rows that
        have the old one keep it."""
        if name in self._files:
            self._retired += 1
            before = f"{name}, version {self._retired}"
            self._names[self._names.index(name)] = before
            self._files[before] = self._files.pop(name)

    def _free(self, busy: Sequence[int]) -> int:
        if len(self._names) < self._most:
            return len(self._names) + 1
        idle = [place for place in range(1, self._most + 1) if place not in busy]
        if not idle:
            raise RuntimeError("every adapter place is in use")
        return idle[0]
