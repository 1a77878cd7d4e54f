"""How loud a sound is, and the same loudness for every take: -16 LUFS, true peak below -1 dBFS.

Integrated loudness as ITU-R BS.1770-4: K weighting, blocks of 400 ms each 100 ms, gates at -70 LUFS
and 10 LU below the mean. The weighting is the filter of torchaudio.functional.loudness, applied to
the spectra of the 100 ms steps, whose sums are the blocks: the same number within 0.1 LU, without
running two recursive filters over a million samples. The true peak is that of the same
recommendation's annex 2: four times oversampled.
"""

from __future__ import annotations

import math

import torch
import torchaudio

from studio.render.voices.voice import RATE

TARGET_LUFS, CEILING_DBFS = -16.0, -1.0
MARGIN_DB = 0.15
"""The limiter aims this far below the ceiling."""
STEPS_A_BLOCK = 4
ABSOLUTE_GATE, RELATIVE_GATE = -70.0, -10.0
BIAS = -0.691
SHELF_DB, SHELF_HZ, HIGHPASS_HZ, HIGHPASS_Q = 4.0, 1500.0, 38.0, 0.5
HOP = 64
AHEAD_HOPS = 4
ROUNDS = 3
LIMIT = 10 ** ((CEILING_DBFS - 3 * MARGIN_DB) / 20)
"""Samples are held below this; what lies between them may be a little higher."""
PEAK_WINDOW = 512
MOST_BETWEEN = 1.6
"""No peak between samples is higher than so many times the samples around it."""
SILENT = 1e-9
FADE_S = 0.3
SILENCE_DBFS, SILENCE_S = -60.0, 0.27
"""What counts as silence, and how much of it may stand at the end."""


def integrated_lufs(sound: torch.Tensor) -> float:
    """Of [2, n] at RATE; -inf for silence and for less than 400 ms."""
    step = RATE // 10
    steps = sound.shape[1] // step
    if steps < STEPS_A_BLOCK:
        return -math.inf
    spectrum = torch.fft.rfft(sound[:, : steps * step].reshape(2, steps, step))
    power = (spectrum.real.square() + spectrum.imag.square()) * _k_weights(step, sound.device)
    # Parseval: bins but the first and the last stand for two.
    energy = (2 * power.sum(-1) - power[..., 0] - power[..., -1]) / step**2
    blocks = energy.double().sum(0).unfold(0, STEPS_A_BLOCK, 1).mean(1)
    loud = blocks[_lufs(blocks) > ABSOLUTE_GATE]
    if not len(loud):
        return -math.inf
    gate = _lufs(loud.mean()) + RELATIVE_GATE
    return float(_lufs(loud[_lufs(loud) > gate].mean()))


def _lufs(energy: torch.Tensor) -> torch.Tensor:
    return BIAS + 10 * torch.log10(energy.clamp(min=1e-12))


