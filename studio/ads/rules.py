"""The rules that copy is held to, as dated data.

Sources are named from memory on the day that `checked_on` says, not from a lawyer's reading: look
them up before a campaign of weight.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from studio.ads.rule import Rule

CHECKED = "2026-11-22"
EDITORIAL = "https://support.google.com/adspolicy/answer/6021546"
"""Google Ads policies, Editorial: capitals, punctuation, symbols, spelling, repetition."""
CAP_CODE = "https://www.asa.org.uk/codes-and-rulings/advertising-codes/non-broadcast-code.html"
"""UK CAP Code: 3.7 substantiation, 3.33 comparisons, 12 health, 14 finance."""
AD_LAW = "https://www.gov.cn/guoqing/2021-10/29/content_5647620.htm"
"""《中华人民共和国广告法》: 第九条（三）绝对化用语, 十三条贬低, 十七条疾病治疗, 二十五条收益."""
HOUSE = "house"
"""The studio's own, or the brand card's."""

_ABSOLUTE = (
    r"最(?!近|后|初|终|早|多|少|怕|爱|喜欢|想)"
    r"|第一(?!次|步|天|口|眼|个|页|批|杯|缕|场|封|站|课|集|章|层|章节|时间)"
    r"|[国世宇][家界宙]级|顶级|顶尖|极品|极致|极佳|绝对|绝无仅有|独一无二|史无前例|前无古人|空前绝后"
    r"|唯一|首选|首个|万能|永久|无敌|王牌|冠军|遥遥领先|全网最低|全国首|百分之百|100%|１００％"
    r"|零风险|包治|根治|驰名商标|国家免检|销量领先|金牌"
)
_SUPERLATIVE = (
    r"\b(?:best(?!\s+(?:before|friends?|of\s+luck|wishes))|#\s?1|no\.\s?1|number\s+one|finest"
    r"|greatest|cheapest|fastest|lowest\s+prices?|top[- ]rated|world[- ]class"
    r"|unbeatable|unrivall?ed|guaranteed?s?|miracle|award[- ]winning|ultimate"
    r"|perfect|100\s?%|proven|revolutionary|once[- ]in[- ]a[- ]lifetime"
    r"|world'?s\s+(?:first|only|\w+est))(?!\w)"
    r"|(?<!\w)#\s?1(?!\d)"
)
_HEALTH = (
    r"\b(?:cures?|heals?|detox\w*|slimming|weight[- ]loss|los(?:e|es|ing)\s+weight|burns?\s+fat"
    r"|anti[- ]?age?ing|immun(?:e|ity)|therapeutic|(?:clinically|medically)\s+\w+"
    r"|doctor[- ]recommended|(?:treats?|prevents?|relieves?)\s+(?:\w+\s+)?(?:pain|stress|anxiety"
    r"|illness|diseases?|cancer|colds?|flu|acne|insomnia|depression|allerg\w+|inflammation)"
    r"|lowers?\s+(?:your\s+)?(?:blood|cholesterol))\b"
    r"|治疗|治愈|疗效|[抗防]癌|降(?:血压|血糖|血脂|三高)|减肥|瘦身|燃脂|排毒|养生|保健"
    r"|(?:提高|增强|提升)免疫|抗衰|祛[斑痘]|延年益寿|药到病除|助眠|补肾"
)
_FINANCE = (
    r"\b(?:guaranteed\s+(?:returns?|income|profits?)|risk[- ]free|no[- ]risk|double\s+your\s+money"
    r"|high\s+returns?|get\s+rich|passive\s+income|earn\s+up\s+to|instant\s+(?:loan|approval|credit)"
    r"|interest[- ]free)\b|\b\d+(?:\.\d+)?\s?%\s+(?:returns?|interest|apr|apy|yield)\b"
    r"|保本|保收益|稳赚|无风险|高收益|年化|日赚|月入|躺赚|必涨|秒批|低息|免息"
)
_COMPARISON = (
    r"\bthan\s+(?:other|any|most|the\s+(?:rest|others|competition)|all|leading|ordinary|regular"
    r"|conventional)\b|\bunlike\s+(?:other|most|any)\b|\bbeats?\s+(?:any|all|every|other|the\s+rest)"
    r"|\bcompared\s+(?:to|with)\b|\bleading\s+brands?\b|\bno\s+other\b"
    r"|比(?:其他|别家|同行|同类|竞品|市面|普通|一般)|(?:超过|胜过|优于|甩开)(?:同行|同类|其他|别家|竞品)"
    r"|吊打|完爆|秒杀同行|别家没有"
)
_SPELLING = (
    r"\b(?:4\s?(?:sale|you|u|ever|rent)|2\s?(?:go|nite|morrow)|gr8|b4|l8r|thx|pls|plz|ur|luv|nite)\b"
    r"|\bu\b(?=\s+(?:can|need|will|want|get|love))|[A-Za-z]*[A-Za-z]\$[A-Za-z]*|\$[A-Za-z]+"
    r"|(?<![A-Za-z])(?:[A-Za-z][-. _*]){3,}[A-Za-z](?![A-Za-z])"
)
_REPEATED_MARKS = r"[!?！？]{2,}|([,;:。，、；：~*#\-_])\1+|(?<!\.)\.\.(?!\.)|\.{4,}"
_REPEATED_WORDS = (
    r"\b(?!(?:had|that|bye|so)\b)([A-Za-z]{2,})(?:\s+\1\b)+|(?!一)([\u4e00-\u9fff]{2,4})\2"
)
_CAPITALS = r"(?<![A-Za-z'])[A-Z]{3,}(?![A-Za-z])"
_SYMBOL = "[\u2190-\u2bff\ufe0f\U0001f000-\U0001faff*<>|~^]"
_PHONE = r"(?<!\d)(?:\+?\d[\s().-]?){7,}(?!\d)"


def _words(name: str, pattern: str, source: str, **more: object) -> Rule:
    return Rule(name, re.compile(pattern, re.IGNORECASE), source, CHECKED, **more)  # type: ignore[arg-type]


_ALL = (
    Rule("no_all_caps", re.compile(_CAPITALS), EDITORIAL, CHECKED, excuse="brief"),
    _words("no_repeated_punctuation", _REPEATED_MARKS, EDITORIAL),
    _words("no_repeated_words", _REPEATED_WORDS, EDITORIAL, excuse="brief"),
    _words("no_gimmick_spelling", _SPELLING, EDITORIAL, excuse="brief"),
    _words("no_phone", _PHONE, EDITORIAL, excuse="brief"),
    _words("no_superlatives", _SUPERLATIVE, CAP_CODE, excuse="brief"),
    _words("no_health_claims", _HEALTH, CAP_CODE, excuse="proof"),
    _words("no_finance_claims", _FINANCE, CAP_CODE, excuse="proof"),
    _words("no_comparisons", _COMPARISON, CAP_CODE, excuse="proof"),
    _words("no_absolute_words", _ABSOLUTE, AD_LAW, lang="zh"),
    _words("no_exclamation_headline", "[!！]", EDITORIAL, where="headlines"),
    _words("no_symbols", _SYMBOL, EDITORIAL, where="no_symbols"),
    _words("one_exclamation", "[!！]", EDITORIAL, where="never"),
    _words("no_dont_words", "(?!)", HOUSE, where="never"),
)

RULES: Mapping[str, Rule] = MappingProxyType({each.name: each for each in _ALL})
