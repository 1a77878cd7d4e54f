"""All banners of a kit as files, and a row about each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PIL import Image

from studio.ads.banner_copy import BannerCopy
from studio.render.banner.banner import Banner, banner, size_of
from studio.render.banner.banner_look import BannerLook
from studio.render.banner.banner_png import banner_png
from studio.render.banner.picture_stock import PictureStock, Source
from studio.render.banner.print_pdf import print_pdf
from studio.render.banner.sizes import LAYOUTS, SIZES
from studio.render.picture_encoding import svg_with_recipe
from studio.render.rendered_file import RenderedFile

Row = Mapping[str, object]
_PREVIEW_PX = 1200
"""Longer edge of a sheet of paper's preview."""


def banner_files(
    copy: BannerCopy,
    look: BannerLook,
    pictures: Mapping[str, Source],
    sizes: Sequence[str],
    lang: str,
    recipe: Mapping[str, object],
) -> tuple[tuple[Row, ...], tuple[RenderedFile, ...]]:
    """Every size in every layout. A screen's banner is banner-<size>-<layout>.png and .svg; a sheet
    of paper is print-<size>-<layout>.pdf with a small .png of it.

    A row is JSON-able: size, width, height, kind, layout, layout_name, file, svg ("" for paper),
    preview (the PNG to show), contrasts, type_px, boxes, clipped, scrim. Each picture is painted
    once. Raises InvalidInput as `banner` does.
    """
    stock = PictureStock(pictures, [size_of(each) for each in sizes])
    rows: list[Row] = []
    files: list[RenderedFile] = []
    for size in sizes:
        for layout in LAYOUTS:
            made = banner(copy, look, stock, size, layout, lang)
            written = _printed(made, recipe) if SIZES[size].printed else _shown(made, recipe)
            rows.append(_row(made, written))
            files.extend(written)
    return tuple(rows), tuple(files)


def _shown(made: Banner, recipe: Mapping[str, object]) -> tuple[RenderedFile, ...]:
    stem = f"banner-{made.size}-{made.layout}"
    content = banner_png(made.image, recipe, SIZES[made.size].most_bytes)
    svg = svg_with_recipe(made.svg, recipe).encode()
    return (
        RenderedFile(f"{stem}.png", "image/png", content),
        RenderedFile(f"{stem}.svg", "image/svg+xml", svg),
    )


def _printed(made: Banner, recipe: Mapping[str, object]) -> tuple[RenderedFile, ...]:
    stem = f"print-{made.size}-{made.layout}"
    small = made.image.copy()
    small.thumbnail((_PREVIEW_PX, _PREVIEW_PX), Image.Resampling.LANCZOS, reducing_gap=3.0)
    return (
        RenderedFile(f"{stem}.pdf", "application/pdf", print_pdf(made.drawing, recipe)),
        RenderedFile(f"{stem}.png", "image/png", banner_png(small, recipe, 0)),
    )


def _row(made: Banner, written: Sequence[RenderedFile]) -> Row:
    names = {each.mime: each.name for each in written}
    size = SIZES[made.size]
    return {
        "size": made.size,
        "width": size.width,
        "height": size.height,
        "kind": size.kind,
        "layout": made.layout,
        "layout_name": LAYOUTS[made.layout],
        "file": written[0].name,
        "svg": names.get("image/svg+xml", ""),
        "preview": names["image/png"],
        "contrasts": dict(made.contrasts),
        "type_px": dict(made.type_px),
        "boxes": {name: list(box) for name, box in made.boxes.items()},
        "clipped": made.clipped,
        "scrim": made.scrim,
    }
