"""Rows that began together and go on together: one call of the decoder moves them all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import torch
from transformers import EncoderDecoderCache

from studio.families.music_gen_model import MusicGenModel
from studio.families.music_gen_row import MusicGenRow


@dataclass(eq=False)
class MusicGenLoop:
    """All rows or none are guided; all have drawn equally many steps."""

    model: MusicGenModel
    rows: tuple[MusicGenRow, ...]
    guided: bool
    seen: torch.Tensor
    """[rows, length, width] what the words say; guided: twice the rows, half of them untold."""
    mask: torch.Tensor
    cache: EncoderDecoderCache
    """Their keys and values."""

    @classmethod
    def begun(cls, model: MusicGenModel, rows: Sequence[MusicGenRow]) -> MusicGenLoop:
        """A loop of these rows, their words read."""
        guided = rows[0].guided
        seen, mask = model.read(rows, guided=guided)
        return cls(model, tuple(rows), guided, seen, mask, model.new_cache())

    @property
    def turn(self) -> int:
        """When it was stepped last."""
        return max(row.turn for row in self.rows)

    def step(self) -> None:
        """Draw one column for every row. Whatever it raises, the loop is as it was."""
        before = self.cache.get_seq_length()
        try:
            scores = self.model.scores(
                self.rows, self.seen, self.mask, self.cache, guided=self.guided
            )
        except Exception:
            self._forget_after(before)
            raise
        for row, each in zip(self.rows, scores, strict=True):
            row.draw(each)

    def of(self, rows: Sequence[MusicGenRow]) -> MusicGenLoop:
        """A loop of these of its rows, with keys and values of their own."""
        kept = tuple(row for row in self.rows if row in rows)
        places = [self.rows.index(row) for row in kept]
        if self.guided:
            places += [len(self.rows) + place for place in places]
        held = torch.tensor(places, device=self.seen.device)
        cache = _selected(self.cache, held, self.model.new_cache())
        return replace(self, rows=kept, seen=self.seen[held], mask=self.mask[held], cache=cache)

    def _forget_after(self, length: int) -> None:
        """Layers that were reached before the failure hold one column more than the others."""
        if not length:
            self.cache = self.model.new_cache()
            return
        layers: Sequence[Any] = self.cache.self_attention_cache.layers
        for layer in layers:
            layer.keys = layer.keys[..., :length, :]
            layer.values = layer.values[..., :length, :]


def _selected(
    old: EncoderDecoderCache, places: torch.Tensor, new: EncoderDecoderCache
) -> EncoderDecoderCache:
    """The same cache of fewer rows, in new tensors."""
    pairs: Sequence[tuple[Any, Any]] = (
        (old.self_attention_cache, new.self_attention_cache),
        (old.cross_attention_cache, new.cross_attention_cache),
    )
    for held, fresh in pairs:
        for number, layer in enumerate(held.layers):
            if layer.is_initialized:
                fresh.update(layer.keys[places], layer.values[places], number)
    new.is_updated = dict(old.is_updated)
    return new
