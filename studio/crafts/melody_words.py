"""A text to sing: its syllables, the bars that it needs, and where each syllable comes to stand."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise

from studio.crafts.melody_sharing import shared
from studio.errors import InvalidInput
from studio.music.lyrics import bars_needed, phrase_syllables
from studio.music.meter import QUARTER
from studio.music.note import Note
from studio.music.plan import MelodyPlan
from studio.music.syllables import fit_lines
from studio.music.symbols import PHRASE_BARS
from studio.music.tune import Tune, bar_ticks
from studio.verse.en_lexicon import en_lexicon, guessed_word

LONGEST_WORDS = 2000
HELD = "_"
_FEWEST = 0.5
"""Syllables to a note of a melody that is there already."""
_SENTENCE_END = re.compile("([。！？；])(?=.)")


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines of a text, each as its syllables; "-" at the end joins one to the next."""

    lines: tuple[tuple[str, ...], ...] = ()

    @property
    def flat(self) -> tuple[str, ...]:
        """All syllables in order."""
        return tuple(each for line in self.lines for each in line)

    def __bool__(self) -> bool:
        return bool(self.lines)


def lines_of(text: str) -> Lines:
    """The lines that have something to sing; a Chinese sentence is a line."""
    return Lines(fit_lines(_SENTENCE_END.sub("\\1\n", text), _spoken))


def fitted(plan: MelodyPlan, lines: Lines, *, asked: bool) -> tuple[MelodyPlan, tuple[int, ...]]:
    """The plan in as many bars as the text needs, and the syllables of each phrase of four bars;
    () without a text. `asked`: the number of bars stands.

    Raises InvalidInput("words") for more or fewer syllables than the bars take.
    """
    if not lines:
        return plan, ()
    if not asked:
        plan = replace(plan, bars=bars_needed(lines.lines, plan.time))
    shares = phrase_syllables(lines.lines, plan.bars, plan.time)
    if any(share < length for share, length in zip(shares, _lengths(plan.bars), strict=True)):
        raise _unfitting(len(lines.flat), plan.bars, plan.bars * plan.time.bar // 12, plan.bars)
    return plan, shares


def sung(tune: Tune, text: str) -> Tune:
    """The tune with the text under it, a line a phrase where they are as many; notes to spare
    hold the syllable before. Raises InvalidInput("words") for too many or too few syllables."""
    lines = lines_of(text)
    phrases = _phrases(tune)
    notes = sum(map(len, phrases))
    count, fewest = len(lines.flat), math.ceil(_FEWEST * notes)
    if not fewest <= count <= notes:
        raise _unfitting(count, fewest, notes, tune.full_bars)
    shares = shared(lines.lines, [(0, len(each)) for each in phrases])
    words: list[str] = []
    at = 0
    for phrase, share in zip(phrases, shares, strict=True):
        words += _laid(phrase, lines.flat[at : at + share])
        at += share
    return replace(tune, words=tuple(words))


def carried(old: Tune, new: Tune) -> tuple[str, ...]:
    """The old words under the new notes, bar by bar; none under bars that are new. () without
    words, or where a bar has fewer notes than syllables."""
    if not any(old.words):
        return ()
    words: list[str] = []
    bars = [*_bars_with_words(old)]
    for number, notes in enumerate(_struck_in_bars(new)):
        said = bars[number] if number < len(bars) else []
        syllables = [each for each in said if each not in ("", HELD)]
        if len(syllables) > len(notes):
            return ()
        words += said if len(said) == len(notes) else _laid(notes, syllables, held=bool(said))
    return tuple(words)


def _bars_with_words(tune: Tune) -> Iterator[list[str]]:
    words = iter(tune.words)
    for notes in _struck_in_bars(tune):
        yield [next(words, "") for _ in notes]


def _struck_in_bars(tune: Tune) -> list[list[Note]]:
    """The notes that begin in each bar, an upbeat's own first."""
    starts = [Fraction(0)]
    for bar in tune.bars:
        starts.append(starts[-1] + Fraction(bar_ticks(bar), QUARTER))
    notes = tune.notes()
    return [
        [note for note in notes if start <= note.onset < end] for start, end in pairwise(starts)
    ]


def _spoken(word: str) -> int:
    """Syllables of an English word: by the dictionary, else by its spelling."""
    return (en_lexicon().words.get(word) or guessed_word(word)).syllables


def _lengths(bars: int) -> list[int]:
    """Bars of each phrase: four, and what is left."""
    return [min(PHRASE_BARS, bars - start) for start in range(0, bars, PHRASE_BARS)]


def _unfitting(found: int, fewest: int, most: int, bars: int) -> InvalidInput:
    many = found > most
    return InvalidInput(
        "words",
        f"The text has {found} syllables; {bars} bars take {fewest} to {most}.",
        "Shorten the text, or ask for more bars." if many else "Write more, or ask for fewer bars.",
        code="melody_words_many" if many else "melody_words_few",
        found=found,
        fewest=fewest,
        most=most,
        bars=bars,
    )


def _phrases(tune: Tune) -> list[list[Note]]:
    """The notes of each four bars; an upbeat belongs to the first."""
    upbeat = tune.quarters - tune.full_bars * tune.meter.quarters
    length = PHRASE_BARS * tune.meter.quarters
    phrases: list[list[Note]] = [[] for _ in _lengths(tune.full_bars)]
    for note in tune.notes():
        phrases[max(0, int((note.onset - upbeat) // length))].append(note)
    return phrases


def _laid(notes: Sequence[Note], words: Sequence[str], *, held: bool = True) -> list[str]:
    """Syllables on the notes that weigh most, the first among them; the others hold the one
    before, or have none."""

    def weight(place: int) -> float:
        note = notes[place]
        return float(note.duration) + (note.onset % 1 == 0) + 100 * (place == 0)

    struck = sorted(sorted(range(len(notes)), key=lambda each: -weight(each))[: len(words)])
    said = dict(zip(struck, words, strict=True))
    return [said.get(place, HELD if held else "") for place in range(len(notes))]
