"""Ad copy: a brief and a channel become a kit whose every field is within its limit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from studio.ads.channel import Channel
from studio.ads.channels import CHANNELS
from studio.ads.phrases import AdBrief
from studio.crafts.ad_kit import AdText, Candidate, as_data, checks_of, kit_of
from studio.crafts.ad_prompts import Line, constraint_of, lines_of, messages_of
from studio.crafts.craft import Craft, Field, Inputs, Order, Output, Roster
from studio.crafts.form import spoken_language
from studio.crafts.tones import AUTO, TONES, resolved_tone
from studio.requests import Completion, Request, Sampling

SEEDS_APART = 1000
"""Between the kits of one order: no line of a kit shares its seed with another's."""

FIELDS = (
    Field("brand", "text", required=True, max_length=60),
    Field("product", "text", required=True, max_length=160),
    Field("benefits", "lines", max_length=800),
    Field("channel", "choice", "google_rsa", choices=tuple(CHANNELS)),
    Field("tone", "text", AUTO, choices=TONES, max_length=60),
    Field("text", "paragraph", max_length=2000),
    Field("n", "number", 1, minimum=1, maximum=2),
    Field("audience", "text", max_length=160, advanced=True),
    Field("do_words", "lines", max_length=400, advanced=True),
    Field("dont_words", "lines", max_length=400, advanced=True),
    Field("temperature", "number", 0.5, minimum=0, maximum=1.5, step=0.05, advanced=True),
    Field("seed", "seed", 0, advanced=True),
)


def order(inputs: Inputs, roster: Roster) -> Order:
    """One small request a line; all lines of all kits share one batch."""
    brief, channel = _brief(inputs), CHANNELS[str(inputs["channel"])]
    card, adapter = roster.choose("writer", brief.lang)
    first = int(str(inputs["seed"]))
    requests = tuple(
        Request(
            card=card,
            adapter=adapter,
            seed=first + SEEDS_APART * kit + number,
            messages=messages_of(line, brief, tuned=adapter is not None),
            sampling=_sampling(line, inputs),
            constraint=constraint_of(line, brief),
            must_hold=False,
        )
        for kit in range(_kits(inputs))
        for number, line in enumerate(lines_of(channel, brief))
    )
    plan = {"channel": channel.name, "tone": brief.tone or AUTO}
    return Order(requests, inputs, brief.lang, plan)


def finish(order: Order, completions: Sequence[Completion]) -> tuple[Output, ...]:
    """One kit a version: the lines that hold, filled up by rule."""
    brief, channel = _brief(order.inputs), CHANNELS[str(order.inputs["channel"])]
    lines = lines_of(channel, brief)
    return tuple(
        _output(channel, brief, _candidates(lines, completions[at : at + len(lines)]), request.seed)
        for at, request in list(enumerate(order.requests))[:: len(lines)]
    )


def preview(order: Order, texts: Sequence[str]) -> str:
    """The lines as they come, by field."""
    brief, channel = _brief(order.inputs), CHANNELS[str(order.inputs["channel"])]
    lines = lines_of(channel, brief) * _kits(order.inputs)
    shown = ((line.field.name, text.strip()) for line, text in zip(lines, texts, strict=True))
    return "\n".join(f"{name}: {text}" for name, text in shown if text)


def markdown(kit: Sequence[AdText]) -> str:
    """The kit to read: fields as headings, texts with their counters."""
    return "\n".join(_markdown_lines(kit)).strip()


def _markdown_lines(kit: Sequence[AdText]) -> Iterator[str]:
    for name, texts in groupby(kit, key=lambda each: each.name):
        yield f"### {name.replace('_', ' ')}"
        yield from (f"- {each.text}  ({each.used}/{each.limit})" for each in texts)
        yield ""


def _kits(inputs: Inputs) -> int:
    return int(str(inputs["n"]))


def _brief(inputs: Inputs) -> AdBrief:
    typed = " ".join((str(inputs["brand"]), str(inputs["product"]), *_lines(inputs, "benefits")))
    return AdBrief(
        brand=str(inputs["brand"]),
        product=str(inputs["product"]),
        benefits=_lines(inputs, "benefits"),
        lang=spoken_language(f"{typed} {inputs['text']}", str(inputs.get("lang", AUTO))),
        tone=resolved_tone(str(inputs["tone"]), str(inputs["text"])),
        audience=str(inputs["audience"]),
        do_words=_lines(inputs, "do_words"),
        dont_words=_lines(inputs, "dont_words"),
        text=str(inputs["text"]),
    )


def _lines(inputs: Inputs, name: str) -> tuple[str, ...]:
    value = inputs[name]
    return tuple(str(each) for each in value) if isinstance(value, list | tuple) else ()


def _sampling(line: Line, inputs: Inputs) -> Sampling:
    """A budget in tokens that no text within the limit can exceed: a token is at least one wide."""
    return Sampling(
        temperature=float(str(inputs["temperature"])),
        top_p=0.9,
        top_k=40,
        min_p=0.05,
        no_repeat_ngram=4,
        max_tokens=min(line.field.limit, 280) // 2 + 8,
        stop=("\n",),
    )


def _candidates(lines: Sequence[Line], completions: Sequence[Completion]) -> list[Candidate]:
    return [
        Candidate(line.field.name, line.angle, completion.text)
        for line, completion in zip(lines, completions, strict=True)
    ]


def _output(channel: Channel, brief: AdBrief, candidates: Sequence[Candidate], seed: int) -> Output:
    kit = kit_of(channel, brief, candidates)
    data: Mapping[str, object] = {
        "channel": channel.name,
        "source": channel.source,
        "checked": channel.checked,
        "lang": brief.lang,
        "fields": as_data(kit),
        "by_model": sum(each.by == "model" for each in kit),
        "asked": len(candidates),
    }
    title = f"{brief.brand}: {brief.product}" if brief.lang == "en" else brief.brand + brief.product
    checks = checks_of(channel, brief, kit)
    return Output(markdown(kit), title, data=data, checks=checks, seed=seed)


CRAFT = Craft(
    name="ad_copy",
    output="ad",
    fields=FIELDS,
    order=order,
    finish=finish,
    preview=preview,
    examples=(
        {
            "brand": "Morrow",
            "product": "refillable steel water bottle for hikers",
            "benefits": ("keeps cold 24 h", "repairable cap", "made from recycled steel"),
            "channel": "google_rsa",
            "tone": "warm",
        },
        {
            "brand": "Tinder & Oak",
            "product": "weekend wood-carving course",
            "benefits": ("small groups", "tools included"),
            "channel": "meta_feed",
            "tone": "playful",
        },
        {
            "brand": "半亩茶",
            "product": "冷泡乌龙茶包",
            "benefits": ("冷水三分钟", "无糖", "可降解茶袋"),
            "channel": "xiaohongshu",
            "tone": "诗意",
            "lang": "zh",
        },
        {
            "brand": "慢修",
            "product": "家电维修上门服务",
            "benefits": ("当天上门", "明码标价"),
            "channel": "google_rsa",
            "tone": "诚恳",
            "lang": "zh",
        },
    ),
)
