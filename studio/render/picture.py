"""A composition -> a finished picture file with its recipe inside."""

from __future__ import annotations

import io
from collections.abc import Mapping

from PIL import Image, PngImagePlugin

from studio.crafts.craft import Output
from studio.errors import InvalidInput
from studio.render.enlarge import enlarged
from studio.render.oil import painted
from studio.render.recipe import KEY, recipe_text
from studio.render.rendered_file import RenderedFile
from studio.requests import Picture

FINISHES = ("oil", "smooth")
SIZES = (256, 4096)
"""Smallest and largest longer edge in pixels."""
_SOURCE_TYPE = "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"
"""IPTC's term for media made by a trained model."""


def picture_files(output: Output, recipe: Mapping[str, object]) -> tuple[RenderedFile, ...]:
    """picture.png at `output.data["size"]` with `output.data["finish"]`; () without a picture.

    Raises InvalidInput for an unknown finish or size. The PNG carries the recipe (iTXt "atelier")
    and IPTC's digital source type (XMP)."""
    if output.picture is None:
        return ()
    image = finished(
        output.picture,
        str(output.data.get("finish", "smooth")),
        int(str(output.data.get("size", max(output.picture.width, output.picture.height)))),
        output.seed,
    )
    return (RenderedFile("picture.png", "image/png", _png(image, recipe)),)


def finished(composition: Picture, finish: str, size: int, seed: int) -> Image.Image:
    """The composition in a finish; the longer edge becomes `size` px. Raises InvalidInput."""
    if finish not in FINISHES:
        raise InvalidInput("finish", f"There is no finish {finish}.", code="bad_finish")
    if not SIZES[0] <= size <= SIZES[1]:
        raise InvalidInput(
            "size",
            f"A picture's size is {SIZES[0]} to {SIZES[1]} pixels.",
            code="bad_size",
            least=SIZES[0],
            most=SIZES[1],
        )
    image = Image.frombytes("RGB", (composition.width, composition.height), composition.rgb)
    return painted(image, size, seed) if finish == "oil" else enlarged(image, size)


def _png(image: Image.Image, recipe: Mapping[str, object]) -> bytes:
    notes = PngImagePlugin.PngInfo()
    notes.add_itxt(KEY, recipe_text(recipe))
    notes.add_itxt("XML:com.adobe.xmp", _xmp())
    file = io.BytesIO()
    image.save(file, "PNG", pnginfo=notes, compress_level=6)
    return file.getvalue()


def _xmp() -> str:
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>'
        '<x:xmpmeta xmlns:x="adobe:ns:meta/">'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        '<rdf:Description rdf:about="" '
        'xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/" '
        f'Iptc4xmpExt:DigitalSourceType="{_SOURCE_TYPE}"/>'
        '</rdf:RDF></x:xmpmeta><?xpacket end="w"?>'
    )
