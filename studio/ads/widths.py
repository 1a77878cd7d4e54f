"""How each channel counts the length of a text.

A keyword insertion `{KeyWord:default}` counts as its default (Google Ads, 2454041). `plain`: code
points after NFC. `double_width`: East Asian wide and fullwidth characters count 2
(Google Ads). `weighted`: X's twitter-text configuration v3: most scripts 1, CJK 2, an emoji
sequence 2 however long, a link 23.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Literal

Counter = Literal["plain", "double_width", "weighted"]

LINK_WEIGHT = 23
KEYWORD = re.compile(r"\{KeyWord:([^{}]*)\}", re.IGNORECASE)
LIGHT_RANGES = ((0, 4351), (8192, 8205), (8208, 8223), (8242, 8247))
"""Code points that weigh 1 on X; all others weigh 2 (twitter-text config/v3.json)."""

LINK = re.compile(
    r"https?://[^\s]+|(?<![@\w.-])(?:[a-z0-9-]+\.)+(?:com|org|net|io|co|cn|uk|de|fr|app|dev|shop)"
    r"(?:/[^\s]*)?(?![\w.])",
    re.IGNORECASE,
)
_PICTOGRAPH = "[\u203c\u2049\u2122\u2139\u2194-\u27bf\u2b05-\u2b55\U0001f000-\U0001faff]"
EMOJI = re.compile(
    "[\U0001f1e6-\U0001f1ff]{2}"
    "|[0-9#*]\ufe0f?\u20e3"
    f"|{_PICTOGRAPH}[\ufe0f\U0001f3fb-\U0001f3ff]*"
    f"(?:\u200d{_PICTOGRAPH}[\ufe0f\U0001f3fb-\U0001f3ff]*)*"
)


def width(counter: Counter, text: str) -> int:
    """Length of `text` as the counter of a channel shows it."""
    plain = KEYWORD.sub(r"\1", unicodedata.normalize("NFC", text))
    return COUNTERS[counter](plain)


def upper_width(counter: Counter, text: str) -> int:
    """A bound that adds up over pieces: `width(a + b) <= upper_width(a) + upper_width(b)`,
    links aside (a constraint keeps them out)."""
    return sum(_of_character(counter, each) for each in text)


def _of_character(counter: Counter, character: str) -> int:
    if counter == "plain":
        return 1
    if counter == "double_width":
        return 2 if unicodedata.east_asian_width(character) in "WF" else 1
    return 1 if any(low <= ord(character) <= high for low, high in LIGHT_RANGES) else 2


def _weighted(text: str) -> int:
    without_links, links = LINK.subn("", text)
    plain, emoji = EMOJI.subn("", without_links)
    return LINK_WEIGHT * links + 2 * emoji + upper_width("weighted", plain)


COUNTERS: Mapping[Counter, Callable[[str], int]] = MappingProxyType(
    {
        "plain": len,
        "double_width": lambda text: upper_width("double_width", text),
        "weighted": _weighted,
    }
)


def shortened(counter: Counter, text: str, limit: int) -> str:
    """`text` cut to `limit` at the end of a word (of a character in Chinese), punctuation off."""
    if width(counter, text) <= limit:
        return text
    pieces = re.findall(r"[\u2e80-\uffef]|\s*[^\s\u2e80-\uffef]+", text.strip())
    kept = ""
    for piece in pieces:
        if width(counter, kept + piece) > limit:
            break
        kept += piece
    return kept.rstrip(" ,;:-–—、，；：") or text[: max(1, limit // 2)].strip()
