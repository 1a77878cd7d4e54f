"""A drawing as pixels."""

from __future__ import annotations

from PIL import Image, ImageDraw

from studio.render.banner.box import Box
from studio.render.banner.drawing import Drawing, Fill, Logo, Words
from studio.render.banner.legibility import ink_mask, pixels_of, under_ink, worst

_FINER = 4
"""Round corners are drawn this much finer."""


def ground(drawing: Drawing) -> Image.Image:
    """Everything but the words, RGB, without the bleed."""
    size = drawing.size
    canvas = Image.new("RGB", (size.width, size.height), drawing.paper)
    if drawing.panel:
        _fill(canvas, drawing.panel)
    canvas.paste(drawing.shown, (round(drawing.picture_box.left), round(drawing.picture_box.top)))
    for fill in drawing.fills:
        _fill(canvas, fill)
    for logo in drawing.logos:
        _lay(canvas, logo)
    return canvas


def with_words(canvas: Image.Image, words: tuple[Words, ...]) -> dict[str, float]:
    """Draw the words onto the ground; the contrast of each with what was under its glyphs."""
    contrasts: dict[str, float] = {}
    for each in words:
        face, block = each.block.face, each.block
        if face is None:
            continue
        box = pixels_of(block.ink.inset(-2), canvas)
        mask = ink_mask(block.lines, face, block.size, box)
        contrasts[block.name] = round(worst(under_ink(canvas, mask, box[:2]), each.colour), 2)
        canvas.paste(each.colour, box[:2], mask)
    return contrasts


def _fill(canvas: Image.Image, fill: Fill) -> None:
    left, top, right, bottom = (round(each) for each in fill.box)
    if fill.radius <= 0:
        canvas.paste(fill.colour, (left, top, right, bottom))
        return
    size = (right - left) * _FINER, (bottom - top) * _FINER
    mask = Image.new("L", size)
    ImageDraw.Draw(mask).rounded_rectangle(
        (0, 0, size[0] - 1, size[1] - 1), fill.radius * _FINER, fill=255
    )
    canvas.paste(fill.colour, (left, top), mask.reduce(_FINER))


def _lay(canvas: Image.Image, logo: Logo) -> None:
    fitted = fitted_logo(logo)
    place = round(logo.box.left), round(logo.box.top)
    canvas.paste(fitted, place, fitted.getchannel("A"))


def fitted_logo(logo: Logo, times: float = 1.0) -> Image.Image:
    """RGBA, scaled into its box and enlarged `times`. Colours of clear pixels do not bleed in."""
    size = max(1, round(logo.box.width * times)), max(1, round(logo.box.height * times))
    image = logo.image.convert("RGBA").convert("RGBa")
    return image.resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0).convert("RGBA")


def clipped(words: tuple[Words, ...], logos: tuple[Logo, ...], safe: Box) -> bool:
    """Whether anything set leaves the box where text may stand."""
    boxes = [each.block.ink for each in words] + [each.box for each in logos]
    return not all(safe.holds(each, 1.0) for each in boxes)
