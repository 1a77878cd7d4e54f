"""From logits to the next token of each row, with the row's own settings and chance.

One uniform number per row and token picks from the row's candidates in order of probability, so
that a row draws the same in any company and on any device. Nucleus: arXiv 1904.09751; min-p:
arXiv 2407.01082; repetition penalty (on generated tokens only): arXiv 1909.05858.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import torch

from studio.requests import Sampling

CANDIDATES = 256
"""Tokens sorted at first; a row whose filters reach further sorts more."""
WIDER = 16
"""How many times more: to sort a quarter of a million takes longer than the model."""


@dataclass(slots=True)
class Draw:
    """What one row asks of its next token."""

    sampling: Sampling
    uniform: float
    """In [0, 1), from the row's own generator."""
    generated: Sequence[int] = ()
    banned: Sequence[int] = ()
    """Tokens that would repeat an n-gram."""
    forbidden: torch.Tensor | None = None
    """[vocabulary] bool, from the row's constraint."""
    unpenalised: frozenset[int] = field(default=frozenset())
    """Tokens a repetition penalty spares: the one that ends a sequence."""


def log_probabilities(logits: torch.Tensor, tokens: Sequence[int]) -> list[float]:
    """Natural log-probability of one token a row under [rows, vocabulary] logits as they are.

    For the model's own opinion give the logits before `draw_tokens` has changed them.
    """
    chosen = logits.gather(-1, _places(tokens, logits)[:, None]).squeeze(-1)
    shares: list[float] = (chosen - logits.logsumexp(-1)).tolist()
    return shares


def draw_tokens(logits: torch.Tensor, draws: Sequence[Draw]) -> list[int]:
    """One token a row from float32 logits [rows, vocabulary], which are changed in place."""
    for row, draw in zip(logits, draws, strict=True):
        _adjust(row, draw)
    tokens: list[int] = logits.argmax(-1).tolist()
    chancy = [i for i, draw in enumerate(draws) if draw.sampling.temperature > 0]
    if chancy:
        rows = logits if len(chancy) == len(draws) else logits[chancy]
        picked = _sample(rows, [draws[i] for i in chancy], CANDIDATES)
        for i, token in zip(chancy, picked, strict=True):
            tokens[i] = token
    return tokens


def _adjust(row: torch.Tensor, draw: Draw) -> None:
    if draw.sampling.repetition_penalty != 1.0 and draw.generated:
        _penalise(row, draw)
    if draw.banned:
        _ban(row, draw.banned)
    if draw.forbidden is not None:
        row.masked_fill_(draw.forbidden, float("-inf"))


def _penalise(row: torch.Tensor, draw: Draw) -> None:
    seen = _places(sorted(set(draw.generated) - draw.unpenalised), row)
    values, penalty = row[seen], draw.sampling.repetition_penalty
    row[seen] = torch.where(values < 0, values * penalty, values / penalty)


def _ban(row: torch.Tensor, banned: Sequence[int]) -> None:
    row[_places(banned, row)] = float("-inf")


def _places(tokens: Sequence[int], row: torch.Tensor) -> torch.Tensor:
    return torch.tensor(tokens, dtype=torch.long, device=row.device)


def _sample(logits: torch.Tensor, draws: Sequence[Draw], candidates: int) -> list[int]:
    size = logits.shape[-1]
    count = min(candidates, size)
    heat = _column([draw.sampling.temperature for draw in draws], logits)
    scaled = logits / heat
    top, tokens = scaled.topk(count, -1)
    shares = (top - scaled.logsumexp(-1, keepdim=True)).exp()
    kept = _kept(shares, draws)
    chances = (shares * kept).cumsum(-1)
    aims = _column([draw.uniform for draw in draws], logits) * chances[:, -1:]
    places = (chances <= aims).sum(-1).clamp(max=count - 1)
    picked: list[int] = tokens.gather(-1, places[:, None]).squeeze(-1).tolist()
    if count < size:  # rows whose filters may keep more than the candidates
        for i in kept[:, -1].nonzero().flatten().tolist():
            picked[i] = _sample(logits[i : i + 1], draws[i : i + 1], WIDER * count)[0]
    return picked


def _kept(shares: torch.Tensor, draws: Sequence[Draw]) -> torch.Tensor:
    """Which candidates pass each row's top-k, top-p and min-p; the first always does."""
    before = shares.cumsum(-1) - shares
    ranks = torch.arange(shares.shape[-1], device=shares.device)
    top_p = _column([each.sampling.top_p or 1.0 for each in draws], shares)
    # top-p 1.0 keeps all: rounding must not cut the tail.
    kept = (before < top_p) | (top_p >= 1.0)
    kept &= ranks < _column([each.sampling.top_k or 2.0**31 for each in draws], shares)
    kept &= shares >= shares[:, :1] * _column([each.sampling.min_p for each in draws], shares)
    kept[:, 0] = True
    return kept & (shares > 0)


def _column(numbers: Sequence[float], like: torch.Tensor) -> torch.Tensor:
    return torch.tensor(numbers, dtype=torch.float32, device=like.device)[:, None]
