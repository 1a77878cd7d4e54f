"""A brand card from three answers: what is sold and to whom, three words how it should feel, what
the brand would never say. English or Chinese; the same answers give the same card.

Nothing is invented: what the answers leave open stays empty on the card, but for mood, colours
and font, which are guessed from the words and shown to be changed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from studio.ads.brand import Brand
from studio.crafts.brand_colours import brand_palette
from studio.crafts.brand_words import FEELINGS, SUBJECTS, Feeling
from studio.crafts.form import spoken_language
from studio.crafts.image_reading import found_colours
from studio.music.plan import FEELING
from studio.music.wording import strengths
from studio.music.words_estimate import mood_scores

ANSWERS = ("name", "sells", "feels", "never")
MOST_VOICE, LONGEST_WORD = 3, 40
_OPEN = Feeling("", 0.4, 0.1, 0.5, 0.6, 0.5, 0.0)
"""A brand of which nothing is known: friendly, awake."""
_LEAST_LATIN = 4
"""Latin words that make a Chinese answer bilingual."""
_SPLIT = re.compile(r"[,，、;；\n/|]+|\s+(?:and|or|nor|but)\s+|以及|或者|还有")
_BEFORE_WORDS = re.compile(
    r"^(?:and|or|never|not|we(?:'d| would)? never (?:say|use)|anything|things like|words like"
    r"|(?:我们)?(?:绝对?|决|永远|从)?不(?:会|要)?[说用讲提]|比如|以及)[\s:：,，]*",
    re.IGNORECASE,
)
_QUOTES = "\"'“”‘’「」『』《》.。!！?？…·() （）"
_FOR_EN = re.compile(r"\b(?:for|to) (?!sell\b|make\b|be\b|help\b)([^.;:!?]+)", re.IGNORECASE)
_FOR_ZH = re.compile(r"(?:卖给|送给|面向|献给|适合|给|为)([^，。；！？,.]+)")
_USED_BY = re.compile(r"(.+?)(?:喝|吃|用|穿|看|住|玩|读|戴|骑)的")


def brand_from_answers(name: str = "", sells: str = "", feels: str = "", never: str = "") -> Brand:
    """The filled card. Raises InvalidInput("brand_card"): no name, an answer too long."""
    text = f"{sells}\n{feels}"
    feeling = _feeling(feels, sells)
    return Brand.read(
        {
            "name": name.strip(),
            "voice": list(_voice(feels)),
            "dont_words": list(_phrases(_bare(each) for each in _SPLIT.split(never))),
            "colours": list(brand_palette(feeling, _named(text), _subject(sells), name + text)),
            "font": "serif" if feeling.serif > 0.25 else "sans",
            "valence": round(feeling.valence, 2),
            "arousal": round(feeling.arousal, 2),
            "audience": audience_in(sells),
            "languages": list(_languages(f"{text}\n{never}")),
        }
    )


def audience_in(sells: str) -> str:
    """Whom a description of a product says it is for; "" when it does not."""
    if spoken_language(sells) == "en":
        found = _FOR_EN.findall(sells)
        return _short(found[-1]) if found else ""
    for clause in re.split(r"[，。；！？,.\n]+", sells):
        marked = _FOR_ZH.search(clause)
        if marked:
            return _short(_people_of(marked[1], first=marked.start() <= 1))
    return ""


def _people_of(rest: str, *, first: bool) -> str:
    """Where the people come first ("给加班的人喝的茶"), what is sold follows them."""
    used = _USED_BY.match(rest)
    if used:
        return used[1]
    return rest.rpartition("的")[0] or rest if first else rest


def _short(text: str) -> str:
    return " ".join(text.split()).strip(_QUOTES)[:160]


def _voice(feels: str) -> tuple[str, ...]:
    """The words of an answer; one without commas is split at its blanks."""
    listed = _phrases(each.strip(_QUOTES) for each in _SPLIT.split(feels))
    if len(listed) == 1 and len(feels.split()) <= MOST_VOICE + 1:
        listed = _phrases(feels.split())
    return tuple(each.removeprefix("and ") for each in listed[:MOST_VOICE])


def _phrases(listed: Iterable[str]) -> tuple[str, ...]:
    """Each once, those that are no word left out."""
    return tuple(dict.fromkeys(each for each in listed if 0 < len(each) <= LONGEST_WORD))


def _bare(word: str) -> str:
    """A phrase without its quotes and what leads up to it ("we'd never say ...")."""
    before = None
    while before != word:
        before, word = word, _BEFORE_WORDS.sub("", word.strip(_QUOTES))
    return word


def _feeling(feels: str, sells: str) -> Feeling:
    """The mean of what the words ask, stronger words more; the music's mood words where none."""
    found = [
        (each, strength)
        for each in FEELINGS
        for strength in strengths(feels, each.words)
        if strength > 0
    ]
    if not found:
        return _by_mood(feels) or _by_mood(sells) or _OPEN
    total = sum(strength for _, strength in found)

    def mean(name: str) -> float:
        return sum(float(getattr(each, name)) * strength for each, strength in found) / total

    return Feeling("", *(mean(name) for name in _NUMBERS))  # in the order of its fields


_NUMBERS = ("valence", "arousal", "warmth", "brightness", "saturation", "serif")


def _by_mood(text: str) -> Feeling | None:
    scores = mood_scores(text)
    mood = max(scores, key=lambda each: scores[each])
    if not scores[mood]:
        return None
    valence, arousal = FEELING[mood]
    return Feeling(
        "",
        valence,
        arousal,
        0.5 + 0.2 * valence,
        0.55 + 0.25 * valence,
        0.5 + 0.3 * arousal,
        -arousal / 2,
    )


def _named(text: str) -> tuple[str, ...]:
    """Colours that are said ("forest green")."""
    return found_colours(text)[:4]


def _subject(sells: str) -> str:
    """The colour of what is sold, "" when nothing known is."""
    scores = {colour: sum(1 for _ in strengths(sells, words)) for colour, words in SUBJECTS.items()}
    best = max(scores, key=lambda each: scores[each])
    return best if scores[best] else ""


def _languages(text: str) -> Iterator[str]:
    spoken = spoken_language(text)
    latin = re.findall(r"[A-Za-z]{2,}", text)
    if spoken == "en" or len(latin) >= _LEAST_LATIN:
        yield "en"
    if spoken == "zh":
        yield "zh"
