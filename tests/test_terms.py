"""Terms of use: accepted once, by somebody, before weights are fetched or used."""

from __future__ import annotations

import json
import shutil
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from studio import model_commands
from studio.__main__ import main
from studio.catalog import Card, Catalog, Terms
from studio.errors import NotReady
from studio.families.loader import CardLoader
from studio.roster import CatalogRoster
from studio.settings import Settings
from studio.terms import AcceptedTerms

TERMS = Terms(
    name="fair",
    version="2026-01-01",
    title="Fair Terms",
    url="https://example.org/terms",
    policy_url="https://example.org/policy",
    summary={"en": "Be fair.", "zh": "要公平。"},
)
BASE = """
name = "base/fair"
version = "1"
kind = "base"
family = "causal_lm"
roles = ["writer"]
languages = ["zh"]
licence = "Fair Terms"
[terms]
name = "fair"
version = "2026-01-01"
title = "Fair Terms"
url = "https://example.org/terms"
policy_url = "https://example.org/policy"
[terms.summary]
en = "Be fair."
zh = "要公平。"
[[sources]]
kind = "wheel"
package = "fair-weights"
version = "1.0"
member = "fair/model.gguf"
sha256 = "00"
"""
ADAPTER = """
name = "lora/prose"
version = "1"
kind = "lora"
family = "causal_lm"
base = "base/fair"
crafts = ["writing"]
languages = ["zh"]
licence = "Fair Terms"
"""


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A studio of one card with terms, and an adapter on it."""
    for name, text in (("base/fair", BASE), ("lora/prose", ADAPTER)):
        (tmp_path / "models" / name).mkdir(parents=True)
        (tmp_path / "models" / name / "model.toml").write_text(text, "utf-8")
    monkeypatch.setenv("STUDIO_ROOT", str(tmp_path))
    monkeypatch.setenv("STUDIO_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.delenv("STUDIO_ACCEPT", raising=False)
    return tmp_path


@pytest.fixture
def fetches(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The cards that would have been downloaded."""
    asked: list[str] = []

    def fetch(card: Card, cache: Path, _progress: object) -> Path:
        asked.append(card.name)
        return cache / card.name

    monkeypatch.setattr(model_commands, "fetch", fetch)
    return asked


def catalog_of(root: Path) -> Catalog:
    return Catalog.read(root / "models")


def test_what_was_accepted_is_remembered_with_its_date(tmp_path: Path) -> None:
    file = tmp_path / "data" / "accepted.json"
    assert not AcceptedTerms(file).cover(TERMS)
    AcceptedTerms(file).accept(TERMS)
    assert AcceptedTerms(file).cover(TERMS)
    entry = json.loads(file.read_text())["fair"]
    assert entry["version"] == TERMS.version
    assert entry["accepted"].startswith("20")


def test_newer_terms_are_asked_for_again(tmp_path: Path) -> None:
    accepted = AcceptedTerms(tmp_path / "accepted.json")
    accepted.accept(TERMS)
    assert not accepted.cover(replace(TERMS, version="2027-01-01"))


def test_where_there_are_no_terms_nothing_is_asked(tmp_path: Path) -> None:
    assert AcceptedTerms(tmp_path / "accepted.json").cover(None)


def test_a_damaged_file_counts_as_no_answer(tmp_path: Path) -> None:
    (tmp_path / "accepted.json").write_text("{")
    accepted = AcceptedTerms(tmp_path / "accepted.json")
    assert not accepted.cover(TERMS)
    accepted.accept(TERMS)
    assert accepted.cover(TERMS)


def test_an_adapter_has_the_terms_of_its_base(root: Path) -> None:
    catalog = catalog_of(root)
    assert catalog.terms(catalog.card("lora/prose")) == TERMS


def test_fetching_everything_leaves_out_what_nobody_accepted(
    root: Path, fetches: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["models", "fetch"]) == 0
    assert fetches == []
    said = capsys.readouterr().err
    assert "Fair Terms" in said
    assert "studio models fetch base/fair" in said
    assert main(["models", "verify"]) == 0, "what may not be fetched is not missing"
    assert not (root / "data" / "accepted_terms.json").exists()


def test_a_card_that_is_named_shows_its_terms_and_is_not_fetched_without_a_yes(
    root: Path, fetches: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert root.is_dir()
    assert main(["models", "fetch", "base/fair"]) == 1
    said = capsys.readouterr().err
    assert all(each in said for each in ("Be fair.", "要公平。", TERMS.url, TERMS.policy_url))
    assert "--accept fair" in said
    assert fetches == []


@pytest.mark.parametrize(("answer", "code", "fetched"), [("yes", 0, True), ("no", 1, False)])
def test_on_a_terminal_it_asks(
    answer: str,
    code: int,
    fetched: bool,
    root: Path,
    fetches: list[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert root.is_dir()
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
    monkeypatch.setattr("builtins.input", lambda _question: answer)
    assert main(["models", "fetch", "base/fair"]) == code
    assert fetches == ["base/fair"] * fetched


def test_a_script_accepts_by_name_and_is_not_asked_again(root: Path, fetches: list[str]) -> None:
    assert main(["models", "fetch", "--accept", "fair"]) == 0
    assert "base/fair" in fetches
    fetches.clear()
    assert main(["models", "fetch", "base/fair"]) == 0
    assert fetches == ["base/fair"]
    assert (root / "data" / "accepted_terms.json").is_file()


def test_a_setting_accepts_too(
    root: Path, fetches: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert root.is_dir()
    monkeypatch.setenv("STUDIO_ACCEPT", "other, fair")
    assert main(["models", "fetch", "base/fair"]) == 0
    assert fetches == ["base/fair"]


def test_the_roster_takes_the_writer_only_when_its_terms_are_accepted(root: Path) -> None:
    accepted = AcceptedTerms(root / "accepted.json")
    roster = CatalogRoster(catalog_of(root), "writing", lambda _card: True, accepted=accepted.cover)
    with pytest.raises(NotReady) as caught:
        roster.choose("writer", "zh")
    assert (caught.value.code, caught.value.card) == ("terms_not_accepted", "base/fair")
    assert TERMS.url in caught.value.message
    accepted.accept(TERMS)
    assert roster.choose("writer", "zh") == ("base/fair", "lora/prose")


def test_accepted_and_not_here_yet_says_how_to_get_it(root: Path) -> None:
    roster = CatalogRoster(
        catalog_of(root), "writing", lambda _card: False, accepted=lambda _terms: True
    )
    with pytest.raises(NotReady) as caught:
        roster.choose("writer", "zh")
    assert caught.value.code == "not_installed"
    assert "studio models fetch base/fair" in caught.value.hint


def test_a_writer_without_terms_is_taken_before_one_that_asks(root: Path) -> None:
    free = BASE.replace("base/fair", "base/libre").partition("[terms]")[0]
    (root / "models/base/libre").mkdir()
    (root / "models/base/libre/model.toml").write_text(free, "utf-8")
    roster = CatalogRoster(catalog_of(root), "writing", lambda _card: True)
    assert roster.choose("writer", "zh")[0] == "base/libre"


def test_weights_that_lie_here_are_not_loaded_before_a_yes(root: Path) -> None:
    settings = Settings.from_environ({"STUDIO_ROOT": str(root)})
    shutil.rmtree(root / "models/lora")
    loader = CardLoader(catalog_of(root), settings, device="cpu")
    with pytest.raises(NotReady) as caught:
        loader.load("base/fair")
    assert caught.value.code == "terms_not_accepted"
