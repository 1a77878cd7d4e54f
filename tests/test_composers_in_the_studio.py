"""A composer of sound through the whole studio: the setting, the form, the files, the recipe."""

from __future__ import annotations

import io
from collections.abc import AsyncIterator
from contextlib import aclosing
from pathlib import Path

import pytest
import soundfile

from studio.render.recipe import recipe_of
from studio.service import Studio
from studio.settings import Settings
from studio.works import Work
from tests.families.tiny_composer import tiny_composer_card

HARBOUR = "江南水乡的清晨，悠扬"


@pytest.fixture
async def studio(tmp_path: Path) -> AsyncIterator[Studio]:
    folder = tiny_composer_card(tmp_path).folder
    made = Studio.open(
        Settings.from_environ(
            {"STUDIO_DATA_DIR": str(tmp_path / "data"), "STUDIO_COMPOSER": str(folder)}
        )
    )
    yield made
    made.close()


async def composed(studio: Studio, **more: object) -> Work:
    inputs = {"text": HARBOUR, "seconds": 2, "n": 2, "seed": 5, **more}
    work, fractions = None, []
    async with aclosing(studio.generate("melody", inputs, user="somebody")) as progress:
        async for each in progress:
            fractions.append(each.fraction)
            work = each.work or work
    assert fractions == sorted(fractions)
    assert work is not None
    return work


async def test_a_description_becomes_takes_as_sound(studio: Studio) -> None:
    work = await composed(studio)
    assert [each.seed for each in work.outputs] == [5, 6]
    for each in work.outputs:
        assert sorted(each.files) == ["take.wav", "wave.svg"]
        assert each.data["composer"] == "folder/mono"
        assert each.data["description"] == HARBOUR
        content = each.files["take.wav"].read_bytes()
        assert soundfile.info(io.BytesIO(content)).duration == pytest.approx(2, abs=0.01)
        recipe = recipe_of("take.wav", content)
        assert recipe is not None
        assert recipe["inputs"]["composer"] == "folder/mono"  # type: ignore[index]


async def test_its_recipe_makes_the_same_sound_again(studio: Studio) -> None:
    first = await composed(studio)
    again = await composed(studio, **{**first.inputs, **first.plan})
    sounds = [each.outputs[0].files["take.wav"].read_bytes()[-8000:] for each in (first, again)]
    assert sounds[0] == sounds[1]


async def test_the_form_can_ask_for_the_studios_own_notes(studio: Studio) -> None:
    named = studio.crafts["melody"].named("composer")
    assert not named.hidden
    assert named.choices[:3] == ("auto", "own", "folder/mono")
    work = await composed(studio, composer="own", n=1, bars=4)
    assert "melody.abc" in work.outputs[0].files
