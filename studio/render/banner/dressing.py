"""Colours for a composition: text, button, logo and the veil the picture needs."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from studio.crafts.palette import hex_to_rgb, rgb_to_hex
from studio.render.banner.banner_size import BannerSize
from studio.render.banner.block import Block
from studio.render.banner.box import Box
from studio.render.banner.composition import Composition
from studio.render.banner.drawing import Drawing, Fill, Logo, Words
from studio.render.banner.legibility import (
    ink_mask,
    luminance,
    pixels_of,
    ratios,
    under_ink,
)
from studio.render.banner.scheme import (
    TEXT_CONTRAST,
    Scheme,
    button_on,
    hex_of,
    lch,
)
from studio.render.banner.scrim import Scrim, lightest, scrim_for
from studio.render.oklab import oklab
from studio.render.swatches import contrast_ratio

_LOGO_CONTRAST = 2.5
"""Where half of a logo stands out less from its ground than this, it gets a plate."""
_PLATE_PAD, _PLATE_RADIUS = 0.14, 0.12
"""Of the plate's height."""
_RULE_L = 0.8
_ALIKE = 0.1
"""Colours nearer than this in OKLab run into each other."""
_WHITE_PICTURE = 0.2
"""Where so much more of the picture is white than of the brand's colour, a white card is lost."""
_CARD_RADIUS = 0.35
"""Of the margin."""


@dataclass(frozen=True, slots=True)
class _Ground:
    """What lies under the text: its colour there, the text's colour, and the veil."""

    text: str
    sample: NDArray[np.uint8]
    scrim: Scrim | None = None

    @property
    def colour(self) -> str:
        return rgb_to_hex(self.sample.mean(0))


def dressed(size: BannerSize, place: Composition, picture: Image.Image, scheme: Scheme) -> Drawing:
    """The composition in the scheme's colours, with its picture."""
    under = _ground(size, place, picture, scheme)
    card = place.ground == "card"
    plain = Drawing(
        size=size,
        paper=scheme.paper,
        picture=picture,
        picture_box=place.picture,
        panel=Fill(place.panel, scheme.panel) if place.panel and not card else None,
        scrim=under.scrim,
        fills=(Fill(place.panel, under.colour, _CARD_RADIUS * size.margin),)
        if place.panel and card
        else (),
        logos=(),
        words=(),
    )
    for block in place.blocks:
        plain = _with(plain, block, scheme, under)
    return plain


def _ground(size: BannerSize, place: Composition, picture: Image.Image, scheme: Scheme) -> _Ground:
    if place.ground == "panel":
        return _Ground(scheme.on_panel, _flat(scheme.panel))
    if place.ground == "card":
        return _card(place, picture, scheme)
    if place.ground == "paper":
        return _Ground(scheme.ink, _flat(scheme.paper))
    corner = place.picture.left, place.picture.top
    ink = [_under(each, picture, corner) for each in place.blocks]
    region = _crop(picture, place.text.moved(-corner[0], -corner[1]))
    veil = lightest(ink, region, scheme.paper, scheme.ink)
    text = place.text.moved(-corner[0], -corner[1])
    whole = Box(0, 0, picture.width, picture.height)
    scrim = scrim_for(veil, text, whole, place.edge, size.margin)
    shown = scrim.laid_on(picture) if scrim else picture
    buttons = [each.box for each in place.blocks if each.name == "cta"]
    box = (buttons[0] if buttons else place.text).moved(-corner[0], -corner[1])
    return _Ground(veil.text, _crop(shown, box), scrim)


def _card(place: Composition, picture: Image.Image, scheme: Scheme) -> _Ground:
    """A card of paper; of the brand's colour where the picture is white or the logo light."""
    logo = next((each.logo for each in place.blocks if each.logo), None)
    white, brand = (_share_of(each, picture) for each in (scheme.paper, scheme.panel))
    seen = [_logo_contrast(logo, each) if logo else 21.0 for each in (scheme.paper, scheme.panel)]
    light = seen[0] < _LOGO_CONTRAST <= seen[1]
    if light or white > brand + _WHITE_PICTURE:
        return _Ground(scheme.on_panel, _flat(scheme.panel))
    return _Ground(scheme.ink, _flat(scheme.paper))


