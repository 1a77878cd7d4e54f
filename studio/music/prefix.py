"""The start of what the melody language model reads: the plan, in its own words."""

from __future__ import annotations

from collections.abc import Sequence

BEGIN = "<bos>"


def melody_prefix(words: Sequence[str]) -> str:
    """The prompt: the begin mark and the plan's words; bars follow."""
    return " ".join((BEGIN, *words))
