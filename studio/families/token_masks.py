"""Which tokens a rule allows, as masks over the vocabulary; kept for sets that come again."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence

import torch

KEPT = 96
"""Masks at a time: with 262,144 tokens they take 25 MB."""


class TokenMasks:
    """Boolean masks of forbidden tokens, cached by the identity of the allowed sequence."""

    def __init__(self, vocabulary_size: int, device: torch.device) -> None:
        self._size = vocabulary_size
        self._device = device
        # The sequence is kept beside its mask: an identity is only good while the object lives.
        self._kept: OrderedDict[int, tuple[Sequence[int], torch.Tensor]] = OrderedDict()

    def forbidden(self, allowed: Sequence[int]) -> torch.Tensor:
        """[vocabulary] True where a token is not allowed. Raises ValueError when none is."""
        kept = self._kept.get(id(allowed))
        if kept is None:
            kept = (allowed, self._mask(allowed))
            self._kept[id(allowed)] = kept
            if len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        self._kept.move_to_end(id(allowed))
        return kept[1]

    def _mask(self, allowed: Sequence[int]) -> torch.Tensor:
        if not len(allowed):
            raise ValueError("the constraint allows no token")
        mask = torch.ones(self._size, dtype=torch.bool)
        mask[torch.tensor(allowed, dtype=torch.long)] = False
        return mask.to(self._device)
