"""Text without the characters that no file can hold.

Control characters other than tab and line ends are no characters of XML 1.0 (2.2), so neither Word
nor MusicXML nor SVG can hold them; lone surrogates are no text in any encoding. JSON brings both
along as escapes.
"""

from __future__ import annotations

import re

_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_HIGH, _LOW = r"\\u[dD][89abAB][0-9a-fA-F]{2}", r"\\u[dD][c-fC-F][0-9a-fA-F]{2}"
_ESCAPED = re.compile(
    rf"\\\\|{_HIGH}{_LOW}|{_HIGH}|{_LOW}"
    r"|\\u00(?:0[0-8bBcCeEfF]|1[0-9a-fA-F])|\\u[fF]{3}[eEfF]|\\[bf]"
)
_PAIR = 12
"""Characters of two escapes that are one letter together."""


def writable(text: str) -> str:
    """The text without them."""
    return _UNWRITABLE.sub("", text)


def writable_json(text: str) -> str:
    """The same for text that may be JSON: escapes that stand for them go, too."""
    return _ESCAPED.sub(_kept, writable(text))


def _kept(found: re.Match[str]) -> str:
    """An escaped backslash and a whole pair of surrogates stay."""
    return found[0] if found[0] == r"\\" or len(found[0]) == _PAIR else ""
