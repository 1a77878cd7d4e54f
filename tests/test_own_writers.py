"""STUDIO_WRITER as a folder: the whole path, from the form to the kept work, on tiny models of
three architectures, in the types and with the adapters a large one would have."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file, save_file

from studio.batch import finished
from studio.catalog import Card, Catalog
from studio.errors import InvalidInput, OutOfMemory, StudioError
from studio.service import Studio
from studio.settings import Settings
from studio.works import Arm
from studio.writers import with_writers
from tests.families.tiny_models import tiny_card

ARCHITECTURES = ("llama", "qwen3", "gemma3")
STORY = {
    "text": "A keeper finds a letter.",
    "kind": "story",
    "length": "short",
    "drafts": 1,
    "seed": 5,
}
README = "---\nlicense: mit\nlanguage: [en]\n---\n# Mine\n"


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """One folder an architecture, as `save_pretrained` writes it, with room for a prompt."""
    place = tmp_path_factory.mktemp("own")
    made = {kind: tiny_card(place, kind).folder for kind in ARCHITECTURES}
    for folder in made.values():
        config = json.loads((folder / "config.json").read_text())
        config["max_position_embeddings"] = 2048
        (folder / "config.json").write_text(json.dumps(config))
    return made


@contextmanager
def opened(folder: Path, data: Path, **variables: str) -> Iterator[Studio]:
    given = {"STUDIO_WRITER": str(folder), "STUDIO_DATA_DIR": str(data), "STUDIO_DEVICE": "cpu"}
    studio = Studio.open(Settings.from_environ(given | variables))
    studio._reader = None  # the drafts' encoder is another matter
    try:
        yield studio
    finally:
        studio.close()


@pytest.mark.parametrize("kind", ARCHITECTURES)
async def test_a_folder_writes_prose(folders: dict[str, Path], tmp_path: Path, kind: str) -> None:
    with opened(folders[kind], tmp_path) as studio:
        story = await finished(studio, "writing", STORY, "ada")
        again = await finished(studio, "writing", STORY, "ada")
    assert story.recipe["models"][0]["card"] == f"folder/{kind}"  # type: ignore[index]
    assert story.outputs[0].text
    assert again.outputs[0].text == story.outputs[0].text


async def test_a_folder_holds_a_form(folders: dict[str, Path], tmp_path: Path) -> None:
    with opened(folders["qwen3"], tmp_path) as studio:
        haiku = {"text": "the sea", "form": "haiku", "seed": 2}
        poem = await finished(studio, "poetry", haiku, "ada")
    assert all(check.passed for check in poem.outputs[0].checks if check.name == "line_length")
    assert len(poem.outputs[0].text.splitlines()) == 3


@pytest.mark.parametrize("dtype", ["bfloat16", "int8"])
async def test_it_runs_in_16_and_8_bits(
    folders: dict[str, Path], tmp_path: Path, dtype: str
) -> None:
    with opened(folders["qwen3"], tmp_path, STUDIO_DTYPE=dtype) as studio:
        assert (await finished(studio, "writing", STORY, "ada")).outputs


async def test_an_adapter_of_the_folder_changes_what_it_writes(
    folders: dict[str, Path], tmp_path: Path
) -> None:
    adapter = trained_adapter(folders["llama"], tmp_path / "mine")
    with opened(folders["llama"], tmp_path) as studio:
        plain = await finished(studio, "writing", STORY, "ada")
    with opened(folders["llama"], tmp_path) as studio:
        studio.catalog = studio.catalog.with_card(adapter)
        for part in (studio._orders, studio._available, studio._pictures):
            part._catalog = studio.catalog  # type: ignore[attr-defined]
        studio._manager._worker.residency._loader._catalog = studio.catalog  # type: ignore[attr-defined]
        tuned = await finished(studio, "writing", STORY, "ada")
    assert tuned.recipe["models"][0]["adapter"] == "lora/mine"  # type: ignore[index]
    assert tuned.outputs[0].text != plain.outputs[0].text


def trained_adapter(base: Path, folder: Path) -> Card:
    """A PEFT adapter with weights that matter."""
    from peft import LoraConfig, get_peft_model
    from transformers import AutoModelForCausalLM

    torch.manual_seed(1)
    model = AutoModelForCausalLM.from_pretrained(base)
    config = LoraConfig(r=4, lora_alpha=32, target_modules=["q_proj", "v_proj"])
    get_peft_model(model, config).save_pretrained(folder)
    weights = load_file(folder / "adapter_model.safetensors")
    weights = {name: torch.randn_like(each) for name, each in weights.items()}
    save_file(weights, folder / "adapter_model.safetensors")
    return Card(
        name="lora/mine", version="1", kind="lora", family="causal_lm", licence="CC0-1.0",
        folder=folder, base=f"folder/{base.name}", crafts=("writing",),
    )  # fmt: skip


class TestBeforeItLoads:
    async def test_the_picker_knows_what_it_is_and_takes(
        self, folders: dict[str, Path], tmp_path: Path
    ) -> None:
        (folders["llama"] / "README.md").write_text(README)
        with opened(folders["llama"], tmp_path) as studio:
            told = {each.card: each for each in await studio.writers()}
            own = told["folder/llama"]
            assert (own.licence, own.languages, own.installed) == ("mit", ("en",), True)
            assert own.parameters > 10_000
            assert own.fits == "fits"
            await finished(studio, "writing", STORY, "ada")
            (loaded,) = [e for e in await studio.writers() if e.card == "folder/llama"]
            assert loaded.fits == "loaded"
        (folders["llama"] / "README.md").unlink()
        assert own.need_bytes == pytest.approx(loaded.need_bytes, rel=0.25)
        hub = told["hub/qwen3-1.7b"]
        assert not hub.installed
        assert hub.download_bytes > 3e9

    async def test_what_can_never_fit_says_so_first(
        self, folders: dict[str, Path], tmp_path: Path
    ) -> None:
        with opened(folders["qwen3"], tmp_path, STUDIO_BUDGET_MB="1") as studio:
            (own,) = [e for e in await studio.writers() if e.card == "folder/qwen3"]
            assert own.fits == "too_large"
            with pytest.raises(OutOfMemory):
                await finished(studio, "writing", STORY, "ada")

    def test_a_folder_without_a_model_is_named(self, tmp_path: Path) -> None:
        with pytest.raises(InvalidInput) as wrong:
            with_writers(Catalog([]), settings(STUDIO_WRITER=str(tmp_path)))
        assert wrong.value.code == "no_model_folder"

    def test_an_id_of_the_hub_is_a_card_that_can_be_fetched(self) -> None:
        catalog, name = with_writers(Catalog([]), settings(STUDIO_WRITER="Qwen/Qwen3-4B"))
        assert catalog.card(name).sources[0].repo_id == "Qwen/Qwen3-4B"


class TestAnEndpoint:
    """Which requests an endpoint gets."""

    @pytest.fixture
    def studio(self, tmp_path: Path) -> Iterator[Studio]:
        given = settings(STUDIO_FAKE="1", STUDIO_DATA_DIR=str(tmp_path), **ENDPOINT)
        studio = Studio.open(given)
        yield studio
        studio.close()

    async def card(self, studio: Studio, craft: str, **inputs: object) -> str:
        work = await finished(studio, craft, inputs, "ada")
        return str(work.recipe["models"][0]["card"])  # type: ignore[index]

    async def test_it_writes_by_itself_only_what_nobody_here_can(self, studio: Studio) -> None:
        assert await self.card(studio, "writing", text="A letter.") == "base/smollm2-135m-instruct"

    async def test_preferred_it_writes_prose_and_ads_but_no_form(self, tmp_path: Path) -> None:
        given = {**ENDPOINT, "STUDIO_WRITER": "Qwen/Qwen3-30B", "STUDIO_DATA_DIR": str(tmp_path)}
        studio = Studio.open(settings(STUDIO_FAKE="1", **given))
        try:
            assert await self.card(studio, "writing", text="雨夜来信") == REMOTE
            ad = {"brand": "Morrow", "product": "steel bottle", "benefits": ["cold"]}
            assert await self.card(studio, "ad_copy", **ad) == REMOTE
            free = {"text": "the sea", "form": "free_verse"}
            assert await self.card(studio, "poetry", **free) == REMOTE
            held = studio._order(studio.crafts["poetry"], HAIKU, Arm("as asked"))
            assert {each.card for each in held.requests} == {"base/smollm2-135m-instruct"}
        finally:
            studio.close()

    async def test_chosen_for_a_form_it_says_why_not(self, studio: Studio) -> None:
        with pytest.raises(StudioError) as refused:
            async for _ in studio.generate("poetry", HAIKU, user="a", arm=Arm("x", card=REMOTE)):
                pass
        assert refused.value.code == "constraint_remote"

    def test_a_key_shows_itself_nowhere(self) -> None:
        given = settings(**ENDPOINT, STUDIO_ENDPOINT_KEY="sk-secret", STUDIO_API_KEY="sk-own")
        catalog, _ = with_writers(Catalog([]), given)
        assert "sk-" not in repr(given) + repr(catalog.card(REMOTE)) + str(replace(given))

    @pytest.mark.parametrize("wrong", ["h:8000/v1", "ftp://h/v1", "http://me:key@h/v1", "http://"])
    def test_an_address_that_is_none_is_named(self, wrong: str) -> None:
        with pytest.raises(InvalidInput, match="STUDIO_ENDPOINT"):
            settings(STUDIO_ENDPOINT=wrong)


HAIKU = {"text": "the sea", "form": "haiku"}
REMOTE = "remote/Qwen--Qwen3-30B"
ENDPOINT = {"STUDIO_ENDPOINT": "http://127.0.0.1:9/v1", "STUDIO_ENDPOINT_MODEL": "Qwen/Qwen3-30B"}


def settings(**variables: str) -> Settings:
    return Settings.from_environ(variables)
