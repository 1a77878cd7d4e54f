"""Whether a text stands at the end of a sentence, in English or Chinese."""

from __future__ import annotations

ENDS = ".!?。！？…"
CLOSERS = "\"'”’」』）)]】*_"


def at_sentence_end(text: str) -> bool:
    """True after a full stop and its closing quotes or brackets, and after an empty line."""
    if text.endswith("\n\n"):
        return True
    return text.rstrip().rstrip(CLOSERS).endswith(tuple(ENDS))
