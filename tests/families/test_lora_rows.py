"""Adapters: each row with its own, and all as PEFT itself would have them."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import torch
from peft import LoraConfig, PeftModel, get_peft_model
from transformers import AutoModelForCausalLM

from studio.catalog import Card
from studio.errors import InvalidInput, NotReady
from studio.requests import Request, Sampling
from tests.families.tiny_models import open_tiny, reference, run, texts, tiny_card

TARGETS = {
    "llama": ["q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj"],
    "gemma3": ["q_proj", "v_proj", "down_proj"],
    "gpt2": ["c_attn", "c_fc"],
}
GREEDY = Sampling(temperature=0, max_tokens=16)
PROMPT = "The keeper of the lighthouse"


def adapter(base: Card, folder: Path, name: str, **options: Any) -> Card:
    """A random PEFT adapter on the base, saved as PEFT saves it."""
    torch.manual_seed(sum(map(ord, name)))
    model = AutoModelForCausalLM.from_pretrained(base.folder)
    given: dict[str, Any] = {"r": 4, "lora_alpha": 16, "init_lora_weights": False}
    given |= {"target_modules": TARGETS[base.name.removeprefix("lm/")], **options}
    get_peft_model(model, LoraConfig(task_type="CAUSAL_LM", **given)).save_pretrained(folder / name)
    return replace(base, name=f"lora/{name}", kind="lora", base=base.name, folder=folder / name)


def asked(adapter: str | None, sampling: Sampling = GREEDY, seed: int = 1) -> Request:
    return Request(card="x", seed=seed, prompt=PROMPT, adapter=adapter, sampling=sampling)


@pytest.mark.parametrize("kind", sorted(TARGETS))
def test_rows_equal_those_of_peft(kind: str, tmp_path: Path) -> None:
    base = tiny_card(tmp_path, kind)
    cards = [
        adapter(base, tmp_path, "warm"),
        adapter(base, tmp_path, "terse", r=8, use_rslora=True),
        adapter(base, tmp_path, "odd", target_modules=TARGETS[kind][:1]),
    ]
    family = open_tiny(base, adapters=cards)
    slots = [family.admit(asked(name)) for name in (None, *(card.name for card in cards))]
    with torch.inference_mode():
        rows = family._lm.forward.run([family._rows[slot].span(100) for slot in slots])
        ids = torch.tensor([family._lm.prompt.tokens(asked(None))])
        for card, logits in zip([None, *cards], rows, strict=True):
            model = reference(base)
            if card is not None:
                model = PeftModel.from_pretrained(model, card.folder).eval()
            torch.testing.assert_close(logits, model(ids).logits[0, -1], atol=1e-4, rtol=1e-4)
    assert min((rows[i] - rows[0]).abs().max() for i in (1, 2, 3)) > 0.01, "adapters do something"


def test_company_with_other_adapters_changes_nothing(tmp_path: Path) -> None:
    base = tiny_card(tmp_path, "llama")
    cards = [adapter(base, tmp_path, name) for name in ("warm", "terse", "odd")]
    family = open_tiny(base, adapters=cards)
    names = [None, *(card.name for card in cards)]
    wild = Sampling(temperature=1.0, max_tokens=16)
    requests = [asked(names[i % 4], wild, seed=i) for i in range(16)]
    together = texts(run(family, requests))
    assert together == [texts(run(family, [request]))[0] for request in requests]
    fresh = [texts(run(open_tiny(base, adapters=cards), [each]))[0] for each in requests[:4]]
    assert together[:4] == fresh, "nor does the order in which they were loaded"


def test_an_idle_adapter_makes_room_for_a_new_one(tmp_path: Path) -> None:
    base = tiny_card(tmp_path, "llama")
    cards = [adapter(base, tmp_path, f"voice{i}", r=2) for i in range(10)]
    family = open_tiny(base, adapters=cards)
    rounds = [[texts(run(family, [asked(card.name)]))[0] for card in cards] for _ in range(2)]
    assert rounds[0] == rounds[1]
    assert len(set(rounds[0])) == 10


@pytest.mark.parametrize("dtype", ["float32", "int8"])
def test_one_that_is_trained_anew_is_read_anew(tmp_path: Path, dtype: str) -> None:
    """A long prompt whose keys lie in a slot: the new adapter never gets those of the old one, and
    a row that runs keeps the one that it began with."""
    base = tiny_card(tmp_path, "llama")
    card = adapter(base, tmp_path, "warm")
    long = replace(asked(card.name), prompt=f"{PROMPT} " * 12)
    family = open_tiny(base, adapters=[card], dtype=dtype)
    old = texts(run(family, [long]))[0]
    begun = family.admit(long)
    first = family.step([begun])[0].chunk
    newer = adapter(base, tmp_path / "anew", "cold")
    shutil.rmtree(card.folder)
    shutil.copytree(newer.folder, card.folder)
    fresh = texts(run(open_tiny(base, adapters=[card], dtype=dtype), [long]))[0]
    assert fresh != old
    assert texts(run(family, [long]))[0] == fresh, "beside a row of the old one"
    chunks = [first]
    while chunks[-1] is None or chunks[-1].finish is None:
        chunks.append(family.step([begun])[0].chunk)
    assert "".join(each.text for each in chunks if each is not None) == old
    family.release(begun)
    assert texts(run(family, [long, long])) == [fresh, fresh]


def test_an_unknown_adapter_and_one_of_another_base_say_so(tmp_path: Path) -> None:
    base = tiny_card(tmp_path, "llama")
    other = replace(adapter(base, tmp_path, "warm"), base="lm/other")
    family = open_tiny(base, adapters=[other])
    with pytest.raises(NotReady):
        family.admit(asked("lora/nobody"))
    with pytest.raises(InvalidInput) as refused:
        family.admit(asked(other.name))
    assert refused.value.code == "wrong_adapter"
    assert family.admit(asked(None)) == 0


@pytest.mark.parametrize(
    "change",
    [{"use_dora": True}, {"bias": "all"}, {"peft_type": "IA3"}, {"rank_pattern": {"q": 2}}],
)
def test_what_is_no_plain_lora_is_refused(change: dict[str, object], tmp_path: Path) -> None:
    base = tiny_card(tmp_path, "llama")
    card = adapter(base, tmp_path, "warm")
    path = card.folder / "adapter_config.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | change))
    with pytest.raises(NotReady) as refused:
        open_tiny(base, adapters=[card]).admit(asked(card.name))
    assert refused.value.code == "adapter_unusable"


def test_an_adapter_of_another_shape_is_refused(tmp_path: Path) -> None:
    base, gpt = tiny_card(tmp_path, "llama"), tiny_card(tmp_path, "gpt2")
    card = replace(adapter(gpt, tmp_path, "foreign"), base=base.name)
    with pytest.raises(NotReady) as refused:
        open_tiny(base, adapters=[card]).admit(asked(card.name))
    assert refused.value.code == "adapter_unusable"
