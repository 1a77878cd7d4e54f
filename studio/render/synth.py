"""Sound without samples: performances become stereo, all takes of a work in one batch.

A tone depends on its instrument, pitch and touch alone, so notes that share them share the tone,
in one take and between takes; tones of a family ring together as one tensor, and each note then
takes its part, with its own loudness and end. The hall and the level are the same for all.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import torch

from studio.render.band import band_of
from studio.render.loudness import ended, levelled, trimmed
from studio.render.performance import Performance, Struck
from studio.render.room import hall, in_hall
from studio.render.timbre import TIMBRES, Timbre
from studio.render.voices.voice import RATE

__all__ = ["RATE", "sound_of", "sounds_of"]

TOUCHES = 6
"""Steps of the touch between silent and loudest."""
LENGTHS_S = (0.2, 0.4, 0.7, 1.1, 1.6, 2.3, 3.2, 4.5, 6.5, 9.0, 13.0, 20.0, 32.0)
"""Tones are rendered in these lengths, so that tones of one length ring together."""
WET = 0.62
LOUDNESS_POWER = 1.6
"""How much louder a louder note is."""


@dataclass(frozen=True, slots=True)
class _Key:
    """What a tone depends on."""

    instrument: str
    pitch: int
    touch: int


Tones = Mapping[_Key, torch.Tensor]


Play = Callable[[Sequence[Performance], Sequence[str]], list[torch.Tensor]]
"""What makes sound of performances, each on its instrument: `sounds_of`, or a SoundFont's."""


def sound_of(performance: Performance, instrument: str, device: str = "cpu") -> torch.Tensor:
    """One performance; see `sounds_of`."""
    return sounds_of([performance], [instrument], device)[0]


def sounds_of(
    performances: Sequence[Performance], instruments: Sequence[str], device: str = "cpu"
) -> list[torch.Tensor]:
    """Stereo samples [2, n] at RATE on the CPU for each performance: -16 LUFS, true peak below
    -1 dBFS, no more than 0.3 s of silence at the end. `instruments` names who plays each tune. A
    take sounds the same in any company."""
    place = torch.device(device)
    tones = _tones(performances, instruments, place)
    response = hall(place)
    return [
        _finished(_mixed(performance, instrument, tones, response), performance).cpu()
        for performance, instrument in zip(performances, instruments, strict=True)
    ]


def _finished(sound: torch.Tensor, performance: Performance) -> torch.Tensor:
    return trimmed(levelled(sound), performance.written_s)


def _tones(
    performances: Sequence[Performance], instruments: Sequence[str], device: torch.device
) -> Tones:
    """Every tone that any take needs, as long as the longest of its notes."""
    needed: dict[_Key, float] = {}
    for performance, instrument in zip(performances, instruments, strict=True):
        for player, notes in _voices(performance, instrument):
            for note in notes:
                key, length = _key(player, note), _length_s(note, TIMBRES[player])
                needed[key] = max(needed.get(key, 0.0), length)
    together: dict[tuple[str, float], list[_Key]] = {}
    for key, length in needed.items():
        rounded = next((each for each in LENGTHS_S if each >= length), math.ceil(length))
        together.setdefault((key.instrument, rounded), []).append(key)
    found: dict[_Key, torch.Tensor] = {}
    for (instrument, length), keys in together.items():
        found.update(zip(keys, _rendered(instrument, keys, length, device), strict=True))
    return found


def _rendered(
    instrument: str, keys: Sequence[_Key], length_s: float, device: torch.device
) -> torch.Tensor:
    """[keys, channels, samples]."""
    pitches = torch.tensor([key.pitch for key in keys], device=device, dtype=torch.float64)
    touches = torch.tensor([key.touch for key in keys], device=device, dtype=torch.float64)
    samples = math.ceil(length_s * RATE)
    return TIMBRES[instrument].voice.tones(pitches, touches / TOUCHES, samples)


def _voices(performance: Performance, instrument: str) -> Iterator[tuple[str, tuple[Struck, ...]]]:
    """(instrument, notes) of each voice."""
    for voice, player in band_of(instrument).pairs:
        yield player, getattr(performance, voice)


def _key(player: str, note: Struck) -> _Key:
    return _Key(player, note.pitch, max(1, min(TOUCHES, round(note.loudness * TOUCHES))))


def _length_s(note: Struck, timbre: Timbre) -> float:
    return min(note.duration_s + timbre.release_s, timbre.ring_s)


def _mixed(
    performance: Performance, instrument: str, tones: Tones, response: torch.Tensor
) -> torch.Tensor:
    """All voices on their places [2, n], with the hall behind them, not yet levelled."""
    samples = math.ceil(performance.seconds * RATE)
    dry = torch.zeros(2, samples, device=response.device)
    sent = torch.zeros(samples, device=response.device)
    for player, notes in _voices(performance, instrument):
        if notes:
            timbre = TIMBRES[player]
            stem = _stem(player, notes, tones, samples)
            for channel in stem:
                sent.add_(channel, alpha=timbre.level * timbre.send / len(stem))
            for side, gain in enumerate(_sides(timbre.pan)):
                dry[side].add_(stem[side % len(stem)], alpha=timbre.level * gain)
    return ended(dry.add_(in_hall(sent, response), alpha=WET))


def _sides(pan: float) -> tuple[float, float]:
    """Gains of left and right, of equal power wherever it stands."""
    angle = (pan + 1) * math.pi / 4
    return math.sqrt(2) * math.cos(angle), math.sqrt(2) * math.sin(angle)


def _stem(player: str, notes: Sequence[Struck], tones: Tones, samples: int) -> torch.Tensor:
    """One voice [channels, n]."""
    timbre = TIMBRES[player]
    some = tones[_key(player, notes[0])]
    stem = torch.zeros(len(some), samples, device=some.device)
    fades: dict[int, torch.Tensor] = {}
    for note in notes:
        _add(stem, tones[_key(player, note)], note, timbre, fades)
    return stem


def _add(
    stem: torch.Tensor,
    tone: torch.Tensor,
    note: Struck,
    timbre: Timbre,
    fades: dict[int, torch.Tensor],
) -> None:
    """The tone as long as the note is held, then its release."""
    start = round(note.start_s * RATE)
    count = min(round(_length_s(note, timbre) * RATE), tone.shape[1], stem.shape[1] - start)
    release = min(round(timbre.release_s * RATE), count)
    if count <= 0:
        return
    loud = note.loudness**LOUDNESS_POWER
    held = count - release
    stem[:, start : start + held].add_(tone[:, :held], alpha=loud)
    if release not in fades:
        fades[release] = torch.linspace(1, 0, release, device=stem.device).square()
    stem[:, start + held : start + count].addcmul_(tone[:, held:count], fades[release], value=loud)
