"""Prompts that are tokens already, so that every engine reads the same ones."""

from __future__ import annotations

from pathlib import Path

from studio.families.text_prompt import TextPrompt
from studio.requests import Request


class TokenPrompt(TextPrompt):
    """A card's prompt that takes numbers with spaces between."""

    def __init__(self, card: str, folder: Path) -> None:
        super().__init__(card, folder)

    def tokens(self, request: Request) -> list[int]:
        """The numbers in the request's prompt."""
        return [int(each) for each in request.prompt.split()]

    def ids(self, text: str) -> list[int]:
        """A text's tokens."""
        return list(self.tokenizer.encode(text, add_special_tokens=False).ids)
