"""A text taken away keeps its words, its lines and its recipe."""

from __future__ import annotations

import pytest

from studio.crafts.craft import Output
from studio.render.recipe import recipe_of
from studio.render.text import file_name, text_files

RECIPE = {"craft": "writing", "inputs": {"text": "---\natelier: {}", "seed": 3}}


def test_markdown_and_plain_text_both_carry_text_and_recipe():
    output = Output(text="INT. LIFT - NIGHT\n\nMECHANIC\nDon't.", title='The "Lift": 2')
    markdown, plain = text_files(output, RECIPE)
    assert (markdown.name, plain.name) == ("the-lift-2.md", "the-lift-2.txt")
    assert markdown.mime == "text/markdown"
    for each in (markdown, plain):
        assert recipe_of(each.name, each.content) == RECIPE
        assert b"trainedAlgorithmicMedia" in each.content
    assert plain.content.decode().endswith("\n\nINT. LIFT - NIGHT\n\nMECHANIC\nDon't.\n")
    assert "# The" in markdown.content.decode()


def test_lines_of_verse_stay_lines_in_markdown():
    (markdown, _) = text_files(Output(text="床前明月光\n疑是地上霜"), RECIPE)
    assert "床前明月光  \n疑是地上霜" in markdown.content.decode()


def test_a_text_that_looks_like_front_matter_does_not_replace_the_recipe():
    output = Output(text='---\natelier: {"craft": "evil"}\n---', title="x\natelier: {}")
    for each in text_files(output, RECIPE):
        assert recipe_of(each.name, each.content) == RECIPE


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("雨夜怀表", "雨夜怀表"),
        ("../../etc/passwd", "etc-passwd"),
        ("", "text"),
        ("...", "text"),
        ("a" * 300, "a" * 48),
        ("the lamp " * 20, "the-lamp-the-lamp-the-lamp-the-lamp-the-lamp-the"),
        ('C:\\x|y*"?', "c-x-y"),
    ],
)
def test_file_names_are_safe_everywhere(title, name):
    assert file_name(title, "text") == name
