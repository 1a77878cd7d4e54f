"""The peaks of a sound as a small picture."""

from __future__ import annotations

import html
from collections.abc import Mapping

import torch

from studio.render.recipe import KEY, recipe_text

WIDTH, HEIGHT, COLUMNS = 600, 48, 300
INK = "#9f2d1c"
_SILENCE = 1e-3
"""Peaks below it stay small."""


def wave_svg(sound: torch.Tensor, title: str, recipe: Mapping[str, object]) -> bytes:
    """SVG of samples [channels, n] in -1 to 1: one bar a column, as loud as its loudest sample.
    Its full width is the whole sound, its full height the loudest of all."""
    middle, step = HEIGHT / 2, WIDTH / COLUMNS
    found = peaks(sound)
    loudest = max(*found, _SILENCE)
    bars = "".join(
        f"M{(column + 0.5) * step:.1f} {middle - tall:.1f}V{middle + tall:.1f}"
        for column, peak in enumerate(found)
        for tall in (max(0.5, peak / loudest * (middle - 2)),)
    )
    name = html.escape(title)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
        f'preserveAspectRatio="none" role="img" aria-label="{name}"><title>{name}</title>'
        f'<metadata id="{KEY}">{html.escape(recipe_text(recipe), quote=False)}</metadata>'
        f'<path d="{bars}" stroke="{INK}" stroke-width="{step * 0.6:g}" stroke-linecap="round" '
        'fill="none"/></svg>'
    ).encode()


def peaks(sound: torch.Tensor, columns: int = COLUMNS) -> list[float]:
    """The loudest absolute sample in each of so many equal parts of [channels, n]."""
    loud = sound.abs().amax(0).float().cpu()
    padded = torch.nn.functional.pad(loud, (0, -len(loud) % columns))
    found: list[float] = padded.reshape(columns, -1).amax(1).clamp(max=1.0).tolist()
    return found
