"""A melody can be taken away: notation, MIDI, sound and pictures, each with its recipe."""

from __future__ import annotations

import io
import threading
from xml.etree import ElementTree

import mido
import numpy as np
import pytest
import soundfile

from studio.crafts.craft import Output
from studio.errors import InvalidInput
from studio.music.abc_reader import read_abc
from studio.render.melody import melody_files, take_files
from studio.render.performance import TAIL_S, perform
from studio.render.recipe import recipe_of
from studio.render.rendered_file import RenderedFile
from studio.render.score import Score, score_svg
from studio.render.synth import RATE, sound_of
from studio.render.timbre import TIMBRES

ABC = """X:1
T:清晨 & <dawn>
M:4/4
L:1/8
Q:1/4=120
K:D
A2 | d2 fe d2 A2 | (3BcB A2 F4 | G2 BA G2 E2 | D6 z2 |]
w: 清 晨 的 雾 里 有 船 慢 慢 地 靠 岸 来 了 啊 啊
"""
RECIPE = {"craft": "melody", "seed": 4, "inputs": {"text": "清晨 <b> & 'dawn' --> ]]>" * 40}}
QUIET = {"instrument": "guzheng", "style": "chinese"}


@pytest.fixture(scope="module")
def files() -> dict[str, RenderedFile]:
    made = take_files(Output(ABC, "清晨 & <dawn>", data=QUIET), RECIPE)
    return {file.name: file for file in made}


def test_every_file_carries_the_whole_recipe(files: dict[str, RenderedFile]) -> None:
    assert set(files) == {
        "melody.abc", "melody.mid", "melody.musicxml", "melody.wav",
        "score.svg", "score.pdf", "roll.svg", "wave.svg",
    }  # fmt: skip
    for file in files.values():
        assert recipe_of(file.name, file.content) == RECIPE, file.name


def test_the_takes_of_a_work_are_each_what_they_would_be_alone() -> None:
    other = Output(ABC.replace("K:D", "K:F"), "Other", data={"instrument": "flute"})
    both = melody_files([Output(ABC, data=QUIET), other], [RECIPE, {"craft": "melody", "seed": 5}])
    alone = take_files(other, {"craft": "melody", "seed": 5})
    assert [file.name for file in both[1]] == [file.name for file in alone]
    for mine, own in zip(both[1], alone, strict=True):
        assert mine.content == own.content, mine.name


def test_chords_and_accompaniment_are_those_of_the_take() -> None:
    named = ABC.replace("| G2 BA", '| "Em7"G2 BA')
    plain = take_files(Output(named, data={"accompaniment": "none"}), {"craft": "melody"})
    files = {file.name: file.content for file in plain}
    assert b"Em7" in files["score.svg"]
    midi = mido.MidiFile(file=io.BytesIO(files["melody.mid"]))
    assert len([track for track in midi.tracks if any(e.type == "note_on" for e in track)]) == 1


def test_the_abc_file_reads_as_the_same_tune(files: dict[str, RenderedFile]) -> None:
    assert read_abc(files["melody.abc"].content.decode()).notes() == read_abc(ABC).notes()


def test_the_midi_file_plays_the_tune_at_its_tempo(files: dict[str, RenderedFile]) -> None:
    midi = mido.MidiFile(file=io.BytesIO(files["melody.mid"].content))
    struck = [each.note for each in midi.tracks[1] if each.type == "note_on"]
    assert struck == [note.pitch for note in read_abc(ABC).notes()]
    kinds = {each.type: each for each in midi.tracks[0]}
    assert mido.tempo2bpm(kinds["set_tempo"].tempo) == pytest.approx(120, abs=0.1)
    assert (kinds["time_signature"].numerator, kinds["key_signature"].key) == (4, "D")
    assert any(each.type == "note_on" for each in midi.tracks[2])
    assert midi.length == pytest.approx(8.0, abs=1.2)


def test_the_sound_is_as_long_as_the_music_and_never_clips(files: dict[str, RenderedFile]) -> None:
    sound, rate = soundfile.read(io.BytesIO(files["melody.wav"].content))
    assert rate == 44_100
    assert len(sound) / rate == pytest.approx(17 / 2 + TAIL_S, abs=0.05)
    assert np.abs(sound).max() < 0.95


@pytest.mark.parametrize("instrument", TIMBRES)
def test_every_instrument_sounds_the_written_pitch(instrument: str) -> None:
    abc = "X:1\nM:4/4\nL:1/4\nQ:1/4=60\nK:A\nA4 |]\n"
    performance = perform(read_abc(abc))
    alone = type(performance)(performance.tune, (), performance.seconds, performance.bar_s, 0.0)
    left = sound_of(alone, instrument)[0].numpy()
    middle = left[RATE : RATE + 2**15] * np.hanning(2**15)
    spectrum = np.abs(np.fft.rfft(middle))
    hertz = np.fft.rfftfreq(2**15, 1 / RATE)
    peaks = hertz[spectrum > 0.25 * spectrum.max()]
    # The organ's sub-octave and the octave above may be as strong as the note itself.
    ratio = peaks / 440
    assert np.all(np.abs(12 * np.log2(ratio / np.round(ratio * 2) * 2)) < 0.35)
    assert np.any(np.abs(12 * np.log2(ratio)) < 0.35)


def test_the_pictures_are_svg_with_a_name(files: dict[str, RenderedFile]) -> None:
    for name in ("score.svg", "roll.svg", "wave.svg"):
        root = ElementTree.fromstring(files[name].content)
        assert root.attrib["role"] == "img"
        assert root.attrib["aria-label"] == "清晨 & <dawn>"


def test_scores_are_engraved_in_threads_and_differ() -> None:
    made: dict[int, bytes] = {}

    def engrave(number: int) -> None:
        abc = ABC.replace("K:D", "K:D" if number % 2 else "K:F")
        made[number] = score_svg(Score(read_abc(abc)), {})

    threads = [threading.Thread(target=engrave, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 6
    assert made[0] != made[1]


def test_what_is_not_abc_is_refused() -> None:
    with pytest.raises(InvalidInput):
        melody_files([Output("la la la")], [{}])
