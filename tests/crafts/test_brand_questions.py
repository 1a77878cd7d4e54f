"""Three answers become a card: what was said is on it, and nothing that was not."""

from __future__ import annotations

import pytest

from studio.ads.brand import Brand
from studio.crafts.brand_questions import audience_in, brand_from_answers
from studio.crafts.image_colours import contrast_ratio
from studio.crafts.palette import difference, hex_to_lab, lab_warmth
from studio.errors import InvalidInput

MORROW = ("Morrow", "Refillable steel water bottles for hikers", "warm, dry, honest")


def test_what_was_said_is_on_the_card():
    brand = brand_from_answers(*MORROW, "revolutionary, “game-changing” or world-class")
    assert brand.name == "Morrow"
    assert brand.voice == ("warm", "dry", "honest")
    assert brand.dont_words == ("revolutionary", "game-changing", "world-class")
    assert brand.audience == "hikers"
    assert brand.languages == ("en",)
    assert brand.claims == ()
    assert brand.do_words == ()
    assert brand.examples == ()


def test_the_same_in_chinese():
    brand = brand_from_answers(
        "半亩茶", "给加班的年轻人喝的冷泡乌龙茶包", "温柔、克制、有点幽默", "绝不说“最好”、养生神器"
    )
    assert brand.voice == ("温柔", "克制", "有点幽默")
    assert brand.dont_words == ("最好", "养生神器")
    assert brand.audience == "加班的年轻人"
    assert brand.languages == ("zh",)
    assert brand.arousal < 0 < brand.valence


@pytest.mark.parametrize(
    ("sells", "audience"),
    [
        ("Refillable steel water bottles for hikers", "hikers"),
        ("We sell wood-carving courses to tired office workers.", "tired office workers"),
        ("Pottery", ""),
        ("卖家电上门维修给老城区的街坊", "老城区的街坊"),
        ("面向年轻父母的有机婴儿辅食", "年轻父母"),
        ("手工陶器", ""),
    ],
)
def test_the_audience_is_read_out_of_what_is_sold(sells, audience):
    assert audience_in(sells) == audience


def feel(words: str) -> Brand:
    return brand_from_answers("X", "candles", words)


@pytest.mark.parametrize(
    ("calm", "lively"), [("calm, quiet, gentle", "bold, loud, fast"), ("安静 克制", "大胆 活力")]
)
def test_words_move_the_mood(calm, lively):
    assert feel(calm).arousal < -0.3 < 0.4 < feel(lively).arousal
    assert feel("mysterious, dark").valence < feel("cheerful, sunny").valence


def test_a_negated_word_does_not_count():
    assert feel("calm, not loud").arousal == feel("calm").arousal
    assert feel("calm, not loud").voice == ("calm", "not loud")


def test_words_choose_the_letters():
    assert feel("elegant, literary, slow").font == "serif"
    assert feel("bold, modern, fast").font == "sans"


def test_a_named_colour_leads_and_what_is_sold_is_near():
    assert difference(brand_from_answers("X", "soap in navy", "calm").colours[0], "#14234a") < 25
    sea = brand_from_answers("X", "gear for sea swimmers", "fresh").colours[0]
    assert lab_warmth(hex_to_lab(sea)) < 0.5


@pytest.mark.parametrize("words", ["bold, loud", "calm", "pastel, tender", "极简", "", "zzz"])
@pytest.mark.parametrize("sells", ["tea", "房子", "shoes for runners"])
def test_every_palette_can_carry_text(words, sells):
    colours = brand_from_answers("X", sells, words).colours
    assert 2 <= len(colours) <= 8
    assert max(contrast_ratio(a, b) for a in colours for b in colours) >= 4.5


def test_the_same_answers_give_the_same_card():
    assert brand_from_answers(*MORROW) == brand_from_answers(*MORROW)


def test_a_brand_needs_its_name():
    with pytest.raises(InvalidInput) as refused:
        brand_from_answers("", "tea", "calm")
    assert refused.value.code == "brand_name"
