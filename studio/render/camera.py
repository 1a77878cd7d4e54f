"""A slow camera over pictures: it comes nearer, goes back, and wanders where there is more to see
than the frame shows."""

from __future__ import annotations

import math
from dataclasses import dataclass

from PIL import Image

_NEAREST, _FARTHEST = 1.09, 1.02
"""How much larger than the frame a picture is shown."""
_MOVING_SHARE = 0.5
"""Pixels of a picture that is only passed, against those of one that rests."""


@dataclass(frozen=True, slots=True)
class Camera:
    """A frame of `width` x `height` px over so many pictures in a film of `seconds`."""

    width: int
    height: int
    seconds: float
    pictures: int

    def least(self, *, moving: bool) -> tuple[int, int]:
        """Width and height that a painted picture must cover; fewer pixels while all moves."""
        share = _MOVING_SHARE if moving else 1.0
        return math.ceil(self.width * share), math.ceil(self.height * share)

    def view(self, image: Image.Image, at_s: float) -> Image.Image:
        """What is seen of a picture at a moment. Positions are fractions of pixels: a slow
        movement in whole ones would tremble."""
        near, across = self._near(at_s), self._across(at_s)
        scale = min(image.width / self.width, image.height / self.height) / near
        left = (image.width - self.width * scale) * across
        top = (image.height - self.height * scale) * across
        matrix = (scale, 0.0, left, 0.0, scale, top)
        size = (self.width, self.height)
        return image.transform(size, Image.Transform.AFFINE, matrix, Image.Resampling.BILINEAR)

    def _near(self, at_s: float) -> float:
        return _FARTHEST + (_NEAREST - _FARTHEST) * self._wave(at_s)

    def _across(self, at_s: float) -> float:
        """0 one edge, 1 the other: over each picture once, then back over the next."""
        return 1 - self._wave(at_s)

    def _wave(self, at_s: float) -> float:
        """0 to 1 and back, once for two pictures."""
        each_s = self.seconds / self.pictures
        return 0.5 - 0.5 * math.cos(math.pi * at_s / each_s)
