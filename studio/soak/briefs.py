"""What simulated people ask for: forms of every craft, and things that are no forms at all."""

from __future__ import annotations

import io
import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from PIL import Image

Draw = random.Random
Inputs = dict[str, Any]

SUBJECTS = (
    "a lighthouse keeper and a letter", "rain on the market roof", "the last tram home",
    "two sisters and a violin", "a bakery before dawn", "the old orchard",
)  # fmt: skip
SUBJECTS_ZH = ("雨后的渡口", "灯下的旧信", "山中的茶馆", "江上初雪", "卖花的老人", "秋天的火车")
KINDS = ("story", "scene", "dialogue", "news", "character", "description")
FORMS = ("haiku", "couplet", "limerick", "quatrain_abab")
FORMS_ZH = ("五言绝句", "七言绝句", "词·如梦令")
FINISHES = ("oil", "gouache", "ink", "risograph", "vector")
ABC = "X:1\nT:{title}\nM:4/4\nL:1/8\nK:{key}\nCDEF G2A2|B2c2 d4|e2d2 c2B2|{end}8|]\n"


def a_form(draw: Draw, mark: str) -> tuple[str, Inputs]:
    """(craft, inputs) that a person would send; the mark is among what they wrote."""
    craft = draw.choice(("writing", "writing", "poetry", "melody", "image", "ad_copy"))
    return craft, {**_FORMS[craft](draw, mark), "seed": draw.randint(1, 2**31 - 1)}


def a_kit(draw: Draw, mark: str) -> Inputs:
    """A whole kit, one channel only: what takes longest."""
    return {**_ad(draw, mark), "channel": ["meta_feed"], "seed": draw.randint(1, 10**6)}


def _subject(draw: Draw, mark: str) -> str:
    return f"{mark} {draw.choice((*SUBJECTS, *SUBJECTS_ZH))}"


def _writing(draw: Draw, mark: str) -> Inputs:
    form = {"text": _subject(draw, mark), "kind": draw.choice(KINDS), "length": "short"}
    return {**form, "n": draw.choice((1, 1, 2)), "lang": draw.choice(("auto", "en", "zh"))}


def _poetry(draw: Draw, mark: str) -> Inputs:
    if draw.random() < 0.4:
        return {"text": f"{draw.choice(SUBJECTS_ZH)} {mark}", "form": draw.choice(FORMS_ZH)}
    return {"text": f"{draw.choice(SUBJECTS)} {mark}", "form": draw.choice(FORMS)}


def _melody(draw: Draw, mark: str) -> Inputs:
    return {"text": _subject(draw, mark), "bars": draw.choice((4, 8)), "n": draw.choice((1, 2))}


def _image(draw: Draw, mark: str) -> Inputs:
    finish = draw.choice(FINISHES)
    return {"text": _subject(draw, mark), "n": draw.choice((1, 2)), "size": "256", "finish": finish}


def _ad(draw: Draw, mark: str) -> Inputs:
    brand = {"brand": f"House {mark}", "product": draw.choice(("tea", "shoes", "coffee to go"))}
    return {**brand, "benefits": "warm\nhand made", "text": draw.choice(SUBJECTS)}


def _ad_copy(draw: Draw, mark: str) -> Inputs:
    return {**_ad(draw, mark), "channel": draw.choice(("google_rsa", "meta_feed", "x"))}


_FORMS: Mapping[str, Callable[[Draw, str], Inputs]] = MappingProxyType(
    {
        "writing": _writing,
        "poetry": _poetry,
        "melody": _melody,
        "image": _image,
        "ad_copy": _ad_copy,
    }
)


@dataclass(frozen=True, slots=True)
class Wrong:
    """A request that no server may take."""

    name: str
    path: str
    sent: Mapping[str, Any]
    """What httpx is given beside method and path."""


def something_wrong(draw: Draw, mark: str) -> Wrong:
    """One of the things that go wrong at a door."""
    return draw.choice(_wrong_things(draw, mark))


def _wrong_things(draw: Draw, mark: str) -> Sequence[Wrong]:
    noise = draw.randbytes(400)
    writing = "/api/generate/writing"
    return (
        Wrong("no_field", writing, {"json": {"text": mark, "colour": "red"}}),
        Wrong("required", writing, {"json": {"text": "  "}}),
        Wrong("too_long", writing, {"json": {"text": mark * 2000}}),
        Wrong("no_choice", writing, {"json": {"text": mark, "kind": "opera"}}),
        Wrong("no_number", "/api/generate/image", {"json": {"text": mark, "n": "many"}}),
        Wrong("broken_json", writing, {"content": b'{"text": "' + mark.encode()}),
        Wrong("deep_json", writing, {"content": b'{"text":' + b"[" * 50_000}),
        Wrong("no_object", writing, {"json": [mark]}),
        Wrong("no_craft", "/api/generate/opera", {"json": {"text": mark}}),
        Wrong("huge_body", writing, {"content": b" " * 1_200_000}),
        Wrong("no_picture", "/api/uploads", {"content": noise}),
        Wrong("cut_picture", "/api/uploads", {"content": a_picture(draw)[:60]}),
        Wrong("no_melody", "/api/melodies?name=x.mid", {"content": b"MThd" + noise}),
        Wrong("no_arms", "/api/duels", {"json": {"craft": "writing", "inputs": {"text": mark}}}),
        Wrong("no_duel", "/api/duels/none/vote", {"json": {"choice": "a"}}),
        Wrong("bad_start", "/api/generate/image", {"json": {"text": mark, "start": "{" * 900}}),
        Wrong("no_messages", "/v1/chat/completions", {"json": {"messages": []}}),
        Wrong("no_model", "/v1/chat/completions", {"json": a_chat(draw, mark, "base/none")}),
    )


def a_picture(draw: Draw) -> bytes:
    """A small PNG."""
    size = draw.choice((24, 64, 120)), draw.choice((24, 64, 120))
    image = Image.new("RGB", size, tuple(draw.randbytes(3)))
    image.paste(tuple(draw.randbytes(3)), (4, 4, 16, 16))
    file = io.BytesIO()
    image.save(file, "PNG")
    return file.getvalue()


def a_tune(draw: Draw, mark: str) -> bytes:
    """A short melody as ABC, the mark in its title."""
    return ABC.format(title=mark, key=draw.choice("CDGAF"), end=draw.choice("CEG")).encode()


def a_chat(draw: Draw, mark: str, model: str = "") -> Inputs:
    """The body of a chat completion."""
    said = [{"role": "user", "content": f"Say something about {_subject(draw, mark)}."}]
    tokens = draw.randint(8, 40)
    return {"model": model, "messages": said, "seed": draw.randint(1, 10**6), "max_tokens": tokens}
