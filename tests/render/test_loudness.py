"""The level is the standard's, peaks stay under the ceiling, and nothing is cut."""

from __future__ import annotations

import math

import pytest
import torch
import torchaudio

from studio.render.loudness import ended, integrated_lufs, levelled, trimmed, true_peak
from studio.render.voices.voice import RATE

TIME = torch.arange(4 * RATE) / RATE


def tone(hertz: float, level: float = 0.3) -> torch.Tensor:
    return level * torch.sin(2 * math.pi * hertz * TIME).expand(2, -1)


def bursts() -> torch.Tensor:
    """Noise that comes and goes: the gates have work to do."""
    noise = torch.randn(2, len(TIME), generator=torch.Generator().manual_seed(1))
    return 0.1 * noise * (torch.sin(2 * math.pi * 0.4 * TIME) > 0) + 0.0005 * noise


@pytest.mark.parametrize("sound", [tone(60), tone(440), tone(4000), bursts()])
def test_the_measure_agrees_with_torchaudio(sound: torch.Tensor) -> None:
    reference = float(torchaudio.functional.loudness(sound, RATE))
    assert integrated_lufs(sound) == pytest.approx(reference, abs=0.1)


def test_a_full_sine_of_1_khz_on_both_sides_measures_as_the_standard_says() -> None:
    assert integrated_lufs(tone(997, 1.0)) == pytest.approx(0.0, abs=0.1)


def test_silence_and_the_very_short_have_no_loudness() -> None:
    assert integrated_lufs(torch.zeros(2, RATE)) == -math.inf
    assert integrated_lufs(torch.ones(2, 100)) == -math.inf


def test_the_peak_between_samples_is_found() -> None:
    """A quarter of the sample rate, sampled 45 degrees off its crests, hides 3 dB."""
    hidden = torch.sin(math.pi / 2 * torch.arange(RATE) + math.pi / 4).expand(2, -1) * 0.9
    assert float(hidden.abs().max()) < 0.65
    assert true_peak(hidden) == pytest.approx(0.9, abs=0.02)


@pytest.mark.parametrize("gain", [0.01, 0.05, 1.0, 20.0])
def test_every_level_comes_to_the_target(gain: float) -> None:
    made = levelled(gain * bursts())
    assert float(torchaudio.functional.loudness(made, RATE)) == pytest.approx(-16, abs=0.3)
    assert true_peak(made) <= 10 ** (-1 / 20)


def test_high_peaks_are_turned_down_smoothly_not_cut() -> None:
    spiky = tone(440, 0.05)
    for start in range(RATE // 2, 4 * RATE - 2000, RATE // 2):
        spiky = spiky.clone()
        spiky[:, start : start + 400] += 0.9 * torch.sin(torch.arange(400) / 12)
    made = levelled(spiky)
    assert true_peak(made) <= 10 ** (-1 / 20)
    assert int((made.abs() > 0.999 * made.abs().max()).sum()) < 100
    gain = made[0] / spiky[0].where(spiky[0].abs() > 0.01, torch.tensor(math.nan))
    steps = gain.diff().abs()
    assert float(steps[torch.isfinite(steps)].max()) < 0.05 * float(gain.nanmean())


def test_silence_stays_silence() -> None:
    assert float(levelled(torch.zeros(2, RATE)).abs().max()) == 0.0


def test_the_end_fades_and_silence_after_it_goes() -> None:
    made = ended(tone(440))
    assert float(made[:, -1].abs().max()) == 0.0
    padded = torch.cat([made, torch.zeros(2, 2 * RATE)], 1)
    assert trimmed(padded).shape[1] == pytest.approx(made.shape[1] + 0.27 * RATE, abs=0.1 * RATE)
    assert trimmed(padded, 5.0).shape[1] == 5 * RATE


def test_a_level_sound_measures_the_same_in_a_file_of_any_common_rate() -> None:
    made = levelled(tone(440))
    for rate in (22_050, 48_000):
        other = torchaudio.functional.resample(made, RATE, rate)
        assert float(torchaudio.functional.loudness(other, rate)) == pytest.approx(-16, abs=0.5)