def _share_of(colour: str, picture: Image.Image) -> float:
    """How much of a picture has about this colour."""
    small = oklab(np.asarray(picture.resize((48, 48), Image.Resampling.BOX)) / 255)
    apart = np.linalg.norm(small - oklab(np.array(hex_to_rgb(colour)) / 255), axis=2)
    return float((apart < _ALIKE).mean())


def _with(drawing: Drawing, block: Block, scheme: Scheme, under: _Ground) -> Drawing:
    """The drawing with one more block."""
    if block.name == "rule":
        rule = Fill(block.box, hex_of(_RULE_L, *lch(scheme.ink)[1:]))
        return replace(drawing, fills=(*drawing.fills, rule))
    if block.name == "cta":
        button = button_on(scheme, _typical(under.sample))
        fill = Fill(block.box, button.fill, block.radius)
        words = (*drawing.words, Words(block, button.label))
        return replace(drawing, fills=(*drawing.fills, fill), words=words)
    if block.logo is not None:
        return _with_logo(drawing, block, block.logo, scheme, under)
    colour = _brand_colour(scheme, under) if block.name == "logo" else under.text
    return replace(drawing, words=(*drawing.words, Words(block, colour)))


def _with_logo(
    drawing: Drawing, block: Block, logo: Image.Image, scheme: Scheme, under: _Ground
) -> Drawing:
    """The logo, on a plate where it would not be seen."""
    options = {_mean(under.sample): 0.0, scheme.paper: 0.0, scheme.ink: 0.0, scheme.panel: 0.0}
    seen = {each: _logo_contrast(logo, each) for each in options}
    first = next(iter(options))
    if seen[first] >= _LOGO_CONTRAST:
        return replace(drawing, logos=(*drawing.logos, Logo(block.box, logo)))
    plate = max(seen, key=lambda each: seen[each])
    pad = _PLATE_PAD * block.box.height
    inner = block.box.inset(pad)
    high = min(inner.height, inner.width * logo.height / logo.width)
    wide = high * logo.width / logo.height
    inner = inner.inset((inner.width - wide) / 2, (inner.height - high) / 2)
    fill = Fill(block.box, plate, _PLATE_RADIUS * block.box.height)
    return replace(
        drawing,
        fills=(*drawing.fills, fill),
        logos=(*drawing.logos, Logo(inner, logo)),
    )


def _logo_contrast(logo: Image.Image, ground: str) -> float:
    """The median contrast of what is opaque in a logo with its ground."""
    small = logo.convert("RGBA").copy()
    small.thumbnail((96, 96))
    pixels = np.asarray(small)
    opaque = pixels[pixels[..., 3] > 128][:, :3]
    return float(np.median(ratios(opaque, ground))) if len(opaque) else 21.0


def _brand_colour(scheme: Scheme, under: _Ground) -> str:
    """The name is set in the main colour where paper carries it."""
    mean = _mean(under.sample)
    on_paper = under.text == scheme.ink and mean == scheme.paper
    reads = contrast_ratio(scheme.brand[0], mean) >= TEXT_CONTRAST
    return scheme.brand[0] if on_paper and reads else under.text


def _under(block: Block, picture: Image.Image, corner: tuple[float, float]) -> NDArray[np.uint8]:
    """Pixels of the picture under a text's glyphs; a button brings its own ground."""
    if block.face is None or block.name == "cta":
        return np.empty((0, 3), np.uint8)
    moved = block.moved(-corner[0], -corner[1])
    box = pixels_of(moved.ink.inset(-2), picture)
    mask = ink_mask(moved.lines, block.face, block.size, box)
    return under_ink(picture, mask, box[:2])


def _crop(picture: Image.Image, box: Box) -> NDArray[np.uint8]:
    return np.asarray(picture.crop(pixels_of(box, picture))).reshape(-1, 3)


def _flat(colour: str) -> NDArray[np.uint8]:
    return np.asarray(Image.new("RGB", (1, 1), colour)).reshape(-1, 3)


def _mean(sample: NDArray[np.uint8]) -> str:
    return rgb_to_hex(sample.mean(0))


def _typical(sample: NDArray[np.uint8]) -> tuple[str, ...]:
    """Dark, middle and light colours of a ground."""
    if len(sample) < 3:
        return (_mean(sample),)
    order = sample[np.argsort(luminance(sample))]
    thirds = np.array_split(order, 10)
    return tuple(_mean(thirds[each]) for each in (1, 5, 8))
