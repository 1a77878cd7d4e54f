"""Beginnings of prompts that lie in the slots: read once, and copied for whoever begins so too.

Requests of one craft begin with the same instructions, and takes of one brief are the same to the
end. What an earlier row has read stays in its slot until the slot is needed, so sharing takes no
memory of its own. Only whole blocks are shared: a row's sums stay what they are alone.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Collection, Hashable, Sequence
from dataclasses import dataclass

from studio.families.step_plan import BLOCK


@dataclass(frozen=True, slots=True)
class ReadPrompt:
    """Tokens from a slot's first place on, and the adapter that they were read with."""

    voice: Hashable
    tokens: Sequence[int]

    def shared(self, voice: Hashable, prompt: Sequence[int]) -> int:
        """How many tokens a prompt can take over. Its last one is always left to be read."""
        if voice != self.voice:
            return 0
        most, count = min(len(self.tokens), len(prompt) - 1), 0
        while count + BLOCK <= most and (
            self.tokens[count : count + BLOCK] == prompt[count : count + BLOCK]
        ):
            count += BLOCK
        return count


class SharedPrompts:
    """Which tokens' keys and values lie in which slot."""

    def __init__(self) -> None:
        self._read: OrderedDict[int, ReadPrompt] = OrderedDict()
        """By slot, the one written longest ago first."""

    def keep(self, slot: int, voice: Hashable, tokens: Sequence[int]) -> None:
        """The slot begins with these tokens now."""
        self.forget(slot)
        if len(tokens) >= BLOCK:
            self._read[slot] = ReadPrompt(voice, tokens)

    def forget(self, slot: int) -> None:
        """The slot's content is overwritten."""
        self._read.pop(slot, None)

    def forget_all(self) -> None:
        self._read.clear()

    def longest(self, voice: Hashable, prompt: Sequence[int]) -> tuple[int, int]:
        """(slot, tokens): where most of the prompt lies already. No tokens: nowhere."""
        found = ((slot, read.shared(voice, prompt)) for slot, read in self._read.items())
        return max(found, key=lambda each: each[1], default=(0, 0))

    def only_in(self, slot: int) -> ReadPrompt | None:
        """What the slot begins with, unless another slot begins so too."""
        read = self._read.get(slot)
        others = (each for at, each in self._read.items() if at != slot)
        if read is None or any(
            each.voice == read.voice and each.tokens[: len(read.tokens)] == read.tokens
            for each in others
        ):
            return None
        return read

    def least_missed(self, free: Collection[int]) -> int:
        """The free slot to overwrite: an empty one, else the one written longest ago."""
        empty = [slot for slot in free if slot not in self._read]
        return min(empty) if empty else next(slot for slot in self._read if slot in free)
