"""A sound can be taken away in four formats at any common rate, with its recipe."""

from __future__ import annotations

import io
import json
import math

import numpy as np
import pytest
import soundfile
import torch

from studio.errors import InvalidInput
from studio.render.recipe import recipe_of
from studio.render.sound_file import FORMATS, RATES, encoded, media_type, resampled
from studio.render.voices.voice import RATE

RECIPE = {"craft": "melody", "seed": 4, "inputs": {"text": "清晨 <b> & 'dawn'" * 20}}
SOUND = 0.4 * torch.sin(2 * math.pi * 440 * torch.arange(2 * RATE) / RATE).expand(2, -1)


@pytest.mark.parametrize("file_format", FORMATS)
@pytest.mark.parametrize("rate", [8_000, 22_050, 44_100, 48_000])
def test_the_file_sounds_as_the_sound(file_format: str, rate: int) -> None:
    heard, found = soundfile.read(io.BytesIO(encoded(SOUND, file_format, rate, RECIPE)))
    assert found == rate
    assert heard.shape[1] == 2
    assert len(heard) / rate == pytest.approx(2.0, abs=0.06)
    middle = heard[rate // 2 : rate // 2 + rate, 0]
    spectrum = np.abs(np.fft.rfft(middle * np.hanning(len(middle))))
    assert np.argmax(spectrum) == pytest.approx(440, abs=1)
    assert np.sqrt((middle**2).mean()) == pytest.approx(0.4 / math.sqrt(2), rel=0.05)


@pytest.mark.parametrize("file_format", FORMATS)
def test_the_recipe_is_in_the_comment(file_format: str) -> None:
    content = encoded(SOUND, file_format, 44_100, RECIPE)
    if file_format == "wav":
        assert recipe_of("melody.wav", content) == RECIPE
    else:
        assert json.loads(soundfile.SoundFile(io.BytesIO(content)).comment) == RECIPE


@pytest.mark.parametrize("rate", RATES)
def test_every_rate_is_known_to_every_format(rate: int) -> None:
    short = SOUND[:, : RATE // 4]
    for file_format in FORMATS:
        assert encoded(short, file_format, rate, {})


def test_what_is_not_a_format_or_a_rate_is_told() -> None:
    with pytest.raises(InvalidInput) as told:
        encoded(SOUND, "aiff", 44_100, {})
    assert (told.value.field, told.value.code) == ("format", "sound_format")
    with pytest.raises(InvalidInput) as told:
        encoded(SOUND, "wav", 96_000, {})
    assert (told.value.field, told.value.code) == ("rate", "sound_rate")


def test_media_types_are_those_of_the_formats() -> None:
    assert media_type("wav") == "audio/wav"
    assert media_type("mp3") == "audio/mpeg"


def test_resampling_keeps_the_length() -> None:
    assert resampled(SOUND, 8_000).shape == (2, 16_000)
    assert resampled(SOUND, RATE) is SOUND


def test_a_long_take_is_coded_in_ogg_without_trouble() -> None:
    long = SOUND.repeat(1, 30)
    assert soundfile.info(io.BytesIO(encoded(long, "ogg", 44_100, {}))).duration == pytest.approx(
        60
    )
