"""The brand card as a person hands it in: read whole, or refused by name."""

from __future__ import annotations

import base64
import io
import json
from typing import Any

import pytest
from PIL import Image

from studio.ads.brand import Brand, Claim
from studio.errors import InvalidInput


def a_logo(width: int = 40, height: int = 20) -> str:
    file = io.BytesIO()
    Image.new("RGBA", (width, height), "#1f6f5c").save(file, "PNG")
    return base64.b64encode(file.getvalue()).decode()


def a_brand() -> Brand:
    return Brand(
        name="半亩茶 Half Acre",
        voice=("warm", "dry", "honest"),
        do_words=("slow",),
        dont_words=("best", "第一"),
        examples=("Cold water, three minutes.",),
        colours=("#1f6f5c", "#f7f5f0"),
        font="serif",
        valence=0.4,
        arousal=-0.3,
        audience="people who work late",
        claims=(Claim("no sugar", "lab report 2026-03"), Claim("compostable bag")),
        languages=("en", "zh"),
        logo=a_logo(),
        motif="X:1\nK:C\nCEG",
        id="abc",
        version=3,
    )


def refusal(**given: Any) -> InvalidInput:
    with pytest.raises(InvalidInput) as refused:
        Brand.read({"name": "Morrow", **given})
    return refused.value


def test_a_card_survives_the_way_through_json():
    brand = a_brand()
    text = json.dumps(brand.as_dict(), ensure_ascii=False)
    assert Brand.read(text) == brand
    assert Brand.read(json.loads(text)) == brand


def test_a_name_is_enough():
    assert Brand.read({"name": " Morrow "}) == Brand("Morrow")


def test_unknown_keys_are_named():
    refused = refusal(colors=["#fff"], slogan="x")
    assert refused.field == "brand_card"
    assert refused.code == "brand_unknown"
    assert "colors" in refused.message
    assert "slogan" in refused.message


def test_colours_are_written_in_one_way_and_kept_once():
    read = Brand.read({"name": "M", "colours": ["#FFF", "1F6F5C", " #1f6f5c "]})
    assert read.colours == ("#ffffff", "#1f6f5c")


def test_a_claim_may_be_its_text_alone():
    assert Brand.read({"name": "M", "claims": ["no sugar"]}).claims == (Claim("no sugar"),)


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"name": "  "}, "brand_name"),
        ({"name": 3}, "brand_text"),
        ({"name": "M" * 61}, "brand_long"),
        ({"voice": "warm"}, "brand_list"),
        ({"voice": ["a", "b", "c", "d"]}, "brand_many"),
        ({"voice": [["warm"]]}, "brand_list"),
        ({"examples": ["one", "two", "three"]}, "brand_many"),
        ({"colours": ["reddish"]}, "brand_colour"),
        ({"colours": ["#1234567"]}, "brand_colour"),
        ({"font": "comic"}, "brand_choice"),
        ({"languages": ["fr"]}, "brand_choice"),
        ({"valence": 1.2}, "brand_range"),
        ({"valence": float("nan")}, "brand_range"),
        ({"arousal": "calm"}, "brand_number"),
        ({"arousal": True}, "brand_number"),
        ({"version": -1}, "brand_number"),
        ({"claims": [{"text": "x", "source": "y"}]}, "brand_claim"),
        ({"claims": "no sugar"}, "brand_list"),
        ({"logo": "not base64!"}, "brand_logo"),
        ({"logo": base64.b64encode(b"GIF89a" + bytes(40)).decode()}, "brand_logo"),
        ({"logo": a_logo(300, 20)}, "brand_logo"),
        ({"logo": "A" * 24_001}, "brand_long"),
    ],
)
def test_what_does_not_fit_is_refused_by_its_rule(given, code):
    assert refusal(**given).code == code


@pytest.mark.parametrize("text", ["", "[]", "{", "Morrow", '{"name": "M"' + " " * 60_001 + "}"])
def test_what_is_no_json_object_is_no_card(text):
    with pytest.raises(InvalidInput) as refused:
        Brand.read(text)
    assert refused.value.code == "brand_json"


def test_every_refusal_has_its_sentence_in_both_languages(locales):
    codes = [
        "json",
        "unknown",
        "name",
        "text",
        "list",
        "number",
        "long",
        "many",
        "range",
        "choice",
        "colour",
        "claim",
        "logo",
    ]
    for code in (*(f"brand_{each}" for each in codes), "no_brand", "brand_no_version"):
        for lang in ("en", "zh"):
            assert f"error.{code}" in locales.keys(lang), (code, lang)
