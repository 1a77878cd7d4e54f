"""Melodies as rows of symbol ids: plan, bars, end.

Reads `melodies_abc.jsonl.gz` of the corpora folder. Of each tune that adds up the whole (to 64
bars) is taken and its sections of 4 to 24 bars that close on the tonic, so that short asked
melodies have their own beginnings and ends. The plan's words are measured on the notes, not taken
from labels; rows of rare moods, modes and styles are drawn more often.
"""

from __future__ import annotations

import gzip
import json
import random
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType

import torch
from tokenizers import Tokenizer, models, pre_tokenizers

from studio.errors import InvalidInput
from studio.music.abc_reader import read_abc
from studio.music.coding import encode
from studio.music.key import SCALES, Key
from studio.music.symbols import MAX_BARS, MODES, music_symbols, plan_symbols
from studio.music.traits import BRIGHT, arousal_of, corner, measure
from studio.music.tune import Bar, Sound, Tune, bar_ticks
from studio.training.melody_recasting import recast

CORPUS = "melodies_abc.jsonl.gz"
PAD, BEGIN, END, UNKNOWN = "<pad>", "<bos>", "<eos>", "<unk>"
CONTEXT = 1024
SECTIONS = (48, 32, 24, 16, 12, 8, 4)
PLAN_DROPOUT = 0.2
RECAST_SHARE = 0.3
"""How often a recast tune is drawn, against one as it was found."""
LONG = 24
"""Ticks a closing note lasts at least."""

STYLE_OF = MappingProxyType(
    {
        "art song": "song",
        "reel": "reel",
        "hornpipe": "hornpipe",
        "air": "air",
        "jig": "jig",
        "double jig": "jig",
        "hymn": "hymn",
        "march": "march",
        "strathspey": "strathspey",
        "long dance": "dance",
        "quick step": "march",
        "slipjig": "slipjig",
        "slip jig": "slipjig",
        "clog": "hornpipe",
        "lament": "air",
        "waltz": "waltz",
        "highland fling": "strathspey",
        "fling": "strathspey",
        "slide": "jig",
        "minuet": "waltz",
        "gavotte": "dance",
    }
)


@dataclass(frozen=True, slots=True)
class Melody:
    """One row: its symbols, its split and how often it should be drawn."""

    symbols: tuple[str, ...]
    split: str
    weight: float = 1.0
    recast: bool = False
    """Told in another mode or meter than it was found in."""


def melody_tokenizer() -> Tokenizer:
    """One token a symbol; symbols stand between spaces."""
    symbols = (PAD, BEGIN, END, UNKNOWN, *plan_symbols(), *music_symbols())
    ids = {symbol: number for number, symbol in enumerate(symbols)}
    tokenizer = Tokenizer(models.WordLevel(ids, unk_token=UNKNOWN))
    tokenizer.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    tokenizer.add_special_tokens([PAD, BEGIN, END, UNKNOWN])
    return tokenizer


def read_melodies(data: Path, *, recasts: bool = False) -> tuple[Melody, ...]:
    """All rows of the corpus; with `recasts` training tunes in other modes and meters, too.

    Raises FileNotFoundError.
    """
    melodies: dict[tuple[str, ...], Melody] = {}
    with gzip.open(data / CORPUS, "rt", encoding="utf-8") as stream:
        for line in stream:
            for melody in _melodies(json.loads(line), recasts):
                melodies.setdefault(melody.symbols, melody)
    return _weighted(tuple(melodies.values()))


def melody_rows(melodies: Sequence[Melody], ids: Mapping[str, int], draw: int) -> torch.Tensor:
    """Rows [n, CONTEXT] of ids, padded; `draw` seeds which ones (weights above 1 repeat a row,
    below 1 leave it out now and then). A negative draw takes each row once."""
    source = random.Random(draw)
    chosen: list[tuple[str, ...]] = []
    for melody in melodies:
        times = int(melody.weight + source.random()) if draw >= 0 else 1
        chosen.extend(_thinned(melody.symbols, source, draw) for _ in range(times))
    rows = torch.full((len(chosen), CONTEXT), ids[PAD], dtype=torch.int16)
    for row, symbols in zip(rows, chosen, strict=True):
        numbers = [ids[symbol] for symbol in (BEGIN, *symbols, END)]
        row[: len(numbers)] = torch.tensor(numbers, dtype=torch.int16)
    return rows


