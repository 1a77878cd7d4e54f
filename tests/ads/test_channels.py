"""The limits are the channels' own, dated and sourced."""

from __future__ import annotations

from datetime import date

import pytest

from studio.ads.channels import CHANNELS


@pytest.mark.parametrize(
    ("channel", "field", "limit", "least", "most"),
    [
        ("google_rsa", "headline", 30, 3, 15),
        ("google_rsa", "description", 90, 2, 4),
        ("google_rsa", "path", 15, 0, 2),
        ("meta_feed", "primary_text", 125, 1, 5),
        ("meta_feed", "headline", 40, 1, 5),
        ("meta_feed", "description", 30, 1, 5),
        ("x", "post", 280, 1, 4),
        ("linkedin", "primary_text", 150, 1, 4),
        ("xiaohongshu", "title", 20, 1, 5),
        ("xiaohongshu", "body", 1000, 1, 2),
    ],
)
def test_limits(channel, field, limit, least, most):
    found = CHANNELS[channel].field(field)
    assert (found.limit, found.least, found.most) == (limit, least, most)


@pytest.mark.parametrize("channel", CHANNELS.values(), ids=lambda each: each.name)
def test_every_channel_says_where_its_limits_come_from_and_when(channel):
    assert channel.source.startswith("https://")
    assert date.fromisoformat(channel.checked) <= date(2026, 11, 22)
    assert all(0 <= field.least <= field.most for field in channel.fields)


def test_a_chinese_headline_of_google_has_room_for_fifteen_characters():
    headline = CHANNELS["google_rsa"].field("headline")
    assert headline.fits("冷" * 15)
    assert not headline.fits("冷" * 16)
    assert CHANNELS["xiaohongshu"].field("title").fits("冷" * 20)


def test_an_empty_text_fits_nowhere():
    assert not CHANNELS["x"].field("post").fits("")
