"""Ads and kits as markup, and what each button asks of the craft."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from studio.ads.channels import CHANNELS
from studio.crafts import CRAFTS
from studio.crafts.craft import OutputKind
from studio.crafts.form import fill
from studio.crafts.kit_start import read_start
from studio.errors import InvalidInput
from studio.locales import Locales
from studio.requests import Picture
from studio.ui.ad_counting import counting_json
from studio.ui.ad_judging import judged_rows
from studio.ui.ad_page import combinations
from studio.ui.ad_picks import Told, ad_start, base_inputs, kept_rows
from studio.ui.ad_previews import PREVIEWS
from studio.ui.ad_rows import AdRow, rows_of
from studio.ui.history_cards import history_cards
from studio.ui.kit_stand import kit_start
from studio.ui.outputs import paint_progress, paint_work
from studio.ui.strings import Tongue, Words
from studio.works import PartProgress, Progress, Work, WorkOutput
from tests.ui.handmade import BRIEFS, a_kit, an_ad, fields_for

EVIL = "<img src=x onerror=alert(1)>\"'{0}"
KIT = CRAFTS["kit"]


@pytest.fixture(scope="module")
def tongue(locales: Locales) -> Tongue:
    return Words(locales).tongue("en")


def poisoned(work: Work, **data: object) -> Work:
    """The same work, written by someone who wants to break out."""
    output = replace(work.outputs[0], title=EVIL, text=EVIL, data={**work.outputs[0].data, **data})
    return replace(
        work, outputs=(output,), title=EVIL, inputs={**work.inputs, "brand": EVIL, "product": EVIL}
    )


def evil_rows(channel: str) -> list[dict[str, object]]:
    return [{**each, "text": EVIL, "angle": EVIL, "by": EVIL} for each in fields_for(channel)]


@pytest.mark.parametrize("at_hand", [False, True])
@pytest.mark.parametrize("channel", [*CHANNELS, EVIL])
def test_no_text_of_an_ad_breaks_out(tongue: Tongue, channel: str, at_hand: bool) -> None:
    fields = evil_rows(channel if channel in CHANNELS else "x")
    work = poisoned(an_ad(), channel=channel, fields=fields, checks=[{"name": EVIL}])
    painted = paint_work("ad", work, tongue, at_hand=at_hand)
    assert "<img src=x" not in painted
    assert "&lt;img" in painted


@pytest.mark.parametrize("at_hand", [False, True])
def test_no_text_of_a_kit_breaks_out(tongue: Tongue, tmp_path: Path, at_hand: bool) -> None:
    work = a_kit(tmp_path)
    channels = [{"channel": EVIL, "fields": evil_rows("x"), "diversity": EVIL, "checks": EVIL}]
    banner = {"size": EVIL, "kind": EVIL, "file": "banner-300x250-1.png", "contrasts": {EVIL: 1}}
    evil = poisoned(work, channels=channels, colours=[EVIL], banners=[banner], brand_name=EVIL,
                    jingle={"plan": {"key": EVIL, "mode": EVIL, "instrument": EVIL}})  # fmt: skip
    painted = paint_work("kit", evil, tongue, at_hand=at_hand)
    assert "<img src=x" not in painted
    assert "&lt;img" in painted


@pytest.mark.parametrize("kind", ["ad", "kit"])
def test_a_blind_work_tells_nothing_and_offers_no_file(
    kind: OutputKind, tongue: Tongue, tmp_path: Path
) -> None:
    work = an_ad() if kind == "ad" else a_kit(tmp_path, id="kit-of-model-b")
    blind = paint_work(kind, work, tongue, blind=True)
    assert "download=" not in blind
    assert 'class="tools"' not in blind
    assert "data-press" not in blind
    assert "kit-of-model-b" not in blind
    assert work.outputs[0].data["brand_name"] if kind == "kit" else True


def test_every_channel_is_drawn_in_both_languages(locales: Locales) -> None:
    for channel in CHANNELS:
        assert channel in PREVIEWS, channel
        for lang in ("en", "zh"):
            painted = paint_work("ad", an_ad(channel, lang), Words(locales).tongue("en"))
            assert str(BRIEFS[lang]["brand"]) in painted
            assert f"pv-{channel}" in painted


def test_a_preview_speaks_the_language_of_the_ad(locales: Locales) -> None:
    painted = paint_work("ad", an_ad("meta_feed", "zh"), Words(locales).tongue("en"))
    assert "赞助" in painted
    assert "Sponsored" not in painted
    assert "Primary text" in painted


def test_a_line_over_its_limit_says_by_how_much(tongue: Tongue) -> None:
    row = {"name": "headline", "text": "x" * 33, "used": 33, "limit": 30}
    data = {"channel": "google_rsa", "fields": [row]}
    work = replace(an_ad(), outputs=(WorkOutput("", data=data),))
    assert "3 over" in paint_work("ad", work, tongue, at_hand=True)


def test_combinations_count_what_takes_turns() -> None:
    rows = [AdRow("headline", "a", 1, 30, at) for at in range(3)]
    assert combinations([*rows, *(AdRow("hashtag", "b", 1, 30, at) for at in range(9))]) == 3
    assert combinations(()) == 1


def test_broken_rules_are_named() -> None:
    rows = rows_of({"fields": [{"name": "headline", "text": "THE BEST!!"}]}, "google_rsa")
    rules = {each.rule for each in judged_rows("google_rsa", rows, BRIEFS["en"], "en")[0]}
    assert {"no_all_caps", "no_superlatives", "no_repeated_punctuation"} <= rules
    assert judged_rows("nowhere", rows, {}, "en") == ((),)


def test_the_browser_is_handed_every_counter() -> None:
    table = json.loads(counting_json())
    assert set(table) == {each.counter for c in CHANNELS.values() for each in c.fields}
    assert len(counting_json()) < 8000


def test_typed_lines_are_counted_anew_and_become_the_persons() -> None:
    shown = fields_for("google_rsa")
    told = [
        {"name": "headline", "at": 0, "text": shown[0]["text"], "locked": True},
        {"name": "headline", "at": 1, "text": "  Mine  "},
        {"name": "headline", "at": 2, "text": "   "},
    ]
    first, second = kept_rows("google_rsa", told, shown)
    assert first == {**shown[0], "locked": True}
    assert (second["text"], second["used"], second["by"]) == ("Mine", 4, "person")
    with pytest.raises(InvalidInput):
        kept_rows("google_rsa", [{"name": "banner", "text": "x"}], shown)


@pytest.mark.parametrize("text", ["", "[]", "3", '{"work": "w"}', '{"work": "w", "version": "x"}'])
def test_what_tells_of_no_work_is_refused(text: str) -> None:
    with pytest.raises(InvalidInput):
        Told.read(text)


def test_a_verb_keeps_to_the_works_own_brief() -> None:
    work = an_ad()
    craft = CRAFTS["ad_copy"]
    same = {**BRIEFS["en"], "tone": "warm"}
    other = {**same, "brand": "Lowtide"}
    assert base_inputs(work, same, craft)["tone"] == "warm"
    assert base_inputs(work, other, craft)["brand"] == "Morrow"


def test_an_ad_is_told_as_its_craft_takes_it() -> None:
    work = an_ad("x", "zh")
    told = Told("ad1", 1, {"x": [{"name": "post", "at": 0, "text": "凉。", "locked": True}]})
    asked = ad_start("edit", work, work.outputs[0], told, {}, CRAFTS["ad_copy"])
    start = json.loads(str(asked["start"]))
    assert start["verb"] == "edit"
    assert start["of"]["fields"][0]["used"] == 4
    assert (asked["channel"], asked["lang"], asked["seed"]) == ("x", "zh", 7)


@pytest.mark.parametrize("verb", ["copy", "edit", "layout", "picture", "jingle"])
def test_a_kit_is_told_as_its_craft_takes_it(verb: str, tmp_path: Path) -> None:
    work = a_kit(tmp_path)
    told = Told(
        work.id,
        1,
        {"x": [{"name": "post", "at": 0, "text": "Cold.", "locked": True}]},
        {"300x250": 3},
    )
    asked = kit_start(verb, work, work.outputs[0], told, {}, KIT)
    start = read_start(str(fill(KIT, asked, lambda: 5)["start"]))
    assert start.verb == verb
    if verb in ("copy", "edit"):
        assert [each.text for each in start.of.copy["x"]] == ["Cold."]
    if verb == "layout":
        assert start.of.layouts == {"300x250": 3}


def test_a_work_that_keeps_no_kit_is_refused(tmp_path: Path) -> None:
    work = a_kit(tmp_path)
    bare = replace(work.outputs[0], data={})
    with pytest.raises(InvalidInput):
        kit_start("picture", work, bare, Told(work.id, 1), {}, KIT)


def test_a_kit_shows_how_far_each_part_is(tongue: Tongue) -> None:
    picture = Picture(8, 8, bytes(192))
    parts = (
        PartProgress("copy", "ad", "running", 0.4, f"headline: {EVIL}"),
        PartProgress("picture/wide", "picture", "done", 1.0, "", (picture,)),
        PartProgress("jingle", "melody", "waiting"),
    )
    painted = paint_progress(KIT, Progress("running", parts=parts), tongue)
    assert painted.count("<li") == 4
    assert "Wide" in painted
    assert "waiting" in painted
    assert "data:image/jpeg" in painted
    assert "<img src=x" not in painted


def test_a_kit_in_the_history_shows_its_picked_banners(tongue: Tongue, tmp_path: Path) -> None:
    painted = history_cards((a_kit(tmp_path),), tongue)
    assert painted.count("<img") == 4
    assert "banner-1080x1080-1.png" in painted
    assert "-2.png" not in painted
