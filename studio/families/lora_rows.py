"""Many adapters on one base, each row with its own: a whole batch at once.

All adapters of a site are stacked: A is [columns, in], B is [columns, out]. A row's product with
A has the columns of the adapters that the batch asks for (and of those that lie between them); a
mask keeps those of its own; B adds them up. Two products whatever the number of adapters, and no
loop over them; where all rows have the same one there is nothing to mask. Adapters that scale
outputs, (IA)3, have a line each in a table of gains, and a row takes its own; line 0 is ones.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import torch

from studio.families.adapter_file import AdapterFile, Part, Site
from studio.families.adapter_places import AdapterPlaces

__all__ = ["LoraRows", "Part", "Site"]


class LoraRows:
    """The stack of loaded adapters. Index 0 is no adapter."""

    def __init__(
        self, sites: Mapping[str, Site], dtype: torch.dtype, device: torch.device, most: int = 8
    ) -> None:
        self._sites = sites
        self._dtype = dtype
        self._device = device
        self._places = AdapterPlaces(sites, most)
        self._stacks: dict[str, tuple[torch.Tensor, torch.Tensor]] = {}
        self._owners: dict[int, torch.Tensor] = {}
        self._columns: dict[int, slice] = {}
        """Of the adapters that the coming forward needs, by the number of a site's parts."""
        self._masks: dict[int, torch.Tensor] = {}
        """Empty where all rows have the same adapter."""
        self._gains: dict[str, torch.Tensor] = {}
        self._chosen: torch.Tensor | None = None

    @property
    def sites(self) -> Mapping[str, Site]:
        """Where this base can be adapted."""
        return self._sites

    def index(self, name: str) -> int:
        """Where a loaded adapter lies; 0 when it is not loaded."""
        return self._places.index(name)

    def retire(self, name: str) -> None:
        """See `AdapterPlaces.retire`."""
        self._places.retire(name)

    def load(self, name: str, folder: Path, busy: Sequence[int]) -> int:
        """Read a PEFT folder into the stack and return its place (see `AdapterPlaces.load`)."""
        place = self._places.load(name, folder, busy)
        self._stack(self._places.files)
        return place

    def select(self, adapters: Sequence[int]) -> None:
        """Say which adapter each row of the coming forward has."""
        self._columns, self._masks = {}, {}
        asked = set(adapters)
        if asked <= {0}:
            return
        self._chosen = torch.tensor(adapters, device=self._device)
        first, last = min(asked - {0}), max(asked)
        self._columns = {parts: self._of(first, last, parts) for parts in self._owners}
        if len(asked) > 1:
            rows = self._chosen[:, None]
            self._masks = {
                parts: (rows == self._owners[parts][:, columns]).to(self._dtype)
                for parts, columns in self._columns.items()
            }

    def add(self, site: str, rows: torch.Tensor, outputs: torch.Tensor) -> torch.Tensor:
        """`outputs` [n, out] of the base at this site, plus each row's own delta."""
        if not self._columns or self._chosen is None:
            return outputs
        if site in self._gains:
            gain = self._gains[site][self._chosen]
            outputs = outputs * (gain[:, None] if outputs.dim() == 3 else gain)
        parts = len(self._sites[site].parts)
        down, up = self._stacks[site]
        inner = rows @ down[:, self._columns[parts]]
        if self._masks:
            mask = self._masks[parts]
            # [rows, tokens, columns]: the mask is per row
            inner *= mask[:, None] if inner.dim() == 3 else mask
        up = up[self._columns[parts]]
        if inner.dim() == 3:
            return outputs + inner @ up
        return outputs.addmm_(inner, up)

    def footprint(self) -> int:
        """Bytes of the stacks."""
        gains = sum(each.nbytes for each in self._gains.values())
        return gains + sum(down.nbytes + up.nbytes for down, up in self._stacks.values())

    def _of(self, first: int, last: int, parts: int) -> slice:
        """The columns of these adapters, and of those between them, at sites of so many parts."""
        ranks = [file.rank * parts for file in self._places.files[:last]]
        return slice(sum(ranks[: first - 1]), sum(ranks))

    def _stack(self, ordered: Sequence[AdapterFile]) -> None:
        self._gains = self._table_of_gains(ordered)
        for name, site in self._sites.items():
            downs, ups = zip(*(each.at(site) for each in ordered), strict=True)
            self._stacks[name] = (
                torch.cat(downs).T.contiguous().to(self._device, self._dtype),
                torch.cat(ups).to(self._device, self._dtype),
            )
        for parts in {len(site.parts) for site in self._sites.values()}:
            counts = [each.rank * parts for each in ordered]
            owners = [place for place, n in enumerate(counts, 1) for _ in range(n)]
            self._owners[parts] = torch.tensor(owners, device=self._device)[None]

    def _table_of_gains(self, ordered: Sequence[AdapterFile]) -> dict[str, torch.Tensor]:
        """Site -> [adapters + 1, out]; nothing while no adapter has any."""
        if not any(each.has_gains for each in ordered):
            return {}
        tables = {}
        for name, site in self._sites.items():
            lines = [torch.ones(site.outputs), *(each.gain(site) for each in ordered)]
            tables[name] = torch.stack(lines).to(self._device, self._dtype)
        return tables
