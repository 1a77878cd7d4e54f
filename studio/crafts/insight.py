"""What can be said about a text by counting: size, ease, mood, keywords, claims to verify."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping

import rjieba

from studio.prose.readability import readability, sentence_count
from studio.prose.sentiment import sentiment

_WORD = re.compile(r"[A-Za-z]+(?:['’-][A-Za-z]+)*|\d+(?:[.,]\d+)*")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_HAN_RUN = re.compile(r"[\u4e00-\u9fff]+")

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
_QUOTE = re.compile(r"“([^”\n]{2,300})”|\"([^\"\n]{2,300})\"|「([^」\n]{2,300})」")
_TELLING_TAGS = ("n", "v", "t", "s", "i", "l")
"""jieba's tags for nouns, verbs, times, places and set phrases."""
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
    """Counts for the insight panel, JSON-able: size, sentences, minutes, ease, mood, keywords
    (see `studio.prose.readability` and `studio.prose.sentiment` for what they measure)."""
    han, words = len(_HAN.findall(text)), len(_WORD.findall(text))
    return {
        "characters": han or len(text),
        "words": words,
        "sentences": sentence_count(text),
        "reading_minutes": max(1, round(words / MINUTE_WORDS + han / MINUTE_HAN)),
        **readability(text, lang),
        "sentiment": sentiment(text, lang),
        "keywords": list(keywords(text, lang)),
    }


def size(text: str, lang: str) -> int:
    """Words of an English text, characters of a Chinese one."""
    return len(_HAN.findall(text)) if lang == "zh" else len(_WORD.findall(text))


def keywords(text: str, lang: str, most: int = 6) -> tuple[str, ...]:
    """The words that return, or are long; in Chinese nouns and verbs by jieba (`rjieba`)."""
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


def to_verify(text: str, brief: str, lang: str) -> tuple[Mapping[str, object], ...]:
    """Names, numbers, dates and quotations of a text, each once: {kind, text, known}.

    `known`: it stands in the brief. What does not was made up by the model until shown otherwise.
    """
    told = _plain(brief)
    found = (*claims(text), *({"kind": "quote", "text": each} for each in _quotes(text)))
    return tuple(
        {"kind": each["kind"], "text": each["text"], "known": _plain(each["text"]) in told}
        for each in found
        if lang != "zh" or each["kind"] != "name" or not each["text"].isascii()
    )


def content_words(text: str, lang: str) -> tuple[str, ...]:
    """Words that carry the meaning of a brief, each once, in order."""
    if lang == "zh":
        return tuple(dict.fromkeys(_pairs(text)))
    words = (each.casefold() for each in _WORD.findall(text))
    return tuple(dict.fromkeys(each for each in words if _telling(each)))


def _quotes(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(next(filter(None, hit)).strip() for hit in _QUOTE.findall(text)))


def _plain(text: str) -> str:
    """Without case, marks and white space: "3 May," is "3 may"."""
    return "".join(each for each in text.casefold() if each.isalnum())


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
    counts = Counter(
        word
        for word, tag in rjieba.tag(text)
        if len(word) > 1 and tag.startswith(_TELLING_TAGS) and not set(word) & set(_COMMON_HAN)
    )
    return tuple(word for word, _ in counts.most_common(most))


def _pairs(text: str) -> list[str]:
    return [
        run[at : at + 2]
        for run in _HAN_RUN.findall(text)
        for at in range(len(run) - 1)
        if not set(run[at : at + 2]) & set(_COMMON_HAN)
    ]
