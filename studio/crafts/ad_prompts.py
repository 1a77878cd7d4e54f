"""Which lines of an ad are asked of the writer, and how.

Every line is a small request of its own with an angle and one point of the brief, so that a small
model has one thing to say, and all lines of a kit run in one batch.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from studio.ads.channel import AdField, Channel
from studio.ads.compliance import HEADLINES
from studio.ads.constraint import WithinLimit
from studio.ads.phrases import AdBrief
from studio.crafts.ad_brief_prompts import BriefLines, brief_messages
from studio.crafts.ad_examples import LONG, SHORT, AdExample
from studio.crafts.tones import spoken_tone
from studio.requests import Message, Request, Sampling

SHORT_ANGLES = tuple(SHORT["en"])
LONG_ANGLES = tuple(LONG["en"])
ASKED: Mapping[str, int] = MappingProxyType(
    {
        "headline": 10,
        "title": 7,
        "description": 4,
        "primary_text": 4,
        "post": 4,
        "body": 3,
        "slogan": 2,
        "long_headline": 3,
        "promotional_text": 3,
        "subject": 5,
        "preheader": 3,
        "subtitle": 4,
    }
)
"""How many lines of a field are asked for; a few more than needed, the best stay."""
MOST_BRIEF = 240
"""Characters of the free brief that each request carries."""
EXAMPLES = 2
"""Lines shown before the one that is asked: more cost time to read and teach little."""
SHORT_LIMIT = 45
"""Fields up to this width are one phrase; longer ones are sentences."""
_SYMBOLS = frozenset("★☆✓✔→←↑↓●■◆♥❤©®™~")
_MONEY = frozenset("$£€¥%")
_DIGITS = frozenset("0123456789")


@dataclass(frozen=True, slots=True)
class Line:
    """One request of a kit: which field, from which angle, about which point."""

    field: AdField
    angle: str
    point: str


def lines_of(channel: Channel, brief: AdBrief) -> tuple[Line, ...]:
    """The lines to ask for, the same for the same channel and brief."""
    lines: list[Line] = []
    for field in channel.fields:
        angles = SHORT_ANGLES if is_short(field) else LONG_ANGLES
        for number in range(_count(field, channel)):
            point = brief.points[number % len(brief.points)]
            lines.append(Line(field, angles[number % len(angles)], point))
    return tuple(lines)


def messages_of(line: Line, brief: AdBrief, *, tuned: bool = False) -> tuple[Message, ...]:
    """A chat in which the writer has already written two or three such lines; one `tuned` by an
    adapter of this craft is asked as it was trained."""
    if tuned:
        return brief_messages(_brief_lines(line, brief), line.field.name)
    examples = (SHORT if is_short(line.field) else LONG)[brief.lang][line.angle][:EXAMPLES]
    asked = AdExample(brief.brand, brief.product, line.point, "")
    turns = [turn for each in examples for turn in _turns(each, line, brief.lang)]
    return (
        Message("system", _system(line, brief)),
        *turns,
        Message("user", _question(asked, line, brief.lang)),
    )


def _brief_lines(line: Line, brief: AdBrief) -> BriefLines:
    return BriefLines(
        lang=brief.lang,
        brand=brief.brand,
        product=brief.product,
        benefits=(line.point,),
        audience=brief.audience,
        tone=brief.tone,
        angle=line.angle,
        notes=_short(brief.text),
    )


def request_of(
    line: Line, brief: AdBrief, writer: tuple[str, str | None], seed: int, temperature: float
) -> Request:
    """What the writer (card, adapter) is asked for one line. The budget in tokens is one that no
    text within the limit can exceed: a token is at least one wide."""
    card, adapter = writer
    return Request(
        card=card,
        adapter=adapter,
        seed=seed,
        messages=messages_of(line, brief, tuned=adapter is not None),
        sampling=Sampling(
            temperature=temperature,
            top_p=0.9,
            top_k=40,
            min_p=0.05,
            no_repeat_ngram=4,
            max_tokens=min(line.field.limit, 280) // 2 + 8,
            stop=("\n",),
        ),
        constraint=constraint_of(line, brief),
        must_hold=False,
    )


def constraint_of(line: Line, brief: AdBrief) -> WithinLimit:
    """The channel's limit, no "!" in a headline, and no digits or money signs out of thin air."""
    said = frozenset(brief.said)
    forbidden = _SYMBOLS | (_MONEY - said)
    if line.field.name in HEADLINES:
        forbidden |= frozenset("!！")
    if said.isdisjoint(_DIGITS):
        forbidden |= _DIGITS
    return WithinLimit(
        limit=_room(line.field),
        counter=line.field.counter,
        minimum=8 if is_short(line.field) else 24,
        forbidden=forbidden,
        shouts=any(word.isupper() and len(word) > 2 for word in brief.said.split()),
    )


