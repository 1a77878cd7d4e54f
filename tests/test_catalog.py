"""The catalog: one folder is one card, and a broken manifest is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from studio.catalog import Catalog
from studio.errors import InvalidInput, NotReady
from studio.roster import CatalogRoster, with_writer

CARD = """
name = "{name}"
version = "1"
kind = "{kind}"
family = "causal_lm"
licence = "Apache-2.0"
roles = {roles}
languages = {languages}
crafts = {crafts}
base = "{base}"
extra_note = "kept"
"""


def add_card(
    models: Path,
    name: str,
    *,
    kind: str = "base",
    roles: str = '["writer"]',
    languages: str = '["en"]',
    crafts: str = "[]",
    base: str = "",
) -> None:
    folder = models / name
    folder.mkdir(parents=True)
    text = CARD.format(
        name=name, kind=kind, roles=roles, languages=languages, crafts=crafts, base=base
    )
    (folder / "model.toml").write_text(text)


@pytest.fixture
def models(tmp_path: Path) -> Path:
    add_card(tmp_path, "base/small")
    add_card(tmp_path, "lora/poet", kind="lora", roles="[]", crafts='["poetry"]', base="base/small")
    return tmp_path


def test_a_folder_is_a_card(models: Path) -> None:
    catalog = Catalog.read(models)
    assert [card.name for card in catalog] == ["base/small", "lora/poet"]
    assert catalog.card("base/small").extra["extra_note"] == "kept"
    assert [card.name for card in catalog.adapters("base/small")] == ["lora/poet"]


def test_unknown_cards_stop_before_any_queue(models: Path) -> None:
    with pytest.raises(NotReady, match="no card lm/none"):
        Catalog.read(models).card("lm/none")


def test_an_adapter_must_fit_its_base(models: Path) -> None:
    add_card(models, "base/other")
    with pytest.raises(InvalidInput, match="no adapter for base/other"):
        Catalog.read(models).adapter("lora/poet", "base/other")


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('kind = "base"', 'kind = "thing"', "thing"),
        ('name = "base/small"', 'name = "base/large"', "folder"),
        ('version = "1"', "version = ", "base/small/model.toml"),
        ('licence = "Apache-2.0"\n', "", "licence"),
    ],
)
def test_a_broken_manifest_is_named(models: Path, old: str, new: str, says: str) -> None:
    path = models / "base/small/model.toml"
    path.write_text(path.read_text().replace(old, new))
    with pytest.raises(InvalidInput, match=says):
        Catalog.read(models)


def test_the_roster_takes_the_fitting_adapter_of_the_craft(models: Path) -> None:
    catalog = Catalog.read(models)
    poetry = CatalogRoster(catalog, "poetry", lambda card: True)
    writing = CatalogRoster(catalog, "writing", lambda card: True)
    assert poetry.choose("writer", "en") == ("base/small", "lora/poet")
    assert writing.choose("writer", "en") == ("base/small", None)


def test_an_arm_may_switch_the_adapter_off(models: Path) -> None:
    arm = CatalogRoster(Catalog.read(models), "poetry", lambda card: True, adapter="none")
    assert arm.choose("writer", "en") == ("base/small", None)


def test_no_chinese_writer_says_what_to_set(models: Path) -> None:
    roster = CatalogRoster(Catalog.read(models), "writing", lambda card: True)
    with pytest.raises(NotReady) as caught:
        roster.choose("writer", "zh")
    assert caught.value.code == "no_chinese_writer"
    assert "STUDIO_WRITER" in caught.value.hint


def test_what_is_not_installed_says_how_to_fetch_it(models: Path) -> None:
    roster = CatalogRoster(Catalog.read(models), "writing", lambda card: False)
    with pytest.raises(NotReady) as caught:
        roster.choose("writer", "en")
    assert "studio models fetch base/small" in caught.value.hint


def test_a_writer_that_was_asked_for_is_not_replaced_in_silence(models: Path) -> None:
    catalog, writer = with_writer(Catalog.read(models), "Qwen/Qwen3-1.7B")
    roster = CatalogRoster(catalog, "writing", lambda card: card.name == "base/small", card=writer)
    with pytest.raises(NotReady, match=r"hub/Qwen--Qwen3-1[.]7B is not installed"):
        roster.choose("writer", "en")


def test_one_setting_swaps_the_writer(models: Path) -> None:
    catalog, writer = with_writer(Catalog.read(models), "Qwen/Qwen3-1.7B")
    roster = CatalogRoster(catalog, "writing", lambda card: True, card=writer)
    assert roster.choose("writer", "zh")[0] == writer
    assert roster.choose("writer", "en")[0] == writer
    assert catalog.card(writer).sources[0].repo_id == "Qwen/Qwen3-1.7B"
