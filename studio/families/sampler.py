"""From logits to the next token of each row, with the row's own settings and chance.

One uniform number per row and token picks from the row's candidates in order of probability, so
that a row draws the same in any company and on any device. Nucleus: arXiv 1904.09751; min-p:
arXiv 2407.01082; repetition penalty (on generated tokens only): arXiv 1909.05858.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

import numpy as np
import torch

from studio.families.compiled.machine_code import compiled_opinions, compiled_pick
from studio.requests import Sampling

CANDIDATES = 256
"""Tokens sorted at first; a row whose filters reach further sorts more."""
WIDER = 16
"""How many times more: to sort a quarter of a million takes longer than the model."""
BLOCK = 16
"""Tokens of which only the best is looked at first, in the search for candidates."""
LONG_BLOCK = 256
"""The same in the search for the one best."""


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
    if logits.device.type == "cpu":
        opinions = np.empty(len(logits), np.float64)
        compiled_opinions()(logits.numpy(), np.array(tokens, np.int64), opinions)
        return list(opinions.tolist())
    # One pass; logsumexp takes three.
    chosen = logits.log_softmax(-1).gather(-1, _whole(tokens, logits)[:, None])
    shares: list[float] = chosen.squeeze(-1).tolist()
    return shares


def draw_tokens(logits: torch.Tensor, draws: Sequence[Draw]) -> list[int]:
    """One token a row from float32 logits [rows, vocabulary], which are changed in place."""
    _penalise(logits, draws)
    _ban(logits, draws)
    for row, draw in zip(logits, draws, strict=True):
        if draw.forbidden is not None:
            row.masked_fill_(draw.forbidden, float("-inf"))
    if logits.device.type == "cpu":
        return _picked(logits, draws)
    tokens: dict[int, int] = {}
    chancy = [i for i, draw in enumerate(draws) if draw.sampling.temperature > 0]
    if chancy:
        asked = [draws[i] for i in chancy]
        rows = logits if len(chancy) == len(draws) else logits[chancy]
        tokens |= zip(chancy, _sample(_shares(rows, asked), asked, CANDIDATES), strict=True)
    greedy = [i for i in range(len(draws)) if i not in tokens]
    if greedy:
        rows = logits if len(greedy) == len(draws) else logits[greedy]
        tokens |= zip(greedy, _best(rows), strict=True)
    return [tokens[i] for i in range(len(draws))]


def _penalise(logits: torch.Tensor, draws: Sequence[Draw]) -> None:
    penalties = [draw.sampling.repetition_penalty for draw in draws]
    seen = [
        set[int]() if penalty == 1.0 else set(draw.generated) - draw.unpenalised
        for draw, penalty in zip(draws, penalties, strict=True)
    ]
    if not any(seen):
        return
    places, flat = _places(seen, logits), logits.view(-1)
    counts = torch.tensor([len(each) for each in seen])
    penalty = torch.tensor(penalties).repeat_interleave(counts).to(logits)
    values = flat[places]
    flat[places] = torch.where(values < 0, values * penalty, values / penalty)


def _ban(logits: torch.Tensor, draws: Sequence[Draw]) -> None:
    if any(draw.banned for draw in draws):
        places = _places([draw.banned for draw in draws], logits)
        logits.view(-1)[places] = float("-inf")


def _places(tokens: Sequence[Collection[int]], logits: torch.Tensor) -> torch.Tensor:
    """Where each row's tokens lie in the flat logits."""
    size = logits.shape[-1]
    return _whole([i * size + each for i, row in enumerate(tokens) for each in row], logits)


def _best(logits: torch.Tensor) -> list[int]:
    """The first of each row's largest: by blocks, since a search that remembers where is slow."""
    if logits.shape[-1] % LONG_BLOCK:
        return list(logits.argmax(-1).tolist())
    blocks = logits.view(len(logits), -1, LONG_BLOCK)
    block = blocks.amax(-1).argmax(-1)
    inside = blocks[torch.arange(len(logits), device=logits.device), block].argmax(-1)
    return list((block * LONG_BLOCK + inside).tolist())


def _picked(logits: torch.Tensor, draws: Sequence[Draw]) -> list[int]:
    """In machine code. The tokens are those of the operations below, which run on a GPU."""
    tokens = np.empty(len(draws), np.int64)
    samplings = [draw.sampling for draw in draws]
    compiled_pick()(
        logits.numpy(),
        np.array([each.temperature for each in samplings]),
        np.array([each.top_p or 1.0 for each in samplings]),
        np.array([each.top_k or 0 for each in samplings]),
        np.array([each.min_p for each in samplings]),
        np.array([draw.uniform for draw in draws]),
        tokens,
    )
    return list(tokens.tolist())


def _shares(logits: torch.Tensor, draws: Sequence[Draw]) -> torch.Tensor:
    """Log-probabilities at each row's temperature."""
    heat = _column([draw.sampling.temperature for draw in draws], logits)
    return (logits / heat).log_softmax(-1)


def _sample(logs: torch.Tensor, draws: Sequence[Draw], candidates: int) -> list[int]:
    count = min(candidates, logs.shape[-1])
    top, tokens = _largest(logs, count)
    shares = top.exp()
    kept = _kept(shares, draws)
    chances = (shares * kept).cumsum(-1)
    aims = _column([draw.uniform for draw in draws], logs) * chances[:, -1:]
    places = (chances <= aims).sum(-1).clamp(max=count - 1)
    picked: list[int] = tokens.gather(-1, places[:, None]).squeeze(-1).tolist()
    if count < logs.shape[-1]:  # rows whose filters may keep more than the candidates
        for i in kept[:, -1].nonzero().flatten().tolist():
            picked[i] = _sample(logs[i : i + 1], draws[i : i + 1], WIDER * count)[0]
    return picked


def _largest(rows: torch.Tensor, count: int) -> tuple[torch.Tensor, torch.Tensor]:
    """As `topk`. A row's best so many lie in the so many blocks with the best firsts, so only
    those blocks are sorted. A block's tokens are spread evenly: its best is found by columns."""
    size = rows.shape[-1]
    if size % BLOCK or size < 2 * BLOCK * count:
        top, tokens = rows.topk(count, -1)
        return top, tokens
    blocks = rows.view(len(rows), BLOCK, -1)
    chosen = blocks.amax(1).topk(count, -1, sorted=False).indices
    near = blocks.gather(2, chosen[:, None].expand(-1, BLOCK, -1)).flatten(1)
    top, at = near.topk(count, -1)
    return top, at // count * blocks.shape[-1] + chosen.gather(1, at % count)


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


def _whole(numbers: Sequence[int], like: torch.Tensor) -> torch.Tensor:
    return torch.tensor(numbers, dtype=torch.long, device=like.device)
