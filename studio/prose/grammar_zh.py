"""Simple slips of Chinese: marks, spaces, open quotes, and 的 where only 地 can stand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from studio.prose.slip import Slip, slip_at

_HAN = r"[\u4e00-\u9fff]"
_DOUBLED = re.compile(r"([，。；：、])\1+|[，、；：]+(?=[。！？])|(?<=[。！？])[，、；]+")
_HALF = re.compile(rf"(?<={_HAN})([,;:!?()])|([,;:!?()])(?={_HAN})")
_STOP = re.compile(rf"(?<={_HAN})\.(?![\w.])")
_FULL: Mapping[str, str] = MappingProxyType(
    {",": "，", ";": "；", ":": "：", "!": "！", "?": "？", "(": "（", ")": "）"}
)
_SPACE = re.compile(rf"(?<={_HAN}) +(?={_HAN})")
_SLUG = re.compile(r"^(?:\d+[.、]?\s*)?[内外]景")
_BYLINE = re.compile(r"[（(][^（）()]*\Z")
"""（记者 茅以安）: the space belongs there."""
_ADVERBS = (
    "慢慢|轻轻|悄悄|渐渐|默默|偷偷|缓缓|狠狠|紧紧|静静|呆呆|匆匆|急忙|飞快|不停|不断|大声|小声|低声"
)
_VERBS = (
    "说|走|看|笑着|问|坐|站|放|推|拉|关|打|点|摇|叹|抱|握|拿|抬|转|跑|想|等|听|哭|离|喊|答|念|写|读"
)
_ADVERB = re.compile(rf"(?:{_ADVERBS})(的)(?=(?:{_VERBS}))")
_PAIRS = (("“", "”"), ("「", "」"), ("『", "』"), ("《", "》"), ("（", "）"))
_LINE = re.compile(r"[^\n]+")


def chinese_slips(text: str) -> Iterator[Slip]:
    """Doubled and half-width marks, spaces between characters, 的/地, what stays open."""
    for hit in _DOUBLED.finditer(text):
        kept = hit.group(1) or ""
        yield slip_at(text, hit.start(), hit.end(), "doubled_mark", kept)
    for hit in _HALF.finditer(text):
        yield slip_at(text, hit.start(), hit.end(), "half_width", _FULL[hit.group()])
    for hit in _STOP.finditer(text):
        yield slip_at(text, hit.start(), hit.end(), "half_width", "。")
    for hit in _ADVERB.finditer(text):
        yield slip_at(text, hit.start(1), hit.end(1), "adverb", "地")
    for line in _LINE.finditer(text):
        yield from _in_line(text, line)


def _in_line(text: str, line: re.Match[str]) -> Iterator[Slip]:
    body, start = line.group().rstrip(), line.start()
    if not _SLUG.match(body):
        spaces = (
            each for each in _SPACE.finditer(body) if not _BYLINE.search(body[: each.start()])
        )
        for hit in spaces:
            yield slip_at(text, start + hit.start(), start + hit.end(), "space_between", "")
    for opening, closing in _PAIRS:
        missing = body.count(opening) - body.count(closing)
        if missing > 0 and body:
            end = start + len(body)
            yield slip_at(text, end - 1, end, "open_quote", body[-1] + closing)
