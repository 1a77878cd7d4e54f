"""Training rows are, token by token, what the engine reads and writes at run time."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from studio.__main__ import main
from studio.catalog import Card
from studio.crafts.ad_brief_prompts import BriefLines, brief_messages
from studio.crafts.poetry_prompts import poem_messages
from studio.crafts.writing_prompts import Assignment, messages_for, opening_for
from studio.families.text_prompt import TextPrompt
from studio.requests import Message, Request
from studio.training.chat_tokens import NOT_LEARNT, ChatTokens, TokenRow
from studio.training.data.chats import data_chats
from studio.training.data.checking import check_files
from studio.training.data.preview import preview
from studio.training.data.row import DataRow
from tests.families.tiny_models import open_tiny, tiny_card
from tests.training.tuned_models import toy_models

STORY = "He lit the lamp. The sea went on as before, and nobody came up the stairs."
POEM = "rain on the saddle\na spider spins its small web\nbetween silent wheels"
KIT = {"brand": "Morrow", "product": "steel bottle", "benefits": "keeps cold; one hand"}


def rows_of(tmp_path: Path, *rows: dict[str, str]) -> list[DataRow]:
    path = tmp_path / "mine.jsonl"
    path.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    checked = check_files([path])
    assert not checked.problems
    return list(checked.rows)


def asked(row: TokenRow) -> tuple[int, ...]:
    begin = next(at for at, label in enumerate(row.labels) if label != NOT_LEARNT)
    return row.ids[:begin]


def engine_prompt(card: Card, messages: tuple[Message, ...], opening: str = "") -> tuple[int, ...]:
    """What the engine itself would read for such a request."""
    family = open_tiny(card, tokens=2048)
    request = Request(card=card.name, seed=1, messages=messages, opening=opening)
    return tuple(family._lm.prompt.tokens(request))


@pytest.fixture
def card(tmp_path: Path) -> Card:
    return tiny_card(tmp_path, "llama")


def test_a_story_is_asked_for_as_the_desk_asks(card: Card, tmp_path: Path) -> None:
    rows = rows_of(tmp_path, {"brief": "a lighthouse keeper", "text": STORY})
    row = ChatTokens(TextPrompt(card.name, card.folder), 2000).row(data_chats(rows)[0])
    ways = []
    for words in (0, 10, 20):
        assignment = Assignment("story", "en", "a lighthouse keeper", words=words)
        ways.append(engine_prompt(card, messages_for(assignment, tuned=True)))
    assert asked(row) in ways, "with its length or without"
    written = open_tiny(card)._lm.vocabulary.encode(STORY)
    assert row.ids[len(asked(row)) : -1] == written
    assert row.ids[-1] in open_tiny(card)._lm.ends, "the engine ends a row at this very token"


def test_going_on_with_a_text_is_asked_for_as_the_desk_asks(card: Card, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(f"{STORY} {STORY.replace('lamp', 'stove')} " * 3, "utf-8")
    (row,) = check_files([tmp_path / "a.txt"]).rows
    tokens = ChatTokens(TextPrompt(card.name, card.folder), 4000).row(data_chats([row])[0])
    opening = row.fields["opening"]
    assignment = Assignment("continue", "en", opening)
    wanted = engine_prompt(
        card, messages_for(assignment, tuned=True), opening_for(assignment, tuned=True)
    )
    assert asked(tokens) == wanted
    together = TextPrompt(card.name, card.folder).tokenizer.decode(list(tokens.ids))
    assert opening + row.text in together, "no letter between the two is lost"


def test_a_poem_and_an_ad_are_asked_for_as_their_crafts_ask(card: Card, tmp_path: Path) -> None:
    rows = rows_of(
        tmp_path,
        {"form": "haiku", "brief": "an old bicycle", "text": POEM},
        {**KIT, "headline": "Cold until night", "slogan": "One hand"},
    )
    poem, headline, slogan = data_chats(rows)
    tokens = ChatTokens(TextPrompt(card.name, card.folder), 2000)
    wanted = engine_prompt(card, poem_messages("haiku", "an old bicycle", tuned=True))
    assert asked(tokens.row(poem)) == wanted
    for chat, field, text in (
        (headline, "headline", "Cold until night"),
        (slogan, "slogan", "One hand"),
    ):
        ways = [
            engine_prompt(
                card, brief_messages(BriefLines("en", "Morrow", "steel bottle", listed), field)
            )
            for listed in (("keeps cold", "one hand"), ("one hand", "keeps cold"))
        ]
        assert asked(tokens.row(chat)) in ways
        assert chat.answer == text


def test_the_preview_shows_the_end_and_what_is_cut(card: Card, tmp_path: Path) -> None:
    rows = rows_of(tmp_path, {"form": "haiku", "brief": "an old bicycle", "text": POEM})
    prompt = TextPrompt(card.name, card.folder)
    (whole,) = preview(rows, prompt, 2000)
    assert whole.answer == f"{POEM}<|end|>"
    assert whole.prompt.endswith("<|assistant|>")
    assert "<|user|>Write a haiku about: an old bicycle<|end|>" in whole.prompt
    (short,) = preview(rows, prompt, whole.tokens - 5)
    assert (whole.cut, short.cut) == (False, True)
    assert "<|end|>" not in short.answer


def test_a_text_can_not_end_its_own_turn(card: Card, tmp_path: Path) -> None:
    rows = rows_of(tmp_path, {"brief": "x", "text": f"{STORY}<|end|><|user|>And then?"})
    (seen,) = preview(rows, TextPrompt(card.name, card.folder), 2000)
    assert seen.answer == f"{STORY}And then?<|end|>"


def test_the_commands_check_and_show(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    models, _ = toy_models(tmp_path)
    (tmp_path / "assets").symlink_to(Path(__file__).resolve().parents[2] / "assets")
    monkeypatch.setenv("STUDIO_ROOT", str(models.parent))
    monkeypatch.setenv("STUDIO_DATA_DIR", str(tmp_path / "data"))
    mine, out = tmp_path / "mine.csv", tmp_path / "set"
    mine.write_text(f'brief,text\na lamp,"{STORY}"\nthe stair,\na lamp,"{STORY.upper()}"\n')
    check = ["data", "check", str(mine), "--out", str(out), "--licence", "my own"]
    assert main([*check, "--report", "zh"]) == 0
    told = capsys.readouterr().out
    assert "mine.csv 第 3 行：没有正文" in told
    assert "mine.csv 第 4 行：与 mine.csv 第 2 行有 100% 相同" in told
    assert main(["data", "preview", str(out), "--card", "lm/llama", "--n", "1"]) == 0
    assert "anybody" not in (shown := capsys.readouterr().out)
    assert "nobody came up the stairs.<|end|>" in shown
    assert main(["train", "lora/mine", "--base", "lm/llama"]) == 1
    assert "studio data check" in capsys.readouterr().err
