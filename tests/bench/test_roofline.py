"""The roofline: what is counted from a model, and what the machine is measured to do."""

from __future__ import annotations

import torch
from transformers import LlamaConfig

from studio.families.machine_rates import MachineRates, measure_rates
from studio.families.roofline import EngineFacts, ModelCost

SMOLLM2 = LlamaConfig(
    vocab_size=49152, hidden_size=576, intermediate_size=1536, num_hidden_layers=30,
    num_attention_heads=9, num_key_value_heads=3, tie_word_embeddings=True,
)  # fmt: skip
RATES = MachineRates(1e10, 2e10, 1e11, 2e11, 4e11)
FLOAT = EngineFacts("float32", 4, "float32", 4)


def test_a_small_batch_is_bound_by_memory_and_a_large_one_by_arithmetic() -> None:
    cost = ModelCost.of(SMOLLM2, 134_515_008)
    assert cost.cache_numbers * 4 == 46_080  # as its card says
    alone = cost.most_tokens_per_s(RATES, FLOAT, 1, 80)
    assert abs(alone - 2e10 / (4 * 134_515_008 + 80 * 46_080)) < 0.01
    many = cost.most_tokens_per_s(RATES, FLOAT, 64, 80)
    assert abs(many - 1e11 / (2 * 134_515_008 + 80 * cost.attention_operations)) < 0.01
    packed = EngineFacts("int8", 1, "int8", 4)
    assert cost.most_tokens_per_s(RATES, packed, 1, 80) > 3.5 * alone


def test_an_embedding_that_is_no_head_is_not_read_whole() -> None:
    apart = LlamaConfig(**{**SMOLLM2.to_dict(), "tie_word_embeddings": False})
    parameters = 134_515_008 + 49152 * 576
    assert ModelCost.of(apart, parameters).multiplied == 134_515_008


def test_a_machine_is_measured() -> None:
    rates = measure_rates(torch.device("cpu"), 2**20)
    assert min(rates.copy_bytes_per_s, rates.triad_bytes_per_s) > 1e6
    assert min(rates.of("float32"), rates.of("bfloat16"), rates.of("int8")) > 1e5
