"""The few words on a banner: the main point large, what is sold beneath it, and what to do."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from studio.ads.banner_copy import LIMITS, BannerCopy
from studio.ads.channel import AdField
from studio.ads.phrases import AdBrief, call_to_action, phrases
from studio.ads.widths import Counter, width
from studio.crafts.ad_kit import AdText

DISPLAY = "display"
"""The channel whose copy stands on banners; words typed there win."""
_COUNTER: Counter = "double_width"


def banner_words(brief: AdBrief, kits: Mapping[str, Sequence[AdText]]) -> BannerCopy:
    """What the banners of a campaign say. Each fits its limit, and none is empty."""
    own = kits.get(DISPLAY, ())
    heads = [*_typed(own, "headline"), *brief.points, *_made(brief, "headline")]
    below = [*_typed(own, "description"), *_told(brief), *_made(brief, "subline", "description")]
    calls = [*_typed(own, "cta"), *call_to_action(brief)]
    head = _fitting(heads, "headline", brief)
    return BannerCopy(
        head,
        _fitting(
            [head, *_made(brief, "short_headline", "headline"), brief.brand],
            "short_headline",
            brief,
        ),
        _fitting([each for each in below if each != head], "subline", brief),
        _fitting(calls, "cta", brief),
    )


def _typed(rows: Sequence[AdText], name: str) -> list[str]:
    """What a person wrote or kept, before what was made."""
    mine = [each for each in rows if each.name == name]
    return [each.text for each in mine if each.locked or each.by == "person"]


def _told(brief: AdBrief) -> Iterator[str]:
    """The product, with the next point where there is room."""
    product = brief.product.rstrip(".。")
    for point in brief.benefits[1:]:
        if brief.lang == "zh":
            yield f"{product}，{point}"
        else:
            yield f"{product}. {point[:1].upper()}{point[1:].rstrip('.')}."
    yield product


def _made(brief: AdBrief, limit: str, name: str = "") -> Iterator[str]:
    return phrases(brief, AdField(name or limit, LIMITS[limit], _COUNTER, 1, 1))


def _fitting(texts: Sequence[str], limit: str, brief: AdBrief) -> str:
    """The first that fits, as a sentence begins."""
    found = next((t for t in texts if 0 < width(_COUNTER, t) <= LIMITS[limit]), "")
    return found[:1].upper() + found[1:] if brief.lang == "en" else found
