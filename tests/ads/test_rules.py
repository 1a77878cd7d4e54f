"""Each rule finds what it forbids, lets honest words pass, and offers a wording that keeps it."""

from __future__ import annotations

import pytest

from studio.ads.brand import Claim
from studio.ads.channels import CHANNELS
from studio.ads.compliance import exclamations, verdicts
from studio.ads.phrases import AdBrief
from studio.ads.rewrites import rewrite_of

RSA = CHANNELS["google_rsa"]
LINE = RSA.field("description")
HEAD = RSA.field("headline")
BRIEF = AdBrief(
    "Morrow", "steel water bottle for hikers", ("keeps cold 24 h", "repairable cap"), "en"
)
TEA = AdBrief("半亩茶", "冷泡乌龙茶包", ("冷水三分钟", "无糖"), "zh")


def broken(text, lang="en", **told):
    return {each.rule for each in verdicts(RSA, LINE, text, lang, **told) if not each.passed}


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("Bottles 4 sale here.", "no_gimmick_spelling"),
        ("Bottles 4 u, tonite.", "no_gimmick_spelling"),
        ("B.O.T.T.L.E.S for hikers.", "no_gimmick_spelling"),
        ("Cold cold cold water.", "no_repeated_words"),
        ("Cures your headache.", "no_health_claims"),
        ("Relieves stress in a day.", "no_health_claims"),
        ("Double your money.", "no_finance_claims"),
        ("Colder than other bottles.", "no_comparisons"),
    ],
)
def test_english_rules_and_their_rewrites(text, rule):
    assert broken(text) == {rule}
    mended = rewrite_of(rule, text, BRIEF, LINE)
    assert mended
    assert broken(mended) == set()


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("喝了能降血压。", "no_health_claims"),
        ("稳赚不赔。", "no_finance_claims"),
        ("比其他茶更香。", "no_comparisons"),
        ("全国最好的茶。", "no_absolute_words"),
        ("好茶好茶。", "no_repeated_words"),
    ],
)
def test_chinese_rules_and_their_rewrites(text, rule):
    assert broken(text, "zh") == {rule}
    mended = rewrite_of(rule, text, TEA, LINE)
    assert mended
    assert broken(mended, "zh") == set()


@pytest.mark.parametrize("text", ["Ready for 4 people.", "Fits 2 cups.", "Walk, walk home."])
def test_honest_lines_pass(text):
    assert not broken(text) & {"no_gimmick_spelling", "no_health_claims", "no_finance_claims"}


def test_a_claim_needs_its_proof_on_the_brand_card():
    text = "Relieves stress in a day."
    assert "no_health_claims" in broken(text, brief="relieves stress")
    assert "no_health_claims" in broken(text, claims=[Claim("Relieves stress")])
    assert broken(text, claims=[Claim("Relieves stress", "trial of 2024, 120 people")]) == set()


def test_the_persons_own_absolute_words_do_not_pass_in_chinese():
    assert broken("全国最好的茶。", "zh", brief="全国最好的茶") == {"no_absolute_words"}


def test_words_that_are_not_wanted_are_named_as_whole_words():
    assert broken("A cheap bottle.", dont_words=["cheap"]) == {"no_dont_words"}
    assert broken("A cheapskate's bottle.", dont_words=["cheap"]) == set()
    assert broken("便宜好茶。", "zh", dont_words=["便宜"]) == {"no_dont_words"}


def test_one_exclamation_mark_in_a_whole_ad():
    assert exclamations(["Come and see!", "It floats."]).passed
    assert not exclamations(["Come and see!", "It floats！"]).passed


@pytest.mark.parametrize(
    ("rule", "text", "wanted"),
    [
        ("no_exclamation_headline", "Cold for hours!", "Cold for hours"),
        ("no_all_caps", "BUY this USB lamp", "Buy this USB lamp"),
        ("no_repeated_punctuation", "Cold water??", "Cold water?"),
        ("no_symbols", "Cold ★ clear", "Cold clear"),
        ("no_gimmick_spelling", "Bottles 4 sale", "Bottles for sale"),
    ],
)
def test_what_can_be_mended_stays_otherwise_as_it_is(rule, text, wanted):
    assert rewrite_of(rule, text, BRIEF, HEAD) == wanted


def test_a_verdict_names_its_source():
    assert all(each.source for each in verdicts(RSA, LINE, "Cold.", "en"))
