"""What a drawing is asked for, and what it is made of: tones, and the relief of the paint."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from studio.families.drawings.sheet import TOP, Floats, Mask, Sheet


@dataclass(frozen=True, slots=True)
class Wish:
    """What a drawing should measure, each 0..1 (studio/crafts/image_measure.py)."""

    density: float = 0.5
    """How much of the surface is edge: few large things .. many small ones."""
    movement: float = 0.5
    """Level and upright .. leaning, turning, sweeping."""
    angularity: float = 0.5
    """Round and soft .. straight and sharp."""

    def stirred(self, share: float = 0.3) -> Wish:
        """With somewhat more density where movement is asked for, less where it is not.

        Movement is measured by how much edge leans, so a stirred picture needs more edge."""
        density = self.density + share * (self.movement - 0.5)
        return replace(self, density=min(1.0, max(0.0, density)))


@dataclass(slots=True)
class Paint:
    """A drawing in the making. Colours are chosen later: `tone` counts palette colours."""

    tone: Floats
    """[h, w] 0 darkest .. 7 lightest. Edges between unlike tones are hard: a soft edge would pass
    through every colour between. Blends are for neighbouring tones that melt on purpose."""
    relief: Floats
    """[h, w] -1..1: how much lighter or darker the paint itself is there (bristles, grain)."""

    @classmethod
    def ground(cls, sheet: Sheet, tone: float) -> Paint:
        """An empty paper of one tone."""
        shape = (sheet.height, sheet.width)
        return cls(np.full(shape, tone, np.float32), np.zeros(shape, np.float32))

    def lay(self, mask: Mask, tone: Floats | float, relief: Floats | float = 0.0) -> None:
        """Cover `mask` with a tone and its relief (numbers or maps of the whole sheet)."""
        for under, over in ((self.tone, tone), (self.relief, relief)):
            under[mask] = over[mask] if isinstance(over, np.ndarray) else over

    def limited(self) -> Paint:
        """The same within its ranges."""
        np.clip(self.tone, 0, TOP, out=self.tone)
        np.clip(self.relief, -1, 1, out=self.relief)
        return self
