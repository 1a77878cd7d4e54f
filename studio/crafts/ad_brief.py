"""What an ad form says, together with the brand card that lies beside it."""

from __future__ import annotations

from studio.ads.brand import Brand
from studio.ads.phrases import AdBrief
from studio.crafts.craft import Inputs
from studio.crafts.form import spoken_language
from studio.crafts.tones import AUTO, resolved_tone


def brand_of(inputs: Inputs) -> Brand | None:
    """The brand card of a form; None when there is none. Raises InvalidInput("brand_card")."""
    card = str(inputs.get("brand_card", "") or "")
    return Brand.read(card) if card.strip() else None


def brief_of(inputs: Inputs) -> AdBrief:
    """The brief: what is typed stands over the card, lists of words join."""
    brand = brand_of(inputs) or Brand(name=str(inputs["brand"]))
    typed = " ".join((str(inputs["brand"]), str(inputs["product"]), *_lines(inputs, "benefits")))
    asked = str(inputs.get("lang", AUTO))
    return AdBrief(
        brand=str(inputs["brand"]),
        product=str(inputs["product"]),
        benefits=_lines(inputs, "benefits"),
        lang=spoken_language(f"{typed} {inputs['text']}", asked),
        tone=resolved_tone(str(inputs["tone"]), str(inputs["text"])) or _voice(brand),
        audience=str(inputs["audience"]) or brand.audience,
        do_words=tuple(dict.fromkeys((*_lines(inputs, "do_words"), *brand.do_words))),
        dont_words=tuple(dict.fromkeys((*_lines(inputs, "dont_words"), *brand.dont_words))),
        text=str(inputs["text"]),
        voice=brand.voice,
        examples=brand.examples,
        claims=brand.claims,
        keyword=str(inputs.get("keyword", "") or "").strip(),
    )


def _voice(brand: Brand) -> str:
    """The card's adjectives, where no tone was asked for."""
    return resolved_tone(", ".join(brand.voice), "") if brand.voice else ""


def _lines(inputs: Inputs, name: str) -> tuple[str, ...]:
    value = inputs[name]
    return tuple(str(each) for each in value) if isinstance(value, list | tuple) else ()
