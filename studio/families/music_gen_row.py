"""One piece of music on its way: the codes that are drawn, each codebook a step after the last."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import torch
from transformers.generation.logits_process import (
    LogitsProcessor,
    TemperatureLogitsWarper,
    TopKLogitsWarper,
    TopPLogitsWarper,
)

from studio.families.music_gen_order import MusicGenOrder


@dataclass(eq=False)
class MusicGenRow:
    """A row draws with a generator of its own, so a batch changes nothing for it.

    The delay pattern (Copet et al. 2023, "Simple and controllable music generation", section 2.2):
    the codes of one frame are drawn at successive steps, codebook by codebook.
    """

    order: MusicGenOrder
    words: tuple[int, ...]
    """The prompt in tokens of the text encoder."""
    frames: int
    delays: torch.Tensor
    """[codebooks] steps by which each comes later than the first."""
    generator: torch.Generator
    """On the CPU: the same draws on every device."""
    drawn: torch.Tensor
    """[codebooks, steps] int64; a column is one step."""
    made: int = 0
    """Steps that are drawn."""
    turn: int = -1
    """When it was stepped last."""

    @classmethod
    def of(
        cls, order: MusicGenOrder, words: Sequence[int], frames: int, delays: torch.Tensor
    ) -> MusicGenRow:
        """A row that has not begun."""
        generator = torch.Generator().manual_seed(order.seed % 2**63)
        steps = frames + int(delays.max())
        drawn = torch.zeros(len(delays), steps, dtype=torch.long)
        return cls(order, tuple(words), frames, delays, generator, drawn)

    @property
    def steps(self) -> int:
        """Steps until every codebook of the last frame is drawn."""
        return self.drawn.shape[1]

    @property
    def complete(self) -> bool:
        return self.made == self.steps

    @property
    def guided(self) -> bool:
        return self.order.guidance > 1

    def heard(self, pad: int) -> torch.Tensor:
        """[codebooks] what the model reads next: the last column; `pad` where a codebook has not
        begun or is over."""
        if not self.made:
            return torch.full_like(self.delays, pad)
        age = self.made - 1 - self.delays
        return torch.where((age >= 0) & (age < self.frames), self.drawn[:, self.made - 1], pad)

    def draw(self, scores: torch.Tensor) -> None:
        """Draw the next column by float32 scores [codebooks, codes] on the CPU."""
        if not self.order.sampling.temperature:
            column = scores.argmax(-1)
        else:
            for each in self._filters:
                scores = each(None, scores)
            chances = scores.softmax(-1)
            column = torch.multinomial(chances, 1, generator=self.generator)[:, 0]
        self.drawn[:, self.made] = column
        self.made += 1

    def codes(self) -> torch.Tensor:
        """[codebooks, frames] once it is complete: the delays taken out."""
        starts = self.delays.tolist()
        return torch.stack([self.drawn[i, d : d + self.frames] for i, d in enumerate(starts)])

    @cached_property
    def _filters(self) -> tuple[LogitsProcessor, ...]:
        asked = self.order.sampling
        filters: list[LogitsProcessor] = []
        if asked.temperature != 1:
            filters.append(TemperatureLogitsWarper(float(asked.temperature)))
        if asked.top_k:
            filters.append(TopKLogitsWarper(asked.top_k))
        if asked.top_p < 1:
            filters.append(TopPLogitsWarper(asked.top_p))
        return tuple(filters)
