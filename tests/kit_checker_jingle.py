"""A jingle by its own sound: length, loudness (ITU-R BS.1770-4), true peak, ending, MIDI."""

from __future__ import annotations

import io
import re
import wave
from collections.abc import Iterator, Mapping

import mido
import numpy as np
from scipy import signal

from tests.kit_checker_finding import Finding

SHORTEST_S, LONGEST_S = 5.0, 8.0
LOUDNESS_LUFS, LOUDNESS_APART = -16.0, 1.0
PEAK_DBFS = -1.0
LAST_S = 0.7
"""Least length of the last note, which none is longer than."""
RING_S = 1.5
"""How long the last note may ring on after the written end."""
_TONICS: Mapping[str, int] = {
    "C": 0, "C#": 1, "Db": 1, "D": 2, "D#": 3, "Eb": 3, "E": 4, "F": 5, "F#": 6, "Gb": 6,
    "G": 7, "G#": 8, "Ab": 8, "A": 9, "A#": 10, "Bb": 10, "B": 11, "Cb": 11,
}  # fmt: skip


def check_jingle(sound: bytes, midi: bytes, abc: str = "") -> Iterator[Finding]:
    """Every finding of jingle.wav and jingle.mid. A MIDI key signature knows major and minor
    only; in other modes the tonic is in the notation's K: field."""
    samples, rate = read_wave(sound)
    seconds = len(samples) / rate
    if not SHORTEST_S <= seconds <= LONGEST_S:
        yield Finding("jingle_length", "jingle.wav", f"{seconds:.2f} s")
    loud, peak = loudness(samples, rate), true_peak(samples)
    if abs(loud - LOUDNESS_LUFS) > LOUDNESS_APART:
        yield Finding("loudness", "jingle.wav", f"{loud:.1f} LUFS")
    if peak > PEAK_DBFS:
        yield Finding("true_peak", "jingle.wav", f"{peak:.2f} dBFS")
    tail = samples[-int(0.02 * rate) :]
    if 20 * np.log10(np.sqrt((tail**2).mean()) + 1e-9) > -40:
        yield Finding("cut_sound", "jingle.wav", "still sounding at its end")
    score = mido.MidiFile(file=io.BytesIO(midi))
    if not -0.1 <= seconds - score.length <= RING_S:
        yield Finding("midi_length", "jingle.mid", f"{score.length:.2f} s, sound {seconds:.2f} s")
    yield from _ending(score, abc)


def read_wave(content: bytes) -> tuple[np.ndarray, int]:
    """(samples, channels) in -1..1 of a 16-bit file, and the rate in Hz."""
    with wave.open(io.BytesIO(content)) as file:
        raw = np.frombuffer(file.readframes(file.getnframes()), "<i2")
        return raw.reshape(-1, file.getnchannels()) / 32768, file.getframerate()


def loudness(samples: np.ndarray, rate: int) -> float:
    """Integrated loudness in LUFS: K weighting, blocks of 0.4 s, gates at -70 and -10 LU."""
    for b, a in _k_weighting(rate):
        samples = signal.lfilter(b, a, samples, axis=0)
    block, hop = int(0.4 * rate), int(0.1 * rate)
    starts = range(0, len(samples) - block + 1, hop)
    power = np.array([(samples[at : at + block] ** 2).mean(0).sum() for at in starts])
    levels = -0.691 + 10 * np.log10(power + 1e-12)
    heard = power[levels > -70]
    if not len(heard):
        return -99.0
    gate = -0.691 + 10 * np.log10(heard.mean()) - 10
    return float(-0.691 + 10 * np.log10(power[(levels > -70) & (levels > gate)].mean()))


def true_peak(samples: np.ndarray) -> float:
    """Highest level in dBFS, sampled four times as often."""
    return float(20 * np.log10(np.abs(signal.resample_poly(samples, 4, 1, axis=0)).max() + 1e-9))


def _k_weighting(rate: int) -> tuple[tuple[np.ndarray, np.ndarray], ...]:
    """The shelf and the high pass of BS.1770 at any rate (bilinear transform)."""
    k = np.tan(np.pi * 1681.974450955533 / rate)
    q, high = 0.7071752369554196, 10 ** (3.999843853973347 / 20)
    band, norm = high**0.4996667741545416, 1 + k / q + k * k
    shelf = np.array([high + band * k / q + k * k, 2 * (k * k - high), high - band * k / q + k * k])
    bottom = np.array([norm, 2 * (k * k - 1), 1 - k / q + k * k])
    k, q = np.tan(np.pi * 38.13547087602444 / rate), 0.5003270373238773
    norm = 1 + k / q + k * k
    low = np.array([norm, 2 * (k * k - 1), 1 - k / q + k * k]) / norm
    return (shelf / norm_of(bottom), bottom / bottom[0]), (np.array([1.0, -2.0, 1.0]), low)


def norm_of(bottom: np.ndarray) -> float:
    """What a filter's coefficients are divided by."""
    return float(bottom[0])


def _notes(track: mido.MidiTrack) -> list[tuple[int, int]]:
    """(pitch, ticks) in the order they end."""
    at, began, notes = 0, {}, []
    for message in track:
        at += message.time
        if message.type == "note_on" and message.velocity:
            began[message.note] = at
        elif message.type in ("note_on", "note_off") and message.note in began:
            notes.append((message.note, at - began.pop(message.note)))
    return notes


def _tonic(score: mido.MidiFile, abc: str) -> str:
    told = re.search(r"^K: *([A-G][#b]?)", abc, re.M)
    signs = (m.key for track in score.tracks for m in track if m.type == "key_signature")
    return told[1] if told else next(signs, "").removesuffix("m")


def _ending(score: mido.MidiFile, abc: str) -> Iterator[Finding]:
    key = _tonic(score, abc)
    melody = next((n for n in map(_notes, score.tracks) if n), [])
    if not key or len(melody) < 3:
        yield Finding("ending", "jingle.mid", "no key or no melody")
        return
    pitch, ticks = melody[-1]
    if pitch % 12 != _TONICS[key]:
        yield Finding("last_note", "jingle.mid", f"pitch {pitch} in {key}")
    tempo = next((m.tempo for t in score.tracks for m in t if m.type == "set_tempo"), 500_000)
    seconds = mido.tick2second(ticks, score.ticks_per_beat, tempo)
    if seconds < LAST_S or ticks < max(each for _, each in melody):
        yield Finding(
            "last_note_short", "jingle.mid", f"{seconds:.2f} s, not the longest, or under 0.7 s"
        )
