"""What a preview is drawn from: the texts of an ad, whose it is, and a picture if there is one.

Every text stands in a slot. The page's script fills the slots again while a person types or turns
to the next combination.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from markupsafe import Markup

from studio.ui.ad_rows import AdRow
from studio.ui.markup import NOTHING, fragment, joined
from studio.ui.strings import Tongue

INK = "#4a5560"
"""Of a brand without colours."""
_HEX = re.compile(r"#[0-9a-fA-F]{6}")


@dataclass(frozen=True, slots=True)
class Scene:
    """One ad, ready to be shown on its channel."""

    brand: str
    rows: Sequence[AdRow]
    said: Tongue
    """The channel's own words, in the language of the ad."""
    colours: Sequence[str] = ()
    pictures: Mapping[str, str] = field(default_factory=dict)
    """Shape (wide, square, tall) -> its address."""

    @property
    def colour(self) -> str:
        """The brand's main colour; a quiet grey for what is no colour."""
        return next((each for each in self.colours if _HEX.fullmatch(each)), INK)

    def named(self, *names: str) -> str:
        """The first of these fields that the ad has; "" for none."""
        there = {each.name for each in self.rows}
        return next((each for each in names if each in there), "")

    def slot(self, *names: str, at: int = 0, css: str = "", else_: str = "") -> Markup:
        """A place for the text number `at` of the first of these fields that the ad has."""
        name = self.named(*names)
        texts = [each.text for each in self.rows if each.name == name]
        text = texts[at] if at < len(texts) else ""
        if not name or (not text and at):
            return NOTHING
        return fragment(
            '<span class="{css}" data-slot="{name}" data-k="{at}">{text}</span>',
            css=css,
            name=name,
            at=at,
            text=text or else_,
        )

    @property
    def sender(self) -> Markup:
        """The name it is signed with: the channel's own text for it, else the brand."""
        return self.slot("business_name") or fragment("{brand}", brand=self.brand)

    def cta(self, css: str = "pv-cta") -> Markup:
        """The button's own words, or the usual ones."""
        return self.slot("cta", css=css) or fragment(
            '<span class="{css}">{text}</span>', css=css, text=self.said("preview.learn")
        )

    def tags(self) -> Markup:
        """The topics, each behind its mark."""
        places = [each.at for each in self.rows if each.name in ("hashtag", "topic", "tag")]
        name = self.named("hashtag", "topic", "tag")
        if not name:
            return NOTHING
        slots = joined(
            fragment("{slot} ", slot=self.slot(name, at=at, css="pv-tag")) for at in places
        )
        return fragment('<span class="pv-tags">{slots}</span>', slots=slots)

    def avatar(self, css: str = "") -> Markup:
        """The brand's first letter where its logo would stand."""
        return fragment(
            '<i class="pv-avatar {css}" aria-hidden="true">{letter}</i>',
            css=css,
            letter=self.brand[:1].upper() or "·",
        )

    def picture(self, shape: str, css: str = "") -> Markup:
        """The picture of that shape, or a quiet field where one will be."""
        url = self.pictures.get(shape)
        inside = (
            fragment('<img src="{url}" alt="" loading="lazy">', url=url)
            if url
            else fragment("<i></i><i></i>")
        )
        return fragment(
            '<span class="pv-picture {shape} {css}" aria-hidden="true">{inside}</span>',
            shape=shape,
            css=css,
            inside=inside,
        )
