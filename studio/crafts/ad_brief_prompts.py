"""What a writer tuned on ads is asked: the brief as labelled lines, then one field.

The adapters `lora/ads-en` and the Chinese one are trained on exactly these messages, so they need
no examples and no instructions about form.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from studio.crafts.tones import spoken_tone
from studio.requests import Message

SYSTEM: Mapping[str, str] = MappingProxyType(
    {
        "en": "You write ads. You say only what the brief says.",
        "zh": "你写广告，只说简报里的事实。",
    }
)
FIELDS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "en": MappingProxyType(
            {
                "headline": "headline",
                "title": "headline",
                "subject": "headline",
                "subtitle": "headline",
                "slogan": "slogan",
                "description": "description",
                "primary_text": "ad text",
                "post": "ad text",
                "body": "ad text",
                "cta": "call to action",
            }
        ),
        "zh": MappingProxyType(
            {
                "headline": "标题",
                "title": "标题",
                "subject": "标题",
                "subtitle": "标题",
                "slogan": "口号",
                "description": "描述",
                "primary_text": "正文",
                "post": "正文",
                "body": "正文",
                "cta": "行动号召",
            }
        ),
    }
)
"""A field of a channel -> what it is called in the prompt."""
ANGLES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "benefit": ("benefit", "利益点"),
        "sensory": ("sensory", "利益点"),
        "proof": ("proof", "证据"),
        "humour": ("humour", "幽默"),
        "story": ("story", "故事"),
        "contrast": ("contrast", "对比"),
        "urgency": ("urgency", "紧迫"),
        "invitation": ("invitation", "紧迫"),
        "curiosity": ("curiosity", "好奇"),
        "question": ("curiosity", "好奇"),
        "for whom": ("invitation", "利益点"),
        "call to action": ("invitation", "紧迫"),
    }
)
"""An angle -> its word in English and in Chinese prompts."""


@dataclass(frozen=True, slots=True)
class BriefLines:
    """The part of a brief that one line is written from."""

    lang: str
    brand: str
    product: str
    benefits: tuple[str, ...] = ()
    audience: str = ""
    tone: str = ""
    angle: str = ""
    """A key of ANGLES, or the word itself."""
    notes: str = ""


def brief_messages(brief: BriefLines, field: str) -> tuple[Message, ...]:
    """System turn and the brief with the field that is asked for."""
    ask = "Write the {}." if brief.lang == "en" else "写{}。"
    asked = ask.format(_field_name(field, brief.lang))
    return (
        Message("system", SYSTEM[brief.lang]),
        Message("user", "\n".join([*_labelled(brief), asked])),
    )


def _field_name(field: str, lang: str) -> str:
    return FIELDS[lang].get(field, FIELDS[lang]["description"])


def _labelled(brief: BriefLines) -> list[str]:
    english = brief.lang == "en"
    angle = ANGLES.get(brief.angle, (brief.angle, brief.angle))[0 if english else 1]
    known = (
        ("Brand" if english else "品牌", brief.brand),
        ("Product" if english else "产品", brief.product),
        ("Benefits" if english else "卖点", ("; " if english else "；").join(brief.benefits)),
        ("Audience" if english else "受众", brief.audience),
        ("Tone" if english else "语气", spoken_tone(brief.tone, brief.lang)),
        ("Angle" if english else "角度", angle),
        ("Notes" if english else "备注", " ".join(brief.notes.split())),
    )
    mark = ": " if english else "："
    return [f"{name}{mark}{value}" for name, value in known if value]
