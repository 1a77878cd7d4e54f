"""Pictures as bytes: PNG, JPEG, WebP, TIFF and SVG, each with its recipe and its origin inside.

PNG keeps the recipe in an iTXt chunk; the others as the element `atelier:recipe` of their XMP
packet (ISO 16684-1). The origin is IPTC's digital source type, in XMP everywhere.
"""

from __future__ import annotations

import html
import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from PIL import Image, PngImagePlugin

from studio.errors import InvalidInput
from studio.render.recipe import KEY, recipe_text

_SOURCE_TYPE = "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"
"""IPTC's term for media made by a trained model."""
_NAMESPACE = "https://atelier.studio/xmp/1.0/"
_JPEG_MOST_XMP = 65_000
"""Bytes of one JPEG marker segment, less its header (XMP part 3, 1.1.3)."""
_RESOLUTION_X, _RESOLUTION_Y, _RESOLUTION_UNIT = 282, 283, 296
_XMP_TAG = 700
_PER_INCH = 2


@dataclass(frozen=True, slots=True)
class Format:
    """A file format of pictures."""

    suffix: str
    mime: str
    encode: Callable[[Image.Image, Mapping[str, object], int | None], bytes]


def encoded(image: Image.Image, kind: str, recipe: Mapping[str, object], dpi: int | None) -> bytes:
    """The picture as a file of FORMATS[kind]; `dpi` is written where it is given.

    Transparency is laid on white. Raises InvalidInput when the recipe is too long for a JPEG."""
    return FORMATS[kind].encode(opaque(image), recipe, dpi)


def opaque(image: Image.Image) -> Image.Image:
    """RGB; what is transparent lies on white."""
    if image.has_transparency_data:
        layer = image.convert("RGBA")
        ground = Image.new("RGBA", layer.size, "white")
        image = Image.alpha_composite(ground, layer)
    return image.convert("RGB")


def svg_with_recipe(drawing: str, recipe: Mapping[str, object]) -> str:
    """An SVG document with the recipe as its first element."""
    head, rest = drawing.split(">", 1)
    notes = (
        f'<metadata id="{KEY}">{html.escape(recipe_text(recipe), quote=False)}</metadata>'
        f"<metadata>{_description('')}</metadata>"
    )
    return f"{head}>{notes}{rest}"


def xmp(recipe: Mapping[str, object] | None = None) -> str:
    """An XMP packet: the digital source type and, if given, the recipe."""
    text = "" if recipe is None else html.escape(recipe_text(recipe), quote=False)
    inner = f"<{KEY}:recipe>{text}</{KEY}:recipe>" if text else ""
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>'
        f'<x:xmpmeta xmlns:x="adobe:ns:meta/">{_description(inner)}</x:xmpmeta>'
        '<?xpacket end="w"?>'
    )


def _description(inner: str) -> str:
    return (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        f'<rdf:Description rdf:about="" xmlns:{KEY}="{_NAMESPACE}" '
        'xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/" '
        f'Iptc4xmpExt:DigitalSourceType="{_SOURCE_TYPE}">{inner}</rdf:Description></rdf:RDF>'
    )


def _png(image: Image.Image, recipe: Mapping[str, object], dpi: int | None) -> bytes:
    notes = PngImagePlugin.PngInfo()
    notes.add_itxt(KEY, recipe_text(recipe))
    notes.add_itxt("XML:com.adobe.xmp", xmp())
    # Painted grain hardly packs: more effort only costs time.
    return _saved(image, "PNG", dpi, pnginfo=notes, compress_level=4)


def _jpeg(image: Image.Image, recipe: Mapping[str, object], dpi: int | None) -> bytes:
    packet = xmp(recipe).encode()
    if len(packet) > _JPEG_MOST_XMP:
        raise InvalidInput(
            "format",
            "The recipe is too long for a JPEG file.",
            "Choose PNG, WebP or TIFF.",
            code="recipe_too_long",
        )
    return _saved(image, "JPEG", dpi, quality=93, subsampling=0, optimize=True, xmp=packet)


def _webp(image: Image.Image, recipe: Mapping[str, object], dpi: int | None) -> bytes:
    exif = Image.Exif()
    if dpi:
        exif[_RESOLUTION_X] = exif[_RESOLUTION_Y] = float(dpi)
        exif[_RESOLUTION_UNIT] = _PER_INCH
    packet = xmp(recipe).encode()
    return _saved(image, "WEBP", None, quality=93, method=4, xmp=packet, exif=exif)


def _tiff(image: Image.Image, recipe: Mapping[str, object], dpi: int | None) -> bytes:
    tags = {_XMP_TAG: xmp(recipe).encode()}
    return _saved(image, "TIFF", dpi, compression="tiff_adobe_deflate", tiffinfo=tags)


def _saved(image: Image.Image, kind: str, dpi: int | None, **options: object) -> bytes:
    file = io.BytesIO()
    if dpi:
        options["dpi"] = (dpi, dpi)
    image.save(file, kind, **options)
    return file.getvalue()


FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        "png": Format("png", "image/png", _png),
        "jpeg": Format("jpg", "image/jpeg", _jpeg),
        "webp": Format("webp", "image/webp", _webp),
        "tiff": Format("tif", "image/tiff", _tiff),
    }
)
