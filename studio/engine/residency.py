"""Which cards stay on the device: as many as the budget allows, the least recently used idle
one leaves first, a card in use never does. One that nobody uses for long may leave by itself."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from studio.engine.family import DeviceOutOfMemory, Family, Loader
from studio.errors import OutOfMemory


@dataclass(frozen=True, slots=True)
class Resident:
    """One loaded card."""

    card: str
    family: Family
    used: int
    """Grows with every use: the smallest is the least recently used."""
    used_at: float
    """When that was, in seconds of the engine's clock."""


class Residency:
    """Loads and evicts on the device thread; `residents` may be read from any thread.

    `running(card)` says that a request holds a slot of the card; `evicted(card)` is called for
    every card that leaves.
    """

    def __init__(
        self,
        loader: Loader,
        budget_bytes: int,
        running: Callable[[str], bool],
        evicted: Callable[[str], None],
        clock: Callable[[], float],
    ) -> None:
        self.budget_bytes = budget_bytes
        self._loader = loader
        self._running = running
        self._evicted = evicted
        self._clock = clock
        self._leases: Counter[str] = Counter()
        self._residents: Mapping[str, Resident] = {}
        self._uses = 0

    @property
    def residents(self) -> Mapping[str, Resident]:
        """The loaded cards. Replaced, never changed: what was read stays as it was."""
        return self._residents

    def resident_bytes(self) -> int:
        """Bytes on the device, caches included."""
        return sum(each.family.footprint() for each in self._residents.values())

    def need(self, card: str) -> int:
        """Bytes the card will need. Raises NotReady for an unknown card."""
        return self._loader.footprint(card)

    def check(self, card: str) -> None:
        """Raise NotReady for an unknown card, OutOfMemory for one that can never fit."""
        if card not in self._residents and (need := self._loader.footprint(card)):
            self._refuse_beyond(need, self.budget_bytes)

    def lease(self, card: str, number: int = 1) -> None:
        """Keep the card on the device until the lease is given back (`number` -1)."""
        self._leases[card] += number

    def in_use(self, card: str) -> bool:
        """Whether the card must stay."""
        return self._leases[card] > 0 or self._running(card)

    def use(self, card: str) -> Family:
        """The family of a resident card, marked as just used."""
        self._uses += 1
        resident = replace(self._residents[card], used=self._uses, used_at=self._clock())
        self._residents = {**self._residents, card: resident}
        return resident.family

    def load(self, card: str) -> Family | None:
        """Load and warm up a card, evicting idle ones; None when it must wait for busy ones.

        When the device has less memory than the budget says, every idle card leaves and it is
        tried once more. Raises what the loader raises, and OutOfMemory before loading when leases
        leave too little room, or when the card turns out larger than was said; nothing of it stays
        then.
        """
        need = self._loader.footprint(card)
        self._refuse_beyond(need, self.budget_bytes - self._leased_bytes(card))
        if not self._make_room(need, keep=card):
            return None
        if (family := self._tried(card)) is not None:
            return family
        self.relieve(keep=card)
        if (family := self._tried(card)) is not None:
            return family
        if any(self._running(each) for each in self._residents):
            return None
        raise OutOfMemory(need, max(0, self._free_bytes()))

    def _tried(self, card: str) -> Family | None:
        """The family, None when the device ran out of memory: the error's traceback holds what
        was loaded, so it must be gone before another try."""
        try:
            return self._settle(card)
        except DeviceOutOfMemory:
            return None

    def _settle(self, card: str) -> Family:
        family = self._loader.load(card)
        self._uses += 1
        resident = Resident(card, family, self._uses, self._clock())
        self._residents = {**self._residents, card: resident}
        try:
            family.warm_up()
            if not self._make_room(0, keep=card):
                raise OutOfMemory(family.footprint(), self._free_bytes() + family.footprint())
        except BaseException:
            self.evict(card)
            raise
        return family

    def evict(self, card: str) -> None:
        """Give the memory of an idle card back."""
        family = self._residents[card].family
        self._residents = {name: each for name, each in self._residents.items() if name != card}
        self._evicted(card)
        family.close()

    def relieve(self, keep: str) -> None:
        """The device ran out of memory: every idle card but this one leaves."""
        for each in self._idle(keep):
            self.evict(each.card)

    def evict_unused(self, since: float) -> bool:
        """Evict the cards that nobody has used since then; whether there was one."""
        unused = [each for each in self._idle() if each.used_at <= since]
        for each in unused:
            self.evict(each.card)
        return bool(unused)

    def unused_since(self) -> float:
        """When the idle card that has waited longest was used last; math.inf without one."""
        return min((each.used_at for each in self._idle()), default=math.inf)

    def _idle(self, keep: str = "") -> list[Resident]:
        """The cards that may leave, least recently used first."""
        used = sorted(self._residents.values(), key=lambda each: each.used)
        return [each for each in used if each.card != keep and not self.in_use(each.card)]

    def _make_room(self, need: int, keep: str) -> bool:
        """Evict idle cards, least recently used first, until `need` bytes are free."""
        idle = self._idle(keep)
        if self._free_bytes() + sum(each.family.footprint() for each in idle) < need:
            return False
        for each in idle:
            if self._free_bytes() >= need:
                break
            self.evict(each.card)
        return True

    def _free_bytes(self) -> int:
        return self.budget_bytes - self.resident_bytes()

    def _leased_bytes(self, other_than: str) -> int:
        return sum(
            each.family.footprint()
            for each in self._residents.values()
            if each.card != other_than and self._leases[each.card] > 0
        )

    def _refuse_beyond(self, need: int, have: int) -> None:
        if need > have:
            raise OutOfMemory(need, max(0, have))
