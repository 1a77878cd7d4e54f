"""The written corpora as chats: the crafts' own prompts, with the text a person wrote as answer.

What a row tells beside its brief (genre, tone, audience, length) is said in some chats and left
out of others, as people do. An epoch's number draws it anew.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from types import MappingProxyType
from typing import Any

from studio.crafts.ad_brief_prompts import BriefLines, brief_messages
from studio.crafts.insight import size
from studio.crafts.poetry_prompts import TASKS_ZH, chinese_poem_messages, poem_messages
from studio.crafts.writing_brief import without_direction
from studio.crafts.writing_prompts import FROM_SOURCE, Assignment, messages_for, opening_for
from studio.requests import Message

Row = Mapping[str, Any]
AD_FIELDS = ("headline", "headline_alt", "description", "primary_text", "slogan", "cta")
ADS_A_CHAT = 4
"""Fields of one kit that a training chat asks for, one after the other."""


@dataclass(frozen=True, slots=True)
class Chat:
    """One training example: what is asked, and what should come."""

    messages: tuple[Message, ...]
    answer: str
    opening: str = ""
    """The start of the answer that is given, not learnt."""
    craft: str = "writing"
    lang: str = "en"


def writer_rows(path: Path, split: str) -> list[Row]:
    """The rows of one written corpus in one split ("train", "val")."""
    rows = (json.loads(line) for line in path.read_text("utf-8").splitlines())
    return [row for row in rows if row["split"] == split]


def chats(name: str, rows: Sequence[Row], epoch: int) -> list[Chat]:
    """The chats of an epoch from the corpus `name` (its file name)."""
    made = []
    for number, row in enumerate(rows):
        draw = random.Random(f"{name} {epoch} {number}")
        made += TEMPLATES[name](row, draw)
    return made


def _writing(row: Row, draw: random.Random) -> list[Chat]:
    kind, brief, lang = row["kind"], row["brief"], row["lang"]
    worked_on = kind in FROM_SOURCE or kind == "continue"
    said = draw.random
    assignment = Assignment(
        kind=kind,
        lang=lang,
        text=without_direction(brief) if worked_on else brief,
        tone=row["tone"] if kind == "rewrite" or said() < 0.6 else "",
        genre=row["genre"] if said() < 0.4 else "",
        words=_about(size(row["text"], lang)) if said() < 0.8 else 0,
    )
    opening, text = opening_for(assignment, tuned=True), row["text"]
    if kind == "continue":
        text = "\n\n" + text if lang == "en" else "\n" + text
    elif opening:
        opening, text = _taken_from(opening, text)
    return [Chat(messages_for(assignment, tuned=True), text, opening, "writing", lang)]


def _about(words: int) -> int:
    """As the desk asks: a round number."""
    return max(10, round(words / 10) * 10)


def _taken_from(opening: str, text: str) -> tuple[str, str]:
    """A given headline stands before the text; a text that has it already goes on from it."""
    if text.startswith(opening.strip()):
        return opening, text[len(opening.strip()) :].lstrip("\n")
    return "", text


def _poem_en(row: Row, _: random.Random) -> list[Chat]:
    messages = poem_messages(row["form"], row["brief"], tuned=True)
    return [Chat(messages, row["text"], craft="poetry")]


def _poem_zh(row: Row, _: random.Random) -> list[Chat]:
    if row["form"] not in TASKS_ZH:
        return []
    messages = chinese_poem_messages(row["form"], row["brief"])
    return [Chat(messages, row["text"], craft="poetry", lang="zh")]


def _ad(row: Row, draw: random.Random) -> list[Chat]:
    """Several fields of one kit, asked one after the other in one chat."""
    benefits = list(row["benefits"])
    draw.shuffle(benefits)
    brief = BriefLines(
        lang=row["lang"],
        brand=row["brand"],
        product=row["product"],
        benefits=tuple(benefits[: draw.randint(1, len(benefits))]),
        audience=row["audience"] if draw.random() < 0.5 else "",
        tone=row["tone"] if draw.random() < 0.7 else "",
        angle=row["angle"] if draw.random() < 0.8 else "",
    )
    fields = draw.sample(AD_FIELDS, ADS_A_CHAT)
    turns = list(brief_messages(brief, fields[0].removesuffix("_alt")))
    for field, following in pairwise(fields):
        asked = brief_messages(brief, following.removesuffix("_alt"))[-1].content
        turns += [Message("assistant", row[field]), Message("user", asked.rsplit("\n", 1)[-1])]
    return [Chat(tuple(turns), row[fields[-1]], craft="ad_copy", lang=row["lang"])]


TEMPLATES: Mapping[str, Callable[[Row, random.Random], list[Chat]]] = MappingProxyType(
    {
        "writing_en_written.jsonl": _writing,
        "writing_zh_written.jsonl": _writing,
        "poetry_en_written.jsonl": _poem_en,
        "poetry_zh_written.jsonl": _poem_zh,
        "ads_en_written.jsonl": _ad,
        "ads_zh_written.jsonl": _ad,
    }
)
"""Corpus file -> how its rows become chats."""
