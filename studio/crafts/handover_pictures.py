"""What a picture passes on: words for a prose writer, an idea for a poem."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from studio.crafts.handover_view import Passed, WorkView, said, shortened
from studio.crafts.handover_words import colour_words, composition_words, style_words

LONGEST_ASKED = 200


def picture_words(view: WorkView) -> Passed:
    """Colours, composition and the words it was painted from, as a subject to describe."""
    text = _subject(view)
    rows = said(("text", text), ("palette", " ".join(palette_of(view))))
    return Passed("writing", {"text": text, "kind": "description", "lang": view.lang}, rows)


def picture_poem(view: WorkView) -> Passed:
    """The same in few words: a poem is written from an image, not from a list."""
    zh = view.lang == "zh"
    asked = _asked(view)
    words = [re.split(r"[,.;:，。；：]", asked)[0].strip(), *seen(view)[:2]]
    named = colour_words(palette_of(view), view.lang, 2)
    text = ("，" if zh else ", ").join(dict.fromkeys(each for each in (*words, named) if each))
    rows = said(("text", text), ("palette", " ".join(palette_of(view))))
    return Passed("poetry", {"text": text, "lang": view.lang}, rows)


def palette_of(view: WorkView) -> tuple[str, ...]:
    """The picture's colours, hex; () for none."""
    given = view.data.get("palette")
    return tuple(str(each) for each in given) if isinstance(given, list | tuple) else ()


def seen(view: WorkView) -> tuple[str, ...]:
    """Its style and what stands out of its composition, in words."""
    numbers = view.data.get("numbers")
    composition = composition_words(numbers if isinstance(numbers, Mapping) else {}, view.lang)
    style = style_words(str(view.data.get("style", "")), view.lang)
    return tuple(each for each in (style, *composition) if each)


def _subject(view: WorkView) -> str:
    colours = colour_words(palette_of(view), view.lang) if palette_of(view) else ""
    if view.lang == "zh":
        return _chinese(view, colours)
    parts = ["an abstract painting"]
    parts += [f"in {colours}"] if colours else []
    told = " ".join(parts) + _after(": ", seen(view), ", ")
    asked = _asked(view)
    told += f". It shows {view.caption.rstrip('.')}" if view.caption else ""
    return told + (f". It was painted from the words: {asked}" if asked else "")


def _chinese(view: WorkView, colours: str) -> str:
    told = f"一幅{colours}的抽象画" if colours else "一幅抽象画"
    told += _after("，", seen(view), "，")
    told += f"。画中可见：{view.caption}" if view.caption else ""
    asked = _asked(view)
    return told + (f"。画的是：{asked}" if asked else "")


def _after(sign: str, words: Sequence[str], apart: str) -> str:
    return f"{sign}{apart.join(words)}" if words else ""


def _asked(view: WorkView) -> str:
    """What it was painted from: of a panel its own words, else the form's."""
    words = str(view.data.get("text") or view.asked)
    return shortened(words, LONGEST_ASKED).rstrip(".。")
