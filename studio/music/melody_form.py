"""The form every melody has: bars that add up, as many as asked, in range, in the scale, and a
close on the tonic. A constraint over the words of `symbols.py`; it holds whatever the model says.

Why no state is without a next word: outside a triplet every place is a multiple of 3 ticks, where
a note of 3 or 6 fits; a triplet starts only where all of it fits; in the last bar a word is only
allowed where a closing note can still begin on a beat; and a tonic is within an octave of any
pitch of the range.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from studio.music.meter import Meter
from studio.music.symbols import DURATIONS, HIGHEST, LOWEST, UPBEAT
from studio.requests import TokenRule, Vocabulary

MOST_REPEATS = 5
"""A pitch is struck this often in a row at most (the last bar excepted)."""
WIDEST_LEAP = 12
TRIPLET = MappingProxyType({4: (12, 4), 8: (24, 8), 16: (24, 8)})
"""First member -> (ticks of the whole triplet, ticks of one third)."""


@dataclass(frozen=True, slots=True)
class MelodyForm:
    """What is asked of a melody. Steps and range in semitones from the tonic; `scale` are the
    steps (0 to 11) that may sound."""

    meter: Meter
    bars: int
    scale: frozenset[int]
    lowest: int = -8
    """Lowest and highest step; 0 lies between, and no step further than an octave from a tonic."""
    highest: int = 17
    triplets: bool = True
    echoes: tuple[tuple[int, int], ...] = ()
    """(bar, earlier bar) from 1: the bar says again what the earlier one said, where it can."""

    def bind(self, vocabulary: Vocabulary) -> TokenRule:
        """The rule for one row."""
        index = vocabulary.cached("melody-symbols", lambda: _index(vocabulary))
        masks: dict[_Place | int, tuple[int, ...]] = vocabulary.cached(
            replace(self, echoes=()), dict
        )
        return _MelodyRule(self, index, masks, vocabulary)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a melody stands; equal places allow the same words."""

    left: int = 0
    """Bars left, this one included; 0 before the first."""
    at: int = 0
    """Ticks into the bar."""
    upbeat: bool = False
    triplet: tuple[int, int] = (0, 0)
    """Ticks left of an open triplet and ticks of its third."""
    pitch: int | None = None
    long: bool = False
    """The sound that was last begun has lasted a beat or more."""
    resting: bool = False
    repeats: int = 0
    closed: bool = False
    """Silence has followed the closing note: only silence may follow."""


class _MelodyRule:
    """Follows one row word by word."""

    def __init__(
        self,
        form: MelodyForm,
        index: Mapping[str, int],
        masks: dict[_Place | int, tuple[int, ...]],
        vocabulary: Vocabulary,
    ) -> None:
        self._form, self._index, self._masks, self._vocabulary = form, index, masks, vocabulary
        self._sources = dict(form.echoes)
        self._place, self._seen = _Place(), 0
        self._bars: list[list[int]] = []
        """The words of each full bar so far."""

    def allowed(self, tokens: Sequence[int]) -> Sequence[int]:
        """Token ids that keep the form."""
        if len(tokens) < self._seen:
            self._place, self._seen = _Place(), 0
            self._bars.clear()
        for token in tokens[self._seen :]:
            self._take(token)
        self._seen = len(tokens)
        free = self._mask(self._place)
        said = self._echo()
        return self._only(said) if said is not None and said in free else free

    def _take(self, token: int) -> None:
        symbol = self._vocabulary.text(token).strip()
        if not symbol:
            return
        self._place = _after(self._form, self._place, symbol)
        if symbol[0] == "|":
            self._bars.append([])
        elif self._bars:
            self._bars[-1].append(token)

    def _echo(self) -> int | None:
        """The word that repeats the source bar, as long as this bar has repeated it so far."""
        source = self._sources.get(len(self._bars), 0)
        if not 0 < source < len(self._bars):
            return None
        said, model = self._bars[-1], self._bars[source - 1]
        repeating = said == model[: len(said)] and len(said) < len(model)
        return model[len(said)] if repeating else None

    def _mask(self, place: _Place) -> tuple[int, ...]:
        if place not in self._masks:
            symbols = tuple(_next(self._form, place))
            ids = [self._index[symbol] for symbol in symbols]
            self._masks[place] = tuple(ids) or (self._vocabulary.eos,)
        return self._masks[place]

    def _only(self, token: int) -> tuple[int, ...]:
        return self._masks.setdefault(token, (token,))


def _index(vocabulary: Vocabulary) -> dict[str, int]:
    return {vocabulary.text(token).strip(): token for token in range(len(vocabulary))}


def _after(form: MelodyForm, place: _Place, symbol: str) -> _Place:
    """The place after one more symbol."""
    if symbol == UPBEAT:
        return replace(place, upbeat=True)
    if symbol[0] == "|":
        return replace(place, left=int(symbol[1:]), at=0, upbeat=False)
    step, ticks = _parsed(symbol, place.pitch)
    left, third = place.triplet
    if not left and ticks in TRIPLET:
        left, third = TRIPLET[ticks]
    left = left - ticks if left else 0
    closed = place.closed or (symbol[0] == "r" and _closable(place))
    after = replace(place, at=place.at + ticks, triplet=(left, third if left else 0), closed=closed)
    if symbol[0] == "r":
        return replace(after, resting=True, long=False, repeats=0)
    if symbol[0] == "t":
        return replace(after, long=place.long or ticks >= _beat(form))
    struck = min(place.repeats + 1, MOST_REPEATS) if step == place.pitch else 0
    long = ticks >= _beat(form) and ticks not in TRIPLET
    return replace(after, pitch=step, resting=False, long=long, repeats=struck)


