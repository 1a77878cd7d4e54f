"""A few lines that show a writer what each field of an ad sounds like, angle by angle.

Written for this file; the brands are invented. Each says only what its point says.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class AdExample:
    """One brief of three lines and the text for it."""

    brand: str
    product: str
    point: str
    text: str


def _examples(*rows: tuple[str, str, str, str]) -> tuple[AdExample, ...]:
    return tuple(AdExample(*row) for row in rows)


SHORT_EN: Mapping[str, tuple[AdExample, ...]] = MappingProxyType(
    {
        "benefit": _examples(
            ("Pellow", "wool blankets", "washes at 30 degrees", "Wool that washes at 30"),
            ("Hobb", "bike repair at home", "ready the same day", "Bike fixed the same day"),
            ("Quarrel", "coarse mustard", "ground on stone", "Mustard ground on stone"),
        ),
        "question": _examples(
            ("Pellow", "wool blankets", "washes at 30 degrees", "A wool blanket you can wash?"),
            ("Hobb", "bike repair at home", "ready the same day", "Bike broken this morning?"),
            ("Lantern Row", "night bookshop", "open until two", "Need a book at midnight?"),
        ),
        "for whom": _examples(
            ("Pellow", "wool blankets", "washes at 30 degrees", "For homes with muddy dogs"),
            ("Lantern Row", "night bookshop", "open until two", "A shop for late readers"),
            ("Hobb", "bike repair at home", "ready the same day", "Repairs for busy riders"),
        ),
        "humour": _examples(
            ("Quarrel", "coarse mustard", "ground on stone", "Mustard with an opinion"),
            ("Pellow", "wool blankets", "washes at 30 degrees", "The blanket the dog stole"),
            ("Hobb", "bike repair at home", "ready the same day", "We fix what potholes do"),
        ),
        "story": _examples(
            ("Lantern Row", "night bookshop", "open until two", "The lamp is on until two"),
            ("Quarrel", "coarse mustard", "ground on stone", "One stone, one slow mustard"),
            ("Pellow", "wool blankets", "washes at 30 degrees", "From the hill to your sofa"),
        ),
        "contrast": _examples(
            ("Hobb", "bike repair at home", "ready the same day", "Not next week. Today."),
            ("Pellow", "wool blankets", "washes at 30 degrees", "Warm wool, easy wash"),
            ("Quarrel", "coarse mustard", "ground on stone", "Small jar, big bite"),
        ),
        "call to action": _examples(
            ("Lantern Row", "night bookshop", "open until two", "Come and read until two"),
            ("Hobb", "bike repair at home", "ready the same day", "Book a repair for today"),
            ("Pellow", "wool blankets", "washes at 30 degrees", "Feel the wool yourself"),
        ),
    }
)
LONG_EN: Mapping[str, tuple[AdExample, ...]] = MappingProxyType(
    {
        "benefit": _examples(
            (
                "Pellow",
                "wool blankets",
                "washes at 30 degrees",
                "A Pellow wool blanket goes in the wash at 30 degrees and comes out soft.",
            ),
            (
                "Hobb",
                "bike repair at home",
                "ready the same day",
                "Hobb comes to your door and your bike is ready the same day.",
            ),
        ),
        "story": _examples(
            (
                "Lantern Row",
                "night bookshop",
                "open until two",
                "It is past midnight and you need a new book. The lamp at Lantern Row is on.",
            ),
            (
                "Quarrel",
                "coarse mustard",
                "ground on stone",
                "The stone turns slowly, so the seeds keep their bite. That is Quarrel mustard.",
            ),
        ),
        "question": _examples(
            (
                "Hobb",
                "bike repair at home",
                "ready the same day",
                "Brakes squeaking again? Hobb repairs your bike at home, the same day.",
            ),
            (
                "Pellow",
                "wool blankets",
                "washes at 30 degrees",
                "Afraid to wash wool? Pellow blankets like 30 degrees and a short spin.",
            ),
        ),
        "call to action": _examples(
            (
                "Lantern Row",
                "night bookshop",
                "open until two",
                "Come in after dinner. Lantern Row keeps its books and its lamp on until two.",
            ),
            (
                "Quarrel",
                "coarse mustard",
                "ground on stone",
                "Put a spoon of Quarrel next to the cheese and taste mustard ground on stone.",
            ),
        ),
    }
)
SHORT_ZH: Mapping[str, tuple[AdExample, ...]] = MappingProxyType(
    {
        "benefit": _examples(
            ("北坡", "羊毛毯", "可以机洗", "羊毛毯，放心丢进洗衣机"),
            ("轮子家", "上门修车", "当天修好", "单车坏了，当天修好"),
        ),
        "question": _examples(
            ("灯下", "深夜书店", "开到凌晨两点", "半夜想看书，去哪儿？"),
            ("北坡", "羊毛毯", "可以机洗", "羊毛毯也能机洗？"),
        ),
        "for whom": _examples(
            ("灯下", "深夜书店", "开到凌晨两点", "给睡不着的读书人"),
            ("北坡", "羊毛毯", "可以机洗", "给养狗的人家"),
        ),
        "humour": _examples(
            ("轮子家", "上门修车", "当天修好", "坑洼惹的祸，我们来收拾"),
            ("石臼", "粗磨芥末", "石磨慢磨", "一小勺，就敢跟你顶嘴"),
        ),
        "story": _examples(
            ("灯下", "深夜书店", "开到凌晨两点", "两点前，灯都亮着"),
            ("石臼", "粗磨芥末", "石磨慢磨", "石磨转得慢，味道走得远"),
        ),
        "contrast": _examples(
            ("轮子家", "上门修车", "当天修好", "不等下周，今天就骑"),
            ("石臼", "粗磨芥末", "石磨慢磨", "瓶子小，脾气大"),
        ),
        "call to action": _examples(
            ("灯下", "深夜书店", "开到凌晨两点", "今晚来灯下坐坐"),
            ("北坡", "羊毛毯", "可以机洗", "来摸一摸这条羊毛毯"),
        ),
    }
)
LONG_ZH: Mapping[str, tuple[AdExample, ...]] = MappingProxyType(
    {
        "benefit": _examples(
            ("北坡", "羊毛毯", "可以机洗", "北坡羊毛毯可以机洗，洗完还是软的，周末晒一晒就好。"),
        ),
        "story": _examples(
            (
                "灯下",
                "深夜书店",
                "开到凌晨两点",
                "过了十二点，街上只剩一盏灯。推门进来，书都还醒着。",
            ),
        ),
        "question": _examples(
            ("轮子家", "上门修车", "当天修好", "刹车又响了？轮子家上门修，当天就能骑走。"),
        ),
        "call to action": _examples(
            ("石臼", "粗磨芥末", "石磨慢磨", "下次切奶酪，旁边放一勺石臼芥末，尝尝石磨的味道。"),
        ),
    }
)
SHORT: Mapping[str, Mapping[str, tuple[AdExample, ...]]] = MappingProxyType(
    {"en": SHORT_EN, "zh": SHORT_ZH}
)
LONG: Mapping[str, Mapping[str, tuple[AdExample, ...]]] = MappingProxyType(
    {"en": LONG_EN, "zh": LONG_ZH}
)
TOPICS = "\n".join(
    f"{each.brand}\n{each.product}\n{each.point}"
    for table in (SHORT_EN, LONG_EN, SHORT_ZH, LONG_ZH)
    for examples in table.values()
    for each in examples
)
"""What the examples are about: words that an answer can only have from here are not its own."""
