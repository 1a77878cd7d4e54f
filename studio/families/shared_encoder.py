"""One text encoder for all that read: opened once, asked by one at a time."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence

from studio.errors import NotReady
from studio.families.text_encoder import TextEncoder


class SharedEncoder:
    """A `TextEncoder` that is opened when it is first needed and then shared. Safe from any
    thread; blocks."""

    def __init__(self, open_encoder: Callable[[], TextEncoder]) -> None:
        self._open = open_encoder
        self._encoder: TextEncoder | None = None
        self._missing: NotReady | None = None
        self._one_at_a_time = threading.Lock()

    def opened(self) -> SharedEncoder:
        """Itself, ready. Raises NotReady when there is no encoder here; asks only once."""
        with self._one_at_a_time:
            self._ready()
        return self

    @property
    def width(self) -> int:
        with self._one_at_a_time:
            return self._ready().width

    def encode(self, texts: Sequence[str]) -> list[list[float]]:
        """One unit vector [width] a text. Raises NotReady."""
        with self._one_at_a_time:
            return self._ready().encode(texts)

    def _ready(self) -> TextEncoder:
        if self._missing is not None:
            raise self._missing
        if self._encoder is None:
            try:
                self._encoder = self._open()
            except NotReady as error:
                self._missing = error
                raise
        return self._encoder