def _thinned(symbols: tuple[str, ...], source: random.Random, draw: int) -> tuple[str, ...]:
    """Now and then without a word of the plan, so that no word alone decides."""
    if draw < 0 or source.random() < 0.5:
        return symbols
    return tuple(each for each in symbols if "=" not in each[1:] or source.random() > PLAN_DROPOUT)


def plan_words(tune: Tune, style: str) -> tuple[str, ...]:
    """The plan of a finished tune, measured."""
    traits, mode = measure(tune), _model_mode(tune)
    arousal = arousal_of(traits, style, tune.tempo_bpm)
    valence = BRIGHT[mode] + 0.15 * (traits.leaps - 2)
    return (
        f"mood={corner(valence, arousal)}",
        f"mode={mode}",
        f"meter={tune.meter}",
        f"style={style}",
        f"density={traits.level}",
        f"motion={traits.leaps}",
        f"rhythm={traits.rhythm}",
        f"bars={tune.full_bars}",
    )


def _melodies(row: Mapping[str, str], recasts: bool) -> Iterator[Melody]:
    try:
        tune = _in_its_mode(read_abc(row["abc"]))
    except InvalidInput:
        return
    tempo = row.get("tempo") or 0
    tune = replace(tune, tempo_bpm=int(tempo))
    style = _style(row, tune)
    for part in _parts(tune, 4 if style in ("song", "air", "hymn") else 8):
        yield from _row(part, style, row["split"], False)
        if recasts and row["split"] == "train":
            for other in recast(part):
                yield from _row(other, style, "train", True)


def _row(tune: Tune, style: str, split: str, told_anew: bool) -> Iterator[Melody]:
    """The row of a tune, or none where it can not be said."""
    try:
        symbols = (*plan_words(tune, style), *encode(tune))
    except ValueError:
        return
    if len(symbols) <= CONTEXT - 2 and _known(tune):
        yield Melody(symbols, split, recast=told_anew)


def _known(tune: Tune) -> bool:
    ids = set(plan_symbols())
    return f"meter={tune.meter}" in ids and len(tune.notes()) >= 2 * tune.full_bars


def _style(row: Mapping[str, str], tune: Tune) -> str:
    named = STYLE_OF.get(row.get("rhythm") or "", "")
    if named:
        return named
    dance = {"6/8": "jig", "9/8": "slipjig", "3/4": "waltz", "3/8": "waltz"}
    return dance.get(str(tune.meter), "dance")


def _parts(tune: Tune, phrase: int) -> Iterator[Tune]:
    """The whole tune, and its sections that close on the tonic; they begin every `phrase` bars."""
    tune = _tidy(tune)
    first = int(tune.upbeat)
    bodies = tune.bars[first:]
    if any(bar_ticks(bar) != tune.meter.bar for bar in bodies):
        return
    opening = bar_ticks(tune.bars[0]) if tune.upbeat else 0
    for length in {*SECTIONS, len(bodies)}:
        for start in range(0, len(bodies) - length + 1, 4 if length == 4 else phrase):
            part = _section(tune, bodies, start, length, opening)
            if length <= MAX_BARS and _closes(part):
                yield part


def _section(tune: Tune, bodies: Sequence[Bar], start: int, length: int, opening: int) -> Tune:
    bars = tuple(bodies[start : start + length])
    upbeat = _tail(bodies[start - 1] if start else tune.bars[0], opening) if opening else ()
    if upbeat and start + length < len(bodies):
        bars = (*bars[:-1], _without_tail(bars[-1], opening))
    first = bars[0]
    if first and first[0].tied and not upbeat:
        bars = ((replace(first[0], tied=False), *first[1:]), *bars[1:])
    return replace(tune, bars=((upbeat, *bars) if upbeat else bars))


def _tail(bar: Bar, ticks: int) -> Bar:
    """The last `ticks` of a bar, () when no sound starts there or it only rests."""
    start = bar_ticks(bar) - ticks
    tail: list[Sound] = []
    at = 0
    for sound in bar:
        if at >= start:
            tail.append(replace(sound, tied=sound.tied and bool(tail)))
        at += sound.ticks
    whole = bar_ticks(tuple(tail)) == ticks and any(each.pitch is not None for each in tail)
    return tuple(tail) if whole else ()


