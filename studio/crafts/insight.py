"""What can be said about a text by counting: size, ease, keywords, and claims to verify."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping

_WORD = re.compile(r"[A-Za-z]+(?:['’-][A-Za-z]+)*|\d+(?:[.,]\d+)*")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_HAN_RUN = re.compile(r"[\u4e00-\u9fff]+")
_SENTENCE_END = re.compile(r"[.!?…]+[\"”’')\]]*(?=\s|$)|[。！？…]+[”’」』）]*")
_VOWELS = re.compile(r"[aeiouy]+")

_COMMON = (
    "a about after again all also an and any are as at back be because been before being but "
    "by can could did do does down each even every first for from get go had has have he her "
    "here hers him his how i if in into is it its just know like made make many may me more "
    "most much must my never no not now of off on one only or other our out over own said say "
    "says see she should so some still such than that the their them then there these they "
    "this those through time to too two under until up upon us very was way we well were what "
    "when where which while who why will with without would yet you your "
)
COMMON_WORDS = frozenset(_COMMON.split())
_COMMON_HAN = (
    "的了是在不我有他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于"
    "着下自之年过发后作里"
)
MINUTE_WORDS, MINUTE_HAN = 230, 400
"""Reading speed: words of English, characters of Chinese a minute."""

MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
DAYS = "Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday"
_DATE = re.compile(
    rf"\b(?:\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?(?:{MONTHS})|(?:{MONTHS})\s+\d{{1,2}}(?!\d)"
    rf"|(?:{DAYS}))(?:,?\s+\d{{4}})?\b"
    r"|(?:\d{2,4}年)?\d{1,2}月(?:\d{1,2}[日号])?|星期[一二三四五六日天]|周[一二三四五六日]"
)
_NUMBER = re.compile(
    r"[$£€¥]?\d+(?:[.,:]\d+)*(?:\s?(?:%|percent|million|billion|thousand|km|kg|metres|meters"
    r"|[万亿]?[元人个米]|[万亿]))?"
    r"|[一二三四五六七八九十百千万两]+(?=[个人次天年家米元块岁层万亿本台名])"
)
_NAME = re.compile(
    r"\b(?!(?:Dr|Mr|Mrs|Ms|Prof|St)\.)[A-Z][a-z]+(?:[-'’][A-Z]?[a-z]+)*"
    r"(?: [A-Z][a-z]+(?:[-'’][A-Z]?[a-z]+)*)*"
)
_SENTENCE_START = re.compile(r"(?:\A|\n|[.!?…:]|[\"“‘])[\"“‘'(]*\s*\Z")
_TITLE_BEFORE = re.compile(r"\b(?:Dr|Mr|Mrs|Ms|Prof|St)\.\s*\Z")
_HAN_NAME = re.compile(
    r"《[^》]{1,30}》|[\u4e00-\u9fff]{2,6}(?:市|省|县|区|大学|公司|医院|图书馆|研究院)"
)


def insight_of(text: str, lang: str) -> Mapping[str, object]:
    """Counts for the insight panel, JSON-able: size, sentences, minutes, keywords; in English the
    Flesch reading ease (0 hard to 100 easy; Flesch, J. Applied Psychology 32, 1948)."""
    han, words = len(_HAN.findall(text)), _WORD.findall(text)
    sentences = sentence_count(text)
    counted: dict[str, object] = {
        "characters": han or len(text),
        "words": len(words),
        "sentences": sentences,
        "reading_minutes": max(1, round(len(words) / MINUTE_WORDS + han / MINUTE_HAN)),
        "keywords": list(keywords(text, lang)),
    }
    if lang == "en" and words:
        counted["reading_ease"] = reading_ease(words, sentences)
    return counted


def size(text: str, lang: str) -> int:
    """Words of an English text, characters of a Chinese one."""
    return len(_HAN.findall(text)) if lang == "zh" else len(_WORD.findall(text))


def sentence_count(text: str) -> int:
    """At least 1 when there is any text."""
    return max(len(_SENTENCE_END.findall(text)), 1 if text.strip() else 0)


def reading_ease(words: list[str], sentences: int) -> float:
    """Flesch: 206.835 - 1.015 words a sentence - 84.6 syllables a word."""
    syllables = sum(_syllables(word) for word in words)
    score = 206.835 - 1.015 * len(words) / max(1, sentences) - 84.6 * syllables / len(words)
    return round(min(100.0, max(0.0, score)), 1)


def keywords(text: str, lang: str, most: int = 6) -> tuple[str, ...]:
    """The words that return, or are long; in Chinese the pairs of characters that return."""
    return _han_keywords(text, most) if lang == "zh" else _english_keywords(text, most)


def claims(text: str) -> tuple[Mapping[str, str], ...]:
    """What a reporter must verify: each name, number and date, once, as {"kind", "text"}."""
    dates = _DATE.findall(text)
    left = _DATE.sub(" ", text)
    found = [("date", each) for each in dates]
    found += [("number", each) for each in _NUMBER.findall(left)]
    found += [("name", each) for each in (*_names(left), *_HAN_NAME.findall(left))]
    unique = dict.fromkeys((kind, " ".join(each.split())) for kind, each in found)
    return tuple({"kind": kind, "text": each} for kind, each in unique)


def facts(text: str) -> tuple[str, ...]:
    """The claims' texts: what a rewriting has to keep."""
    return tuple(each["text"] for each in claims(text))


