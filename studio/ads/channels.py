"""The channels and their limits, as dated data.

Only fields that a person pastes into the channel have a channel's limit. A slogan, a call to
action and hashtags come with every kit; their limits are the house's own (what fits a button or
one line of a banner).

Where each limit is published. On 2026-11-22 they were compared with stored copies and third-party
summaries, not with the live pages: check them there before a campaign depends on one. Least sure:
Meta's headline and description (third parties say 27-40 and 25-30) and 小红书's title.
- Google responsive search ads: support.google.com/google-ads/answer/7684791 (3-15 headlines of
  30, 2-4 descriptions of 90, two paths of 15) and /answer/1704389 (double-width languages such as
  Chinese, Japanese and Korean count 2 a character).
- Meta feed, one image: facebook.com/business/ads-guide (primary text 125 before "See more",
  headline 40, link description 30; up to 5 of each).
- X: developer.x.com/en/docs/counting-characters and twitter-text config/v3.json (280 weighted).
- LinkedIn single image ad: linkedin.com/help/lms/answer/a426534 (introductory text 150, headline
  70, description 100 before they are truncated; 3,000, 200 and 300 at most).
- 小红书 note: the app's editor (title 20 characters, body 1,000, up to 10 topics). The app counts
  two Latin letters as one; counting each as one keeps on the safe side.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from studio.ads.channel import AdField, Channel

CHECKED = "2026-11-22"

_SLOGAN = AdField("slogan", 40, "double_width", 1, 1)
_CTA = AdField("cta", 20, "double_width", 1, 1)


def _hashtags(most: int) -> AdField:
    return AdField("hashtag", 30, "plain", 1, most)


_ALL = (
    Channel(
        name="google_rsa",
        fields=(
            AdField("headline", 30, "double_width", 3, 15),
            AdField("description", 90, "double_width", 2, 4),
            AdField("path", 15, "double_width", 0, 2),
            _SLOGAN,
            _CTA,
        ),
        source="https://support.google.com/google-ads/answer/7684791",
        checked=CHECKED,
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
        checked=CHECKED,
    ),
    Channel(
        name="x",
        fields=(AdField("post", 280, "weighted", 1, 4), _SLOGAN, _CTA, _hashtags(3)),
        source="https://developer.x.com/en/docs/counting-characters",
        checked=CHECKED,
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
        checked=CHECKED,
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
        checked=CHECKED,
    ),
)

CHANNELS: Mapping[str, Channel] = MappingProxyType({each.name: each for each in _ALL})
