"""A hummed or sung melody: pitch tracked, cut into notes, put on the grid.

Pitch by YIN (de Cheveigné and Kawahara 2002), all frames at once in torch; the notes by the best
path through semitones and silence (Viterbi), so that a glide or a wobble makes no notes of its own;
a note that is struck again is found by a dip of loudness.
"""

from __future__ import annotations

import io
import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

import numpy as np
import soundfile
import torch
import torchaudio

from studio.music.abc_writer import felt_ticks
from studio.music.analysis import found_key, guessed_style
from studio.music.meter import QUARTER, Meter
from studio.music.note import Note
from studio.music.quantise import (
    Free,
    as_quarters,
    barred,
    first_bars,
    found_meter,
    found_upbeat,
    placed,
)
from studio.music.tune import Tune
from studio.render.uploaded_tune import MOST_BARS, Remark, UploadedTune, cut_remark, unreadable

MOST_SECONDS = 180.0
"""Longer recordings are cut."""
FEWEST_SECONDS = 0.3
RATE = 16_000
FRAME, HOP = 1024, 160
LOWEST_HZ, HIGHEST_HZ = 65.0, 2200.0
HEARD = 0.15
"""YIN's absolute threshold."""
VOICED = 0.35
"""A frame whose dip is shallower has no pitch."""
QUIET_DB = -38.0
"""Softer than this against the loudest part is silence."""
CHANGE, SILENCE = 3.2, 0.9
"""What a change of note costs, and a frame of silence, against a semitone's squared error."""
SHORTEST_S = 0.07
DIP_DB = 5.0
"""A note is struck again where its loudness falls and rises by so much..."""
RISE_S = 0.06
"""... within so short a time."""
ECHO_DB = 20.0
"""Softer than its loud part by so much, a note is only an echo."""
SLIPS, SLIP_S = (12, 19, 24), 0.2
"""Intervals that pitch trackers slip by when a note dies away under the next."""
SLOWEST, QUICKEST, USUAL = 50, 180, 96
"""Beats a minute."""


@dataclass(frozen=True, slots=True)
class Hummed:
    """One note as it was sung, in seconds."""

    pitch: int
    start_s: float
    end_s: float


def hummed_tune(content: bytes) -> UploadedTune:
    """The melody of a recording (WAV, FLAC, OGG, MP3). Raises InvalidInput("upload")."""
    sound, remarks = _opened(content)
    notes = hummed_notes(sound)
    if len(notes) < 2:
        raise unreadable(
            "no_tune",
            "There is no tune to be heard in this recording.",
            "Hum one note at a time, close to the microphone.",
        )
    return _tune(notes, remarks)


def hummed_notes(sound: torch.Tensor) -> list[Hummed]:
    """The notes of mono samples [n] at RATE."""
    hertz, dips = tracked_pitch(sound)
    loud = _loudness_db(sound, len(hertz))
    heard = (dips < VOICED) & (loud > loud.max() + QUIET_DB)
    if not bool(heard.any()):
        return []
    pitch = 69 + 12 * torch.log2(hertz / 440)
    path = _path(_tuned(pitch, heard).numpy(), heard.numpy())
    return _merged(_released(_struck_again(_runs(path), loud.numpy()), loud.numpy()))


