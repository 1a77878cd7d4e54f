"""From a request to prompt tokens: raw text, or a chat in the model's own template."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from tokenizers import Tokenizer
from transformers import PreTrainedTokenizerFast

from studio.errors import NotReady
from studio.requests import Message, Request

NAMED_TOKENS = ("bos_token", "eos_token", "unk_token", "pad_token")


class TextPrompt:
    """A card's tokenizer and chat template."""

    def __init__(self, card: str, folder: Path) -> None:
        if not (folder / "tokenizer.json").is_file():
            raise NotReady(
                card, f"{card} has no tokenizer.json.", "Fetch it again.", code="no_tokenizer"
            )
        self.tokenizer = _tokenizer(folder)
        self.settings = _json(folder / "tokenizer_config.json")
        self._chat = PreTrainedTokenizerFast(  # type: ignore[no-untyped-call]
            tokenizer_object=self.tokenizer,
            chat_template=_chat_template(folder, self.settings),
            **_named_tokens(self.settings),
        )
        added = self.tokenizer.get_added_tokens_decoder().values()
        self._special = sorted((each.content for each in added if each.special), key=len)[::-1]

    @property
    def eos(self) -> int | None:
        """The end token that the tokenizer names."""
        eos: int | None = self._chat.eos_token_id
        return eos

    def tokens(self, request: Request) -> list[int]:
        """The prompt with its opening. A last space of the opening is left to the first word."""
        opening = request.opening.rstrip(" ")
        if not request.messages:
            return list(self.tokenizer.encode(request.prompt + opening).ids)
        text = self._rendered(request.messages) + self.harmless(opening)
        return list(self.tokenizer.encode(text, add_special_tokens=False).ids)

    def _rendered(self, messages: Sequence[Message]) -> str:
        turns = [{"role": m.role, "content": self.harmless(m.content)} for m in messages]
        if self._chat.chat_template is None:
            return "\n\n".join(turn["content"] for turn in turns) + "\n\n"
        return str(
            self._chat.apply_chat_template(
                turns, tokenize=False, add_generation_prompt=True, enable_thinking=False
            )
        )

    def harmless(self, text: str) -> str:
        """The text without special tokens: what a person writes must not end its own turn or
        open another."""
        for special in self._special:
            text = text.replace(special, "")
        return text


def _tokenizer(folder: Path) -> Tokenizer:
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def _chat_template(folder: Path, settings: Mapping[str, Any]) -> str | None:
    path = folder / "chat_template.jinja"
    if path.is_file():
        return path.read_text("utf-8")
    template = settings.get("chat_template")
    if isinstance(template, list):  # several named ones
        template = next((t["template"] for t in template if t["name"] == "default"), None)
    return template


def _named_tokens(settings: Mapping[str, Any]) -> dict[str, str]:
    found = {name: settings.get(name) for name in NAMED_TOKENS}
    texts = {k: v.get("content") if isinstance(v, dict) else v for k, v in found.items()}
    return {name: text for name, text in texts.items() if text}


def _json(path: Path) -> dict[str, Any]:
    return dict(json.loads(path.read_text("utf-8"))) if path.is_file() else {}
