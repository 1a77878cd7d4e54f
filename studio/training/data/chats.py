"""Rows of a data set as chats: exactly what the crafts ask at run time."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import replace

from studio.crafts.ad_brief_prompts import BriefLines, brief_messages
from studio.crafts.poetry_prompts import chinese_poem_messages, poem_messages
from studio.crafts.writing_prompts import Assignment, messages_for, opening_for
from studio.training.data.row import DataRow
from studio.training.writer_rows import AD_FIELDS, TEMPLATES, Chat


def data_chats(rows: Sequence[DataRow], epoch: int = 0) -> list[Chat]:
    """The chats of an epoch; what a prompt says beside the brief is drawn anew in each."""
    return [chat for row in rows for chat in _chats(row, random.Random(f"{epoch} {row.key}"))]


def _chats(row: DataRow, draw: random.Random) -> Iterator[Chat]:
    match row.craft:
        case "poetry":
            yield _poem(row)
        case "ad_copy":
            yield from _kit(row, draw)
        case _ if row.fields.get("opening"):
            yield _continuation(row)
        case _:
            written = {**row.fields, "lang": row.lang, "text": row.text}
            yield from TEMPLATES["writing_en_written.jsonl"](written, draw)


def _continuation(row: DataRow) -> Chat:
    assignment = Assignment("continue", row.lang, str(row.fields["opening"]))
    opening = opening_for(assignment, tuned=True)
    return Chat(messages_for(assignment, tuned=True), row.text, opening, "writing", row.lang)


def _poem(row: DataRow) -> Chat:
    form, brief = str(row.fields["form"]), str(row.fields["brief"])
    asked = (
        chinese_poem_messages(form, brief)
        if row.lang == "zh"
        else poem_messages(form, brief, tuned=True)
    )
    return Chat(asked, row.text, craft="poetry", lang=row.lang)


def _kit(row: DataRow, draw: random.Random) -> Iterator[Chat]:
    """A chat for each field that the kit has."""
    kit = row.fields
    brief = BriefLines(row.lang, kit["brand"], kit["product"])
    for name in AD_FIELDS:
        if not kit.get(name):
            continue
        said = replace(
            brief,
            benefits=tuple(draw.sample(kit["benefits"], len(kit["benefits"]))),
            audience=kit["audience"] if draw.random() < 0.5 else "",
            tone=kit["tone"] if draw.random() < 0.7 else "",
            angle=kit["angle"] if draw.random() < 0.8 else "",
        )
        asked = brief_messages(said, name.removesuffix("_alt"))
        yield Chat(asked, str(kit[name]), craft="ad_copy", lang=row.lang)
