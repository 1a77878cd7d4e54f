"""Loaded adapters as the compiled step reads them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from studio.families.adapter_file import AdapterFile, Site
from studio.families.adapter_places import AdapterPlaces
from studio.families.compiled.lanes import LANES
from studio.families.compiled.parts import KINDS, Adapters, Halves

MOST_PARTS = 3
"""Of a product: query, key and value."""
NONE = -1


class AdapterBank:
    """The stack of loaded adapters. Index 0 is no adapter."""

    def __init__(self, sites: Mapping[str, Site], most: int = 8) -> None:
        """`sites` in the order of the model's products."""
        self.sites = sites
        self._places = AdapterPlaces(sites, most)
        self.arrays = _arrays([], list(sites.values()))

    @property
    def widest(self) -> int:
        """Columns of the first matrices, at most."""
        return int(self.arrays.columns.max(initial=0))

    def index(self, name: str) -> int:
        """Where a loaded adapter lies; 0 when it is not loaded."""
        return self._places.index(name)

    def retire(self, name: str) -> None:
        """See `AdapterPlaces.retire`."""
        self._places.retire(name)

    def load(self, name: str, folder: Path, busy: Sequence[int]) -> int:
        """As `LoraRows.load`."""
        place = self._places.load(name, folder, busy)
        self.arrays = _arrays(self._places.files, list(self.sites.values()))
        return place

    def footprint(self) -> int:
        """Bytes of the matrices and gains."""
        return self.arrays.numbers.nbytes + self.arrays.gains.nbytes


def _arrays(files: Sequence[AdapterFile], sites: Sequence[Site]) -> Adapters:
    shape = (len(files) + 1, len(sites))
    down_at, up_at = np.zeros(shape, np.int64), np.zeros(shape, np.int64)
    gain_at = np.full(shape, NONE, np.int64)
    columns = np.zeros((len(files) + 1, len(KINDS)), np.int64)
    halves, gains = _Joined(np.uint16), _Joined(np.float32)
    for place, file in enumerate(files, 1):
        for product, site in enumerate(sites):
            if file.rank:
                down, ups = _matrices(file, site)
                down_at[place, product] = halves.add(_halves(down))
                up_at[place, product] = halves.add(*map(_halves, ups))
                columns[place, product % len(KINDS)] = down.shape[1]
            if file.has_gains:
                gain_at[place, product] = gains.add(file.gain(site).float().numpy())
    return Adapters(
        numbers=halves.whole(),
        down_at=down_at,
        up_at=up_at,
        ranks=np.array([0, *(file.rank for file in files)], np.int64),
        columns=columns,
        part_ends=np.array([_part_ends(site) for site in sites[: len(KINDS)]], np.int64),
        gains=gains.whole(),
        gain_at=gain_at,
    )


class _Joined:
    """Arrays of one kind laid one after the other."""

    def __init__(self, kind: type[np.generic]) -> None:
        self._parts: list[NDArray[Any]] = [np.zeros(1, kind)]
        self._length = 1

    def add(self, *parts: NDArray[Any]) -> int:
        """Where the first of these begins."""
        start = self._length
        for part in parts:
            self._parts.append(part.reshape(-1))
            self._length += part.size
        return start

    def whole(self) -> NDArray[Any]:
        return np.concatenate(self._parts)


def _matrices(file: AdapterFile, site: Site) -> tuple[torch.Tensor, list[torch.Tensor]]:
    """(A [inputs, columns up to whole vectors], B [rank, outputs] of each part)."""
    down, up = file.at(site)
    columns = -(-len(down) // LANES) * LANES
    wide = torch.zeros(site.inputs, columns)
    wide[:, : len(down)] = down.T
    ends, ups = _part_ends(site), []
    for i, part in enumerate(site.parts):
        rows = slice(i * file.rank, (i + 1) * file.rank)
        ups.append(up[rows, ends[i] - part.outputs : ends[i]].contiguous())
    return wide, ups


def _part_ends(site: Site) -> list[int]:
    ends = [sum(part.outputs for part in site.parts[: i + 1]) for i in range(len(site.parts))]
    return ends + [ends[-1]] * (MOST_PARTS - len(ends))


def _halves(numbers: torch.Tensor) -> Halves:
    halves: Halves = numbers.half().numpy().view(np.uint16)
    return halves
