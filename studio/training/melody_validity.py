"""Whether three other readers of music find in a take exactly what the studio wrote: verovio,
music21 (Cuthbert and Ariza 2010) and symusic (Liao et al. 2024)."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from pathlib import Path
from types import MappingProxyType
from typing import Any

import music21
import verovio

from studio.music.meter import QUARTER
from studio.music.tune import Tune

try:
    import symusic
except ImportError:  # comes with the [train] extra
    symusic = None  # type: ignore[assignment]

NO_SYMUSIC = "symusic is not installed; it comes with the [train] extra"
Event = tuple[int, Fraction]
"""MIDI pitch and onset in quarters."""


def readers() -> Mapping[str, Callable[[Tune, str], bool]]:
    """The readers that are here; each says whether an ABC text holds the tune, bar by bar."""
    found = {"verovio": in_verovio, "music21": in_music21}
    return MappingProxyType(found | ({"symusic": in_symusic} if symusic is not None else {}))


def valid(takes: Sequence[tuple[Tune, str]]) -> dict[str, float]:
    """`valid_<reader>`: the share of takes (tune, ABC) that each reader reads exactly; a warning
    tells which reader is missing."""
    if symusic is None:
        warnings.warn(NO_SYMUSIC, stacklevel=2)
    verovio.enableLog(verovio.LOG_OFF)
    return {
        f"valid_{name}": sum(reads(tune, abc) for tune, abc in takes) / max(1, len(takes))
        for name, reads in readers().items()
    }


def in_verovio(tune: Tune, abc: str) -> bool:
    """Whether every measure begins where it should and every note where it is struck or tied."""
    kit = verovio.toolkit(False)
    kit.setResourcePath(str(Path(verovio.__file__).parent / "data"))
    kit.setInputFrom("abc")
    if not kit.loadData(abc):
        return False
    times: list[Mapping[str, Any]] = kit.renderToTimemap({"includeMeasures": True})
    bars = [Fraction(each["qstamp"]).limit_denominator(96) for each in times if "measureOn" in each]
    ends = Fraction(times[-1]["qstamp"]).limit_denominator(96)
    onsets = {Fraction(each["qstamp"]).limit_denominator(96) for each in times if each.get("on")}
    return bars == _bars(tune) and ends == tune.quarters and _onsets(tune) <= onsets


def in_music21(tune: Tune, abc: str) -> bool:
    """Whether every measure is as long as its bar, and every note the same."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        score: Any = music21.converter.parse(abc, format="abc")
    part = score.parts[0]
    bars = [Fraction(each.offset) for each in part.getElementsByClass("Measure")]
    notes = part.flatten().stripTies().notes
    struck = [
        (each.pitch.midi, Fraction(each.offset).limit_denominator(96))
        for each in notes
        if isinstance(each, music21.note.Note)
    ]
    whole = Fraction(part.duration.quarterLength)
    return bars == _bars(tune) and whole == tune.quarters and struck == _struck(tune)


def in_symusic(tune: Tune, abc: str) -> bool:
    """Whether the MIDI that it makes of the text strikes the same notes at the same times."""
    score: Any = symusic.Score.from_abc(abc)
    grid = score.ticks_per_quarter / QUARTER
    tracks = ([(each.time / grid, each.pitch) for each in track.notes] for track in score.tracks)
    # Its first note begins a tick of 480 late.
    struck = [
        [(pitch, Fraction(round(at), QUARTER)) for at, pitch in sorted(each)] for each in tracks
    ]
    return _struck(tune) in struck


def _bars(tune: Tune) -> list[Fraction]:
    """Where each bar begins, in quarters; all but an upbeat are full."""
    upbeat = tune.quarters - tune.full_bars * tune.meter.quarters
    full = [upbeat + bar * tune.meter.quarters for bar in range(tune.full_bars)]
    return [Fraction(0), *full] if tune.upbeat else full


def _struck(tune: Tune) -> list[Event]:
    return [(note.pitch, note.onset) for note in tune.notes()]


def _onsets(tune: Tune) -> frozenset[Fraction]:
    return frozenset(note.onset for note in tune.notes())
