"""Compile what processors run in machine code before somebody waits for it."""

from __future__ import annotations

from collections.abc import Iterator

import torch

from studio.families.compiled.bank import AdapterBank
from studio.families.compiled.processor import has_dots
from studio.families.compiled.slots import CompiledSlots
from studio.families.compiled_llama import CompiledLlama
from studio.families.decoder_shape import DecoderShape
from studio.families.forward import Span
from studio.families.kv_slots import KvShape
from studio.families.sampler import Draw, draw_tokens, log_probabilities
from studio.requests import Sampling

WIDTH = 32
"""Of everything in the model that is only there to be run once."""


def compile_ahead() -> bool:
    """Compile the step and the draw, once for this version and processor: some twenty seconds,
    later starts read it from disk. False where the processor can not run the step."""
    logits = torch.zeros(1, WIDTH)
    log_probabilities(logits, draw_tokens(logits.clone(), [Draw(Sampling(), 0.5)]))
    if not has_dots():
        return False
    shape = DecoderShape(
        hidden=WIDTH,
        heads=1,
        kv_heads=1,
        head_width=WIDTH,
        inner=WIDTH,
        epsilon=1e-5,
        activation="silu",
        rope_bases=(10_000.0,),
        windows=(0,),
    )
    cache = CompiledSlots(KvShape(1, 1, 1, WIDTH, WIDTH))
    model = CompiledLlama(shape, dict(_weights(shape)), cache, AdapterBank(shape.sites()), 1)
    model.run([Span(0, 0, (0, 1))])
    return True


def _weights(shape: DecoderShape) -> Iterator[tuple[str, torch.Tensor]]:
    yield "model.embed_tokens.weight", torch.ones(WIDTH, WIDTH)
    for norm in ("norm", "layers.0.input_layernorm", "layers.0.post_attention_layernorm"):
        yield f"model.{norm}.weight", torch.ones(WIDTH)
    for site in shape.sites().values():
        for part in site.parts:
            yield f"{part.module}.weight", torch.ones(part.outputs, site.inputs)
