"""Tune to symbols and back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from studio.music.key import Key
from studio.music.meter import Meter
from studio.music.phrases import phrase_forms
from studio.music.symbols import (
    HIGHEST,
    LOWEST,
    PHRASE_BARS,
    UPBEAT,
    phrase_symbol,
    split_ticks,
)
from studio.music.tune import Sound, Tune

WRITABLE = frozenset((3, 6, 9, 12, 18, 24, 36, 48, 72, 96, 144))
"""Ticks that one note symbol can show, dots included."""


def encode(tune: Tune) -> tuple[str, ...]:
    """The bars of a tune as symbols. Raises ValueError for what the symbols can not say."""
    opening, bars = bar_symbols(tune, tonic_below(tune))
    symbols = [UPBEAT, *opening] if tune.upbeat else []
    marks = phrase_forms(bars)
    for number, bar in enumerate(bars):
        if number % PHRASE_BARS == 0:
            symbols.append(phrase_symbol(marks[number // PHRASE_BARS]))
        symbols += (f"|{len(bars) - number}", *bar)
    return tuple(symbols)


def bar_symbols(tune: Tune, tonic: int) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """(symbols of the upbeat, of each full bar), steps counted from MIDI pitch `tonic`.

    Raises ValueError for what the symbols can not say.
    """
    said = tuple(
        tuple(symbol for sound in bar for symbol in _sound_symbols(sound, tonic))
        for bar in tune.bars
    )
    return (said[0], said[1:]) if tune.upbeat else ((), said)


def fixed_bars(
    tune: Tune, tonic: int, keep: Iterable[int]
) -> tuple[tuple[int, tuple[str, ...]], ...]:
    """(number, symbols) of the full bars to keep, from 1, for `MelodyForm.fixed`. A tie over the
    line from a bar that is not kept is struck again. Raises as `bar_symbols`."""
    kept = sorted(set(keep))
    struck = [_struck(tune, number) if number - 1 not in kept else None for number in kept]
    _, bars = bar_symbols(tune, tonic)
    found = []
    for number, pitch in zip(kept, struck, strict=True):
        first, *rest = bars[number - 1]
        if pitch is not None and first[0] == "t":
            first = f"n{pitch - tonic}d{first[1:]}"
        found.append((number, (first, *rest)))
    return tuple(found)


def _struck(tune: Tune, number: int) -> int | None:
    """MIDI pitch of the first sound of a full bar."""
    return tune.bars[number - 1 + int(tune.upbeat)][0].pitch


def _sound_symbols(sound: Sound, anchor: int) -> Iterator[str]:
    first, *rest = split_ticks(sound.ticks)
    if sound.pitch is None:
        yield from (f"r{ticks}" for ticks in (first, *rest))
        return
    step = sound.pitch - anchor
    if not LOWEST <= step <= HIGHEST:
        raise ValueError(f"{step} semitones from the tonic is out of range")
    yield f"t{first}" if sound.tied else f"n{step}d{first}"
    yield from (f"t{ticks}" for ticks in rest)


def tonic_below(tune: Tune) -> int:
    """MIDI pitch of the tonic that lies 0 to 11 semitones below the mean pitch (one of grace)."""
    pitches = [note.pitch for note in tune.notes()]
    mean = sum(pitches) / max(1, len(pitches))
    return int(mean + 1 - (mean + 1 - tune.key.pitch_class) % 12 + 0.5)


def decode(
    symbols: Sequence[str], meter: Meter, key: Key, tonic: int, title: str = "", tempo_bpm: int = 0
) -> Tune:
    """The tune the symbols tell, with its tonic at MIDI pitch `tonic`."""
    bars: list[list[Sound]] = []
    pitch: int | None = None
    for symbol in symbols:
        if symbol[0] == "=":
            continue
        if symbol == UPBEAT or symbol[0] == "|":
            bars.append([])
            continue
        sound = _sound(symbol, tonic, pitch)
        pitch = sound.pitch
        if bars:
            _append(bars[-1], sound)
    return Tune(meter, key, tuple(tuple(bar) for bar in bars if bar), title, tempo_bpm)


def _sound(symbol: str, tonic: int, pitch: int | None) -> Sound:
    if symbol[0] == "n":
        step, _, ticks = symbol[1:].partition("d")
        return Sound(tonic + int(step), int(ticks))
    tied = symbol[0] == "t" and pitch is not None
    return Sound(pitch if tied else None, int(symbol[1:]), tied)


def _append(bar: list[Sound], sound: Sound) -> None:
    """A tie inside the bar lengthens the sound before, a rest the rest before, where one note or
    rest of that length can be written."""
    silent = sound.pitch is None and bool(bar) and bar[-1].pitch is None
    if bar and (sound.tied or silent) and bar[-1].ticks + sound.ticks in WRITABLE:
        last = bar[-1]
        bar[-1] = Sound(last.pitch, last.ticks + sound.ticks, last.tied)
    else:
        bar.append(sound)
