"""What a record means: which craft, which language, what is asked and what is the answer."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from studio.crafts.form import spoken_language
from studio.crafts.poetry_prompts import EXAMPLES, TASKS_ZH
from studio.crafts.writing_brief import without_direction
from studio.crafts.writing_prompts import FROM_SOURCE, KINDS
from studio.training.data.pieces import MOST, as_continuations, in_pieces
from studio.training.data.record import Problem, Record
from studio.training.data.row import DataRow
from studio.training.writer_rows import AD_FIELDS

TEXT = "text output completion response answer content 正文 文本 内容"
BRIEF = "brief prompt instruction idea input title 简报 要求 标题"
ALIASES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "text": tuple(TEXT.split()),
        "brief": tuple(BRIEF.split()),
        "opening": ("opening", "开头"),
        "kind": ("kind", "type", "类型"),
        "form": ("form", "诗体"),
        "tone": ("tone", "语气"),
        "genre": ("genre", "体裁"),
        "lang": ("lang", "language", "语言"),
        "licence": ("licence", "license", "许可", "授权"),
    }
)
"""A field -> the column names that it is known by, most particular first."""
LEAST = 8
"""Characters that are not space: less is no text to learn from."""
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffd]")
_MOJIBAKE = re.compile(r"Ã[\x80-\xbf]|â€[\x80-\xff™œ\x9d]|锟斤拷")
_KIT = ("brand", "product", "category", "audience", "tone", "angle", "cta")


@dataclass(frozen=True, slots=True)
class Assumed:
    """What is taken for granted where a row does not say it."""

    kind: str = "story"
    lang: str = "auto"
    licence: str = "not stated"


def rows_of(record: Record, assumed: Assumed) -> Iterator[DataRow | Problem]:
    """The rows of a record: one, several when its text is long, or why there is none."""
    known = _named(record.fields)
    problem = _unusable(record, known)
    if problem is not None:
        yield problem
    elif _is_kit(record.fields):
        yield _kit(record, known, assumed)
    elif known.get("form"):
        yield _poem(record, known, assumed)
    else:
        yield from _prose(record, known, assumed)


def _named(fields: Mapping[str, Any]) -> dict[str, str]:
    """The known fields of a record, whatever its columns are called; empty ones left out."""
    lower = {str(name).strip().lower(): value for name, value in fields.items()}
    known: dict[str, str] = {}
    for name, aliases in ALIASES.items():
        found = next((lower[each] for each in aliases if lower.get(each)), None)
        if isinstance(found, str | int | float):
            known[name] = str(found).strip("\n")
    return known


def _unusable(record: Record, known: Mapping[str, str]) -> Problem | None:
    text = known.get("text", "")
    if _is_kit(record.fields):
        text = _kit_text(record.fields)
    if not text.strip():
        columns = ", ".join(str(name) for name in record.fields)
        return Problem(record.place, code="data_no_text", facts={"columns": columns})
    if len("".join(text.split())) < LEAST:
        return Problem(record.place, code="data_short", facts={"least": LEAST})
    if _CONTROL.search(text) or _MOJIBAKE.search(text):
        return Problem(record.place, code="data_garbled")
    lang = known.get("lang", "auto")
    if lang not in ("auto", "en", "zh"):
        return Problem(record.place, code="data_lang", facts={"value": lang})
    return None


def _is_kit(fields: Mapping[str, Any]) -> bool:
    return bool(fields.get("product")) and any(fields.get(name) for name in AD_FIELDS)


def _kit_text(fields: Mapping[str, Any]) -> str:
    return "\n".join(str(fields[name]).strip() for name in AD_FIELDS if fields.get(name))


def _kit(record: Record, known: Mapping[str, str], assumed: Assumed) -> DataRow:
    fields = record.fields
    kept: dict[str, Any] = {name: str(fields.get(name) or "") for name in (*_KIT, *AD_FIELDS)}
    kept["benefits"] = _listed(fields.get("benefits"))
    return _row(record, "ad_copy", known, assumed, _kit_text(fields), kept)


def _listed(given: object) -> list[str]:
    """A list, or a cell of a table that holds several things."""
    several = given if isinstance(given, list) else re.split(r"[;；\n]", str(given or ""))
    return [str(each).strip() for each in several if str(each).strip()]


def _poem(record: Record, known: Mapping[str, str], assumed: Assumed) -> DataRow | Problem:
    lang = _language(known, assumed)
    forms = tuple(TASKS_ZH if lang == "zh" else EXAMPLES)
    if known["form"] not in forms:
        facts = {"value": known["form"], "choices": ", ".join(forms)}
        return Problem(record.place, code="data_poem_form", facts=facts)
    if not known.get("brief", "").strip():
        return Problem(record.place, code="data_no_brief")
    if len(known["text"]) > MOST[lang]:
        return Problem(record.place, code="data_long_poem", facts={"most": MOST[lang]})
    fields = {"form": known["form"], "brief": known["brief"]}
    return _row(record, "poetry", known, assumed, known["text"].strip(), fields)


def _prose(
    record: Record, known: Mapping[str, str], assumed: Assumed
) -> Iterator[DataRow | Problem]:
    """A text answers its brief; what is longer, or has no brief, goes on with itself."""
    kind, lang = known.get("kind") or assumed.kind, _language(known, assumed)
    brief, text = known.get("brief", "").strip(), _paragraphs(known["text"], lang)
    said = {name: known.get(name, "") for name in ("tone", "genre")}
    problem = _wrong_kind(record, kind, brief)
    if problem is not None:
        yield problem
        return
    made = [] if known.get("opening") else list(as_continuations(text, lang))
    opening = known.get("opening") or (without_direction(brief) if kind == "continue" else "")
    if opening:
        first = ("\n" if lang == "zh" else "\n\n") + text if kind == "continue" else text
        made = [(opening.rstrip(), first)]
    elif brief:
        answer = in_pieces(text, lang)[0].strip()
        fields = {"kind": kind, "brief": brief, **said}
        yield _row(record, "writing", known, assumed, answer, fields)
        made = made[1:] if len(answer) < len(text) else []  # its first piece is the answer
    elif not made:
        yield Problem(record.place, code="data_short", facts={"least": LEAST})
    for before, rest in made:
        fields = {"kind": "continue", "brief": "", "opening": before, **said}
        yield _row(record, "writing", known, assumed, rest, fields)


def _wrong_kind(record: Record, kind: str, brief: str) -> Problem | None:
    if kind not in KINDS:
        facts = {"value": kind, "choices": ", ".join(KINDS)}
        return Problem(record.place, code="data_kind", facts=facts)
    if kind in FROM_SOURCE and not brief:
        return Problem(record.place, code="data_no_brief")
    return None


def _paragraphs(text: str, lang: str) -> str:
    """Paragraphs as the writers set them: a blank line in English, a new line in Chinese."""
    trimmed = "\n".join(line.strip(" \t\u3000") for line in text.strip().split("\n"))
    return re.sub(r"\n{2,}", "\n" if lang == "zh" else "\n\n", trimmed)


def _language(known: Mapping[str, str], assumed: Assumed) -> str:
    return spoken_language(known.get("text", ""), known.get("lang") or assumed.lang)


def _row(
    record: Record,
    craft: str,
    known: Mapping[str, str],
    assumed: Assumed,
    text: str,
    fields: Mapping[str, Any],
) -> DataRow:
    lang = spoken_language(text, known.get("lang") or assumed.lang)
    licence = known.get("licence") or assumed.licence
    return DataRow(craft, lang, text, MappingProxyType(dict(fields)), licence, record.place)
