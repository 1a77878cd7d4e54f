"""A melody model that grows keeps what it knows."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import torch
from tokenizers import Tokenizer, models, pre_tokenizers
from transformers import LlamaForCausalLM

from studio.training.lm import LmSpec
from studio.training.melody_growth import grown_melody_lm

OLD = {"<pad>": 0, "<bos>": 1, "n0d24": 2, "|32": 3, "bars=32": 4}
NEW = {"<pad>": 0, "<bos>": 1, "=A": 2, "|33": 3, "|32": 4, "n0d24": 5, "bars=32": 6, "bars=40": 7}
SPEC = LmSpec(vocabulary=len(NEW), width=16, layers=2, heads=2, hidden=24, context=64)


def card(folder: Path) -> Path:
    torch.manual_seed(1)
    LlamaForCausalLM(replace(SPEC, vocabulary=len(OLD), context=32).config()).save_pretrained(
        folder
    )
    tokenizer = Tokenizer(models.WordLevel(OLD, unk_token="<pad>"))
    tokenizer.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    tokenizer.save(str(folder / "tokenizer.json"))
    return folder


def test_known_symbols_say_what_they_said(tmp_path):
    folder = card(tmp_path)
    grown = grown_melody_lm(folder, SPEC, NEW)
    old = LlamaForCausalLM.from_pretrained(folder)
    with torch.inference_mode():
        before = old(torch.tensor([[OLD["<bos>"], OLD["n0d24"]]])).logits[0, -1]
        after = grown(torch.tensor([[NEW["<bos>"], NEW["n0d24"]]])).logits[0, -1]
    for symbol, number in OLD.items():
        torch.testing.assert_close(after[NEW[symbol]], before[number])
    # A bar farther from the end begins as the farthest that was known.
    torch.testing.assert_close(after[NEW["|33"]], before[OLD["|32"]])
    torch.testing.assert_close(after[NEW["bars=40"]], before[OLD["bars=32"]])


def test_another_shape_begins_from_nothing(tmp_path):
    assert grown_melody_lm(card(tmp_path), replace(SPEC, layers=3), NEW) is None
    assert grown_melody_lm(tmp_path / "none", SPEC, NEW) is None
