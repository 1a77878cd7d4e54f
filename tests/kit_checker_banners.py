"""Banners measured on their pixels.

The live SVG is drawn three times in Chromium: without its words (the ground), and with nothing but
its words, each text in a colour of its own (the ink, element by element). The PNG is then compared
with both: whether its letters are where the live ones are, and how they stand out there.
"""

from __future__ import annotations

import base64
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from xml.etree import ElementTree

import numpy as np
from fontTools.ttLib import TTFont
from PIL import Image
from playwright.sync_api import Page
from scipy import ndimage

from tests.kit_checker_finding import Finding

SIZES: Mapping[str, tuple[int, int]] = {
    each: (int(each.split("x")[0]), int(each.split("x")[1]))
    for each in (
        "300x250", "336x280", "728x90", "970x250", "160x600", "300x600", "320x50",
        "1080x1080", "1080x1350", "1080x1920", "1200x628",
    )
}  # fmt: skip
DISPLAY = tuple(each for each in SIZES if each.split("x")[0] not in ("1080", "1200"))
MOST_DISPLAY_BYTES = 150 * 1000
CONTRAST = 4.5
STORY_TOP, STORY_BOTTOM = 0.14, 0.20
_SVG = "{http://www.w3.org/2000/svg}"
_CHANNEL = {"headline": 0, "subline": 1, "cta": 2}
_COLOURS = "#headline{fill:#f00}#subline{fill:#0f0}#cta{fill:#00f}#logo{fill:#000}"
_ONLY_WORDS = f"svg *{{visibility:hidden}}svg text,svg tspan{{visibility:visible}}{_COLOURS}"
_NO_WORDS = "svg text{visibility:hidden}"
_FRAME = "<style>html,body{margin:0;background:#000}svg{display:block}</style><style id=w></style>"
_READY = """async () => {
    await Promise.all([...document.fonts].map(each => each.load()));
    await document.fonts.ready;
    for (const each of document.querySelectorAll('image')) await each.decode?.().catch(() => 0);
}"""
_LOGO = "svg *{visibility:hidden}svg text#logo,svg #logo tspan{visibility:visible;fill:#f00}"


@dataclass(frozen=True, slots=True)
class Drawn:
    """RGB arrays (height, width, 3) 0..255: the ground, and coverage 0..1 of each text."""

    ground: np.ndarray
    ink: Mapping[str, np.ndarray]


def check_banner(
    size: str, png: bytes, svg: str, texts: Sequence[str], page: Page
) -> Iterator[Finding]:
    """Every finding of one banner. `texts`: what a banner may say."""
    where, wanted = f"banner {size}", SIZES[size]
    with Image.open(io.BytesIO(png)) as opened:
        if opened.size != wanted:
            yield Finding("size", where, f"{opened.size}")
            return
        seen = np.asarray(opened.convert("RGB"), float)
    if size in DISPLAY and len(png) > MOST_DISPLAY_BYTES:
        yield Finding("bytes", where, f"{len(png)}")
    root = ElementTree.fromstring(svg)
    live = live_texts(root)
    yield from _words(where, root, live, texts, svg)
    yield from _glyphs(where, svg, "".join(live.values()))
    drawn = draw(svg, wanted, page)
    yield from _pixels(where, size, seen, drawn, root)


def live_texts(root: ElementTree.Element) -> dict[str, str]:
    """Text id -> its words, lines joined."""
    found = {}
    for text in root.iter(f"{_SVG}text"):
        lines = [each.text or "" for each in text.iter(f"{_SVG}tspan")] or [text.text or ""]
        found[text.get("id", "")] = " ".join(lines)
    return found


def draw(svg: str, size: tuple[int, int], page: Page) -> Drawn:
    """The three drawings of Chromium."""
    page.set_viewport_size({"width": size[0], "height": size[1]})
    body = svg[svg.index("<svg") :]
    page.set_content(f"{_FRAME}{body}")
    page.evaluate(_READY)
    ground, words, logo = (_shot(page, style) for style in (_NO_WORDS, _ONLY_WORDS, _LOGO))
    ink = {name: words[..., at] / 255 for name, at in _CHANNEL.items()} | {
        "logo": logo[..., 0] / 255
    }
    return Drawn(ground, ink)


