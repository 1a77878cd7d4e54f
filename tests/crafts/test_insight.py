"""Counting that a person could do with a pencil."""

from __future__ import annotations

import pytest

from studio.crafts.insight import claims, content_words, facts, insight_of, keywords, to_verify
from studio.prose.readability import sentence_count


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("No end", 1),
        ("One. Two! Three?", 3),
        ('"Sit," she said. "No."', 2),
        ("It cost 3.5 million. Dear.", 2),
        ("雨停了。“走吧！”他说……", 3),
    ],
)
def test_sentences(text, count):
    assert sentence_count(text) == count


def test_reading_ease_tells_a_primer_from_a_statute():
    easy = insight_of("The cat sat on the mat. The dog ran to the cat.", "en")
    hard = insight_of(
        "Notwithstanding jurisdictional considerations, administrative interpretations "
        "necessitate comprehensive reconsideration.",
        "en",
    )
    assert easy["reading_ease"] > 90
    assert hard["reading_ease"] < 10


def test_chinese_is_counted_in_characters():
    found = insight_of("修表匠收到一块怀表。怀表停在明天，修表匠等着。", "zh")
    assert found["characters"] == 20
    assert "reading_ease" not in found
    assert "怀表" in found["keywords"]


def test_keywords_return_and_small_words_do_not():
    text = "The lamp was old. She lit the lamp, and the lamp hummed. It was the lamp of her father."
    assert keywords(text, "en")[0] == "lamp"
    assert not {"the", "was", "her"} & set(keywords(text, "en"))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Delivery is expected on Friday.", {("date", "Friday")}),
        ("On 3 May 2026 it cost $3 million.", {("date", "3 May 2026"), ("number", "$3 million")}),
        ("May I go? We march on.", set()),
        ("Dr. Ana Ruiz spoke. Ruiz left Porto.", {("name", "Ana Ruiz"), ("name", "Porto")}),
        ("Nobody came. Then it rained.", set()),
        ("5月3日，图书馆投资300万元。", {("date", "5月3日"), ("number", "300万元")}),
        ("读者爱读《城南旧事》。", {("name", "《城南旧事》")}),
    ],
)  # fmt: skip
def test_claims_are_names_numbers_and_dates(text, found):
    assert {(each["kind"], each["text"]) for each in claims(text)} == found


def test_a_fact_is_named_once():
    assert facts("Porto, on Friday. In Porto, on Friday.") == ("Friday", "Porto")


def test_content_words_of_a_brief():
    assert content_words("A lighthouse keeper finds a letter", "en") == (
        "lighthouse",
        "keeper",
        "finds",
        "letter",
    )
    assert "怀表" in content_words("一块停在明天的怀表", "zh")


def test_what_the_brief_did_not_say_is_told_from_what_it_did():
    brief = "Title: City opens night library. Date: 3 May."
    text = "PORTO, 3 May - The library opens. “We read at night,” said Ana Ruiz, 41."
    found = {each["text"]: (each["kind"], each["known"]) for each in to_verify(text, brief, "en")}
    assert found["3 May"] == ("date", True)
    assert found["Ana Ruiz"] == ("name", False)
    assert found["41"] == ("number", False)
    assert found["We read at night,"] == ("quote", False)


@pytest.mark.parametrize(
    ("warm", "dark", "lang"),
    [
        ("She laughed, and the kitchen was warm.", "The funeral was cold and cruel.", "en"),
        ("母亲笑着端来热汤，屋里很温暖。", "他绝望地坐在坟墓旁，很不高兴。", "zh"),
    ],
)
def test_sentiment_tells_warm_from_dark(warm, dark, lang):
    assert insight_of(warm, lang)["sentiment"] > 0.1
    assert insight_of(dark, lang)["sentiment"] < -0.1


def test_chinese_reading_counts_clauses_and_rare_characters():
    found = insight_of("他走了，天黑了。饕餮来了。", "zh")
    assert found["clause_length"] == pytest.approx(3.3)
    assert found["rare_characters"] == 20.0
