"""A melody as a printed score: ABC to SVG by verovio, the recipe inside.

verovio finds its fonts by a path that belongs to the thread, so a toolkit is made for each score
and told where they are.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

import verovio

from studio.errors import InvalidInput
from studio.render.recipe import KEY, recipe_text

FONTS = Path(verovio.__file__).parent / "data"
OPTIONS = MappingProxyType(
    {
        "pageWidth": 1700,
        "pageHeight": 60000,
        "adjustPageHeight": True,
        "breaks": "line",
        "scale": 45,
        "svgViewBox": True,
        "footer": "none",
        "header": "auto",
        "pageMarginTop": 60,
        "pageMarginBottom": 60,
        "pageMarginLeft": 60,
        "pageMarginRight": 60,
        "justificationSystem": 0.0,
        "minLastJustification": 0.6,
    }
)


def score_svg(abc: str, title: str, recipe: Mapping[str, object]) -> bytes:
    """One long page as SVG on white paper. Raises InvalidInput for ABC that can not be engraved."""
    verovio.enableLog(verovio.LOG_OFF)
    toolkit = verovio.toolkit(False)
    toolkit.setResourcePath(str(FONTS))
    toolkit.setOptions(dict(OPTIONS))
    if not toolkit.loadData(abc):
        raise InvalidInput("abc", "This ABC can not be engraved.", code="abc_engrave")
    return inscribed(str(toolkit.renderToSVG(1)), title, recipe).encode()


def inscribed(svg: str, title: str, recipe: Mapping[str, object]) -> str:
    """The SVG with an accessible title, white paper and its recipe."""
    opening = re.search(r"<svg\b[^>]*>", svg)
    if opening is None:
        return svg
    tag = (
        opening[0][:-1] + f' role="img" aria-label="{html.escape(title)}" style="background:#fff">'
    )
    inside = f"<title>{html.escape(title)}</title>"
    inside += f'<metadata id="{KEY}">{html.escape(recipe_text(recipe), quote=False)}</metadata>'
    return svg[: opening.start()] + tag + inside + svg[opening.end() :]