def _shot(page: Page, style: str) -> np.ndarray:
    page.evaluate("s=>{document.getElementById('w').textContent=s}", style)
    with Image.open(io.BytesIO(page.screenshot())) as opened:
        return np.asarray(opened.convert("RGB"), float)


def _squeezed(text: str) -> str:
    return re.sub(r"[\s\u00ad]+|-$", "", text)


def _is_said(text: str, known: set[str]) -> bool:
    """Whether each clause of a text is in what the copy or the brief says."""
    clauses = [_squeezed(each).casefold() for each in re.split(r"[，。；：·,;:]|\.(?=\s|$)", text)]
    return all(any(each in one for one in known) for each in clauses if each)


def _words(
    where: str, root: ElementTree.Element, live: Mapping[str, str], texts: Sequence[str], svg: str
) -> Iterator[Finding]:
    if re.search(r"(?:href|src)=\"(?!data:|#)|url\((?!data:|#)|@import", svg):
        yield Finding("outside", where, "the SVG asks for something outside itself")
    if not live.get("headline") or not live.get("cta"):
        yield Finding("missing_text", where, f"{dict(live)}")
    known = {_squeezed(each).rstrip("。.").casefold() for each in texts}
    for name, text in live.items():
        if not _is_said(text, known) and not _is_said(re.sub(r"-\s", "", text), known):
            yield Finding("not_the_copy", f"{where}/{name}", text)
        lines = [
            each.text or "" for t in root.iter(f"{_SVG}text") if t.get("id") == name for each in t
        ]
        if any(re.match(r"[，。、；：！？）》」』”’,.;:!?)]", each) for each in lines[1:]):
            yield Finding("line_start", f"{where}/{name}", "|".join(lines))
        if len(lines) > 1 and len(re.sub(r"[\W_]", "", lines[-1])) == 1:
            yield Finding("orphan", f"{where}/{name}", "|".join(lines))


def _glyphs(where: str, svg: str, said: str) -> Iterator[Finding]:
    """Letters that no embedded font holds would be drawn as boxes."""
    held: set[int] = set()
    for font in re.findall(r"data:font/woff2;base64,([A-Za-z0-9+/=]+)", svg):
        held |= set(TTFont(io.BytesIO(base64.b64decode(font))).getBestCmap())
    missing = {each for each in said if not each.isspace() and ord(each) not in held}
    if missing:
        yield Finding("tofu", where, "".join(sorted(missing)))


def _pixels(
    where: str, size: str, seen: np.ndarray, drawn: Drawn, root: ElementTree.Element
) -> Iterator[Finding]:
    inks = {name: cover for name, cover in drawn.ink.items() if (cover > 0.5).any()}
    for text in root.iter(f"{_SVG}text"):
        name, at = text.get("id", ""), f"{where}/{text.get('id')}"
        if name not in inks:
            yield Finding("unseen", at, "no ink where the SVG has a text")
            continue
        cover = inks[name]
        yield from _place(at, size, cover)
        yield from _agreement(at, seen, drawn.ground, cover, text)
        ratio = contrast_on(seen, cover, _rgb(text.get("fill", "#000")), inks)
        if ratio < CONTRAST:
            yield Finding("contrast", at, f"{ratio:.2f}")
    several = sum((cover > 0.5).astype(int) for cover in inks.values())
    if np.any(several > 1):
        yield Finding("overlap", where, f"{int((several > 1).sum())} px of two texts")
    bare = ~ndimage.binary_dilation(several > 0, iterations=6)
    apart = np.abs(seen - drawn.ground).mean(2)[bare].mean()
    if apart > 14:
        yield Finding("svg_differs", where, f"{apart:.1f} levels from the PNG beside its words")


