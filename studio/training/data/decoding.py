"""Bytes of a text file as text: UTF-8, UTF-16 with its mark, or the Chinese GB 18030."""

from __future__ import annotations

import re
from pathlib import Path

from studio.training.data.record import Place, Problem

_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_HAN = re.compile(r"[\u4e00-\u9fff\u3000-\u303f\uff00-\uffef\u2010-\u201f…]")
LEAST_HAN = 0.9
"""GB 18030 reads nearly any bytes; only what then is Chinese was meant as GB 18030."""


def decoded(path: Path) -> str | Problem:
    """The text of a file, or the problem `data_encoding`."""
    whole = path.read_bytes()
    encodings = ("utf-16",) if whole[:2] in _UTF16 else ("utf-8-sig", "gb18030")
    for encoding in encodings:
        try:
            text = whole.decode(encoding)
        except UnicodeDecodeError:
            continue
        if encoding != "gb18030" or _is_chinese(text):
            return text.replace("\r\n", "\n").replace("\r", "\n")
    return Problem(Place(path.name), code="data_encoding")


def _is_chinese(text: str) -> bool:
    foreign = [each for each in text if ord(each) > 127]
    return len(foreign) > 0 and sum(map(bool, map(_HAN.match, foreign))) / len(foreign) >= LEAST_HAN
