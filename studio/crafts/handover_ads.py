"""What any work passes on to an ad kit, and what an ad passes on to a picture."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from studio.crafts.handover_pictures import palette_of
from studio.crafts.handover_texts import first_line, verse_panels
from studio.crafts.handover_view import Passed, WorkView, said, shortened
from studio.crafts.handover_words import a, mood_word
from studio.crafts.image_form import form_values
from studio.crafts.image_plan import read_plan
from studio.crafts.moments import four_moments

SHARED = (
    "brand", "product", "benefits", "text", "tone", "audience", "keyword", "do_words",
    "dont_words", "brand_card", "lang",
)  # fmt: skip
"""Fields that ad copy and kits both have."""
LONGEST_PRODUCT, LONGEST_BENEFIT, LONGEST_TEXT = 120, 80, 1500
TONES: Mapping[str, str] = MappingProxyType(
    {
        "calm": "poetic",
        "happy": "warm",
        "sad": "tender",
        "angry": "bold",
        "tense": "bold",
        "playful": "playful",
        "romantic": "tender",
        "heroic": "bold",
        "mysterious": "poetic",
        "nostalgic": "poetic",
    }
)
"""Mood of a work -> tone of voice of its campaign."""


def text_kit(view: WorkView) -> Passed:
    """What the text is about as the product, its visible moments as points, its mood as tone."""
    points = tuple(shortened(each, LONGEST_BENEFIT) for each in _points(view))
    mood = read_plan(f"{view.asked}\n{view.text}", 1).mood
    return _kit(
        {
            "product": shortened(view.asked or first_line(view), LONGEST_PRODUCT).rstrip(".。"),
            "benefits": points,
            "text": view.text[:LONGEST_TEXT],
            "tone": TONES[mood],
            "lang": view.lang,
        }
    )


def picture_kit(view: WorkView) -> Passed:
    """The picture itself under the banners, its colours, and the words it was painted from."""
    asked = str(view.data.get("text") or view.asked)
    passed = _kit(
        {
            "text": shortened(asked, LONGEST_TEXT),
            "palette": " ".join(palette_of(view)),
            "tone": TONES[read_plan(asked, 1).mood],
            "lang": view.lang,
        }
    )
    rows = (("picture", f"{view.title or shortened(asked, 60)} · {view.version}"), *passed.said)
    return Passed("kit", passed.inputs, rows, upload=True)


def melody_kit(view: WorkView) -> Passed:
    """What the melody is about, and its mood as tone of voice: pictures and jingle follow it."""
    plan = view.data.get("plan")
    mood = str(plan.get("mood", "")) if isinstance(plan, Mapping) else ""
    return _kit(
        {
            "text": shortened(view.asked or view.title, LONGEST_TEXT),
            "tone": TONES.get(mood, "warm"),
            "lang": view.lang,
        }
    )


def copy_kit(view: WorkView) -> Passed:
    """The whole brief of an ad."""
    return _kit({name: view.inputs[name] for name in SHARED if view.inputs.get(name)})


def ad_picture(view: WorkView) -> Passed:
    """A picture of what is sold, in the campaign's colours."""
    product = str(view.inputs.get("product", ""))
    listed = view.inputs.get("benefits")
    rows = listed if isinstance(listed, list | tuple) else ()
    points = [str(each).rstrip(".。") for each in rows]
    plan = read_plan(" ".join((product, *points)), 1)
    text = _picture_text(view.lang, product, points, plan.mood)
    colours = view.data.get("colours")
    own = [str(each) for each in colours] if isinstance(colours, list | tuple) else []
    values = form_values(plan) | ({"palette": " ".join(own[:8])} if own else {})
    told = said(("text", text), ("style", plan.style), ("palette", values["palette"]))
    return Passed("image", {"text": text, **values}, told)


def _picture_text(lang: str, product: str, points: Sequence[str], mood: str) -> str:
    word = mood_word(mood, lang)
    if lang == "zh":
        return "，".join((f"{product}：{word}的抽象画", *points))
    return ", ".join((f"{product}: {a(f'{word} abstract picture')}", *points))


def _points(view: WorkView) -> Sequence[str]:
    if view.craft == "poetry":
        return verse_panels(view)[:3]
    return four_moments(view.text, view.lang, 3)


def _kit(inputs: Mapping[str, object]) -> Passed:
    kept = {name: value for name, value in inputs.items() if value}
    names = ("brand", "product", "benefits", "tone", "palette", "text")
    rows = said(*((name, _readable(kept[name])) for name in names if name in kept))
    return Passed("kit", kept, rows)


def _readable(value: object) -> str:
    return " · ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