def _place(at: str, size: str, cover: np.ndarray) -> Iterator[Finding]:
    rows, columns = np.nonzero(cover > 0.2)
    height, width = cover.shape
    edge = 2 if size in DISPLAY else 16
    if (
        rows.min() < edge
        or columns.min() < edge
        or rows.max() >= height - edge
        or columns.max() >= width - edge
    ):
        yield Finding(
            "clipped", at, f"ink {columns.min()},{rows.min()}-{columns.max()},{rows.max()}"
        )
    if size == "1080x1920" and (
        rows.min() < STORY_TOP * height or rows.max() > (1 - STORY_BOTTOM) * height
    ):
        yield Finding("unsafe", at, f"ink from {rows.min()} to {rows.max()}")


def _agreement(
    at: str, seen: np.ndarray, ground: np.ndarray, cover: np.ndarray, text: ElementTree.Element
) -> Iterator[Finding]:
    """Whether the PNG has the same letters whole: its ink covers that of the live text."""
    fill = np.array(_rgb(text.get("fill", "#000")))
    ink = np.abs(seen - fill).sum(2) < np.abs(seen - ground).sum(2)
    near = ndimage.binary_dilation(ink, iterations=1)
    strong = cover > 0.6
    worst = _worst_cell(near, strong, max(8, round(float(text.get("font-size", "16")))))
    if worst < 0.6:
        yield Finding("letters_missing", at, f"{worst:.2f} of a letter's live ink is in the PNG")
    rows, columns = np.nonzero(cover > 0.2)
    box = np.s_[
        max(0, rows.min() - 2) : rows.max() + 3, max(0, columns.min() - 2) : columns.max() + 3
    ]
    loose = ink[box] & ~ndimage.binary_dilation(cover[box] > 0.1, iterations=2)
    strange = loose & (np.abs(seen - ground)[box].sum(2) > 120)
    if strange.sum() > 0.03 * strong.sum():
        yield Finding(
            "letters_apart", at, f"{int(strange.sum())} px of ink where the live text has none"
        )


def _worst_cell(ink: np.ndarray, strong: np.ndarray, side: int) -> float:
    """Least share of live ink that is there, over squares about as large as a letter."""
    shares = []
    for top in range(0, strong.shape[0], side):
        for left in range(0, strong.shape[1], side):
            cell = np.s_[top : top + side, left : left + side]
            if strong[cell].sum() >= 12:
                shares.append(float(ink[cell][strong[cell]].mean()))
    return min(shares, default=1.0)


def contrast_on(
    seen: np.ndarray, cover: np.ndarray, fill: Sequence[int], inks: Mapping[str, np.ndarray]
) -> float:
    """WCAG ratio of the letters to the pixels around them, 5th percentile. The ink is what the
    PNG has in the letters' cores, else the SVG's fill."""
    core = ndimage.binary_erosion(cover > 0.95)
    ink = np.median(seen[core], 0) if core.sum() > 20 else np.array(fill, float)
    rows = np.nonzero((cover > 0.5).any(1))[0]
    reach = max(3, round(0.06 * (rows.max() - rows.min())))
    around = ndimage.binary_dilation(cover > 0.5, iterations=min(reach, 10))
    for other in inks.values():
        around &= ~ndimage.binary_dilation(other > 0.03, iterations=1)
    if not around.any():
        return 0.0
    light, dark = _luminance(seen[around]), float(_luminance(ink[None])[0])
    ratios = (np.maximum(light, dark) + 0.05) / (np.minimum(light, dark) + 0.05)
    return float(np.percentile(ratios, 5))


def _luminance(rgb: np.ndarray) -> np.ndarray:
    part = rgb / 255
    linear = np.where(part <= 0.04045, part / 12.92, ((part + 0.055) / 1.055) ** 2.4)
    return np.asarray(linear @ np.array([0.2126, 0.7152, 0.0722]))


def _rgb(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
