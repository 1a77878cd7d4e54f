"""The text side of one row: from tokens to what the person sees."""

from __future__ import annotations

from collections.abc import Sequence

from tokenizers import Tokenizer

from studio.families.detokenizer import Detokenizer
from studio.families.loop_guard import LoopGuard
from studio.families.sentence_end import at_sentence_end
from studio.families.stop_strings import StopStrings
from studio.requests import Sampling

TAIL = 80


class RowText:
    """Tokens in, showable text out: whole characters, no stop string, no loop."""

    def __init__(
        self, tokenizer: Tokenizer, context: Sequence[int], sampling: Sampling, opening: str
    ) -> None:
        self._detokenizer = Detokenizer(tokenizer, context)
        self._stops = StopStrings(sampling.stop)
        self._guard = LoopGuard(opening) if sampling.loop_guard else None
        # The opening's last space is not in the prompt: the first word brings its own.
        self._swallow = " " if opening.endswith(" ") else ""
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

    def feed(self, token: int) -> str:
        """The text to show after this token."""
        text = self._detokenizer.feed(token)
        if text and self._swallow:
            text, self._swallow = text.removeprefix(self._swallow), ""
        return self._pass_on(self._stops.feed(text)) if text else ""

    def flush(self) -> str:
        """The rest, when the row ends for another reason than a stop string or a loop."""
        if self.stopped or self.looped:
            return self._guard.flush() if self._guard and not self.looped else ""
        rest = self._pass_on(self._stops.flush())
        return rest + (self._guard.flush() if self._guard else "")

    def _pass_on(self, text: str) -> str:
        self._tail = (self._tail + text)[-TAIL:]
        return self._guard.feed(text) if self._guard else text
