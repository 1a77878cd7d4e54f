"""The border to text encoders: sentences of any language to vectors that mean the same."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol


class TextEncoder(Protocol):
    """Texts to unit vectors; texts that mean the same lie close, whatever the language."""

    @property
    def width(self) -> int:
        """Length of a vector."""

    def encode(self, texts: Sequence[str]) -> list[list[float]]:
        """One unit vector [width] a text. Long texts are cut or windowed by the encoder."""
