"""The loss of a chat: taken on its answers only, the head run on their tokens only."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

import torch
from torch import nn
from torch.nn.functional import cross_entropy, linear

from studio.training.chat_tokens import NOT_LEARNT, TokenRow, batches, padded
from studio.training.tuning.tuning import ScoredLm

HEAD_TOKENS = 256
"""Answer tokens whose logits exist at one time: a vocabulary of 262,144 would fill the memory."""


class NarrowHead:
    """The rows of a frozen output layer that answers are made of: a head of 262,144 rows is half
    the cost of a small model's step."""

    def __init__(self, head: nn.Module, written: Sequence[int]) -> None:
        """`written`: the tokens it knows, in order."""
        whole = head.get_parameter("weight")
        ids = torch.tensor(written, device=whole.device)
        self._places = torch.full((len(whole),), NOT_LEARNT, device=whole.device)
        self._places[ids] = torch.arange(len(ids), device=whole.device)
        self._weight = whole[ids].detach()

    def places(self, targets: torch.Tensor) -> torch.Tensor:
        """Where each target's logit stands; NOT_LEARNT where there is none."""
        return self._places[targets]

    def __call__(self, hidden: torch.Tensor) -> torch.Tensor:
        """Logits [tokens, written]."""
        return linear(hidden, self._weight)


class AnswerLoss:
    """Losses of one model, in the number type of its recipe."""

    def __init__(self, lm: ScoredLm, *, bf16: bool, written: Sequence[int] = ()) -> None:
        """`written`: tokens that answers are compared with while learning; () stands for all.
        Scores always take all."""
        self._lm, self._bf16 = lm, bf16
        self._device = next(lm.model.parameters()).device
        self._narrow = NarrowHead(lm.head(), written) if written else None

    def learn(self, parts: Sequence[Sequence[TokenRow]]) -> tuple[float, int]:
        """Add the gradient of the mean loss of all parts together, one part at a time.

        Returns (that mean in nats, learnt tokens).
        """
        count = sum(row.learnt for part in parts for row in part)
        total = sum(self._loss(part, 1 / max(1, count)) for part in parts)
        penalty = self._lm.penalty()
        if penalty is not None:
            penalty.backward()  # type: ignore[no-untyped-call]
        return total / max(1, count), count

    @torch.no_grad()
    def mean(self, rows: Sequence[TokenRow], batch_tokens: int) -> float:
        """Mean loss of the learnt tokens of held-out rows, in nats; no dropout."""
        model, order = self._lm.model, torch.Generator().manual_seed(0)
        was = model.training
        model.eval()
        total = sum(self._loss(part, None) for part in batches(rows, batch_tokens, order) if part)
        model.train(was)
        count = sum(row.learnt for row in rows)
        return total / count if count else math.nan

    def _loss(self, part: Sequence[TokenRow], scale: float | None) -> float:
        """Summed loss; with `scale` its gradient times that is added."""
        ids, labels = (each.to(self._device) for each in padded(part))
        chosen = labels[:, 1:] != NOT_LEARNT
        targets, head = labels[:, 1:][chosen], self._head(scale)
        if isinstance(head, NarrowHead):
            targets = head.places(targets)
        with torch.autocast(self._device.type, dtype=torch.bfloat16, enabled=self._bf16):
            hidden = self._lm.hidden(ids[:, :-1])[chosen]
            total, gradient = _head_loss(head, hidden, targets, scale)
        if scale is not None and hidden.requires_grad:
            hidden.backward(gradient)  # type: ignore[no-untyped-call]
        return total

    def _head(self, scale: float | None) -> Head:
        narrow = self._narrow if scale is not None else None
        return narrow if narrow is not None else self._lm.head()


Head = Callable[[torch.Tensor], torch.Tensor]
"""Hidden states [tokens, width] -> logits."""


def _head_loss(
    head: Head, hidden: torch.Tensor, targets: torch.Tensor, scale: float | None
) -> tuple[float, torch.Tensor]:
    """(summed loss, its scaled gradient at `hidden`), a slice of tokens at a time."""
    total, gradient = 0.0, torch.zeros_like(hidden)
    for start in range(0, len(targets), HEAD_TOKENS):
        part = slice(start, start + HEAD_TOKENS)
        leaf = hidden[part].detach().requires_grad_(scale is not None)
        loss = cross_entropy(head(leaf).float(), targets[part], reduction="sum")
        total += float(loss.detach())
        if scale is not None:
            (loss * scale).backward()  # type: ignore[no-untyped-call]
            assert leaf.grad is not None
            gradient[part] = leaf.grad
    return total, gradient
