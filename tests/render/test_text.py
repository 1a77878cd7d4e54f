"""A text taken away keeps its words, its lines and its recipe."""

from __future__ import annotations

import io

import pytest
from docx import Document

from studio.crafts.craft import Output
from studio.prose.screenplay import elements_of, read_fountain
from studio.render.recipe import recipe_of
from studio.render.text import AI_SOURCE, file_name, text_files
from studio.render.text_docx import text_docx

RECIPE = {"craft": "writing", "inputs": {"text": "---\natelier: {}", "seed": 3}}


def test_markdown_and_plain_text_both_carry_text_and_recipe():
    output = Output(text="INT. LIFT - NIGHT\n\nMECHANIC\nDon't.", title='The "Lift": 2')
    markdown, plain, word, _ = text_files(output, RECIPE)
    assert word.name == "the-lift-2.docx"
    assert (markdown.name, plain.name) == ("the-lift-2.md", "the-lift-2.txt")
    assert markdown.mime == "text/markdown"
    for each in (markdown, plain):
        assert recipe_of(each.name, each.content) == RECIPE
        assert b"trainedAlgorithmicMedia" in each.content
    assert plain.content.decode().endswith("\n\nINT. LIFT - NIGHT\n\nMECHANIC\nDon't.\n")
    assert "# The" in markdown.content.decode()


def test_lines_of_verse_stay_lines_in_markdown():
    markdown, *_ = text_files(Output(text="床前明月光\n疑是地上霜"), RECIPE)
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


def test_a_word_document_has_the_paragraphs_and_keeps_lines_of_verse():
    text = "One.\n\n床前明月光\n疑是地上霜"
    word = text_files(Output(text, "Moon & <frost>"), RECIPE)[2]
    document = Document(io.BytesIO(word.content))
    paragraphs = [each.text for each in document.paragraphs]
    assert paragraphs == ["Moon & <frost>", "One.", "床前明月光\n疑是地上霜"]
    assert AI_SOURCE in document.core_properties.comments
    assert recipe_of(word.name, word.content) == RECIPE


def test_a_scene_is_set_as_a_screenplay_and_goes_to_fountain():
    scene = "INT. LIFT - NIGHT\n\nRain.\n\nANN\n(low)\nMove."
    *_, word, fountain = text_files(Output(scene, "Up"), RECIPE)
    cue = next(e for e in Document(io.BytesIO(word.content)).paragraphs if e.text == "ANN")
    assert cue.paragraph_format.left_indent > 0
    source = fountain.content.decode()
    assert source.startswith("Title: Up\n")
    assert read_fountain(source) == elements_of(scene)
    assert recipe_of(fountain.name, fountain.content) == RECIPE


def test_a_recipe_with_the_end_of_a_comment_in_it_stays_in_its_comment():
    recipe = {"craft": "writing", "inputs": {"text": "a */ b"}}
    *_, fountain = text_files(Output("INT. LIFT - NIGHT\n\nRain."), recipe)
    assert recipe_of(fountain.name, fountain.content) == recipe
    assert fountain.content.decode().count("*/") == 1


def test_equal_texts_give_equal_documents():
    one, other = (text_files(Output("One."), RECIPE)[2].content for _ in range(2))
    assert one == other


def test_pasted_control_characters_do_not_spoil_a_word_document():
    packed = text_docx("Bells\x07", "One\x0b two.\n\nThree\x00.", "{}", "")
    texts = [each.text for each in Document(io.BytesIO(packed)).paragraphs]
    assert texts == ["Bells", "One two.", "Three."]
