"""A SoundFont plays what the studio's own synthesis would: the same notes at the same level."""

from __future__ import annotations

import math
import struct
from pathlib import Path

import numpy as np
import pytest
import torch

from studio.errors import InvalidInput, NotReady
from studio.music.abc_reader import read_abc
from studio.render import soundfont
from studio.render.band import PROGRAMS
from studio.render.loudness import integrated_lufs, true_peak
from studio.render.performance import perform
from studio.render.soundfont import SoundFont
from studio.render.synth import RATE, sound_of

pytest.importorskip("tinysoundfont")

TUNE = read_abc("X:1\nM:4/4\nL:1/4\nQ:1/4=120\nK:A\nA2 c e | a4 |]\n")
ROOT = 69
LOOP = 441
"""Samples of the font's one tone that are played round and round: 4.41 periods of A4 would click,
so the tone is 400 Hz and its pitch is corrected by the note's own tuning."""


def chunk(name: bytes, data: bytes) -> bytes:
    return name + struct.pack("<I", len(data)) + data + b"\0" * (len(data) % 2)


def listed(name: bytes, *chunks: bytes) -> bytes:
    return chunk(b"LIST", name + b"".join(chunks))


def text(name: str) -> bytes:
    return name.encode().ljust(20, b"\0")


def font(programs: tuple[int, ...]) -> bytes:
    """The smallest SoundFont (2.01 specification, section 7): one looped sine, one instrument,
    the given presets of bank 0."""
    period = 100
    wave = np.round(20000 * np.sin(2 * np.pi * np.arange(40 * period) / period)).astype("<i2")
    samples = wave.tobytes() + bytes(92)
    info = listed(b"INFO", chunk(b"ifil", struct.pack("<HH", 2, 1)), chunk(b"isng", b"EMU8000\0"),
                  chunk(b"INAM", b"tiny\0\0"))  # fmt: skip
    headers = (
        b"".join(
            text(f"sine {program}") + struct.pack("<HHHIII", program, 0, number, 0, 0, 0)
            for number, program in enumerate(programs)
        )
        + text("EOP")
        + struct.pack("<HHHIII", 0, 0, len(programs), 0, 0, 0)
    )
    bags = b"".join(struct.pack("<HH", number, 0) for number in range(len(programs) + 1))
    generators = struct.pack("<HH", 41, 0) * len(programs) + struct.pack("<HH", 0, 0)
    tuned = round(1200 * math.log2(440 / (RATE / period)))
    sample = struct.pack("<IIIIIBbHH", 0, len(wave), period, 39 * period, RATE, ROOT, tuned, 0, 1)
    presets = listed(
        b"pdta",
        chunk(b"phdr", headers),
        chunk(b"pbag", bags),
        chunk(b"pmod", bytes(10)),
        chunk(b"pgen", generators),
        chunk(b"inst", text("sine") + struct.pack("<H", 0) + text("EOI") + struct.pack("<H", 1)),
        chunk(b"ibag", struct.pack("<HHHH", 0, 0, 2, 0)),
        chunk(b"imod", bytes(10)),
        chunk(b"igen", struct.pack("<HHHHHH", 54, 1, 53, 0, 0, 0)),
        chunk(b"shdr", text("sine") + sample
              + text("EOS") + struct.pack("<IIIIIBbHH", 0, 0, 0, 0, 0, 0, 0, 0, 0)),
    )  # fmt: skip
    body = b"sfbk" + info + listed(b"sdta", chunk(b"smpl", samples)) + presets
    return b"RIFF" + struct.pack("<I", len(body)) + body


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> SoundFont:
    path = tmp_path_factory.mktemp("font") / "tiny.sf2"
    path.write_bytes(font((0, PROGRAMS["guitar"], PROGRAMS["bass"])))
    return SoundFont(path)


def test_it_plays_the_written_pitches_at_the_level_of_the_studio(tiny: SoundFont) -> None:
    take = perform(TUNE, "", "none")
    sound = tiny.sounds_of([take], ["piano"])[0]
    assert integrated_lufs(sound) == pytest.approx(-16, abs=0.3)
    assert true_peak(sound) <= 10 ** (-1 / 20)
    for note in take.tune:
        start = round((note.start_s + 0.1) * RATE)
        part = sound[0, start : start + 8192].numpy() * np.hanning(8192)
        peak = np.argmax(np.abs(np.fft.rfft(part, 1 << 17))) * RATE / (1 << 17)
        wanted = 440 * 2 ** ((note.pitch - 69) / 12)
        assert abs(1200 * math.log2(peak / wanted)) < 35


def test_it_lasts_as_long_as_the_music_with_all_voices(tiny: SoundFont) -> None:
    take = perform(TUNE, "ballad", "ballad")
    sound = tiny.sounds_of([take], ["guitar"])[0]
    assert sound.shape[1] / RATE == pytest.approx(take.seconds, abs=1.0)
    assert bool(torch.isfinite(sound).all())


def test_the_same_take_is_the_same_sound(tiny: SoundFont) -> None:
    takes = [perform(TUNE, "", "block"), perform(TUNE, "", "waltz")]
    together = tiny.sounds_of(takes, ["piano", "guitar"])
    assert torch.equal(together[1], tiny.sounds_of(takes[1:], ["guitar"])[0])


def test_an_instrument_the_font_lacks_is_made_by_the_studio(tiny: SoundFont) -> None:
    take = perform(TUNE, "", "none")
    assert not tiny.plays("flute")
    assert torch.equal(tiny.sounds_of([take], ["flute"])[0], sound_of(take, "flute"))


def test_a_missing_font_is_told(tmp_path: Path) -> None:
    with pytest.raises(NotReady, match=r"gone\.sf2") as told:
        SoundFont(tmp_path / "gone.sf2")
    assert told.value.code == "soundfont_missing"


@pytest.mark.parametrize("content", [b"", b"RIFF", b"hello" * 999, font((0,))[:2000]])
def test_a_broken_font_is_told(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "broken.sf2"
    path.write_bytes(content)
    with pytest.raises(InvalidInput, match=r"broken\.sf2") as told:
        SoundFont(path)
    assert (told.value.field, told.value.code) == ("soundfont", "soundfont_broken")


def test_without_the_library_the_hint_says_how_to_get_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(soundfont, "tinysoundfont", None)
    with pytest.raises(NotReady) as told:
        SoundFont(tmp_path / "any.sf2")
    assert "pip install" in told.value.hint