def content_words(text: str, lang: str) -> tuple[str, ...]:
    """Words that carry the meaning of a brief, each once, in order."""
    if lang == "zh":
        return tuple(dict.fromkeys(_pairs(text)))
    words = (each.casefold() for each in _WORD.findall(text))
    return tuple(dict.fromkeys(each for each in words if _telling(each)))


def _names(text: str) -> list[str]:
    """Capitalised words; a single one that opens a sentence only if it also stands inside one."""
    found = [_name_at(text, hit) for hit in _NAME.finditer(text)]
    inside = {name for name, opens in found if not opens}
    return [name for name, opens in found if name and (not opens or " " in name or name in inside)]


def _name_at(text: str, hit: re.Match[str]) -> tuple[str, bool]:
    """(name, whether it opens a sentence): small words in front are no part of it."""
    words = hit.group().split()
    while words and words[0].casefold() in COMMON_WORDS:
        words = words[1:]
    name = " ".join(words)
    return name, _opens(text, hit.end() - len(name))


def _opens(text: str, at: int) -> bool:
    before = text[max(0, at - 8) : at] if at >= 8 else "\n" + text[:at]
    return bool(_SENTENCE_START.search(before)) and not _TITLE_BEFORE.search(before)


def _telling(word: str) -> bool:
    return len(word) > 2 and word not in COMMON_WORDS and not word.isdigit()


def _english_keywords(text: str, most: int) -> tuple[str, ...]:
    counts = Counter(w for w in (each.casefold() for each in _WORD.findall(text)) if _telling(w))
    weight = {word: count * math.sqrt(len(word)) for word, count in counts.items()}
    return tuple(sorted(weight, key=lambda word: (-weight[word], word))[:most])


def _han_keywords(text: str, most: int) -> tuple[str, ...]:
    counts = Counter(_pairs(text))
    returning = [pair for pair, count in counts.most_common() if count > 1]
    return tuple(returning[:most])


def _pairs(text: str) -> list[str]:
    return [
        run[at : at + 2]
        for run in _HAN_RUN.findall(text)
        for at in range(len(run) - 1)
        if not set(run[at : at + 2]) & set(_COMMON_HAN)
    ]


def _syllables(word: str) -> int:
    """Vowel groups, a silent final e left out: right for about nine words in ten."""
    plain = word.casefold()
    groups = len(_VOWELS.findall(plain))
    silent = plain.endswith("e") and not plain.endswith(("le", "ee")) and groups > 1
    return max(1, groups - silent)
