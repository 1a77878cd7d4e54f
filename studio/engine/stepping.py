"""One step of a batch that always answers: for every slot a chunk, nothing yet, or an error."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from studio.engine.family import DeviceOutOfMemory, Family, Stepped
from studio.errors import OutOfMemory


@dataclass(frozen=True, slots=True)
class Shortage:
    """What is done when the device has no memory for a step."""

    too_many: Callable[[int], None]
    """Is told of every batch that did not fit."""
    relieve: Callable[[], None]
    """Makes what room there is to be made, before a single row is tried once more."""


def step_together(
    family: Family, slots: Sequence[int], shortage: Shortage, at_most: int
) -> Sequence[Stepped]:
    """Step the slots, `at_most` of them at once; in halves, and halves of halves, when the device
    runs out of memory.

    A single row that does not fit even when there is room fails with OutOfMemory, any other
    exception fails exactly the slots it was raised for.
    """
    if len(slots) > at_most:
        first = step_together(family, slots[:at_most], shortage, at_most)
        return [*first, *step_together(family, slots[at_most:], shortage, at_most)]
    stepped = _stepped(family, slots)
    if stepped is not None:
        return stepped
    shortage.too_many(len(slots))
    if len(slots) > 1:
        return step_together(family, slots, shortage, len(slots) // 2)
    shortage.relieve()
    return _stepped(family, slots) or [Stepped(slots[0], error=_too_large(family))]


def _stepped(family: Family, slots: Sequence[int]) -> Sequence[Stepped] | None:
    """What the family answers, None when it has no memory for it: its traceback holds the step's
    tensors, so it must be gone before another try."""
    try:
        return _complete(family.step(slots), slots)
    except DeviceOutOfMemory:
        return None
    except Exception as error:  # noqa: BLE001 - whatever a model does wrong ends here
        return [Stepped(slot, error=error) for slot in slots]


def _complete(stepped: Sequence[Stepped], slots: Sequence[int]) -> Sequence[Stepped]:
    """The family's answer, when it speaks of every slot once and of no other."""
    if sorted(each.slot for each in stepped) != sorted(slots):
        raise RuntimeError(f"asked to step {slots}, it answered {[e.slot for e in stepped]}")
    return stepped


def _too_large(family: Family) -> OutOfMemory:
    """How much the row wanted is not known, only that nothing was left for it."""
    return OutOfMemory(need=family.footprint(), have=0)
