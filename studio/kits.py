"""A kit as files: copy, pictures, banners, jingle, one archive; and what was seen while they were
made, which the page shows."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from PIL import Image

from studio.ads.banner_copy import BannerCopy
from studio.ads.brand import Brand
from studio.ads.google_ads import google_ads_rows
from studio.crafts.ad_kit import AdText
from studio.crafts.craft import Check, Output, Part
from studio.crafts.kit_pictures import SHAPES
from studio.render.banner import BannerLook, banner_files
from studio.render.banner.sizes import SIZES
from studio.render.contact_sheet import contact_sheet
from studio.render.kit_copy import copy_files
from studio.render.kit_zip import zip_file
from studio.render.logo import logo_image
from studio.render.melody import melody_files
from studio.render.picture import finished
from studio.render.picture_encoding import encoded
from studio.render.recipe import recipe_text
from studio.render.rendered_file import RenderedFile
from studio.render.synth import Play
from studio.requests import Picture

Recipe = Mapping[str, object]
Files = tuple[RenderedFile, ...]
Painter = Callable[[int, int], Image.Image]
"""(width, height) in px -> the picture at that size."""
CONTRAST = 4.5
"""Least ratio of letters to what lies under them (WCAG 2.2, 1.4.3)."""
_JINGLE: Mapping[str, str] = MappingProxyType(
    {
        "melody.wav": "jingle.wav",
        "melody.mid": "jingle.mid",
        "melody.abc": "jingle.abc",
        "score.svg": "jingle.svg",
        "wave.svg": "jingle-wave.svg",
    }
)


@dataclass(frozen=True, slots=True)
class _Banners:
    """All banners of one kit."""

    rows: Sequence[dict[str, Any]]
    files: Files


def kit_files(output: Output, recipe: Recipe, play: Play) -> tuple[Output, Files]:
    """The output with its banners in its data and checks, and every file of the kit."""
    data: Any = output.data
    parts = {each.name: each for each in output.parts}
    copied = copy_files(data["channels"], _google(data), recipe)
    pictures, painters = _pictures(parts, recipe)
    banners = _banners(data, painters, recipe)
    sounds = _jingle(parts["jingle"], recipe, play)
    brand = _json_file("brand.json", data["brand"])
    title = f"{data['brand_name']} - {data['product']}"
    sheet = RenderedFile(
        "contact-sheet.pdf", "application/pdf", contact_sheet(banners.rows, banners.files, title)
    )
    files = (*copied, *pictures, *banners.files, *sounds, brand, sheet)
    chosen = {row[name] for row in banners.rows if row["chosen"] for name in ("file", "svg")}
    whole = zip_file(files, chosen, recipe_text(recipe).encode())
    told = {**data, "banners": list(banners.rows)}
    judged = replace(output, data=told, checks=(*output.checks, *_seen(banners.rows)))
    return judged, (whole, *files)


def _google(data: Mapping[str, Any]) -> Sequence[Mapping[str, str]]:
    """Rows for Google Ads Editor, where the kit has copy for it."""
    for each in data["channels"]:
        if each["channel"] == "google_rsa":
            texts = [AdText(**row) for row in each["fields"]]
            return google_ads_rows(texts, campaign=data["brand_name"], ad_group=data["product"])
    return ()


def _pictures(parts: Mapping[str, Part], recipe: Recipe) -> tuple[Files, dict[str, Painter]]:
    """The finished pictures as files, and what paints each shape at any size."""
    painters = {
        shape: _painter(part.output)
        for shape in SHAPES
        if (part := parts.get(f"picture/{shape}") or parts.get("picture/upload"))
    }
    files = tuple(
        RenderedFile(
            f"picture-{shape}.png", "image/png", encoded(paint(*SHAPES[shape]), "png", recipe, None)
        )
        for shape, paint in painters.items()
    )
    return files, painters


def _painter(output: Output) -> Painter:
    """Each size is painted once."""
    told: Any = output.data
    tuning = told.get("tuning") or {}
    picture = output.picture or Picture(1, 1, bytes(3))

    @lru_cache(maxsize=8)
    def paint(width: int, height: int) -> Image.Image:
        return finished(
            picture, str(told.get("finish", "none")), (width, height), output.seed, tuning
        ).convert("RGB")

    return paint


def _banners(data: Mapping[str, Any], painters: Mapping[str, Painter], recipe: Recipe) -> _Banners:
    copy, look = BannerCopy(**data["banner_copy"]), _look(data)
    sizes = [name for name, size in SIZES.items() if data["print"] or size.kind != "print"]
    rows, files = banner_files(copy, look, painters, sizes, str(data["lang"]), recipe)
    picked: Mapping[str, int] = data["layouts"]
    marked = [{**row, "chosen": row["layout"] == picked.get(str(row["size"]), 1)} for row in rows]
    return _Banners(marked, tuple(files))


def _look(data: Mapping[str, Any]) -> BannerLook:
    brand = Brand.read(data["brand"])
    return BannerLook(
        colours=tuple(data["colours"]),
        family=brand.font,
        brand_name=str(data["brand_name"]),
        logo=logo_image(brand.logo) if brand.logo else None,
    )


def _jingle(part: Part, recipe: Recipe, play: Play) -> Files:
    made = melody_files([part.output], [recipe], play)[0]
    return tuple(replace(file, name=_JINGLE[file.name]) for file in made if file.name in _JINGLE)


def _json_file(name: str, value: object) -> RenderedFile:
    content = json.dumps(value, ensure_ascii=False, indent=2, default=dict)
    return RenderedFile(name, "application/json", content.encode())


def _seen(rows: Sequence[Mapping[str, Any]]) -> tuple[Check, ...]:
    """What was measured on the banners' own pixels."""
    worst = [min(row["contrasts"].values()) for row in rows if row["contrasts"]]
    clear, whole = sum(each >= CONTRAST for each in worst), sum(not row["clipped"] for row in rows)
    return (
        Check("contrast", clear == len(worst), f"{min(worst):.1f} ({clear}/{len(worst)})"),
        Check("unclipped", whole == len(rows), f"{whole}/{len(rows)}"),
    )
