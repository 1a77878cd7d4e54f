"""Plain ad texts made from the brief by rule: what a person gets where no model line held.

They say only what the brief says. Each generator goes from the fullest to the shortest wording, so
that every limit finds one that fits.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from studio.ads.channel import AdField
from studio.ads.widths import shortened

_SERVICE = re.compile(
    r"\b(?:courses?|class(?:es)?|workshops?|lessons?|services?|repairs?|visits?|tours?|sessions?"
    r"|consult\w*|appointments?)\b|课程?|服务|维修|上门|预约|工作坊|体验|旅行|咨询"
)
_APP = re.compile(r"\b(?:apps?|software|plugins?|platform)\b|软件|应用|小程序|平台")
_SENTENCE = re.compile(r"\.(?=\s|$)|[。！？]|(?<=\S)\n")
_DANGLING = re.compile(
    r"(?:[\s,:]+(?:a|an|the|at|of|from|to|for|and|or|by|with|in|on|made))+\Z", re.IGNORECASE
)
_TAG_BREAK = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class AdBrief:
    """What the person wrote about the thing to sell."""

    brand: str
    product: str
    benefits: tuple[str, ...]
    lang: str
    tone: str = ""
    audience: str = ""
    do_words: tuple[str, ...] = ()
    dont_words: tuple[str, ...] = ()
    text: str = ""

    @property
    def said(self) -> str:
        """Everything the person wrote: what an ad may claim."""
        parts = (self.brand, self.product, *self.benefits, self.audience, *self.do_words, self.text)
        return "\n".join(part for part in parts if part)

    @property
    def points(self) -> tuple[str, ...]:
        """What speaks for the product; the product itself when nothing else is said."""
        return self.benefits or (self.product,)


def phrases(brief: AdBrief, field: AdField) -> Iterator[str]:
    """Texts for the field, best first; each fits. Whole ones come first, then those that had to
    be cut at a sentence, then at a word."""
    made = [_clean(text, brief, field) for text in _MADE[brief.lang][field.name](brief)]
    whole = [text for text in made if field.fits(text)]
    cut = [_cut(text, field) for text in made if not field.fits(text)]
    fitting = (text for text in (*whole, *cut) if text and field.fits(text))
    yield from dict.fromkeys(fitting)


def _clean(text: str, brief: AdBrief, field: AdField) -> str:
    if field.name in ("hashtag", "cta", "body"):
        return text
    plain = " ".join(text.split())
    return _capital(plain) if brief.lang == "en" else plain


def _cut(text: str, field: AdField) -> str:
    """The sentences that fit, else the words; never a tag or a path, which would lose its sense."""
    if field.name in ("hashtag", "path", "cta"):
        return ""
    ends = [hit.end() for hit in _SENTENCE.finditer(text) if field.fits(text[: hit.end()])]
    if ends:
        return text[: ends[-1]]
    return _DANGLING.sub("", shortened(field.counter, text, field.limit))


def call_to_action(brief: AdBrief) -> tuple[str, ...]:
    """Buttons that promise nothing, the fitting one first."""
    thing = f"{brief.product} {brief.text}".casefold()
    if brief.lang == "zh":
        first = "立即预约" if _SERVICE.search(thing) else "去看看"
        first = "马上试用" if _APP.search(thing) else first
        return (first, "了解详情", "看一看")
    first = "Book now" if _SERVICE.search(thing) else "Shop now"
    first = "Try it" if _APP.search(thing) else first
    return (first, "Learn more", "See details")


def hashtags(brief: AdBrief) -> Iterator[str]:
    """Tags of brand, product and benefits; English in CamelCase."""
    parts = (brief.brand, _noun(brief.product), *brief.benefits)
    for part in dict.fromkeys(parts):
        words = [word for word in _TAG_BREAK.split(part) if word]
        if brief.lang == "zh":
            yield "#" + "".join(words)
        elif words:
            yield "#" + "".join(word[:1].upper() + word[1:] for word in words[-3:])


def _paths(brief: AdBrief) -> Iterator[str]:
    """Display paths: the product's last words, then the brand's."""
    for part in (_noun(brief.product), brief.brand):
        words = [word for word in _TAG_BREAK.split(part) if word]
        for count in (2, 1):
            path = "-".join(words[-count:])
            if brief.lang == "zh" or len(path) <= 15:
                yield path
                break


def _short_english(brief: AdBrief) -> Iterator[str]:
    for point in brief.points:
        yield point
    yield f"{brief.brand}: {brief.points[0]}"
    yield f"{brief.brand} {_noun(brief.product)}"
    yield f"Meet {brief.brand}"
    yield f"See {brief.brand} up close"
    yield _noun(brief.product)
    for point in brief.points[1:]:
        yield f"{brief.brand}: {point}"
    yield f"{brief.brand}, at a glance"
    yield f"Take a look at {brief.brand}"
    yield f"Get to know {brief.brand}"
    yield from ("Take a look", "See for yourself", "Find out more")


def _long_english(brief: AdBrief) -> Iterator[str]:
    points = [_capital(point.rstrip(".")) for point in brief.points]
    every = ". ".join(points)
    rest = ". ".join(points[1:] or points)
    product = _capital(brief.product.rstrip("."))
    action = call_to_action(brief)[1]
    yield f"{product} by {brief.brand}. {every}."
    yield f"{every}. {product} by {brief.brand}."
    yield f"{brief.brand}: {brief.product}. {points[0]}."
    yield f"{rest}. {action} about {brief.brand}."
    yield f"{product}. {points[0]}."
    yield f"{points[0]}. By {brief.brand}."
    yield f"{brief.brand}. {points[-1]}."
    yield f"{action} about it."
    yield "See for yourself."


def _slogan_english(brief: AdBrief) -> Iterator[str]:
    yield f"{brief.brand}. {_capital(brief.points[0])}."
    yield f"{brief.brand}: {_noun(brief.product)}"
    yield "See for yourself"


def _short_chinese(brief: AdBrief) -> Iterator[str]:
    for point in brief.points:
        yield f"{brief.brand}，{point}"
    yield f"{brief.brand}{brief.product}"
    for point in brief.points:
        yield f"{brief.product}，{point}"
    yield from brief.points
    yield brief.product
    yield f"看看{brief.brand}"
    yield f"认识一下{brief.brand}"
    yield from ("来看看", "了解一下", "看看再说")


def _long_chinese(brief: AdBrief) -> Iterator[str]:
    every = "，".join(brief.points)
    yield f"{brief.brand}{brief.product}：{every}。"
    yield f"{every}。{brief.brand}{brief.product}，{call_to_action(brief)[1]}。"
    yield f"{brief.brand}：{brief.points[0]}。"
    yield f"{brief.product}，{brief.points[-1]}。"
    yield from ("来看看吧。", "了解一下。")


def _body_chinese(brief: AdBrief) -> Iterator[str]:
    listed = "\n".join(f"· {point}" for point in brief.points)
    yield f"{brief.brand}｜{brief.product}\n{listed}\n{call_to_action(brief)[1]}。"


def _body_english(brief: AdBrief) -> Iterator[str]:
    yield from _long_english(brief)


def _slogan_chinese(brief: AdBrief) -> Iterator[str]:
    yield f"{brief.brand}，{brief.points[0]}"
    yield brief.brand


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _noun(product: str) -> str:
    """ "water bottle for hikers" without what it is for."""
    return re.split(r"\s+(?:for|with|from|in|that|of)\s+", product, maxsplit=1)[0]


_ENGLISH: Mapping[str, Callable[[AdBrief], Iterable[str]]] = MappingProxyType(
    {
        "headline": _short_english,
        "title": _short_english,
        "description": _long_english,
        "primary_text": _long_english,
        "post": _long_english,
        "body": _body_english,
        "slogan": _slogan_english,
        "path": _paths,
        "cta": call_to_action,
        "hashtag": hashtags,
    }
)
_CHINESE: Mapping[str, Callable[[AdBrief], Iterable[str]]] = MappingProxyType(
    {
        **_ENGLISH,
        "headline": _short_chinese,
        "title": _short_chinese,
        "description": _long_chinese,
        "primary_text": _long_chinese,
        "post": _long_chinese,
        "body": _body_chinese,
        "slogan": _slogan_chinese,
    }
)
_MADE: Mapping[str, Mapping[str, Callable[[AdBrief], Iterable[str]]]] = MappingProxyType(
    {"en": _ENGLISH, "zh": _CHINESE}
)
