"""A melody as a piano roll: time from left to right over the whole sound, pitch upwards."""

from __future__ import annotations

import html
from collections.abc import Iterator, Mapping

from studio.render.performance import Performance, Struck
from studio.render.recipe import KEY, recipe_text

WIDTH, ROW, MARGIN = 1000.0, 7.0, 10.0
TUNE, UNDER, LINES = "#9f2d1c", "#a89f92", "#8c8478"


def roll_svg(performance: Performance, title: str, recipe: Mapping[str, object]) -> bytes:
    """SVG whose full width is the whole sound, so that a cursor can run over it."""
    pitches = [note.pitch for note in (*performance.tune, *performance.accompaniment)]
    lowest, highest = min(pitches), max(pitches)
    height = (highest - lowest + 1) * ROW + 2 * MARGIN
    name = html.escape(title)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH:g} {height:g}" '
        f'preserveAspectRatio="none" role="img" aria-label="{name}">',
        f"<title>{name}</title>",
        f"<desc>{len(performance.tune)} notes, {performance.seconds:.0f} s</desc>",
        f'<metadata id="{KEY}">{html.escape(recipe_text(recipe), quote=False)}</metadata>',
        *_bar_lines(performance, height),
        *_blocks(performance.accompaniment, performance.seconds, highest, UNDER, 0.45),
        *_blocks(performance.tune, performance.seconds, highest, TUNE, 1.0),
        "</svg>",
    ]
    return "\n".join(parts).encode()


def _bar_lines(performance: Performance, height: float) -> Iterator[str]:
    at = performance.upbeat_s
    while at < performance.seconds:
        x = WIDTH * at / performance.seconds
        yield (
            f'<line x1="{x:.1f}" x2="{x:.1f}" y1="0" y2="{height:g}" stroke="{LINES}" '
            'stroke-opacity="0.3" stroke-width="1"/>'
        )
        at += performance.bar_s


def _blocks(
    notes: tuple[Struck, ...], seconds: float, highest: int, colour: str, opacity: float
) -> Iterator[str]:
    for note in notes:
        x = WIDTH * note.start_s / seconds
        width = max(2.0, WIDTH * note.duration_s / seconds - 0.8)
        y = MARGIN + (highest - note.pitch) * ROW
        yield (
            f'<rect x="{x:.1f}" y="{y:g}" width="{width:.1f}" height="{ROW - 1:g}" rx="2" '
            f'fill="{colour}" fill-opacity="{opacity * (0.55 + 0.5 * note.loudness):.2f}"/>'
        )
