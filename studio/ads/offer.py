"""What a brief offers, taken apart so that sentences can be put together from it."""

from __future__ import annotations

import re
from dataclasses import dataclass

_FOR = re.compile(r"\s+for\s+(.+)\Z", re.IGNORECASE)
_AFTER_NOUN = re.compile(
    r"\s+(?:for|with|from|in|that|of|between|who|to|and)\s+.*\Z", re.IGNORECASE
)
_PLURAL = re.compile(r"(?<![su])s\Z|\b(?:people|glasses)\Z", re.IGNORECASE)
_MASS = """
repair re-caning soap tea coffee chocolate bread honey milk juice advice care insurance software
furniture jewellery clothing stationery music training tuition delivery storage knitwear
"""
_VERBS = """
keeps holds fits lasts makes takes gives lets stays works cleans rinses folds packs charges runs
turns opens closes saves helps cuts brings comes goes grows needs leaves dries washes feels tastes
smells ships arrives repairs stands sits rolls clips locks lights warms cools brews grinds reads
plays records connects measures tells shows stops starts weighs wears carries
"""
_DAYS = """
monday tuesday wednesday thursday friday saturday sunday mondays tuesdays wednesdays thursdays
fridays saturdays sundays january february march april may june july august september october
november december english chinese french german italian
"""
_MASS_NOUNS = frozenset(_MASS.split())
_POINT_VERBS = frozenset(_VERBS.split())
_CAPITALISED = frozenset(_DAYS.split())
_MADE = re.compile(
    r"\A(?:\w+ed|made|cut|built|baked|grown|sewn|woven|written|drawn|roasted|kept|sent|set)\b.*\s"
    r"(?:from|by|in|to|for|with|before|at|on|within|after)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Offer:
    """The parts of a brief as they stand in a sentence; points without their full stop."""

    brand: str
    product: str
    points: tuple[str, ...]
    tone: str = ""
    audience: str = ""

    @property
    def noun(self) -> str:
        """ "refillable steel water bottle for hikers" without what it is for."""
        return _AFTER_NOUN.sub("", self.product)

    @property
    def short_noun(self) -> str:
        """Its last two words: what everybody calls it."""
        return " ".join(self.noun.split()[-2:])

    @property
    def whom(self) -> str:
        """Who it is for, as the product itself says it, else the brief; "" where neither does."""
        found = _FOR.search(self.product)
        return found[1] if found else lowered(self.audience.strip().rstrip(".。"))

    @property
    def is_even(self) -> bool:
        """Whether the points can stand in one list: all of one grammar."""
        return len({(is_verb(each), is_participle(each)) for each in self.points}) == 1

    @property
    def is_plural(self) -> bool:
        return bool(_PLURAL.search(self.noun))

    @property
    def is_countable(self) -> bool:
        last = self.noun.casefold().split()[-1:]
        return not (last and (last[0] in _MASS_NOUNS or last[0].endswith("ship")))

    @property
    def with_article(self) -> str:
        """The short noun as it stands after a verb: "a water bottle", "soap bars", "tea"."""
        if self.is_plural or not self.is_countable:
            return self.short_noun
        vowel = re.match(r"(?!uni|use|eur|one)[aeiou]", self.short_noun, re.IGNORECASE)
        return f"{'an' if vowel else 'a'} {self.short_noun}"

    @property
    def subject(self) -> str:
        """What stands for the product before a verb."""
        return "They" if self.is_plural else "It"


def is_verb(point: str) -> bool:
    """Whether a point says what the product does: "keeps cold 24 h"."""
    words = point.casefold().split()
    return bool(words) and words[0] in _POINT_VERBS


def is_participle(point: str) -> bool:
    """Whether a point says what was done to it: "made from recycled steel"."""
    return bool(_MADE.search(point))


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def lowered(point: str) -> str:
    """A point in the middle of a sentence: a name or an abbreviation keeps its capital."""
    first = point.split(" ", 1)[0]
    named = first[1:] != first[1:].lower() or first.casefold() in _CAPITALISED
    return point if named else point[:1].lower() + point[1:]
