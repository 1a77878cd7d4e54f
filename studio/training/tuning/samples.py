"""Fixed prompts, continued at each score: the same chance each time, so that sheets compare."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from transformers.cache_utils import Cache

from studio.families.text_prompt import TextPrompt
from studio.training.chat_tokens import NOT_LEARNT, TokenRow
from studio.training.tuning.tuning import Tuning

MOST_TOKENS = 60
TEMPERATURE = 0.7


@dataclass(frozen=True, slots=True)
class SamplePrompts:
    """The prompts of the first held-out rows."""

    prompts: tuple[tuple[int, ...], ...]
    end: frozenset[int]
    tokenizer: TextPrompt

    @classmethod
    def of(cls, rows: Sequence[TokenRow], prompt: TextPrompt, count: int) -> SamplePrompts:
        """The first `count` prompts; an answer ends where the rows' answers end."""
        begun = [_asked(row) for row in rows[:count]]
        return cls(tuple(begun), frozenset(row.ids[-1] for row in rows), prompt)

    def write(self, tuning: Tuning) -> list[str]:
        """One text a prompt, the question before it."""
        model = tuning.model
        model.eval()
        texts = [self._text(tuning, number, each) for number, each in enumerate(self.prompts)]
        model.train()
        return texts

    @torch.no_grad()
    def _text(self, tuning: Tuning, number: int, prompt: Sequence[int]) -> str:
        chance = torch.Generator().manual_seed(number)
        cache, written = tuning.cache(), list[int]()
        following = list(prompt)
        while len(written) < MOST_TOKENS:
            odds = (_logits(tuning, following, cache) / TEMPERATURE).softmax(-1)
            following = [int(torch.multinomial(odds, 1, generator=chance))]
            if following[0] in self.end:
                break
            written += following
        decode = self.tokenizer.tokenizer.decode
        return f"{decode(list(prompt))}\n> {decode(written)}"


def _logits(tuning: Tuning, ids: Sequence[int], cache: Cache) -> torch.Tensor:
    """float32 logits [vocabulary] after the last of the ids."""
    head = tuning.head()
    weight = next(head.parameters())
    half = weight.dtype is torch.bfloat16
    with torch.autocast(weight.device.type, dtype=torch.bfloat16, enabled=half):
        hidden = tuning.hidden(torch.tensor([list(ids)], device=weight.device), cache)
        logits: torch.Tensor = head(hidden[0, -1])
    return logits.float().cpu()


def _asked(row: TokenRow) -> tuple[int, ...]:
    learnt = [at for at, label in enumerate(row.labels) if label != NOT_LEARNT]
    # An earlier turn may be learnt too: the last run of learnt tokens is the answer.
    begin = learnt[-1] if learnt else len(row.ids)
    while begin > 0 and row.labels[begin - 1] != NOT_LEARNT:
        begin -= 1
    return row.ids[:begin]
