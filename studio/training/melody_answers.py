"""lm/melody opened for measuring: the family that decodes, its words, its likelihood."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import torch
from torch.nn.functional import cross_entropy
from transformers import LlamaForCausalLM

from studio.catalog import Catalog, read_card
from studio.families.causal_lm import CausalLm
from studio.families.causal_lm_loading import Sizes, load_lm
from studio.families.tokenizer_vocabulary import TokenizerVocabulary
from studio.requests import Sampling
from studio.training.melody_corpus import BEGIN, CONTEXT, END, melody_tokenizer
from studio.training.melody_heldout import plan_of
from studio.training.melody_markov import note_count

ROWS = 16
SAMPLING = Sampling(temperature=0.85, top_p=0.95, min_p=0.02, max_tokens=CONTEXT - 32)
"""As the craft draws, for whoever measures."""


def opened(card: Path, rows: int = ROWS) -> CausalLm:
    """The family on a card's folder, on the CPU in float32."""
    found = read_card(card / "model.toml")
    lm = load_lm(found, torch.device("cpu"), "float32", Sizes(slots=rows, tokens=CONTEXT))
    return CausalLm(lm, Catalog([found]).card)


def melody_vocabulary() -> TokenizerVocabulary:
    """The model's words, for whoever writes without it."""
    tokenizer = melody_tokenizer()
    ids = tokenizer.get_vocab()
    return TokenizerVocabulary(tokenizer, ids[END], len(ids))


@torch.inference_mode()
def nats_per_note(model: LlamaForCausalLM, rows: Iterable[Sequence[str]]) -> float:
    """Negative log-likelihood of tunes as symbols, the plan given: the sum over bars, phrases,
    notes, rests, ties and the end, by the number of struck notes."""
    ids = melody_tokenizer().get_vocab()
    nats, notes = 0.0, 0
    for row in rows:
        told = 1 + len(plan_of(row))
        tokens = torch.tensor([[ids[symbol] for symbol in (BEGIN, *row, END)]])
        logits = model(input_ids=tokens[:, :-1], use_cache=False).logits[0, told - 1 :]
        nats += float(cross_entropy(logits.float(), tokens[0, told:], reduction="sum"))
        notes += note_count(row)
    return nats / max(1, notes)
