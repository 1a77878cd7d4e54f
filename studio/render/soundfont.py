"""Sampled instruments: performances played by a SoundFont (.sf2, .sf3) through tinysoundfont."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import torch

from studio.errors import InvalidInput, NotReady
from studio.render.band import DRUMS, PROGRAMS, band_of
from studio.render.loudness import ended, levelled, trimmed
from studio.render.performance import Performance
from studio.render.synth import sounds_of
from studio.render.voices.voice import RATE

try:
    import tinysoundfont
except ImportError:
    tinysoundfont = None

DRUM_BANK = 128
CHANNELS = (("tune", 0), ("chords", 1), ("bass", 2), ("drums", 9))
GAIN_DB = -12.0
"""Room for many notes at once; the level is set afterwards."""
MOST_VOICES = 256

Event = tuple[int, int, int, int, int]
"""Sample, 0 for an end and 1 for a beginning, channel, pitch, velocity; sorted, ends come first."""


class SoundFont:
    """A font that was opened and read once; every sound gets a player of its own, so threads do
    not meet."""

    def __init__(self, path: Path) -> None:
        """Raises NotReady (card "soundfont") when the file or tinysoundfont is not there,
        InvalidInput (field "soundfont") when it is no SoundFont."""
        self.name = path.name
        self._content = _read(path)
        self._player()

    def plays(self, instrument: str) -> bool:
        """Whether the font has the programs of an instrument and of those under it."""
        player, font = self._player()
        return all(
            player.sfpreset_name(font, *_preset(each)) is not None
            for _, each in band_of(instrument).pairs
            if each != DRUMS
        )

    def sounds_of(
        self, performances: Sequence[Performance], instruments: Sequence[str], device: str = "cpu"
    ) -> list[torch.Tensor]:
        """As synth.sounds_of: stereo [2, n] at RATE, the same level. Takes of instruments that
        the font lacks are played by the studio's own synthesis."""
        return [
            trimmed(levelled(self._played(performance, instrument)), performance.written_s)
            if self.plays(instrument)
            else sounds_of([performance], [instrument], device)[0]
            for performance, instrument in zip(performances, instruments, strict=True)
        ]

    def _played(self, performance: Performance, instrument: str) -> torch.Tensor:
        player, font = self._player()
        for voice, each in band_of(instrument).pairs:
            bank, program = _preset(each)
            if player.sfpreset_name(font, bank, program) is not None:
                player.program_select(dict(CHANNELS)[voice], font, bank, program, each == DRUMS)
        samples = math.ceil(performance.seconds * RATE)
        parts, now = [], 0
        for at, begins, channel, pitch, velocity in sorted(_events(performance)):
            if at > now:
                parts.append(player.generate_simple(at - now))
                now = at
            if begins:
                player.noteon(channel, pitch, velocity)
            else:
                player.noteoff(channel, pitch)
        parts.append(player.generate_simple(max(1, samples - now)))
        heard = np.concatenate([np.frombuffer(part, np.float32) for part in parts])
        return ended(torch.from_numpy(heard).view(-1, 2).T[:, :samples].contiguous())

    def _player(self) -> tuple[tinysoundfont.Synth, int]:
        """A fresh player and the font's number in it."""
        player = tinysoundfont.Synth(gain=GAIN_DB, samplerate=RATE)
        try:
            return player, player.sfload(self._content, max_voices=MOST_VOICES)
        except RuntimeError as broken:
            raise InvalidInput(
                "soundfont",
                f"{self.name} is not a SoundFont that can be read.",
                "STUDIO_SOUNDFONT takes an .sf2 or .sf3 file.",
                code="soundfont_broken",
                name=self.name,
            ) from broken


def _read(path: Path) -> bytes:
    if tinysoundfont is None:
        raise NotReady(
            "soundfont",
            "A SoundFont is set, but tinysoundfont is not installed.",
            "pip install --no-deps tinysoundfont",
            code="soundfont_library",
        )
    if not path.is_file():
        raise NotReady(
            "soundfont",
            f"The SoundFont {path.name} is not there.",
            "STUDIO_SOUNDFONT names an .sf2 or .sf3 file.",
            code="soundfont_missing",
            name=path.name,
        )
    return path.read_bytes()


def _preset(instrument: str) -> tuple[int, int]:
    """(bank, program) of General MIDI."""
    return (DRUM_BANK if instrument == DRUMS else 0), PROGRAMS[instrument]


def _events(performance: Performance) -> Iterator[Event]:
    for voice, channel in CHANNELS:
        for note in getattr(performance, voice):
            start, end = round(note.start_s * RATE), round((note.start_s + note.duration_s) * RATE)
            velocity = max(1, min(127, round(127 * note.loudness)))
            yield start, 1, channel, note.pitch, velocity
            yield max(start + 1, end), 0, channel, note.pitch, 0
