"""English ad texts put together from a brief: every sentence says only what the brief says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from studio.ads.offer import Offer, capital, is_participle, is_verb, lowered

_OPENINGS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "warm": ("Good to know: {point}", "Here for you: {brand}"),
        "playful": ("Psst: {point}", "Oh, hello, {brand}"),
        "funny": ("Plot twist: {point}", "Yes, really: {point}"),
        "dry": ("{Point}. That's it", "{Point}. Enough said"),
        "tender": ("Quietly: {point}", "Gently does it: {brand}"),
        "formal": ("{brand} presents: {noun}", "Introducing {brand}"),
        "poetic": ("{Point}, and quiet", "Slowly now: {point}"),
        "sincere": ("Plainly said: {point}", "Honestly: {point}"),
        "bold": ("{Point}. Full stop", "One word: {brand}"),
    }
)
"""First words of a headline in a tone of voice."""
_NUMBERS = ("", "One reason", "Two reasons", "Three reasons", "Four reasons", "Five reasons")


def headlines(offer: Offer) -> Iterator[str]:
    """Phrases, each another way in: point, person, brand, question, invitation."""
    points, brand = offer.points, offer.brand
    yield capital(points[0])
    if offer.whom:
        yield f"Made for {offer.whom}"
    yield f"{brand}. {capital(points[-1])}"
    yield from _in_tone(offer)
    yield f"Need {offer.with_article}?"
    yield from map(capital, points[1:])
    yield f"{capital(offer.short_noun)} by {brand}"
    yield capital(" ".join(offer.noun.split()[-3:]))
    yield f"Meet {brand}"
    yield f"Why {brand}? {capital(points[0])}"
    if offer.whom:
        yield f"{capital(offer.whom)}, meet {brand}"
    yield from (f"{brand}: {lowered(each)}" for each in points)
    yield f"Your {offer.short_noun}, by {brand}"
    yield f"Say hello to {brand}"
    yield f"This is {brand}"
    yield f"Why {brand}?"
    yield f"Your {offer.short_noun}"
    if offer.whom:
        yield f"For {offer.whom}"
    yield from ("Come and see", "Take a closer look", "See for yourself")


def sentences(offer: Offer) -> Iterator[str]:
    """One to three sentences, the fullest first; each begins and ends differently."""
    points, brand = offer.points, offer.brand
    stops = [f"{capital(each)}." for each in points]
    every = " ".join(stops)
    yield f"{capital(offer.noun)} by {brand}. {every}"
    if offer.whom and offer.is_even:
        yield f"For {offer.whom}: {_listed(points)}. That's {brand}."
    elif offer.whom:
        yield f"Made for {offer.whom}. {every}"
    if 1 < len(points) < len(_NUMBERS) and offer.is_even:
        yield f"{_NUMBERS[len(points)]} to look at {brand}: {_listed(points)}."
    yield f"{_told(offer, 0)} {' '.join(stops[1:])} See more at {brand}.".replace("  ", " ")
    yield f"Looking for {offer.with_article}? {every}"
    yield f"Meet {brand}: {offer.noun}. {stops[0]}"
    yield f"{' '.join(stops[1:] or stops)} Take a look at {brand}."
    yield f"{_told(offer, -1)} Find out more at {brand}."
    yield f"{capital(offer.noun)}. {stops[0]}"
    yield f"{stops[0]} {brand} keeps it that simple." if len(points) == 1 else every
    yield f"{stops[-1]} By {brand}."
    yield from stops
    yield f"Take a closer look at {brand}."
    yield "Take a closer look."


def slogans(offer: Offer) -> Iterator[str]:
    """The brand and the one thing to remember."""
    yield f"{offer.brand}. {capital(offer.points[0])}."
    yield f"{offer.brand}. {capital(offer.points[-1])}."
    if offer.whom:
        yield f"{offer.brand}. For {offer.whom}."
    yield f"{offer.brand}: {offer.short_noun}"
    yield offer.brand


def notes(offer: Offer) -> Iterator[str]:
    """A note in paragraphs, with the points as a list."""
    listed = "\n".join(f"· {capital(each)}" for each in offer.points)
    yield f"{capital(offer.noun)} by {offer.brand}\n\n{listed}\n\nQuestions? Ask us below."
    yield from sentences(offer)


def subjects(offer: Offer) -> Iterator[str]:
    """Of an email: said as to one person."""
    yield f"{capital(offer.points[0])}: {offer.brand}"
    yield f"Your {offer.short_noun}, {lowered(offer.points[0])}"
    yield from headlines(offer)


def preheaders(offer: Offer) -> Iterator[str]:
    """What stands behind a subject in the inbox: the next thing to know."""
    rest = offer.points[1:] or offer.points
    yield " ".join(f"{capital(each)}." for each in rest)
    yield from sentences(offer)


def subtitles(offer: Offer) -> Iterator[str]:
    """Under an app's name: what it is, without the brand."""
    yield capital(offer.noun)
    yield capital(offer.points[0])
    yield capital(offer.short_noun)
    yield from map(capital, offer.points)
    yield "Take a closer look"


def _in_tone(offer: Offer) -> Iterator[str]:
    for pattern in _OPENINGS.get(offer.tone, ()):
        yield pattern.format(
            brand=offer.brand,
            noun=offer.noun,
            point=lowered(offer.points[0]),
            Point=capital(offer.points[0]),
        )


def _told(offer: Offer, at: int) -> str:
    """A point as a whole sentence, where its grammar allows it."""
    point = offer.points[at]
    if is_verb(point) and not offer.is_plural:
        return f"{offer.subject} {lowered(point)}."
    if is_participle(point):
        return f"{offer.subject}{chr(39)}{'re' if offer.is_plural else 's'} {lowered(point)}."
    return f"{capital(point)}."


def _listed(points: tuple[str, ...]) -> str:
    """ "a, b and c"."""
    plain = [lowered(each) for each in points]
    return plain[0] if len(plain) == 1 else f"{', '.join(plain[:-1])} and {plain[-1]}"
