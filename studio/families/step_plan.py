"""One step of many rows as flat tokens: what stands where, and who may look at what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import torch
from torch.nn import functional as F

from studio.families.forward import Span

BLOCK = 32
"""Keys are looked at in whole blocks: then a row's sums do not depend on how far its neighbours
reach, and 8-bit weights give the same row in any company (a CPU, up to some 380 tokens)."""


@dataclass(frozen=True, slots=True)
class _Piece:
    """Part of a prompt: its flat tokens and which keys each of its grouped queries may see."""

    slot: int
    reach: int
    flat: slice
    mask: torch.Tensor


@dataclass(frozen=True, slots=True)
class _Decoding:
    """The rows with one token. Neighbouring slots are seen as they lie, without a copy."""

    rows: int
    lane: slice | torch.Tensor
    place: torch.Tensor | None
    """Where each row lies in the lane; None: one after the other."""
    width: int
    reach: int
    mask: torch.Tensor
    """[width, 1, 1, reach], additive."""


@dataclass(frozen=True, slots=True)
class StepPlan:
    """Flat tokens of one step: rows with one token first (by slot), then pieces of prompts."""

    tokens: torch.Tensor
    positions: torch.Tensor
    slots: torch.Tensor
    ends: tuple[int, ...]
    decoding: _Decoding | None
    pieces: tuple[_Piece, ...]

    @classmethod
    def of(
        cls, spans: Sequence[Span], groups: int, tokens: int, like: torch.Tensor, window: int = 0
    ) -> StepPlan:
        """Plan for ordered spans over slots of `tokens`; `groups` queries share a key.

        A `window` is how many tokens each one looks back, itself included; 0: all. Masks have the
        type of `like`.
        """
        device = like.device
        singles = [span for span in spans if len(span.tokens) == 1]
        flat, ends, pieces = 0, [], []
        for span in spans:
            if len(span.tokens) > 1:
                pieces += [
                    _piece(block, flat + block.start - span.start, groups, tokens, like, window)
                    for block in _cut(span)
                ]
            flat += len(span.tokens)
            ends.append(flat - 1)
        return cls(
            tokens=_whole([token for span in spans for token in span.tokens], device),
            positions=_whole([p for span in spans for p in range(span.start, span.end)], device),
            slots=_whole([span.slot for span in spans for _ in span.tokens], device),
            ends=tuple(ends),
            decoding=_decoding(singles, tokens, like, window) if singles else None,
            pieces=tuple(pieces),
        )

    def last_tokens(self, spans: Sequence[Span], order: Sequence[int]) -> torch.Tensor:
        """Flat places of the last token of each wanted span, in the spans' first order."""
        place = {i: self.ends[at] for at, i in enumerate(order)}
        return _whole([place[i] for i, span in enumerate(spans) if span.wanted], self.tokens.device)

    def attend(
        self, queries: torch.Tensor, keys: torch.Tensor, values: torch.Tensor
    ) -> torch.Tensor:
        """Attention of all tokens: [tokens, heads, width] over the slots -> [tokens, hidden]."""
        parts = []
        if self.decoding is not None:
            parts.append(_decode(self.decoding, queries, keys, values))
        parts.extend(_look_back(piece, queries, keys, values) for piece in self.pieces)
        return parts[0] if len(parts) == 1 else torch.cat(parts)


def _decode(
    plan: _Decoding, queries: torch.Tensor, keys: torch.Tensor, values: torch.Tensor
) -> torch.Tensor:
    _, heads, width = queries.shape
    grouped = queries[: plan.rows].view(plan.rows, keys.shape[1], -1, width)
    if plan.place is not None:
        spread = grouped.new_zeros((plan.width, *grouped.shape[1:]))
        spread[plan.place] = grouped
        grouped = spread
    seen = F.scaled_dot_product_attention(
        grouped,
        keys[plan.lane, :, : plan.reach],
        values[plan.lane, :, : plan.reach],
        attn_mask=plan.mask,
    )
    if plan.place is not None:
        seen = seen[plan.place]
    return seen.reshape(plan.rows, heads * width)


def _look_back(
    piece: _Piece, queries: torch.Tensor, keys: torch.Tensor, values: torch.Tensor
) -> torch.Tensor:
    rows = queries[piece.flat]
    tokens, heads, width = rows.shape
    kv_heads = keys.shape[1]
    grouped = rows.view(tokens, kv_heads, -1, width).permute(1, 2, 0, 3)
    seen = F.scaled_dot_product_attention(
        grouped.reshape(1, kv_heads, -1, width),
        keys[piece.slot : piece.slot + 1, :, : piece.reach],
        values[piece.slot : piece.slot + 1, :, : piece.reach],
        attn_mask=piece.mask,
    )
    back = seen.view(kv_heads, -1, tokens, width).permute(2, 0, 1, 3)
    return back.reshape(tokens, heads * width)


def _cut(span: Span) -> list[Span]:
    """The span by blocks of the slot: however a prompt comes in pieces, a block's sums are the
    same, and its tokens are not held against keys that come long after them."""
    starts = range(span.start - span.start % BLOCK, span.end, BLOCK)
    cuts = [(max(start, span.start), min(start + BLOCK, span.end)) for start in starts]
    return [
        replace(span, start=start, tokens=span.tokens[start - span.start : end - span.start])
        for start, end in cuts
    ]


def _piece(
    span: Span, flat: int, groups: int, tokens: int, like: torch.Tensor, window: int
) -> _Piece:
    device = like.device
    reach = _blocks(span.end, tokens)
    looks = torch.arange(reach, device=device)
    own = torch.arange(span.start, span.end, device=device)
    mask = _additive(_seen(looks[None], own[:, None] + 1, window), like).repeat(groups, 1)
    return _Piece(span.slot, reach, slice(flat, flat + len(span.tokens)), mask)


def _decoding(spans: Sequence[Span], tokens: int, like: torch.Tensor, window: int) -> _Decoding:
    slots, device = [span.slot for span in spans], like.device
    first, width = slots[0], slots[-1] - slots[0] + 1
    reach = _blocks(max(span.end for span in spans), tokens)
    lane: slice | torch.Tensor = slice(first, first + width)
    place = None
    if width > 2 * len(slots):  # too many gaps: copying the rows is cheaper than seeing the gaps
        lane, width = _whole(slots, device), len(slots)
    elif width != len(slots):
        place = _whole([slot - first for slot in slots], device)
    ends = torch.full((width,), 1, device=device)
    ends[place if place is not None else slice(None)] = _whole([s.end for s in spans], device)
    sees = _seen(torch.arange(reach, device=device)[None], ends[:, None], window)
    mask = _additive(sees, like)[:, None, None]
    return _Decoding(len(spans), lane, place, width, reach, mask)


def _seen(looks: torch.Tensor, ends: torch.Tensor, window: int) -> torch.Tensor:
    """Which of the places come before each end, and not too long before."""
    before = looks < ends
    return before & (looks >= ends - window) if window else before


def _blocks(end: int, tokens: int) -> int:
    return min(-(-end // BLOCK) * BLOCK, tokens)


def _additive(allowed: torch.Tensor, like: torch.Tensor) -> torch.Tensor:
    mask = torch.zeros(allowed.shape, dtype=like.dtype, device=like.device)
    return mask.masked_fill_(~allowed, float("-inf"))


def _whole(numbers: Sequence[int], device: torch.device) -> torch.Tensor:
    return torch.tensor(numbers, dtype=torch.long, device=device)