def _k_weights(step: int, device: torch.device) -> torch.Tensor:
    """Power gain of the K weighting in each bin of a step."""
    turn = 2 * torch.pi * torch.arange(step // 2 + 1, device=device, dtype=torch.float64) / step
    z = torch.polar(torch.ones_like(turn), -turn)
    gain = torch.ones_like(turn)
    for ahead, back in (_shelf(), _highpass()):
        over = ahead[0] + ahead[1] * z + ahead[2] * z * z
        under = back[0] + back[1] * z + back[2] * z * z
        gain = gain * (over / under).abs().square()
    return gain.float()


Biquad = tuple[tuple[float, float, float], tuple[float, float, float]]


def _shelf() -> Biquad:
    """The treble filter (Bristow-Johnson's cookbook), quality 1/sqrt 2."""
    turn = 2 * math.pi * SHELF_HZ / RATE
    alpha, a = math.sin(turn) / math.sqrt(2), 10 ** (SHELF_DB / 40)
    edge, cosine = 2 * math.sqrt(a) * alpha, math.cos(turn)
    ahead = (
        a * ((a + 1) + (a - 1) * cosine + edge),
        -2 * a * ((a - 1) + (a + 1) * cosine),
        a * ((a + 1) + (a - 1) * cosine - edge),
    )
    back = (
        (a + 1) - (a - 1) * cosine + edge,
        2 * ((a - 1) - (a + 1) * cosine),
        (a + 1) - (a - 1) * cosine - edge,
    )
    return ahead, back


def _highpass() -> Biquad:
    turn = 2 * math.pi * HIGHPASS_HZ / RATE
    alpha, cosine = math.sin(turn) / (2 * HIGHPASS_Q), math.cos(turn)
    ahead = ((1 + cosine) / 2, -(1 + cosine), (1 + cosine) / 2)
    return ahead, (1 + alpha, -2 * cosine, 1 - alpha)


def true_peak(sound: torch.Tensor, over: float = 0.0) -> float:
    """The largest value between the samples too, of [2, n]. When only a peak above `over` matters,
    windows far below it are passed over: four times the work for nothing."""
    windows = _windows(sound)
    highest = torch.maximum(windows.amax(1), -windows.amin(1))
    near = windows[highest > over / MOST_BETWEEN]
    if not len(near):
        return float(highest.max())
    finer = torchaudio.functional.resample(near, 1, 4, lowpass_filter_width=16)
    # The filter rings at a window's own edges; neighbours overlap there.
    inner = finer[:, PEAK_WINDOW : 3 * PEAK_WINDOW]
    return max(float(inner.abs().max()), float(highest.max()))


def _windows(sound: torch.Tensor) -> torch.Tensor:
    """Both channels in windows that overlap by half, [windows, PEAK_WINDOW]."""
    half = PEAK_WINDOW // 2
    spare = -sound.shape[1] % half
    padded = torch.nn.functional.pad(sound, (half, half + spare))
    return padded.unfold(1, PEAK_WINDOW, half).flatten(0, 1)


def levelled(sound: torch.Tensor) -> torch.Tensor:
    """[2, n] at the target loudness; peaks are turned down before they come, never cut. A sound
    that is silent stays so."""
    for _ in range(ROUNDS):
        loudness = integrated_lufs(sound)
        if not math.isfinite(loudness):
            return sound
        sound = sound * 10 ** ((TARGET_LUFS - loudness) / 20)
        peaks = _peaks(sound)
        if float(peaks.max()) <= LIMIT:
            break
        sound = sound * _easing(peaks)[: sound.shape[1]]
    ceiling = 10 ** ((CEILING_DBFS - MARGIN_DB) / 20)
    return sound * min(1.0, ceiling / max(true_peak(sound, ceiling), SILENT))


def trimmed(sound: torch.Tensor, least_s: float = 0.0) -> torch.Tensor:
    """[2, n] without the silence at its end, but for a short one; never under `least_s`."""
    loud = 10 ** (SILENCE_DBFS / 20)
    steps = _peaks(sound) > loud
    if not bool(steps.any()):
        return sound
    last = (int(steps.nonzero()[-1]) + 1) * HOP + round(SILENCE_S * RATE)
    return sound[:, : max(last, round(least_s * RATE))]


def ended(sound: torch.Tensor) -> torch.Tensor:
    """[2, n] with its last moment faded out, so that nothing is cut off."""
    fade = min(round(FADE_S * RATE), sound.shape[1])
    if not fade:
        return sound
    slope = torch.linspace(1, 0, fade, device=sound.device).square()
    return torch.cat([sound[:, :-fade], sound[:, -fade:] * slope], 1)


def _peaks(sound: torch.Tensor) -> torch.Tensor:
    """The largest sample of each hop, [hops]."""
    padded = torch.nn.functional.pad(sound, (0, -sound.shape[1] % HOP)).view(2, -1, HOP)
    return torch.maximum(padded.amax(2), -padded.amin(2)).amax(0)


def _easing(peaks: torch.Tensor) -> torch.Tensor:
    """A gain for every sample that is low enough wherever a peak is, and moves slowly on both
    sides of it."""
    gain = (LIMIT / peaks.clamp(min=SILENT)).clamp(max=1.0)
    around = 2 * AHEAD_HOPS
    lowest = -torch.nn.functional.max_pool1d(-gain[None, None], 2 * around + 1, 1, around)
    window = torch.hann_window(2 * AHEAD_HOPS + 3, periodic=False, device=peaks.device)[1:-1]
    padded = torch.nn.functional.pad(lowest, (AHEAD_HOPS, AHEAD_HOPS), mode="replicate")
    smooth = torch.nn.functional.conv1d(padded, (window / window.sum())[None, None])
    return torch.nn.functional.interpolate(smooth, scale_factor=HOP, mode="linear")[0, 0]
