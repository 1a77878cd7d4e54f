"""What a drawing is made of: tones, and the relief of the paint on them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from studio.families.drawings.sheet import TOP, Floats, Mask, Rng, Sheet


@dataclass(frozen=True, slots=True)
class Wish:
    """What a drawing should measure, each 0..1 (studio/crafts/image_measure.py)."""

    density: float = 0.5
    """How much of the surface is edge: few large things .. many small ones."""
    movement: float = 0.5
    """Level and upright .. leaning, turning, sweeping."""
    angularity: float = 0.5
    """Round and soft .. straight and sharp."""


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


@dataclass(frozen=True, slots=True)
class Tones:
    """A ground and the inks that stand out from it."""

    ground: float
    inks: tuple[float, ...]
    """Two to five tones, the strongest contrast first."""

    @classmethod
    def drawn(cls, rng: Rng, most: int = 5) -> Tones:
        """Mostly light or dark grounds; inks at least two tones away, spread over the palette."""
        ground = float(rng.choice([0, 1, 2, 5, 6, 7], p=[0.14, 0.12, 0.06, 0.14, 0.26, 0.28]))
        others = [float(each) for each in range(TOP + 1) if abs(each - ground) >= 2]
        count = int(rng.integers(2, most + 1))
        far = TOP if ground < TOP / 2 else 0.0
        rest = [float(each) for each in rng.permutation([each for each in others if each != far])]
        return cls(ground, (far, *rest[: count - 1]))

    def ink(self, rng: Rng) -> float:
        """One of the inks; the first somewhat oftener."""
        place = int(rng.integers(len(self.inks) + 1))
        return self.inks[max(0, place - 1)]
