"""Whether an ad text speaks of what the person sells, and invents nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable

from studio.ads.complete_words import COMPLETE_WORDS

_WORD = re.compile(r"[a-z][a-z'-]+")
_HAN = re.compile(r"[\u4e00-\u9fff]+")
_NUMBER = re.compile(r"\d+(?:[.,:]\d+)*")
_SMALL = (
    "a an and are as at be by for from has have in into is it its of on or our that the this to "
    "with you your we they their them who what when where how all any can will not no more most "
    "made make makes just than then only out up down over under about every each"
)
_EMPTY = frozenset(_SMALL.split())
_INVENTED = re.compile(
    r"\b(?:free\s+(?:shipping|delivery|trial|returns)|money[- ]back|discounts?|coupons?|off\s+today"
    r"|save\s+(?:\$|£|€|up)|half[- ]price|on\s+sale|customers?\s+(?:say|love|agree)|reviews?"
    r"|\w+\s+stars?|testimonials?|experts?\s+(?:say|agree)|doctors?|clinically|scientists?"
    r"|certified|patented|limited\s+time|today\s+only|sold\s+out|bestsell\w+|new\s+york\s+times"
    r"|million|thousands|hundreds|percent)\b"
    r"|[$£€¥%]|折扣?优惠|包邮|免费|满减|好评|专家推荐|医生|明星同款|销量",
    re.IGNORECASE,
)


def content_words(text: str) -> frozenset[str]:
    """Words that carry meaning: English stems of three letters up, pairs of Chinese characters."""
    english = {stem(each) for each in _WORD.findall(text.casefold()) if each not in _EMPTY}
    pairs = {run[at : at + 2] for run in _HAN.findall(text) for at in range(len(run) - 1)}
    return frozenset(each for each in english if len(each) > 2) | pairs


def mentions(text: str, brief: str) -> int:
    """How many of the brief's content words `text` uses."""
    return len(content_words(text) & content_words(brief))


def strange(text: str, brief: str) -> frozenset[str]:
    """Content words (stems) of an English text that come neither from the brief nor from everyday
    ad language: a small model's slips ("potluck" for a water bottle)."""
    everyday = {stem(word) for word in COMPLETE_WORDS}
    words = {each for each in content_words(text) if each.isascii()}
    return frozenset(words - content_words(brief) - everyday)


def invented(text: str, brief: str) -> tuple[str, ...]:
    """Numbers, prices, offers and praise that the brief does not contain."""
    known = set(_NUMBER.findall(brief))
    numbers = [each for each in _NUMBER.findall(text) if each not in known]
    offers = [
        hit.group()
        for hit in _INVENTED.finditer(text)
        if hit.group().casefold() not in brief.casefold()
    ]
    return tuple(dict.fromkeys([*numbers, *offers]))


def near_equal(left: str, right: str) -> bool:
    """Two texts that a reader takes for the same one: most of their words are shared."""
    one, other = content_words(left), content_words(right)
    if not one or not other:
        return left.casefold().strip() == right.casefold().strip()
    return len(one & other) >= 0.75 * min(len(one), len(other))


def distinct(texts: Iterable[str]) -> list[int]:
    """Positions of the texts that are near-equal to no earlier one."""
    kept: list[int] = []
    seen: list[str] = []
    for at, text in enumerate(texts):
        if not any(near_equal(text, earlier) for earlier in seen):
            kept.append(at)
            seen.append(text)
    return kept


def stem(word: str) -> str:
    """The crudest stem, which joins "hiker", "hikers" and "hiking"."""
    word = word.removesuffix("'s")
    for ending in ("able", "ing", "ies", "ers", "er", "ed", "es", "s", "e", "y"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word
