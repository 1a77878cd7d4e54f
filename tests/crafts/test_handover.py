"""What works pass on to other crafts: pure functions from a work to a part of a form."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from studio.crafts import CRAFTS
from studio.crafts.form import fill
from studio.crafts.handover import HANDOVERS, handover_named, offered
from studio.crafts.handover_melodies import picture_numbers
from studio.crafts.handover_view import WorkView, shortened
from studio.crafts.image_plan import NUMBERS
from studio.crafts.moments import four_moments, sentences
from studio.errors import InvalidInput

STORY = (
    "The lamp had burned all night. In the morning, Tomas found the letter under the door. "
    "The paper was yellow and smelled of salt. “Do not open it,” said the radio. He opened it "
    "anyway. It was addressed to the next keeper. Outside the grey sea rose against the black "
    "rocks. He lit the red lantern and waited for the boat. The boat came at dusk, empty."
)
STORY_ZH = (
    "雨下了一整夜。修表匠老周推开木门，街灯在积水里晃。一个穿灰色雨衣的人递来一块怀表。"
    "“它停在明天。”那人说完就走了。老周拆开表盖，里面藏着一朵干枯的红花。"
    "天亮时，指针忽然动了。窗外的雪盖住了整条巷子。"
)
HAIKU = WorkView(
    craft="poetry",
    lang="en",
    text="First frost on the rails,\na tram hums past the bakery —\nbread steam, breath, morning.",
    asked="first frost on the tram lines",
)
JUEJU = WorkView(
    craft="poetry",
    lang="zh",
    text="江上夜雨客舟寒，一点孤灯照水宽。\n欲寄故人书未就，晓来风起满城桑。",
    asked="江上夜雨，客舟孤灯",
)
PICTURE = WorkView(
    craft="image",
    lang="en",
    asked="calm, almost empty, one thin dark line",
    data={
        "palette": ["#1f7a7a", "#c9a227", "#f5ecd7"],
        "style": "waves",
        "numbers": dict.fromkeys(NUMBERS, 0.2),
        "text": "calm, almost empty, one thin dark line",
    },
)
LULLABY = WorkView(
    craft="melody",
    lang="en",
    title="Rainy harbour",
    text="X:1",
    data={
        "plan": {
            "mood": "calm",
            "mode": "minor",
            "tempo": 60,
            "style": "lullaby",
            "density": "light",
            "register": "low",
        },
        "measured": {"valence": -0.3, "arousal": -0.7},
    },
)
JIG = replace(
    LULLABY,
    title="Shop opening",
    data={
        "plan": {
            "mood": "happy",
            "mode": "major",
            "tempo": 160,
            "style": "jig",
            "density": "busy",
            "register": "high",
        },
        "measured": {"valence": 0.8, "arousal": 0.8},
    },
)
AD = WorkView(
    craft="ad_copy",
    lang="en",
    text="### headline",
    inputs={"brand": "Morrow", "product": "steel bottle for hikers", "benefits": ["keeps cold"]},
)
VIEWS = (
    HAIKU,
    JUEJU,
    PICTURE,
    replace(PICTURE, lang="zh", asked="宁静的湖面", data={**PICTURE.data, "text": "宁静的湖面"}),
    LULLABY,
    JIG,
    replace(LULLABY, lang="zh", title="夜航"),
    AD,
    WorkView(craft="writing", lang="en", text=STORY, asked="a keeper", inputs={"kind": "story"}),
    WorkView(craft="writing", lang="zh", text=STORY_ZH, asked="修表匠", inputs={"kind": "story"}),
)


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: f"{view.craft}-{view.lang}-{view.title}")
def test_all_that_is_offered_fills_the_targets_form_and_says_what_it_passed(view):
    menu = offered(view, CRAFTS)
    assert menu
    for each in menu:
        passed = each.pass_on(view)
        craft = CRAFTS[passed.craft]
        known = {field.name for field in craft.fields} | {"lang"}
        assert set(passed.inputs) <= known
        needed = {field.name: "x" for field in craft.fields if field.required}
        fill(craft, {**needed, **passed.inputs}, lambda: 7)
        assert passed.said
        assert all(text.strip() for _, text in passed.said)
        assert each.pass_on(view) == passed


def test_names_are_told_once_for_each_craft():
    pairs = [(each.name, source) for each in HANDOVERS for source in each.sources]
    assert len(set(pairs)) == len(pairs)
    with pytest.raises(InvalidInput):
        handover_named("melody_picture", "poetry")


def test_a_chinese_poem_gives_a_picture_for_each_of_its_clauses():
    passed = handover_named("poem_board", "poetry").pass_on(JUEJU)
    start = json.loads(str(passed.inputs["start"]))
    assert start["panels"] == [
        "江上夜雨客舟寒",
        "一点孤灯照水宽",
        "欲寄故人书未就",
        "晓来风起满城桑",
    ]


def test_the_images_of_a_poem_are_words_of_it():
    passed = handover_named("poem_picture", "poetry").pass_on(JUEJU)
    described = str(passed.inputs["text"]).split("：", 1)[1].split("，")[1:]
    assert len(described) >= 3
    assert all(each in JUEJU.text for each in described)


def test_a_story_gives_four_moments_in_its_own_order():
    for text, lang in ((STORY, "en"), (STORY_ZH, "zh")):
        found = four_moments(text, lang)
        assert len(found) == 4
        places = [text.index(each) for each in found]
        assert places == sorted(places)
        assert len(set(found)) == 4
    assert not any("Do not open it" in each for each in four_moments(STORY, "en"))


def test_a_scene_is_seen_without_its_headings_and_cues():
    scene = (
        "INT. LIFT - NIGHT\n\nA red light blinks.\n\nMECHANIC\nHold this.\n\n"
        "SMUGGLER\nNo.\n\nSmoke fills the shaft. They look up."
    )
    told = sentences(scene)
    assert "A red light blinks." in told
    assert not any(each.isupper() or each.startswith("INT") for each in told)
    assert len(four_moments("One. Two dogs.", "en")) <= 2


def test_slow_and_minor_is_darker_colder_and_stiller_than_fast_and_major():
    slow, fast = picture_numbers(LULLABY), picture_numbers(JIG)
    assert set(slow) == set(NUMBERS)
    for name in ("warmth", "saturation", "brightness", "movement", "density"):
        assert slow[name] < fast[name]


def test_a_picture_is_told_by_the_names_of_its_colours():
    text = str(handover_named("picture_words", "image").pass_on(PICTURE).inputs["text"])
    assert "teal, mustard and cream" in text
    assert "almost empty" in text
    told = replace(PICTURE, caption="a boat on a lake")
    assert "a boat on a lake" in str(
        handover_named("picture_words", "image").pass_on(told).inputs["text"]
    )


def test_long_texts_are_cut_at_a_word():
    assert shortened("one two three", 9) == "one two…"
    assert shortened("春天来了花开了", 5) == "春天来了…"
