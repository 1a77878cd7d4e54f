"""The most tokens a second that a machine's memory and arithmetic allow a model.

Williams, Waterman and Patterson, "Roofline", CACM 52(4), 2009. One decoding step reads all weights
once and each row's keys and values, and does two operations a weight and row.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from studio.families.machine_rates import MachineRates


@dataclass(frozen=True, slots=True)
class EngineFacts:
    """What an engine keeps in memory."""

    weights: str
    """As it is called: float32, int8, Q4_0 ..."""
    bytes_a_weight: float
    arithmetic: str
    """The type that is multiplied: float32, bfloat16 or int8."""
    cache_number_bytes: int


@dataclass(frozen=True, slots=True)
class ModelCost:
    """One model's numbers, counted from its config and its weights."""

    multiplied: int
    """Weights that each token is multiplied with, the head among them."""
    cache_numbers: int
    """Keys and values of one token."""
    attention_operations: int
    """Of one token for each token it looks back at."""

    @classmethod
    def of(cls, config: Any, parameters: int) -> ModelCost:
        """Of a transformers text config. An embedding that is no head is only looked up."""
        heads = config.num_attention_heads
        width = getattr(config, "head_dim", None) or config.hidden_size // heads
        kv_heads = getattr(config, "num_key_value_heads", None) or heads
        looked_up = 0 if config.tie_word_embeddings else config.vocab_size * config.hidden_size
        return cls(
            multiplied=parameters - looked_up,
            cache_numbers=2 * config.num_hidden_layers * kv_heads * width,
            attention_operations=4 * config.num_hidden_layers * heads * width,
        )

    def step_bytes(self, engine: EngineFacts, rows: int, context: float) -> float:
        """Read from memory for one token of every row."""
        cache = rows * context * self.cache_numbers * engine.cache_number_bytes
        return self.multiplied * engine.bytes_a_weight + cache

    def step_operations(self, rows: int, context: float) -> float:
        """Multiplications and additions for one token of every row."""
        return rows * (2 * self.multiplied + self.attention_operations * context)

    def most_tokens_per_s(
        self, rates: MachineRates, engine: EngineFacts, rows: int, context: float
    ) -> float:
        """The lower of both roofs."""
        reading = self.step_bytes(engine, rows, context) / rates.bytes_per_s
        counting = self.step_operations(rows, context) / rates.of(engine.arithmetic)
        return rows / max(reading, counting)
