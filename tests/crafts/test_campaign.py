"""One pool of lines serves every channel, within every limit, whatever the model writes."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from studio.ads.brand import Claim
from studio.ads.channel import AdField, Channel
from studio.ads.channels import CHANNELS
from studio.ads.phrases import AdBrief
from studio.ads.widths import width
from studio.crafts.ad_kit import AdText
from studio.crafts.campaign import Campaign
from studio.requests import Completion

MORROW = AdBrief(
    "Morrow",
    "refillable steel water bottle for hikers",
    ("keeps cold 24 h", "repairable cap", "made from recycled steel"),
    "en",
)
TEA = AdBrief("半亩茶", "冷泡乌龙茶包", ("冷水三分钟", "无糖", "可降解茶袋"), "zh")
LETTERS = "abc XYZ 24 冷泡茶，。！! ? . 👍🏽 é — ★ {KeyWord:x} https://a.com/b\n"


def campaign(brief: AdBrief = MORROW, **more: object) -> Campaign:
    return Campaign(brief, tuple(CHANNELS.values()), **more)  # type: ignore[arg-type]


def without_a_writer(given: Campaign) -> dict[str, tuple[AdText, ...]]:
    return dict(given.kits([Completion("") for _ in given.lines()]))


def test_about_thirty_requests_serve_all_channels():
    asked = campaign().requests("base/small", None, 5, 0.5)
    assert 20 <= len(asked) <= 34
    assert len({each.seed for each in asked}) == len(asked)


@pytest.mark.parametrize("brief", [MORROW, TEA], ids=lambda each: each.lang)
@pytest.mark.parametrize("seed", range(12))
def test_no_field_exceeds_its_limit_whatever_is_written(brief, seed):
    draw = random.Random(seed)
    name = "".join(draw.choice("abcdeé冷茶 &") for _ in range(draw.randint(2, 50))).strip() or "x"
    points = tuple(
        "".join(draw.choice(LETTERS[:20]) for _ in range(draw.randint(1, 120))).strip() or "x"
        for _ in range(draw.randint(0, 5))
    )
    given = campaign(replace(brief, brand=name, benefits=points, keyword=name))
    texts = [
        Completion("".join(draw.choice(LETTERS) for _ in range(draw.randint(0, 300))))
        for _ in given.lines()
    ]
    for channel, rows in given.kits(texts).items():
        for field in CHANNELS[channel].fields:
            mine = [each for each in rows if each.name == field.name]
            assert len(mine) <= field.most
            assert all(0 < width(field.counter, each.text) <= field.limit for each in mine)
            assert all(each.used == field.used(each.text) for each in mine)


@pytest.mark.parametrize("brief", [MORROW, TEA], ids=lambda each: each.lang)
def test_a_kit_without_any_model_keeps_every_rule(brief):
    given = campaign(brief)
    for channel, rows in without_a_writer(given).items():
        failed = [each for each in given.checks(CHANNELS[channel], rows) if not each.passed]
        assert failed == [], channel


@pytest.mark.parametrize("brief", [MORROW, TEA], ids=lambda each: each.lang)
def test_performance_max_gets_a_short_headline_and_a_short_description(brief):
    rows = without_a_writer(campaign(brief))["pmax"]
    assert min(each.used for each in rows if each.name == "headline") <= 15
    assert min(each.used for each in rows if each.name == "description") <= 60


def test_locked_texts_stay_and_are_not_said_again():
    kept = AdText("headline", "Cold for a whole day", 20, 30, "", "person", locked=True)
    again = without_a_writer(campaign(locked={"google_rsa": (kept,)}))["google_rsa"]
    assert again[0] == kept
    assert sum(each.text == kept.text for each in again) == 1
    assert len({each.text for each in again if each.name == "headline"}) == 8


def test_nothing_is_asked_where_every_text_stays():
    whole = without_a_writer(campaign())
    locked = {name: tuple(replace(e, locked=True) for e in rows) for name, rows in whole.items()}
    given = campaign(locked=locked)
    assert given.lines() == ()
    assert without_a_writer(given) == locked


def test_the_keyword_is_inserted_only_where_the_channel_can():
    kits = without_a_writer(campaign(replace(MORROW, keyword="steel bottle")))
    (inserted,) = (e for e in kits["google_rsa"] if e.text.startswith("{"))
    assert (inserted.text, inserted.used) == ("{KeyWord:Steel Bottle}", 12)
    assert not any("{" in e.text for name in kits if name != "google_rsa" for e in kits[name])


def test_a_proved_claim_is_said_and_an_unproved_one_is_not():
    proved = replace(MORROW, claims=(Claim("made in Wales", "deed 12"), Claim("loved by all")))
    said = " ".join(e.text for e in without_a_writer(campaign(proved))["meta_feed"]).casefold()
    assert "made in wales" in said
    assert "loved by all" not in said


def test_no_exclamation_mark_is_written():
    given = campaign()
    kits = given.kits([Completion("Keeps cold 24 h! A repairable cap!") for _ in given.lines()])
    assert not any("!" in e.text for rows in kits.values() for e in rows)


def test_a_channel_is_one_entry():
    new = Channel(
        "radio",
        (AdField("headline", 25, "plain", 2, 3), AdField("description", 60, "plain", 1, 2)),
        "https://example.org/radio",
        "2026-11-22",
    )
    given = Campaign(MORROW, (new,))
    rows = without_a_writer(given)["radio"]
    assert [each.name for each in rows] == ["headline"] * 3 + ["description"] * 2
    assert all(each.passed for each in given.checks(new, rows))
    assert all(request.constraint.limit for request in given.requests("base/small", None, 1, 0.5))
