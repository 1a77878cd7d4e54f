"""A language model that is ready to decode: everything the batching loop needs of it."""

from __future__ import annotations

from dataclasses import dataclass

import torch

from studio.families.adapter_places import AdapterStack
from studio.families.forward import Forward
from studio.families.text_prompt import TextPrompt
from studio.families.tokenizer_vocabulary import TokenizerVocabulary


@dataclass(frozen=True, slots=True)
class LoadedLm:
    """One loaded card."""

    forward: Forward
    prompt: TextPrompt
    vocabulary: TokenizerVocabulary
    lora: AdapterStack
    ends: frozenset[int]
    """Tokens that end a sequence."""
    lane: str
    device: torch.device
    slots: int
    tokens: int
    """Longest row, prompt and text together."""
    piece: int
    """Prompt tokens read in one step beside rows that write."""
    pieces_alone: int
    """Prompt tokens read in one step when nobody writes."""
