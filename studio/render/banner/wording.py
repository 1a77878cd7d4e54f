"""What is to be set on a banner, and in which typefaces."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from PIL import Image

from studio.ads.banner_copy import BannerCopy
from studio.render.banner.banner_look import BannerLook
from studio.render.typography import Typeface, typeface


@dataclass(frozen=True, slots=True)
class Wording:
    """The texts of a banner with the brand's name or logo; empty ones are left out."""

    headline: str
    short_headline: str
    subline: str
    cta: str
    brand_name: str
    logo: Image.Image | None
    family: Literal["sans", "serif"]
    lang: str

    @property
    def display(self) -> Typeface:
        """Of the headline and of the brand's name."""
        return typeface(self.family, "bold")

    @property
    def reading(self) -> Typeface:
        """Of the sub-line."""
        return typeface(self.family, "regular")

    @property
    def label(self) -> Typeface:
        """Of the button: always without serifs, which small light type on colour loses."""
        return typeface("sans", "bold")

    @property
    def leading(self) -> tuple[float, float]:
        """Line pitch of headline and sub-line in sizes. Chinese characters fill their squares and
        need more between lines."""
        return (1.28, 1.55) if self.lang == "zh" else (1.1, 1.36)

    @property
    def shorter(self) -> Wording:
        """With the short headline."""
        return replace(self, headline=self.short_headline or self.headline)

    @property
    def barer(self) -> Wording:
        """Without the sub-line."""
        return replace(self, subline="")

    @property
    def nameless(self) -> Wording:
        return replace(self, brand_name="", logo=None)


def wording_of(copy: BannerCopy, look: BannerLook, lang: str) -> Wording:
    """What there is to set; white space is tidied."""
    texts = (copy.headline, copy.short_headline, copy.subline, copy.cta, look.brand_name)
    headline, short, subline, cta, name = (" ".join(each.split()) for each in texts)
    family: Literal["sans", "serif"] = "serif" if look.family == "serif" else "sans"
    return Wording(
        headline=headline or short,
        short_headline=short,
        subline=subline,
        cta=cta,
        brand_name=name,
        logo=look.logo,
        family=family,
        lang=lang,
    )
