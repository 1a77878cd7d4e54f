"""Ad copy: a brief and a channel become a kit whose every field is within its limit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from studio.ads.channel import Channel
from studio.ads.channels import CHANNELS
from studio.ads.diversity import diversity
from studio.ads.phrases import AdBrief
from studio.crafts.ad_brief import brief_of
from studio.crafts.ad_copy_start import AdCopyStart
from studio.crafts.ad_kit import AdText, Candidate, as_data, checks_of, kit_of
from studio.crafts.ad_prompts import Line, lines_of, request_of
from studio.crafts.ad_trust import is_trusted
from studio.crafts.craft import Craft, Field, Inputs, Order, Output, Roster
from studio.crafts.tones import AUTO, TONES
from studio.requests import Completion

SEEDS_APART = 1000
"""Between the kits of one order: no line of a kit shares its seed with another's."""
_LONGEST_START = 60_000

FIELDS = (
    Field("brand", "text", required=True, max_length=60),
    Field("product", "text", required=True, max_length=160),
    Field("benefits", "lines", max_length=800),
    Field("channel", "choice", "google_rsa", choices=tuple(CHANNELS)),
    Field("tone", "text", AUTO, choices=TONES, max_length=60),
    Field("text", "paragraph", max_length=2000),
    Field("n", "number", 1, minimum=1, maximum=2),
    Field("audience", "text", max_length=160, advanced=True),
    Field("keyword", "text", max_length=60, advanced=True),
    Field("do_words", "lines", max_length=400, advanced=True),
    Field("dont_words", "lines", max_length=400, advanced=True),
    Field("temperature", "number", 0.5, minimum=0, maximum=1.5, step=0.05, advanced=True),
    Field("seed", "seed", 0, advanced=True),
    Field("brand_card", "text", max_length=60_000, hidden=True),
    Field("start", "text", max_length=_LONGEST_START, hidden=True),
)


def order(inputs: Inputs, roster: Roster) -> Order:
    """One small request a line that is not there yet; all lines of all kits share one batch. None
    for an edit: what is typed is only judged."""
    asked = _Asked.read(inputs)
    plan: dict[str, object] = {"channel": asked.channel.name, "tone": asked.brief.tone or AUTO}
    if not asked.lines:
        return Order((), inputs, asked.brief.lang, plan)
    card, adapter = roster.choose("writer", asked.brief.lang)
    plan["trusted"] = is_trusted(roster, card)
    temperature = float(str(inputs["temperature"]))
    requests = tuple(
        request_of(line, asked.brief, (card, adapter), asked.seed(kit) + number, temperature)
        for kit in range(asked.kits)
        for number, line in enumerate(asked.lines)
    )
    return Order(requests, inputs, asked.brief.lang, plan)


def finish(order: Order, completions: Sequence[Completion]) -> tuple[Output, ...]:
    """One kit a version: the lines that hold, filled up by rule, beside those that stay."""
    asked = replace(_Asked.read(order.inputs), trusted=bool(order.plan.get("trusted")))
    count = len(asked.lines)
    return tuple(
        _output(asked, kit, completions[kit * count : (kit + 1) * count])
        for kit in range(asked.kits)
    )


def preview(order: Order, texts: Sequence[str]) -> str:
    """The lines as they come, by field."""
    asked = _Asked.read(order.inputs)
    lines = asked.lines * asked.kits
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


@dataclass(frozen=True, slots=True)
class _Asked:
    """A filled form, read."""

    channel: Channel
    brief: AdBrief
    start: AdCopyStart
    kits: int
    first_seed: int
    trusted: bool = False

    @classmethod
    def read(cls, inputs: Inputs) -> _Asked:
        channel = CHANNELS[str(inputs["channel"])]
        start = AdCopyStart.read(str(inputs.get("start", "")), channel)
        # An ad that is worked on stays one.
        kits = 1 if start.verb else int(str(inputs["n"]))
        return cls(channel, brief_of(inputs), start, kits, int(str(inputs["seed"])))

    @property
    def lines(self) -> tuple[Line, ...]:
        """What the writer is asked: a text that stays costs no line."""
        if not self.start.writes:
            return ()
        lines = lines_of(self.channel, self.brief)
        return tuple(each for name in _names(lines) for each in self._open(name, lines))

    def seed(self, kit: int) -> int:
        return self.first_seed + SEEDS_APART * kit

    def _open(self, name: str, lines: Sequence[Line]) -> list[Line]:
        mine = [each for each in lines if each.field.name == name]
        kept = sum(each.name == name for each in self.start.kept)
        return [] if kept >= mine[0].field.most else mine[kept:]


def _names(lines: Sequence[Line]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(each.field.name for each in lines))


def _candidates(lines: Sequence[Line], completions: Sequence[Completion]) -> list[Candidate]:
    return [
        Candidate(line.field.name, line.angle, completion.text)
        for line, completion in zip(lines, completions, strict=True)
    ]


def _output(asked: _Asked, kit: int, completions: Sequence[Completion]) -> Output:
    channel, brief = asked.channel, asked.brief
    rows = _rows(asked, completions)
    data: Mapping[str, object] = {
        "channel": channel.name,
        "source": channel.source,
        "checked": channel.checked_on,
        "unsure": channel.unsure,
        "lang": brief.lang,
        "fields": as_data(rows),
        "diversity": diversity([each.text for each in rows]),
        "by_model": sum(each.by == "model" for each in rows),
        "asked": len(completions),
    }
    title = f"{brief.brand}: {brief.product}" if brief.lang == "en" else brief.brand + brief.product
    checks = checks_of(channel, brief, rows)
    return Output(markdown(rows), title, data=data, checks=checks, seed=asked.seed(kit))


def _rows(asked: _Asked, completions: Sequence[Completion]) -> tuple[AdText, ...]:
    """The texts of one ad, in the channel's order of fields."""
    if not asked.start.writes:
        places = [each.name for each in asked.channel.fields]
        return tuple(sorted(asked.start.rows, key=lambda each: places.index(each.name)))
    candidates = _candidates(asked.lines, completions)
    return kit_of(
        asked.channel,
        asked.brief,
        candidates,
        trusted=asked.trusted,
        locked=asked.start.kept,
    )


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
