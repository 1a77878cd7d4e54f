"""Pipelines through the whole studio: they paint from words and over pictures, stand in blind
duels, show their steps, stop when asked, and what they paint goes through the filter."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import aclosing
from pathlib import Path
from types import MappingProxyType

import numpy as np
import pytest

from studio.archive import Archive
from studio.batch import finished
from studio.catalog import Card, Catalog
from studio.crafts.image_kept import kept_picture
from studio.crafts.image_start import start_text
from studio.engine.family import Family
from studio.engine.manager import Manager
from studio.engine.ticket import Ticket
from studio.errors import InvalidInput, NotReady, Refused
from studio.families.diffusion import Diffusion
from studio.families.fake import Fake
from studio.history.store import Store
from studio.requests import Picture, Request
from studio.safety.picture_filter import PictureFilter
from studio.service import Studio
from studio.settings import Settings
from studio.works import Arm, Work
from tests.families.tiny_pipeline import CARD, tiny_pipeline_card

OWN = "gan/abstract"
SEA: Mapping[str, object] = MappingProxyType(
    {"text": "a red sea", "n": 1, "size": "256", "seed": 7, "finish": "none"}
)
BY_TINY = {**SEA, "painter": CARD}


class Loads:
    """The fake for the studio's own cards, the real family for the pipeline."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog

    def footprint(self, card: str) -> int:
        return 1000 if self._catalog.card(card) else 0

    def load(self, card: str) -> Family:
        known = self._catalog.card(card)
        if known.family == "diffusion":
            return Diffusion.open(known, self._catalog, "cpu", "float32")
        return Fake.open(known, self._catalog, "cpu", "float32")


class Scored:
    """A filter's scorer that gives every picture the same score."""

    def __init__(self, score: float) -> None:
        self.score = score

    def scores(self, pictures: Sequence[Picture]) -> list[float]:
        return [self.score for _ in pictures]


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Card:
    """A tiny Stable Diffusion that is only painted with when it is asked for."""
    return tiny_pipeline_card(tmp_path_factory.mktemp("models"), automatic=False)


@pytest.fixture
def scorer() -> Scored:
    return Scored(0.1)


@pytest.fixture
def painters(fake_settings: Settings, tiny: Card, scorer: Scored) -> Iterator[Studio]:
    """A studio whose own cards are faked, and that has a real pipeline beside them."""
    catalog = Catalog.read(fake_settings.models_dir).with_card(tiny)
    manager = Manager(Loads(catalog), budget_bytes=10**9, max_queue=64, device="cpu")
    archive = Archive(Store(fake_settings.database), fake_settings.works_dir)
    opened = Studio(
        fake_settings, catalog, manager, archive, open_filter=lambda: PictureFilter(scorer)
    )
    yield opened
    opened.close()


def over(work: Work) -> str:
    return start_text("repaint", [kept_picture(work.outputs[0].data, work.id, 1)])


def pixels(work: Work) -> bytes:
    return next(iter(work.outputs[0].files.values())).read_bytes()


async def asked(studio: Studio, monkeypatch: pytest.MonkeyPatch, **inputs: object) -> list[Request]:
    """What reaches the engine."""
    seen: list[Request] = []
    submit = studio._manager.submit

    def noted(request: Request, **how: bool) -> Ticket:
        seen.append(request)
        return submit(request, **how)

    monkeypatch.setattr(studio._manager, "submit", noted)
    await finished(studio, "image", {**SEA, **inputs}, "ada")
    return seen


async def test_a_pipeline_paints_from_words_and_its_recipe_paints_it_again(
    painters: Studio,
) -> None:
    work = await finished(painters, "image", {**BY_TINY, "steps": 2, "n": 2}, "ada")
    assert [each.data["steps"] for each in work.outputs] == [2, 2]
    assert work.outputs[0].data["painter"] == CARD
    assert "a red sea" in str(work.outputs[0].data["prompt"])
    assert work.recipe["models"][0]["card"] == CARD  # type: ignore[index]
    again = await finished(painters, "image", work.inputs, "ada")
    assert again.inputs == work.inputs
    assert pixels(again) == pixels(work)


async def test_steps_are_shown_as_they_are_painted(painters: Studio) -> None:
    fractions, shown = [], 0
    async with aclosing(painters.generate("image", BY_TINY, user="ada")) as progress:
        async for each in progress:
            fractions.append(each.fraction)
            shown += bool(each.pictures)
    assert fractions == sorted(fractions)
    assert any(0 < each < 1 for each in fractions)
    assert shown


