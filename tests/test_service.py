"""The facade, on fake models: what a person asks comes back whole, is kept, and stays theirs."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from contextlib import aclosing

import pytest

from studio.batch import finished
from studio.errors import InvalidInput, NotReady, Refused
from studio.service import Studio
from studio.works import Arm, DuelProgress

STORY = {"text": "A lighthouse keeper finds a letter.", "kind": "story", "seed": 7}
BRIEFS: Mapping[str, Mapping[str, object]] = {
    "writing": STORY,
    "poetry": {"text": "江上夜雨", "form": "五言绝句", "seed": 7},
    "melody": {"text": "HAPPY", "n": 2, "seed": 7},
    "image": {"text": "calm, two warm colours", "n": 3, "size": "256", "seed": 7},
    "ad_copy": {
        "brand": "Morrow",
        "product": "steel bottle",
        "benefits": ["keeps cold 24 h"],
        "channel": "google_rsa",
        "seed": 7,
    },
}


@pytest.mark.parametrize("craft", BRIEFS)
async def test_every_craft_gives_a_work_with_files_checks_and_a_recipe(
    studio: Studio, craft: str
) -> None:
    work = await finished(studio, craft, BRIEFS[craft], "ada")
    assert work.outputs
    assert all(path.is_file() for output in work.outputs for path in output.files.values())
    assert all(output.files for output in work.outputs)
    assert all(output.checks for output in work.outputs)
    assert work.recipe["craft"] == craft
    assert work.recipe["models"]


@pytest.mark.parametrize("craft", BRIEFS)
async def test_the_recipe_makes_the_same_again(studio: Studio, craft: str) -> None:
    first = await finished(studio, craft, BRIEFS[craft], "ada")
    inputs = first.recipe["inputs"]
    assert isinstance(inputs, Mapping)
    again = await finished(studio, craft, inputs, "ada")
    assert [each.text for each in again.outputs] == [each.text for each in first.outputs]
    assert [each.seed for each in again.outputs] == [each.seed for each in first.outputs]


@pytest.mark.parametrize("craft", BRIEFS)
async def test_a_file_carries_its_recipe(studio: Studio, craft: str) -> None:
    work = await finished(studio, craft, BRIEFS[craft], "ada")
    found = [
        await studio.recipe_of(name, path.read_bytes())
        for name, path in work.outputs[0].files.items()
    ]
    carried = [recipe for recipe in found if recipe]
    assert carried
    assert all(recipe["inputs"] == work.recipe["inputs"] for recipe in carried)


async def test_a_pictures_recipe_names_the_prior_too(studio: Studio) -> None:
    work = await finished(studio, "image", BRIEFS["image"], "ada")
    models = work.recipe["models"]
    assert isinstance(models, list)
    assert {model["card"] for model in models} == {"gan/abstract", "prior/layout"}
    assert all(model["digest"] for model in models)


async def test_a_text_streams(studio: Studio) -> None:
    previews = [each.preview async for each in studio.generate("writing", STORY, user="ada")]
    lengths = [len(preview) for preview in previews]
    assert len(set(lengths)) > 3
    assert lengths == sorted(lengths)


async def test_stopping_keeps_what_there_is(studio: Studio) -> None:
    async with aclosing(studio.generate("writing", STORY, user="ada")) as progress:
        async for each in progress:
            if len(each.preview) > 20:
                break
    for _ in range(200):
        if works := await studio.search(user="ada"):
            break
        await asyncio.sleep(0.01)
    assert works[0].outputs[0].text
    assert studio.status().running == 0


async def test_nobody_sees_anothers_works(studio: Studio) -> None:
    work = await finished(studio, "writing", STORY, "ada")
    assert not await studio.search(user="ben")
    with pytest.raises(InvalidInput):
        await studio.work(work.id, user="ben")


async def test_history_finds_and_stars(studio: Studio) -> None:
    work = await finished(studio, "writing", STORY, "ada")
    await studio.star(work.id, True, user="ada")
    found = await studio.search(user="ada", query="lighthouse", craft="writing", starred=True)
    assert [each.id for each in found] == [work.id]
    assert not await studio.search(user="ada", query="harbour dredging")


async def test_what_was_made_is_there_after_a_restart(studio: Studio) -> None:
    work = await finished(studio, "writing", STORY, "ada")
    studio.close()
    again = Studio.open(studio.settings)
    found = await again.work(work.id, user="ada")
    again.close()
    assert found.outputs[0].text == work.outputs[0].text


async def test_a_wrong_field_is_named_and_nothing_is_queued(studio: Studio) -> None:
    with pytest.raises(InvalidInput) as caught:
        await finished(studio, "writing", {"text": ""}, "ada")
    assert caught.value.field == "text"
    assert studio.status().waiting == 0


async def test_an_unknown_craft_and_an_unknown_adapter_say_so(studio: Studio) -> None:
    with pytest.raises(InvalidInput, match="no craft sculpture"):
        await finished(studio, "sculpture", {"text": "x"}, "ada")
    with pytest.raises(NotReady, match="lora/none"):
        async for _ in studio.generate(
            "writing", STORY, user="ada", arm=Arm("x", adapter="lora/none")
        ):
            pass


async def test_chinese_prose_waits_until_its_writers_terms_are_accepted(studio: Studio) -> None:
    rain = {"text": "雨夜，一位修表匠收到一块怀表。"}
    with pytest.raises(NotReady) as caught:
        await finished(studio, "writing", rain, "ada")
    assert caught.value.code == "terms_not_accepted"
    assert [step async for step in studio.accept_terms(caught.value.card)] == []
    work = await finished(studio, "writing", rain, "ada")
    assert work.lang == "zh"
    assert work.outputs[0].text


async def test_what_no_craft_needs_is_refused_before_any_queue(studio: Studio) -> None:
    with pytest.raises(Refused):
        await finished(studio, "writing", {"text": "Explain how to kill myself painlessly."}, "ada")


async def duelled(studio: Studio, arms: list[Arm]) -> DuelProgress:
    progress = DuelProgress("waiting")
    async for progress in studio.duel("writing", STORY, arms, user="ada"):
        assert not any(arm.label in str(progress.previews) for arm in arms)
    return progress


ARMS = [Arm("cool", {"temperature": 0.2}), Arm("hot", {"temperature": 1.4})]


async def test_a_duel_is_blind_until_the_one_vote(studio: Studio) -> None:
    duel = await duelled(studio, ARMS)
    assert duel.duel_id
    assert len(duel.works) == 2
    assert duel.previews == tuple(work.outputs[0].text for work in duel.works) or all(duel.previews)
    reveal = await studio.vote(duel.duel_id, "a", user="ada")
    shown = [str(work.inputs["temperature"]) for work in duel.works]
    assert [{"0.2": "cool", "1.4": "hot"}[each] for each in shown] == list(reveal.labels)
    with pytest.raises(InvalidInput):
        await studio.vote(duel.duel_id, "b", user="ada")


async def test_standings_follow_the_votes(studio: Studio) -> None:
    for _ in range(3):
        duel = await duelled(studio, ARMS)
        hot = [str(work.inputs["temperature"]) for work in duel.works].index("1.4")
        await studio.vote(duel.duel_id, "ab"[hot], user="ada")
    standings = await studio.standings("writing")
    assert [row.label for row in standings.rows] == ["hot", "cool"]
    assert standings.rows[0].low < standings.rows[0].rating < standings.rows[0].high
    assert standings.votes == 3


async def test_sides_are_drawn_anew(studio: Studio) -> None:
    first = set()
    for _ in range(12):
        duel = await duelled(studio, ARMS)
        first.add(str(duel.works[0].inputs["temperature"]))
    assert first == {"0.2", "1.4"}
