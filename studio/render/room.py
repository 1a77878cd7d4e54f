"""A small hall: convolution with a made impulse response, many takes at once.

The response is noise whose bands die at their own pace (highs first), after a few early
reflections; Moorer, About This Reverberation Business, Computer Music Journal 3(2), 1979.
"""

from __future__ import annotations

from collections.abc import Sequence

import torch

from studio.render.voices.voice import RATE

TAPS = 1 << 16
"""About 1.5 s; a length that is quick to transform."""
BANDS: Sequence[tuple[float, float, float]] = (
    (110.0, 500.0, 1.5),
    (500.0, 2500.0, 1.25),
    (2500.0, 9000.0, 0.75),
)
"""(lowest Hz, highest Hz, seconds in which the band falls by 60 dB)."""
REFLECTIONS_MS = ((7.3, 0.5), (12.9, -0.42), (19.7, 0.36), (28.1, -0.28), (37.9, 0.22))
LATE_FROM_S = 0.012
CHUNK = 1 << 17
SEED = 3


def hall(device: torch.device) -> torch.Tensor:
    """The impulse response [2, samples] of unit energy a side."""
    count = TAPS
    noise = torch.randn(2, count, generator=torch.Generator().manual_seed(SEED))
    spectrum = torch.fft.rfft(noise)
    hertz = torch.fft.rfftfreq(count, 1 / RATE)
    time = torch.arange(count) / RATE
    late = torch.zeros(2, count)
    for low, high, fall_s in BANDS:
        band = spectrum * ((hertz >= low) & (hertz < high))
        late += torch.fft.irfft(band, count) * torch.exp(-6.91 * time / fall_s)
    late *= ((time - LATE_FROM_S) / 0.02).clamp(0.0, 1.0)
    late /= late.square().sum(1, keepdim=True).sqrt()
    for number, (ms, level) in enumerate(REFLECTIONS_MS):
        for side in (0, 1):
            # The two ears hear each wall a little apart.
            at = round((ms + 0.9 * (number + 1) * side) * RATE / 1000)
            late[side, at] += 0.6 * level
    fade = ((TAPS / RATE - time) / 0.1).clamp(0.0, 1.0)
    late = late * fade
    return (late / late.square().sum(1, keepdim=True).sqrt()).to(device)


def in_hall(sent: torch.Tensor, response: torch.Tensor) -> torch.Tensor:
    """[2, n] from what is sent into the hall, [n]: overlap and add (Stockham 1966) on chunks that
    lie alike in every take."""
    count, taps = len(sent), response.shape[1]
    step = CHUNK - taps + 1
    chunks = -(-count // step)
    padded = torch.nn.functional.pad(sent, (0, chunks * step - count)).view(chunks, step)
    spectrum = torch.fft.rfft(padded, CHUNK)
    answer = torch.fft.rfft(response, CHUNK)
    out = torch.zeros(2, chunks * step + CHUNK, device=sent.device)
    for side in (0, 1):
        wet = torch.fft.irfft(spectrum * answer[side], CHUNK)
        for number in range(chunks):
            out[side, number * step : number * step + CHUNK] += wet[number]
    return out[:, :count]
