"""The fonts of the machine, found by looking into its font folders (no fontconfig needed)."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from fontTools.ttLib import TTCollection, TTFont, TTLibError

from studio.render.typography.font_file import FontFile

FOLDERS = (
    "/usr/share/fonts",
    "/usr/local/share/fonts",
    "~/.local/share/fonts",
    "~/.fonts",
    "/System/Library/Fonts",
    "/Library/Fonts",
    "~/Library/Fonts",
    "C:/Windows/Fonts",
)
KINDS = (".ttf", ".otf", ".ttc", ".otc", ".woff2")
SHOWS_NOTHING = ("lastresort", "adobeblank", "blank", "tofu")
"""Fonts that have a box or a blank for every character there is."""

MOST_FILES = 600
_SIMPLIFIED = "SC"


@lru_cache(maxsize=4096)
def font_with(character: str, family: str, weight: str) -> FontFile | None:
    """The font of the machine that suits `family` and `weight` best and has the character."""
    for path, number in _ranked(family, weight):
        if ord(character) in _characters(path, number):
            return _opened(path, number)
    return None


@lru_cache(maxsize=8)
def _ranked(family: str, weight: str) -> tuple[tuple[Path, int], ...]:
    """The fonts of the machine, the most fitting first, then by name; one of each collection."""
    found = sorted(_files(), key=lambda each: (_strangeness(each, family, weight), each))
    return tuple((path, _number(path)) for path in found)


def _strangeness(path: Path, family: str, weight: str) -> int:
    name = path.stem.lower()
    unlike = 4 * any(each in name for each in ("italic", "oblique", "mono", "condensed", "narrow"))
    unlike += 2 * (("bold" in name) != (weight == "bold"))
    unlike += 2 * any(each in name for each in ("light", "thin", "black", "math"))
    serif = "serif" in name and "sans" not in name
    return unlike + (serif != (family == "serif"))


def _files() -> list[Path]:
    folders = [Path(each).expanduser() for each in FOLDERS]
    found = [
        path
        for folder in folders
        if folder.is_dir()
        for path in sorted(folder.rglob("*"))
        if path.suffix.lower() in KINDS and not any(e in path.stem.lower() for e in SHOWS_NOTHING)
    ]
    return found[:MOST_FILES]


def _number(path: Path) -> int:
    """Which font of a collection to ask: the one for mainland China, else the first."""
    if path.suffix.lower() not in (".ttc", ".otc"):
        return 0
    try:
        with TTCollection(str(path), lazy=True) as collection:
            names = [str(font["name"].getDebugName(4)) for font in collection.fonts]
    except (TTLibError, OSError, KeyError):
        return 0
    return next((place for place, name in enumerate(names) if _SIMPLIFIED in name.split()), 0)


@lru_cache(maxsize=1024)
def _characters(path: Path, number: int) -> frozenset[int]:
    """Code points of a font with outlines; none of one that can not be read."""
    try:
        with TTFont(path, fontNumber=number, lazy=True) as font:
            drawn = any(table in font for table in ("glyf", "CFF ", "CFF2"))
            return frozenset(font.getBestCmap() or ()) if drawn else frozenset()
    except (TTLibError, OSError, KeyError, AssertionError):
        return frozenset()


@lru_cache(maxsize=64)
def _opened(path: Path, number: int) -> FontFile:
    return FontFile(path, number)
