"""What is heard is what is written: pitches, lengths, and the same sound in any company."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
import torch

from studio.music.abc_reader import read_abc
from studio.music.plan import INSTRUMENTS
from studio.render.band import band_of
from studio.render.loudness import integrated_lufs, true_peak
from studio.render.performance import TAIL_S, Performance, perform
from studio.render.synth import RATE, sound_of, sounds_of
from studio.render.timbre import TIMBRES
from studio.render.voices.percussion import STROKES

LEADS = sorted({*TIMBRES} - {"drums", "chip_bass"})
ABC = """X:1
M:4/4
L:1/8
Q:1/4=96
K:D
A2|d2 fe d2 A2|B2 c>B A2 F2|G4 B2 AG|F6 A2|d2 e2 f2 a2|b4 a2 f2|e2 d2 c2 e2|d6|]
"""
JIG = "X:1\nM:6/8\nL:1/8\nQ:3/8=100\nK:Em\nB|EGB efg|B2A GFE|FGA B2D|E3 E2|]\n"
WALTZ = "X:1\nM:3/4\nL:1/4\nQ:1/4=120\nK:Am\nA2B | c2B | A2^G | A3 |]\n"
WINDOW = 4096


def pitch_hz(sound: np.ndarray, lowest_hz: float) -> float:
    """Median over frames of the autocorrelation's first high peak (Wiener and Khinchin), corrected
    for the window's own slope."""
    window = np.hanning(WINDOW)
    own = np.fft.irfft(np.abs(np.fft.rfft(window, 4 * WINDOW)) ** 2)[: WINDOW // 2]
    found = []
    for start in range(0, len(sound) - WINDOW, WINDOW // 4):
        power = np.abs(np.fft.rfft(sound[start : start + WINDOW] * window, 4 * WINDOW)) ** 2
        likeness = np.fft.irfft(power)[: WINDOW // 2] / own
        lags = np.arange(RATE // 2500, min(WINDOW // 2 - 1, int(RATE / lowest_hz)))
        middle = likeness[lags]
        peaks = lags[(middle > likeness[lags - 1]) & (middle >= likeness[lags + 1])]
        if not len(peaks):
            continue
        lag = next(each for each in peaks if likeness[each] > 0.93 * likeness[peaks].max())
        before, here, after = likeness[lag - 1 : lag + 2]
        found.append(RATE / (lag + 0.5 * (before - after) / (before - 2 * here + after)))
    return float(np.median(found)) if found else math.nan


@pytest.mark.parametrize("instrument", LEADS)
def test_the_pitch_that_is_heard_is_the_pitch_that_is_written(instrument: str) -> None:
    alone = perform(read_abc(ABC), "ballad", "none")
    sound = sound_of(alone, instrument).mean(0).numpy()
    lowest = 440 * 2 ** ((min(note.pitch for note in alone.tune) - 4 - 69) / 12)
    right = 0
    for note in alone.tune:
        # The first third is the attack, and what is left of the note before.
        start = round((note.start_s + 0.35 * note.duration_s) * RATE)
        end = max(round((note.start_s + note.duration_s) * RATE), start + WINDOW + 1024)
        heard = pitch_hz(sound[start:end], lowest)
        cents = 1200 * math.log2(heard / 440) - 100 * (note.pitch - 69)
        right += abs(cents) < 35
    assert right / len(alone.tune) >= 0.95


@pytest.mark.parametrize("instrument", LEADS)
def test_every_instrument_is_level_and_ends_without_silence(instrument: str) -> None:
    performance = perform(read_abc(WALTZ), "waltz")
    sound = sound_of(performance, instrument)
    assert sound.shape[0] == 2
    assert bool(torch.isfinite(sound).all())
    assert integrated_lufs(sound) == pytest.approx(-16, abs=0.3)
    assert true_peak(sound) <= 10 ** (-1 / 20)
    heard = (sound.abs().amax(0) > 10 ** (-60 / 20)).nonzero()
    assert int(heard[0]) < 0.3 * RATE
    assert sound.shape[1] - int(heard[-1]) < 0.3 * RATE
    assert performance.seconds - 0.8 < sound.shape[1] / RATE <= performance.seconds + 0.01


@pytest.mark.parametrize("instrument", LEADS)
def test_no_instrument_clicks(instrument: str) -> None:
    """A click is a jump between samples that stands far out of those around it."""
    sound = sound_of(perform(read_abc(JIG), "ballad", "none"), instrument)
    jump = (sound[:, 2:] - 2 * sound[:, 1:-1] + sound[:, :-2]).abs().amax(0)
    usual = torch.nn.functional.max_pool1d(jump[None, None], 441, 441)[0, 0]
    around = torch.maximum(usual.roll(1), usual.roll(-1))
    # Attacks rise within two steps of 10 ms; a click stands in one alone and above everything.
    lonely = (usual > 12 * around.clamp(min=0.004)).nonzero().flatten()
    assert not [each for each in lonely.tolist() if 1 < each < len(usual) - 2]


def test_takes_sound_the_same_alone_and_together() -> None:
    tunes = [read_abc(ABC), read_abc(JIG), read_abc(WALTZ), read_abc(ABC)]
    takes = [perform(tune, style) for tune, style in zip(
        tunes, ("ballad", "jig", "waltz", "chinese"), strict=True)]  # fmt: skip
    players = ["piano", "flute", "strings", "guzheng"]
    together = sounds_of(takes, players)
    for take, player, sound in zip(takes, players, together, strict=True):
        alone = sound_of(take, player)
        assert alone.shape == sound.shape
        assert float((alone - sound).abs().max()) < 1e-5


def test_the_same_take_twice_is_the_same_sound() -> None:
    take = perform(read_abc(JIG), "march", "march")
    assert torch.equal(sound_of(take, "brass"), sound_of(take, "brass"))


def energy(sound: torch.Tensor, start_s: float, end_s: float) -> float:
    return float(sound[:, round(start_s * RATE) : round(end_s * RATE)].square().mean())


def held(instrument: str) -> torch.Tensor:
    """One A4 of four seconds."""
    tune = read_abc("X:1\nM:4/4\nL:1/4\nQ:1/4=60\nK:A\nA4 |]\n")
    return sound_of(perform(tune, "", "none"), instrument)


@pytest.mark.parametrize("instrument", ["piano", "guitar", "guzheng", "music_box", "bell", "bass"])
def test_struck_and_plucked_notes_die_away(instrument: str) -> None:
    sound = held(instrument)
    assert energy(sound, 2.5, 3.5) < 0.25 * energy(sound, 0.02, 0.5)


@pytest.mark.parametrize(
    "instrument", ["strings", "organ", "flute", "dizi", "brass", "pad", "chip"]
)
def test_blown_and_bowed_notes_last(instrument: str) -> None:
    sound = held(instrument)
    assert energy(sound, 2.5, 3.5) > 0.5 * energy(sound, 0.3, 0.8)


def test_strings_swell_and_pads_open_slowly() -> None:
    for instrument in ("strings", "pad"):
        sound = held(instrument)
        assert energy(sound, 0.0, 0.08) < 0.4 * energy(sound, 0.9, 1.3)


def test_a_guzheng_slides_into_its_note() -> None:
    tune = read_abc("X:1\nM:4/4\nL:1/4\nQ:1/4=60\nK:A\nA,4 |]\n")
    sound = sound_of(perform(tune, "", "none"), "guzheng").mean(0).numpy()
    first = pitch_hz(sound[: WINDOW + 1100], 150)
    later = pitch_hz(sound[RATE : 2 * RATE], 150)
    assert 5 < 1200 * math.log2(later / first) < 80
    assert abs(1200 * math.log2(later / 220)) < 12


def test_harder_strokes_are_brighter() -> None:
    for instrument in ("piano", "guitar", "guzheng", "brass", "bell", "strings", "flute"):
        voice = TIMBRES[instrument].voice
        pitches = torch.tensor([60.0, 60.0], dtype=torch.float64)
        tones = voice.tones(pitches, torch.tensor([0.3, 0.95], dtype=torch.float64), RATE // 2)
        power = torch.fft.rfft(tones.mean(1)).abs().square()
        hertz = torch.fft.rfftfreq(tones.shape[-1], 1 / RATE)
        soft, hard = ((power * hertz).sum(1) / power.sum(1)).tolist()
        assert hard > 1.02 * soft, instrument


@pytest.mark.parametrize("pitch", sorted(STROKES))
def test_every_drum_is_heard_and_soon_over(pitch: int) -> None:
    voice = TIMBRES["drums"].voice
    tone = voice.tones(
        torch.tensor([float(pitch)], dtype=torch.float64),
        torch.tensor([0.8], dtype=torch.float64),
        RATE,
    )[0, 0]
    assert float(tone.abs().max()) > 0.1
    assert float(tone[round(0.7 * RATE) :].abs().max()) < 0.02


def test_every_instrument_of_the_plan_and_its_company_can_play() -> None:
    assert {*INSTRUMENTS} <= {*TIMBRES}
    assert len(LEADS) >= 13
    for instrument in LEADS:
        assert {player for _, player in band_of(instrument).pairs} <= {*TIMBRES}


def test_an_unknown_instrument_is_played_on_the_piano() -> None:
    take = perform(read_abc(WALTZ))
    assert torch.equal(sound_of(take, "kazoo"), sound_of(take, "piano"))


def test_the_accompaniment_can_be_left_out_or_chosen() -> None:
    tune = read_abc(ABC)
    alone, march = perform(tune, "ballad", "none"), perform(tune, "ballad", "march")
    assert not alone.accompaniment
    assert not alone.drums
    assert march.pattern == "march"
    assert march.drums
    assert alone.tune == march.tune
    assert alone.seconds == pytest.approx(32 * 60 / 96 + TAIL_S, abs=0.7)


def test_a_performance_without_a_note_is_silence() -> None:
    empty = Performance((), (), 1.0, 1.0, 0.0)
    assert float(sound_of(empty, "piano").abs().max()) == 0.0


def test_very_low_and_very_high_notes_are_rendered() -> None:
    take = perform(read_abc(ABC), "", "none")
    for shift in (-40, 36):
        notes = tuple(replace(note, pitch=note.pitch + shift) for note in take.tune)
        sound = sound_of(replace(take, tune=notes), "piano")
        assert integrated_lufs(sound) == pytest.approx(-16, abs=0.5)
