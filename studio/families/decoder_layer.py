"""One layer of the fused forward: its weights, joined where products can be shared."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import torch

from studio.families.decoder_shape import DecoderShape


@dataclass(frozen=True, slots=True)
class DecoderLayer:
    """Query, key and value are one product, gate and up another. Norms are ready to multiply by;
    a norm that the architecture does not have is None."""

    before_attention: torch.Tensor
    qkv: torch.Tensor
    query_norm: torch.Tensor | None
    key_norm: torch.Tensor | None
    out: torch.Tensor
    after_attention: torch.Tensor | None
    before_mlp: torch.Tensor
    gate_up: torch.Tensor
    down: torch.Tensor
    after_mlp: torch.Tensor | None

    @classmethod
    def of(cls, weights: Mapping[str, torch.Tensor], i: int, shape: DecoderShape) -> DecoderLayer:
        """Layer `i` of a model's weights, named as transformers names them."""
        at = f"model.layers.{i}"

        def joined(*names: str) -> torch.Tensor:
            return torch.cat([weights[f"{at}.{name}.weight"] for name in names])

        def norm(name: str) -> torch.Tensor:
            return norm_weight(weights, f"{at}.{name}", shape)

        def norm_if_any(name: str) -> torch.Tensor | None:
            return norm(name) if f"{at}.{name}.weight" in weights else None

        queries = norm_if_any("self_attn.q_norm")
        before_mlp = "pre_feedforward" if shape.norms_after else "post_attention"
        return cls(
            before_attention=norm("input_layernorm"),
            qkv=joined("self_attn.q_proj", "self_attn.k_proj", "self_attn.v_proj"),
            # A scale of attention other than the usual goes through the norm and the rotation.
            query_norm=None if queries is None else queries * shape.query_scale,
            key_norm=norm_if_any("self_attn.k_norm"),
            out=joined("self_attn.o_proj"),
            after_attention=norm("post_attention_layernorm") if shape.norms_after else None,
            before_mlp=norm(f"{before_mlp}_layernorm"),
            gate_up=joined("mlp.gate_proj", "mlp.up_proj"),
            down=joined("mlp.down_proj"),
            after_mlp=norm("post_feedforward_layernorm") if shape.norms_after else None,
        )

    @property
    def products(self) -> tuple[torch.Tensor, ...]:
        """Weights [out, in], in the order of their use."""
        return (self.qkv, self.out, self.gate_up, self.down)

    @property
    def norms(self) -> tuple[torch.Tensor | None, ...]:
        """[hidden] each: before and after attention, before and after the MLP."""
        return (self.before_attention, self.after_attention, self.before_mlp, self.after_mlp)


def norm_weight(
    weights: Mapping[str, torch.Tensor], module: str, shape: DecoderShape
) -> torch.Tensor:
    """What the normed values of a module are multiplied by."""
    weight = weights[f"{module}.weight"]
    return weight + shape.norm_offset if shape.norm_offset else weight
