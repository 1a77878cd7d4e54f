"""Poetry: an idea becomes verse whose form is held while it is written, with a verdict per line.

Chinese forms are written by the verse model (role "verse") from theme words, English ones by the
writer (role "writer"). More poems are drawn than asked for; those that keep their form and read
best are shown.
"""

from __future__ import annotations

from collections.abc import Sequence
from types import MappingProxyType
from typing import cast

from studio.crafts import poem_en, poem_zh
from studio.crafts.craft import Check, Craft, Field, Inputs, Order, Output, Roster
from studio.crafts.form import spoken_language
from studio.crafts.poem_en import EnglishPoem
from studio.crafts.poem_zh import HAN, ChinesePoem
from studio.requests import Completion, Request
from studio.verse.verdict import Verdict
from studio.verse.zh_lexicon import BOOKS, Book

AUTO = "auto"
Poem = ChinesePoem | EnglishPoem
CANDIDATES, MOST_CANDIDATES = 8, 16
"""So many poems are drawn for each one that is kept; a batch costs little more than one row."""
LONG_FORM_LINES, LONG_FORM_CANDIDATES = 12, 2

FIELDS = (
    Field("text", "paragraph", required=True, max_length=500),
    Field("form", "choice", AUTO, choices=(AUTO, *poem_en.FORMS, *poem_zh.FORMS)),
    Field("n", "number", 1, minimum=1, maximum=4),
    Field("temperature", "number", 0.7, minimum=0.1, maximum=1.5, step=0.05, advanced=True),
    Field("rhyme_book", "choice", "both", choices=BOOKS, advanced=True),
    Field("seed", "seed", 0, advanced=True),
)


def order(inputs: Inputs, roster: Roster) -> Order:
    """More poems than are asked for, of one form on one idea.

    Raises InvalidInput (the letters of an acrostic or 藏头诗) or NotReady.
    """
    poem = _poem(inputs)
    card, adapter = roster.choose(poem.role, poem.lang)
    first = _int(inputs, "seed")
    requests = tuple(
        Request(
            card=card,
            adapter=adapter,
            seed=first + number,
            prompt=poem.prompt,
            messages=poem.messages,
            sampling=poem.sampling(float(str(inputs["temperature"]))),
            constraint=poem.constraint,
        )
        for number in range(_drawn(poem, _int(inputs, "n")))
    )
    return Order(requests, inputs, poem.lang, poem.plan())


def finish(order: Order, completions: Sequence[Completion]) -> tuple[Output, ...]:
    """The best of the poems drawn, in the order of their seeds."""
    poem = _poem(order.inputs)
    seeds = [request.seed for request in order.requests]
    outputs = [
        _output(poem, each.text, seed) for each, seed in zip(completions, seeds, strict=True)
    ]
    ranked = sorted(outputs, key=lambda output: -_rank(poem, output))
    best = _different(ranked)[: _int(order.inputs, "n")]
    return tuple(sorted(best, key=lambda output: output.seed))


def preview(order: Order, texts: Sequence[str]) -> str:
    """The poems so far, as many as were asked for."""
    poem = _poem(order.inputs)
    shown = texts[: _int(order.inputs, "n")]
    return "\n\n".join(poem.text(poem.lines(text)) for text in shown)


def form_of(inputs: Inputs) -> str:
    """The chosen form; "auto" is a haiku or a 七言绝句. An acrostic in Chinese is a 藏头诗."""
    text, form = str(inputs["text"]), str(inputs["form"])
    if form == "acrostic" and HAN.search(text):
        return poem_zh.HIDDEN_HEAD
    if form != AUTO:
        return form
    lang = spoken_language(text, str(inputs.get("lang", AUTO)))
    return "七言绝句" if lang == "zh" else "haiku"


def _poem(inputs: Inputs) -> Poem:
    form, idea = form_of(inputs), str(inputs["text"])
    if form in poem_en.FORMS:
        return EnglishPoem.of(form, idea)
    return ChinesePoem.of(form, idea, cast(Book, inputs["rhyme_book"]))


def _drawn(poem: Poem, wanted: int) -> int:
    lines = len(poem.form.lines) if isinstance(poem, EnglishPoem) and poem.form else 0
    each = LONG_FORM_CANDIDATES if lines > LONG_FORM_LINES else CANDIDATES
    return max(wanted, min(each * wanted, MOST_CANDIDATES))


def _output(poem: Poem, text: str, seed: int) -> Output:
    lines = poem.lines(text)
    checks = tuple(_check(each) for each in poem.verdicts(lines))
    data = {"form": poem.plan()["form"], "lines": list(lines), "lang": poem.lang}
    return Output(poem.text(lines), poem.title(), data=data, checks=checks, seed=seed)


def _check(verdict: Verdict) -> Check:
    """The line's number stands before the facts: "2 · 7/7"."""
    facts = f"{verdict.line} · {verdict.facts}" if verdict.line else verdict.facts
    return Check(verdict.name, verdict.passed, facts)


def _rank(poem: Poem, output: Output) -> float:
    """A kept form before all else, then how it reads."""
    failed = sum(not check.passed for check in output.checks)
    return poem.merit(cast("list[str]", output.data["lines"])) - 10 * failed


def _different(outputs: Sequence[Output]) -> list[Output]:
    """Equal poems (low temperatures) last."""
    first = list({output.text: output for output in reversed(outputs)}.values())[::-1]
    return first + [each for each in outputs if each not in first]


def _int(inputs: Inputs, name: str) -> int:
    return int(float(str(inputs[name])))


CRAFT = Craft(
    name="poetry",
    output="text",
    fields=FIELDS,
    order=order,
    finish=finish,
    preview=preview,
    examples=tuple(
        MappingProxyType(each)
        for each in (
            {"text": "first frost on the tram lines", "form": "haiku"},
            {"text": "江上夜雨，客舟孤灯", "form": "五言绝句"},
            {"text": "在秋日的黄昏，一片金色的落叶，在风中飘舞", "form": "七言绝句"},
            {"text": "a graphic designer who hated beige", "form": "limerick"},
            {"text": "春日茶园", "form": "词·浣溪沙"},
            {"text": "创意无限", "form": "藏头诗"},
            {"text": "STUDIO", "form": "acrostic"},
            {"text": "a city that forgets its rivers", "form": "couplet"},
        )
    ),
)