def is_short(field: AdField) -> bool:
    """Whether a field takes a phrase, not sentences."""
    return field.limit <= SHORT_LIMIT or (field.limit <= 80 and field.name in HEADLINES)


def _room(field: AdField) -> int:
    """A note of a thousand characters is more than a small model can hold together."""
    return min(field.limit, 280)


def _count(field: AdField, channel: Channel) -> int:
    asked = ASKED.get(field.name, 0)
    return asked if channel.name == "google_rsa" else min(asked, 6)


def _system(line: Line, brief: AdBrief) -> str:
    tone = spoken_tone(brief.tone, brief.lang)
    if brief.lang == "zh":
        form = "一句短标题" if is_short(line.field) else "一两句广告文案"
        parts = [f"你写广告：{form}，角度是{_ANGLE_ZH[line.angle]}，只说给出的事实，不夸张。"]
        parts += [f"语气{tone}。"] if tone else []
        parts += [f"读者：{brief.audience}。"] if brief.audience else []
        parts += [f"说明：{_short(brief.text)}"] if brief.text else []
        parts += [f"可用词：{'、'.join(brief.do_words)}。"] if brief.do_words else []
        return "".join(parts)
    form = "one short headline" if is_short(line.field) else "one or two plain sentences"
    parts = [f"You write ads: {form}, {_ANGLE_EN[line.angle]}. Say only what the point says."]
    parts += [f"Tone: {tone}."] if tone else []
    parts += [f"Reader: {brief.audience}."] if brief.audience else []
    parts += [f"Brief: {_short(brief.text)}"] if brief.text else []
    parts += [f"Words to use: {', '.join(brief.do_words)}."] if brief.do_words else []
    return " ".join(parts)


def _short(text: str) -> str:
    """The free brief on one line, its first words when it is long: every line reads it again."""
    plain = " ".join(text.split())
    return plain if len(plain) <= MOST_BRIEF else plain[:MOST_BRIEF].rsplit(" ", 1)[0] + "…"


def _turns(example: AdExample, line: Line, lang: str) -> tuple[Message, Message]:
    return (
        Message("user", _question(example, line, lang)),
        Message("assistant", example.text),
    )


def _question(asked: AdExample, line: Line, lang: str) -> str:
    name = _NAMES[lang].get(line.field.name, _NAMES[lang]["description"])
    if lang == "zh":
        return f"品牌：{asked.brand}\n产品：{asked.product}\n要点：{asked.point}\n写{name}。"
    return (
        f"Brand: {asked.brand}\nProduct: {asked.product}\nPoint: {asked.point}\nWrite the {name}."
    )


_ANGLE_EN: Mapping[str, str] = MappingProxyType(
    {
        "benefit": "naming what the buyer gains",
        "question": "as a question to the reader",
        "for whom": "saying who it is for",
        "humour": "with a light joke",
        "story": "as a tiny scene",
        "contrast": "by a contrast",
        "call to action": "inviting the reader",
    }
)
_ANGLE_ZH: Mapping[str, str] = MappingProxyType(
    {
        "benefit": "买家得到什么",
        "question": "向读者提问",
        "for whom": "说给谁用",
        "humour": "轻轻开个玩笑",
        "story": "一个小场景",
        "contrast": "对比",
        "call to action": "邀请读者",
    }
)
_NAMES: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "en": MappingProxyType(
            {
                "headline": "headline",
                "title": "headline",
                "subject": "headline",
                "subtitle": "headline",
                "long_headline": "headline",
                "slogan": "slogan",
                "description": "description",
                "primary_text": "ad text",
                "post": "post",
                "body": "post",
            }
        ),
        "zh": MappingProxyType(
            {
                "headline": "标题",
                "title": "标题",
                "subject": "标题",
                "subtitle": "标题",
                "long_headline": "标题",
                "slogan": "口号",
                "description": "描述",
                "primary_text": "正文",
                "post": "帖子",
                "body": "笔记正文",
            }
        ),
    }
)
