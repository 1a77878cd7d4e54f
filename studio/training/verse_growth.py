"""The first verse model with room for the forms that came later: its vocabulary grows at the end.

    model = grown_lm(Path("models/lm/verse-zh"), verse_tokenizer(zh_lexicon().characters()))

Old ids stay as they are. A new form begins as the nearest old one, so training goes on smoothly.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import cast

import torch
from tokenizers import Tokenizer
from transformers import LlamaForCausalLM

from studio.training.lm import load_lm
from studio.verse.prefix import COUPLET, FIRST_FORMS, LATER_FORMS, PAUSE, form_symbol


def grown_lm(card: Path, tokenizer: Tokenizer, context: int) -> LlamaForCausalLM:
    """The model of a card folder with a row for every symbol of `tokenizer` and `context` places.

    Raises ValueError when the card's vocabulary is not the beginning of the tokenizer's.
    """
    ids = tokenizer.get_vocab()
    old = Tokenizer.from_file(str(card / "tokenizer.json")).get_vocab()
    if any(ids.get(symbol) != number for symbol, number in old.items()):
        raise ValueError(f"The vocabulary of {card} is not the beginning of the new one.")
    model = load_lm(card)
    model.resize_token_embeddings(len(ids), mean_resizing=False)
    model.config.max_position_embeddings = max(context, model.config.max_position_embeddings)
    _begin_new_rows(model, ids, old)
    return model


def _begin_new_rows(
    model: LlamaForCausalLM, ids: Mapping[str, int], old: Mapping[str, int]
) -> None:
    rows = cast(torch.nn.Embedding, model.get_input_embeddings()).weight
    with torch.no_grad():
        for symbol, like in _nearest().items():
            if symbol not in old:
                rows[ids[symbol]] = rows[ids[like]]


def _nearest() -> Mapping[str, str]:
    """Each later symbol -> the old one it begins as."""
    tune, couplet = form_symbol(FIRST_FORMS[-1]), form_symbol(FIRST_FORMS[1])
    forms = {form_symbol(form): tune for form in LATER_FORMS}
    return {**forms, form_symbol(COUPLET): couplet, PAUSE: "，"}
