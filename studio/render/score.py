"""A melody as a printed score: engraved by verovio, the recipe and a time map inside.

verovio finds its fonts by a path that belongs to the thread, so a toolkit is made for each score
and told where they are.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from types import MappingProxyType
from typing import Any

import verovio

from studio.errors import InvalidInput
from studio.music.tune import Tune
from studio.render.engraving import mei
from studio.render.recipe import KEY, recipe_text

FONTS = Path(verovio.__file__).parent / "data"
TIMEMAP = "timemap"
"""The id of the metadata that says which notes begin when."""
SHARED = MappingProxyType(
    {
        "breaks": "line",
        "xmlIdSeed": 1,
        "header": "encoded",
        "footer": "none",
        "justificationSystem": 0.0,
        "minLastJustification": 0.6,
        "lyricTopMinMargin": 5.0,
        "lyricSize": 4.2,
        "spacingSystem": 6,
    }
)
LONG_PAGE = MappingProxyType(
    {
        "pageWidth": 1700,
        "pageHeight": 60000,
        "adjustPageHeight": True,
        "scale": 45,
        "svgViewBox": True,
        "pageMarginTop": 60,
        "pageMarginBottom": 60,
        "pageMarginLeft": 60,
        "pageMarginRight": 60,
    }
)
A4 = MappingProxyType(
    {
        "pageWidth": 2100,
        "pageHeight": 2970,
        "scale": 100,
        "pageMarginTop": 180,
        "pageMarginBottom": 150,
        "pageMarginLeft": 150,
        "pageMarginRight": 150,
        "smuflTextFont": "none",
    }
)
"""Tenths of a millimetre."""


@dataclass(frozen=True, slots=True)
class Score:
    """What is engraved: a tune, chord names as (onset in quarters, name), the title over it."""

    tune: Tune
    chords: Sequence[tuple[Fraction, str]] = ()
    title: str = ""


def score_svg(score: Score, recipe: Mapping[str, object]) -> bytes:
    """One long page as SVG on white paper. Notes are the elements "n0", "n1", ...; the metadata
    "timemap" is JSON [[quarters, [ids]], ...]. Raises InvalidInput when it can not be engraved."""
    toolkit = _engraved(score, LONG_PAGE)
    found = toolkit.renderToTimemap({"includeRests": False, "includeMeasures": False})
    timemap = [[round(each["qstamp"], 4), each["on"]] for each in found if each.get("on")]
    title = score.title or score.tune.title
    return inscribed(str(toolkit.renderToSVG(1)), title, recipe, timemap).encode()


def score_pages(score: Score) -> tuple[str, ...]:
    """A4 pages as SVG. Raises InvalidInput when it can not be engraved."""
    toolkit = _engraved(score, A4)
    return tuple(str(toolkit.renderToSVG(page + 1)) for page in range(toolkit.getPageCount()))


def _engraved(score: Score, page: Mapping[str, object]) -> Any:
    verovio.enableLog(verovio.LOG_OFF)
    toolkit = verovio.toolkit(False)
    toolkit.setResourcePath(str(FONTS))
    toolkit.setOptions({**SHARED, **page})
    if not score.tune.bars or not toolkit.loadData(mei(score.tune, score.chords, score.title)):
        raise InvalidInput("abc", "This ABC can not be engraved.", code="abc_engrave")
    return toolkit


def inscribed(
    svg: str, title: str, recipe: Mapping[str, object], timemap: Sequence[object] = ()
) -> str:
    """The SVG with an accessible title, white paper, its recipe and its time map."""
    opening = re.search(r"<svg\b[^>]*>", svg)
    if opening is None:
        return svg
    tag = (
        opening[0][:-1] + f' role="img" aria-label="{html.escape(title)}" style="background:#fff">'
    )
    inside = f"<title>{html.escape(title)}</title>"
    inside += f'<metadata id="{KEY}">{html.escape(recipe_text(recipe), quote=False)}</metadata>'
    if timemap:
        inside += f'<metadata id="{TIMEMAP}">{json.dumps(timemap)}</metadata>'
    return svg[: opening.start()] + tag + inside + svg[opening.end() :]
