"""Layouts: how much of each of the palette's eight slots every cell of a picture holds.

A layout is `shares` [8, rows, columns], never negative, sum 1 in each cell. One cell becomes 8 x 8
pixels of a composition. Because a cell says how much of it each colour covers, straight edges and
thin lines survive the reduction; because slots are not colours, a layout keeps in any palette.
"""

from __future__ import annotations

import base64
import binascii
import zlib

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from studio.crafts.palette import SLOTS

CELLS = 32
"""Rows and columns of a square layout."""
SCALE = 8
"""Pixels of a composition per cell and side."""
_LEVELS = 15
_SOFTNESS = 0.03
"""Squared RGB distance (range -1..1) at which a cell is shared between two slots."""


def cells_of(aspect: float) -> tuple[int, int]:
    """(rows, columns), even, about CELLS x CELLS in area, for width / height = `aspect`."""
    columns = 2 * round(CELLS * aspect**0.5 / 2)
    return 2 * round(CELLS / aspect**0.5 / 2), columns


def tone_shares(tone: Tensor) -> Tensor:
    """Tones [..., h, w] in 0..7 -> shares [..., 8, h, w]: whole tones are one slot, others two."""
    slots = torch.arange(SLOTS, device=tone.device, dtype=tone.dtype)
    return (1 - (tone.unsqueeze(-3) - slots[:, None, None]).abs()).clamp(min=0)


def colour_shares(colours: Tensor, palette: Tensor) -> Tensor:
    """Cells of colours [n, 3, h, w] -> shares [n, 8, h, w] by nearness to [n, 8, 3]; -1..1."""
    far = (colours[:, None] - palette[:, :, :, None, None]).square().sum(2)
    return torch.softmax(-far / _SOFTNESS, 1)


def pooled(shares: Tensor, rows: int, columns: int) -> Tensor:
    """Shares [..., 8, h, w] averaged into rows x columns cells."""
    return F.adaptive_avg_pool2d(shares, (rows, columns))


def encoded(shares: Tensor) -> str:
    """A layout [8, rows, columns] as a short text: recipes carry it. 16 levels a share."""
    flat = _levels(shares).to(torch.uint8).cpu().numpy().reshape(-1)
    packed = (flat[0::2] << 4) | flat[1::2]
    head = bytes(shares.shape[1:])
    return base64.b64encode(head + zlib.compress(packed.tobytes(), 9)).decode("ascii")


def decoded(code: str) -> Tensor:
    """The layout of `encoded`. Raises ValueError for anything else."""
    try:
        content = base64.b64decode(code, validate=True)
        rows, columns = content[0], content[1]
        unpacker = zlib.decompressobj()
        packed = np.frombuffer(unpacker.decompress(content[2:], SLOTS * 64 * 64), np.uint8)
    except (binascii.Error, zlib.error, IndexError) as error:
        raise ValueError("this is no layout") from error
    if not (2 <= rows <= 64 and 2 <= columns <= 64) or packed.size * 2 != SLOTS * rows * columns:
        raise ValueError("this is no layout")
    flat = np.stack([packed >> 4, packed & 15], 1).reshape(SLOTS, rows, columns)
    levels = torch.from_numpy(flat.astype(np.float32))
    if not bool((levels.sum(0) == _LEVELS).all()):
        raise ValueError("this is no layout")
    return levels / _LEVELS


def _levels(shares: Tensor) -> Tensor:
    """Whole levels [8, r, c] that sum to _LEVELS in each cell (largest remainders)."""
    exact = shares.float() * _LEVELS
    whole = exact.floor()
    left = _LEVELS - whole.sum(0, keepdim=True)
    order = (exact - whole).argsort(dim=0, descending=True, stable=True).argsort(dim=0)
    return whole + (order < left)
