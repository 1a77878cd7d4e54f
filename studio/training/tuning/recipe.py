"""Everything that fixes a tuning run but its data; goes into the card as it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from types import MappingProxyType

LEARNING_RATES: Mapping[str, float] = MappingProxyType(
    {"lora": 6e-4, "adalora": 2e-3, "prefix": 1e-2, "ia3": 1e-2, "full": 5e-5, "scratch": 1e-3}
)
"""Where to begin, by method: few parameters take large steps."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TuningRecipe:
    """One way to tune. AdamW, linear warm-up, cosine decay to a twentieth."""

    method: str = "lora"
    rank: int = 16
    """LoRA: of each matrix. AdaLoRA: on average, after it has begun with half as much again."""
    alpha: int = 32
    dropout: float = 0.05
    """Of the adapter's input (LoRA, AdaLoRA) or of attention (full, scratch)."""
    prefix_tokens: int = 16
    learning_rate: float = 0.0
    """0 takes the method's own (LEARNING_RATES)."""
    weight_decay: float = 0.01
    warmup_steps: int = 10
    batch_tokens: int = 2048
    """Padded tokens that go through the model at once."""
    accumulate: int = 1
    """Batches whose gradients make one step."""
    checkpointing: bool = False
    """Activations are computed twice instead of kept: half the memory, a third more time."""
    bf16: bool = True
    """Products in bfloat16; false: everything in float32."""
    clip: float = 1.0
    freeze: int = 0
    """How many of the lowest layers are left as they are (with the embedding, when in full)."""
    epochs: int = 6
    """0: as many as the minutes allow; the learning rate then follows the clock."""
    steps: int = 0
    """When not 0, this many steps instead of epochs."""
    score_steps: int = 0
    """Steps from one score to the next; 0 is once an epoch."""
    score_minutes: float = 0.0
    """When not 0, minutes from one score to the next instead."""
    val_rows: int = 256
    """Held-out rows of a score, at most."""
    patience: int = 3
    """Scores without a better one before the run ends early."""
    context: int = 512
    """Longest row in tokens; what is longer is cut."""
    seed: int = 0
    width: int = 256
    """From scratch: width, layers and heads of the new model."""
    layers: int = 6
    heads: int = 4

    @property
    def rate(self) -> float:
        """The highest learning rate of the run."""
        return self.learning_rate or LEARNING_RATES[self.method]

    def table(self) -> dict[str, str | int | float | bool]:
        """The recipe as the card's [training] table has it: what the method does not use is
        left out."""
        unused = set[str]()
        if self.method not in ("lora", "adalora"):
            unused |= {"rank", "alpha"}
        if self.method != "prefix":
            unused |= {"prefix_tokens"}
        if self.method != "scratch":
            unused |= {"width", "layers", "heads"}
        known = asdict(self) | {"learning_rate": self.rate, "optimizer": "AdamW"}
        return {name: value for name, value in known.items() if name not in unused}
