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
WINDOW = 240
"""Characters looked at for words that follow themselves."""

SENTENCE = re.compile(f"[^{ENDS}\n]*[{ENDS}\n]+[{re.escape(CLOSERS)}]*")
ECHO = re.compile(r"(.{4,60}?)\1{" + str(TURNS - 1) + r"}$", re.DOTALL)


class LoopGuard:
    """Lets text through until it loops."""

    def __init__(self) -> None:
        self._open = ""
        self._shown = 0
        self._past: set[str] = set()
        self._tail = ""
        self.looped = False

    def feed(self, text: str) -> str:
        """What of the text may be shown now; nothing once `looped`."""
        self._tail = (self._tail + text)[-WINDOW:]
        if ECHO.search(self._tail) and not self._tail.rstrip("-_=*. \n|").endswith("|"):
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


def _plain(sentence: str) -> str:
    return "".join(each for each in sentence.casefold() if each.isalnum())


def _weight(plain: str) -> int:
    return sum(2 if each >= "\u2e80" else 1 for each in plain)
