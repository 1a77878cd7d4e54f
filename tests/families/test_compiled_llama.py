"""The compiled 8-bit decoder against the float one with the same rounding, and in any company."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
import torch
from torch.nn import functional as F
from transformers import AutoConfig, AutoModelForCausalLM

from studio.families import fused_llama
from studio.families.causal_lm import CausalLm
from studio.families.compiled import machine_code, packing
from studio.families.compiled.model import fits
from studio.families.compiled.processor import has_dots
from studio.families.compiled_llama import CompiledLlama
from studio.families.decoder_shape import DecoderShape
from studio.families.forward import Prefix, Span
from studio.families.fused_llama import FusedLlama
from tests.families.test_lora_rows import adapter
from tests.families.tiny_models import open_tiny, tiny_card

pytestmark = pytest.mark.skipif(not has_dots(), reason="this processor has no 8-bit dot products")

CLOSE = 0.03
"""Of what is left: 16-bit keys and values, and numbers that were rounded the other way."""
KINDS = ("llama", "qwen3", "gemma3")
TOKENS = [int(each) for each in np.random.default_rng(3).integers(5, 400, 50)]
OTHERS = [int(each) for each in np.random.default_rng(4).integers(5, 400, 30)]


@pytest.fixture(autouse=True)
def rounded_products(monkeypatch: pytest.MonkeyPatch) -> None:
    """The float decoder multiplies what the compiled one does: 8-bit numbers of turned rows."""

    def linear(rows: torch.Tensor, weight: torch.Tensor) -> torch.Tensor:
        numbers, steps = rounded(rows)
        weights, factors = rounded(weight)
        return (numbers @ weights.T) * steps * factors.T

    monkeypatch.setattr(fused_llama, "F", SimpleNamespace(**vars(F) | {"linear": linear}))


def rounded(rows: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    turn = packing._hadamard(packing.turn_width(rows.shape[1]))
    turned = (rows.reshape(len(rows), -1, len(turn)) @ turn).view(rows.shape)
    steps = turned.abs().amax(1, keepdim=True).clamp(min=1e-12) / 127
    return torch.round(turned / steps), steps


@pytest.fixture(scope="module", params=KINDS)
def pair(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[CompiledLlama, FusedLlama]:
    card = tiny_card(tmp_path_factory.mktemp("cards"), request.param)
    packed, floats = forward(open_tiny(card, dtype="int8")), forward(open_tiny(card))
    assert isinstance(packed, CompiledLlama)
    assert isinstance(floats, FusedLlama)
    return packed, floats


@pytest.fixture(scope="module")
def llama(tmp_path_factory: pytest.TempPathFactory) -> CompiledLlama:
    return forward(open_tiny(tiny_card(tmp_path_factory.mktemp("card"), "llama"), dtype="int8"))


def forward(family: CausalLm) -> Any:
    return family._lm.forward


def read(packed: Any, slot: int, tokens: Sequence[int] = TOKENS, place: int = 0) -> torch.Tensor:
    """Logits after the last token; `place` is the adapter's."""
    logits: torch.Tensor = packed.run([Span(slot, 0, tokens, place)])[0]
    return logits


def apart(one: torch.Tensor, other: torch.Tensor) -> float:
    """How far logits are from others, in parts of these."""
    return float((one - other).norm() / other.norm())


def test_it_says_what_the_float_model_says(pair: tuple[CompiledLlama, FusedLlama]) -> None:
    packed, floats = pair
    assert apart(read(packed, 0), read(floats, 0)) < CLOSE
    step = [Span(0, len(TOKENS), (17,))]
    assert apart(packed.run(step), floats.run(step)) < CLOSE, "and going on from there"


def test_company_changes_no_bit(pair: tuple[CompiledLlama, FusedLlama]) -> None:
    packed, _ = pair
    alone = read(packed, 0)
    first = Span(2, 0, TOKENS[:9], wanted=False)
    packed.run([first, Span(5, 0, OTHERS)])
    spans = [
        Span(5, len(OTHERS), (7,)),
        Span(2, 9, TOKENS[9:]),
        Span(1, 0, TOKENS),
        *(Span(slot, 0, OTHERS) for slot in (0, 3, 4)),
    ]
    together = packed.run(spans)
    assert torch.equal(together[1], alone), "read in two pieces, in another slot"
    assert torch.equal(together[2], alone)
    assert torch.equal(together[3], read(packed, 9, OTHERS))


def test_every_token_may_be_asked_for(llama: CompiledLlama) -> None:
    each = llama.run([Span(0, place, (token,)) for place, token in enumerate(TOKENS)])
    assert torch.equal(each[-1], read(llama, 1))
    assert torch.equal(each[8], read(llama, 1, TOKENS[:9]))
    assert not len(llama.run([Span(0, 0, TOKENS, wanted=False)]))


def test_the_number_of_threads_changes_no_bit(tmp_path: Path) -> None:
    card, before, rows = tiny_card(tmp_path, "llama"), torch.get_num_threads(), []
    try:
        for threads in (1, 2, 3):
            torch.set_num_threads(threads)
            packed = forward(open_tiny(card, dtype="int8"))
            rows += [read(packed, 0), *packed.run([Span(slot, 0, TOKENS) for slot in range(4)])]
    finally:
        torch.set_num_threads(before)
    assert all(torch.equal(row, rows[0]) for row in rows)


