"""One banner: the copy set on the picture in the brand's colours, at one size, in one layout."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from PIL import Image

from studio.ads.banner_copy import BannerCopy
from studio.errors import InvalidInput
from studio.render.banner.banner_look import BannerLook
from studio.render.banner.banner_size import BannerSize
from studio.render.banner.box import Box
from studio.render.banner.composition import Composition
from studio.render.banner.drawing import Drawing
from studio.render.banner.dressing import dressed
from studio.render.banner.layouts import LAYOUT, carded
from studio.render.banner.picture_stock import PictureStock, Source
from studio.render.banner.raster import clipped, ground, with_words
from studio.render.banner.scheme import Scheme, scheme_of
from studio.render.banner.sizes import SIZES
from studio.render.banner.vector import banner_svg
from studio.render.banner.wording import Wording, wording_of

MOST_VEILED = 0.28
"""A picture that needs a thicker veil keeps its colours, and the text gets a card."""


@dataclass(frozen=True, slots=True)
class Banner:
    """A finished banner. `boxes` and `contrasts` by headline, subline, cta and logo, where each is
    there; a contrast is that of the worst pixels under the glyphs (a logo's picture has none)."""

    size: str
    layout: int
    image: Image.Image
    svg: str
    boxes: Mapping[str, tuple[float, float, float, float]]
    contrasts: Mapping[str, float]
    type_px: Mapping[str, float]
    """Type size of each text, pixels."""
    clipped: bool
    scrim: bool
    drawing: Drawing


def banner(
    copy: BannerCopy,
    look: BannerLook,
    pictures: Mapping[str, Source] | PictureStock,
    size: str,
    layout: int,
    lang: str,
) -> Banner:
    """The copy on one size in layout 1 to 3. `pictures` by shape: wide, square, tall; any of them.

    Raises InvalidInput("size" | "layout" | "copy") for what is unknown or can not be set at all.
    """
    asked = size_of(size)
    if layout not in LAYOUT:
        raise InvalidInput("layout", f"There is no layout {layout}.", code="banner_layout")
    stock = pictures if isinstance(pictures, PictureStock) else PictureStock(pictures, [asked])
    wording, scheme = _wording(copy, look, lang), scheme_of(look.colours)
    drawing = _drawn(LAYOUT[layout](asked, wording), asked, stock, scheme)
    if drawing and drawing.scrim and drawing.scrim.opacity > MOST_VEILED:
        drawing = _drawn(carded(asked, wording), asked, stock, scheme) or drawing
    if drawing is None:
        raise InvalidInput(
            "copy",
            f"The text does not fit on {size}.",
            "Write less.",
            code="banner_copy",
            size=size,
        )
    return _finished(drawing, layout)


def _drawn(
    places: tuple[Composition, ...], size: BannerSize, stock: PictureStock, scheme: Scheme
) -> Drawing | None:
    """The best of some compositions, in colours."""
    if not places:
        return None
    place, picture = stock.chosen(places)
    return dressed(size, place, picture, scheme)


def size_of(name: str) -> BannerSize:
    """Raises InvalidInput("size")."""
    if name not in SIZES:
        raise InvalidInput(
            "size",
            f"There is no banner size {name}.",
            f"There are {', '.join(SIZES)}.",
            code="banner_size",
            size=name,
        )
    return SIZES[name]


def _wording(copy: BannerCopy, look: BannerLook, lang: str) -> Wording:
    made = wording_of(copy, look, lang)
    if not made.headline:
        raise InvalidInput("copy", "A banner needs a headline.", code="banner_headline")
    return made


def _finished(drawing: Drawing, layout: int) -> Banner:
    image = ground(drawing)
    contrasts = with_words(image, drawing.words)
    return Banner(
        size=drawing.size.name,
        layout=layout,
        image=image,
        svg=banner_svg(drawing),
        boxes=dict(_boxes(drawing)),
        contrasts=contrasts,
        type_px={each.block.name: round(each.block.size, 2) for each in drawing.words},
        clipped=clipped(drawing.words, drawing.logos, drawing.size.safe),
        scrim=drawing.scrim is not None,
        drawing=drawing,
    )


def _boxes(drawing: Drawing) -> Iterable[tuple[str, tuple[float, float, float, float]]]:
    """Where each thing stands; a button's box is the whole button."""
    for words in drawing.words:
        yield words.block.name, _rounded(words.block.box)
    for logo in drawing.logos:
        yield "logo", _rounded(logo.box)


def _rounded(box: Box) -> tuple[float, float, float, float]:
    left, top, right, bottom = (round(each, 1) for each in box)
    return left, top, right, bottom
