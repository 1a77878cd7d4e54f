"""A sound as a file: WAV, FLAC, OGG or MP3, from 8 to 48 kHz, the recipe in its comment."""

from __future__ import annotations

import io
from collections.abc import Mapping
from types import MappingProxyType

import soundfile
import torch
import torchaudio

from studio.errors import InvalidInput
from studio.render.recipe import recipe_text
from studio.render.voices.voice import RATE

FORMATS: Mapping[str, tuple[str, str, str]] = MappingProxyType(
    {
        "wav": ("WAV", "PCM_16", "audio/wav"),
        "flac": ("FLAC", "PCM_16", "audio/flac"),
        "ogg": ("OGG", "VORBIS", "audio/ogg"),
        "mp3": ("MP3", "MPEG_LAYER_III", "audio/mpeg"),
    }
)
"""File ending -> names of container and coding, media type."""
RATES = (8_000, 11_025, 12_000, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000)
"""Samples a second that every one of the formats knows."""
CHUNK = 1 << 16
"""The Vorbis coder is fed in parts: its stack does not hold a whole take."""


def encoded(
    sound: torch.Tensor, file_format: str, rate: int, recipe: Mapping[str, object]
) -> bytes:
    """The bytes of a file from [channels, n] at RATE. `file_format` is one of FORMATS, `rate` one
    of RATES. Raises InvalidInput (field "format" or "rate") for another."""
    container, coding, _ = _format(file_format)
    samples = resampled(sound, rate).clamp(-1.0, 1.0).T.contiguous().numpy()
    held = io.BytesIO()
    with soundfile.SoundFile(held, "w", rate, samples.shape[1], coding, format=container) as file:
        file.comment = recipe_text(recipe)
        for start in range(0, len(samples), CHUNK):
            file.write(samples[start : start + CHUNK])
    return held.getvalue()


def media_type(file_format: str) -> str:
    """As in a Content-Type header. Raises InvalidInput (field "format")."""
    return _format(file_format)[2]


def resampled(sound: torch.Tensor, rate: int) -> torch.Tensor:
    """[channels, n] at RATE to another of RATES. Raises InvalidInput (field "rate")."""
    if rate not in RATES:
        raise InvalidInput(
            "rate",
            f"{rate} Hz is not a sample rate that sound files have.",
            f"One of {', '.join(map(str, RATES))}.",
            code="sound_rate",
            rate=rate,
            rates=", ".join(map(str, RATES)),
        )
    if rate == RATE:
        return sound
    changed: torch.Tensor = torchaudio.functional.resample(sound, RATE, rate)
    return changed


def _format(name: str) -> tuple[str, str, str]:
    if name not in FORMATS:
        raise InvalidInput(
            "format",
            f"“{name}” is not a sound format.",
            f"One of {', '.join(FORMATS)}.",
            code="sound_format",
            name=name,
            formats=", ".join(FORMATS),
        )
    return FORMATS[name]