@pytest.mark.parametrize(("heads", "kv_heads"), [(6, 2), (5, 1), (9, 3), (8, 8)])
def test_any_number_of_queries_may_share_a_key(heads: int, kv_heads: int, tmp_path: Path) -> None:
    card = tiny_card(tmp_path, "llama")
    config = AutoConfig.from_pretrained(card.folder)
    config.hidden_size, config.initializer_range = 32 * heads, 0.08
    config.num_attention_heads, config.num_key_value_heads = heads, kv_heads
    AutoModelForCausalLM.from_config(config).save_pretrained(card.folder)
    packed, floats = forward(open_tiny(card, dtype="int8")), forward(open_tiny(card))
    assert apart(read(packed, 0), read(floats, 0)) < CLOSE


def test_widths_that_are_no_whole_vectors_stay_floats(tmp_path: Path) -> None:
    card = tiny_card(tmp_path, "llama")
    config = AutoConfig.from_pretrained(card.folder)
    assert fits(DecoderShape.of(config))  # type: ignore[arg-type]
    config.head_dim = 24
    AutoModelForCausalLM.from_config(config).save_pretrained(card.folder)
    assert not fits(DecoderShape.of(config))  # type: ignore[arg-type]
    assert isinstance(forward(open_tiny(card, dtype="int8")), FusedLlama)


@pytest.mark.parametrize("kind", ["llama", "gemma3"])
def test_adapters_add_what_they_add_in_floats(kind: str, tmp_path: Path) -> None:
    base = tiny_card(tmp_path, kind)
    cards = [
        adapter(base, tmp_path, "warm"),
        adapter(base, tmp_path, "terse", r=20, use_rslora=True),
        adapter(base, tmp_path, "odd", target_modules=["v_proj"]),
    ]
    packed, floats = open_tiny(base, adapters=cards, dtype="int8"), open_tiny(base, adapters=cards)
    places = [packed._lm.lora.load(card.name, card.folder, []) for card in cards]
    assert places == [floats._lm.lora.load(card.name, card.folder, []) for card in cards]
    mixed = [0, places[2], places[0], places[1], places[0]]
    spans = [Span(slot, 0, TOKENS, place) for slot, place in enumerate(mixed)]
    rows, expected = forward(packed).run(spans), forward(floats).run(spans)
    for row, wanted in zip(rows, expected, strict=True):
        assert apart(row, wanted) < CLOSE
    assert min(apart(rows[i], rows[0]) for i in (1, 2, 3)) > 0.1, "adapters do something"
    for place, row in zip(mixed, rows, strict=True):
        assert torch.equal(read(forward(packed), 8, TOKENS, place), row), "whoever is beside it"


def test_gains_scale_outputs_as_in_floats(tmp_path: Path) -> None:
    from peft import IA3Config, get_peft_model

    base = tiny_card(tmp_path, "llama")
    torch.manual_seed(1)
    model = AutoModelForCausalLM.from_pretrained(base.folder)
    config = IA3Config(target_modules=["k_proj", "v_proj"], feedforward_modules=[])
    tuned = get_peft_model(model, config)
    for name, weight in tuned.named_parameters():
        if "ia3" in name:
            weight.data = torch.rand_like(weight) * 2
    tuned.save_pretrained(tmp_path / "gains")
    card = replace(base, name="lora/gains", kind="lora", base=base.name, folder=tmp_path / "gains")
    packed, floats = (
        open_tiny(base, adapters=[card], dtype="int8"),
        open_tiny(base, adapters=[card]),
    )
    place = packed._lm.lora.load(card.name, card.folder, [])
    floats._lm.lora.load(card.name, card.folder, [])
    tuned_row = read(forward(packed), 0, place=place)
    assert apart(tuned_row, read(forward(floats), 0, place=place)) < CLOSE
    assert apart(tuned_row, read(forward(packed), 1)) > 0.1
    both = forward(packed).run([Span(2, 0, TOKENS), Span(3, 0, TOKENS, place)])
    assert torch.equal(both[1], tuned_row)
    assert torch.equal(both[0], read(forward(packed), 1))


def test_a_copied_beginning_is_as_if_read(llama: CompiledLlama) -> None:
    expected = read(llama, 0)
    llama.copy(0, 6, 37)
    assert torch.equal(llama.run([Span(6, 37, TOKENS[37:])])[0], expected)


def test_a_prefix_is_as_in_floats(pair: tuple[CompiledLlama, FusedLlama]) -> None:
    packed, floats = pair
    shape = packed._cache.shape
    torch.manual_seed(2)
    prefix = Prefix(*torch.randn(2, shape.layers, shape.kv_heads, 21, shape.head_width))
    spans = [Span(1, 21, TOKENS)]
    packed.place(1, prefix)
    floats.place(1, prefix)
    assert apart(packed.run(spans), floats.run(spans)) < CLOSE
    with pytest.raises(ValueError, match="does not fit"):
        packed.place(1, Prefix(prefix.keys[:1], prefix.values[:1]))


def test_the_footprint_is_what_the_arrays_take(llama: CompiledLlama) -> None:
    parts = (llama._embedding.nbytes, llama._cache.footprint(), llama._model.weights.nbytes)
    assert llama.footprint() > sum(parts)
    assert llama._cache.arrays.keys.itemsize == 2


def test_machine_code_is_kept_by_what_it_was_made_from(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "step.py").write_text("one")
    monkeypatch.setattr(machine_code, "HERE", tmp_path)
    before = machine_code._version()
    (tmp_path / "rows.py").write_text("two")
    assert machine_code._version() != before
    (tmp_path / "rows.py").unlink()
    assert machine_code._version() == before


def test_a_home_that_can_not_be_written_is_done_without(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "file"
    file.write_text("")
    monkeypatch.setattr(machine_code, "HERE", file)
    monkeypatch.setattr(machine_code.Path, "home", lambda: file)
    fresh = machine_code.compiled_step.__wrapped__()  # type: ignore[attr-defined]
    assert callable(fresh)
