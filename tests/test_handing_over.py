"""Works handed on to other crafts: what goes over, their links, and the chain made again."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PIL import Image

from studio.batch import finished
from studio.crafts.image_kept import kept_picture
from studio.crafts.origin import Origin
from studio.errors import InvalidInput
from studio.render.recipe import recipe_of
from studio.service import Studio
from studio.works import Work

USER = "ada"
SMALL = {"finish": "smooth", "size": "256"}


async def poem_of(studio: Studio, **more: object) -> Work:
    inputs = {"text": "first frost on the tram lines", "form": "haiku", **more}
    return await finished(studio, "poetry", inputs, USER)


async def handed(studio: Studio, work: Work, name: str, **more: object) -> Work:
    passed = await studio.hand_over(work.id, 1, name, user=USER)
    return await finished(studio, passed.craft, {**passed.inputs, **more}, USER)


async def chain_of(studio: Studio) -> tuple[Work, Work, Work]:
    poem = await poem_of(studio)
    picture = await handed(studio, poem, "poem_picture", n=1, **SMALL)
    melody = await handed(studio, poem, "poem_melody", n=1)
    return poem, picture, melody


def summary(work: Work) -> object:
    """Everything of a work but its ids, times and files."""
    return (
        work.craft,
        work.lang,
        work.title,
        dict(work.plan),
        [
            (each.text, each.title, each.seed, [(c.name, c.passed, c.detail) for c in each.checks])
            for each in work.outputs
        ],
    )


async def test_a_poem_passes_mood_images_and_plan_to_a_picture(studio):
    poem = await poem_of(studio)
    passed = await studio.hand_over(poem.id, 1, "poem_picture", user=USER)
    assert passed.craft == "image"
    assert passed.inputs["text"]
    assert passed.inputs["style"] != "auto"
    assert str(passed.inputs["palette"]).startswith("#")
    assert "palette" in dict(passed.said)
    picture = await finished(studio, "image", {**passed.inputs, "n": 1, **SMALL}, USER)
    assert [(each.work, each.version, each.relation) for each in picture.links] == [
        (poem.id, 1, "poem_picture")
    ]
    assert "origin" not in picture.recipe["inputs"]


async def test_the_lineage_goes_across_crafts_and_is_ones_own(studio):
    poem, picture, melody = await chain_of(studio)
    other = await poem_of(studio)
    found = await studio.lineage(melody.id, user=USER)
    assert [each.id for each in found] == [poem.id, picture.id, melody.id]
    assert [each.id for each in await studio.lineage(other.id, user=USER)] == [other.id]
    with pytest.raises(InvalidInput):
        await studio.hand_over(poem.id, 1, "poem_picture", user="bob")


async def test_a_poem_is_sung_by_its_lines(studio):
    poem, _, melody = await chain_of(studio)
    words = [line.strip(" ,.;") for line in poem.outputs[0].data["lines"]]
    assert [line.strip(" ,.;") for line in melody.outputs[0].data["words"]]
    assert str(melody.inputs["words"]).splitlines()[0].startswith(words[0])


async def test_a_poem_becomes_a_board_of_one_palette_in_one_batch(studio):
    poem = await poem_of(studio)
    board = await handed(studio, poem, "poem_board", **SMALL)
    lines = poem.outputs[0].data["lines"]
    assert len(board.outputs) == len(lines)
    told = [each.data for each in board.outputs]
    assert len({tuple(each["palette"]) for each in told}) == 1
    assert len({each["style"] for each in told}) == 1
    assert len({each.seed for each in board.outputs}) == len(lines)
    assert [each["label"]["panel"] for each in told] == list(range(1, len(lines) + 1))


async def test_a_picture_goes_along_with_its_kit(studio):
    poem = await poem_of(studio)
    picture = await handed(studio, poem, "poem_picture", n=1, **SMALL)
    passed = await studio.hand_over(picture.id, 1, "picture_kit", user=USER)
    assert len(str(passed.inputs["upload"])) == 64
    assert passed.inputs["palette"]


async def test_a_file_holds_the_whole_chain(studio):
    poem, picture, _ = await chain_of(studio)
    again = await handed(studio, picture, "picture_words", drafts=1)
    name, path = next((n, p) for n, p in again.outputs[0].files.items() if n.endswith(".md"))
    recipe = recipe_of(name, path.read_bytes())
    origin = Origin.read(recipe["origin"])
    assert [step.work for step in origin.recipes] == [poem.id, picture.id]
    assert [step.recipe["craft"] for step in origin.recipes] == ["poetry", "image"]
    assert origin.works[0].relation == "picture_words"


async def rebuilt(studio: Studio, recipe: object, user: str) -> list[Work]:
    return [each.work async for each in studio.rebuild(recipe, user) if each.work is not None]


async def test_a_rebuilt_chain_equals_the_first_one(studio):
    poem, picture, _ = await chain_of(studio)
    kept = {"verb": "vary", "reach": "near"}
    varied = await finished(
        studio,
        "image",
        {"text": picture.text, "n": 1, **SMALL, "start": {**kept, "of": [_kept(picture)]}},
        USER,
    )
    words = await handed(studio, varied, "picture_words", drafts=1)
    first = [poem, picture, varied, words]
    made = await rebuilt(studio, words.recipe, "eve")
    assert [summary(each) for each in made] == [summary(each) for each in first]
    assert not {each.id for each in made} & {each.id for each in first}
    lineage = await studio.lineage(made[-1].id, user="eve")
    assert [each.id for each in lineage] == [each.id for each in made]
    relations = [[link.relation for link in each.links] for each in made]
    assert relations == [[], ["poem_picture"], ["vary"], ["picture_words"]]
    pixels = [
        next(p for n, p in w.outputs[0].files.items() if n == "picture.png")
        for w in (picture, made[1])
    ]
    assert len({_pixels(path) for path in pixels}) == 1


async def test_what_was_written_by_hand_comes_back_as_it_was(studio):
    poem = await poem_of(studio)
    own = await studio.keep("poetry", "frost\non the rails", user=USER, parent=poem.id)
    picture = await handed(studio, own, "poem_picture", n=1, **SMALL)
    made = await rebuilt(studio, picture.recipe, "eve")
    assert [each.craft for each in made] == ["poetry", "poetry", "image"]
    assert made[1].outputs[0].text == "frost\non the rails"
    with pytest.raises(InvalidInput) as caught:
        await rebuilt(studio, own.recipe, "eve")
    assert caught.value.code == "rebuild_by_hand"


async def test_what_makes_no_sense_is_refused_by_name(studio):
    poem = await poem_of(studio)
    for version, name, code in ((1, "film", "handover_name"), (9, "poem_picture", "no_version")):
        with pytest.raises(InvalidInput) as caught:
            await studio.hand_over(poem.id, version, name, user=USER)
        assert caught.value.code == code
    for bad in (
        "[]",
        "{",
        {"works": "x"},
        {"works": [{"work": "<b>", "version": 1, "relation": "x"}]},
        {"more": 1},
    ):
        with pytest.raises(InvalidInput) as caught:
            await finished(studio, "poetry", {"text": "rain", "origin": bad}, USER)
        assert caught.value.field == "origin"


async def test_a_work_of_somebody_else_is_no_link(studio):
    poem = await poem_of(studio)
    origin = {"works": [{"work": poem.id, "version": 1, "relation": "text_poem"}]}
    mine = await finished(studio, "poetry", {"text": "rain", "origin": origin}, "eve")
    assert mine.links == ()
    assert "recipes" not in mine.recipe["origin"]


async def test_an_origin_of_unknown_works_keeps_its_chain(studio):
    poem, picture, _ = await chain_of(studio)
    told = json.dumps(picture.recipe["origin"])
    again = await finished(
        studio, "image", {**picture.recipe["inputs"], "origin": told}, "somebody-else"
    )
    assert again.links == ()
    assert again.recipe["origin"] == picture.recipe["origin"]
    made = await rebuilt(studio, again.recipe, "third")
    assert [each.craft for each in made] == ["poetry", "image"]
    assert made[0].outputs[0].text == poem.outputs[0].text


def _kept(work: Work) -> dict[str, object]:
    return kept_picture(work.outputs[0].data, work.id, 1)


def _pixels(path: Path) -> bytes:
    with Image.open(path) as image:
        return image.convert("RGB").tobytes()
