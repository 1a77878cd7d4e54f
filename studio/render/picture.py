"""A composition -> a finished picture, and its files with the recipe inside."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PIL import Image

from studio.crafts.craft import Output
from studio.errors import InvalidInput
from studio.render.finishes import FINISHES, FORMER
from studio.render.finishes.finish import Finish
from studio.render.finishes.vector import svg_drawing
from studio.render.finishes.window import painted
from studio.render.picture_encoding import FORMATS, encoded, svg_with_recipe
from studio.render.rendered_file import RenderedFile
from studio.requests import Picture

SIZES = (256, 8192)
"""Smallest and largest longer edge in pixels."""
LEAST_EDGE = 64
"""Smallest shorter edge in pixels."""

Size = int | tuple[int, int]
"""The longer edge, or width and height, in pixels."""


def picture_files(output: Output, recipe: Mapping[str, object]) -> tuple[RenderedFile, ...]:
    """The picture as `output.data` asks: `finish`, `tuning`, `size` (longer edge, or [w, h]),
    `format` (png, jpeg, webp, tiff), `dpi`. () without a picture; a vector finish adds an SVG.

    Raises InvalidInput for what is unknown. Each file carries the recipe and IPTC's digital
    source type.
    """
    if output.picture is None:
        return ()
    data = output.data
    finish = str(data.get("finish", "none"))
    size = _asked_size(data.get("size", max(output.picture.width, output.picture.height)))
    tuning = _asked_tuning(data.get("tuning"))
    kind = str(data.get("format", "png"))
    if kind not in FORMATS:
        raise InvalidInput("format", f"There is no format {kind}.", code="bad_format")
    image = finished(output.picture, finish, size, output.seed, tuning)
    content = encoded(image, kind, recipe, _asked_dpi(data.get("dpi")))
    files = (RenderedFile(f"picture.{FORMATS[kind].suffix}", FORMATS[kind].mime, content),)
    if finish != "vector":
        return files
    drawing = svg_with_recipe(svg(output.picture, size, tuning), recipe)
    return (*files, RenderedFile("picture.svg", "image/svg+xml", drawing.encode()))


def finished(
    composition: Picture,
    finish: str,
    size: Size,
    seed: int,
    tuning: Mapping[str, float] | None = None,
) -> Image.Image:
    """The composition in a finish, RGB. An integer size is the longer edge; (width, height) crops
    centrally. The same seed gives the same picture at any size. Raises InvalidInput."""
    chosen = _chosen(finish)
    tuned = chosen.tuned(tuning or {})
    whole = Image.frombytes("RGB", (composition.width, composition.height), composition.rgb)
    width, height = _pixels(size, whole.size)
    paint = chosen.plan(_cropped(whole, width / height), seed, tuned)
    return painted(paint, width, height)


def svg(composition: Picture, size: Size, tuning: Mapping[str, float] | None = None) -> str:
    """The composition as an SVG drawing of flat areas (finish "vector"). Raises InvalidInput."""
    whole = Image.frombytes("RGB", (composition.width, composition.height), composition.rgb)
    width, height = _pixels(size, whole.size)
    tuned = FINISHES["vector"].tuned(tuning or {})
    return svg_drawing(_cropped(whole, width / height), tuned, (width, height))


def _chosen(finish: str) -> Finish:
    found = FINISHES.get(FORMER.get(finish, finish))
    if found is None:
        raise InvalidInput("finish", f"There is no finish {finish}.", code="bad_finish")
    return found


def _pixels(size: Size, shape: tuple[int, int]) -> tuple[int, int]:
    """Width and height for a composition of `shape`."""
    if isinstance(size, int):
        width, height = (max(1, round(size * each / max(shape))) for each in shape)
    else:
        width, height = size
    if not SIZES[0] <= max(width, height) <= SIZES[1] or min(width, height) < LEAST_EDGE:
        raise InvalidInput(
            "size",
            f"A picture's size is {SIZES[0]} to {SIZES[1]} pixels.",
            code="bad_size",
            least=SIZES[0],
            most=SIZES[1],
        )
    return width, height


def _cropped(image: Image.Image, aspect: float) -> Image.Image:
    """The largest central part of this width to height."""
    width = min(image.width, max(1, round(image.height * aspect)))
    height = min(image.height, max(1, round(image.width / aspect)))
    left, top = (image.width - width) // 2, (image.height - height) // 2
    if (width, height) == image.size:
        return image
    return image.crop((left, top, left + width, top + height))


def _asked_size(value: object) -> Size:
    try:
        if isinstance(value, Sequence) and not isinstance(value, str):
            width, height = (int(str(each)) for each in value)
            return width, height
        return int(str(value))
    except ValueError:
        raise InvalidInput(
            "size", "A size is pixels.", code="bad_size", least=SIZES[0], most=SIZES[1]
        ) from None


def _asked_tuning(value: object) -> Mapping[str, float]:
    if not isinstance(value, Mapping):
        return {}
    try:
        return {str(name): float(str(share)) for name, share in value.items()}
    except ValueError:
        raise InvalidInput("tuning", "A tuning is a number 0 to 1.", code="bad_tuning") from None


def _asked_dpi(value: object) -> int | None:
    """Pixels per inch for print; None: the file says nothing."""
    return None if value in (None, "") else max(1, min(2400, round(float(str(value)))))