async def test_a_picture_of_the_studio_is_painted_over(painters: Studio) -> None:
    first = await finished(painters, "image", SEA, "ada")
    assert first.recipe["models"][0]["card"] == OWN  # type: ignore[index]
    near, far = [
        await finished(painters, "image", {**SEA, "start": over(first), "strength": each}, "ada")
        for each in (0.1, 1.0)
    ]
    assert near.outputs[0].data["painter"] == CARD, "the one painter there is was taken"
    assert near.parent == first.id
    assert near.outputs[0].data["parents"] == [{"work": first.id, "version": 1}]
    assert {each["card"] for each in near.recipe["models"]} >= {OWN, CARD}  # type: ignore[attr-defined]
    assert pixels(near) != pixels(far)


async def test_a_composition_that_is_forgotten_is_made_again(painters: Studio) -> None:
    first = await finished(painters, "image", SEA, "ada")
    start = {**BY_TINY, "start": over(first)}
    work = await finished(painters, "image", start, "ada")
    painters._pictures._painted._known.clear()
    again = await finished(painters, "image", start, "ada")
    assert pixels(again) == pixels(work)


async def test_the_picture_of_a_pipeline_has_no_layout_to_work_on(painters: Studio) -> None:
    work = await finished(painters, "image", BY_TINY, "ada")
    with pytest.raises(InvalidInput) as refused:
        kept_picture(work.outputs[0].data, work.id, 1)
    assert refused.value.code == "image_kept"


async def test_what_needs_layouts_stays_with_the_own_generator(painters: Studio) -> None:
    first = await finished(painters, "image", SEA, "ada")
    kept = kept_picture(first.outputs[0].data, first.id, 1)
    vary = {**BY_TINY, "start": start_text("vary", [kept], reach="near")}
    work = await finished(painters, "image", vary, "ada")
    assert work.recipe["models"][0]["card"] == OWN  # type: ignore[index]
    with pytest.raises(InvalidInput) as refused:
        async for _ in painters.generate("image", vary, user="ada", arm=Arm("tiny", card=CARD)):
            pass
    assert refused.value.code == "only_from_words"


async def test_generator_and_pipeline_in_a_blind_duel(painters: Studio) -> None:
    arms = [Arm("own", card=OWN), Arm("pipeline", card=CARD)]
    async with aclosing(painters.duel("image", SEA, arms, user="ada")) as duel:
        shown = [each async for each in duel][-1]
    assert "painter" not in str(shown.previews)
    reveal = await painters.vote(shown.duel_id, "a", user="ada")
    cards = [work.recipe["models"][0]["card"] for work in shown.works]  # type: ignore[index]
    assert dict(zip(reveal.labels, cards, strict=True)) == {"own": OWN, "pipeline": CARD}


async def test_stopping_frees_the_painter(painters: Studio) -> None:
    slow = {**BY_TINY, "steps": 100, "n": 4}
    progress = painters.generate("image", slow, user="ada")
    async with aclosing(progress):
        async for each in progress:
            if each.pictures:
                break
    work = await finished(painters, "image", {**BY_TINY, "steps": 1}, "ada")
    assert work.outputs[0].data["steps"] == 1
    assert len(await painters.search(user="ada")) == 1
    assert painters.status().running == 0


async def test_only_pipelines_are_looked_at_by_the_filter(painters: Studio, scorer: Scored) -> None:
    scorer.score = 0.95
    own = await finished(painters, "image", SEA, "ada")
    assert "filter" not in own.outputs[0].data
    clear = pixels(await finished(painters, "image", {**BY_TINY, "steps": 2}, "bo"))
    work = await finished(painters, "image", {**BY_TINY, "steps": 2}, "ada")
    verdict = work.outputs[0].data["filter"]
    assert verdict["rule"] == "nudity"  # type: ignore[index]
    assert verdict["blurred"] is True  # type: ignore[index]
    check = next(each for each in work.outputs[0].checks if each.name == "picture_safety")
    assert not check.passed
    assert pixels(work) == clear, "a blurred picture is blurred each time"
    scorer.score = 0.1
    after = await finished(painters, "image", {**BY_TINY, "steps": 2}, "ada")
    assert pixels(after) != pixels(work)


async def test_previews_are_veiled(painters: Studio, scorer: Scored) -> None:
    clear = [roughness(picture) async for picture in previews(painters)]
    scorer.score = 0.95
    veiled = [roughness(picture) async for picture in previews(painters)]
    assert veiled
    assert max(veiled) < min(clear) / 2


