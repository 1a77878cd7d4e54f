"""Sketches: a few rows of coloured cells, drawn by hand or reduced from any picture."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from studio.crafts.image_kept import is_palette
from studio.crafts.image_measure import to_lab
from studio.crafts.image_wish import Cells
from studio.crafts.palette import difference, hex_to_rgb, rgb_to_hex
from studio.errors import InvalidInput

CELLS = (2, 64)
"""Fewest and most rows and columns."""
MOST_COLOURS = 8
_ROUNDS = 6
_SAME = 3.0
"""Lab distance below which two cells have one colour."""

Floats = NDArray[np.float64]


def read_cells(given: object) -> Cells:
    """Rows of hex colours, top first. Raises InvalidInput("start")."""
    low, high = CELLS
    rows = given if isinstance(given, list) else []
    even = len({len(row) for row in rows if isinstance(row, list)}) == 1
    if not (low <= len(rows) <= high and even and all(is_palette(row, low, high) for row in rows)):
        raise InvalidInput(
            "start",
            f"A sketch is {low} to {high} rows of as many hex colours.",
            code="image_cells",
            least=low,
            most=high,
        )
    return tuple(tuple(rgb_to_hex(hex_to_rgb(cell)) for cell in row) for row in rows)


def cells_of_picture(
    rgb: bytes, width: int, height: int, *, rows: int = 16, columns: int = 16, colours: int = 6
) -> Cells:
    """A picture of any size as `rows` x `columns` cells in at most `colours` (1..8) colours.

    `rgb` is row by row, 3 bytes a pixel. Each cell is the mean of what it covers."""
    pixels = np.frombuffer(rgb, np.uint8).reshape(height, width, 3).astype(np.float64) / 255
    means = _averaged(_averaged(pixels, rows).swapaxes(0, 1), columns).swapaxes(0, 1)
    flat = means.reshape(-1, 3)
    groups = _grouped(to_lab(flat), min(colours, MOST_COLOURS))
    kept = [rgb_to_hex(255 * flat[groups == each].mean(0)) for each in range(groups.max() + 1)]
    return tuple(tuple(kept[each] for each in row) for row in groups.reshape(rows, columns))


def palette_of_cells(cells: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """The colours of a sketch, those of most cells first; at most eight, none twice."""
    counts: dict[str, int] = {}
    for row in cells:
        for cell in row:
            counts[cell] = counts.get(cell, 0) + 1
    found: list[str] = []
    for colour in sorted(counts, key=lambda each: (-counts[each], each)):
        if all(difference(colour, each) > _SAME for each in found):
            found.append(colour)
    return tuple(found[:MOST_COLOURS])


def _averaged(values: Floats, parts: int) -> Floats:
    """[n, ...] -> [parts, ...]: means over equal stretches of the first axis."""
    length = len(values)
    if length < parts:
        return values[np.arange(parts) * length // parts]
    cuts = np.linspace(0, length, parts + 1).astype(int)
    sums = np.add.reduceat(values, cuts[:-1], axis=0)
    return np.asarray(sums / np.diff(cuts)[:, None, None])


def _grouped(lab: Floats, count: int) -> NDArray[np.intp]:
    """Which of at most `count` colours each of [n, 3] is: k-means from the farthest points."""
    centres = lab[:1]
    while len(centres) < count:
        far = np.linalg.norm(lab[:, None] - centres, axis=-1).min(1)
        if far.max() < _SAME:
            break
        centres = np.vstack([centres, lab[far.argmax()]])
    for _ in range(_ROUNDS):
        nearest = np.linalg.norm(lab[:, None] - centres, axis=-1).argmin(1)
        centres = np.stack([lab[nearest == each].mean(0) for each in np.unique(nearest)])
    nearest = np.linalg.norm(lab[:, None] - centres, axis=-1).argmin(1)
    return np.unique(nearest, return_inverse=True)[1]
