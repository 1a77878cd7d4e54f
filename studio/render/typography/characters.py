"""What a character is to a typesetter: wide or narrow, opening or closing, seen or not.

Which characters may not begin or end a line follows "Requirements for Chinese Text Layout" (W3C
CLREQ, 3.1.6 and its table of prohibitions) and JIS X 4051, both in their strict form.
"""

from __future__ import annotations

import unicodedata

OPENING = frozenset("（［｛〔〈《「『【〖〘〚“‘〝([{«¿¡")
CLOSING = frozenset("）］｝〕〉》」』】〗〙〛”’〞)]}»")
STOPS = frozenset("、。，．：；！？‼⁇⁈⁉﹐﹑﹒﹔﹕﹖﹗!?,.:;")
NOT_AT_START = (
    CLOSING
    | STOPS
    | frozenset("·・‧…‥—–～〜ー々〻％‰°℃℉′″%-/／®™©♪\u3000")
    | frozenset("ぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶ")
)
NOT_AT_END = OPENING | frozenset("＄￥￡￠＃№$£€¥#@§〒")
TOGETHER = frozenset("…‥—⸺")
"""Runs of these stand for one sign and are not parted."""
SHARED = frozenset("“”‘’…—·")
"""Signs of both scripts under one code: full width between Chinese, narrow between Latin."""


def is_han(character: str) -> bool:
    """A Chinese character or a kana: something that a line may break beside."""
    return (
        "\u3400" <= character <= "\u9fff"
        or "\u3005" <= character <= "\u30ff"
        or "\uf900" <= character <= "\ufaff"
        or "\U00020000" <= character <= "\U0003ffff"
    )


def is_wide(character: str) -> bool:
    """East Asian width "W" or "F" (UAX 11): Chinese characters, their signs, full-width forms."""
    return unicodedata.east_asian_width(character) in "WF"


def is_unseen(character: str) -> bool:
    """Nothing to draw and no room taken: joiners, variation selectors, soft hyphens, controls."""
    return (
        unicodedata.category(character) in ("Cf", "Cc")
        or "\ufe00" <= character <= "\ufe0f"
        or "\U000e0100" <= character <= "\U000e01ef"
    )


def is_mark(character: str) -> bool:
    """A combining mark: it belongs to the character before it."""
    return unicodedata.category(character).startswith("M")


def is_sign(character: str) -> bool:
    """Punctuation or a symbol: not a letter, a digit or a space."""
    return unicodedata.category(character)[0] in "PS"


def plain(text: str) -> str:
    """`text` composed (NFC), every kind of white space a space, what is unseen left out."""
    composed = unicodedata.normalize("NFC", text)
    return "".join(
        " " if each in "\t\n\r\u2028\u2029" else each
        for each in composed
        if each in "\t\n\r" or not is_unseen(each)
    )