def tracked_pitch(sound: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """(Hz [frames], depth of YIN's dip [frames]: 0 is a pure tone), a frame every HOP samples."""
    longest = int(RATE / LOWEST_HZ) + 2
    span = FRAME + longest
    padded = torch.nn.functional.pad(sound, (FRAME // 2, span))
    frames = padded.unfold(0, span, HOP)[: max(1, len(sound) // HOP)]
    found = [_yin(part, longest) for part in torch.split(frames, 2000)]
    return torch.cat([hertz for hertz, _ in found]), torch.cat([dip for _, dip in found])


def _yin(frames: torch.Tensor, longest: int) -> tuple[torch.Tensor, torch.Tensor]:
    """Steps 2 to 5 of YIN on frames [n, FRAME + longest]."""
    size = 1 << (FRAME + longest).bit_length()
    head = torch.fft.rfft(frames[:, :FRAME], size)
    products = torch.fft.irfft(torch.fft.rfft(frames, size) * head.conj(), size)[:, :longest]
    squares = torch.nn.functional.pad(frames.square().cumsum(1), (1, 0))
    energy = squares[:, FRAME : FRAME + longest] - squares[:, :longest]
    difference = (energy[:, :1] + energy - 2 * products).clamp(min=0)
    lags = torch.arange(longest)
    mean = difference.cumsum(1) / lags.clamp(min=1)
    normal = torch.where(lags == 0, torch.ones(()), difference / mean.clamp(min=1e-9))
    normal = torch.where(energy[:, :1] < 1e-7, torch.ones(()), normal)
    return _dip(normal, int(RATE / HIGHEST_HZ))


def _dip(normal: torch.Tensor, shortest: int) -> tuple[torch.Tensor, torch.Tensor]:
    """The first dip under the threshold, else the deepest one; its place between the samples."""
    inside = normal[:, shortest:-1]
    falls = inside < normal[:, shortest - 1 : -2]
    rises = inside <= normal[:, shortest + 1 :]
    valleys = torch.where(falls & rises, inside, torch.full((), 9.0))
    deepest = valleys.min(1).values
    under = valleys <= torch.clamp(deepest * 1.0, min=HEARD)[:, None]
    place = under.float().argmax(1) + shortest
    rows = torch.arange(len(normal))
    before, at, after = (normal[rows, (place + step).clamp(0)] for step in (-1, 0, 1))
    bend = before - 2 * at + after
    shift = torch.where(bend.abs() > 1e-9, 0.5 * (before - after) / bend, torch.zeros(()))
    dips = torch.where(deepest < 9.0, at, torch.ones(()))
    return RATE / (place + shift.clamp(-0.5, 0.5)), dips


def _loudness_db(sound: torch.Tensor, frames: int) -> torch.Tensor:
    """RMS of 20 ms around each frame's middle, in dB."""
    width = 2 * HOP
    padded = torch.nn.functional.pad(sound, (width // 2, width + HOP))
    power = padded.unfold(0, width, HOP)[:frames].square().mean(1)
    return 10 * torch.log10(power + 1e-9)


def _tuned(pitch: torch.Tensor, heard: torch.Tensor) -> torch.Tensor:
    """MIDI pitch with the singer's own tuning taken out: the mean distance to the semitones."""
    angle = 2 * math.pi * pitch[heard]
    offset = torch.atan2(angle.sin().mean(), angle.cos().mean()) / (2 * math.pi)
    return pitch - offset


def _path(pitch: np.ndarray, heard: np.ndarray) -> np.ndarray:
    """The semitone of each frame, -1 in silence: least squared error and fewest changes."""
    lowest = int(np.floor(pitch[heard].min())) - 1
    highest = int(np.ceil(pitch[heard].max())) + 1
    tones = np.arange(lowest, highest + 1)
    cost = np.zeros(len(tones) + 1)
    back = np.zeros((len(pitch), len(tones) + 1), dtype=np.int16)
    own = np.arange(len(tones) + 1)
    for number, (at, sings) in enumerate(zip(pitch, heard, strict=True)):
        best = int(cost.argmin())
        moved = cost[best] + CHANGE
        back[number] = np.where(cost <= moved, own, best)
        cost = np.minimum(cost, moved)
        error = np.minimum((tones - at) ** 2, 2.5) if sings else np.full(len(tones), 1.2)
        cost[:-1] += error
        cost[-1] += SILENCE if sings else 0.0
    path = np.zeros(len(pitch), dtype=int)
    state = int(cost.argmin())
    for number in range(len(pitch) - 1, -1, -1):
        path[number] = tones[state] if state < len(tones) else -1
        state = int(back[number, state])
    return path


def _runs(path: np.ndarray) -> list[tuple[int, int, int]]:
    """(pitch, first frame, frame after the last) of each note."""
    edges = [0, *(np.flatnonzero(np.diff(path)) + 1).tolist(), len(path)]
    return [(int(path[start]), start, end) for start, end in pairwise(edges) if path[start] >= 0]


def _struck_again(
    runs: Sequence[tuple[int, int, int]], loud: np.ndarray
) -> list[tuple[int, int, int]]:
    """Notes cut where their loudness leaps up after a dip. Slow swells and beating are none."""
    found: list[tuple[int, int, int]] = []
    shortest, ahead = round(SHORTEST_S * RATE / HOP), round(RISE_S * RATE / HOP)
    for pitch, start, end in runs:
        begun, at = start, start + shortest
        while at < end - shortest:
            again, before = loud[at : at + ahead].max(), np.median(loud[begun:at])
            dips = min(again - loud[at], 2 * (before - loud[at])) > DIP_DB
            # What comes back much softer is the room.
            if dips and again > before - ECHO_DB / 2 and loud[at] <= loud[at : at + ahead].min():
                found.append((pitch, begun, at))
                begun, at = at, at + shortest
            else:
                at += 1
        found.append((pitch, begun, end))
    return found


def _released(runs: Sequence[tuple[int, int, int]], loud: np.ndarray) -> list[tuple[int, int, int]]:
    """Notes without the room's echo after them: they end where they have died away."""
    tops = [float(np.quantile(loud[start:end], 0.8)) for _, start, end in runs]
    usual = median(tops)
    found: list[tuple[int, int, int]] = []
    for (pitch, start, end), top in zip(runs, tops, strict=True):
        if top < usual - ECHO_DB:
            continue
        sounding = np.flatnonzero(loud[start:end] > top - ECHO_DB)
        found.append((pitch, start, start + int(sounding[-1]) + 1))
    return found


def _merged(runs: Sequence[tuple[int, int, int]]) -> list[Hummed]:
    """Seconds; what is too short to be a note, or a short slip of an octave, goes to the note
    before or is left out."""
    step = HOP / RATE
    found: list[Hummed] = []
    for pitch, start, end in runs:
        length = (end - start) * step
        touches = bool(found) and start * step - found[-1].end_s < 1.5 * step
        slip = touches and abs(pitch - found[-1].pitch) in SLIPS and length < SLIP_S
        if length >= SHORTEST_S and not slip:
            found.append(Hummed(pitch, start * step, end * step))
        elif touches:
            found[-1] = Hummed(found[-1].pitch, found[-1].start_s, end * step)
    return found


def _opened(content: bytes) -> tuple[torch.Tensor, list[Remark]]:
    """Mono samples at RATE, no longer than MOST_SECONDS."""
    try:
        with soundfile.SoundFile(io.BytesIO(content)) as file:
            rate, frames = file.samplerate, file.frames
            if not 4000 <= rate <= 384_000 or not 1 <= file.channels <= 32:
                raise _broken()
            read = file.read(int(MOST_SECONDS * rate), dtype="float32", always_2d=True)
    except (soundfile.LibsndfileError, RuntimeError, OSError, ValueError, TypeError):
        raise _broken() from None
    sound = torch.from_numpy(np.ascontiguousarray(read.mean(1)))
    if not bool(torch.isfinite(sound).all()):
        raise unreadable("not_finite", "This recording holds samples that are no numbers.")
    if len(sound) < FEWEST_SECONDS * rate or float(sound.abs().max()) < 1e-4:
        raise unreadable("silent", "There is nothing to be heard in this recording.")
    remarks = []
    if frames > len(sound):
        remarks.append(
            Remark("cut_s", f"Only the first {MOST_SECONDS:.0f} seconds were heard.",
                   {"seconds": round(MOST_SECONDS)})
        )  # fmt: skip
    at_rate: torch.Tensor = torchaudio.functional.resample(sound, rate, RATE)
    return at_rate / at_rate.abs().max().clamp(min=1e-6), remarks


def _broken() -> Exception:
    return unreadable(
        "sound", "This sound file can not be read.", "Bring a WAV, FLAC, OGG or MP3 file."
    )


def _tune(notes: Sequence[Hummed], remarks: list[Remark]) -> UploadedTune:
    beat_s = beat_seconds(notes)
    free = _in_beats(notes, beat_s)
    line = placed(free, Meter(4, 4))
    meter = found_meter(line)
    upbeat = (line[0].start + found_upbeat(line, meter)) % meter.bar
    kept = first_bars(line, meter, upbeat, MOST_BARS)
    if len(kept) < len(line):
        remarks.append(cut_remark())
    line = kept
    bars = barred(line, meter, upbeat)
    sounding = [Note(each.pitch, as_quarters(each.start), as_quarters(each.end - each.start))
                for each in line]  # fmt: skip
    tempo = round(60 / beat_s * QUARTER / felt_ticks(meter))
    tune = Tune(meter, found_key(sounding), bars, "", tempo)
    remarks.append(
        Remark("hum", f"{len(sounding)} notes were heard at {tempo} beats a minute.",
               {"notes": len(sounding), "tempo": tempo})
    )  # fmt: skip
    remarks.append(Remark("meter", f"The meter {meter} was guessed.", {"meter": str(meter)}))
    return UploadedTune(tune, "hum", guessed_style(tune), tuple(remarks))


def beat_seconds(notes: Sequence[Hummed]) -> float:
    """Seconds of a quarter: the beat on whose halves most notes begin, near a usual tempo."""
    starts = np.array([note.start_s for note in notes])
    gaps = np.diff(starts)
    gaps = gaps[(gaps > 0.08) & (gaps < 4)]
    if not len(gaps):
        return 60 / USUAL

    def fit(bpm: int) -> float:
        beats = gaps * bpm / 60
        halves = np.abs(beats * 2 - np.round(beats * 2)) / np.maximum(0.5, np.sqrt(beats))
        wholes = np.abs(beats - np.round(beats))
        small = beats < 0.4
        usual = abs(math.log2(bpm / USUAL))
        return float(halves.mean() + 0.25 * wholes.mean() + 0.3 * small.mean() + 0.12 * usual)

    best = min(range(SLOWEST, QUICKEST + 1), key=fit)
    return _refined(gaps, 60 / best)


def _refined(gaps: np.ndarray, beat_s: float) -> float:
    """The beat that the gaps themselves tell."""
    halves = np.maximum(1, np.round(gaps / beat_s * 2))
    return float(np.clip(median((2 * gaps / halves).tolist()), beat_s * 0.9, beat_s * 1.1))


def _thirds(written: Sequence[float], gaps: Sequence[float]) -> list[float]:
    """Three notes that are as long as each other and fill a beat are a triplet."""
    found = list(written)
    for at in range(len(found) - 2):
        three, sung = found[at : at + 3], gaps[at : at + 3]
        even = max(sung) < 1.25 * min(sung)
        if even and 0.85 < sum(sung) < 1.15 and abs(sum(three) - 1) <= 0.5 and max(three) <= 0.5:
            found[at : at + 3] = [1 / 3] * 3
    return found


def _in_beats(notes: Sequence[Hummed], beat_s: float) -> list[Free]:
    """In quarters, each note measured from the one before, so that a singer may drift."""
    gaps = [late.start_s - early.start_s for early, late in pairwise(notes)]
    gaps.append(notes[-1].end_s - notes[-1].start_s)
    written, paced, pace = list[float](), list[float](), beat_s
    for gap in gaps:
        written.append(_nearest(gap / pace))
        paced.append(gap / pace)
        if 0.5 <= written[-1] <= 2:
            drift = min(1.15 * pace, max(0.87 * pace, gap / written[-1]))
            pace = 0.85 * pace + 0.15 * drift
    written = _thirds(written, paced)
    free, at = list[Free](), 0.0
    for note, gap, length in zip(notes, gaps, written, strict=True):
        share = min(1.0, (note.end_s - note.start_s) / max(gap, 1e-6))
        free.append(Free(note.pitch, at, length * share))
        at += length
    return free


def _nearest(beats: float) -> float:
    """The written length a sung one is nearest to: eighths, a sixteenth where it must be."""
    halves = max(0.5, round(beats * 2) / 2)
    return 0.25 if beats < 0.36 else 0.75 if 0.68 < beats < 0.82 else halves