def roughness(picture: Picture) -> float:
    """Mean difference of neighbouring pixels."""
    levels = np.frombuffer(picture.rgb, np.uint8).reshape(picture.height, -1, 3).astype(float)
    return float(np.abs(np.diff(levels, axis=1)).mean())


async def previews(studio: Studio) -> AsyncIterator[Picture]:
    async with aclosing(studio.generate("image", BY_TINY, user="ada")) as progress:
        async for each in progress:
            for picture in each.pictures:
                yield picture


async def test_a_brought_picture_that_meets_the_rule_is_refused(
    painters: Studio, scorer: Scored
) -> None:
    grey = Picture(8, 8, bytes(192))
    await painters.check_upload(grey)
    scorer.score = 0.95
    with pytest.raises(Refused) as refused:
        await painters.check_upload(grey)
    assert refused.value.rule == "nudity"


async def test_without_the_filter_a_pipeline_is_not_even_queued(painters: Studio) -> None:
    def missing() -> PictureFilter:
        raise NotReady("filter/open-nsfw", "The picture filter is not here.")

    painters._pictures._open_filter = missing
    with pytest.raises(NotReady, match="filter"):
        await finished(painters, "image", BY_TINY, "ada")
    await finished(painters, "image", SEA, "ada")


async def test_what_the_form_says_reaches_the_painter(
    painters: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    (request,) = await asked(
        painters,
        monkeypatch,
        painter=CARD,
        text="宁静的湖面",
        steps=3,
        guidance=6,
        negative="text",
        scheduler="euler",
        size="story",
        palette="#d62828 #14234a",
        style="rings",
    )
    assert request.card == CARD
    told = {name: request.condition[name] for name in ("steps", "guidance", "negative")}
    assert told == {"steps": 3, "guidance": 6.0, "negative": "text"}
    assert request.condition["scheduler"] == "euler"
    assert "strength" not in request.condition
    assert request.prompt == "abstract painting, rings, in red and navy. 宁静的湖面"
    assert request.condition["aspect"] == pytest.approx(1080 / 1920, abs=1e-3)


async def test_the_page_offers_painters_only_where_there_are_some(
    painters: Studio, studio: Studio
) -> None:
    assert studio.crafts["image"].named("painter").hidden
    shown = painters.crafts["image"].named("painter")
    assert not shown.hidden
    assert {"auto", OWN, CARD} <= set(shown.choices)
    first = await finished(studio, "image", SEA, "ada")
    with pytest.raises(NotReady) as nobody:
        await finished(studio, "image", {**SEA, "start": over(first)}, "ada")
    assert nobody.value.code == "no_painter"


async def test_a_card_that_paints_not_and_one_that_is_not_here(studio: Studio) -> None:
    with pytest.raises(InvalidInput) as writes:
        await finished(studio, "image", {**SEA, "painter": "lm/melody"}, "ada")
    assert writes.value.code == "not_a_painter"
    with pytest.raises(NotReady) as away:
        await finished(studio, "image", {**SEA, "painter": "hub/flux1-schnell"}, "ada")
    assert "studio models fetch hub/flux1-schnell" in away.value.hint


def with_folder(settings: Settings, folder: Path) -> Studio:
    folder.mkdir()
    (folder / "model_index.json").write_text("{}", "utf-8")
    given = {"STUDIO_FAKE": "1", "STUDIO_DATA_DIR": str(settings.data_dir)}
    return Studio.open(Settings.from_environ({**given, "STUDIO_PAINTER": str(folder)}))


async def test_the_configured_painter_paints_unasked_and_the_own_one_when_named(
    fake_settings: Settings, tmp_path: Path
) -> None:
    studio = with_folder(fake_settings, tmp_path / "mine")
    try:
        work = await finished(studio, "image", SEA, "ada")
        assert work.inputs["painter"] == "folder/mine"
        assert work.recipe["models"][0]["card"] == "folder/mine"  # type: ignore[index]
        own = await finished(studio, "image", {**SEA, "painter": OWN}, "ada")
        assert own.recipe["models"][0]["card"] == OWN  # type: ignore[index]
    finally:
        studio.close()


def test_a_folder_without_a_pipeline_says_so(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput) as refused:
        Studio.open(Settings.from_environ({"STUDIO_FAKE": "1", "STUDIO_PAINTER": str(tmp_path)}))
    assert refused.value.code == "no_pipeline_folder"
