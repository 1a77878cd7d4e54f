"""A hummed melody is written down: what our own flute plays comes back, and a shaky voice too."""

from __future__ import annotations

import io
import itertools

import numpy as np
import pytest
import soundfile
import torch

from studio.errors import InvalidInput
from studio.music.abc_reader import read_abc
from studio.music.note import Note
from studio.music.tune import bar_ticks
from studio.render.hum import RATE, hummed_notes, hummed_tune, tracked_pitch
from studio.render.melody_upload import uploaded_tune
from studio.render.performance import perform
from studio.render.synth import RATE as SOUND_RATE
from studio.render.synth import sounds_of

TUNES = {
    "march": "X:1\nM:4/4\nL:1/4\nQ:1/4=104\nK:D\nD F A F | G E A2 | B A/G/ F A | d2 A2 | "
    "D F A F | G E A2 | B A/G/ F E | D4 |]\n",
    "waltz": "X:1\nM:3/4\nL:1/4\nQ:1/4=112\nK:G\nG A B | d2 B | c B A | B3 | "
    "G A B | d2 B | c A F | G3 |]\n",
}


def wav(samples: np.ndarray, rate: int, form: str = "WAV") -> bytes:
    held = io.BytesIO()
    soundfile.write(held, samples, rate, format=form)
    return held.getvalue()


def lengths(notes: tuple[Note, ...]) -> list[float]:
    """From each note's beginning to the next one's: how long the last is held does not count."""
    return [float(late.onset - early.onset) for early, late in itertools.pairwise(notes)]


@pytest.mark.parametrize("name", TUNES)
@pytest.mark.parametrize("form", ["WAV", "OGG"])
def test_what_our_flute_plays_is_written_down(name: str, form: str) -> None:
    tune = read_abc(TUNES[name])
    sound = sounds_of([perform(tune, "", "none")], ["flute"])[0]
    found = uploaded_tune("hum.wav", wav(sound.T.numpy(), SOUND_RATE, form))
    assert found.kind == "hum"
    assert [note.pitch for note in found.tune.notes()] == [note.pitch for note in tune.notes()]
    assert lengths(found.tune.notes()) == lengths(tune.notes())
    assert found.tune.tempo_bpm == pytest.approx(tune.tempo_bpm, rel=0.04)
    assert found.tune.key == tune.key
    # Beats are heard, bars are guessed: the person is told so.
    assert "meter" in {remark.code for remark in found.remarks}
    bars = found.tune.bars[int(found.tune.upbeat) :]
    assert all(bar_ticks(bar) == found.tune.meter.bar for bar in bars)


def voice(pitches: list[float], seconds: list[float], seed: int = 0) -> np.ndarray:
    """A person humming: vibrato, glides, breath, 30 cents flat, not quite in time."""
    source = np.random.default_rng(seed)
    parts = []
    for pitch, length in zip(pitches, seconds, strict=True):
        time = np.arange(int((length + source.normal(0, 0.02)) * RATE)) / RATE
        glide = -0.8 * np.exp(-time / 0.03)
        vibrato = 0.25 * np.sin(2 * np.pi * 5.5 * time) * np.minimum(1, time / 0.3)
        hertz = 440 * 2 ** ((pitch - 69.3 + glide + vibrato) / 12)
        phase = 2 * np.pi * np.cumsum(hertz) / RATE
        tone = np.sin(phase) + 0.5 * np.sin(2 * phase) + 0.25 * np.sin(3 * phase)
        swell = np.minimum(1, time / 0.04) * np.minimum(1, (time[-1] - time) / 0.05)
        parts.append(0.3 * tone * swell)
    sung = np.concatenate(parts)
    return (sung + source.normal(0, 0.004, len(sung))).astype(np.float32)


@pytest.mark.parametrize("seed", range(4))
def test_a_shaky_voice_is_understood(seed: int) -> None:
    pitches = [57.0, 59.0, 60.0, 60.0, 64.0, 62.0, 60.0, 59.0, 57.0]
    beats = [1.0, 1.0, 1.0, 1.0, 2.0, 1.0, 0.5, 0.5, 2.0]
    found = hummed_tune(wav(voice(pitches, [0.6 * each for each in beats], seed), RATE))
    notes = found.tune.notes()
    assert [note.pitch for note in notes] == pitches
    assert lengths(notes) == beats[:-1]


@pytest.mark.parametrize("pitch", [40, 52, 64, 76, 88])
def test_the_pitch_of_a_steady_tone_is_exact(pitch: int) -> None:
    hertz = 440 * 2 ** ((pitch - 69) / 12)
    sound = torch.sin(2 * torch.pi * hertz * torch.arange(RATE) / RATE)
    found, dips = tracked_pitch(sound)
    middle = found[20:80]
    assert float(dips[20:80].max()) < 0.1
    assert float((12 * torch.log2(middle / hertz)).abs().max()) < 0.15


def test_silence_and_noise_have_no_notes() -> None:
    assert hummed_notes(torch.zeros(RATE)) == []
    noise = torch.randn(2 * RATE, generator=torch.Generator().manual_seed(1))
    assert len(hummed_notes(0.1 * noise)) < 2


def test_an_hour_is_cut_and_it_is_said() -> None:
    rate = 8000
    time = np.arange(rate * 400) / rate
    tune = np.sin(2 * np.pi * np.where(time % 1 < 0.5, 220, 330) * time).astype(np.float32)
    found = hummed_tune(wav(tune, rate, "FLAC"))
    assert {"cut_s", "cut"} <= {remark.code for remark in found.remarks}
    assert found.tune.full_bars == 64


def test_a_speech_like_mumble_is_refused_with_a_hint() -> None:
    with pytest.raises(InvalidInput) as error:
        hummed_tune(wav(np.random.default_rng(1).normal(0, 0.3, RATE).astype(np.float32), RATE))
    assert error.value.hint
