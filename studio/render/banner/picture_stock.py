"""The pictures that banners are cut from: each painted once, as large as the largest needs it."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType

from PIL import Image

from studio.render.banner.banner_size import BannerSize
from studio.render.banner.box import Box
from studio.render.banner.composition import Composition
from studio.render.saliency import Attention, Part, attention, best_crop, crop_merit

Source = Image.Image | Callable[[int, int], Image.Image]
"""A picture, or what paints it at a width and height."""

ASPECTS: Mapping[str, float] = MappingProxyType({"wide": 2.5, "square": 1.0, "tall": 0.5})
"""Width / height of the shapes that pictures come in."""
MOST_PX = 16_000_000
"""A larger sheet of paper gets a picture of this many pixels, enlarged."""


class PictureStock:
    """Pictures by shape. Not for several threads at once."""

    def __init__(self, pictures: Mapping[str, Source], sizes: Iterable[BannerSize]) -> None:
        """Raises ValueError without any picture, or for a shape that is not in ASPECTS."""
        if not pictures or not set(pictures) <= set(ASPECTS):
            raise ValueError(f"pictures by shape: {', '.join(ASPECTS)}")
        self._sources = dict(pictures)
        self._sizes = tuple(sizes)
        self._painted: dict[str, Image.Image] = {}
        self._seen: dict[str, Attention] = {}

    def chosen(self, compositions: tuple[Composition, ...]) -> tuple[Composition, Image.Image]:
        """The composition whose text lies on the quietest part, and its picture, cut to the pixels
        of its box."""
        offers = [self._offer(each) for each in compositions]
        _, place, shape, crop = max(offers, key=lambda each: each[0])
        return place, self._cut(shape, crop, place.picture)

    def _offer(self, place: Composition) -> tuple[float, Composition, str, Part]:
        aspect = place.picture.width / place.picture.height
        shape = min(self._sources, key=lambda each: abs(math.log(aspect / ASPECTS[each])))
        picture, seen = self._picture(shape), self._attention(shape)
        covered = place.panel if place.ground == "card" else place.text
        on_picture = covered and place.ground in ("picture", "card")
        clear = covered.part_of(place.picture) if covered and on_picture else None
        crop = best_crop(seen, picture.width / picture.height, aspect, clear)
        return crop_merit(seen, crop, clear), place, shape, crop

    def _cut(self, shape: str, crop: Part, box: Box) -> Image.Image:
        picture = self._picture(shape)
        part = (
            crop[0] * picture.width,
            crop[1] * picture.height,
            crop[2] * picture.width,
            crop[3] * picture.height,
        )
        size = round(box.width), round(box.height)
        return picture.resize(size, Image.Resampling.LANCZOS, part, reducing_gap=2.0)

    def _picture(self, shape: str) -> Image.Image:
        if shape not in self._painted:
            source = self._sources[shape]
            made = source if isinstance(source, Image.Image) else source(*self._pixels(shape))
            self._painted[shape] = made.convert("RGB")
        return self._painted[shape]

    def _attention(self, shape: str) -> Attention:
        if shape not in self._seen:
            self._seen[shape] = attention(self._picture(shape))
        return self._seen[shape]

    def _pixels(self, shape: str) -> tuple[int, int]:
        """Width and height that cover the largest banner cut from this shape."""
        aspect = ASPECTS[shape]
        wide = max(
            (self._wide(each, aspect) for each in self._sizes if self._serves(shape, each)),
            default=600.0,
        )
        wide = min(wide, math.sqrt(MOST_PX * aspect))
        return math.ceil(wide), math.ceil(wide / aspect)

    def _serves(self, shape: str, size: BannerSize) -> bool:
        return shape == min(
            self._sources, key=lambda each: abs(math.log(size.aspect / ASPECTS[each]))
        )

    def _wide(self, size: BannerSize, aspect: float) -> float:
        wide, high = size.width + 2 * size.bleed, size.height + 2 * size.bleed
        return max(wide, high * aspect)
