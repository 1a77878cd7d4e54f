"""One step of a batch that always answers: for every slot a chunk, nothing yet, or an error."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from studio.engine.family import DeviceOutOfMemory, Family, Stepped
from studio.errors import OutOfMemory


def step_together(
    family: Family, slots: Sequence[int], too_many: Callable[[int], None]
) -> Sequence[Stepped]:
    """Step the slots; in halves, and halves of halves, when the device runs out of memory.

    `too_many(rows)` is told of every batch that did not fit. A single row that does not fit fails
    with OutOfMemory, any other exception fails exactly the slots it was raised for.
    """
    try:
        return _complete(family.step(slots), slots)
    except DeviceOutOfMemory:
        pass  # and out of this block first: its traceback holds the step's tensors
    except Exception as error:  # noqa: BLE001 - whatever a model does wrong ends here
        return [Stepped(slot, error=error) for slot in slots]
    too_many(len(slots))
    if len(slots) == 1:
        return [Stepped(slots[0], error=_too_large(family))]
    half = len(slots) // 2
    first = step_together(family, slots[:half], too_many)
    return [*first, *step_together(family, slots[half:], too_many)]


def _complete(stepped: Sequence[Stepped], slots: Sequence[int]) -> Sequence[Stepped]:
    """The family's answer, when it speaks of every slot once and of no other."""
    if sorted(each.slot for each in stepped) != sorted(slots):
        raise RuntimeError(f"asked to step {slots}, it answered {[e.slot for e in stepped]}")
    return stepped


def _too_large(family: Family) -> OutOfMemory:
    """How much the row wanted is not known, only that nothing was left for it."""
    return OutOfMemory(need=family.footprint(), have=0)
