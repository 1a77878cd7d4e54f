"""The picture family: a layout prior and a generator that make all waiting pictures in one step.

A picture is a sequence of length one: `step` finishes every slot it is given, so lingering a few
milliseconds for company is all the batching there is.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TypeVar

import torch

from studio.catalog import Card, Catalog
from studio.engine.family import Stepped
from studio.errors import NotReady
from studio.families.composition import Composition
from studio.families.device_memory import device_memory
from studio.families.hearing import Hearing
from studio.families.layout_prior import LayoutPrior
from studio.families.picture_maker import PictureMaker
from studio.families.picture_order import PictureOrder
from studio.families.sketching import Sketcher
from studio.requests import Chunk, Request, Usage

Network = TypeVar("Network", Composition, LayoutPrior)
PRIOR = "prior/layout"
"""The prior of generators whose card names no other (`prior` in model.toml)."""
_BYTES_A_NUMBER = 4
_ROOM_BYTES = 64 * 2**20
"""Activations of a full batch at 512 px."""


class Gan:
    """A loaded generator with its prior (see `studio.engine.family.Family`)."""

    lane = "picture"
    capacity = 32
    linger_ms = 12.0

    def __init__(self, card_dir: Path, prior_dir: Path, device: str, dtype: torch.dtype) -> None:
        """Load both card folders. Raises NotReady when a file is missing in one."""
        self._rows: dict[int, PictureOrder] = {}
        generator = _opened(Composition, card_dir)
        self._maker = PictureMaker(
            (generator, _opened(LayoutPrior, prior_dir)),
            Sketcher.load(card_dir, generator.text_centre),
            Hearing(),
            (torch.device(device), dtype),
        )

    @classmethod
    def open(cls, card: Card, catalog: Catalog, device: str, dtype: str) -> Gan:
        """Load the card and the prior it names."""
        half = dtype == "bfloat16" or (dtype == "auto" and halves_well(device))
        number_type = torch.bfloat16 if half else torch.float32
        prior = catalog.card(str(card.extra.get("prior", PRIOR)))
        return cls(card.folder, prior.folder, device, number_type)

    @classmethod
    def estimate(cls, card: Card, catalog: Catalog, device: str, dtype: str) -> int:  # noqa: ARG003
        """Bytes it will need at most (float32), known before it is loaded."""
        prior = catalog.card(str(card.extra.get("prior", PRIOR)))
        return _BYTES_A_NUMBER * (card.parameters + prior.parameters) + _ROOM_BYTES

    def footprint(self) -> int:
        """Bytes of both networks and of a full batch's activations."""
        networks = (self._maker.generator, self._maker.prior)
        tensors = [each for network in networks for each in network.state_dict().values()]
        weights: int = sum(each.numel() * each.element_size() for each in tensors)
        return weights + _ROOM_BYTES

    @device_memory()
    def warm_up(self) -> None:
        """One small picture of nothing."""
        grey = Request(card="", seed=0, condition={"palette": ["#808080"], "edge": 128})
        self._maker.made([PictureOrder.read(grey)])

    @device_memory()
    def admit(self, request: Request) -> int:
        """Take a slot. Raises InvalidInput for a wrong condition, RuntimeError when full."""
        order = PictureOrder.read(request)
        free = (slot for slot in range(self.capacity) if slot not in self._rows)
        if (slot := next(free, None)) is None:
            raise RuntimeError("no free slot")
        self._rows[slot] = order
        return slot

    def step(self, slots: Sequence[int]) -> Sequence[Stepped]:
        """All pictures, finished. Raises DeviceOutOfMemory when they are too many at once."""
        with device_memory():
            made = self._maker.made([self._rows[slot] for slot in slots])
        return [
            Stepped(slot, Chunk(picture=picture, data=data, finish="stop", usage=Usage()))
            for slot, (picture, data) in zip(slots, made, strict=True)
        ]

    def release(self, slot: int) -> None:
        del self._rows[slot]

    def close(self) -> None:
        """Drop both networks."""
        self._rows.clear()
        del self._maker


def halves_well(device: str) -> bool:
    """Whether the device multiplies bfloat16 in hardware: half the time for a picture."""
    if not device.startswith("cpu"):
        return device.startswith("cuda")
    supported = (torch.cpu._is_avx512_bf16_supported, torch.cpu._is_amx_tile_supported)
    return any(each() for each in supported)


def _opened(kind: type[Network], folder: Path) -> Network:
    try:
        return kind.load(folder)
    except FileNotFoundError as error:
        name = f"{folder.parent.name}/{folder.name}"
        raise NotReady(
            name, f"A file of {name} is missing.", "Run: studio models verify.", code="card_files"
        ) from error
