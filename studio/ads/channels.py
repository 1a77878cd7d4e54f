"""The channels and their limits, as dated data: adding a channel is one entry.

Only fields that a person pastes into the channel have a channel's limit. A slogan, a call to
action and hashtags come with every kit; their limits are the house's own (what fits a button or
one line of a banner).

The limits were compared with stored copies of the pages named here and with third-party
summaries, not with the live pages: check them there before a campaign depends on one. The
addresses of Meta's story, TikTok, WeChat, Apple and display ads are from memory. What is not
published clearly stands in `unsure`.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from studio.ads.channel import AdField, Channel

CHECKED = "2026-11-22"

_SLOGAN = AdField("slogan", 40, "double_width", 1, 1)
_CTA = AdField("cta", 20, "double_width", 1, 1)
_HEADLINES = AdField("headline", 30, "double_width", 3, 15)
_PATHS = AdField("path", 15, "double_width", 0, 2)


def _hashtags(most: int) -> AdField:
    return AdField("hashtag", 30, "plain", 1, most)


_ALL = (
    Channel(
        name="google_rsa",
        fields=(
            _HEADLINES,
            AdField("description", 90, "double_width", 2, 4),
            _PATHS,
            _SLOGAN,
            _CTA,
        ),
        source="https://support.google.com/google-ads/answer/7684791",
        checked_on=CHECKED,
        symbols=False,
        inserts_keywords=True,
    ),
    Channel(
        name="pmax",
        fields=(
            AdField("headline", 30, "double_width", 3, 15, one_within=15),
            AdField("long_headline", 90, "double_width", 1, 5),
            AdField("description", 90, "double_width", 2, 5, one_within=60),
            AdField("business_name", 25, "double_width", 1, 1, "truncated"),
            _PATHS,
            _CTA,
        ),
        source="https://support.google.com/google-ads/answer/17091269",
        checked_on=CHECKED,
        symbols=False,
    ),
    Channel(
        name="meta_feed",
        fields=(
            AdField("primary_text", 125, "plain", 1, 5, "truncated"),
            AdField("headline", 40, "plain", 1, 5, "truncated"),
            AdField("description", 30, "plain", 1, 5, "truncated"),
            _SLOGAN,
            _CTA,
            _hashtags(5),
        ),
        source="https://www.facebook.com/business/ads-guide/update/image/facebook-feed",
        checked_on=CHECKED,
        unsure="Third parties say 27-40 for the headline and 25-30 for the description.",
    ),
    Channel(
        name="meta_story",
        fields=(
            AdField("primary_text", 125, "plain", 1, 5, "truncated"),
            AdField("headline", 40, "plain", 1, 5, "truncated"),
            _CTA,
        ),
        source="https://www.facebook.com/business/ads-guide/update/image/instagram-story",
        checked_on=CHECKED,
        unsure="Placements show different lengths before they cut; 125 and 40 are recommended.",
    ),
    Channel(
        name="x",
        fields=(AdField("post", 280, "weighted", 1, 4), _SLOGAN, _CTA, _hashtags(3)),
        source="https://developer.x.com/en/docs/counting-characters",
        checked_on=CHECKED,
    ),
    Channel(
        name="linkedin",
        fields=(
            AdField("primary_text", 150, "plain", 1, 4, "truncated"),
            AdField("headline", 70, "plain", 1, 4, "truncated"),
            AdField("description", 100, "plain", 1, 2, "truncated"),
            _SLOGAN,
            _CTA,
            _hashtags(3),
        ),
        source="https://www.linkedin.com/help/lms/answer/a426534",
        checked_on=CHECKED,
        unsure="Where texts are truncated; 3,000, 200 and 300 characters are accepted.",
    ),
    Channel(
        name="tiktok",
        fields=(
            AdField("primary_text", 100, "double_width", 1, 5),
            AdField("business_name", 20, "double_width", 1, 1, "truncated"),
            _CTA,
        ),
        source="https://ads.tiktok.com/help/article/auction-in-feed-ads",
        checked_on=CHECKED,
        symbols=False,
        unsure="Emoji: sources differ, so there are none. A help page refuses # and braces. "
        "The name of an app may take 40, that of a brand 20.",
    ),
    Channel(
        name="xiaohongshu",
        fields=(
            AdField("title", 20, "plain", 1, 5),
            AdField("body", 1000, "plain", 1, 2),
            _SLOGAN,
            _CTA,
            _hashtags(10),
        ),
        source="https://creator.xiaohongshu.com/publish/publish",
        checked_on=CHECKED,
        unsure="The app counts two Latin letters as one; counting each keeps on the safe side.",
    ),
    Channel(
        name="wechat_moments",
        fields=(
            AdField("primary_text", 40, "plain", 1, 4),
            AdField("business_name", 30, "double_width", 1, 1, "truncated"),
            AdField("cta", 12, "double_width", 1, 1),
        ),
        source="https://ad.weixin.qq.com/guide",
        checked_on=CHECKED,
        symbols=False,
        unsure="40 characters in four lines for a plain card, 30 for newer cards. The link's text "
        "is chosen from a list there.",
    ),
    Channel(
        name="email",
        fields=(
            AdField("subject", 50, "double_width", 1, 5, "truncated"),
            AdField("preheader", 90, "double_width", 1, 5, "truncated"),
            _CTA,
        ),
        source="https://www.rfc-editor.org/rfc/rfc5322#section-2.1.1",
        checked_on=CHECKED,
        unsure="No standard says what a mail program shows: 50 and 90 are the house's choice.",
    ),
    Channel(
        name="app_store",
        fields=(
            AdField("subtitle", 30, "plain", 1, 3),
            AdField("promotional_text", 170, "plain", 1, 2),
        ),
        source="https://developer.apple.com/app-store/product-page/",
        checked_on=CHECKED,
        symbols=False,
    ),
    Channel(
        name="display",
        fields=(
            AdField("headline", 30, "double_width", 1, 5),
            AdField("description", 70, "double_width", 1, 5),
            AdField("cta", 14, "double_width", 1, 1),
        ),
        source="https://support.google.com/google-ads/answer/6363750",
        checked_on=CHECKED,
        symbols=False,
        unsure="Google takes 90 for a description; 70 and 14 are what the smallest banner holds.",
    ),
)

CHANNELS: Mapping[str, Channel] = MappingProxyType({each.name: each for each in _ALL})
