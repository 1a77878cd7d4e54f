"""What is held against each text of an ad: the rules it breaks, and what would do instead."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from studio.ads.channel import AdField, Channel
from studio.ads.channels import CHANNELS
from studio.ads.compliance import verdicts
from studio.ads.phrases import AdBrief
from studio.ads.rewrites import rewrite_of
from studio.crafts.ad_brief import brief_of
from studio.ui.ad_rows import AdRow

LIMIT = "within_limit"
"""The counter says this already, and says it while one types."""


@dataclass(frozen=True, slots=True)
class Judged:
    """One broken rule. `rewrite` is a wording that keeps it; "" when none is known."""

    rule: str
    detail: str
    rewrite: str = ""
    source: str = ""


def judged_rows(
    channel: str, rows: Sequence[AdRow], inputs: Mapping[str, object], lang: str
) -> tuple[tuple[Judged, ...], ...]:
    """For each row the rules it breaks; nothing where the channel is not known."""
    known = CHANNELS.get(channel)
    if known is None:
        return tuple(() for _ in rows)
    brief = _brief(inputs, lang)
    fields = {each.name: each for each in known.fields}
    return tuple(
        tuple(_held(known, fields[row.name], row.text, brief))
        if row.name in fields and row.text.strip()
        else ()
        for row in rows
    )


def _held(channel: Channel, field: AdField, text: str, brief: AdBrief) -> Iterator[Judged]:
    """The broken rules; the limit only where a shorter wording is known, as the counter says it."""
    found = verdicts(
        channel,
        field,
        text,
        brief.lang,
        brief.said,
        claims=brief.claims,
        dont_words=brief.dont_words,
    )
    for each in found:
        if not each.passed:
            rewrite = rewrite_of(each.rule, text, brief, field)
            if rewrite or each.rule != LIMIT:
                yield Judged(each.rule, each.detail, rewrite, each.source)


def _brief(inputs: Mapping[str, object], lang: str) -> AdBrief:
    """What a work was asked with; fields that its form did not have are empty."""
    return brief_of({**_EMPTY, **inputs, "lang": lang})


_EMPTY: Mapping[str, object] = MappingProxyType(
    {
        "brand": "",
        "product": "",
        "benefits": (),
        "text": "",
        "tone": "",
        "audience": "",
        "do_words": (),
        "dont_words": (),
    }
)
