"""Music that came as sound: at the studio's rate and level, its ends faded, with its recipe."""

from __future__ import annotations

import io

import numpy as np
import pytest
import soundfile
import torch
import torchaudio

from studio.crafts.craft import Output
from studio.render.composed import heard, played, sound_files
from studio.render.recipe import recipe_of
from studio.requests import Sound

RECIPE = {"craft": "melody", "seed": 5, "inputs": {"text": "江南水乡"}}


def sine(level: float = 0.2, channels: int = 1, seconds: float = 3.0, rate: int = 32000) -> Sound:
    at = np.arange(round(seconds * rate)) / rate
    sides = [level * np.sin(2 * np.pi * hz * at) for hz in (440, 660)[:channels]]
    return Sound(rate, channels, np.stack(sides, 1).astype("<f4").tobytes())


def test_one_take_is_a_wav_and_a_waveform_with_the_recipe_in_both() -> None:
    files = sound_files(Output(title="Harbour", sound=sine()), RECIPE)
    assert [each.name for each in files] == ["take.wav", "wave.svg"]
    assert [recipe_of(each.name, each.content) for each in files] == [RECIPE, RECIPE]
    wav = soundfile.info(io.BytesIO(files[0].content))
    assert (wav.samplerate, wav.channels, wav.subtype) == (44100, 2, "PCM_16")
    assert wav.duration == pytest.approx(3.0, abs=0.01)


@pytest.mark.parametrize("level", [0.01, 0.2, 1.7])
@pytest.mark.parametrize("channels", [1, 2])
def test_every_take_is_as_loud(level: float, channels: int) -> None:
    sound = played(sine(level, channels))
    loudness = float(torchaudio.functional.loudness(sound, 44100))
    assert loudness == pytest.approx(-16, abs=0.5)
    assert float(sound.abs().max()) < 10 ** (-1 / 20)


def test_the_pitch_stays_and_one_channel_becomes_two_alike() -> None:
    sound = played(sine())
    assert torch.equal(sound[0], sound[1])
    spectrum = torch.fft.rfft(sound[0, 44100:88200]).abs()
    assert int(spectrum.argmax()) == 440


def test_two_channels_stay_two() -> None:
    left, right = played(sine(channels=2))
    peaks = [int(torch.fft.rfft(each[44100:88200]).abs().argmax()) for each in (left, right)]
    assert peaks == [440, 660]


def test_the_ends_do_not_click() -> None:
    at = np.full(32000 * 2, 0.5, "<f4")  # the worst: a step at both ends
    sound = played(Sound(32000, 1, at.tobytes()))
    assert float(sound[:, :2].abs().max()) < 0.01
    assert float(sound[:, -2:].abs().max()) < 0.01
    tail = sound[0, -8820:].abs()
    assert float(tail[:2205].mean()) > float(tail[-2205:].mean())


def test_silence_and_broken_samples_stay_harmless() -> None:
    assert float(played(sine(level=0.0)).abs().max()) == 0
    broken = np.array([np.nan, np.inf, -np.inf, 0.1] * 32000, "<f4")
    assert torch.isfinite(played(Sound(32000, 1, broken.tobytes()))).all()


def test_a_very_short_sound_is_written_too() -> None:
    files = sound_files(Output(title="x", sound=sine(seconds=0.05)), RECIPE)
    assert soundfile.info(io.BytesIO(files[0].content)).frames == round(0.05 * 44100)


def test_a_written_take_is_read_again_for_other_formats() -> None:
    sound = sine()
    files = sound_files(Output(title="x", sound=sound), RECIPE)
    assert torch.allclose(heard(files[0].content), played(sound), atol=2 / 32768)


def test_an_output_without_a_sound_has_none_to_write() -> None:
    with pytest.raises(ValueError, match="without a sound"):
        sound_files(Output(text="X:1"), RECIPE)
