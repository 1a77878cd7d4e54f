"""A mended wording for a text that breaks a rule."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

from studio.ads.channel import AdField
from studio.ads.compliance import ACRONYMS, HEADLINES, holds_word
from studio.ads.phrases import AdBrief, phrases
from studio.ads.rules import RULES

_CLAUSE = re.compile(r"[^.!?。！？，,;；]+[.!?。！？，,;；]*\s*")
_SPELLED: Mapping[str, str] = MappingProxyType(
    {
        r"\b4\s?(?=sale|rent|you|ever)": "for ",
        r"\b4\s?u\b": "for you",
        r"\b2\s?nite\b|\bnite\b": "tonight",
        r"\b2\s?morrow\b": "tomorrow",
        r"\b2\s?go\b": "to go",
        r"\bgr8\b": "great",
        r"\bb4\b": "before",
        r"\bl8r\b": "later",
        r"\bthx\b": "thanks",
        r"\b(?:pls|plz)\b": "please",
        r"\bur\b": "your",
        r"\bluv\b": "love",
        r"\bu\b": "you",
        r"(?<=[A-Za-z])\$|\$(?=[A-Za-z])": "s",
    }
)
_SPACED = re.compile(r"(?<![A-Za-z])(?:[A-Za-z][-. _*]){3,}[A-Za-z](?![A-Za-z])")


def rewrite_of(rule: str, text: str, brief: AdBrief, field: AdField) -> str:
    """A wording that keeps the rule and fits the field; "" when none is known."""
    for mended in _wordings(rule, text, brief, field):
        tidy = _tidy(mended, brief.lang)
        if tidy and tidy != text and field.fits(tidy) and not breaks(rule, tidy, brief, field):
            return tidy
    return ""


def breaks(rule: str, text: str, brief: AdBrief, field: AdField) -> bool:
    """Whether `text` breaks that one rule."""
    if rule == "within_limit":
        return not field.fits(text)
    if rule == "no_dont_words":
        return any(holds_word(text, each) for each in brief.dont_words)
    known = RULES.get(rule)
    hits = (hit.group() for hit in known.pattern.finditer(text)) if known else iter(())
    return any(not (rule == "no_all_caps" and hit in ACRONYMS) for hit in hits)


def _wordings(rule: str, text: str, brief: AdBrief, field: AdField) -> Iterator[str]:
    """The text mended, without the clause that breaks the rule, or another that says the same."""
    if mend := _MENDS.get(rule):
        mended = mend(text)
        yield mended.rstrip(".。") if field.name in HEADLINES else mended
    clauses = _CLAUSE.findall(text)
    yield "".join(each for each in clauses if not breaks(rule, each, brief, field))
    if rule == "within_limit":
        yield from ("".join(clauses[:count]) for count in range(len(clauses) - 1, 0, -1))
    yield from phrases(brief, field)


def _no_exclamation(text: str) -> str:
    """A full stop instead."""
    return re.sub(r"！+", "。", re.sub(r"!+", ".", text))


def _quiet(text: str) -> str:
    """Shouted words in small letters, the first of a sentence with a capital."""
    quiet = re.sub(
        r"(?<![A-Za-z'])[A-Z]{3,}(?![A-Za-z])",
        lambda hit: hit[0] if hit[0] in ACRONYMS else hit[0].lower(),
        text,
    )
    return re.sub(r"(?:\A|[.!?]\s+)[a-z]", lambda hit: hit[0].upper(), quiet)


def _one_mark(text: str) -> str:
    text = re.sub(r"\.{4,}", "...", text)
    text = re.sub(r"([!?！？])[!?！？]+", r"\1", text)
    return re.sub(r"([,;:。，、；：~*#\-_])\1+|(?<!\.)\.\.(?!\.)", lambda h: h[0][0], text)


def _once(text: str) -> str:
    return RULES["no_repeated_words"].pattern.sub(lambda hit: hit[1] or hit[2], text)


def _spelled(text: str) -> str:
    text = _SPACED.sub(lambda hit: re.sub(r"[-. _*]", "", hit[0]).capitalize(), text)
    for pattern, word in _SPELLED.items():
        text = re.sub(pattern, word, text, flags=re.IGNORECASE)
    return text


def _without_symbols(text: str) -> str:
    return RULES["no_symbols"].pattern.sub("", text)


def _tidy(text: str, lang: str) -> str:
    plain = re.sub(r"\s+([,.;:!?])", r"\1", " ".join(text.split())).strip(" ,;:，、；：-–—")
    return plain[:1].upper() + plain[1:] if lang == "en" else plain


_MENDS: Mapping[str, Callable[[str], str]] = MappingProxyType(
    {
        "no_exclamation_headline": _no_exclamation,
        "one_exclamation": _no_exclamation,
        "no_all_caps": _quiet,
        "no_repeated_punctuation": _one_mark,
        "no_repeated_words": _once,
        "no_gimmick_spelling": _spelled,
        "no_symbols": _without_symbols,
    }
)
