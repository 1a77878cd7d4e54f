"""Reads drafts for the studio: how near each is to what was asked, by the text encoder.

Not a family: it is no model that people wait in line for, holds nothing on the device, and brings
its own runtime on the CPU. So it does not go through the device thread, where its fraction of a
second would hold up everybody's next token, but runs in the thread that finishes the work, one
reading at a time.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence

from studio.errors import NotReady
from studio.families.text_encoder import TextEncoder


class DraftReader:
    """Opens the encoder at the first reading. Without one it says None and the rank does without.

    Safe from any thread; blocks, so never on an event loop.
    """

    def __init__(self, open_encoder: Callable[[], TextEncoder]) -> None:
        self._open = open_encoder
        self._encoder: TextEncoder | None = None
        self._missing = False
        self._one_at_a_time = threading.Lock()

    def coverage(self, brief: str, texts: Sequence[str]) -> tuple[float | None, ...]:
        """Cosine of the brief and each text, -1 to 1; 0 for an empty text. All None without
        an encoder."""
        with self._one_at_a_time:
            encoder = self._opened() if brief.strip() else None
            if encoder is None:
                return (None,) * len(texts)
            asked, *written = encoder.encode([brief, *texts])
        return tuple(
            _cosine(asked, each) if text.strip() else 0.0
            for each, text in zip(written, texts, strict=True)
        )

    def _opened(self) -> TextEncoder | None:
        if self._encoder is None and not self._missing:
            try:
                self._encoder = self._open()
            except NotReady:
                self._missing = True
        return self._encoder


def _cosine(one: Sequence[float], other: Sequence[float]) -> float:
    """Of unit vectors."""
    return sum(a * b for a, b in zip(one, other, strict=True))