def _without_tail(bar: Bar, ticks: int) -> Bar:
    """The bar with its last `ticks` silent: they are the next section's upbeat."""
    tail = _tail(bar, ticks)
    return (*bar[: len(bar) - len(tail)], Sound(None, ticks)) if tail else bar


def _closes(tune: Tune) -> bool:
    """Whether the last note is the tonic, long enough to be a close, in the last bar."""
    last = next((each for each in reversed(tune.bars[-1]) if each.pitch is not None), None)
    if last is None or last.pitch is None or (last.pitch - tune.key.pitch_class) % 12:
        return False
    return tune.notes()[-1].duration * 24 >= min(LONG, tune.meter.bar // 3)


def _tidy(tune: Tune) -> Tune:
    """Without bars of silence; a first bar that begins with silence becomes an upbeat, a last
    bar that stops early is filled with silence."""
    bars = [bar for bar in tune.bars if any(sound.pitch is not None for sound in bar)]
    if bars and bar_ticks(bars[0]) == tune.meter.bar and bars[0][0].pitch is None:
        bars[0] = _stripped(bars[0])
    missing = tune.meter.bar - bar_ticks(bars[-1]) if bars else 0
    if missing > 0 and len(bars) > 1:
        bars[-1] = (*bars[-1], Sound(None, missing))
    return replace(tune, bars=tuple(bars))


def _stripped(bar: Bar) -> Bar:
    first = next(place for place, sound in enumerate(bar) if sound.pitch is not None)
    return bar[first:]


def _in_its_mode(tune: Tune) -> Tune:
    """A signature of one sharp that closes on A is A dorian: old collections print G."""
    notes = tune.notes()
    if not notes or tune.key.mode not in ("major", "minor"):
        return tune
    major = (tune.key.pitch_class + (3 if tune.key.mode == "minor" else 0)) % 12
    modes = {2: "dorian", 7: "mixolydian", 9: "minor", 0: "major"}
    mode = modes.get((notes[-1].pitch - major) % 12)
    final = notes[-1].pitch % 12
    if mode is None or final == tune.key.pitch_class or not _rests_on(tune, final):
        return tune
    names = ("C", "Db", "D", "Eb", "E", "F", "F#", "G", "Ab", "A", "Bb", "B")
    return replace(tune, key=Key(names[final], mode))


def _rests_on(tune: Tune, final: int) -> bool:
    """Whether the final and its fifth carry the tune more than the printed tonic and fifth."""
    shares: Counter[int] = Counter()
    for note in tune.notes():
        shares[note.pitch % 12] += int(note.duration * 24)
    printed = tune.key.pitch_class
    return shares[final] + shares[(final + 7) % 12] > 1.15 * (
        shares[printed] + shares[(printed + 7) % 12]
    )


def _model_mode(tune: Tune) -> str:
    """The mode word: pentatonic where no other tone sounds, lydian and phrygian by their third."""
    steps: Counter[int] = Counter()
    for note in tune.notes():
        steps[(note.pitch - tune.key.pitch_class) % 12] += int(note.duration * 24)
    total = sum(steps.values())
    for mode in ("pentatonic", "yu"):
        if sum(steps[step] for step in SCALES[mode]) >= 0.985 * total:
            return mode
    known = {"lydian": "major", "phrygian": "minor"}
    mode = known.get(tune.key.mode, tune.key.mode)
    return mode if mode in MODES else "major"


def _weighted(melodies: tuple[Melody, ...]) -> tuple[Melody, ...]:
    """Rare words of mood, mode and style are seen more often, the commonest less."""
    counts = Counter(symbol for each in melodies for symbol in _label(each))
    mean = {name: _mean(counts, name) for name in ("mood", "mode", "style")}

    def weight(melody: Melody) -> float:
        product = 1.0
        for symbol in _label(melody):
            product *= (mean[symbol.split("=")[0]] / counts[symbol]) ** 0.4
        product *= 0.4 if "bars=4" in melody.symbols else 1.0
        return max(0.1, min(4.0, product)) * (RECAST_SHARE if melody.recast else 1.0)

    return tuple(replace(melody, weight=weight(melody)) for melody in melodies)


def _label(melody: Melody) -> tuple[str, str, str]:
    return melody.symbols[0], melody.symbols[1], melody.symbols[3]


def _mean(counts: Counter[str], name: str) -> float:
    values = [count for symbol, count in counts.items() if symbol.startswith(name + "=")]
    return sum(values) / max(1, len(values))
