"""The family of diffusers pipelines: any text-to-image or image-to-image model, step by step.

An engine step is one denoising step of the rows that share their settings and their place in the
schedule. Between two steps a row can be cancelled; each step shows a preview.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import torch

from studio.catalog import Card, Catalog
from studio.engine.family import DeviceOutOfMemory, Stepped
from studio.families.device_memory import device_memory
from studio.families.diffusion_adapters import DiffusionAdapters
from studio.families.diffusion_estimate import diffusion_need, pipeline_type, room_bytes
from studio.families.diffusion_habits import DiffusionHabits
from studio.families.diffusion_order import DiffusionOrder
from studio.families.diffusion_painter import DiffusionPainter
from studio.families.diffusion_pipelines import DiffusionPipelines
from studio.families.diffusion_row import DiffusionRow
from studio.families.diffusion_schedulers import new_scheduler
from studio.requests import Chunk, Picture, Request, Usage

_MOST_PIXELS_ON_CPU = 2 * 512 * 512
_MOST_PIXELS_ON_GPU = 16 * 1024 * 1024
"""Pixels of one step's batch: a computer that runs out of memory does not say so, it stops."""


class Diffusion:
    """A loaded pipeline (see `studio.engine.family.Family`)."""

    lane = "picture"
    capacity = 16
    linger_ms = 12.0

    def __init__(
        self,
        card: Card,
        find_adapter: Callable[[str], Card],
        device: torch.device,
        dtype: torch.dtype,
        *,
        offloaded: bool = False,
    ) -> None:
        """Load the card's folder. Raises NotReady when it is no complete pipeline."""
        self._pipelines = DiffusionPipelines.load(card, device, dtype, offloaded=offloaded)
        words, picture = self._pipelines.from_words, self._pipelines.from_picture
        self.habits = DiffusionHabits.of(words, picture, card)
        self._painter = DiffusionPainter(self._pipelines, offloaded=offloaded)
        self._adapters = DiffusionAdapters(words, find_adapter, self._pipelines.read_with)
        self._rows: dict[int, DiffusionRow] = {}
        self._turns = 0
        self._offloaded = offloaded
        self._room = room_bytes(card, dtype.itemsize)
        on_cpu = device.type == "cpu"
        self._most_pixels = _MOST_PIXELS_ON_CPU if on_cpu else _MOST_PIXELS_ON_GPU

    @classmethod
    def open(cls, card: Card, catalog: Catalog, device: str, dtype: str) -> Diffusion:
        """Load the card: whole, or in turns where the device's free memory is too small for it."""
        need = diffusion_need(card, device, dtype)
        return cls(
            card,
            lambda name: catalog.adapter(name, card.name),
            torch.device(device),
            pipeline_type(card, device, dtype),
            offloaded=need.offloaded,
        )

    @classmethod
    def estimate(cls, card: Card, catalog: Catalog, device: str, dtype: str) -> int:  # noqa: ARG003
        """Bytes it will need on the device, known before it is loaded."""
        return diffusion_need(card, device, dtype).bytes

    def footprint(self) -> int:
        """Bytes of the weights on the device (offloaded: of the largest part), and of one picture
        on its way."""
        parts = [_bytes_of(each) for each in self._pipelines.modules]
        return (max(parts, default=0) if self._offloaded else sum(parts)) + self._room

    @device_memory()
    def warm_up(self) -> None:
        """One small step of nothing."""
        smallest = {"steps": 2, "edge": max(64, self.habits.multiple)}
        nothing = Request(card="", seed=0, condition=smallest)
        self._painter.step([self._row(nothing)])

    @device_memory()
    def admit(self, request: Request) -> int:
        """Take a slot.

        Raises InvalidInput for a wrong condition, NotReady for adapters, RuntimeError when full.
        """
        row = self._row(request)
        free = (slot for slot in range(self.capacity) if slot not in self._rows)
        if (slot := next(free, None)) is None:
            raise RuntimeError("no free slot")
        if request.adapter:
            self._adapters.load(request.adapter)
            self._adapters.drop_idle({row.order.settings.adapter for row in self._rows.values()})
        self._rows[slot] = row
        return slot

    def step(self, slots: Sequence[int]) -> Sequence[Stepped]:
        """One denoising step of the batch that waited longest; nothing yet for the others.

        Raises DeviceOutOfMemory with all rows as they were; any other failure is of that batch.
        """
        batch = self._batch(slots)
        rows = [self._rows[slot].tried() for slot in batch]
        settings = rows[0].order.settings
        try:
            with device_memory():
                self._adapters.use(settings.adapter, settings.adapter_scale)
                pictures = self._painter.step(rows)
        except DeviceOutOfMemory:
            raise
        except Exception as error:  # noqa: BLE001 - fails its batch, not the rows that wait
            failed = {slot: Stepped(slot, error=error) for slot in batch}
            return [failed.get(slot, Stepped(slot)) for slot in slots]
        self._turns += 1
        stepped = {}
        for slot, row, picture in zip(batch, rows, pictures, strict=True):
            row.turn = self._turns
            self._rows[slot] = row
            stepped[slot] = Stepped(slot, _chunk(row, picture))
        return [stepped.get(slot, Stepped(slot)) for slot in slots]

    def release(self, slot: int) -> None:
        del self._rows[slot]

    def close(self) -> None:
        """Drop the pipelines."""
        self._rows.clear()
        del self._pipelines, self._painter, self._adapters
        if torch.cuda.is_available():
            torch.cuda.empty_cache()

    def _row(self, request: Request) -> DiffusionRow:
        order = DiffusionOrder.read(request, self.habits)
        own = self._pipelines.own_scheduler
        return DiffusionRow.of(order, new_scheduler(own, order.settings.scheduler))

    def _batch(self, slots: Sequence[int]) -> list[int]:
        """The slot that waited longest, and those that can go with it."""
        longest = min(slots, key=lambda slot: self._rows[slot].turn)
        key, settings = self._rows[longest].key, self._rows[longest].order.settings
        most = max(1, self._most_pixels // (settings.width * settings.height))
        fitting = [slot for slot in slots if self._rows[slot].key == key]
        fitting.sort(key=lambda slot: self._rows[slot].turn)
        return fitting[:most]


def _chunk(row: DiffusionRow, picture: Picture | None) -> Chunk:
    """A preview with how far it is; the last one is the picture."""
    made = max(1, row.order.settings.steps - row.steps_left)
    data: dict[str, object] = {"step": made, "steps": row.order.settings.steps}
    if row.steps_left:
        return Chunk(picture=picture, data=data)
    return Chunk(picture=picture, data=data, finish="stop", usage=Usage())


def _bytes_of(module: torch.nn.Module) -> int:
    return sum(each.numel() * each.element_size() for each in module.state_dict().values())
