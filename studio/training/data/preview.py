"""The first rows as the model sees them: every token, what is learnt of it, and the end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from studio.families.text_prompt import TextPrompt
from studio.training.chat_tokens import NOT_LEARNT, ChatTokens, TokenRow
from studio.training.data.chats import data_chats
from studio.training.data.row import DataRow


@dataclass(frozen=True, slots=True)
class Seen:
    """One training example, split where the learning begins; special tokens stand as they are."""

    prompt: str
    """What is read: the chat in the card's template, up to the answer."""
    answer: str
    """What is learnt, the end token last."""
    tokens: int
    learnt: int
    cut: bool
    """Whether it was longer than the context and lost its end."""


def preview(
    rows: Sequence[DataRow], prompt: TextPrompt, context: int, count: int = 3
) -> Iterator[Seen]:
    """The first `count` examples of the rows."""
    tokens = ChatTokens(prompt, context)
    whole = ChatTokens(prompt, 1_000_000)
    for chat in data_chats(rows[:count])[:count]:
        row = tokens.row(chat)
        yield _seen(row, prompt, cut=len(row.ids) < len(whole.row(chat).ids))


def _seen(row: TokenRow, prompt: TextPrompt, *, cut: bool) -> Seen:
    labels = row.labels
    begin = next((at for at, label in enumerate(labels) if label != NOT_LEARNT), len(labels))

    def text(ids: Sequence[int]) -> str:
        return str(prompt.tokenizer.decode(list(ids), skip_special_tokens=False))

    return Seen(text(row.ids[:begin]), text(row.ids[begin:]), len(row.ids), row.learnt, cut)
