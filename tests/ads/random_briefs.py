"""Briefs and texts as nobody writes them, the same for the same seed."""

from __future__ import annotations

import random

from studio.ads.brand import Claim
from studio.ads.phrases import AdBrief

_PIECES = (
    "steel", "water", "hikers", "for", "with", "a", "24 h", "repairable", "ALPHA", "co-op", "né",
    "冷泡", "乌龙茶", "三分钟", "，", "。", "ｗｉｄｅ", "é", "e\u0301", "👩‍👩‍👧", "🇨🇳", "☕️", "https://a.example/x",
    "example.com", "!", "...", "Ⅷ", "한국어", "ありがとう", "𠮷", "'", "-", "(", "%", "£9", "#",
)  # fmt: skip


def random_text(draw: random.Random, longest: int) -> str:
    """Up to `longest` pieces of many scripts; Latin ones mostly parted by spaces."""
    pieces = (draw.choice(_PIECES) for _ in range(draw.randint(1, longest)))
    return "".join(each + draw.choice(("", " ", " ")) for each in pieces).strip() or "x"


def random_brief(seed: int, lang: str) -> AdBrief:
    """A brief of any lengths."""
    draw = random.Random(seed)
    benefits = tuple(random_text(draw, 8) for _ in range(draw.randint(0, 6)))
    return AdBrief(
        brand=random_text(draw, draw.choice((1, 3, 12)))[:60],
        product=random_text(draw, draw.choice((2, 6, 30)))[:160],
        benefits=benefits,
        lang=lang,
        tone=draw.choice(("", "warm", "dry", "bold", "playful")),
        text=random_text(draw, 20),
        dont_words=tuple(random_text(draw, 1) for _ in range(draw.randint(0, 2))),
        claims=tuple(Claim(each, draw.choice(("", "report 12"))) for each in benefits[:1]),
        keyword=draw.choice(("", random_text(draw, 4))),
    )
