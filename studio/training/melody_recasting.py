"""A tune told in another mode or in notes twice as long: more of the rare modes to learn from.

Folk tunes are passed on this way themselves: the same turns in major here and in dorian there, in
2/4 in one book and in 4/4 in the next. A tune with notes outside its scale is left as it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType

from studio.music.key import Key
from studio.music.meter import Meter
from studio.music.tune import Sound, Tune

Steps = Mapping[int, int]
_MAJOR_TO: Mapping[str, Steps] = MappingProxyType(
    {
        "minor": {0: 0, 2: 2, 4: 3, 5: 5, 7: 7, 9: 8, 11: 10},
        "dorian": {0: 0, 2: 2, 4: 3, 5: 5, 7: 7, 9: 9, 11: 10},
        "mixolydian": {0: 0, 2: 2, 4: 4, 5: 5, 7: 7, 9: 9, 11: 10},
        "pentatonic": {0: 0, 2: 2, 4: 4, 7: 7, 9: 9},
    }
)
_MINOR_TO: Mapping[str, Steps] = MappingProxyType(
    {
        "major": {0: 0, 2: 2, 3: 4, 5: 5, 7: 7, 8: 9, 10: 11, 11: 11},
        "yu": {0: 0, 3: 3, 5: 5, 7: 7, 10: 10},
    }
)
"""Mode -> step above the tonic -> step in that mode; what is left out goes to a neighbour."""
_NEIGHBOURS: Mapping[str, Mapping[int, tuple[int, int]]] = MappingProxyType(
    {"pentatonic": {5: (4, 7), 11: (9, 12)}, "yu": {2: (0, 3), 8: (7, 10)}}
)
"""Step -> (below, above): it moves the way the melody goes."""
_METERS: Mapping[str, tuple[str, float]] = MappingProxyType(
    {"2/4": ("4/4", 2), "3/8": ("3/4", 2), "4/4": ("2/4", 0.5), "3/4": ("3/8", 0.5)}
)
_HALVABLE = 12
"""Ticks: halves of shorter notes are rarely written."""


def recast(tune: Tune) -> Iterator[Tune]:
    """The tune in its other modes and its other meter."""
    table = {"major": _MAJOR_TO, "minor": _MINOR_TO}.get(tune.key.mode, {})
    for mode, steps in table.items():
        told = _in_mode(tune, mode, steps)
        if told is not None:
            yield told
    scaled = _in_meter(tune)
    if scaled is not None:
        yield scaled


def _in_mode(tune: Tune, mode: str, steps: Steps) -> Tune | None:
    pitches = [note.pitch for note in tune.notes()]
    moved = [_moved(pitches, at, tune.key, mode, steps) for at in range(len(pitches))]
    if any(each is None for each in moved):
        return None
    at, bars = -1, []
    for bar in tune.bars:
        sounds: list[Sound] = []
        for sound in bar:
            at += sound.pitch is not None and not sound.tied
            sounds.append(sound if sound.pitch is None else replace(sound, pitch=moved[max(0, at)]))
        bars.append(tuple(sounds))
    return replace(tune, key=Key(tune.key.tonic, mode), bars=tuple(bars))


def _moved(pitches: list[int], at: int, key: Key, mode: str, steps: Steps) -> int | None:
    pitch = pitches[at]
    following = pitches[at + 1] if at + 1 < len(pitches) else pitch
    step = (pitch - key.pitch_class) % 12
    if step in steps:
        # A leading tone stays one where it leads.
        leads = mode == "minor" and step == 11 and following == pitch + 1
        return pitch if leads else pitch - step + steps[step]
    near = _NEIGHBOURS.get(mode, {}).get(step)
    return None if near is None else pitch - step + near[following >= pitch]


def _in_meter(tune: Tune) -> Tune | None:
    name, factor = _METERS.get(str(tune.meter), ("", 0.0))
    ticks = [sound.ticks for bar in tune.bars for sound in bar]
    if not name or (factor < 1 and any(each % _HALVABLE for each in ticks)):
        return None
    beats, unit = map(int, name.split("/"))
    bars = tuple(
        tuple(replace(sound, ticks=round(sound.ticks * factor)) for sound in bar)
        for bar in tune.bars
    )
    return replace(tune, meter=Meter(beats, unit), bars=bars)
