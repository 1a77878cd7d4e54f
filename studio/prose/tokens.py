"""How many tokens a text may be, where no tokenizer is at hand."""

from __future__ import annotations

LETTERS_A_TOKEN = 4.2
"""Of English, in the vocabularies of the shipped base models."""
TOKENS_A_CHARACTER = 0.8
"""Of Chinese, in a bilingual vocabulary; small English ones take up to three."""


def estimated_tokens(text: str) -> int:
    """About as many; at least 1 when there is any text."""
    han = sum("\u2e80" <= each <= "\u9fff" for each in text)
    plain = len(" ".join(text.split())) - han
    return max(round(plain / LETTERS_A_TOKEN + han * TOKENS_A_CHARACTER), 1 if text.strip() else 0)
