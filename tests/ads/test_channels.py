"""The limits are the channels' own, dated and sourced; a channel is one entry."""

from __future__ import annotations

from datetime import date

import pytest

from studio.ads.channel import AdField, Channel
from studio.ads.channels import CHANNELS
from studio.ads.phrases import AdBrief
from studio.crafts.ad_kit import checks_of, kit_of
from studio.crafts.campaign import Campaign
from studio.requests import Completion

BRIEF = AdBrief("Morrow", "steel water bottle for hikers", ("keeps cold 24 h",), "en")


@pytest.mark.parametrize(
    ("channel", "field", "limit", "least", "most"),
    [
        ("google_rsa", "headline", 30, 3, 15),
        ("google_rsa", "description", 90, 2, 4),
        ("google_rsa", "path", 15, 0, 2),
        ("pmax", "headline", 30, 3, 15),
        ("pmax", "long_headline", 90, 1, 5),
        ("pmax", "description", 90, 2, 5),
        ("pmax", "business_name", 25, 1, 1),
        ("meta_feed", "primary_text", 125, 1, 5),
        ("meta_feed", "headline", 40, 1, 5),
        ("meta_feed", "description", 30, 1, 5),
        ("x", "post", 280, 1, 4),
        ("linkedin", "primary_text", 150, 1, 4),
        ("tiktok", "primary_text", 100, 1, 5),
        ("xiaohongshu", "title", 20, 1, 5),
        ("xiaohongshu", "body", 1000, 1, 2),
        ("wechat_moments", "primary_text", 40, 1, 4),
        ("app_store", "subtitle", 30, 1, 3),
    ],
)
def test_limits(channel, field, limit, least, most):
    found = CHANNELS[channel].field(field)
    assert (found.limit, found.least, found.most) == (limit, least, most)


@pytest.mark.parametrize("channel", CHANNELS.values(), ids=lambda each: each.name)
def test_every_channel_says_where_its_limits_come_from_and_when(channel):
    assert channel.source.startswith("https://")
    assert date.fromisoformat(channel.checked_on) <= date(2026, 11, 23)
    assert all(0 <= field.least <= field.most for field in channel.fields)


def test_a_chinese_headline_of_google_has_room_for_fifteen_characters():
    headline = CHANNELS["google_rsa"].field("headline")
    assert headline.fits("冷" * 15)
    assert not headline.fits("冷" * 16)
    assert CHANNELS["xiaohongshu"].field("title").fits("冷" * 20)


def test_an_empty_text_fits_nowhere():
    assert not CHANNELS["x"].field("post").fits("")


def test_an_inserted_keyword_counts_as_its_default():
    """Google Ads help 2454041: the braces and "KeyWord:" are not counted."""
    headline = CHANNELS["google_rsa"].field("headline")
    assert headline.used("Buy {KeyWord:Steel Bottle}") == len("Buy Steel Bottle")
    assert headline.fits("{keyword:" + "x" * 30 + "}")
    assert not headline.fits("{KeyWord:" + "x" * 31 + "}")


def test_a_headline_within_fifteen_and_a_description_within_sixty_for_performance_max():
    for brief in (BRIEF, AdBrief("半亩茶", "冷泡乌龙茶包", ("冷水三分钟即可出味",), "zh")):
        kit = kit_of(CHANNELS["pmax"], brief, ())
        assert any(each.name == "headline" and each.used <= 15 for each in kit)
        assert any(each.name == "description" and each.used <= 60 for each in kit)


def test_a_new_channel_is_one_entry():
    """Nothing but the entry is needed: it is briefed, filled and checked like the others."""
    kiosk = Channel(
        "kiosk",
        (AdField("headline", 18, "double_width", 2, 3), AdField("description", 50, "plain", 1, 2)),
        "https://example.com/kiosk",
        "2026-11-23",
    )
    campaign = Campaign(BRIEF, (kiosk,))
    rows = campaign.kits([Completion("") for _ in campaign.lines()])["kiosk"]
    assert {each.name for each in rows} == {"headline", "description"}
    assert all(each.passed for each in checks_of(kiosk, BRIEF, rows))
