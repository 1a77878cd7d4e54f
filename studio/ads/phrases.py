"""Plain ad texts made from the brief by rule: what a person gets where no model line held.

They say only what the brief says. Each generator goes from the fullest to the shortest wording, so
that every limit finds one that fits.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType, ModuleType

from studio.ads import phrases_en, phrases_zh
from studio.ads.brand import Claim
from studio.ads.channel import AdField
from studio.ads.offer import Offer
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
    voice: tuple[str, ...] = ()
    """Adjectives of the brand card."""
    examples: tuple[str, ...] = ()
    """Texts that the brand approved."""
    claims: tuple[Claim, ...] = ()
    keyword: str = ""
    """What is inserted where the channel puts in what was searched for."""

    @property
    def said(self) -> str:
        """Everything the person wrote: what an ad may claim."""
        parts = (
            self.brand,
            self.product,
            *self.benefits,
            self.audience,
            *self.do_words,
            self.text,
            *(each.text for each in self.claims),
            self.keyword,
        )
        return "\n".join(part for part in parts if part)

    @property
    def points(self) -> tuple[str, ...]:
        """What speaks for the product: what was typed, then what the brand claims and proves; the
        product itself when nothing else is said."""
        proved = (each.text for each in self.claims if each.proof)
        return tuple(dict.fromkeys((*self.benefits, *proved))) or (self.product,)


def phrases(brief: AdBrief, field: AdField) -> Iterator[str]:
    """Texts for the field, best first; each fits. Only where too few fit whole, others are cut at a
    sentence, then at a word."""
    made = [_clean(text, brief, field) for text in _MADE[brief.lang][field.name](brief)]
    whole = [text for text in made if field.fits(text)]
    cut = (_cut(text, field) for text in made if not field.fits(text))
    enough = len(dict.fromkeys(whole)) >= max(1, field.least)
    fitting = (text for text in (whole if enough else (*whole, *cut)) if field.fits(text))
    yield from dict.fromkeys(fitting)


def _clean(text: str, brief: AdBrief, field: AdField) -> str:
    if field.name in ("hashtag", "cta", "body", "business_name"):
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
    parts = (brief.brand, _offer(brief).noun, *brief.benefits)
    for part in dict.fromkeys(parts):
        words = [word for word in _TAG_BREAK.split(part) if word]
        if brief.lang == "zh":
            yield "#" + "".join(words)
        elif words:
            yield "#" + "".join(word[:1].upper() + word[1:] for word in words[-3:])


def _paths(brief: AdBrief) -> Iterator[str]:
    """Display paths: the product's last words, then the brand's."""
    for part in (_offer(brief).noun, brief.brand):
        words = [word for word in _TAG_BREAK.split(part) if word]
        for count in (2, 1):
            path = "-".join(words[-count:])
            if brief.lang == "zh" or len(path) <= 15:
                yield path
                break


def _business_names(brief: AdBrief) -> Iterator[str]:
    yield brief.brand


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _offer(brief: AdBrief) -> Offer:
    return Offer(
        brief.brand,
        brief.product.rstrip(".。"),
        tuple(each.strip().rstrip(".。") for each in brief.points),
        brief.tone,
        brief.audience,
    )


def _of_offer(make: Callable[[Offer], Iterable[str]]) -> Callable[[AdBrief], Iterable[str]]:
    return lambda brief: make(_offer(brief))


def _table(language: ModuleType) -> Mapping[str, Callable[[AdBrief], Iterable[str]]]:
    """Field -> what makes its texts. The languages' modules have the same functions."""
    headline, sentence = _of_offer(language.headlines), _of_offer(language.sentences)
    return MappingProxyType(
        {
            "headline": headline,
            "title": headline,
            "long_headline": sentence,
            "subject": _of_offer(language.subjects),
            "preheader": _of_offer(language.preheaders),
            "subtitle": _of_offer(language.subtitles),
            "description": sentence,
            "primary_text": sentence,
            "post": sentence,
            "promotional_text": sentence,
            "body": _of_offer(language.notes),
            "slogan": _of_offer(language.slogans),
            "business_name": _business_names,
            "path": _paths,
            "cta": call_to_action,
            "hashtag": hashtags,
        }
    )


_MADE: Mapping[str, Mapping[str, Callable[[AdBrief], Iterable[str]]]] = MappingProxyType(
    {"en": _table(phrases_en), "zh": _table(phrases_zh)}
)
