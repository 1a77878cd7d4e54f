"""Sound without samples: additive synthesis of a performance, on CPU or GPU, in a small room.

All pitches of a voice are rendered at once (a tensor of pitch by time); the notes then take their
slices, each with its own envelope and loudness.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import torch

from studio.render.performance import Performance, Struck
from studio.render.timbre import COMPANION, TIMBRES, Timbre

RATE = 44_100
LONGEST_RING_S = 4.0
ROOM_S, WET = 1.1, 0.16
TARGET_RMS_DB = -18.0
CEILING = 0.89
"""Largest sample, about -1 dBFS."""
NYQUIST_SHARE = 0.45
SEED = 7


def sound_of(performance: Performance, instrument: str, device: str = "cpu") -> torch.Tensor:
    """Stereo samples [2, n] in -1 to 1 at 44.1 kHz, about -18 dBFS RMS, never clipped."""
    place = torch.device(device)
    length = math.ceil(performance.seconds * RATE)
    above = TIMBRES.get(instrument, TIMBRES["piano"])
    below = TIMBRES[COMPANION.get(instrument, instrument if instrument in TIMBRES else "piano")]
    dry = voice(performance.tune, above, length, place)
    under = voice(performance.accompaniment, below, length, place)
    # The tune stands a little right of its accompaniment, as at a keyboard.
    left = 0.92 * dry + 0.62 * under
    right = dry + 0.5 * under
    return _levelled(_in_room(torch.stack([left, right])))


def voice(
    notes: Sequence[Struck], timbre: Timbre, length: int, device: torch.device
) -> torch.Tensor:
    """One voice as mono samples [length]."""
    out = torch.zeros(length, device=device)
    if not notes:
        return out
    pitches = sorted({note.pitch for note in notes})
    longest = max(note.duration_s for note in notes) + timbre.release_s
    tones = _tones(pitches, timbre, min(longest, LONGEST_RING_S + timbre.release_s), device)
    rows = {pitch: tones[row] for row, pitch in enumerate(pitches)}
    for note in notes:
        _add(out, rows[note.pitch], note, timbre)
    return out


def _tones(
    pitches: Sequence[int], timbre: Timbre, seconds: float, device: torch.device
) -> torch.Tensor:
    """[pitches, samples]: each pitch from its attack on, without envelope at the end."""
    time = torch.arange(math.ceil(seconds * RATE), device=device) / RATE
    hertz = 440.0 * 2.0 ** ((torch.tensor(pitches, device=device, dtype=torch.float32) - 69) / 12)
    cycles = hertz[:, None] * _warped(time, timbre)[None, :]
    total = torch.zeros(len(pitches), len(time), device=device)
    for order, (ratio, level) in enumerate(zip(timbre.ratios, timbre.levels, strict=True)):
        heard = (hertz * ratio < NYQUIST_SHARE * RATE).float() * level
        partial = torch.sin(2 * math.pi * ratio * cycles)
        if timbre.chorus_cents:
            detuned = ratio * 2 ** (timbre.chorus_cents / 1200)
            partial = 0.6 * (partial + torch.sin(2 * math.pi * detuned * cycles + order))
        total += heard[:, None] * partial * _decay(hertz, time, timbre, order)
    return total / sum(timbre.levels) + _breath(total.shape, timbre, device)


def _warped(time: torch.Tensor, timbre: Timbre) -> torch.Tensor:
    """Time as the phase sees it: vibrato that grows in, a slide up at the start."""
    warped = time
    if timbre.vibrato_hz:
        depth = (2 ** (timbre.vibrato_cents / 1200) - 1) / (2 * math.pi * timbre.vibrato_hz)
        growing = (time / 0.5).clamp(max=1.0)
        warped = warped + depth * growing * torch.sin(2 * math.pi * timbre.vibrato_hz * time)
    if timbre.bend_cents:
        below = 2 ** (-timbre.bend_cents / 1200) - 1
        warped = warped + below * 0.03 * (1 - torch.exp(-time / 0.03))
    return warped


def _decay(hertz: torch.Tensor, time: torch.Tensor, timbre: Timbre, order: int) -> torch.Tensor:
    """[pitches, samples] or a scalar 1: high notes and high partials die sooner."""
    if not timbre.decay_s:
        return torch.ones(1, 1, device=time.device)
    life = timbre.decay_s * (261.6 / hertz).sqrt() / (1 + timbre.damping * order)
    return torch.exp(-time[None, :] / life[:, None])


def _breath(shape: torch.Size, timbre: Timbre, device: torch.device) -> torch.Tensor:
    if not timbre.breath:
        return torch.zeros(1, 1, device=device)
    noise = torch.randn(shape[1], generator=torch.Generator().manual_seed(SEED)).to(device)
    # A short moving average takes the hiss off.
    smooth = torch.nn.functional.avg_pool1d(noise[None, None], 9, 1, 4)[0]
    return timbre.breath * smooth


def _add(out: torch.Tensor, tone: torch.Tensor, note: Struck, timbre: Timbre) -> None:
    start = round(note.start_s * RATE)
    held = min(round(note.duration_s * RATE), tone.shape[0])
    count = min(held + round(timbre.release_s * RATE), tone.shape[0], out.shape[0] - start)
    if count <= 0:
        return
    out[start : start + count] += note.loudness * tone[:count] * _envelope(count, held, timbre, out)


def _envelope(count: int, held: int, timbre: Timbre, like: torch.Tensor) -> torch.Tensor:
    """Rises over the attack, falls over the release from `held` on; ends at silence."""
    at = torch.arange(count, device=like.device)
    rise = (at / max(1.0, timbre.attack_s * RATE)).clamp(max=1.0)
    left = (count - at) / max(1, count - min(held, count - 64))
    envelope: torch.Tensor = torch.sin(rise * math.pi / 2) * left.clamp(max=1.0).square()
    return envelope


def _in_room(dry: torch.Tensor) -> torch.Tensor:
    """Convolve [2, n] with two different short rooms of decaying noise."""
    length = dry.shape[1]
    count = round(ROOM_S * RATE)
    noise = torch.randn(2, count, generator=torch.Generator().manual_seed(SEED)).to(dry.device)
    fade = torch.exp(-torch.linspace(0, 6.9, count, device=dry.device))
    room = torch.nn.functional.avg_pool1d((noise * fade)[None], 5, 1, 2)[0][:, :count]
    room = room / room.square().sum(1, keepdim=True).sqrt()
    size = 1 << (length + count).bit_length()
    spectrum = torch.fft.rfft(dry, size) * torch.fft.rfft(room, size)
    wet: torch.Tensor = torch.fft.irfft(spectrum, size)[:, :length]
    return dry + WET * wet


def _levelled(sound: torch.Tensor) -> torch.Tensor:
    """At the target loudness over what sounds; peaks bend softly under the ceiling."""
    active = sound[:, sound.abs().amax(0) > 1e-4]
    if not active.numel():
        return sound
    rms = active.square().mean().sqrt()
    loud = sound * (10 ** (TARGET_RMS_DB / 20) / rms)
    knee = 0.6 * CEILING
    over = (loud.abs() - knee).clamp(min=0.0)
    bent = knee + (CEILING - knee) * torch.tanh(over / (CEILING - knee))
    return torch.where(loud.abs() > knee, torch.sign(loud) * bent, loud)
