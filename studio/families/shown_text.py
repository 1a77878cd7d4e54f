"""What a person sees of a text that comes in pieces: no stop string, no loop."""

from __future__ import annotations

from types import MappingProxyType

from studio.families.loop_guard import LoopGuard
from studio.families.sentence_end import at_sentence_end
from studio.families.stop_strings import StopStrings
from studio.requests import Sampling

TAIL = 80
NO_TEXT = MappingProxyType(
    dict.fromkeys([*range(9), 11, 12, *range(14, 32), 127, *range(0xFFFE, 0x10000)])
)
"""Control characters but tab, line feed and return: no format that a text goes into has them."""


class ShownText:
    """Pieces in, showable text out."""

    def __init__(self, sampling: Sampling, opening: str) -> None:
        self._stops = StopStrings(sampling.stop)
        self._guard = LoopGuard(opening) if sampling.loop_guard else None
        self._tail = ""

    @property
    def stopped(self) -> bool:
        """A stop string came."""
        return self._stops.stopped

    @property
    def looped(self) -> bool:
        """The text repeats itself."""
        return self._guard is not None and self._guard.looped

    @property
    def at_sentence_end(self) -> bool:
        """What came so far ends a sentence."""
        return at_sentence_end(self._tail)

    def feed(self, text: str) -> str:
        """The text to show after this piece."""
        return self._pass_on(self._stops.feed(text.translate(NO_TEXT))) if text else ""

    def flush(self) -> str:
        """The rest, when the row ends for another reason than a stop string or a loop."""
        if self.stopped or self.looped:
            return self._guard.flush() if self._guard and not self.looped else ""
        rest = self._pass_on(self._stops.flush())
        return rest + (self._guard.flush() if self._guard else "")

    def _pass_on(self, text: str) -> str:
        self._tail = (self._tail + text)[-TAIL:]
        return self._guard.feed(text) if self._guard else text
