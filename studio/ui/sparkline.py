"""A small curve in a line of text, drawn on the server."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from studio.ui.markup import fragment

WIDTH, HEIGHT = 132.0, 30.0
_PAD = 2.5
"""So that a round line end at the edge is not cut."""


def sparkline(values: Sequence[float], told: str) -> Markup:
    """The values from left to right on a floor of 0, as SVG; `told` is what a screen reader says.
    The last value is a dot."""
    points = _points(values)
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    floor = HEIGHT - _PAD
    area = f"{points[0][0]:.1f},{floor:.1f} {line} {points[-1][0]:.1f},{floor:.1f}"
    return fragment(
        '<svg class="sparkline" viewBox="0 0 {width:.0f} {height:.0f}" role="img" '
        'aria-label="{told}"><polygon points="{area}"/><polyline points="{line}"/>'
        '<circle cx="{x:.1f}" cy="{y:.1f}" r="2.2"/></svg>',
        width=WIDTH,
        height=HEIGHT,
        told=told,
        area=area,
        line=line,
        x=points[-1][0],
        y=points[-1][1],
    )


def _points(values: Sequence[float]) -> list[tuple[float, float]]:
    shown = [*values] if len(values) > 1 else [0.0, *values, 0.0][:2]
    most = max(*shown, 1e-9)
    across, down = WIDTH - 2 * _PAD, HEIGHT - 2 * _PAD
    step = across / (len(shown) - 1)
    return [(_PAD + n * step, _PAD + down * (1 - value / most)) for n, value in enumerate(shown)]
