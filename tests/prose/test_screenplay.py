"""Scenes go to Fountain and come back."""

from __future__ import annotations

import pytest

from studio.prose.screenplay import elements_of, fountain, is_scene, read_fountain

ENGLISH = """INT. LIFT - NIGHT

Rain. ANN holds a small umbrella.

BEA
(quietly)
Move over.
Now.

BANG.
It goes dark.

CUT TO:

EXT. PIER - DAWN
Fog."""
CHINESE = """内景 面馆 日

下雨。阿宁撑着一把小伞。

阿贝
（低声）
过去点儿。

阿宁（画外音）
这是一个人的伞。"""
DIALOGUE = "母亲：这张是谁？\n女儿：你呀。\n\nMia: Hello there.\nJo: Hi."


@pytest.mark.parametrize("scene", [ENGLISH, CHINESE, DIALOGUE])
def test_a_scene_survives_the_round(scene):
    elements = elements_of(scene)
    assert read_fountain(fountain(elements)) == elements
    assert is_scene(scene)


def test_an_english_scene_is_read_as_what_it_is():
    kinds = [each.kind for each in elements_of(ENGLISH)]
    assert kinds == [
        "heading", "action", "cue", "parenthetical", "line", "action",
        "transition", "heading", "action",
    ]  # fmt: skip


def test_chinese_is_forced_as_the_syntax_asks():
    source = fountain(elements_of(CHINESE))
    assert source.startswith(".内景 面馆 日\n\n")
    assert "@阿贝\n(低声)\n过去点儿。" in source


def test_prose_is_no_scene():
    assert not is_scene("The keeper found a letter.\n\nHe read it twice.")
    assert not is_scene("雨夜。修表匠收到一块怀表。")


def test_a_title_page_and_the_boneyard_are_no_part_of_the_scene():
    source = "Title: Umbrella\nNotes: x\n\nINT. LIFT - NIGHT\n\nRain.\n\n/* not\n\nprinted */\n"
    assert [each.text for each in read_fountain(source)] == ["INT. LIFT - NIGHT", "Rain."]
