"""A form whose melodies are nobody's: a note that completes a run of nine that a training tune has
is left out. A constraint around another; where every note would complete one, all stay."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from studio.music.copies import WINDOW, CopyIndex, Struck
from studio.requests import Constraint, TokenRule, Vocabulary

SOUND = re.compile(r"n-?\d+d\d+|[rt]\d+")


@dataclass(frozen=True, slots=True)
class OriginalForm:
    """`form` without copies."""

    form: Constraint
    copies: CopyIndex

    def bind(self, vocabulary: Vocabulary) -> TokenRule:
        """The rule for one row."""
        sounds = vocabulary.cached("melody-sounds", lambda: _sounds(vocabulary))
        return _OriginalRule(self.form.bind(vocabulary), self.copies, sounds)


@dataclass(frozen=True, slots=True)
class _Sound:
    """What a word of the melody's language does: its step (None for a rest or tie), its ticks."""

    step: int | None
    ticks: int


class _OriginalRule:
    """Follows one row; a token is a note, a rest, a tie, or none of them."""

    def __init__(self, inner: TokenRule, copies: CopyIndex, sounds: Mapping[int, _Sound]) -> None:
        self._inner, self._copies, self._sounds = inner, copies, sounds
        self._seen, self._now = 0, 0
        self._struck: list[Struck] = []
        self._kept: dict[tuple[Sequence[int], frozenset[int]], Sequence[int]] = {}

    def allowed(self, tokens: Sequence[int]) -> Sequence[int] | None:
        """What the form allows, without notes that complete a copy."""
        found = self._inner.allowed(tokens)
        self._follow(tokens)
        if found is None or len(found) < 2 or len(self._struck) < WINDOW - 1:
            return found
        copied = frozenset(step for step in self._steps(found) if self._completes(step))
        return self._without(found, copied) if copied else found

    def _without(self, found: Sequence[int], copied: frozenset[int]) -> Sequence[int]:
        """The same object for the same set: masks are kept by identity."""
        key = (found, copied)
        if key not in self._kept:
            kept = tuple(token for token in found if self._step(token) not in copied)
            self._kept[key] = kept or found
        return self._kept[key]

    def _follow(self, tokens: Sequence[int]) -> None:
        if len(tokens) < self._seen:
            self._seen, self._now = 0, 0
            self._struck.clear()
        for token in tokens[self._seen :]:
            sound = self._sounds.get(token)
            if sound is not None and sound.step is not None:
                self._struck.append((sound.step, self._now))
            self._now += 0 if sound is None else sound.ticks
        self._seen = len(tokens)

    def _step(self, token: int) -> int | None:
        sound = self._sounds.get(token)
        return None if sound is None else sound.step

    def _steps(self, tokens: Sequence[int]) -> set[int]:
        return {step for step in map(self._step, tokens) if step is not None}

    def _completes(self, step: int) -> bool:
        return self._copies.completes(self._struck, (step, self._now))


def _sounds(vocabulary: Vocabulary) -> dict[int, _Sound]:
    texts = (vocabulary.text(token).strip() for token in range(len(vocabulary)))
    return {token: _sound(text) for token, text in enumerate(texts) if SOUND.fullmatch(text)}


def _sound(symbol: str) -> _Sound:
    if symbol[0] == "n":
        step, _, ticks = symbol[1:].partition("d")
        return _Sound(int(step), int(ticks))
    return _Sound(None, int(symbol[1:]))
