"""The writing desk's promises to a manuscript, kept by the studio on fake models."""

from __future__ import annotations

import pytest

from studio.errors import InvalidInput
from studio.manuscripts import Place
from studio.prose.passage import Passage
from studio.render.recipe import recipe_of
from studio.service import AS_ASKED as ARM
from studio.works import Work

USER = "ada"
TEXT = "He sat down.  The rain went on.\n\nShe left."
PASSAGE = Passage("He sat down.  ", "The rain went on.", "\n\nShe left.")


async def revised(studio, place: Place, **inputs: object) -> Work:
    filled = {"text": place.passage.text, "lang": "en", **inputs}
    async for each in studio.generate("writing", filled, user=USER, place=place):
        if each.work is not None:
            return each.work
    raise AssertionError("no work")


async def test_a_revision_changes_its_passage_and_nothing_else(studio):
    first = await studio.keep("writing", TEXT, user=USER)
    work = await revised(studio, Place(PASSAGE, "rewrite", parent=first.id), kind="rewrite")
    output = work.outputs[0]
    assert output.text.startswith("He sat down.  ")
    assert output.text.endswith("\n\nShe left.")
    piece = output.data["place"]
    assert PASSAGE.before + piece["now"] + PASSAGE.after == output.text
    assert piece["was"] == "The rain went on."
    for other in output.data["alternatives"]:
        assert other["text"] == PASSAGE.before + other["now"] + PASSAGE.after
    assert work.parent == first.id


async def test_going_on_keeps_every_letter_before_the_cursor(studio):
    passage = Passage("", "He sat down.  The rain", " She left.")
    work = await revised(studio, Place(passage, "continue", goes_on=True), kind="continue")
    assert work.outputs[0].text.startswith("He sat down.  The rain ")
    assert work.outputs[0].text.endswith(" She left.")


async def test_versions_hang_together_and_are_ones_own(studio):
    first = await studio.keep("writing", TEXT, user=USER)
    second = await studio.keep("writing", TEXT + " Then.", user=USER, parent=first.id)
    third = await revised(studio, Place(PASSAGE, "expand", parent=second.id), kind="expand")
    other = await studio.keep("writing", "Another text.", user=USER)
    found = await studio.lineage(second.id, user=USER)
    assert [each.id for each in found] == [first.id, second.id, third.id]
    assert [each.id for each in await studio.lineage(other.id, user=USER)] == [other.id]
    with pytest.raises(InvalidInput):
        await studio.lineage(first.id, user="bob")
    with pytest.raises(InvalidInput):
        await studio.keep("writing", "Mine now.", user="bob", parent=first.id)
    with pytest.raises(InvalidInput):
        await revised(studio, Place(PASSAGE, "rewrite", parent="nowhere"), kind="rewrite")


async def test_a_text_by_hand_says_so_in_its_files(studio):
    alone = await studio.keep("writing", "INT. LIFT - NIGHT\n\nANN\nMove.\n\nBEA\nNo.", user=USER)
    files = alone.outputs[0].files
    assert sorted(path.suffix for path in files.values()) == [".docx", ".fountain", ".md", ".txt"]
    for name, path in files.items():
        recipe = recipe_of(name, path.read_bytes())
        assert recipe is not None
        assert recipe["desk"]["how"] == "by_hand", name
    texts = {
        path.suffix: path.read_text("utf-8") for name, path in files.items() if ".docx" not in name
    }
    assert "digitalCreation" in texts[".txt"]
    child = await studio.keep("writing", "Prose now.", user=USER, parent=alone.id)
    (markdown,) = [path for path in child.outputs[0].files.values() if path.suffix == ".md"]
    assert "compositeWithTrainedAlgorithmicMedia" in markdown.read_text("utf-8")
    assert not any(path.suffix == ".fountain" for path in child.outputs[0].files.values())


async def test_an_empty_text_is_not_kept(studio):
    with pytest.raises(InvalidInput):
        await studio.keep("writing", " \n ", user=USER)


async def test_tokens_are_estimated_until_the_writer_is_loaded(studio):
    note = "The keeper is sixty and does not talk much."
    assert not (await studio.count_tokens("writing", note)).exact
    async for _ in studio.generate("writing", {"text": "a tram"}, user=USER):
        pass
    counted = await studio.count_tokens("writing", note)
    assert counted.exact
    assert counted.tokens > 0


async def test_topics_are_of_several_works_and_of_one_person(studio):
    for text in ("The lighthouse keeper lit the lamp.", "A lighthouse keeper wrote about a lamp."):
        await studio.keep("writing", text, user=USER)
    topics = await studio.topics(user=USER)
    assert "lighthouse" in topics[0].words
    assert len(topics[0].works) == 2
    assert await studio.topics(user="bob") == ()


async def test_proof_and_insight_tell_the_language_by_the_text(studio):
    (slip,) = await studio.proof("He recieved it.")
    assert slip.fixes[0] == "received"
    assert "clause_length" in await studio.insight("雨停了，他走了。")


@pytest.mark.parametrize(("words", "least", "most"), [(40, 50, 90), (400, 560, 620)])
async def test_a_length_in_words_is_the_models_budget(studio, words, least, most):
    order = studio._order(studio.crafts["writing"], {"text": "a tram", "words": words}, ARM)
    assert least <= order.requests[0].sampling.max_tokens <= most
