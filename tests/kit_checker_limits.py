"""Limits of the channels and how each counts, written from what the platforms publish.

google_rsa: Google Ads Help 7684791 and 6167106 (full-width letters count two). pmax: 17091269.
meta: Meta ads guide. x: twitter-text v3. linkedin: a426534. tiktok: auction in-feed ads.
xiaohongshu: creator.xiaohongshu.com. wechat: ad.weixin.qq.com. app_store: product page.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limit:
    """Longest text, how it is counted, fewest and most texts of the field."""

    most: int
    count: Callable[[str], int]
    fewest_texts: int
    most_texts: int
    one_within: int = 0


_LINK = re.compile(r"https?://\S+|\b(?:[a-z0-9-]+\.)+(?:com|org|net|io|cn|uk|de)\b\S*", re.I)
_KEYWORD = re.compile(r"\{keyword:([^}]*)\}", re.I)


def plain(text: str) -> int:
    """Code points after NFC."""
    return len(unicodedata.normalize("NFC", text))


def double(text: str) -> int:
    """Half-width units: East Asian wide and full-width characters are two."""
    shown = unicodedata.normalize("NFC", _KEYWORD.sub(r"\1", text))
    return sum(1 + (unicodedata.east_asian_width(each) in ("W", "F")) for each in shown)


def weighted(text: str) -> int:
    """X: links 23; 0-10FF and general punctuation 1; the rest 2; a joined emoji 2."""
    rest, links = _LINK.subn("", unicodedata.normalize("NFC", text))
    total, joined = 23 * links, False
    for each in rest:
        point = ord(each)
        if point == 0x200D or 0xFE00 <= point <= 0xFE0F or 0x1F3FB <= point <= 0x1F3FF:
            joined = point == 0x200D
            continue
        if not joined:
            total += 1 if point <= 0x10FF or _is_light(point) else 2
        joined = False
    return total


def _is_light(point: int) -> bool:
    return 0x2000 <= point <= 0x200D or 0x2010 <= point <= 0x201F or 0x2032 <= point <= 0x2037


_CTA = Limit(20, double, 0, 1)
_SLOGAN = Limit(40, double, 0, 1)
_TAG = Limit(30, plain, 0, 10)
LIMITS: Mapping[str, Mapping[str, Limit]] = {
    "google_rsa": {
        "headline": Limit(30, double, 3, 15),
        "description": Limit(90, double, 2, 4),
        "path": Limit(15, double, 0, 2),
    },
    "pmax": {
        "headline": Limit(30, double, 3, 15, 15),
        "long_headline": Limit(90, double, 1, 5),
        "description": Limit(90, double, 2, 5, 60),
        "business_name": Limit(25, double, 1, 1),
        "path": Limit(15, double, 0, 2),
    },
    "meta_feed": {
        "primary_text": Limit(125, plain, 1, 5),
        "headline": Limit(40, plain, 1, 5),
        "description": Limit(30, plain, 1, 5),
    },
    "meta_story": {"primary_text": Limit(125, plain, 1, 5), "headline": Limit(40, plain, 1, 5)},
    "x": {"post": Limit(280, weighted, 1, 10)},
    "linkedin": {
        "primary_text": Limit(150, plain, 1, 5),
        "headline": Limit(70, plain, 1, 5),
        "description": Limit(100, plain, 1, 5),
    },
    "tiktok": {"primary_text": Limit(100, double, 1, 5), "business_name": Limit(20, double, 1, 1)},
    "xiaohongshu": {"title": Limit(20, plain, 1, 5), "body": Limit(1000, plain, 1, 5)},
    "wechat_moments": {
        "primary_text": Limit(40, plain, 1, 5),
        "business_name": Limit(30, double, 1, 1),
        "cta": Limit(12, double, 1, 1),
    },
    "email": {"subject": Limit(50, double, 1, 5), "preheader": Limit(90, double, 1, 5)},
    "app_store": {"subtitle": Limit(30, plain, 1, 5), "promotional_text": Limit(170, plain, 1, 5)},
    "display": {
        "headline": Limit(30, double, 1, 5),
        "description": Limit(90, double, 1, 5),
        "cta": Limit(15, double, 1, 1),
    },
}
HOUSE: Mapping[str, Limit] = {"slogan": _SLOGAN, "cta": _CTA, "hashtag": _TAG}
"""Fields that no platform limits: what fits a button or one line."""
