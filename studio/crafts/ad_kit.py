"""From candidate lines to a kit: what holds stays, what is missing is made by rule."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import pairwise
from types import MappingProxyType

from studio.ads.angles import alternating, angle_of, side_of
from studio.ads.channel import AdField, Channel
from studio.ads.compliance import HEADLINES, Verdict, exclamations, verdicts
from studio.ads.grounding import content_words, invented, mentions, near_equal, strange
from studio.ads.phrases import AdBrief, phrases
from studio.ads.plausible import plausible
from studio.crafts.ad_examples import TOPICS
from studio.crafts.craft import Check

WANTED: Mapping[str, int] = MappingProxyType(
    {
        "headline": 8,
        "description": 3,
        "long_headline": 2,
        "primary_text": 3,
        "promotional_text": 2,
        "subject": 3,
        "preheader": 2,
        "subtitle": 2,
        "title": 3,
        "post": 2,
        "path": 2,
        "cta": 1,
        "slogan": 1,
        "hashtag": 5,
    }
)
"""How many texts of a field a kit has at least where the channel takes them; more when the model
wrote more that hold. The channel's own minimum always holds."""
LEAST_SENTENCE = 24
"""A description shorter than this says too little."""
EXAMPLE_WORDS = content_words(TOPICS)
SHORT = 45
"""Fields up to this width are phrases, longer ones are sentences."""
_BROKEN_OFF = re.compile(r"(?:[^\w.!?…%°\"'”’)\]。！？”》」]|['’]s)\s*\Z")
"""An opening bracket, a comma, a possessive: something should have followed."""
_DANGLING = re.compile(
    r"\b(?:a|an|the|of|to|for|and|or|with|your|our|his|her|their|its|is|are|in|on|at|from|by|as|that"
    r"|new|more|very|so|not|but|made)\Z",
    re.IGNORECASE,
)
_HAN = re.compile(r"[\u4e00-\u9fff]+")
_ENDED = re.compile(r"[.!?。！？…]\Z")
_LABEL = re.compile(
    r"\A\s*(?:headline|slogan|description|ad text|post|title|标题|口号|描述|正文)\s*[:：]\s*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class AdText:
    """One text of a kit."""

    name: str
    text: str
    used: int
    limit: int
    angle: str
    by: str
    """"model", or "rule" when it was made from the brief by rule."""
    locked: bool = False
    """Whether the person keeps it as it is."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """What the writer gave for one line."""

    field: str
    angle: str
    text: str


def kit_of(
    channel: Channel,
    brief: AdBrief,
    candidates: Sequence[Candidate],
    *,
    trusted: bool = False,
    locked: Sequence[AdText] = (),
) -> tuple[AdText, ...]:
    """The channel's fields in order, each within its limits and at or above its minimum.
    `trusted`: the writer is large enough to be let say things in words of its own. `locked`: texts
    that stay as they are."""
    kit: list[AdText] = []
    for field in channel.fields:
        texts = (_written(field, each) for each in candidates if each.field == field.name)
        good = [e for e in texts if holds(channel, field, e.text, brief, trusted=trusted)]
        kept = [each for each in locked if each.name == field.name]
        kit += _filled(channel, field, brief, good, kept)
    return tuple(kit)


def wanted(field: AdField) -> int:
    """How many texts of a field a kit has at least."""
    return max(field.least, min(field.most, WANTED.get(field.name, field.least)))


def checks_of(channel: Channel, brief: AdBrief, kit: Sequence[AdText]) -> tuple[Check, ...]:
    """One check a rule over the whole kit, with what broke it; then count and grounding."""
    found: dict[str, list[Verdict]] = {}
    for each in kit:
        for verdict in _verdicts(channel, channel.field(each.name), each.text, brief):
            found.setdefault(verdict.rule, []).append(verdict)
    whole = exclamations([each.text for each in kit])
    found[whole.rule] = [whole]
    rules = tuple(_summed(rule, verdicts) for rule, verdicts in found.items())
    return (*rules, _complete(channel, kit), _grounded(brief, kit), _distinct(kit))


def as_data(kit: Iterable[AdText]) -> list[dict[str, object]]:
    """JSON-able rows for the page and the files."""
    return [asdict(each) for each in kit]


def tidied(text: str, field: AdField) -> str:
    """The first line, without label, quotes and a headline's full stop."""
    line = next((each for each in text.strip().split("\n") if each.strip()), "")
    line = " ".join(_LABEL.sub("", line).split()).strip("\"“”'`*# ")
    if field.name in HEADLINES:
        line = re.sub(r"(?<![.!?])[.。,，;；:：]\Z", "", line)
    elif not _ENDED.search(line):
        line = _to_clause(line)
    return line[:1].upper() + line[1:]


def _to_clause(line: str) -> str:
    """A sentence that ran out of room, back to its last full stop, else to its last comma."""
    stops = [hit.end() for hit in re.finditer(r"[.!?](?=\s)|[。！？]", line)]
    if stops and stops[-1] * 3 >= len(line):
        return line[: stops[-1]]
    commas = [hit.start() for hit in re.finditer(r"[,;](?=\s)|[，；]", line)]
    if not commas or commas[-1] * 2 < len(line):
        return line
    return line[: commas[-1]] + ("。" if line[commas[-1]] in "，；" else ".")


def _filled(
    channel: Channel,
    field: AdField,
    brief: AdBrief,
    written: Sequence[AdText],
    locked: Sequence[AdText],
) -> list[AdText]:
    # The sort is stable: of equally grounded lines the angles keep their order, so they alternate.
    holding = sorted(written, key=lambda each: -min(2, mentions(each.text, brief.said)))
    by_rule = list(_by_rule(channel, field, brief))
    # The plainest comes first: whoever reads one line reads what speaks for the product.
    first = by_rule[: 1 if field.most > 1 or not holding else 0]
    kept = list(locked[: field.most])
    kept += [each for each in first if len(kept) < field.most and _is_new(field, each, kept)]
    own = [each for each in holding if _is_new(field, each, kept)]
    kept += _unlike(own, kept, field.most - len(kept))
    for made in by_rule:
        # "Come and see" alone says nothing of the product: better one text less.
        needed = len(kept) < field.least or mentions(made.text, brief.said) > 0
        if needed and len(kept) < wanted(field) and _is_new(field, made, kept):
            kept.append(made)
    return _with_a_short_one(field, kept, by_rule)


def _is_new(field: AdField, text: AdText, kept: Sequence[AdText]) -> bool:
    return not any(_same(field, text.text, each.text) for each in kept)


def _with_a_short_one(
    field: AdField, kept: list[AdText], by_rule: Sequence[AdText]
) -> list[AdText]:
    """One of them no longer than the channel asks, in the place of the last that is not locked."""
    if not field.one_within or any(each.used <= field.one_within for each in kept):
        return kept
    short = next(
        (e for e in by_rule if e.used <= field.one_within and _is_new(field, e, kept)), None
    )
    free = [at for at, each in enumerate(kept) if not each.locked]
    if short is None or (len(kept) >= field.most and not free):
        return kept
    if len(kept) < field.most:
        return [*kept, short]
    return [short if at == free[-1] else each for at, each in enumerate(kept)]


def holds(
    channel: Channel, field: AdField, text: str, brief: AdBrief, *, trusted: bool = False
) -> bool:
    """Whether a model's line may stand: it fits, breaks no rule, speaks of the product, invents
    nothing, uses no word the person does not want, and is no example given back. Of a small writer
    it must also stay with the brief's own words (`plausible`)."""
    return (
        field.fits(text)
        and all(each.passed for each in _verdicts(channel, field, text, brief))
        and mentions(text, " ".join((brief.product, *brief.benefits))) > 0
        and not invented(text, brief.said)
        and len(strange(text, brief.said)) <= (0 if field.limit <= SHORT else 2)
        and not _leaked(text, brief)
        and not _stutters(text)
        and _finished(field, text)
        and not _ran_out(field, text, brief)
        and (trusted or _stays(text, brief))
    )


def _stays(text: str, brief: AdBrief) -> bool:
    return plausible(text, brief.said, (*brief.points, brief.product), brief.lang)


def _leaked(text: str, brief: AdBrief) -> bool:
    """Whether a word came from the examples that the writer was shown, not from the brief."""
    return bool(content_words(text) & (EXAMPLE_WORDS - content_words(brief.said)))


def _stutters(text: str) -> bool:
    """Whether a meaningful word comes a third time ("a handle, a handle and a handle")."""
    words = [each for each in re.findall(r"[a-z']+", text.casefold()) if content_words(each)]
    pairs = [pair for run in _HAN.findall(text) for pair in map("".join, pairwise(run))]
    return any(count > 2 for count in Counter([*words, *pairs]).values())


def _finished(field: AdField, text: str) -> bool:
    """Sentences end; a phrase does not break off at a small word."""
    if field.limit > SHORT and field.name not in HEADLINES:
        return bool(_ENDED.search(text)) and field.used(text) >= LEAST_SENTENCE
    whole = text.count("(") == text.count(")")
    return whole and not _BROKEN_OFF.search(text) and not _DANGLING.search(text)


def _ran_out(field: AdField, text: str, brief: AdBrief) -> bool:
    """A phrase that fills its room to the brim was probably cut: unless it ends with a mark or
    with a word of the brief."""
    if field.used(text) < field.limit - 2 or not text[-1:].isalnum():
        return False
    last = text.split()[-1]
    return brief.lang == "en" and not content_words(last) & content_words(brief.said)


def _verdicts(channel: Channel, field: AdField, text: str, brief: AdBrief) -> tuple[Verdict, ...]:
    return verdicts(
        channel,
        field,
        text,
        brief.lang,
        brief.said,
        claims=brief.claims,
        dont_words=brief.dont_words,
    )


def _written(field: AdField, candidate: Candidate) -> AdText:
    # One "!" is allowed in a whole ad; what is written here leaves it to the person.
    text = tidied(candidate.text, field).replace("!", ".").replace("！", "。")
    return AdText(field.name, text, field.used(text), field.limit, candidate.angle, "model")


def _by_rule(channel: Channel, field: AdField, brief: AdBrief) -> Iterator[AdText]:
    """Rule-made texts that break no rule, an angle a turn, then the ones that only the person's
    words break."""
    made = [(text, angle_of(text, brief)) for text in phrases(brief, field)]
    if channel.inserts_keywords and field.name == "headline" and brief.keyword:
        made.insert(1, (_inserted(brief.keyword), "keyword"))
    if field.name in HEADLINES and field.limit <= SHORT:
        made = alternating(made, lambda each: side_of(each[0], brief))
    made.sort(key=lambda each: not _passes(channel, field, each[0], brief))
    for text, angle in made:
        if field.fits(text):
            yield AdText(field.name, text, field.used(text), field.limit, angle, "rule")


def _passes(channel: Channel, field: AdField, text: str, brief: AdBrief) -> bool:
    return all(each.passed for each in _verdicts(channel, field, text, brief))


def _inserted(keyword: str) -> str:
    """Keyword insertion with a default; "KeyWord" capitalises what is put in (Google Ads help
    2454041)."""
    default = " ".join(word[:1].upper() + word[1:] for word in keyword.split())
    return f"{{KeyWord:{default}}}"


def _unlike(texts: Sequence[AdText], beside: Sequence[AdText], most: int) -> list[AdText]:
    kept: list[AdText] = []
    locked = [each for each in beside if each.locked]
    for each in texts:
        others = (*locked, *kept)
        if len(kept) < most and not any(near_equal(each.text, other.text) for other in others):
            kept.append(each)
    return kept


def _same(field: AdField, one: str, other: str) -> bool:
    """Rule-made phrases share words on purpose: only the same text, or most of it, is the same."""
    alike = field.least == 1 and field.limit <= SHORT and near_equal(one, other)
    return one.casefold() == other.casefold() or alike


def _summed(rule: str, found: Sequence[Verdict]) -> Check:
    broken = [each.detail for each in found if not each.passed]
    fine = f"{len(found) - len(broken)}/{len(found)}"
    return Check(rule, not broken, "; ".join(broken) or fine)


def _complete(channel: Channel, kit: Sequence[AdText]) -> Check:
    """Every field has as many texts as the channel asks."""
    short = [
        f"{field.name} {have}/{field.least}"
        for field in channel.fields
        if (have := sum(each.name == field.name for each in kit)) < field.least
    ]
    return Check("complete", not short, ", ".join(short) or f"{len(kit)}")


def _grounded(brief: AdBrief, kit: Sequence[AdText]) -> Check:
    made_up = [each for text in kit for each in invented(text.text, brief.said)]
    return Check("grounded", not made_up, ", ".join(dict.fromkeys(made_up)))


def _distinct(kit: Sequence[AdText]) -> Check:
    counts = Counter((each.name, each.text.casefold()) for each in kit)
    twice = [text for (_, text), count in counts.items() if count > 1]
    return Check("distinct", not twice, "; ".join(twice))
