"""An ad as a person meets it: full, within every limit, about their product, nothing invented."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from studio.ads.channels import CHANNELS
from studio.crafts.ad_copy import CRAFT
from studio.crafts.craft import Order, Output
from studio.crafts.form import fill
from studio.errors import InvalidInput, NotReady
from studio.requests import Completion

MORROW: Mapping[str, object] = {
    "brand": "Morrow",
    "product": "refillable steel water bottle for hikers",
    "benefits": ["keeps cold 24 h", "repairable cap", "made from recycled steel"],
    "seed": 5,
}
TEA: Mapping[str, object] = {
    "brand": "半亩茶",
    "product": "冷泡乌龙茶包",
    "benefits": ["冷水三分钟", "无糖", "可降解茶袋"],
    "seed": 5,
}


class Writers:
    def __init__(self, *languages: str) -> None:
        self.languages = languages or ("en", "zh")

    def drafts(self, card: str) -> int:
        return 8

    def choose(self, role: str, lang: str) -> tuple[str, str | None]:
        if lang not in self.languages:
            raise NotReady("writer/zh", "Chinese prose needs a bilingual writer.")
        return "base/small", None


def ordered(*forms: Mapping[str, object], roster: Writers | None = None, **more: object) -> Order:
    given = {key: value for form in forms for key, value in form.items()} | more
    return CRAFT.order(fill(CRAFT, given, lambda: 1), roster or Writers())


def kit(order: Order, answer: str = "") -> Output:
    (output, *_) = CRAFT.finish(order, [Completion(answer) for _ in order.requests])
    return output


def fields(output: Output, name: str = "") -> list[Mapping[str, object]]:
    return [each for each in output.data["fields"] if name in ("", each["name"])]


def failed(output: Output) -> set[str]:
    return {check.name for check in output.checks if not check.passed}


@pytest.mark.parametrize("form", [MORROW, TEA], ids=["en", "zh"])
@pytest.mark.parametrize("channel", CHANNELS)
@pytest.mark.parametrize(
    "answer", ["", "asdf qwer!!", "The best, #1 BOTTLE for $9, free shipping!", "茶"]
)
def test_a_person_always_gets_a_full_ad_within_its_limits(form, channel, answer):
    output = kit(ordered(form, channel=channel), answer)
    assert failed(output) == set()
    for field in CHANNELS[channel].fields:
        texts = fields(output, field.name)
        assert field.least <= len(texts) <= field.most
        assert all(field.fits(each["text"]) for each in texts)
        assert all(each["used"] == field.used(each["text"]) for each in texts)


def test_what_the_writer_wrote_well_is_used_and_marked():
    order = ordered(MORROW, channel="google_rsa")
    good = Completion('Headline: "Recycled steel for hikers."')
    (output,) = CRAFT.finish(order, [good, *[Completion("Nothing")] * (len(order.requests) - 1)])
    (own,) = (each for each in fields(output, "headline") if each["by"] == "model")
    assert (own["text"], own["angle"]) == ("Recycled steel for hikers", "benefit")
    assert {each["by"] for each in fields(output, "headline")} == {"model", "rule"}
    assert output.data["by_model"] == 1


@pytest.mark.parametrize(
    "line",
    [
        "The best steel bottle",
        "Steel bottle, 50 off",
        "Steel bottle! Cold",
        "Potluck bottle of steel",
        "A steel bottle made from",
        "Steel water bottle (",
        "Cold in the steel bottle's",
        "Wool bottle, washes well",
        "Something nice for you",
        "Morrow",
        "A bottle that is far too long for a headline of thirty",
    ],
)
def test_a_line_that_shouts_invents_breaks_off_or_strays_is_not_used(line):
    output = kit(ordered(MORROW, channel="google_rsa"), line)
    for name in ("headline", "description", "slogan"):
        assert all(each["by"] == "rule" for each in fields(output, name))


def test_near_equal_lines_are_used_once():
    output = kit(ordered(MORROW), "Your bottle keeps cold")
    texts = [each["text"] for each in fields(output, "headline") if each["by"] == "model"]
    assert texts == ["Your bottle keeps cold"]


def test_a_description_that_ran_out_of_room_ends_at_its_last_clause():
    line = "Morrow keeps your water cold for 24 h, with a steel cap and an in-"
    output = kit(ordered(MORROW), line)
    texts = [each["text"] for each in fields(output, "description")]
    assert "Morrow keeps your water cold for 24 h." in texts


def test_unwanted_words_are_kept_out_and_wanted_ones_asked_for():
    order = ordered(MORROW, dont_words=["cold"], do_words=["trail"], audience="weekend hikers")
    said = order.requests[0].messages[0].content
    assert "trail" in said
    assert "weekend hikers" in said
    output = kit(order, "Cold steel bottle")
    assert all("Cold steel" not in str(each["text"]) for each in fields(output))


def test_every_line_is_constrained_to_its_channel():
    for channel in CHANNELS:
        order = ordered(MORROW, channel=channel)
        limits = {field.limit for field in CHANNELS[channel].fields}
        assert {min(280, limit) for limit in limits} >= {
            request.constraint.limit for request in order.requests
        }


def test_numbers_are_possible_only_when_the_brief_has_some():
    with_numbers = ordered(MORROW).requests[0].constraint
    without = ordered(MORROW, benefits=["repairable cap"]).requests[0].constraint
    assert "4" not in with_numbers.forbidden
    assert "4" in without.forbidden
    assert "!" in with_numbers.forbidden


def test_angles_differ_and_points_take_turns():
    order = ordered(MORROW, channel="google_rsa")
    asked = [request.messages[-1].content for request in order.requests[:3]]
    assert ["24 h" in asked[0], "cap" in asked[1], "recycled" in asked[2]] == [True] * 3
    assert len({request.messages[0].content for request in order.requests[:7]}) == 7
    assert len({request.seed for request in order.requests}) == len(order.requests)


def test_two_kits_are_two_outputs_with_their_own_seeds():
    order = ordered(MORROW, n=2)
    outputs = CRAFT.finish(order, [Completion("") for _ in order.requests])
    assert len(outputs) == 2
    assert outputs[0].seed != outputs[1].seed


def test_tone_is_understood_in_both_languages():
    assert ordered(MORROW, tone="warm").plan["tone"] == "warm"
    order = ordered(TEA, tone="诗意", channel="xiaohongshu")
    assert (order.plan["channel"], order.plan["tone"]) == ("xiaohongshu", "poetic")
    assert "诗意" in order.requests[0].messages[0].content


def test_a_chinese_brief_needs_a_chinese_writer():
    with pytest.raises(NotReady):
        ordered(TEA, roster=Writers("en"))
    assert ordered(TEA).lang == "zh"


def test_brand_and_product_are_required():
    for missing in ("brand", "product"):
        with pytest.raises(InvalidInput) as error:
            ordered({**MORROW, missing: ""})
        assert error.value.field == missing


def test_the_markdown_shows_every_text_with_its_counter():
    output = kit(ordered(MORROW, channel="google_rsa"))
    assert "- Keeps cold 24 h  (15/30)" in output.text
    assert output.title == "Morrow: refillable steel water bottle for hikers"


def test_without_benefits_the_product_speaks():
    output = kit(ordered(MORROW, benefits=""))
    assert failed(output) == set()
    assert any(
        "steel water bottle" in str(each["text"]).casefold() for each in fields(output, "headline")
    )


def test_preview_names_the_fields():
    order = ordered(MORROW)
    texts = ["Cold water", *[""] * (len(order.requests) - 1)]
    assert CRAFT.preview(order, texts) == "headline: Cold water"


@pytest.mark.parametrize("example", CRAFT.examples)
def test_every_example_can_be_ordered(example):
    order = ordered(example)
    assert order.lang == example.get("lang", "en")


def test_a_line_that_stutters_is_not_used():
    line = "A water bottle with a handle, a handle, and a handle."
    output = kit(ordered(MORROW, channel="google_rsa"), line)
    assert line not in [each["text"] for each in fields(output)]


def test_a_writer_tuned_on_ads_is_asked_as_it_was_trained():
    class Tuned(Writers):
        def choose(self, role: str, lang: str) -> tuple[str, str | None]:
            return "base/small", "lora/ads-en"

    plain, tuned = ordered(MORROW), ordered(MORROW, roster=Tuned())
    asked = tuned.requests[0].messages
    assert len(asked) == 2 < len(plain.requests[0].messages)
    assert asked[-1].content.endswith("Write the headline.")
    assert "Benefits: keeps cold 24 h" in asked[-1].content


class LargeWriters(Writers):
    def drafts(self, card: str) -> int:
        return 2


def test_a_large_writer_may_say_it_in_words_of_its_own():
    line = "Cold water, long walk."
    own = [
        [each["text"] for each in fields(kit(ordered(MORROW, roster=roster), line), "headline")]
        for roster in (Writers(), LargeWriters())
    ]
    assert "Cold water, long walk" not in own[0]
    assert "Cold water, long walk" in own[1]
