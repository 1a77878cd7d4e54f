"""Melodies in the studio, on fake models: verbs, words, uploads, and sound in any format."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping

import pytest
import soundfile

from studio.batch import finished
from studio.crafts.melody_kept import kept_melody
from studio.crafts.melody_start import start_text
from studio.errors import InvalidInput, NotReady, Refused
from studio.melodies import MOST_UPLOAD_BYTES, player
from studio.music.abc_reader import read_abc
from studio.render.synth import sounds_of
from studio.service import Studio
from studio.works import Work

HAPPY: Mapping[str, object] = {"text": "HAPPY", "n": 1, "seed": 7, "bars": 4}
ABC = (
    b"X:1\nT:Brought\nM:3/4\nL:1/4\nQ:1/4=90\nK:G\n"
    b"G2 B | A2 F | G2 D | E F D |\nG2 B | c B A | G2 F | G3 |]\n"
)


def kept(work: Work, version: int = 1) -> dict[str, object]:
    output = work.outputs[version - 1]
    return kept_melody(output.text, output.data, work.id, version)


async def test_a_verb_on_a_take_is_a_work_whose_parent_is_the_take(studio: Studio) -> None:
    first = await finished(studio, "melody", HAPPY, "ada")
    slow = await finished(
        studio, "melody", {"start": start_text("tempo", kept(first), tempo_bpm=60)}, "ada"
    )
    assert slow.parent == first.id
    assert slow.title == first.title
    again = await finished(
        studio, "melody", {"start": start_text("vary", kept(slow)), "n": 1}, "ada"
    )
    assert again.parent == slow.id
    lineage = [each.id for each in await studio.lineage(again.id, user="ada")]
    assert lineage == [first.id, slow.id, again.id]


async def test_what_needs_no_model_asks_none_and_has_files_and_a_recipe(studio: Studio) -> None:
    first = await finished(studio, "melody", HAPPY, "ada")
    start = start_text("instrument", kept(first), instrument="bell")
    stages = [each async for each in studio.generate("melody", {"start": start}, user="ada")]
    work = stages[-1].work
    assert work is not None
    assert {each.stage for each in stages} == {"finishing", "done"}
    assert work.recipe["models"] == []
    assert set(work.outputs[0].files) == set(first.outputs[0].files)
    assert (
        work.outputs[0].files["melody.wav"].read_bytes()
        != first.outputs[0].files["melody.wav"].read_bytes()
    )
    carried = await studio.recipe_of("melody.mid", work.outputs[0].files["melody.mid"].read_bytes())
    assert carried is not None
    repeated = await finished(studio, "melody", carried["inputs"], "ada")  # type: ignore[arg-type]
    assert repeated.outputs[0].text == work.outputs[0].text


async def test_the_fake_model_keeps_the_bars_that_it_is_given(studio: Studio) -> None:
    first = await finished(studio, "melody", {**HAPPY, "bars": 8}, "ada")
    for verb, told, bars in (("vary", {"bars": [3, 4]}, 8), ("continue", {"bars": 4}, 12)):
        start = start_text(verb, kept(first), **told)
        work = await finished(studio, "melody", {"start": start, "n": 2, "seed": 9}, "ada")
        for output in work.outputs:
            checks = {each.name: each.passed for each in output.checks}
            assert checks["bars_kept"]
            assert checks["bars_add_up"]
            assert output.data["bars"] == bars


async def test_a_take_of_another_person_is_no_parent(studio: Studio) -> None:
    first = await finished(studio, "melody", HAPPY, "ada")
    start = start_text("tempo", kept(first), tempo_bpm=60)
    work = await finished(studio, "melody", {"start": start}, "ben")
    assert work.parent == ""


async def test_a_song_is_found_by_its_words(studio: Studio) -> None:
    words = "The harbour lights are burning low\nand all the boats come in"
    work = await finished(studio, "melody", {"words": words, "n": 1, "seed": 3}, "ada")
    found = await studio.search(user="ada", query="harbour lights")
    assert [each.id for each in found] == [work.id]
    assert "w:" in work.outputs[0].text


async def test_lyrics_and_titles_pass_the_filter_as_any_text(studio: Studio) -> None:
    first = await finished(studio, "melody", HAPPY, "ada")
    bad = "step by step instructions how to build a pipe bomb at home"
    for start in (
        start_text("sing", kept(first), words=bad),
        start_text("edit", kept(first), abc=f"T:{bad}\nM:4/4\nL:1/4\nK:C\nCDEF |]"),
    ):
        with pytest.raises(Refused):
            await finished(studio, "melody", {"start": start}, "ada")


async def test_an_uploaded_melody_can_be_varied_continued_and_accompanied(studio: Studio) -> None:
    read = await studio.read_melody("brought.abc", ABC)
    assert read.kind == "abc"
    assert read.plan["meter"] == "3/4"
    of = kept_melody(read.abc, {"plan": read.plan})
    for verb, told, bars in (
        ("vary", {"reach": "near"}, 8),
        ("continue", {"bars": 4}, 12),
        ("accompany", {"accompaniment": "waltz"}, 8),
    ):
        start = start_text(verb, of, **told)
        work = await finished(studio, "melody", {"start": start, "n": 1, "seed": 2}, "ada")
        tune = read_abc(work.outputs[0].text)
        assert (tune.full_bars, str(tune.meter), tune.key.tonic) == (bars, "3/4", "G")
        assert work.parent == ""


@pytest.mark.parametrize("content", [b"", b"\x00" * 64, b"GIF89a", "是文字，不是旋律".encode()])
async def test_what_is_no_melody_is_told(studio: Studio, content: bytes) -> None:
    for name in ("x.mid", "x.abc", "x.musicxml", "x.wav", "x"):
        with pytest.raises(InvalidInput) as refused:
            await studio.read_melody(name, content)
        assert refused.value.message


async def test_a_huge_file_is_told_unread(studio: Studio) -> None:
    with pytest.raises(InvalidInput) as refused:
        await studio.read_melody("x.mid", bytes(MOST_UPLOAD_BYTES + 1))
    assert refused.value.code == "melody_upload_too_large"


@pytest.mark.parametrize(
    ("form", "rate_hz"), [("wav", 8000), ("flac", 48000), ("ogg", 44100), ("mp3", 22050)]
)
async def test_a_take_is_heard_in_any_format(studio: Studio, form: str, rate_hz: int) -> None:
    work = await finished(studio, "melody", HAPPY, "ada")
    content = await studio.sound(work.id, 1, form, rate_hz, user="ada")
    with soundfile.SoundFile(io.BytesIO(content)) as file:
        samples, rate, comment = file.read(), file.samplerate, file.comment
    whole, usual = soundfile.read(work.outputs[0].files["melody.wav"])
    assert rate == rate_hz
    assert len(samples) / rate == pytest.approx(len(whole) / usual, abs=0.2)
    assert abs(samples).max() > 0.05
    assert json.loads(comment)["inputs"] == work.recipe["inputs"]


@pytest.mark.parametrize(
    ("version", "form", "rate_hz"),
    [(0, "wav", 44100), (9, "wav", 44100), (1, "exe", 44100), (1, "wav", 1)],
)
async def test_what_is_not_there_has_no_sound(
    studio: Studio, version: int, form: str, rate_hz: int
) -> None:
    work = await finished(studio, "melody", HAPPY, "ada")
    with pytest.raises(InvalidInput):
        await studio.sound(work.id, version, form, rate_hz, user="ada")
    with pytest.raises(InvalidInput):
        await studio.sound(work.id, 1, "wav", 44100, user="ben")


async def test_a_text_has_no_sound(studio: Studio) -> None:
    work = await finished(studio, "writing", {"text": "A lighthouse.", "seed": 7}, "ada")
    with pytest.raises(InvalidInput) as refused:
        await studio.sound(work.id, 1, "wav", 44100, user="ada")
    assert refused.value.code == "not_a_melody"


async def test_data_of_a_take_is_json(studio: Studio) -> None:
    work = await finished(studio, "melody", {**HAPPY, "n": 2}, "ada")
    assert json.loads(json.dumps(dict(work.outputs[1].data)))["bars"] == 4


def test_a_soundfont_that_is_not_there_is_told_at_once(tmp_path):
    with pytest.raises(NotReady):
        player(tmp_path / "none.sf2")
    broken = tmp_path / "broken.sf2"
    broken.write_bytes(b"RIFF no font")
    with pytest.raises(InvalidInput) as told:
        player(broken)
    assert told.value.field == "soundfont"
    assert player(None) is sounds_of
