"""The tones of one drawing, and steps between neighbouring tones."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from studio.families.drawings.sheet import TOP, Floats, Rng


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


def inward(tone: float) -> float:
    """1 or -1: the way from a tone to the middle of the palette."""
    return 1.0 if tone < TOP / 2 else -1.0


def neighbour(tone: float, by: float = 1.0) -> float:
    """The tone `by` steps nearer to the middle of the palette."""
    return tone + by if tone < TOP / 2 else tone - by


def terraced(tone: Floats, melt: float) -> Floats:
    """Whole tones with a melt of `melt` (0 hard .. 1 a plain gradient) between neighbours."""
    whole = np.floor(tone)
    part = np.clip((tone - whole - 0.5) / max(melt, 1e-3) + 0.5, 0, 1)
    return np.asarray(whole + part, np.float32)
