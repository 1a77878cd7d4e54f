"""Every way of tuning: it learns, what it writes is what PEFT says, and a run survives anything."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
import torch
from peft import PeftModel, get_peft_model_state_dict

from studio.catalog import Catalog, read_card
from studio.errors import InvalidInput
from studio.requests import Request, Sampling
from studio.training.recipes import evaluation
from studio.training.tuning.adalora_tuning import AdaLoraTuning
from studio.training.tuning.personal import tune
from studio.training.tuning.stop import Stop
from tests.families.tiny_models import open_tiny, reference, run, texts
from tests.training.tuned_models import (
    ToyRun,
    toy_dataset,
    toy_models,
    toy_options,
    toy_recipe,
)

PROMPT = "The keeper of the lighthouse"
GREEDY = Sampling(temperature=0, max_tokens=8)


@pytest.mark.parametrize(
    ("method", "kind", "share"),
    [
        ("lora", "llama", 0.8),
        ("adalora", "llama", 0.95),
        ("ia3", "qwen3", 0.97),
        ("prefix", "llama", 0.99),
        ("prefix", "gemma3", 0.99),
        ("full", "qwen3", 0.8),
        ("scratch", "llama", 0.9),
    ],
)
def test_it_learns_and_the_engine_says_what_peft_says(
    method: str, kind: str, share: float, tmp_path: Path
) -> None:
    options = toy_options(tmp_path, toy_recipe(method), kind)
    torch.manual_seed(1)
    outcome = tune(options)
    progress = outcome.progress
    assert outcome.ended == "steps"
    assert progress.best < share * progress.before
    catalog = Catalog.read(options.models)
    base, made = catalog.card(f"lm/{kind}"), catalog.card(options.card)
    assert made.training["method"] == method
    assert {"rank", "width"} & set(made.training) == {
        "lora": {"rank"}, "adalora": {"rank"}, "scratch": {"width"}
    }.get(method, set())  # fmt: skip
    if method in ("full", "scratch"):
        family, model, adapter = open_tiny(made), reference(made), None
    else:
        family = open_tiny(base, adapters=[made])
        adapter = made.name
        model = PeftModel.from_pretrained(reference(base), made.folder).eval()
    slot = family.admit(asked(adapter))
    with torch.inference_mode():
        ours = family._lm.forward.run([family._rows[slot].span(100)])[0]
        ids = torch.tensor([family._lm.prompt.tokens(asked(None))])
        # Without a mask: then the generic code makes its own, over the prefix too.
        theirs = model(input_ids=ids).logits[0, -1]
    torch.testing.assert_close(ours, theirs, atol=2e-4, rtol=2e-4)
    numbers = evaluation(made).evaluate(made.folder, options.data)
    assert numbers["perplexity_poetry_en"] == numbers["perplexity"] < numbers["perplexity_base"]


def test_adapters_of_all_kinds_share_a_batch(tmp_path: Path) -> None:
    methods = ("lora", "ia3", "prefix", "adalora")
    cards = []
    for method in methods:
        recipe = toy_recipe(method, steps=4)
        given = {"card": f"lora/{method}", "out": tmp_path / method}
        options = toy_options(tmp_path, recipe, **given)
        cards.append(read_card(tune(options).folder / "model.toml"))
    base = Catalog.read(tmp_path / "models").card("lm/llama")
    wild = Sampling(temperature=1.0, max_tokens=8)
    names = [None, *(card.name for card in cards)]
    requests = [replace(asked(name), seed=at, sampling=wild) for at, name in enumerate(names * 2)]
    family = open_tiny(base, adapters=cards)
    together = texts(run(family, requests))
    assert together == [texts(run(family, [request]))[0] for request in requests]
    alone = [texts(run(open_tiny(base, adapters=cards), [each]))[0] for each in requests[:5]]
    assert together[:5] == alone, "a slot that held a prefix holds nothing of it"


def test_adalora_is_written_as_a_lora_of_the_ranks_that_are_left(tmp_path: Path) -> None:
    _, base = toy_models(tmp_path)
    toy = ToyRun(base, toy_dataset(tmp_path / "set"), toy_recipe("adalora", steps=20), tmp_path)
    toy.run.until(30)
    tuning = toy.tuning
    assert isinstance(tuning, AdaLoraTuning)
    ranks = tuning.ranks().values()
    assert len(set(ranks)) > 1, "some matrices have more than others"
    assert sum(ranks) <= 4 * len(ranks), "the budget is kept"
    out = tmp_path / "adapter"
    out.mkdir()
    tuning.write(out)
    plain = PeftModel.from_pretrained(reference(base), out).eval()
    ids = torch.arange(20)[None]
    tuning.model.eval()
    with torch.inference_mode():
        one, other = tuning.model(input_ids=ids).logits, plain(input_ids=ids).logits
    torch.testing.assert_close(one, other, atol=2e-2, rtol=2e-2)  # float16 on disk
    assert json.loads((out / "adapter_config.json").read_text())["peft_type"] == "LORA"


@pytest.mark.parametrize("method", ["lora", "adalora", "prefix"])
def test_a_resumed_run_is_the_run_that_never_stopped(method: str, tmp_path: Path) -> None:
    _, base = toy_models(tmp_path)
    dataset = toy_dataset(tmp_path / "set")
    recipe = toy_recipe(method, dropout=0.1, accumulate=2, steps=8, score_steps=3)

    def toy(name: str) -> ToyRun:
        torch.manual_seed(3)
        return ToyRun(base, dataset, recipe, tmp_path / name)

    whole = toy("whole")
    assert whole.run.until(30) == "steps"
    first = toy("parts")
    first.stop_at = 5
    assert first.run.until(30) == "stopped"
    torch.manual_seed(99)
    second = ToyRun(base, dataset, recipe, tmp_path / "parts")
    assert second.run.until(30) == "steps"
    assert second.run.progress.step == 8
    for name, each in whole.tuning.learnt().items():
        torch.testing.assert_close(second.tuning.learnt()[name], each, atol=1e-6, rtol=1e-5)
    assert second.run.progress.tokens == whole.run.progress.tokens


def test_patience_ends_a_run_and_the_best_is_kept_not_the_last(tmp_path: Path) -> None:
    _, base = toy_models(tmp_path)
    recipe = toy_recipe(learning_rate=1.0, steps=60, score_steps=1, warmup_steps=40, patience=3)
    toy = ToyRun(base, toy_dataset(tmp_path / "set"), recipe, tmp_path / "run")
    kept: dict[str, torch.Tensor] = {}

    def remember(_: object) -> None:
        kept.update({name: each.clone() for name, each in toy.tuning.learnt().items()})

    toy.on_best = remember
    assert toy.run.until(30) == "patience"
    progress = toy.run.progress
    assert progress.step == progress.best_step + 3 < 60
    assert toy.bests[-1] == progress.best_step
    assert any(not torch.equal(each, kept[name]) for name, each in toy.tuning.learnt().items())


def test_the_card_holds_the_best_and_says_how_it_was_made(tmp_path: Path) -> None:
    recipe = toy_recipe(learning_rate=1.0, steps=60, score_steps=1, warmup_steps=40, patience=2)
    options = toy_options(tmp_path, recipe, command="studio train lora/mine")
    outcome = tune(options)
    card = read_card(outcome.folder / "model.toml")
    assert card.training["best_step"] == outcome.progress.best_step < outcome.progress.step
    assert card.training["weight_decay"] == recipe.weight_decay
    assert card.training["command"] == "studio train lora/mine"
    assert card.licence == "CC0-1.0; texts: CC0-1.0"
    assert not card.automatic, "nobody is given it who did not ask"
    assert card.measured["heldout_perplexity"] < card.measured["heldout_perplexity_before"]
    curves = (options.out / "curves.jsonl").read_text().splitlines()
    assert {"val/loss", "train/loss"} <= {name for line in curves for name in json.loads(line)}
    assert (options.out / "samples.txt").read_text().count("== step") == outcome.progress.step
    assert list(options.out.glob("events.out.tfevents.*"))


def test_another_training_is_a_new_version_and_the_old_one_stays(tmp_path: Path) -> None:
    options = toy_options(tmp_path, toy_recipe(steps=2))
    tune(options)
    outcome = tune(replace(options, fresh=True, recipe=toy_recipe(steps=2, rank=2)))
    assert read_card(outcome.folder / "model.toml").version == "2"
    old = outcome.folder / "versions" / "1"
    assert (old / "adapter_model.safetensors").is_file()
    assert 'version = "1"' in (old / "model.toml").read_text()
    assert len(list(Catalog.read(options.models))) == 2, "the catalog shows the new one only"


def test_frozen_layers_stay_as_they_are(tmp_path: Path) -> None:
    _, base = toy_models(tmp_path)
    dataset = toy_dataset(tmp_path / "set")
    for method in ("lora", "full"):
        recipe = toy_recipe(method, freeze=1, checkpointing=method == "lora")
        toy = ToyRun(base, dataset, recipe, tmp_path / method)
        names = [name for name in toy.tuning.learnt() if "layers." in name]
        assert names
        assert all("layers.1." in name for name in names)
    toy.run.until(30)
    after, before = dict(toy.tuning.model.named_parameters()), reference(base).state_dict()
    for name, each in after.items():
        same = torch.equal(each, before[name])
        assert same == ("layers.0." in name or "embed" in name), name


def test_checkpointing_changes_the_memory_and_not_the_result(tmp_path: Path) -> None:
    _, base = toy_models(tmp_path)
    dataset = toy_dataset(tmp_path / "set")
    found = []
    for checkpointing in (False, True):
        recipe = toy_recipe(dropout=0.0, steps=3, checkpointing=checkpointing)
        torch.manual_seed(3)
        toy = ToyRun(base, dataset, recipe, tmp_path / str(checkpointing))
        toy.run.until(30)
        found.append(get_peft_model_state_dict(toy.tuning.model))
    for name, each in found[0].items():
        torch.testing.assert_close(found[1][name], each, atol=1e-6, rtol=1e-5)


def test_a_run_that_was_killed_goes_on(tmp_path: Path) -> None:
    """The whole command in its own process, killed without warning."""
    options = toy_options(tmp_path, toy_recipe(steps=100_000, score_steps=5, patience=10_000))
    recipe = options.recipe
    words = [
        *(sys.executable, "-m", "studio", "train", options.card, "--base", options.base),
        *("--data", str(options.data), "--out", str(options.out), "--threads", "1"),
        *("--steps", str(recipe.steps), "--score-steps", "5", "--patience", "10000"),
        *("--rank", "4", "--alpha", "8", "--learning-rate", "0.02", "--batch-tokens", "1024"),
        *("--warmup-steps", "2", "--context", "190", "--prefix-tokens", "5"),
        *("--width", "32", "--layers", "2", "--heads", "2", "--float32", "--device", "cpu"),
    ]
    settings = {"STUDIO_ROOT": str(tmp_path), "STUDIO_DATA_DIR": str(tmp_path / "data")}
    begun = subprocess.Popen(
        words,
        env=os.environ | settings,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    saved = options.out / "checkpoint.pt"
    wait_for(lambda: saved.exists() or begun.poll() is not None)
    assert begun.poll() is None, begun.stdout and begun.stdout.read()
    begun.send_signal(signal.SIGKILL)
    begun.communicate()
    step = torch.load(saved, weights_only=True)["progress"]["step"]
    outcome = tune(replace(options, recipe=replace(recipe, steps=step + 3)))
    assert outcome.progress.step == step + 3
    assert read_card(outcome.folder / "model.toml").training["method"] == "lora"


def test_a_signal_or_a_file_stops_a_run_after_its_step(tmp_path: Path) -> None:
    file = tmp_path / "stop"
    file.touch()
    before = signal.getsignal(signal.SIGTERM)
    with Stop(file) as stop:
        assert not stop.asked, "a file that an earlier run left stops nothing"
        os.kill(os.getpid(), signal.SIGTERM)
        assert stop.asked
        assert signal.getsignal(signal.SIGTERM) == before, "the second one ends the process"
    with Stop(file) as stop:
        file.touch()
        assert stop.asked
    assert not file.exists()


def test_what_can_not_be_trained_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "wandb", None)
    options = toy_options(tmp_path, toy_recipe(steps=2))
    tune(options)
    wrong = {
        "tuning_name": replace(options, card="lora/Mine Own"),
        "not_tunable": replace(options, base="lora/mine"),
        "other_run": replace(options, recipe=toy_recipe(rank=2)),
        "prefix_whole": replace(
            options, fresh=True, recipe=toy_recipe("prefix", checkpointing=True)
        ),
        "name_taken": replace(options, card="lm/llama", recipe=toy_recipe("full")),
        "no_wandb": replace(options, wandb=True),
    }
    for code, each in wrong.items():
        with pytest.raises(InvalidInput) as refused:
            tune(each)
        assert refused.value.code == code


def asked(adapter: str | None) -> Request:
    return Request(card="x", seed=1, prompt=PROMPT, adapter=adapter, sampling=GREEDY)


def wait_for(done: Callable[[], bool], seconds: float = 240.0) -> None:
    end = time.monotonic() + seconds
    while not done() and time.monotonic() < end:
        time.sleep(0.05)
