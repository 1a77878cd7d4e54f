"""The form of a jingle around a melody's: a motif, the same again on another step, and a close.

A constraint. The motif is written freely, but only of tones that the move keeps in the scale: the
bars of its return are then said note for note, every interval and every length as before (a real
sequence). The last bar has a rhythm of its own and comes to rest on the tonic.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from studio.music.melody_form import MelodyForm
from studio.requests import TokenRule, Vocabulary

_NOTE = re.compile(r"n(-?\d+)d(\d+)")
_SOUND = re.compile(r"n-?\d+d\d+|[rt]\d+")
_TICKS = re.compile(r"\d+$")
_BREATH = 12
"""Ticks of the only silence before the last bar."""
_Fits = Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class JingleForm:
    """`form` with its first `motif_bars` said again `shift` semitones higher."""

    form: MelodyForm
    motif_bars: int
    shift: int
    closing: tuple[int, ...]
    """Ticks of the notes in the last bar; they fill it."""
    grid: int = 6
    """Ticks that every length before the last bar is a multiple of: 6 or 12."""
    given_bars: int = 0
    """So many bars are fixed by the form already: a given motif, and its return."""

    def bind(self, vocabulary: Vocabulary) -> TokenRule:
        """The rule for one row."""
        sounds = vocabulary.cached("jingle-sounds", lambda: _sounds(vocabulary))
        index = {symbol: token for token, symbol in sounds.items()}
        return _JingleRule(self, self.form.bind(vocabulary), sounds, index, vocabulary)

    def keeps(self, step: int) -> bool:
        """Whether a tone of the motif has its place in scale and range after the move."""
        moved = step + self.shift
        return moved % 12 in self.form.scale and self.form.lowest <= moved <= self.form.highest


class _JingleRule:
    """Follows one row word by word."""

    def __init__(
        self,
        jingle: JingleForm,
        inner: TokenRule,
        sounds: Mapping[int, str],
        index: Mapping[str, int],
        vocabulary: Vocabulary,
    ) -> None:
        self._jingle, self._inner, self._sounds = jingle, inner, sounds
        self._index, self._vocabulary = index, vocabulary
        self._kept: dict[tuple[Sequence[int], int], Sequence[int]] = {}
        self._start_over()

    def _start_over(self) -> None:
        self._bars: list[list[str]] = []
        self._seen = 0

    def allowed(self, tokens: Sequence[int]) -> Sequence[int] | None:
        """What the melody's form allows, and of that what makes it a jingle."""
        found = self._inner.allowed(tokens)
        self._follow(tokens)
        if found is None or not self._bars or not any(each in self._sounds for each in found):
            return found
        return self._of_bar(found, len(self._bars), len(self._bars[-1]))

    def _of_bar(self, found: Sequence[int], bar: int, place: int) -> Sequence[int]:
        """What may be said at this place of a bar, by the bar's part in the jingle."""
        jingle = self._jingle
        if bar == jingle.form.bars:
            return self._only(found, place, lambda symbol: self._closes(symbol, place))
        if bar <= jingle.given_bars:
            return found
        if bar <= jingle.motif_bars:
            return self._only(found, -1, lambda symbol: self._in_motif(symbol, bar, place))
        if bar <= 2 * jingle.motif_bars:
            return self._again(found, bar)
        return self._only(found, -2, lambda symbol: self._even(symbol, place))

    def _follow(self, tokens: Sequence[int]) -> None:
        if len(tokens) < self._seen:
            self._start_over()
        for token in tokens[self._seen :]:
            symbol = self._sounds.get(token, "")
            if symbol and self._bars:
                self._bars[-1].append(symbol)
            elif self._vocabulary.text(token).strip().startswith("|"):
                self._bars.append([])
        self._seen = len(tokens)

    def _in_motif(self, symbol: str, bar: int, place: int) -> bool:
        """A motif begins with a note, and each of its notes can be moved."""
        if bar == 1 and not place and symbol[:1] != "n":
            return False
        note = _NOTE.fullmatch(symbol)
        keeps = note is None or self._jingle.keeps(int(note[1]))
        return keeps and self._even(symbol, place if bar == 1 else 1)

    def _even(self, symbol: str, place: int) -> bool:
        """On the grid; silence is a breath, and a bar begins with a note of its own."""
        ticks = int(_TICKS.search(symbol)[0])  # type: ignore[index]
        if symbol[:1] == "r":
            return bool(place) and ticks == _BREATH
        return ticks % self._jingle.grid == 0 and bool(place or symbol[:1] == "n")

    def _again(self, found: Sequence[int], bar: int) -> Sequence[int]:
        source, said = self._bars[bar - 1 - self._jingle.motif_bars], self._bars[-1]
        if len(said) >= len(source):
            return found
        token = self._index.get(_moved(source[len(said)], self._jingle.shift))
        return found if token is None else self._kept.setdefault(((), token), (token,))

    def _closes(self, symbol: str, place: int) -> bool:
        closing, note = self._jingle.closing, _NOTE.fullmatch(symbol)
        if note is None or place >= len(closing) or int(note[2]) != closing[place]:
            return False
        return place < len(closing) - 1 or int(note[1]) % 12 == 0

    def _only(self, found: Sequence[int], place: int, fits: _Fits) -> Sequence[int]:
        """The same object for the same set; everything where nothing fits."""
        key = (found, place * 2 + bool(self._bars[-1]))
        if key not in self._kept:
            kept = tuple(each for each in found if fits(self._sounds.get(each, "")))
            self._kept[key] = kept or found
        return self._kept[key]


def _moved(symbol: str, semitones: int) -> str:
    note = _NOTE.fullmatch(symbol)
    return f"n{int(note[1]) + semitones}d{note[2]}" if note else symbol


def _sounds(vocabulary: Vocabulary) -> dict[int, str]:
    texts = ((token, vocabulary.text(token).strip()) for token in range(len(vocabulary)))
    return {token: text for token, text in texts if _SOUND.fullmatch(text)}
