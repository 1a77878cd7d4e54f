"""A writer measured as the studio runs it: held-out briefs only, into the card, to be read."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from studio.catalog import Catalog
from studio.settings import Settings
from studio.training.heldout_briefs import heldout_briefs, with_seed
from studio.training.measured_table import write_measured
from studio.training.writer_bench import Writer, WriterBench, opened_bench
from studio.training.writer_evaluation import Corpus, corpora_of, written_numbers
from studio.training.writer_samples import SAMPLES, write_samples

STORY = {"lang": "en", "kind": "story", "genre": "fable", "tone": "warm", "split": "val"}
ROWS = (
    {**STORY, "brief": "a fox who waits", "text": "The fox waited. " * 40},
    {**STORY, "brief": "a lamp", "text": "It was lit."},
    {**STORY, "brief": "an owl", "text": "It slept.", "split": "train"},
    {**STORY, "kind": "scene", "brief": "two sisters in a lift", "text": "INT. LIFT - DAY"},
)
BASE = """
name = "{name}"
version = "1"
kind = "{kind}"
family = "causal_lm"
licence = "CC0-1.0"
roles = ["writer"]
languages = ["en"]
crafts = ["writing"]
base = "{base}"

[training]
data = [{{ file = "writing_en_written.jsonl", sha256 = "" }}, {{ file = "more.gz", sha256 = "" }}]

[measured]
command = "by hand"
perplexity = 9.0
"""


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "corpora"
    folder.mkdir()
    lines = "".join(json.dumps(row) + "\n" for row in ROWS)
    (folder / "writing_en_written.jsonl").write_text(lines, "utf-8")
    return folder


@pytest.fixture
def models(tmp_path: Path) -> Path:
    for name, base in (("base/tiny", ""), ("lora/tiny", "base/tiny")):
        folder = tmp_path / "models" / name
        folder.mkdir(parents=True)
        kind = name.partition("/")[0]
        (folder / "model.toml").write_text(BASE.format(name=name, kind=kind, base=base), "utf-8")
    return tmp_path / "models"


@pytest.fixture
def settings(fake_settings: Settings, tmp_path: Path) -> Settings:
    return replace(fake_settings, root=tmp_path)


@pytest.fixture
def bench(settings: Settings, models: Path) -> Iterator[WriterBench]:
    with opened_bench(settings, Catalog.read(models)) as opened:
        yield opened


def test_only_held_out_rows_are_asked_kinds_in_turn(data: Path) -> None:
    briefs = heldout_briefs(data / "writing_en_written.jsonl")
    assert [each.asked for each in briefs] == ["a fox who waits", "two sisters in a lift", "a lamp"]
    assert [each.asked for each in heldout_briefs(data / "writing_en_written.jsonl", 2)] == [
        "a fox who waits",
        "two sisters in a lift",
    ]


def test_a_brief_asks_for_about_the_length_that_a_person_wrote(data: Path) -> None:
    long, _, short = heldout_briefs(data / "writing_en_written.jsonl")
    assert (long.inputs["length"], short.inputs["length"]) == ("short", "short")
    assert with_seed(long, 3, drafts=2)["seed"] == 3


def test_poems_and_ads_become_forms_too(tmp_path: Path) -> None:
    poem = {"form": "acrostic", "brief": "HOME, after years", "lang": "en", "split": "val"}
    path = tmp_path / "poetry_en_written.jsonl"
    path.write_text(json.dumps({**poem, "text": "Here"}), "utf-8")
    assert heldout_briefs(path)[0].inputs["text"] == "HOME"
    ad = {"brand": "Ada", "product": "lamp", "audience": "readers", "tone": "warm", "lang": "en"}
    kit = {"headline": "Lit", "description": "A lamp.", "benefits": ["folds"], "split": "val"}
    path = tmp_path / "ads_en_written.jsonl"
    path.write_text(json.dumps({**ad, **kit}), "utf-8")
    assert heldout_briefs(path)[0].inputs["benefits"] == ("folds",)


def test_the_same_seed_writes_the_same_and_drafts_are_drafts(
    bench: WriterBench, data: Path
) -> None:
    briefs = heldout_briefs(data / "writing_en_written.jsonl")
    first = bench.write(Writer("base/tiny"), briefs)
    again = bench.write(Writer("base/tiny"), briefs)
    assert [w.output.text for w in first.written] == [w.output.text for w in again.written]
    assert first.tokens > 0
    many = bench.write(Writer("base/tiny"), briefs, drafts=3)
    assert all(len(each.completions) == 3 for each in many.written)


def test_every_number_is_there_and_within_its_range(bench: WriterBench, data: Path) -> None:
    corpus = Corpus.read(data / "writing_en_written.jsonl")
    numbers = written_numbers(bench, Writer("base/tiny"), corpus, None)
    shares = ("distinct_1", "distinct_3", "repetition", "ends_at_sentence", "form_valid", "copied")
    assert all(0 <= numbers[f"writing_en_{name}"] <= 1 for name in shares)
    assert numbers["writing_en_outputs"] == 3
    assert numbers["writing_en_tokens_per_s"] > 0
    assert "writing_en_brief_rank_accuracy" not in numbers


def test_a_card_names_its_written_corpora(models: Path, data: Path) -> None:
    card = Catalog.read(models).card("lora/tiny")
    assert corpora_of(card, data) == [data / "writing_en_written.jsonl"]


def test_samples_are_twenty_with_their_briefs_and_can_be_made_again(
    settings: Settings, models: Path, data: Path
) -> None:
    sheet = write_samples(models / "lora" / "tiny", data, settings)
    text = sheet.read_text("utf-8")
    assert text.count("\n### ") == SAMPLES
    assert "> a fox who waits" in text
    assert "studio evaluate lora/tiny --samples" in text
    assert write_samples(models / "lora" / "tiny", data, settings).read_text("utf-8") == text


def test_numbers_are_written_into_the_card_and_nothing_else_changes(models: Path) -> None:
    folder = models / "lora" / "tiny"
    (folder / "CARD.md").write_text(
        "# Tiny\n\n## Numbers\n- training steps: 7\n- old: 1\n", "utf-8"
    )
    before = tomllib.loads((folder / "model.toml").read_text("utf-8"))
    write_measured(folder, 'studio evaluate "x"', {"perplexity": 4.5, "distinct_1": 0.25})
    after = tomllib.loads((folder / "model.toml").read_text("utf-8"))
    assert after.pop("measured") == {
        "command": 'studio evaluate "x"',
        "perplexity": 4.5,
        "distinct_1": 0.25,
    }
    before.pop("measured")
    assert after == before
    page = (folder / "CARD.md").read_text("utf-8")
    assert "- training steps: 7\n" in page
    assert "- perplexity: 4.5\n" in page
    assert "old" not in page
