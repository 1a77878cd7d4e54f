"""Whatever the brief, a person gets a full ad that fits."""

from __future__ import annotations

import pytest

from studio.ads.channels import CHANNELS
from studio.ads.phrases import AdBrief, phrases

BRIEFS = (
    AdBrief(
        "Morrow",
        "refillable steel water bottle for hikers",
        ("keeps cold 24 h", "repairable cap", "made from recycled steel"),
        "en",
    ),
    AdBrief("O", "pen", (), "en"),
    AdBrief("A Brand Whose Name Is Much Too Long For Any Headline", "x" * 150, (), "en"),
    AdBrief("半亩茶", "冷泡乌龙茶包", ("冷水三分钟", "无糖", "可降解茶袋"), "zh"),
    AdBrief("慢修", "家" * 120, (), "zh"),
)
FIELDS = [(channel, field) for channel in CHANNELS.values() for field in channel.fields]


@pytest.mark.parametrize("brief", BRIEFS, ids=lambda each: each.brand[:8])
@pytest.mark.parametrize(("channel", "field"), FIELDS, ids=lambda each: each.name)
def test_there_are_enough_and_all_fit(brief, channel, field):
    made = list(phrases(brief, field))
    assert all(field.fits(text) for text in made)
    assert len(set(made)) == len(made)
    assert len(made) >= field.least


def test_phrases_say_what_the_brief_says():
    headline = CHANNELS["google_rsa"].field("headline")
    made = list(phrases(BRIEFS[0], headline))
    assert made[:2] == ["Keeps cold 24 h", "Made for hikers"]
    assert {"Repairable cap", "Made from recycled steel", "Need a water bottle?"} <= set(made)
    assert "Water-bottle" in phrases(BRIEFS[0], CHANNELS["google_rsa"].field("path"))


def test_a_long_text_is_cut_at_a_sentence_not_inside_one():
    description = CHANNELS["google_rsa"].field("description")
    for text in phrases(BRIEFS[0], description):
        assert text.endswith(".")


def test_a_service_is_booked_and_a_thing_is_bought():
    cta = CHANNELS["meta_feed"].field("cta")
    course = AdBrief("Oak", "wood-carving course", (), "en")
    assert next(phrases(course, cta)) == "Book now"
    assert next(phrases(BRIEFS[0], cta)) == "Shop now"


def test_hashtags_are_tags():
    tags = list(phrases(BRIEFS[0], CHANNELS["x"].field("hashtag")))
    assert tags[:2] == ["#Morrow", "#SteelWaterBottle"]
    assert all(tag.startswith("#") and tag[1:].isalnum() for tag in tags)


@pytest.mark.parametrize(
    ("product", "said"),
    [
        ("sea-salt soap bars for swimmers", "Need soap bars?"),
        ("evening choir for people who think they cannot sing", "Need an evening choir?"),
        ("chair repair and re-caning", "Need chair repair?"),
        ("unisex rain jacket", "Need a rain jacket?"),
    ],
)
def test_articles_are_right(product, said):
    headline = CHANNELS["google_rsa"].field("headline")
    assert said in list(phrases(AdBrief("Oak", product, ("made here",), "en"), headline))


def test_a_point_becomes_a_sentence_where_its_grammar_allows_it():
    description = CHANNELS["google_rsa"].field("description")
    one = " ".join(phrases(BRIEFS[0], description))
    assert "It keeps cold 24 h." in one
    many = AdBrief("Lowtide", "soap bars", ("no wrap", "cut by hand in small batches"), "en")
    assert "They're cut by hand in small batches." in " ".join(phrases(many, description))


def test_a_tone_of_voice_is_heard():
    headline = CHANNELS["google_rsa"].field("headline")
    for lang, brief in (("en", BRIEFS[0]), ("zh", BRIEFS[3])):
        plain = set(phrases(brief, headline))
        toned = [
            set(phrases(AdBrief(brief.brand, brief.product, brief.benefits, lang, each), headline))
            for each in ("playful", "dry", "sincere")
        ]
        assert all(each - plain for each in toned)
        assert toned[0] != toned[1] != toned[2]


def test_nothing_is_said_that_the_brief_does_not_say():
    """Names and days keep their capitals in the middle of a sentence."""
    brief = AdBrief("Choir", "evening choir", ("no audition", "Tuesdays at seven"), "en")
    made = " ".join(phrases(brief, CHANNELS["google_rsa"].field("description")))
    assert "no audition and Tuesdays at seven" in made
