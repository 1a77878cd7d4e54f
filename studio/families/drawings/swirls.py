"""A smooth random field that can be asked anywhere, so paths and warps can use it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from studio.families.drawings.sheet import Floats, Rng

_FEW = 2000
"""So few points are quicker in one array operation than wave by wave."""


@dataclass(frozen=True, slots=True)
class Swirls:
    """A sum of plane waves of about unit spread."""

    waves: tuple[tuple[float, float, float], ...]
    """Each (turns of phase along x, along y in radians a unit, phase)."""

    @classmethod
    def drawn(cls, rng: Rng, cells: float, count: int = 6) -> Swirls:
        """`cells` features a unit, as in `Sheet.noise`."""
        angles = (np.arange(count) + rng.uniform(0, 1, count)) * np.pi / count
        lengths = 2 * np.pi * cells * rng.uniform(0.3, 0.85, count)
        phases = rng.uniform(0, 2 * np.pi, count)
        columns = (lengths * np.cos(angles), lengths * np.sin(angles), phases)
        return cls(tuple((float(a), float(b), float(c)) for a, b, c in np.transpose(columns)))

    def at(self, x: Floats, y: Floats) -> Floats:
        """The field at points of any shape."""
        if np.size(x) < _FEW:
            ways = np.asarray(self.waves, np.float32)
            phases = np.multiply.outer(x, ways[:, 0]) + np.multiply.outer(y, ways[:, 1])
            few = np.sin(phases + ways[:, 2]).sum(-1)
            return np.asarray(few * float(np.sqrt(2 / len(self.waves))), np.float32)
        total = np.zeros(np.shape(x), np.float32)
        for across, down, phase in self.waves:
            total += np.sin(across * x + down * y + phase)
        return np.asarray(total * float(np.sqrt(2 / len(self.waves))), np.float32)
