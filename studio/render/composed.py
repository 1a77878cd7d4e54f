"""Music that a model composed as sound: levelled, without clicks at its ends, as a file."""

from __future__ import annotations

import io
from collections.abc import Mapping

import numpy as np
import soundfile
import torch
import torchaudio

from studio.crafts.craft import Output
from studio.render.loudness import levelled
from studio.render.rendered_file import RenderedFile
from studio.render.sound_file import encoded
from studio.render.voices.voice import RATE
from studio.render.waveform import wave_svg
from studio.requests import Sound

COMPOSED = "take.wav"
FADE_IN_S, FADE_OUT_S = 0.005, 0.4
"""The music stops where the asked seconds are over, wherever that is in a phrase."""


def sound_files(output: Output, recipe: Mapping[str, object]) -> tuple[RenderedFile, ...]:
    """take.wav (44.1 kHz, 16 bit, stereo, -16 LUFS) and wave.svg, the recipe in each.

    Raises ValueError for an output without a sound.
    """
    if output.sound is None:
        raise ValueError("an output without a sound")
    sound = played(output.sound)
    return (
        RenderedFile(COMPOSED, "audio/wav", encoded(sound, "wav", RATE, recipe)),
        RenderedFile("wave.svg", "image/svg+xml", wave_svg(sound, output.title, recipe)),
    )


def played(sound: Sound) -> torch.Tensor:
    """[2, samples] at RATE: both ends faded, as loud as every take of the studio."""
    flat = np.frombuffer(sound.samples, "<f4").astype(np.float32)
    heard = torch.from_numpy(flat.reshape(-1, sound.channels).T.copy())
    heard = heard.nan_to_num(0.0, 0.0, 0.0)
    heard = heard.expand(2, -1) if sound.channels == 1 else heard[:2]
    at_rate = torchaudio.functional.resample(heard, sound.rate_hz, RATE)
    return levelled(at_rate * _ends(at_rate.shape[1]))


def heard(content: bytes) -> torch.Tensor:
    """[2, samples] of a take.wav, to write it in another format."""
    samples, _ = soundfile.read(io.BytesIO(content), dtype="float32", always_2d=True)
    return torch.from_numpy(samples.T.copy())


def _ends(samples: int) -> torch.Tensor:
    """A gain that rises at the beginning and falls at the end, each along half a cosine."""
    up, down = (_rise(min(round(each * RATE), samples // 2)) for each in (FADE_IN_S, FADE_OUT_S))
    return torch.cat([up, torch.ones(samples - len(up) - len(down)), down.flip(0)])


def _rise(samples: int) -> torch.Tensor:
    return 0.5 - 0.5 * torch.cos(torch.pi * torch.arange(samples) / max(1, samples))
