"""One glyph of a line and where it stands."""

from __future__ import annotations

from dataclasses import dataclass

from studio.render.typography.font_file import FontFile


@dataclass(frozen=True, slots=True)
class PlacedGlyph:
    """A character, the font that draws it, and its place along the line; lengths in em."""

    character: str
    file: FontFile
    x: float
    advance: float
    """To the next glyph: the character's own advance with the kerning after it."""

    @property
    def left(self) -> float:
        """Where the ink begins; a blank has its own place."""
        box = self.file.bounds(self.character)
        return self.x + (box[0] if box else 0.0)

    @property
    def right(self) -> float:
        """Where the ink ends."""
        box = self.file.bounds(self.character)
        return self.x + (box[2] if box else 0.0)
