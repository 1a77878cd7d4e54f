"""Ends a text that begins to repeat itself.

Small models fall into loops: the same sentence again, or a few words over and over. A sentence
that begins like an earlier one is held back until it differs; when it ends the same, the row ends
and the repetition was never shown.
"""

from __future__ import annotations

import re

from studio.families.sentence_end import CLOSERS, ENDS

LEAST_WEIGHT = 24
"""Shorter sentences ("Yes.") may come again. A CJK character weighs two."""
TURNS = 4
"""How often a few words must follow themselves to be a loop."""
ECHO_SIZES = range(4, 61)
"""Characters of what follows itself."""

SENTENCE = re.compile(f"[^{ENDS}\n]*[{ENDS}\n]+[{re.escape(CLOSERS)}]*")


class LoopGuard:
    """Lets text through until it loops."""

    def __init__(self, before: str = "") -> None:
        """`before` is text that is there already: its sentences are not to come again."""
        self._open = ""
        self._shown = 0
        plain = (_plain(found[0]) for found in SENTENCE.finditer(before))
        self._past = {each for each in plain if _weight(each) >= LEAST_WEIGHT}
        self._tail = ""
        self.looped = False

    def feed(self, text: str) -> str:
        """What of the text may be shown now; nothing once `looped`."""
        self._tail = (self._tail + text)[-TURNS * ECHO_SIZES[-1] :]
        if _echoes(self._tail):
            self.looped = True
            return ""
        self._open += text
        shown = ""
        while (found := SENTENCE.match(self._open)) and found.end() < len(self._open):
            sentence = self._open[: found.end()]
            if self._repeats(sentence):
                return shown
            shown += sentence[self._shown :]
            self._open, self._shown = self._open[found.end() :], 0
        return shown + self._show_open()

    def flush(self) -> str:
        """What was held back, unless it is a whole repetition."""
        rest = self._open[self._shown :]
        if self._repeats(self._open):
            rest = ""
        self._open, self._shown = "", 0
        return rest

    def _repeats(self, sentence: str) -> bool:
        plain = _plain(sentence)
        if plain in self._past:
            self.looped = True
        elif _weight(plain) >= LEAST_WEIGHT:
            self._past.add(plain)
        return self.looped

    def _show_open(self) -> str:
        begun = _plain(self._open)
        if any(sentence.startswith(begun) for sentence in self._past):
            return ""
        shown, self._shown = self._open[self._shown :], len(self._open)
        return shown


def _echoes(text: str) -> bool:
    """Whether the text ends in the same words several times over (a ruled line is none)."""
    units = (text[-size:] for size in ECHO_SIZES)
    return any(text.endswith(unit * TURNS) and _plain(unit) for unit in units)


def _plain(sentence: str) -> str:
    return "".join(each for each in sentence.casefold() if each.isalnum())


def _weight(plain: str) -> int:
    return sum(2 if each >= "\u2e80" else 1 for each in plain)
