"""The form every melody has: bars that add up, as many as asked, in range, in the scale, and a
close on the tonic; phrases that return; bars that are given; as many notes as there are syllables.
A constraint over the words of `symbols.py`; it holds whatever the model says.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from studio.music.melody_place import (
    SHORTEST_SUNG,
    Ground,
    Place,
    following,
    latest_close,
    moved,
)
from studio.music.meter import Meter
from studio.music.symbols import PHRASE_BARS, UPBEAT, phrase_symbol
from studio.requests import TokenRule, Vocabulary

Bar = tuple[str, ...]
"""The symbols of one bar, without the one that opens it."""


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
    shortest: int = 3
    """Ticks of the shortest sound: 3 (a 32nd) or 6 (a 16th)."""
    phrases: tuple[str, ...] = ()
    """The mark of each phrase of four bars: "A", "A'" for a varied A. A phrase that returns
    begins as it did: two bars of it, one where it is varied. () leaves them to the model."""
    fixed: tuple[tuple[int, Bar], ...] = ()
    """(full bar from 1, its symbols): said exactly as they are, whatever they hold."""
    opening: Bar | None = None
    """The symbols of the upbeat; () for none, None for as the model likes."""
    syllables: tuple[int, ...] = ()
    """Notes to strike in each phrase of four bars, exactly; () for as the model likes."""
    notes: tuple[int, ...] = ()
    """Notes to strike in each full bar, exactly; stands over `syllables`."""

    def bind(self, vocabulary: Vocabulary) -> TokenRule:
        """The rule for one row."""
        index = vocabulary.cached("melody-symbols", lambda: _index(vocabulary))
        masks: dict[Place | int, tuple[int, ...]] = vocabulary.cached(self.ground, dict)
        return _MelodyRule(self, index, masks, vocabulary)

    @property
    def ground(self) -> Ground:
        """What its places have in common."""
        counts = self.notes or bar_counts(self.syllables, self.bars, self.meter)
        limits = (self.lowest, self.highest, self.triplets, self.shortest)
        return Ground(self.meter, self.bars, self.scale, *limits, counts)

    @property
    def echoes(self) -> Mapping[int, int]:
        """Bar -> the earlier bar it says again, both from 1."""
        found: dict[int, int] = {}
        for number, mark in enumerate(self.phrases):
            source = self.phrases.index(mark[0])
            again = 0 if source == number else 1 if "'" in mark else 2
            for bar in range(1, again + 1):
                found[PHRASE_BARS * number + bar] = PHRASE_BARS * source + bar
        return found


def bar_counts(syllables: Sequence[int], bars: int, meter: Meter) -> tuple[int, ...]:
    """Notes in each bar, the last of a phrase with about half as many: there a singer breathes.

    Raises ValueError where a phrase has fewer notes than bars or more than can be sung.
    """
    if not syllables:
        return ()
    if len(syllables) != -(-bars // PHRASE_BARS):
        raise ValueError(f"{len(syllables)} counts for {bars} bars")
    room = most_sung(bars, meter)
    phrases = (room[at : at + PHRASE_BARS] for at in range(0, bars, PHRASE_BARS))
    spread = (_spread(notes, most) for notes, most in zip(syllables, phrases, strict=True))
    return tuple(count for phrase in spread for count in phrase)


def most_sung(bars: int, meter: Meter) -> tuple[int, ...]:
    """The most notes of each bar where every one carries a syllable; the last closes on a beat."""
    most = meter.bar // SHORTEST_SUNG - 1
    closing = latest_close(meter) // SHORTEST_SUNG + 1
    return (*(most for _ in range(bars - 1)), min(most, closing))


def _spread(notes: int, most: Sequence[int]) -> list[int]:
    bars = len(most)
    if not bars <= notes <= sum(most):
        raise ValueError(f"{notes} notes can not be sung in {bars} bars")
    last = max(1, round(notes / (2 * bars - 1))) if bars > 1 else notes
    last = min(most[-1], max(last, notes - sum(most[:-1])))
    others, rest = divmod(notes - last, max(1, bars - 1))
    return [*(others + (number < rest) for number in range(bars - 1)), last]


class _MelodyRule:
    """Follows one row word by word."""

    def __init__(
        self,
        form: MelodyForm,
        index: Mapping[str, int],
        masks: dict[Place | int, tuple[int, ...]],
        vocabulary: Vocabulary,
    ) -> None:
        self._form, self._index, self._masks, self._vocabulary = form, index, masks, vocabulary
        self._ground = form.ground
        self._given = {bar: [index[symbol] for symbol in said] for bar, said in form.fixed}
        self._opening = None if form.opening is None else [index[each] for each in form.opening]
        self._sources = form.echoes
        self._start_over()

    def _start_over(self) -> None:
        self._place, self._seen = Place(), 0
        self._upbeat: list[int] = []
        self._bars: list[list[int]] = []
        """The words of the upbeat and of each full bar so far."""

    def allowed(self, tokens: Sequence[int]) -> Sequence[int]:
        """Token ids that keep the form."""
        if len(tokens) < self._seen:
            self._start_over()
        for token in tokens[self._seen :]:
            self._take(token)
        self._seen = len(tokens)
        given = self._given_word()
        if given is not None:
            return self._only(given)
        free = self._mask(self._place)
        said = self._echo()
        return self._only(said) if said is not None and said in free else free

    def _take(self, token: int) -> None:
        symbol = self._vocabulary.text(token).strip()
        if not symbol:
            return
        self._place = moved(self._ground, self._place, symbol)
        if symbol[0] == "|":
            self._bars.append([])
        elif symbol[0] not in (UPBEAT, "="):
            (self._bars[-1] if self._bars else self._upbeat).append(token)

    def _given_word(self) -> int | None:
        """The word that the form gives here: of the upbeat, a phrase's mark, a fixed bar."""
        place, begun = self._place, len(self._bars)
        if not begun and not place.marked and self._opening is not None:
            return self._given_opening(self._opening)
        inside = begun and place.at < self._form.meter.bar
        if not inside:
            return self._given_mark(begun)
        given, said = self._given.get(begun), self._bars[-1]
        return given[len(said)] if given and len(said) < len(given) else None

    def _given_opening(self, opening: Sequence[int]) -> int | None:
        if opening and not self._place.upbeat:
            return self._index[UPBEAT]
        if len(self._upbeat) < len(opening):
            return opening[len(self._upbeat)]
        return self._given_mark(0) if self._form.phrases else self._first_mark()

    def _first_mark(self) -> int:
        return self._index[phrase_symbol("A")]

    def _given_mark(self, begun: int) -> int | None:
        number, inside = divmod(begun, PHRASE_BARS)
        if inside or self._place.marked or number >= len(self._form.phrases):
            return None
        upbeat = self._place.upbeat or begun or self._opening is not None
        return self._index[phrase_symbol(self._form.phrases[number])] if upbeat else None

    def _echo(self) -> int | None:
        """The word that repeats the source bar, as long as this bar has repeated it so far."""
        source = self._sources.get(len(self._bars), 0)
        if not 0 < source < len(self._bars):
            return None
        said, model = self._bars[-1], self._bars[source - 1]
        repeating = said == model[: len(said)] and len(said) < len(model)
        return model[len(said)] if repeating else None

    def _mask(self, place: Place) -> tuple[int, ...]:
        if place not in self._masks:
            symbols = tuple(following(self._ground, place))
            ids = [self._index[symbol] for symbol in symbols]
            self._masks[place] = tuple(ids) or (self._vocabulary.eos,)
        return self._masks[place]

    def _only(self, token: int) -> tuple[int, ...]:
        return self._masks.setdefault(token, (token,))


def _index(vocabulary: Vocabulary) -> dict[str, int]:
    return {vocabulary.text(token).strip(): token for token in range(len(vocabulary))}
