"""What a channel, the law and honesty forbid in an ad text, each verdict with its rule.

The rules and their sources are data (`rules.py`); the limit is the channel's own (`channels.py`).
A word that stands in the person's own brief is theirs to prove, so it passes, except where the
law asks for more: absolute words in Chinese never pass, and claims of health, money or comparison
pass only with a claim of the brand card that has its proof.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from studio.ads.brand import Claim
from studio.ads.channel import AdField, Channel
from studio.ads.rule import Rule
from studio.ads.rules import HOUSE, RULES

HEADLINES = frozenset(
    {"headline", "long_headline", "title", "slogan", "subject", "subtitle", "business_name"}
)
"""Fields that are one phrase: no "!" and no full stop."""
MOST_EXCLAMATIONS = 1
"""In one ad (Google Ads policies, Editorial)."""
_ACRONYMS = (
    "USB LED DIY UV SPF GPS HDMI WIFI FAQ USA VAT SUV PDF API RAM SSD CPU GPU BPA UHD VIP ATM "
    "EU UK US AI TV PC IT AC DC XL XS CEO HR"
)
ACRONYMS = frozenset(_ACRONYMS.split())


@dataclass(frozen=True, slots=True)
class Verdict:
    """One rule on one text. `detail` is what broke it, or "28/30" for the limit."""

    rule: str
    passed: bool
    detail: str = ""
    source: str = ""


def verdicts(
    channel: Channel,
    field: AdField,
    text: str,
    lang: str,
    brief: str = "",
    *,
    claims: Sequence[Claim] = (),
    dont_words: Sequence[str] = (),
) -> tuple[Verdict, ...]:
    """Every rule that applies to this field of this channel, broken or not.

    `brief` is what the person wrote, `claims` what the brand card claims.
    """
    used = field.used(text)
    limit = Verdict(
        "within_limit", 0 < used <= field.limit, f"{used}/{field.limit}", channel.source
    )
    proved = "\n".join(each.text for each in claims if each.proof)
    said = "\n".join((brief, proved))
    found = (_found(rule, text, said, proved) for rule in _rules(channel, field, lang))
    unwanted = (_unwanted(text, dont_words),) if dont_words else ()
    return (limit, *found, *unwanted)


def exclamations(texts: Sequence[str]) -> Verdict:
    """One "!" at most in a whole ad."""
    count = sum(len(re.findall("[!！]", text)) for text in texts)
    rule = RULES["one_exclamation"]
    return Verdict(rule.name, count <= MOST_EXCLAMATIONS, f"{count}/1", rule.source)


def _rules(channel: Channel, field: AdField, lang: str) -> Iterator[Rule]:
    for each in RULES.values():
        applies = (
            each.where == "anywhere"
            or (each.where == "headlines" and field.name in HEADLINES)
            or (each.where == "no_symbols" and not channel.symbols)
        )
        if applies and each.lang in ("", lang):
            yield each


def _found(rule: Rule, text: str, said: str, proved: str) -> Verdict:
    hits = [
        hit.group()
        for hit in rule.pattern.finditer(text)
        if not (rule.name == "no_all_caps" and hit.group() in ACRONYMS)
        and not _excused(rule, hit.group(), said, proved)
    ]
    return Verdict(rule.name, not hits, ", ".join(dict.fromkeys(hits)), rule.source)


def _excused(rule: Rule, hit: str, said: str, proved: str) -> bool:
    """Punctuation is never excused by the brief; words are where the rule lets them."""
    if rule.excuse == "none" or not any(each.isalnum() for each in hit):
        return False
    return hit.casefold() in (said if rule.excuse == "brief" else proved).casefold()


def _unwanted(text: str, dont_words: Sequence[str]) -> Verdict:
    hits = [each for each in dont_words if each.strip() and holds_word(text, each)]
    return Verdict("no_dont_words", not hits, ", ".join(hits), HOUSE)


def holds_word(text: str, word: str) -> bool:
    """Whether `word` stands in `text`: a Latin one as a whole word, with its simple endings."""
    wanted = word.strip().casefold()
    if not wanted.isascii():
        return wanted in text.casefold()
    pattern = rf"(?<!\w){re.escape(wanted)}(?:s|es|ed|ing|'s)?(?!\w)"
    return re.search(pattern, text.casefold()) is not None
