"""What a channel, the law and honesty forbid in an ad text, each verdict with its rule.

Rules and where they are published (named from memory, not re-read on the day of writing):
- within_limit: the channel's own limit (`channels.py`).
- no_exclamation_headline, no_repeated_punctuation, no_all_caps, no_symbols, no_phone: Google Ads
  policies, "Editorial" (support.google.com/adspolicy/answer/6021546); good manners elsewhere.
- no_absolute_words: 《中华人民共和国广告法》第九条（三）and the words that practice reads into it.
- no_superlatives: claims that nobody can verify (UK CAP Code 3.7, FTC Act section 5).

A word that stands in the person's own brief is theirs to prove, so it passes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from studio.ads.channel import AdField, Channel

HEADLINES = frozenset({"headline", "title", "slogan"})
"""Fields that are one phrase: no "!" and no full stop."""
_ACRONYMS = (
    "USB LED DIY UV SPF GPS HDMI WIFI FAQ USA VAT SUV PDF API RAM SSD CPU GPU BPA UHD VIP ATM "
    "EU UK US AI TV PC IT AC DC XL XS CEO HR"
)
ACRONYMS = frozenset(_ACRONYMS.split())

_ABSOLUTE = re.compile(
    r"最(?!近|后|初|终|早|多|少|怕|爱|喜欢|想)"
    r"|第一(?!次|步|天|口|眼|个|页|批|杯|缕|场|封|站|课|集|章|层|章节|时间)"
    r"|[国世宇][家界宙]级|顶级|顶尖|极品|极致|极佳|绝对|绝无仅有|独一无二|史无前例|前无古人|空前绝后"
    r"|唯一|首选|首个|万能|永久|无敌|王牌|冠军|遥遥领先|全网最低|全国首|百分之百|100%|１００％"
    r"|零风险|包治|根治|驰名商标|国家免检|销量领先|金牌"
)
_SUPERLATIVE = re.compile(
    r"\b(?:best(?!\s+(?:before|friends?|of\s+luck|wishes))|#\s?1|no\.\s?1|number\s+one|finest"
    r"|greatest|cheapest|fastest|lowest\s+prices?|top[- ]rated|world[- ]class"
    r"|unbeatable|unrivall?ed|guaranteed?s?|risk[- ]free|miracle|cures?|award[- ]winning|ultimate"
    r"|perfect|100\s?%|proven|revolutionary|once[- ]in[- ]a[- ]lifetime"
    r"|world'?s\s+(?:first|only|\w+est))(?!\w)"
    r"|(?<!\w)#\s?1(?!\d)",
    re.IGNORECASE,
)
_CAPITALS = re.compile(r"(?<![A-Za-z'])[A-Z]{3,}(?![A-Za-z])")
_REPEATED = re.compile(r"[!?！？]{2,}|([,;:。，、；：~*#\-_])\1+|(?<!\.)\.\.(?!\.)|\.{4,}")
_SYMBOL = re.compile("[\u2190-\u2bff\ufe0f\U0001f000-\U0001faff*<>|~^]")
_PHONE = re.compile(r"(?<!\d)(?:\+?\d[\s().-]?){7,}(?!\d)")


@dataclass(frozen=True, slots=True)
class Verdict:
    """One rule on one text. `detail` is what broke it, or "28/30" for the limit."""

    rule: str
    passed: bool
    detail: str = ""


def verdicts(
    channel: Channel, field: AdField, text: str, lang: str, brief: str = ""
) -> tuple[Verdict, ...]:
    """Every rule that applies to this field of this channel, broken or not.

    `brief` is what the person wrote: words in it are not held against the text.
    """
    used = field.used(text)
    limit = Verdict("within_limit", 0 < used <= field.limit, f"{used}/{field.limit}")
    found = (_found(rule, pattern, text, brief) for rule, pattern in _rules(channel, field, lang))
    return (limit, *found)


def _rules(channel: Channel, field: AdField, lang: str) -> list[tuple[str, re.Pattern[str]]]:
    rules = [
        ("no_all_caps", _CAPITALS),
        ("no_repeated_punctuation", _REPEATED),
        ("no_phone", _PHONE),
        ("no_superlatives", _SUPERLATIVE),
    ]
    if lang == "zh":
        rules.append(("no_absolute_words", _ABSOLUTE))
    if field.name in HEADLINES:
        rules.append(("no_exclamation_headline", re.compile("[!！]")))
    if not channel.symbols:
        rules.append(("no_symbols", _SYMBOL))
    return rules


def _found(rule: str, pattern: re.Pattern[str], text: str, brief: str) -> Verdict:
    spared = ACRONYMS if rule == "no_all_caps" else frozenset()
    hits = [
        hit.group()
        for hit in pattern.finditer(text)
        if hit.group() not in spared and not _own(hit.group(), brief)
    ]
    return Verdict(rule, not hits, ", ".join(dict.fromkeys(hits)))


def _own(hit: str, brief: str) -> bool:
    """Punctuation is never excused by the brief; words are."""
    return any(each.isalnum() for each in hit) and hit.casefold() in brief.casefold()
