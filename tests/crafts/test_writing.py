"""Writing as a person meets it: the form is there, the text ends, the verdicts are true."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from studio.crafts.craft import BETWEEN_VERSIONS, Order, Output
from studio.crafts.form import fill
from studio.crafts.writing import CRAFT
from studio.crafts.writing_prompts import KINDS
from studio.errors import InvalidInput, NotReady
from studio.requests import Completion, Finish


class OneWriter:
    """A roster with an English writer, and a Chinese one when asked."""

    def __init__(self, *languages: str, adapter: str | None = None) -> None:
        self.languages = languages or ("en", "zh")
        self.adapter = adapter

    def choose(self, role: str, lang: str) -> tuple[str, str | None]:
        assert role == "writer"
        if lang not in self.languages:
            raise NotReady("writer/zh", "Chinese prose needs a bilingual writer.")
        return "base/small", self.adapter

    def drafts(self, card: str) -> int:
        return 8


def ordered(text: str, roster: OneWriter | None = None, **given: object) -> Order:
    # One draft a version, where a test is not about drafts.
    inputs = fill(CRAFT, {"text": text, "seed": 7, "drafts": 1, **given}, lambda: 1)
    return CRAFT.order(inputs, roster or OneWriter())


def written(order: Order, *texts: str, finish: Finish = "stop") -> tuple[Output, ...]:
    return CRAFT.finish(order, [Completion(text, finish=finish) for text in texts])


def checks(output: Output) -> Mapping[str, bool]:
    return {check.name: check.passed for check in output.checks}


def asked(order: Order) -> str:
    return "\n".join(message.content for message in order.requests[0].messages)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("lang", "text"), [("en", "A fox in a tram."), ("zh", "电车里的狐狸。")])
def test_every_kind_asks_in_the_language_of_the_text_and_finishes(kind, lang, text):
    order = ordered(text, kind=kind, n=2)
    assert order.lang == lang
    assert order.plan["kind"] == kind
    assert ("fox" if lang == "en" else "狐狸") in asked(order) + order.requests[0].opening
    answers = ["It stops here. And" if lang == "en" else "车停了。然后"] * len(order.requests)
    outputs = written(order, *answers, finish="length")
    assert len(outputs) == 2
    assert all(output.text.endswith((".", "。")) for output in outputs)


def test_versions_have_their_own_seeds_and_the_same_inputs_the_same_order():
    order = ordered("A fox.", n=3)
    assert [request.seed for request in order.requests] == [7, 8, 9]
    assert ordered("A fox.", n=3).requests == order.requests


def test_a_chinese_brief_needs_a_chinese_writer_and_says_so():
    with pytest.raises(NotReady):
        ordered("雨夜，一位修表匠收到一块怀表。", OneWriter("en"))
    assert ordered("雨夜", OneWriter("en"), lang="en").lang == "en"


def test_an_empty_brief_and_an_unknown_kind_are_refused_by_field():
    for given, field in (({"text": " "}, "text"), ({"text": "x", "kind": "novel"}, "kind")):
        with pytest.raises(InvalidInput) as error:
            fill(CRAFT, given, lambda: 1)
        assert error.value.field == field


def test_tone_genre_notes_and_length_reach_the_writer():
    order = ordered(
        "A fox.", tone="诗意", genre="fable", notes="The fox is called Ines.", length="long"
    )
    said = asked(order)
    assert "poetic" in said
    assert "fable" in said
    assert "Ines" in said
    short = ordered("A fox.", length="short").requests[0].sampling.max_tokens
    assert order.requests[0].sampling.max_tokens > 2 * short
    assert order.plan == {"kind": "story", "tone": "poetic", "length": "long"}


@pytest.mark.parametrize(
    ("text", "tone"),
    [
        ("Rewrite warmly: Your parcel is late.", "warm"),
        ("母亲和女儿的对话，幽默一点。", "funny"),
        ("A warm stone in the snow.", "auto"),
    ],
)
def test_a_tone_in_the_directions_is_heard_one_in_the_story_is_not(text, tone):
    assert ordered(text).plan["tone"] == tone


def test_temperature_is_the_persons_except_where_facts_must_stay():
    assert ordered("A fox.", temperature=1.2).requests[0].sampling.temperature == 1.2
    close = ordered("Ann has 3 dogs.", kind="rewrite", temperature=1.2)
    assert close.requests[0].sampling.temperature <= 0.4


class TestScene:
    BRIEF = "Game script: a mechanic and a smuggler trapped in a lift between floors of a station."

    def test_it_opens_with_the_slug_line_of_the_brief_and_the_first_voice(self):
        order = ordered(self.BRIEF, kind="scene")
        assert order.requests[0].opening == "INT. LIFT - DAY\n\nMECHANIC\n"
        (output,) = written(order, "Hold the lamp.\n\nSMUGGLER\nYou hold it. It is your lift.")
        assert output.text.startswith("INT. LIFT - DAY\n\nMECHANIC\nHold the lamp.")
        assert checks(output)["slug_line"]
        assert checks(output)["speaker_turns"]

    def test_time_and_outdoors_are_read_from_the_brief(self):
        order = ordered("At midnight two sisters argue on a pier.", kind="scene")
        assert order.requests[0].opening.startswith("EXT. PIER - NIGHT")

    def test_in_chinese(self):
        order = ordered("两个多年未见的老同学在拆迁前的面馆里相遇。", kind="scene")
        assert order.requests[0].opening == "内景 面馆 日\n\n"
        (output,) = written(order, "老赵\n是你？\n\n阿敏\n是我。")
        assert checks(output)["slug_line"]
        assert checks(output)["speaker_turns"]

    def test_without_a_place_the_writer_chooses_one_and_the_verdict_looks(self):
        order = ordered("Two old friends meet.", kind="scene")
        assert order.requests[0].opening == "INT."
        (good,) = written(order, " KITCHEN - NIGHT\n\nANN\nSit.\n\nBEN\nI will stand.")
        (bad,) = written(order, " said the man.")
        assert checks(good)["slug_line"]
        assert not checks(bad)["slug_line"]

    def test_a_cue_that_nobody_speaks_under_is_taken_off_the_end(self):
        order = ordered(self.BRIEF, kind="scene")
        (output,) = written(order, "Wait.\n\nSMUGGLER\nNo. Never.\n\nMECHANIC\n", finish="length")
        assert output.text.endswith("No. Never.")


class TestDialogue:
    def test_the_first_speaker_of_the_brief_speaks_first(self):
        order = ordered("A doctor and a retired boxer talk about driving.", kind="dialogue")
        assert order.requests[0].opening == "DOCTOR:"
        (output,) = written(order, " Hand me the keys.\nBOXER: Which keys?")
        assert output.text == "DOCTOR: Hand me the keys.\nBOXER: Which keys?"
        assert checks(output)["speaker_turns"]

    def test_in_chinese_and_a_monologue_fails(self):
        order = ordered("母亲和女儿在整理旧相册时的对话。", kind="dialogue")
        assert order.requests[0].opening == "母亲："
        (talk,) = written(order, "这是你。\n女儿：我有这么胖？")
        (alone,) = written(order, "这是你，那时候真小。")
        assert checks(talk)["speaker_turns"]
        assert not checks(alone)["speaker_turns"]


class TestNews:
    BRIEF = "Title: City opens night library. Date: 3 May. Write the report."

    def test_headline_and_dateline_come_from_the_brief(self):
        order = ordered(self.BRIEF, kind="news")
        assert order.requests[0].opening == "City opens night library\n\n3 May - The"
        (output,) = written(order, " city opened a library on Arden Street with 40 seats.")
        assert output.text.startswith("City opens night library\n\n3 May - The city opened")
        assert checks(output)["dateline"]

    def test_claims_to_verify_are_listed(self):
        order = ordered(self.BRIEF, kind="news")
        (output,) = written(order, ' city spent $2 million. "Good," said Dr. Ana Ruiz on Friday.')
        claims = {(each["kind"], each["text"]) for each in output.data["claims"]}
        assert claims >= {
            ("date", "3 May"),
            ("date", "Friday"),
            ("number", "$2 million"),
            ("name", "Ana Ruiz"),
        }

    def test_place_and_chinese_form(self):
        english = ordered("A bridge opens in Brevik Sound on 2 June.", kind="news")
        assert english.requests[0].opening == "BREVIK SOUND, 2 June - The"
        chinese = ordered("标题：夜间图书馆开馆\n日期：5月3日", kind="news")
        assert chinese.requests[0].opening == "夜间图书馆开馆\n\n5月3日讯　"
        (output,) = written(chinese, "市图书馆昨晚开馆。")
        assert checks(output)["dateline"]

    def test_no_date_is_made_up(self):
        assert ordered("A night library opens.", kind="news").requests[0].opening == ""


class TestWorkOnASource:
    SOURCE = "Ann Lee sold 40 lamps on Friday in Porto. The lamps were old and heavy and green."

    def test_the_direction_is_not_part_of_the_source(self):
        order = ordered(f"Rewrite warmly: {self.SOURCE}", kind="rewrite")
        assert f"\n\n{self.SOURCE}" in asked(order)
        assert "Rewrite warmly" not in asked(order)

    def test_the_candidate_that_keeps_the_facts_is_chosen(self):
        order = ordered(self.SOURCE, kind="rewrite", drafts=3)
        loses = "Ann sold some lamps."
        keeps = "On Friday, Ann Lee sold 40 green lamps in Porto, old and heavy ones."
        (output,) = written(order, loses, keeps, loses)
        assert output.text == keeps
        assert checks(output)["facts_kept"]

    def test_lost_and_added_facts_are_named(self):
        order = ordered(self.SOURCE, kind="rewrite")
        (output,) = written(order, "Ann Lee sold 12 lamps on Friday in Porto.")
        details = {check.name: check.detail for check in output.checks}
        assert details["facts_kept"] == "40"
        assert details["nothing_added"] == "12"

    def test_a_summary_longer_than_its_source_does_not_pass(self):
        order = ordered(self.SOURCE, kind="summary")
        (output,) = written(order, f"{self.SOURCE} {self.SOURCE}")
        assert not checks(output)["shorter"]
        (short,) = written(order, "Ann Lee sold 40 lamps.")
        assert checks(short)["shorter"]

    def test_expanding_grows_and_versions_count_apart_from_candidates(self):
        assert not checks(written(ordered(self.SOURCE, kind="expand"), "Ann sold.")[0])["longer"]
        order = ordered(self.SOURCE, kind="shorten", n=2, drafts=3)
        outputs = written(order, *[f"Ann Lee sold {each}." for each in range(len(order.requests))])
        assert len(outputs) == 2


class TestContinue:
    def test_it_goes_on_from_the_text_and_keeps_it(self):
        text = "The letter had been under the floor for sixty years. Dario"
        order = ordered(text, kind="continue")
        assert order.requests[0].opening == text
        (output,) = written(order, " picked it up.")
        assert output.text == f"{text} picked it up."
        assert output.data["opening_characters"] == len(text)

    def test_any_kind_goes_on_from_the_cursor_when_there_is_an_opening(self):
        order = ordered("A fox in a tram.", opening="The tram was empty but for\n")
        (output,) = written(order, " one fox.")
        assert output.text == "The tram was empty but for one fox."


@pytest.mark.parametrize(
    ("given", "text", "title"),
    [
        ("Sure! Here is a short story:\n\nThe fox sat.", "The fox sat.", ""),
        ("Title: The Fox\n\nThe fox sat.", "The fox sat.", "The Fox"),
        ("**The Fox**\n\nThe fox sat.", "The fox sat.", "The Fox"),
        ("# The Fox\nThe *red* fox sat.", "The red fox sat.", "The Fox"),
        ('"The fox sat."', "The fox sat.", ""),
        ("The fox sat.\n\nI hope this helps!", "The fox sat.", ""),
        ("Here the fox sat.", "Here the fox sat.", ""),
        (
            "Rewrite the text to make it more warm:\n\nYour parcel is late.",
            "Your parcel is late.",
            "",
        ),
        ("Here is the fox. It sat.", "Here is the fox. It sat.", ""),
        ("好的，以下是故事：\n\n狐狸坐下了。", "狐狸坐下了。", ""),
        ("《狐狸》\n狐狸坐下了。", "狐狸坐下了。", "狐狸"),
        ("当然，狐狸没有票。", "当然，狐狸没有票。", ""),
    ],
)
def test_chat_wrapping_goes_and_the_text_stays(given, text, title):
    (output,) = written(ordered("A fox sat."), given)
    assert (output.text, output.title) == (text, title)


@pytest.mark.parametrize(
    ("given", "text"),
    [
        ("The fox sat. The tram left. Then the", "The fox sat. The tram left."),
        ('"Sit," she said. "No." And', '"Sit," she said. "No."'),
        ("A fox that had no ticket and", "A fox that had no ticket and…"),
        ("狐狸坐下了。电车开走了，", "狐狸坐下了。"),
    ],
)
def test_a_text_that_ran_out_of_room_ends_at_a_sentence(given, text):
    (output,) = written(ordered("A fox sat."), given, finish="length")
    assert output.text == text


def test_stopping_keeps_every_word_there_is():
    (output,) = written(ordered("A fox sat."), "The fox sat. The tram le")
    assert output.text == "The fox sat. The tram le"
    assert not checks(output)["ends_at_sentence"]


def test_nothing_at_all_is_an_empty_text_not_a_failure():
    (output,) = written(ordered("A fox sat."), "")
    assert output.text == ""


def test_insight_counts_what_is_there():
    (output,) = written(ordered("A fox sat."), "The fox sat down. The fox waited for a tram.")
    insight = output.data["insight"]
    assert (insight["words"], insight["sentences"]) == (10, 2)
    assert insight["reading_ease"] > 90
    assert insight["keywords"][0] == "fox"


def test_preview_shows_the_opening_and_each_version_once():
    order = ordered("A doctor and a boxer talk.", kind="dialogue", n=2)
    assert CRAFT.preview(order, [" Sit.", ""]) == f"DOCTOR: Sit.{BETWEEN_VERSIONS}DOCTOR:"
    rewriting = ordered("Ann sold 40 lamps.", kind="rewrite", drafts=3)
    assert CRAFT.preview(rewriting, ["First", "Second", "Third"]) == "First"


@pytest.mark.parametrize("example", CRAFT.examples)
def test_every_example_can_be_ordered(example):
    order = CRAFT.order(fill(CRAFT, example, lambda: 1), OneWriter())
    assert order.lang == example.get("lang", "en")
    assert order.requests


class TestTunedWriter:
    """A writer with an adapter of this craft is asked as it was trained."""

    ROSTER = OneWriter(adapter="lora/writing-en")

    def test_it_is_shown_no_example(self):
        plain = ordered("two sisters and one umbrella", kind="scene")
        tuned = ordered("two sisters and one umbrella", self.ROSTER, kind="scene")
        assert len(tuned.requests[0].messages) == 2 < len(plain.requests[0].messages)

    def test_only_what_the_brief_fixes_is_given(self):
        report = ordered("Title: City opens. Date: 3 May.", self.ROSTER, kind="news")
        assert report.requests[0].opening == "City opens\n\n3 May -"
        scene = ordered("A quarrel about soup.", self.ROSTER, kind="scene")
        assert scene.requests[0].opening == ""

    def test_small_chinese_writers_are_held_from_circling(self):
        story = ordered("雨夜的修表匠。", self.ROSTER)
        assert story.requests[0].sampling.repetition_penalty > 1.1