def _parsed(symbol: str, pitch: int | None) -> tuple[int | None, int]:
    """(step, ticks) of a note, rest or tie."""
    if symbol[0] == "n":
        step, _, ticks = symbol[1:].partition("d")
        return int(step), int(ticks)
    return (None if symbol[0] == "r" else pitch), int(symbol[1:])


def _next(form: MelodyForm, place: _Place) -> Iterator[str]:
    """Every symbol that may follow; nothing at the very end."""
    if not place.left and not place.upbeat:
        yield f"|{form.bars}"
        yield UPBEAT
        return
    if place.upbeat:
        yield from _upbeat(form, place)
    elif place.at == form.meter.bar:
        if place.left > 1:
            yield f"|{place.left - 1}"
    elif place.left == 1:
        yield from _last_bar(form, place)
    else:
        yield from _sounds(form, place, form.meter.bar)


def _upbeat(form: MelodyForm, place: _Place) -> Iterator[str]:
    longest = _beat(form)
    if place.at and not place.triplet[0] and place.at % 6 == 0:
        yield f"|{form.bars}"
    if place.at < longest:
        yield from (each for each in _sounds(form, place, longest) if each[0] == "n")


def _sounds(form: MelodyForm, place: _Place, end: int) -> Iterator[str]:
    """Notes, a rest, a tie that fit before `end`."""
    pitches = tuple(_pitches(form, place))
    for ticks in _durations(form, place, end):
        yield from (f"n{step}d{ticks}" for step in pitches)
        if _may_rest(form, place, ticks):
            yield f"r{ticks}"
        if _may_tie(place, ticks):
            yield f"t{ticks}"


def _durations(form: MelodyForm, place: _Place, end: int) -> Iterator[int]:
    """Lengths that may begin here: on the grid, readable against the beat, within `end`."""
    left, third = place.triplet
    if left:
        yield from (ticks for ticks in (third, 2 * third) if ticks <= left and ticks in DURATIONS
                    and (ticks == third or third == 8))  # fmt: skip
        return
    room = end - place.at
    for ticks in DURATIONS:
        whole = TRIPLET.get(ticks, (ticks, 0))[0]
        if whole <= room and _readable(form, place.at, ticks):
            yield ticks


def _readable(form: MelodyForm, at: int, ticks: int) -> bool:
    if ticks in TRIPLET:
        return form.triplets and at % (12 if ticks == 4 else 24) == 0 and (
            ticks == 4 or not form.meter.compound
        )  # fmt: skip
    if at % 6:
        return ticks in (3, 9)
    if form.meter.compound:
        inside = at % 36
        return ticks in (36, 72) or ticks < 36 if inside == 0 else ticks <= 36 - inside
    return ticks in (3, 6, 18) if at % 12 else True


def _pitches(form: MelodyForm, place: _Place) -> Iterator[int]:
    lowest, highest = max(form.lowest, LOWEST), min(form.highest, HIGHEST)
    for step in range(lowest, highest + 1):
        if step % 12 not in form.scale:
            continue
        if place.pitch is not None and abs(step - place.pitch) > WIDEST_LEAP:
            continue
        if place.left != 1 and step == place.pitch and place.repeats >= MOST_REPEATS:
            continue
        yield step


def _may_rest(form: MelodyForm, place: _Place, ticks: int) -> bool:
    """No silence at the start, none after silence, none inside a triplet or past half a bar."""
    if place.triplet[0] or ticks in TRIPLET:
        return False
    started = place.pitch is not None
    short = ticks % 6 == 0 and ticks <= max(24, form.meter.bar // 2)
    return started and not place.resting and short


def _may_tie(place: _Place, ticks: int) -> bool:
    """Over the bar line, or to lengthen a long note inside the bar."""
    if place.pitch is None or place.resting or place.triplet[0] or ticks in TRIPLET:
        return False
    return ticks % 6 == 0 and (place.at == 0 or place.long)


def _last_bar(form: MelodyForm, place: _Place) -> Iterator[str]:
    """As any bar, but the tonic must close it: what would leave no beat for it is left out."""
    if place.closed:
        rests = _durations(form, place, form.meter.bar)
        yield from (f"r{ticks}" for ticks in rests if ticks not in TRIPLET)
        return
    closable = _closable(place)
    for symbol in _sounds(form, place, form.meter.bar):
        after = _after(form, place, symbol)
        silent = closable and symbol[0] in "rt"
        if silent or _closable(after) or _leaves_a_close(form, after.at + after.triplet[0]):
            yield symbol


def _closable(place: _Place) -> bool:
    """Whether the melody may end with the sound that was last begun: a tonic of a beat."""
    on_tonic = place.pitch is not None and place.pitch % 12 == 0 and not place.resting
    return place.left == 1 and on_tonic and place.long


def _beat(form: MelodyForm) -> int:
    """Ticks a closing note and an upbeat's longest last."""
    return 24 if form.meter.bar >= 48 else 12


def _leaves_a_close(form: MelodyForm, at: int) -> bool:
    """Whether a closing note can begin on a readable place at or after `at`."""
    if form.meter.compound:
        inside = at % 36
        start = at - inside + (36 if inside > 12 else 12 if inside else 0)
    else:
        start = -(-at // 12) * 12
    return form.meter.bar - start >= _beat(form)
