"""Poetry: an idea becomes verse whose form is held while it is written, with a verdict per line.

Chinese forms are written by the verse model (role "verse") from theme words, English ones and free
Chinese verse by the writer (role "writer"). More poems are drawn than asked for, in one batch;
those that keep their form and read best are shown, the others are their alternatives.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from types import MappingProxyType
from typing import cast

from studio.crafts import poem_en, poem_free_zh, poem_zh
from studio.crafts.craft import (
    BETWEEN_VERSIONS,
    Check,
    Craft,
    Field,
    Inputs,
    Order,
    Output,
    Roster,
)
from studio.crafts.form import spoken_language
from studio.crafts.poem_answer import ANSWER, CoupletAnswer
from studio.crafts.poem_en import EnglishPoem
from studio.crafts.poem_free_zh import FreeChinesePoem
from studio.crafts.poem_zh import HAN, ChinesePoem
from studio.requests import Completion, Request
from studio.verse.verdict import Verdict
from studio.verse.zh_lexicon import BOOKS, Book

AUTO = "auto"
Poem = ChinesePoem | CoupletAnswer | FreeChinesePoem | EnglishPoem
MOST_CANDIDATES = 16
LONG_FORM_CANDIDATES = 2
FAILED = 10.0
"""What one failed verdict costs, in units of a poem's merit: more than any poem's."""
REPORTED = frozenset(("parallel", "stress"))
"""Verdicts that are told but are no part of the form: they weigh in a poem's merit."""
LIKELIHOOD = 0.5
"""What a nat of the model's own mean log-probability is worth."""
COVERAGE = 6.0
"""What nearness to the idea (cosine by the text encoder) is worth."""
CHINESE_FORMS = (*poem_zh.FORMS[:6], ANSWER, *poem_free_zh.FORMS, *poem_zh.FORMS[6:])

FIELDS = (
    Field("text", "paragraph", required=True, max_length=500),
    Field("form", "choice", AUTO, choices=(AUTO, *poem_en.FORMS, *CHINESE_FORMS)),
    Field("n", "number", 1, minimum=1, maximum=4),
    Field("temperature", "number", 0.7, minimum=0.1, maximum=1.5, step=0.05, advanced=True),
    Field("rhyme_book", "choice", "both", choices=BOOKS, advanced=True),
    Field("known_rhymes", "toggle", True, advanced=True),
    Field("seed", "seed", 0, advanced=True),
)


def order(inputs: Inputs, roster: Roster) -> Order:
    """More poems than are asked for, of one form on one idea.

    Raises InvalidInput (the letters of an acrostic or 藏头诗, the line of a 对下联) or NotReady.
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
            messages=poem.messages(tuned=adapter is not None),
            sampling=poem.sampling(float(str(inputs["temperature"]))),
            constraint=poem.constraint,
        )
        for number in range(_drawn(poem, _int(inputs, "n"), roster.drafts(card)))
    )
    return Order(requests, inputs, poem.lang, poem.plan())


def finish(order: Order, completions: Sequence[Completion]) -> tuple[Output, ...]:
    """The best of the poems drawn, in the order of their seeds; the others in their data."""
    poem, wanted = _poem(order.inputs), _int(order.inputs, "n")
    drawn = [
        (_output(poem, completion.text, request.seed), completion)
        for request, completion in zip(order.requests, completions, strict=True)
    ]
    ranked = _different(_ranked(poem, drawn))
    best, rest = ranked[:wanted], ranked[wanted:]
    shown = [_with(output, rest[at::wanted], len(drawn)) for at, output in enumerate(best)]
    return tuple(sorted(shown, key=lambda output: output.seed))


def preview(order: Order, texts: Sequence[str]) -> str:
    """The poems so far, as many as were asked for."""
    poem = _poem(order.inputs)
    shown = texts[: _int(order.inputs, "n")]
    return BETWEEN_VERSIONS.join(poem.text(poem.lines(text)) for text in shown)


def brief(inputs: Inputs) -> str:
    """What the poem is to be about."""
    return str(inputs["text"])


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
    book = cast(Book, inputs["rhyme_book"])
    if form in poem_en.FORMS:
        return EnglishPoem.of(form, idea, known_rhymes=bool(inputs.get("known_rhymes", True)))
    if form == ANSWER:
        return CoupletAnswer.of(idea, book)
    if form in poem_free_zh.FORMS:
        return FreeChinesePoem(idea, form)
    return ChinesePoem.of(form, idea, book)


def _drawn(poem: Poem, wanted: int, each: int) -> int:
    """How many poems: a batch costs a small model little more than one row."""
    each = min(each, LONG_FORM_CANDIDATES) if poem.is_long else each
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


def _ranked(poem: Poem, drawn: Sequence[tuple[Output, Completion]]) -> list[Output]:
    """Best first. A person who stopped keeps what they saw: the first that has text."""
    if any(completion.cut_short for _, completion in drawn):
        return sorted((output for output, _ in drawn), key=lambda output: not output.text)
    ranks = sorted(drawn, key=lambda each: -_rank(poem, *each))
    return [output for output, _ in ranks]


def _rank(poem: Poem, output: Output, completion: Completion) -> float:
    """A kept form before all else, then how it reads, how likely it is, how near the idea."""
    failed = sum(not check.passed for check in output.checks if check.name not in REPORTED)
    reads = poem.merit(cast("list[str]", output.data["lines"]))
    likely = LIKELIHOOD * (completion.mean_logprob or 0.0)
    near = COVERAGE * (completion.coverage or 0.0)
    return reads + likely + near - FAILED * failed


def _different(outputs: Sequence[Output]) -> list[Output]:
    """Equal poems (low temperatures) last."""
    first = list({output.text: output for output in reversed(outputs)}.values())[::-1]
    return first + [each for each in outputs if each not in first]


def _with(output: Output, others: Sequence[Output], drawn: int) -> Output:
    """A poem with the others that were drawn, best first, and how many were."""
    different = {each.text: each for each in reversed(others) if each.text not in ("", output.text)}
    alternatives = [_alternative(each) for each in reversed(different.values())]
    return replace(output, data={**output.data, "drafts": drawn, "alternatives": alternatives})


def _alternative(output: Output) -> Mapping[str, object]:
    """A poem that is not shown first, JSON-able."""
    return {
        "text": output.text,
        "title": output.title,
        "seed": output.seed,
        "checks": [asdict(check) for check in output.checks],
    }


def _int(inputs: Inputs, name: str) -> int:
    return int(float(str(inputs[name])))


CRAFT = Craft(
    name="poetry",
    output="text",
    fields=FIELDS,
    order=order,
    finish=finish,
    preview=preview,
    brief=brief,
    examples=tuple(
        MappingProxyType(each)
        for each in (
            {"text": "first frost on the tram lines", "form": "haiku"},
            {"text": "江上夜雨，客舟孤灯", "form": "五言绝句"},
            {"text": "在秋日的黄昏，一片金色的落叶，在风中飘舞", "form": "七言绝句"},
            {"text": "a graphic designer who hated beige", "form": "limerick"},
            {"text": "春日茶园", "form": "词·浣溪沙"},
            {"text": "创意无限", "form": "藏头诗"},
            {"text": "小楼听雨，旧友来信", "form": "词·蝶恋花"},
            {"text": "海阔凭鱼跃", "form": "对下联"},
            {"text": "STUDIO", "form": "acrostic"},
            {"text": "a city that forgets its rivers", "form": "couplet"},
        )
    ),
)
