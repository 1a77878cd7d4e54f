"""`measure_writer` on real weights, tiny ones: an adapter is compared with its base."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
import torch
from peft import LoraConfig, get_peft_model
from transformers import AutoModelForCausalLM

from studio.errors import NotReady
from studio.settings import Settings
from studio.sources.stamp import sha256_of
from studio.training import writer_evaluation
from studio.training.draft_study import study_drafts
from studio.training.writer_evaluation import measure_writer
from tests.families import tiny_models
from tests.families.tiny_models import tiny_card

HEAD = """
name = "{name}"
version = "1"
kind = "{kind}"
family = "causal_lm"
licence = "CC0-1.0"
roles = ["writer"]
languages = ["en"]
crafts = ["writing"]
base = "{base}"
parameters = 30000
context = 1024
"""
DATA = '\n[training]\ndata = [{ file = "writing_en_written.jsonl", sha256 = "" }]\n'
STORY = {"lang": "en", "kind": "story", "genre": "", "tone": "warm", "split": "val"}
ROWS = (
    {**STORY, "brief": "the keeper and the sea", "text": "The keeper found a letter. He read it."},
    {**STORY, "brief": "a letter", "text": "It was addressed to the next keeper."},
    {**STORY, "brief": "a table", "text": "The kitchen table was old.", "split": "train"},
)


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A base and an adapter on it in models/, a corpus in corpora/."""
    monkeypatch.setattr(tiny_models, "CONTEXT", 1024)
    monkeypatch.setattr(writer_evaluation, "encoder_if_here", lambda: None)
    base = tiny_card(tmp_path / "models" / "base", "llama").folder
    _manifest(base, "base/llama", "base", "")
    model = AutoModelForCausalLM.from_pretrained(base)
    model = get_peft_model(model, LoraConfig(r=4, target_modules=["q_proj", "down_proj"]))
    torch.manual_seed(1)
    for name, each in model.named_parameters():
        if "lora_B" in name:
            torch.nn.init.normal_(each, std=0.5)
    adapter = tmp_path / "models" / "lora" / "tiny"
    model.save_pretrained(adapter)
    _manifest(adapter, "lora/tiny", "lora", "base/llama")
    (tmp_path / "corpora").mkdir()
    lines = "".join(json.dumps(row) + "\n" for row in ROWS)
    (tmp_path / "corpora" / "writing_en_written.jsonl").write_text(lines, "utf-8")
    return tmp_path


@pytest.fixture
def settings(root: Path) -> Settings:
    given = {"STUDIO_DATA_DIR": str(root / "data"), "STUDIO_DEVICE": "cpu"}
    return replace(Settings.from_environ(given), root=root)


def test_an_adapter_is_compared_with_its_base(root: Path, settings: Settings) -> None:
    numbers = measure_writer(
        root / "models" / "lora" / "tiny", root / "corpora", settings, briefs=1
    )
    before, after = numbers["writing_en_perplexity_base"], numbers["writing_en_perplexity"]
    assert before > 1
    assert after > 1
    assert before != after
    assert numbers["perplexity"] == after
    character = numbers["writing_en_perplexity_character"]
    assert 1 < character < after, "a token is longer than a character"
    for name in ("distinct_2", "ends_at_sentence", "tokens_per_s", "longest_copied_run"):
        assert f"writing_en_{name}" in numbers
        assert f"writing_en_{name}_base" in numbers


def test_without_its_base_it_says_what_is_missing(root: Path, settings: Settings) -> None:
    (root / "models" / "base" / "llama" / "model.safetensors").unlink()
    with pytest.raises(NotReady, match="base/llama"):
        measure_writer(root / "models" / "lora" / "tiny", root / "corpora", settings)


def _manifest(folder: Path, name: str, kind: str, base: str) -> None:
    files = "".join(
        f'\n[[files]]\npath = "{path.name}"\nsha256 = "{sha256_of(path)}"\n'
        f"bytes = {path.stat().st_size}\n"
        for path in sorted(folder.iterdir())
        if path.suffix != ".md"
    )
    head = HEAD.format(name=name, kind=kind, base=base)
    (folder / "model.toml").write_text(head + files + DATA, "utf-8")


def test_the_best_draft_is_compared_with_the_others(root: Path, settings: Settings) -> None:
    numbers = study_drafts(
        root / "models" / "lora" / "tiny", root / "corpora", settings, 3, briefs=1
    )
    found = {name.removeprefix("writing_en_best_of_3_"): n for name, n in numbers.items()}
    assert 0 <= found["wins_chrf"] <= 1
    assert 0 <= found["wins_brief_from_text"] <= 1
    assert found["failed_checks_best"] <= found["failed_checks_first"]
    assert found["briefs"] == 1
