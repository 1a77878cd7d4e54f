"""Meter, tempo and number of bars that a description says outright, in figures or words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from studio.music.numerals import NUMBER, number_of
from studio.music.wording import negated, strength

METERS: Mapping[str, str] = MappingProxyType(
    {
        "12/8": r"twelve[\s-]eight|十二八拍|八十二拍",
        "9/8": r"nine[\s-]eight|slip[\s-]jigs?|八九拍|九八拍|九拍子?|9拍子",
        "6/8": r"six[\s-]eight|(?<!slip )(?<!slip-)\bjigs?\b(?! is up)|barcarol\w+|tarantella"
            r"|八六拍|六八拍"
        r"|六拍子?|6拍子|吉格",
        "3/4": r"three[\s-]four\b|three[\s-]quarter(?=[\s-](?:time|met))|triple[\s-](?:time"
            r"|meter|metre)"
        r"|in three(?=\s*(?:$|[,.;]))|waltz\w*|minuet\w*|mazurka\w*|四三拍|三四拍|三拍子?"
        r"|3拍子|华尔兹|圆舞曲|小步舞",
        "2/4": r"two[\s-]four\b|polka\w*|galop\w*|四二拍|二四拍|[二两]拍子?|2拍子|波尔卡",
        "2/2": r"cut[\s-](?:time|common)|alla breve|二二拍",
        "4/4": r"four[\s-]four\b|common[\s-]time|四四拍|四拍子?|4拍子",
    }
)  # fmt: skip
"""Meter -> how it is called; the first that is found wins over later ones."""
_MEASURE = (
    r"(?:\s*-?\s*(?:cups?|of\b|tea|table|tsp|tbsp|spoon|oz|ounces?|inch|pints?|miles?|full|empty"
    r"|杯|勺|斤|米|的人))"
)
_WRITTEN = re.compile(rf"(?<![\d/])(12/8|9/8|6/8|3/4|2/4|4/4|2/2)(?![\d/])(?!{_MEASURE})")
_PARTS = re.compile(r"([四八二])分之(十二|[二三四六九])(?=拍|节拍|的?拍子)")
_SPACES = re.compile(r"(?<=\d)\s*/\s*(?=[248](?!\d))")

_BEATS = (
    r"(?:\s*(?:bpm|beats?\s+(?:per|a)\s+minute|拍每分|拍/分|拍一分钟?)"
    r"|(?<=[十百零一二三四五六七八九])\s*拍(?!子))"
)
_TEMPO = re.compile(
    rf"(?P<low>{NUMBER})\s*(?:-|–|to|(?<=between \d\d )and|(?<=between \d\d\d )and|到|至|~)\s*"
    rf"(?P<high>{NUMBER}){_BEATS}"
    rf"|(?P<one>{NUMBER}){_BEATS}"
    rf"|(?:每分钟|一分钟|♩\s*=|♪\s*=|\bmm\s*=?|m\.m\.\s*=?|\btempo(?: of| is)?[:\s=]*"
    rf"|速度[为是：:大约\s=]*"
    rf"|\bat (?:about|around|roughly) "
    rf"|\b(?:tune|reel|jig|march|waltz|song|piece|melody|hymn) at |[♩\s]=\s*)(?P<after>{NUMBER})",
    re.I,
)
_MOST = re.compile(
    r"(no more than|not more than|not over|not above|not faster than|at most|under|below|up to"
    r"|max(?:imum)?(?: of)?|slower than|less than|不超过|不要超过|别超过|不高于|最多|低于|最快|小于"
    r"|慢于)\s*(?:每分钟)?\s*$",
    re.I,
)
_LEAST = re.compile(
    r"(no less than|not less than|not under|not below|not slower than|at least|over|above"
    r"|min(?:imum)?(?: of)?|"
    r"faster than|more than|不低于|不少于|至少|高于|最慢|超过|大于|快于)\s*(?:每分钟)?\s*$",
    re.I,
)
_MOST_AFTER = re.compile(r"\s*(?:or (?:less|slower|below)|(?:拍)?(?:以下|以内|之内))", re.I)
_LEAST_AFTER = re.compile(r"\s*(?:or (?:more|faster|above)|(?:拍)?以上)", re.I)
_LEAST_BPM = 20
_LOOKS_LIKE_METER = re.compile("[二两三四六八九]{2}拍")
TERMS: tuple[tuple[str, int, int], ...] = (
    (r"\b(?:grave|largo|larghetto)\b|广板", 40, 62),
    (r"\b(?:adagio|lento)\b|(?<!小)慢板|柔板", 44, 76),
    (r"\bandant\w+\b|行板", 70, 98),
    (r"\bmoderato\b|\bmoderate(?:ly)?\b|mid-?tempo|medium[\s-]tempo|medium pace|walking pace|中速"
        r"|中板"
     r"|不紧不慢|不快不慢|速度适中|快慢适中|中等速度|速度中等", 84, 112),
    (r"\ballegretto\b|小快板", 104, 126),
    (r"\ballegro\b|(?<!小)快板", 114, 148),
    (r"\bvivace\b", 132, 164),
    (r"\b(?:presto|prestissimo)\b|急板", 150, 200),
)  # fmt: skip
"""Pattern, least and most beats a minute (the usual marks of a metronome, widened)."""
_FAST = re.compile(
    r"\b(?:fast(?:er|est)?(?! asleep| food)|quick(?:er|ly)?|rapid|speedy|brisk|up-?tempo"
    r"|lightning)\b"
    r"|飞快|快速|迅速|快节奏|急速|轻快|明快|疾速|(?:速度|节奏|拍子)[^，。；！？,.]{0,4}快|[要太很更越稍偏较]快(?!乐|活|要|到|就)|快一?[点些](?!快)"
)
_SLOW = re.compile(
    r"\b(?:slow(?:er|est)?(?![\s-](?:motion|cooker|down))|unhurried|leisurely)\b"
    r"|(?<![慢傲怠缓快])慢(?![慢镜动性跑炖])|缓慢|舒缓|徐缓"
)
_BARS = re.compile(
    rf"({NUMBER})[\s-]*(?:(?:bars?|measures?)\b(?! of (?:choc|soap|gold|candy|silver)"
    rf"|[\s-]*phrases?| (?:in town|"
    rf"down the|are open|on the))|个?小节(?!一句|为一句|的?乐句))",
    re.I,
)
LEAST_BARS = 1


def said_meter(text: str) -> tuple[str, frozenset[str]]:
    """(meter or "", meters that are not wanted). Written figures stand over names."""
    plain = _SPACES.sub("/", text.lower())
    hits = [*_written(plain), *_called(plain)]
    wanted = [meter for place, meter in hits if not negated(plain, place)]
    denied = {meter for place, meter in hits if negated(plain, place)}
    return (wanted[0] if wanted else ""), frozenset(denied - set(wanted))


def _written(plain: str) -> Iterator[tuple[int, str]]:
    for match in _WRITTEN.finditer(plain):
        yield match.start(), match[1]
    for match in _PARTS.finditer(plain):
        below, above = number_of(match[1]), number_of(match[2])
        yield match.start(), f"{above}/{below}"


def _called(plain: str) -> Iterator[tuple[int, str]]:
    for meter, names in METERS.items():
        for match in re.finditer(names, plain):
            yield match.start(), meter


def said_tempo(text: str) -> tuple[int, int]:
    """(least, most) beats a minute that are said in figures; the same twice for one tempo, 0 for
    a bound that is not said."""
    lowered = text.lower()
    least, most = 0, 0
    for match in _TEMPO.finditer(lowered):
        numbers = [number_of(each) or 0 for each in match.groups() if each]
        if max(numbers) < _LEAST_BPM or _LOOKS_LIKE_METER.fullmatch(match[0]):
            continue
        before, after = lowered[: match.start()], lowered[match.end() :]
        if _MOST.search(before) or _MOST_AFTER.match(after):
            most = numbers[0]
        elif _LEAST.search(before) or _LEAST_AFTER.match(after):
            least = numbers[0]
        elif not negated(lowered, match.start()):
            least, most = numbers[0], numbers[-1]
    return least, most


def said_pace(text: str) -> tuple[tuple[int, int], float, float]:
    """((least, most) beats of a tempo mark or (0, 0), fast, slow): the strengths of "fast" and
    "slow", negative where they are not wanted."""
    lowered = text.lower()
    fast = [strength(lowered, _place(hit)) for hit in _FAST.finditer(lowered)]
    slow = [strength(lowered, _place(hit)) for hit in _SLOW.finditer(lowered)]
    mark = (0, 0)
    for names, least, most in TERMS:
        hit = re.search(names, lowered)
        if hit and not negated(lowered, hit.start()):
            mark = (least, most)
    return mark, _strongest(fast), _strongest(slow)


def _place(hit: re.Match[str]) -> int:
    """Where the word itself stands: in 速度不要太快 it is the last character."""
    return hit.start() if hit[0].isascii() else hit.end() - 1


def _strongest(found: list[float]) -> float:
    return max(found, key=abs, default=0.0)


def said_bars(text: str) -> int:
    """How many bars are asked for; 0 when it is not said."""
    for match in _BARS.finditer(text):
        number = number_of(match[1])
        if number and number >= LEAST_BARS and not negated(text.lower(), match.start()):
            return number
    return 0
