"""The port between the engine and whatever runs weights.

A family instance is one loaded card. All verbs but `footprint` are called by the one device
thread, so a family needs no locks. A family whose `step` finishes every slot it is given *is*
micro-batching; one that needs many steps *is* continuous batching; the scheduler serves both.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from studio.requests import Chunk, Request


@dataclass(frozen=True, slots=True)
class Stepped:
    """What one step did to one slot: a chunk (perhaps none yet), or its own failure."""

    slot: int
    chunk: Chunk | None = None
    error: Exception | None = None
    read: int = 0
    """Tokens of its prompt that went through the model."""
    reading: bool = False
    """More of its prompt is to be read before anything comes."""

    @property
    def ended(self) -> bool:
        return self.error is not None or (self.chunk is not None and self.chunk.finish is not None)


class DeviceOutOfMemory(Exception):
    """The device ran out of memory. Raised from `step`, the batch is split; from `admit`, the
    request waits for others to end; while a card is loaded or warmed up, idle cards leave and it is
    loaded once more. What raised it is as it was before."""


class Family(Protocol):
    """One loaded card."""

    @property
    def lane(self) -> str:
        """ "text", "melody" or "picture": lanes take turns on the device."""

    @property
    def capacity(self) -> int:
        """How many requests may hold a slot at once."""

    @property
    def linger_ms(self) -> float:
        """How long the scheduler may wait for company before the first step (0 for sequences)."""

    def footprint(self) -> int:
        """Bytes resident on the device, caches included."""

    def warm_up(self) -> None:
        """Run once on nothing, so that the first person does not pay for it."""

    def admit(self, request: Request) -> int:
        """Take a slot for the request and return it.

        Raises InvalidInput (prompt too long), NotReady (no such adapter), RuntimeError (full).
        """

    def step(self, slots: Sequence[int]) -> Sequence[Stepped]:
        """Advance these slots together; one `Stepped` for each, in order.

        A slot whose own work fails reports `error`; an exception fails all the given slots
        (`DeviceOutOfMemory`: the worker tries again with halves; the slots must be unchanged).
        """

    def release(self, slot: int) -> None:
        """Free the slot: after its end, its failure, or a cancel between two steps."""

    def close(self) -> None:
        """Give the device's memory back."""


@runtime_checkable
class Outside(Protocol):
    """A family whose rows are worked on elsewhere (an endpoint).

    Its `step` tells what has arrived and never waits, so it is called only after a ring: the
    device thread neither blocks on a network nor asks in vain.
    """

    def on_news(self, ring: Callable[[], None]) -> None:
        """Call `ring` (from any thread) whenever a slot has something that `step` can tell."""


@runtime_checkable
class ReadsPrompts(Protocol):
    """A family whose rows read a prompt before they write; its `Stepped` tell how much."""

    @property
    def prompt_pieces(self) -> tuple[int, int]:
        """Prompt tokens that one step reads at most: beside rows that write, and alone."""


@runtime_checkable
class CountsTokens(Protocol):
    """A family that can say how many tokens a text is (device thread only)."""

    def tokens_in(self, text: str) -> int:
        """Tokens of the text alone, without the prompt's own."""


class Loader(Protocol):
    """How the manager gets families, without knowing where weights come from."""

    def footprint(self, card: str) -> int:
        """Bytes the card will need, known before loading. Raises NotReady for unknown cards."""

    def load(self, card: str) -> Family:
        """Load the card on the device. Raises NotReady, or OutOfMemory."""
