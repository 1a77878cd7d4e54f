"""Chats as token rows: what the engine would read, then what should be written.

The prompt is made by the same `TextPrompt` that serves the card, so training and inference can
not drift apart.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import torch

from studio.families.text_prompt import TextPrompt
from studio.requests import Message, Request
from studio.training.writer_rows import Chat

BYTE = re.compile(r"<0x[0-9A-F]{2}>")
"""How SentencePiece names the single bytes of characters that it has no piece for."""
NOT_LEARNT = -100
"""Label of tokens that are read but not learnt; what torch's cross entropy leaves out."""


@dataclass(frozen=True, slots=True)
class TokenRow:
    """One chat: ids, and for each id itself where it is learnt, NOT_LEARNT elsewhere."""

    ids: tuple[int, ...]
    labels: tuple[int, ...]

    @property
    def learnt(self) -> int:
        """How many tokens are learnt."""
        return sum(label != NOT_LEARNT for label in self.labels)


class ChatTokens:
    """Turns chats into rows for one card's tokenizer and template."""

    def __init__(self, prompt: TextPrompt, longest: int) -> None:
        self._prompt, self._longest = prompt, longest
        self._end = _turn_end(prompt)

    def rows(self, chats: Sequence[Chat]) -> list[TokenRow]:
        """The rows that fit; a chat longer than the context is cut at its end."""
        return [self.row(chat) for chat in chats]

    def row(self, chat: Chat) -> TokenRow:
        """One row; the assistant turns inside the prompt are learnt too."""
        ids: list[int] = []
        labels: list[int] = []
        for before, answer, opening in _turns(chat):
            asked = Request(card="", seed=0, messages=before, opening=opening)
            prompt = self._prompt.tokens(asked)
            written = [*self._answer(answer), self._end]
            labels += [NOT_LEARNT] * (len(prompt) - len(ids)) + written
            ids = prompt + written
        return TokenRow(tuple(ids[: self._longest]), tuple(labels[: self._longest]))

    def written(self, alphabet: re.Pattern[str]) -> list[int]:
        """Tokens whose text is of this alphabet alone, the end and single bytes with them."""
        tokenizer = self._prompt.tokenizer
        table = sorted(tokenizer.get_vocab().items(), key=lambda entry: entry[1])
        plain = (tokenizer.decode([number]) for _, number in table)
        return [
            number
            for (symbol, number), text in zip(table, plain, strict=True)
            if number == self._end or BYTE.fullmatch(symbol) or alphabet.fullmatch(text)
        ]

    def text(self, row: TokenRow) -> str:
        """The row as the model sees it, special tokens and the end visible."""
        return str(self._prompt.tokenizer.decode(list(row.ids), skip_special_tokens=False))

    def _answer(self, answer: str) -> list[int]:
        plain = self._prompt.harmless(answer)
        return list(self._prompt.tokenizer.encode(plain, add_special_tokens=False).ids)


def batches(
    rows: Sequence[TokenRow], tokens: int, shuffle: torch.Generator
) -> list[list[TokenRow]]:
    """Batches of at most about `tokens` padded tokens, like lengths together, in random order."""
    order = sorted(rows, key=lambda row: len(row.ids))
    made: list[list[TokenRow]] = [[]]
    for row in order:
        if made[-1] and len(row.ids) * (len(made[-1]) + 1) > tokens:
            made.append([])
        made[-1].append(row)
    return [made[place] for place in torch.randperm(len(made), generator=shuffle).tolist()]


def padded(batch: Sequence[TokenRow]) -> tuple[torch.Tensor, torch.Tensor]:
    """(ids, labels), both int64 [rows, longest], padded on the right."""
    width = max(len(row.ids) for row in batch)
    ids = [[*row.ids, *[0] * (width - len(row.ids))] for row in batch]
    labels = [[*row.labels, *[NOT_LEARNT] * (width - len(row.ids))] for row in batch]
    return torch.tensor(ids), torch.tensor(labels)


def _turns(chat: Chat) -> list[tuple[tuple[Message, ...], str, str]]:
    """(messages before, answer, opening) of every assistant turn that is learnt."""
    inside = [
        (chat.messages[:place], message.content, "")
        for place, message in enumerate(chat.messages)
        if message.role == "assistant"
    ]
    return [*inside, (chat.messages, chat.answer, chat.opening)]


def _turn_end(prompt: TextPrompt) -> int:
    """The token that the chat template writes after an answer; the eos without a template."""
    asked, marker = Message("user", "x"), "\u2318"
    turns = (asked, Message("assistant", marker), asked)
    ids = prompt.tokens(Request(card="", seed=0, messages=turns))
    after = str(prompt.tokenizer.decode(ids, skip_special_tokens=False)).rpartition(marker)[2]
    ends = prompt.tokenizer.encode(after.lstrip(), add_special_tokens=False).ids
    named = prompt.tokenizer.get_added_tokens_decoder()
    if ends and ends[0] in named:
        return int(ends[0])
    assert prompt.eos is not None, "a tokenizer without an end token"
    return prompt.eos
