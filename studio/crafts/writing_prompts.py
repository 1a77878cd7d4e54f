"""What a writer is told, kind by kind, in the language of the text.

Small models follow one short instruction and an answer that has already begun better than rules;
so the form (slug line, dateline, first speaker) is given as the opening of the answer.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from studio.crafts.tones import spoken_tone
from studio.crafts.writing_brief import news_facts, slug_line, speakers
from studio.requests import Message

KINDS = (
    "story",
    "scene",
    "dialogue",
    "news",
    "character",
    "description",
    "continue",
    "rewrite",
    "shorten",
    "expand",
    "summary",
)
_FORM_LABEL = re.compile(
    r"\A(?:(?:game|short|movie|film|tv|stage)\s+)?(?:script|scene|screenplay|story|dialogue|news)\s*:\s*"
    r"|\A根据[^：:]{0,12}写[^：:]{0,6}[：:]\s*",
    re.IGNORECASE,
)
FROM_SOURCE = frozenset({"rewrite", "shorten", "expand", "summary"})
"""Kinds whose text is a source to work on, not a brief."""


@dataclass(frozen=True, slots=True)
class Assignment:
    """A writing brief, resolved: what the prompt is made of."""

    kind: str
    lang: str
    text: str
    """The brief, or the source without its direction ("Rewrite warmly: ")."""
    tone: str = ""
    genre: str = ""
    words: int = 0
    """About how long (words; characters in Chinese); 0 leaves it open."""
    notes: str = ""
    opening: str = ""
    """Text that is already there."""


SYSTEM: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "en": MappingProxyType(
            {
                "story": "You are a fiction writer. You write plain, concrete prose.",
                "scene": "You are a screenwriter. You write scenes in screenplay format.",
                "dialogue": "You are a playwright. You write natural dialogue, line by line.",
                "news": "You are a reporter. You write short factual news reports.",
                "character": "You are a novelist who sketches characters in a few sentences.",
                "description": "You are a novelist. You describe with all five senses.",
                "continue": "You are a fiction writer. You go on with the text you are given.",
                "rewrite": "You're an AI assistant for text re-writing.",
                "shorten": "You're an AI assistant for text re-writing.",
                "expand": "You're an AI assistant for text re-writing.",
                "summary": "You summarize texts in a few plain sentences.",
            }
        ),
        "zh": MappingProxyType(
            {
                "story": "你是小说作者，文字朴素具体。",
                "scene": "你是编剧，按剧本格式写作。",
                "dialogue": "你是剧作家，对话自然，一人一行。",
                "news": "你是记者，写简短、客观的新闻。",
                "character": "你是小说作者，用几句话写活一个人物。",
                "description": "你是小说作者，善于用五感描写。",
                "continue": "你是小说作者，接着给出的文字往下写。",
                "rewrite": "你是文字编辑，改写文字而不改变事实。",
                "shorten": "你是文字编辑，把文字写短而不丢要点。",
                "expand": "你是文字编辑，把文字写得更充实。",
                "summary": "你用几句话概括文章，不加新内容。",
            }
        ),
    }
)
TASK: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "en": MappingProxyType(
            {
                "story": "Write a short story about this: {text}",
                "scene": "Write a short screenplay scene: {text}",
                "dialogue": "Write a dialogue: {text}",
                "news": "Write a short news report: {text}",
                "character": "Write a short character sketch of {text}",
                "description": "Describe this in one paragraph: {text}",
                "continue": "Continue this text.",
                "rewrite": "Rewrite the text{manner}. Keep every fact.\n\n{text}",
                "shorten": "Make the text more concise. Keep the main points.\n\n{text}",
                "expand": "Rewrite the text with more detail. Keep every fact.\n\n{text}",
                "summary": "Summarize the text in {sentences}.\n\n{text}",
            }
        ),
        "zh": MappingProxyType(
            {
                "story": "写一个小故事：{text}",
                "scene": "写一场戏：{text}",
                "dialogue": "写一段对话：{text}",
                "news": "写一则新闻：{text}",
                "character": "写一个人物小传：{text}",
                "description": "写一段描写：{text}",
                "continue": "接着往下写。",
                "rewrite": "改写下面这段话{manner}，保留全部事实：\n\n{text}",
                "shorten": "把下面这段话写短，保留要点：\n\n{text}",
                "expand": "把下面这段话写得更充实，保留全部事实：\n\n{text}",
                "summary": "用{sentences}概括下面的内容：\n\n{text}",
            }
        ),
    }
)


SHOWN: Mapping[tuple[str, str], tuple[Message, ...]] = MappingProxyType(
    {
        ("scene", "en"): (
            Message("user", "Write a short screenplay scene: two sisters and one umbrella."),
            Message(
                "assistant",
                "EXT. BUS STOP - EVENING\n\nRain. ANN holds a small umbrella. BEA has none.\n\n"
                "BEA\nMove over.\n\nANN\nIt is a one-person umbrella.\n\n"
                "BEA\nThen it is the wrong umbrella for a sister.\n\nAnn sighs and moves over.",
            ),
        ),
        ("scene", "zh"): (
            Message("user", "写一场戏：两姐妹，一把伞。"),
            Message(
                "assistant",
                "外景 公交站 傍晚\n\n下雨。阿宁撑着一把小伞，阿贝没有伞。\n\n阿贝\n过去点儿。\n\n"
                "阿宁\n这是一个人的伞。\n\n阿贝\n那你买错伞了。\n\n阿宁叹口气，往旁边挪了一步。",
            ),
        ),
    }
)
"""One earlier turn for kinds whose layout a small model does not know."""


def messages_for(assignment: Assignment, *, tuned: bool = False) -> tuple[Message, ...]:
    """System and user turn of the chat, in the text's language.

    A writer `tuned` by an adapter of this craft knows the layouts and is shown no example.
    """
    shown = () if tuned else SHOWN.get((assignment.kind, assignment.lang), ())
    return (
        Message("system", SYSTEM[assignment.lang][assignment.kind]),
        *shown,
        Message("user", "\n".join((_task(assignment), *_particulars(assignment)))),
    )


def opening_for(assignment: Assignment, *, tuned: bool = False) -> str:
    """The start of the answer: the person's own text, else the form that the kind begins with.

    A tuned writer finds the form itself; it is given only what the brief fixes.
    """
    if assignment.opening.strip():
        return assignment.opening.rstrip()
    if assignment.kind == "continue":
        return assignment.text.rstrip()
    return _fixed_by_brief(assignment) if tuned else _form_opening(assignment)


def _fixed_by_brief(assignment: Assignment) -> str:
    """Where the scene plays, who speaks first, headline and dateline, as far as the brief says."""
    match assignment.kind:
        case "scene":
            slug = slug_line(assignment.text, assignment.lang)
            return f"{slug}\n\n" if slug else ""
        case "dialogue":
            names = speakers(assignment.text, assignment.lang)
            mark = ":" if assignment.lang == "en" else "："
            return f"{names[0]}{mark}" if names else ""
        case "news":
            return _news_heading(assignment)
    return ""


def _news_heading(assignment: Assignment) -> str:
    facts = news_facts(assignment.text)
    if assignment.lang == "zh":
        return f"{facts.headline}\n" if facts.headline else ""
    headline = f"{facts.headline}\n\n" if facts.headline else ""
    named = ", ".join(each for each in (facts.place.upper(), facts.date) if each)
    return f"{headline}{named} -" if headline and named else headline


def _form_opening(assignment: Assignment) -> str:
    match assignment.kind:
        case "scene":
            return _scene_opening(assignment)
        case "dialogue":
            return _dialogue_opening(assignment)
        case "news":
            return _news_opening(assignment)
    return ""


def _task(assignment: Assignment) -> str:
    english = assignment.lang == "en"
    tone = spoken_tone(assignment.tone, assignment.lang)
    manner = f" to make it more {tone}" if english else f"，语气{tone}"
    few = "one or two sentences" if english else "一两句话"
    more = "two or three sentences" if english else "两三句话"
    return TASK[assignment.lang][assignment.kind].format(
        text=_FORM_LABEL.sub("", assignment.text.strip()),
        manner=manner if tone else "",
        sentences=few if assignment.words < 60 else more,
    )


def _particulars(assignment: Assignment) -> list[str]:
    """Genre, tone, length and standing notes, a line each; only what is known."""
    english = assignment.lang == "en"
    tone = "" if assignment.kind == "rewrite" else spoken_tone(assignment.tone, assignment.lang)
    length = "" if assignment.kind in FROM_SOURCE or not assignment.words else assignment.words
    known = (
        ("Genre" if english else "体裁", assignment.genre),
        ("Tone" if english else "语气", tone),
        ("Length" if english else "篇幅", _about(length, english)),
        ("Notes" if english else "备注", " ".join(assignment.notes.split())),
    )
    mark = ": " if english else "："
    return [f"{name}{mark}{value}" for name, value in known if value]


def _about(length: int | str, english: bool) -> str:
    if not length:
        return ""
    return f"about {length} words" if english else f"约{length}字"


def _scene_opening(assignment: Assignment) -> str:
    """Slug line, and the first cue when the brief names who is there: a voice starts the scene."""
    slug = slug_line(assignment.text, assignment.lang)
    names = speakers(assignment.text, assignment.lang)
    if not slug:
        return "INT." if assignment.lang == "en" else "内景"
    return f"{slug}\n\n{names[0]}\n" if names else f"{slug}\n\n"


def _dialogue_opening(assignment: Assignment) -> str:
    names = speakers(assignment.text, assignment.lang)
    mark = ":" if assignment.lang == "en" else "："
    return f"{(names or ('A' if assignment.lang == 'en' else '甲',))[0]}{mark}"


def _news_opening(assignment: Assignment) -> str:
    facts = news_facts(assignment.text)
    headline = f"{facts.headline}\n\n" if facts.headline else ""
    if assignment.lang == "zh":
        where = f"{facts.place}{facts.date}讯" if facts.place or facts.date else "本报讯"
        return f"{headline}{where}　"
    named = ", ".join(each for each in (facts.place.upper(), facts.date) if each)
    # "The" keeps a small model from going on with the date.
    return f"{headline}{named} - The" if named else headline
