"""A family without weights: deterministic, no torch, and it watches how it is used.

It asserts that the engine keeps the family contract, and remembers its batches, so that tests can
prove that batching happened.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

from studio.catalog import Card, Catalog
from studio.engine.family import DeviceOutOfMemory, Stepped
from studio.errors import InvalidInput
from studio.families.fake_picture import painted
from studio.families.fake_row import FakeRow, asked
from studio.families.fake_sound import composed
from studio.families.fake_vocabulary import FakeVocabulary
from studio.music.symbols import music_symbols, plan_symbols
from studio.requests import Request

FAIL, CRASH, REJECT = "[[fail]]", "[[crash]]", "[[reject]]"
"""In a prompt: this row fails; the whole step raises; the prompt is not admitted."""
BYTES = 1_000_000
_LINGER_MS = 5.0
_PACE_S = 0.004
"""Of a step in the fake studio (STUDIO_FAKE=1)."""


def _nothing(_: Sequence[int]) -> None:
    return None


def _at_reading_pace(_: Sequence[int]) -> None:
    """A stream too fast to be seen would show nothing of the page."""
    time.sleep(_PACE_S)


class Fake:
    """One fake card of one lane. The knobs are for tests; by default it behaves."""

    def __init__(
        self,
        lane: str = "text",
        *,
        capacity: int = 16,
        footprint: int = BYTES,
        vocabulary: FakeVocabulary | None = None,
        memory_rows: int | None = None,
        before_step: Callable[[Sequence[int]], None] = _nothing,
        sounds: bool = False,
    ) -> None:
        """`memory_rows`: above so many rows in a step the device is out of memory.
        `before_step` is called with the slots of each step: a gate can hold it open.
        `sounds`: a melody comes as sound, not as notes."""
        self.batches: list[tuple[int, ...]] = []
        """The slots of every step that ran."""
        self.closed = False
        self.warm = False
        self.lane = lane
        self.capacity = capacity
        self.linger_ms = _LINGER_MS if lane == "picture" else 0.0
        self._footprint = footprint
        self._memory_rows = memory_rows
        self._before_step = before_step
        self._sounds = sounds
        self._vocabulary = vocabulary or FakeVocabulary()
        self._rows: dict[int, tuple[Request, FakeRow]] = {}

    @classmethod
    def open(cls, card: Card, catalog: Catalog, device: str, dtype: str) -> Fake:  # noqa: ARG003
        """Stands in for any card, by its role."""
        if "picture" in card.roles:
            return cls("picture")
        if card.family == "music_gen":
            return cls("melody", sounds=True)
        if "melody" in card.roles:
            words = ("<bos>", *plan_symbols(), *music_symbols())
            return cls("melody", vocabulary=FakeVocabulary(words, joiner=" "))
        return cls("text", before_step=_at_reading_pace)

    @classmethod
    def estimate(cls, card: Card, catalog: Catalog, device: str, dtype: str) -> int:  # noqa: ARG003
        """Bytes that `footprint` will say."""
        return BYTES

    def footprint(self) -> int:
        """The bytes it claims."""
        return self._footprint

    def warm_up(self) -> None:
        """Nothing to warm; remembers that it was asked."""
        self.warm = True

    def admit(self, request: Request) -> int:
        """Take a slot. Raises InvalidInput for a prompt marked REJECT, RuntimeError when full."""
        assert not self.closed, "admitted after close"
        if REJECT in asked(request):
            raise InvalidInput("text", "The fake model rejects this.", code="rejected")
        if len(self._rows) >= self.capacity:
            raise RuntimeError("no free slot")
        slot = next(number for number in range(self.capacity) if number not in self._rows)
        self._rows[slot] = (request, FakeRow(request, self._vocabulary))
        return slot

    def step(self, slots: Sequence[int]) -> Sequence[Stepped]:
        """One token for each text row; a whole picture for each picture row."""
        assert slots, "stepped an empty batch"
        assert len(set(slots)) == len(slots), f"a slot twice in one step: {slots}"
        assert self._rows.keys() >= set(slots), f"stepped free slots: {slots}"
        self._before_step(slots)
        if self._memory_rows is not None and len(slots) > self._memory_rows:
            raise DeviceOutOfMemory
        self.batches.append(tuple(slots))
        if any(CRASH in asked(self._rows[slot][0]) for slot in slots):
            raise ValueError("the fake model crashed")
        return [self._stepped(slot, *self._rows[slot]) for slot in slots]

    def _stepped(self, slot: int, request: Request, row: FakeRow) -> Stepped:
        if FAIL in asked(request):
            return Stepped(slot, error=ValueError("the fake model failed"))
        if self.lane == "picture":
            return Stepped(slot, painted(request))
        if self._sounds:
            return Stepped(slot, composed(request))
        try:
            return Stepped(slot, row.step())
        except Exception as error:  # noqa: BLE001 - a constraint that breaks fails its own row
            return Stepped(slot, error=error)

    def tokens_in(self, text: str) -> int:
        """One a word, and one for four other characters."""
        return sum(1 + len(each) // 4 for each in text.split())

    def release(self, slot: int) -> None:
        """Free the slot; asserts that it was taken."""
        assert slot in self._rows, f"released a free slot: {slot}"
        del self._rows[slot]

    def close(self) -> None:
        """Asserts that nobody is left."""
        assert not self._rows, f"closed with rows in {sorted(self._rows)}"
        self.closed = True
