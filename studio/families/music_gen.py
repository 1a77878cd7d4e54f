"""The family of MusicGen: words become music as sound, step by step.

An engine step draws one column of codes for the rows that began together, or turns one finished
row into sound. Between two steps a row can be cancelled; rows that come later begin a loop of
their own, and loops take turns.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

import torch

from studio.catalog import Card, Catalog
from studio.engine.family import DeviceOutOfMemory, Stepped
from studio.families.device_memory import device_memory
from studio.families.lm_estimate import float_type
from studio.families.music_gen_estimate import music_gen_need, room_bytes, rows_bytes
from studio.families.music_gen_loop import MusicGenLoop
from studio.families.music_gen_model import MusicGenModel
from studio.families.music_gen_order import MusicGenOrder
from studio.families.music_gen_row import MusicGenRow
from studio.requests import Chunk, Request, Sampling, Usage


class MusicGen:
    """A loaded MusicGen (see `studio.engine.family.Family`)."""

    lane = "melody"
    capacity = 16
    linger_ms = 12.0

    def __init__(self, card: Card, device: torch.device, dtype: torch.dtype) -> None:
        """Load the card's folder. Raises NotReady when it is no complete MusicGen."""
        self._model = MusicGenModel.load(card, device, dtype)
        self._habits: Mapping[str, Any] = card.extra.get("defaults", {})
        self._rows: dict[int, MusicGenRow] = {}
        self._loops: list[MusicGenLoop] = []
        self._turns = 0
        self._token_bytes = self._model.numbers_a_token * self._model.number_bytes

    @classmethod
    def open(cls, card: Card, catalog: Catalog, device: str, dtype: str) -> MusicGen:  # noqa: ARG003
        """Load the card; half precision on a GPU."""
        place = torch.device(device)
        return cls(card, place, float_type(dtype, place))

    @classmethod
    def estimate(cls, card: Card, catalog: Catalog, device: str, dtype: str) -> int:  # noqa: ARG003
        """Bytes it will need on the device, known before it is loaded."""
        return music_gen_need(card, device, dtype)

    def footprint(self) -> int:
        """Bytes of the weights, and of the rows on their way."""
        network = self._model.network
        tensors = (*network.parameters(), *network.buffers())
        weights = sum(each.numel() * each.element_size() for each in tensors)
        return weights + room_bytes(self._token_bytes)

    @device_memory()
    def warm_up(self) -> None:
        """Two steps of nothing, and what they sound like."""
        greedy = Sampling(temperature=0)
        row = self._row(Request(card="", seed=0, prompt="music", sampling=greedy))
        loop = MusicGenLoop.begun(self._model, [row])
        loop.step()
        loop.step()
        self._model.sound(row.codes()[:, : self._model.frame_rate])

    @device_memory()
    def admit(self, request: Request) -> int:
        """Take a slot. Raises InvalidInput for a wrong condition, RuntimeError when full."""
        row = self._row(request)
        free = (slot for slot in range(self.capacity) if slot not in self._rows)
        if (slot := next(free, None)) is None:
            raise RuntimeError("no free slot")
        self._rows[slot] = row
        return slot

    def step(self, slots: Sequence[int]) -> Sequence[Stepped]:
        """One step of the rows that waited longest; nothing yet for the others.

        Raises DeviceOutOfMemory with all rows as they were; any other failure is of those rows.
        """
        rows = {self._rows[slot]: slot for slot in slots}
        turn = self._next(list(rows))
        self._turns += 1
        try:
            with device_memory():
                chunks = self._sung(turn) if turn[0].complete else self._drawn(turn)
        except DeviceOutOfMemory:
            raise
        except Exception as error:  # noqa: BLE001 - fails its rows, not those that wait
            failed = {rows[row]: Stepped(rows[row], error=error) for row in turn}
            return [failed.get(slot, Stepped(slot)) for slot in slots]
        made = {rows[row]: Stepped(rows[row], chunk) for row, chunk in chunks.items()}
        return [made.get(slot, Stepped(slot)) for slot in slots]

    def release(self, slot: int) -> None:
        """Free the slot; the keys and values of a loop that nobody needs any more go with it."""
        del self._rows[slot]
        live = set(self._rows.values())
        self._loops = [loop for loop in self._loops if live.intersection(loop.rows)]

    def close(self) -> None:
        """Drop the networks."""
        self._rows.clear()
        self._loops.clear()
        del self._model
        if torch.cuda.is_available():
            torch.cuda.empty_cache()

    def _row(self, request: Request) -> MusicGenRow:
        model = self._model
        order = MusicGenOrder.read(request, self._habits, listens=model.listens)
        frames = math.ceil(order.seconds * model.frame_rate)
        return MusicGenRow.of(order, model.words(order.prompt), frames, model.delays)

    def _next(self, rows: Sequence[MusicGenRow]) -> Sequence[MusicGenRow]:
        """Whose turn it is: one that waits to be heard, else rows that can begin, else the loop
        that waited longest."""
        if complete := [row for row in rows if row.complete]:
            return complete[:1]
        if fresh := self._beginning([row for row in rows if row.turn < 0]):
            return fresh
        begun = [loop for loop in self._loops if any(row in rows for row in loop.rows)]
        loop = min(begun, key=lambda each: each.turn)
        return [row for row in rows if row in loop.rows]

    def _beginning(self, fresh: Sequence[MusicGenRow]) -> list[MusicGenRow]:
        """Those that can go together and for which there is room; one always has, alone."""
        taken = sum(self._bytes(row) for row in self._rows.values() if row.turn >= 0)
        beginning: list[MusicGenRow] = []
        for row in fresh:
            taken += self._bytes(row)
            roomy = taken <= rows_bytes(self._token_bytes) or taken == self._bytes(row)
            if not roomy or self._key(row) != self._key(fresh[0]):
                break
            beginning.append(row)
        return beginning

    def _key(self, row: MusicGenRow) -> tuple[object, ...]:
        """What rows must share to go together. Where the words stand in one line with the codes,
        padding would move the codes: as many words."""
        return (row.guided, len(row.words) if self._model.listens else 0)

    def _bytes(self, row: MusicGenRow) -> int:
        tokens = row.steps + len(row.words) + self._model.chroma_length
        return (1 + row.guided) * tokens * self._token_bytes

    def _sung(self, rows: Sequence[MusicGenRow]) -> dict[MusicGenRow, Chunk]:
        row = rows[0]
        sound = self._model.sound(row.codes())
        usage = Usage(prompt_tokens=len(row.words), output_tokens=row.frames)
        told = _progress(row, row.steps + 1)
        return {row: Chunk(sound=sound, data=told, finish="stop", usage=usage)}

    def _drawn(self, rows: Sequence[MusicGenRow]) -> dict[MusicGenRow, Chunk]:
        loop = self._loop_of(rows)
        loop.step()
        for row in rows:
            row.turn = self._turns
        self._loops = [each for each in self._loops if each is not loop] + [loop]
        self._drop_complete(loop)
        return {row: Chunk(data=_progress(row, row.made)) for row in rows}

    def _loop_of(self, rows: Sequence[MusicGenRow]) -> MusicGenLoop:
        """The loop of exactly these rows. Rows that left it are let go; those that only wait this
        time (a step was too large for the device) go on in a loop of their own."""
        found = [loop for loop in self._loops if rows[0] in loop.rows]
        if not found:
            return MusicGenLoop.begun(self._model, rows)
        whole = found[0]
        live = [row for row in self._rows.values() if row in whole.rows]
        waiting = [row for row in live if row not in rows]
        if len(rows) == len(whole.rows):
            return whole
        parts = [whole.of(part) for part in (rows, waiting) if part]
        self._loops = [loop for loop in self._loops if loop is not whole] + parts
        return parts[0]

    def _drop_complete(self, loop: MusicGenLoop) -> None:
        """Rows that wait to be heard need no keys and values."""
        if all(row.complete for row in loop.rows):
            self._loops.remove(loop)


def _progress(row: MusicGenRow, step: int) -> dict[str, object]:
    """How far it is; turning the codes into sound is the last step."""
    return {"step": step, "steps": row.steps + 1}
