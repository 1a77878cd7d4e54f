"""Reading a brief: where a scene plays, who speaks, what a report is about, what is the source.

Everything here is taken from the person's own words; nothing is made up.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_LABEL = r"(?:^|(?<=[.;。；\n])\s*){label}\s*[:：]\s*(?P<value>[^\n。；;]+?)(?=\.\s|\.?$|[\n。；;])"
_DIRECTION = re.compile(
    r"\A\s*(?:please\s+)?(?:re-?write|rephrase|reword|paraphrase|edit|polish|shorten|condense|cut"
    r"|expand|lengthen|extend|summari[sz]e|continue|go on)\b[^:\n]{0,60}:\s*"
    r"|\A\s*(?:请|帮我|麻烦)*(?:把|将|给)?[^:：\n]{0,12}?(?:改写|润色|缩写|缩短|精简|扩写|扩展|概括|总结|摘要"
    r"|续写|接着写|写下去)[^:：\n]{0,16}[:：]\s*",
    re.IGNORECASE,
)
_PLACE = re.compile(
    r"\b(?:in|inside|at|on|aboard|outside)\s+(?:an?|the|his|her|their|our|my)\s+(?:same\s+)?"
    r"((?:[a-z'-]+\s+){0,2}?[a-z'-]+)"
    r"(?=\s*(?:[,.;:]|$|\b(?:between|of|where|with|and|on|at|in|when|who|that|during|before|after"
    r"|while|for|to|from|as|above|below|near|by|waiting|is|are|eats|meets?)\b))",
    re.IGNORECASE,
)
_HAN_PLACE = re.compile(
    r"(?:在|于)(?:[^，。；：、在]{0,8}的)?([^，。；：、的在]{2,8}?)"
    r"(?:里|中|内|上|前|外|旁|边|门口)?(?=相遇|相逢|见面|重逢|偶遇|碰面|对话|里|中|内|上|前|外|旁|，|。|$)"
)
_OUTDOORS = re.compile(
    r"street|road|beach|shore|forest|woods?|field|park|garden|roof(?:top)?|square|bridge|harbour"
    r"|harbor|pier|desert|mountain|hill|river|lake|sea|yard|alley|market|platform|deck|cliff|island"
    r"|街|路|海边|海滩|森林|田|公园|花园|屋顶|广场|桥|码头|港口|沙漠|山|河|湖|院子|巷|集市|站台|甲板|岛"
)
_TIMES = (
    ("NIGHT", "夜", r"\bnight|midnight|夜|凌晨"),
    ("DAWN", "清晨", r"\bdawn|sunrise|daybreak|黎明|拂晓|清晨"),
    ("MORNING", "早晨", r"\bmorning|早上|早晨"),
    ("DUSK", "黄昏", r"\bdusk|sunset|twilight|黄昏|傍晚"),
    ("EVENING", "晚", r"\bevening|晚上"),
)
_PAIR = re.compile(
    r"\b(?:an?|the|two)\s+((?:[a-z'-]+\s+){0,2}?[a-z'-]+)\s+and\s+"
    r"(?:(?:an?|the|her|his|their)\s+)?((?:[a-z'-]+\s+){0,2}?[a-z'-]+)"
    r"(?=\s*(?:[,.;:]|$|\b(?:trapped|stuck|in|at|on|who|meet|meets|talk|argue|about|waiting|discuss"
    r"|while|over|sort|looking|walking|are|have|share|with|under|inside|fight|say|haggle|chat|quarrel|bargain|try|wait)\b))",
    re.IGNORECASE,
)
_HAN_PAIR = re.compile(
    r"([\u4e00-\u9fff]{1,4}?)[和与跟]([\u4e00-\u9fff]{1,3}?)(?=在|的|对|聊|谈|争|，|。|$|整|一)"
)
_MEASURE = re.compile(r"^[一两]?[位个名只]")
_IN_TOWN = re.compile(r"\bin ([A-Z][\w'-]+(?: [A-Z][\w'-]+){0,2})")
_DATE_LIKE = re.compile(
    r"\b\d{1,2} (?:January|February|March|April|May|June|July|August|September|October|November"
    r"|December)\b|\b(?:January|February|March|April|May|June|July|August|September|October|November"
    r"|December) \d{1,2}\b|\d{1,2}月\d{1,2}日"
)


@dataclass(frozen=True, slots=True)
class NewsFacts:
    """What a report starts with, as far as the brief says it."""

    headline: str = ""
    place: str = ""
    date: str = ""


def without_direction(text: str) -> str:
    """The source text of "Rewrite warmly: source" or "把下面这段改写成童话：source"."""
    left = _DIRECTION.sub("", text, count=1).strip()
    return left or text.strip()


def news_facts(text: str) -> NewsFacts:
    """Headline, place and date that the brief names ("Title: ... Date: ... Place: ...")."""
    town, day = _IN_TOWN.search(text), _DATE_LIKE.search(text)
    return NewsFacts(
        headline=_labelled(text, "(?:Title|Headline|标题|题目)"),
        place=_labelled(text, "(?:Place|City|Location|地点|城市)")
        or (town.group(1) if town else ""),
        date=_labelled(text, "(?:Date|日期|时间)") or (day.group() if day else ""),
    )


def slug_line(text: str, lang: str) -> str:
    """ "INT. LIFT - NIGHT", "内景 面馆 日"; "" when the brief names no place."""
    found = (_HAN_PLACE if lang == "zh" else _PLACE).search(text)
    if found is None:
        return ""
    place = re.sub(r"[里中内上前外旁边]$", "", found.group(1)) if lang == "zh" else found.group(1)
    outdoors = bool(_OUTDOORS.search(place.casefold()))
    english, chinese = _time_of_day(text)
    if lang == "zh":
        return f"{'外景' if outdoors else '内景'} {place} {chinese}"
    return f"{'EXT.' if outdoors else 'INT.'} {place.upper()} - {english}"


def speakers(text: str, lang: str) -> tuple[str, ...]:
    """Two people that the brief names: ("MECHANIC", "SMUGGLER"), ("母亲", "女儿"); else ()."""
    found = (_HAN_PAIR if lang == "zh" else _PAIR).search(text)
    if found is None:
        return ()
    names = [
        _MEASURE.sub("", each) if lang == "zh" else _last_word(each) for each in found.groups()
    ]
    return tuple(names) if all(names) and names[0] != names[1] else ()


def _labelled(text: str, label: str) -> str:
    found = re.search(_LABEL.replace("{label}", label), text, re.IGNORECASE)
    return found.group("value").strip(" .") if found else ""


def _time_of_day(text: str) -> tuple[str, str]:
    plain = text.casefold()
    for english, chinese, pattern in _TIMES:
        if re.search(pattern, plain):
            return english, chinese
    return "DAY", "日"


def _last_word(noun: str) -> str:
    """ "lighthouse keeper" speaks as KEEPER."""
    return noun.split()[-1].upper()
